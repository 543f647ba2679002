extension FuzzTarget {
  /// Every target, in the order in which `.ci/fuzz` takes them.
  static let all = [commit, ident, trailer, tree, tag]
}
