internal import Facts
internal import Git

extension History {
  /// Changed paths against the first parent as indices into `paths`, sorted; nil when the trees cannot be read.
  func changedPaths(_ commit: Int32) -> [Int32]? {
    guard let changes = changes(commit) else { return nil }
    var paths = changes.map(\.path)
    paths.sort()
    return paths
  }
}
