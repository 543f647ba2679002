internal import Facts
internal import Git

/// Files of the newest commit that say who owns or reviews what.
struct TipFiles {
  /// Entries looked at before the search ends; a hostile tree may name itself over and over.
  private static let limit = 1_000_000

  private let repository: Repository
  private let tip: ObjectID

  init(_ repository: Repository, tip: ObjectID) {
    self.repository = repository
    self.tip = tip
  }

  /// One place for each name that occurs.
  func places() -> [Survey.Place] {
    // The tree of the newest commit was read with history, which tells when it is missing.
    guard let root = try? repository.tree(ofCommit: tip) else { return [] }
    var found: [String: Survey.Place] = [:]
    var folders = [(id: root, depth: 0)]
    var looked = 0
    var unreadable = 0
    while let folder = folders.popLast(), looked < Self.limit {
      // A folder that cannot be read is counted.
      guard let entries = try? repository.tree(folder.id) else {
        unreadable += 1
        continue
      }
      looked += entries.count
      for entry in entries {
        if entry.mode == .directory {
          if folder.depth < Limits.treeDepth { folders.append((entry.id, folder.depth + 1)) }
        } else if entry.mode == .file || entry.mode == .executable,
          let (namespace, name) = Self.kind(of: entry.name, isAtRoot: folder.depth == 0)
        {
          found[name, default: Survey.Place(namespace, name, records: 0)].records += 1
        }
      }
    }
    var places = found.values.sorted { $0.name < $1.name }
    if !places.isEmpty { places[0].unreadable = unreadable }
    return places
  }

  private static func kind(of name: [UInt8], isAtRoot: Bool) -> (Namespace, String)? {
    guard name.count <= 16 else { return nil }
    let text = name[...].text
    switch text {
    case "CODEOWNERS", "OWNERS", "OWNERS_ALIASES", "MAINTAINERS", "MAINTAINERS.md":
      return (.ownershipFiles, text)
    case ".mailmap": return isAtRoot ? (.mailmap, text) : nil
    case ".gitreview", ".arcconfig": return isAtRoot ? (.toolSettings, text) : nil
    default: return nil
    }
  }
}
