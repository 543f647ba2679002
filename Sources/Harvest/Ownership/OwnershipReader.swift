public import Facts
public import Git

/// Reads the ownership files of a commit, no more of them than some paths need.
///
/// Links and submodules are never followed, and a file that is larger than its format's limit is not read; both are
/// told. Folders are kept by their object id, because most of them are the same from version to version.
public final class OwnershipReader {
  /// The most files of one commit.
  public static let fileLimit = 10_000
  /// The most folders that are kept.
  private static let folderLimit = 20_000

  private let repository: Repository
  private var folders: [ObjectID: [TreeEntry]] = [:]
  private var blobs: [ObjectID: [UInt8]] = [:]
  /// Whether the last path could not be followed because a folder is not in this clone.
  private var isBlind = false

  public init(_ repository: Repository) { self.repository = repository }

  /// The files that say who owns these paths at a commit, in a format or in every format.
  ///
  /// Nil when the commit has none of them.
  public func snapshot(
    of commit: ObjectName, for paths: some Sequence<String>, format: OwnershipFormat?
  ) throws(HarvestProblem) -> OwnershipSnapshot? {
    do {
      guard let root = try repository.tree(ofCommit: ObjectID(commit)) else { return nil }
      var reading = Reading(snapshot: OwnershipSnapshot(commit: commit), root: root)
      let isStated = format != nil
      for format in format.map({ [$0] }) ?? [.codeOwners, .gitLabCodeOwners, .owners, .maintainers] {
        if format == .owners {
          // Where nothing is stated, a file in the root shows that the repository uses the format.
          guard try isStated || entry("OWNERS", root) != nil else { continue }
          try readFolders(of: paths, into: &reading)
        } else {
          for place in format.places { try read(place, format.byteLimit, into: &reading) }
        }
        // What comes first speaks alone; both kinds of CODEOWNERS are needed to tell them apart.
        if format != .codeOwners, !reading.isEmpty { break }
      }
      guard !reading.isEmpty else { return nil }
      try findForges(&reading)
      return reading.finished
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  /// Adds files that others include, and says which of some paths are directories.
  public func complete(
    _ snapshot: inout OwnershipSnapshot, files: [String], folders: [String]
  ) throws(HarvestProblem) {
    do {
      guard let root = try repository.tree(ofCommit: ObjectID(snapshot.commit)) else { return }
      var reading = Reading(snapshot: snapshot, root: root)
      for path in files { try read(path, OwnershipFormat.owners.byteLimit, into: &reading) }
      snapshot = reading.finished
      for path in folders where try entry(path, root)?.mode == .directory { snapshot.folders.insert(path) }
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  /// What was read so far.
  private struct Reading {
    var snapshot: OwnershipSnapshot
    let root: ObjectID
    var seen: Set<String>

    init(snapshot: OwnershipSnapshot, root: ObjectID) {
      self.snapshot = snapshot
      self.root = root
      seen = Set(snapshot.files.map(\.path))
    }

    var isEmpty: Bool { snapshot.files.isEmpty && snapshot.problems.isEmpty }

    var finished: OwnershipSnapshot {
      var snapshot = snapshot
      snapshot.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      return snapshot
    }

    mutating func tell(_ flaw: OwnershipProblem.Flaw, _ path: String) {
      snapshot.problems.append(OwnershipProblem(flaw, at: OwnershipPlace(file: path, line: 0)))
    }
  }

  /// The folder of each path and all above it.
  private func readFolders(of paths: some Sequence<String>, into reading: inout Reading) throws {
    var wanted: Set<String> = [""]
    for path in paths {
      var end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
      while let slash = end, wanted.insert(String(path[..<slash])).inserted {
        end = path.utf8[..<slash].lastIndex(of: UInt8(ascii: "/"))
      }
    }
    for folder in wanted.sorted() {
      try read(
        folder.isEmpty ? "OWNERS" : folder + "/OWNERS", OwnershipFormat.owners.byteLimit, into: &reading)
    }
    if reading.seen.contains("OWNERS") || !reading.isEmpty {
      try read("OWNERS_ALIASES", OwnershipFormat.owners.byteLimit, into: &reading)
    }
  }

  private func read(_ path: String, _ limit: Int, into reading: inout Reading) throws {
    guard reading.seen.insert(path).inserted else { return }
    guard let entry = try entry(path, reading.root) else {
      if isBlind { reading.tell(.missingObject, path) }
      return
    }
    guard reading.snapshot.files.count < Self.fileLimit else {
      if reading.snapshot.problems.last?.flaw != .tooMany(limit: Self.fileLimit) {
        reading.tell(.tooMany(limit: Self.fileLimit), path)
      }
      return
    }
    switch entry.mode {
    case .file, .executable: break
    case .symbolicLink: return reading.tell(.symbolicLink, path)
    case .submodule: return reading.tell(.submodule, path)
    default: return
    }
    guard let header = try repository.header(of: entry.id) else {
      return reading.tell(.missingObject, path)
    }
    guard header.size <= limit else {
      return reading.tell(.oversized(bytes: header.size, limit: limit), path)
    }
    guard let bytes = try bytes(entry.id, limit) else { return reading.tell(.missingObject, path) }
    reading.snapshot.files.append(
      OwnershipFile(path: path, bytes: bytes, object: ObjectName(git: entry.id)))
  }

  private func bytes(_ id: ObjectID, _ limit: Int) throws -> [UInt8]? {
    if let known = blobs[id] { return known }
    let bytes = try repository.read(id, limit: limit)?.bytes
    if let bytes, blobs.count < Self.fileLimit, bytes.count < 1 << 16 { blobs[id] = bytes }
    return bytes
  }

  private func findForges(_ reading: inout Reading) throws {
    for entry in try folder(reading.root) ?? [] {
      switch String(decoding: entry.name, as: UTF8.self) {
      case ".github": reading.snapshot.forges.insert(.gitHub)
      case ".gitlab", ".gitlab-ci.yml": reading.snapshot.forges.insert(.gitLab)
      default: continue
      }
    }
  }

  /// What lies at a path; nil also when a folder on the way is not in this clone, which `isBlind` tells.
  private func entry(_ path: String, _ root: ObjectID) throws -> TreeEntry? {
    isBlind = false
    var place = root
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    for (number, part) in parts.enumerated() {
      guard let entries = try folder(place) else {
        isBlind = true
        return nil
      }
      guard let found = entries.first(where: { $0.name.elementsEqual(part) }) else { return nil }
      if number == parts.count - 1 { return found }
      guard found.mode == .directory else { return nil }
      place = found.id
    }
    return nil
  }

  private func folder(_ id: ObjectID) throws -> [TreeEntry]? {
    if let known = folders[id] { return known }
    guard let entries = try repository.tree(id) else { return nil }
    if folders.count >= Self.folderLimit { folders.removeAll() }
    folders[id] = entries
    return entries
  }
}
