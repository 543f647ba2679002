/// What lies at a path of a commit.
public enum FileAnswer: Hashable, Sendable {
  case found(bytes: [UInt8], id: ObjectID)
  case notThere
  /// A folder, a symbolic link or a submodule; links are not followed.
  case notAFile(TreeEntry.Mode)
  /// The commit, a tree on the way, or the file itself is not in this repository.
  case missingObject(ObjectID)
  case oversized(ObjectID, size: Int)
}

/// What a walk down a path found.
public enum EntryAnswer: Hashable, Sendable {
  case found(TreeEntry)
  case notThere
  case missingObject(ObjectID)
}

extension Repository {
  /// The entries of a tree in recorded order; nil when the tree is not in this repository.
  public func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry]? {
    if id == .emptyTree { return [] }
    guard let bytes = try bytes(id, as: .tree, limit: Limits.tree) else { return nil }
    guard let entries = TreeEntry.parse(bytes) else { throw .corrupt(id, "tree", "malformed entry") }
    return entries
  }

  /// Follows a path with `/` between its parts; the first entry of a name counts.
  public func entry(atPath path: String, inTree tree: ObjectID) throws(GitError) -> EntryAnswer {
    var folder = tree
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    for (index, part) in parts.enumerated() {
      guard let entries = try self.tree(folder) else { return .missingObject(folder) }
      guard let entry = entries.first(where: { $0.name.elementsEqual(part) }) else { return .notThere }
      if index == parts.count - 1 { return .found(entry) }
      guard entry.mode == .directory else { return .notThere }
      folder = entry.id
    }
    return .notThere
  }

  /// Reads one file as a commit has it; never from the work tree.
  public func file(
    atPath path: String, inCommit commit: ObjectID, limit: Int
  ) throws(GitError) -> FileAnswer {
    guard let tree = try self.tree(ofCommit: commit) else { return .missingObject(commit) }
    switch try entry(atPath: path, inTree: tree) {
    case .notThere: return .notThere
    case .missingObject(let id): return .missingObject(id)
    case .found(let entry):
      guard entry.mode == .file || entry.mode == .executable else { return .notAFile(entry.mode) }
      guard let header = try header(of: entry.id) else { return .missingObject(entry.id) }
      guard header.size <= limit else { return .oversized(entry.id, size: header.size) }
      guard let bytes = try bytes(entry.id, as: .blob, limit: limit) else { return .missingObject(entry.id) }
      return .found(bytes: bytes, id: entry.id)
    }
  }

  /// The commit's fields and message; nil when the commit is not in this repository.
  public func commit(_ id: ObjectID) throws(GitError) -> CommitObject? {
    guard let bytes = try bytes(id, as: .commit, limit: Limits.commit) else { return nil }
    return CommitObject.parse(bytes)
  }

  /// The tree of a commit; nil when the commit is not in this repository.
  public func tree(ofCommit id: ObjectID) throws(GitError) -> ObjectID? {
    guard let commit = try commit(id) else { return nil }
    guard let tree = commit.tree else { throw .corrupt(id, "tree", "no tree line") }
    return tree
  }
}
