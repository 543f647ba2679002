/// Compares single pairs of trees, keeping what it read for the next pair.
///
/// For whole histories `History.load` is the faster way.
public final class TreeComparison {
  private let differ: TreeDiffer

  public init(_ repository: Repository) { differ = TreeDiffer(repository.store) }

  /// Paths that differ between two trees, in the order of `git diff-tree -r --no-renames`.
  ///
  /// Nil when a tree is missing, broken or too large.
  public func changedPaths(from old: ObjectID, to new: ObjectID) -> [[UInt8]]? {
    let start = differ.changes.count
    guard differ.compare(old, new) == nil else { return nil }
    return differ.changes[start...].map { differ.paths.bytes($0.path) }
  }
}
