extension FuzzTarget {
  /// Every target, in the order in which `.ci/fuzz` takes them.
  static let all = [
    commit, ident, trailer, policy, glob, appraise, tree, tag, config, owners, calendar, zone, json, mail,
    notedb,
    escape,
  ]
}
