public import Facts
public import Git

/// Policy files at one revision that the user names, for judging with a policy other than the branch's own.
public struct PolicyAtRevision {
  private let repository: Repository

  public init(_ repository: Repository) { self.repository = repository }

  /// The `.json5` and `.ics` files below a directory at a revision, and the revision's commit.
  public func files(
    revision: String, path: String
  ) throws(HarvestProblem) -> (commit: ObjectName, files: [(path: String, bytes: [UInt8])]) {
    do {
      let commit = try repository.revision(revision)
      guard let root = try repository.tree(ofCommit: commit) else {
        throw HarvestProblem.noSuchBranch(revision)
      }
      let name = path.split(separator: "/").joined(separator: "/")
      if name.isEmpty { return (ObjectName(git: commit), try whole(root)) }
      guard case .found(let entry) = try repository.entry(atPath: name, inTree: root),
        entry.mode == .directory
      else {
        throw HarvestProblem.unreadable("\(revision) has no directory '\(path)'")
      }
      return (ObjectName(git: commit), try whole(entry.id))
    } catch let problem as HarvestProblem {
      throw problem
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  /// All files of a tree; an error when one of them is not in this clone, or is no file.
  private func whole(_ tree: ObjectID) throws -> [(path: String, bytes: [UInt8])] {
    let found = try PolicyTree(repository).contents(of: tree)
    if let first = found.missing.first {
      throw HarvestProblem.unreadable("policy object \(first.hex) is not in this clone")
    }
    if let first = found.foreign.first {
      throw HarvestProblem.unreadable("\(first.path) is \(first.words)")
    }
    return found.files
  }
}

/// Something else than a file where a policy file, or a folder of them, is expected.
public struct ForeignPolicyEntry: Hashable, Sendable {
  /// Path within the policy directory.
  public var path: String
  /// True for a submodule, false for a symbolic link.
  public var isSubmodule: Bool

  init(path: String, isSubmodule: Bool) {
    self.path = path
    self.isSubmodule = isSubmodule
  }

  /// Nil for a file or a directory.
  init?(path: String, _ mode: TreeEntry.Mode) {
    guard mode == .symbolicLink || mode == .submodule else { return nil }
    self.init(path: path, isSubmodule: mode == .submodule)
  }

  /// What it is and what to do, to follow the path.
  public var words: String {
    isSubmodule
      ? "a submodule, whose files are not read; expected the files themselves"
      : "a symbolic link, which is not followed; expected the file itself"
  }
}

/// Reads the policy files below a tree.
struct PolicyTree {
  /// What a tree holds.
  struct Contents {
    /// Files that end in `.json5` or `.ics`, executable or not, at most one folder down, in the order of the tree.
    var files: [(path: String, bytes: [UInt8])] = []
    /// Files and folders whose objects are not in this clone.
    var missing: [ObjectID] = []
    /// Links and submodules in the place of files; they are never followed.
    var foreign: [ForeignPolicyEntry] = []

    /// Whether these are policy files at all: other projects use the word for other things.
    var isPolicy: Bool {
      (files.map(\.path) + foreign.map(\.path)).contains { path in
        PolicyTree.names.contains(path) || PolicyTree.folders.contains { path.hasPrefix($0 + "/") }
      }
    }
  }

  private static let names: Set<String> = [
    "roster.json5", "platform.json5", "service-levels.json5", "maturity.json5", "delegation.json5",
  ]
  private static let folders = ["grants", "waivers"]

  private static let fileLimit = 1 << 20
  /// Calendars of holidays are larger than what people write.
  private static let calendarLimit = 4 << 20
  private static let countLimit = 10_000

  private let repository: Repository

  init(_ repository: Repository) { self.repository = repository }

  func contents(of tree: ObjectID) throws -> Contents {
    var found = Contents()
    try read(tree, prefix: "", into: &found)
    return found
  }

  /// The prefix is the folder's name with a slash, empty for the policy directory itself.
  private func read(_ tree: ObjectID, prefix: String, into found: inout Contents) throws {
    guard let entries = try repository.tree(tree) else {
      found.missing.append(tree)
      return
    }
    for entry in entries where found.files.count < Self.countLimit {
      let name = String(decoding: entry.name, as: UTF8.self)
      let isCalendar = name.hasSuffix(".ics")
      let isNamedAsFile = isCalendar || name.hasSuffix(".json5")
      switch entry.mode {
      case .directory where prefix.isEmpty:
        try read(entry.id, prefix: name + "/", into: &found)
      case .file where isNamedAsFile, .executable where isNamedAsFile:
        let limit = isCalendar ? Self.calendarLimit : Self.fileLimit
        if let object = try repository.read(entry.id, limit: limit) {
          found.files.append((prefix + name, object.bytes))
        } else {
          found.missing.append(entry.id)
        }
      case .symbolicLink where isNamedAsFile || (prefix.isEmpty && Self.folders.contains(name)):
        found.foreign.append(ForeignPolicyEntry(path: prefix + name, isSubmodule: false))
      case .submodule where isNamedAsFile || prefix.isEmpty:
        found.foreign.append(ForeignPolicyEntry(path: prefix + name, isSubmodule: true))
      default: continue
      }
    }
  }
}
