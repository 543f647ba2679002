internal import Facts
internal import Rules

/// Who stands behind the commits that brought versions of the policy.
enum PolicyAuthors {
  /// The history of the grants; nil where no version has any.
  static func history(
    of policies: PolicyHistory, _ contributions: some Sequence<Contribution>, _ people: People
  ) -> GrantHistory? {
    guard policies.versions.contains(where: { !$0.policy.grants.isEmpty }) else { return nil }
    let commits = Set(policies.versions.compactMap(\.commit))
    var behind: [ObjectName: [PersonID]] = [:]
    for contribution in contributions {
      let brought = [contribution.landing?.commit].compactMap { $0 } + contribution.commits
      for commit in brought where commits.contains(commit) {
        behind[commit, default: []] += contributors(contribution)
      }
    }
    return GrantHistory(policies) { (behind[$0] ?? []).map { people[$0].key } }
  }

  /// The author, whoever is on record as approving, and whoever landed it.
  ///
  /// Co-authors and trailers do not count: anybody can write anybody's name there.
  private static func contributors(_ contribution: Contribution) -> [PersonID] {
    let approvers = contribution.events.compactMap { event -> PersonID? in
      guard case .verdict(.approve, _) = event.kind else { return nil }
      return event.person
    }
    return [contribution.author, contribution.landing?.by].compactMap { $0 } + approvers
  }
}
