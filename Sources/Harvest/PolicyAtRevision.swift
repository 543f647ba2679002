public import Facts
public import Git

/// Policy files at one revision that the user names, for judging with a policy other than the branch's own.
public struct PolicyAtRevision {
  private let repository: Repository

  public init(_ repository: Repository) { self.repository = repository }

  /// The `.json5` files below a directory at a revision, and the revision's commit.
  public func files(
    revision: String, path: String
  ) throws(HarvestProblem) -> (commit: ObjectName, files: [(path: String, bytes: [UInt8])]) {
    do {
      let commit = try repository.commitish(revision)
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

  /// All files of a tree; an error when one of them is not in this clone.
  private func whole(_ tree: ObjectID) throws -> [(path: String, bytes: [UInt8])] {
    let (files, missing) = try PolicyTree(repository).contents(of: tree)
    guard let first = missing.first else { return files }
    throw HarvestProblem.unreadable("policy object \(first.hex) is not in this clone")
  }
}

/// Reads the policy files below a tree.
struct PolicyTree {
  private static let fileLimit = 1 << 20
  private static let countLimit = 10_000

  private let repository: Repository

  init(_ repository: Repository) { self.repository = repository }

  /// Regular files that end in `.json5`, at most one folder down; links and submodules are never followed.
  ///
  /// `missing` names files and folders whose objects are not in this clone.
  func contents(
    of tree: ObjectID
  ) throws -> (files: [(path: String, bytes: [UInt8])], missing: [ObjectID]) {
    var found: (files: [(path: String, bytes: [UInt8])], missing: [ObjectID]) = ([], [])
    try read(tree, prefix: "", depth: 0, into: &found)
    return found
  }

  private func read(
    _ tree: ObjectID, prefix: String, depth: Int,
    into found: inout (files: [(path: String, bytes: [UInt8])], missing: [ObjectID])
  ) throws {
    guard let entries = try repository.tree(tree) else {
      found.missing.append(tree)
      return
    }
    for entry in entries where found.files.count < Self.countLimit {
      let path = prefix + String(decoding: entry.name, as: UTF8.self)
      if entry.mode == .directory, depth == 0 {
        try read(entry.id, prefix: path + "/", depth: 1, into: &found)
      } else if entry.mode == .file, path.hasSuffix(".json5") {
        if let object = try repository.read(entry.id, limit: Self.fileLimit) {
          found.files.append((path, object.bytes))
        } else {
          found.missing.append(entry.id)
        }
      }
    }
  }
}
