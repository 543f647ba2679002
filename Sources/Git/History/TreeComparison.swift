/// Compares single pairs of trees, keeping what it read for the next pair.
///
/// For whole histories `History.load` is the faster way.
public final class TreeComparison {
  private let store: ObjectStore
  private let differ: TreeDiffer
  private let patches: PatchNaming

  public convenience init(_ repository: Repository) { self.init(repository.store) }

  init(_ store: ObjectStore) {
    self.store = store
    differ = TreeDiffer(store, keepsSides: true)
    patches = PatchNaming(store)
  }

  /// Paths that differ between two trees, in the order of `git diff-tree -r --no-renames`.
  ///
  /// Nil when a tree is missing, broken or too large.
  public func changedPaths(from old: ObjectID, to new: ObjectID) -> [[UInt8]]? {
    differ.forgetChanges()
    guard differ.compare(old, new) == nil else { return nil }
    return differ.changes.map { differ.paths.bytes($0.path) }
  }

  /// Paths that a commit changed against its first parent; all its paths where it has none.
  ///
  /// Nil when the commit, its parent or a tree is missing, broken or too large.
  public func changedPaths(ofCommit id: ObjectID) -> [[UInt8]]? {
    guard let commit = commit(id), let tree = commit.tree else { return nil }
    guard let parent = commit.parents.first else {
      differ.forgetChanges()
      return differ.compare(nil, tree) == nil ? differ.changes.map { differ.paths.bytes($0.path) } : nil
    }
    return self.commit(parent)?.tree.flatMap { changedPaths(from: $0, to: tree) }
  }

  private func commit(_ id: ObjectID) -> CommitObject? {
    // What is wrong with an object is told where it is read first; here it only leaves a question open.
    let read = try? store.withObject(id) { kind, bytes in
      kind == .commit && bytes.count <= Limits.commit ? CommitObject.parse(Array(bytes)) : nil
    }
    return read.flatMap { $0 }
  }

  /// What differs between two trees; nil for the old one stands for the empty tree.
  ///
  /// Nil when a tree is missing, broken or too large, or more than `limit` paths differ.
  public func change(from old: ObjectID?, to new: ObjectID, limit: Int = .max) -> TreeChange? {
    differ.forgetChanges()
    guard differ.compare(old, new) == nil, differ.changes.count <= limit else { return nil }
    return change
  }

  /// Names a change apart from where it was made.
  public func patchID(of change: TreeChange) throws(GitError) -> PatchID { try patches.name(of: change) }

  /// Names the change between two trees; nil stands for the empty one.
  public func patchID(from old: ObjectID?, to new: ObjectID) throws(GitError) -> PatchID {
    differ.forgetChanges()
    switch differ.compare(old, new) {
    case .missing: return .unknown(.missingObject)
    case .limit: return .unknown(.tooMuch)
    case .corrupt(let tree): throw .corrupt(tree == .zero ? new : tree, "patchID", "malformed entry")
    case nil: return try patchID(of: change)
    }
  }

  private var change: TreeChange {
    TreeChange(
      entries: zip(differ.changes, differ.sides).map { change, sides in
        TreeChange.Entry(path: differ.paths.bytes(change.path), status: change.status, sides: sides)
      })
  }
}
