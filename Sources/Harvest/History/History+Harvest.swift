internal import Facts
internal import Git

extension History {
  /// Changed paths against the first parent as indices into `paths`, sorted; nil when the trees cannot be read.
  func changedPaths(_ commit: Int32) -> [Int32]? {
    changes(commit)?.map(\.path).sorted()
  }
}
