internal import Facts
internal import Harvest
internal import Rules

/// Who stands behind the commits that brought versions of the policy.
///
/// These are the author and the committer of the commit itself, and of the contribution that it brought the author,
/// whoever is on record as approving, and whoever landed it. Co-authors and trailers do not count: anybody can write
/// anybody's name there.
struct PolicyAuthors {
  private var behind: [ObjectName: Set<PersonKey>] = [:]

  /// Takes the people behind the commits themselves.
  init(_ versions: [PolicyFilesVersion], _ directory: Directory) {
    for version in versions {
      behind[version.commit, default: []].formUnion(version.people.map(directory.key))
    }
  }

  /// Adds the people behind contributions, as far as they brought one of the commits.
  mutating func add(_ contributions: some Sequence<Contribution>, _ people: People) {
    for contribution in contributions {
      let brought = [contribution.landing?.commit].compactMap { $0 } + contribution.commits
      for commit in brought where behind[commit] != nil {
        behind[commit]?.formUnion(Self.contributors(contribution).map { people[$0].key })
      }
    }
  }

  /// What the history of a policy says of its grants, by what is known of the people behind it.
  func history(of policies: PolicyHistory) -> GrantHistory {
    GrantHistory(policies) { behind[$0]?.sorted() ?? [] }
  }

  private static func contributors(_ contribution: Contribution) -> [PersonID] {
    let approvers = contribution.events.compactMap { event -> PersonID? in
      guard case .verdict(.approve, _) = event.kind else { return nil }
      return event.person
    }
    return [contribution.author, contribution.landing?.by].compactMap { $0 } + approvers
  }
}

extension PolicyHistory {
  /// Whether any version has a grant.
  var hasGrants: Bool { versions.contains { !$0.policy.grants.isEmpty } }
}
