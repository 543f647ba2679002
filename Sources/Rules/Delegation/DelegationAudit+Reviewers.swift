internal import Facts

extension DelegationAudit {
  /// People below this number who may approve are a finding: one who is away, or wrote the change, stops everything.
  static let leastReviewers = 2

  /// Components, and what is in none, with a path that fewer than two people may approve.
  mutating func auditReviewers() {
    guard policy.roster != nil else { return refuse(.fewReviewers, .noRoster) }
    guard policy.ownershipReading == .none else { return refuse(.fewReviewers, .ownersByFile) }
    let people = approvers()
    let enough = Self.covered(by: people)
    let free = ApprovalRegions(policy.delegation).free
    let components = policy.platform.components
    let rest = PathRegion.except(.any(components.map { .list($0.paths) }))
    let places: [(component: String?, region: PathRegion)] =
      components.map { ($0.id, .list($0.paths)) } + [(nil, rest)]
    for (component, region) in places {
      switch PathRegion.all([region, .except(free)]).example(outside: enough) {
      case .none: continue
      case .undecided: refuse(.fewReviewers, .pathsNotComparable)
      case .found(let path):
        let count = people.reduce(0) { $0 + ($1.region.contains(path) ? $1.count : 0) }
        append(
          AuditFinding(
            .fewReviewers, count == 0 ? .error : .warning,
            .reviewers(component: component, path: path, count: count)))
      }
    }
  }

  /// What people may approve, each region once with the number of people.
  private func approvers() -> [(region: PathRegion, count: Int)] {
    guard let roster = policy.roster else { return [] }
    let regions = ApprovalRegions(policy.delegation)
    var counts: [PathRegion: Int] = [:]
    for person in roster.people where !person.isBot {
      let teams = roster.teams(of: person, at: asOf)
      let held = chainsInForce.heldRights(of: .init(handle: person.handle, teams: teams), at: asOf)
        .filter { $0.verbs.contains(.approve) }.map(\.paths)
      let hosting = teams.filter { policy.allHosts.contains($0) }
      guard !held.isEmpty || !hosting.isEmpty else { continue }
      let region = regions.approvable(
        hosted: chainsInForce.hostedPaths(hosting.sorted()), held: .any(held))
      counts[region, default: 0] += 1
    }
    return counts.map { ($0.key, $0.value) }
  }

  /// The paths that at least two may approve.
  private static func covered(by people: [(region: PathRegion, count: Int)]) -> PathRegion {
    let several = people.filter { $0.count >= leastReviewers }.map(\.region)
    let single = people.filter { $0.count < leastReviewers }.map(\.region)
    let pairs = single.indices.flatMap { place in
      single[(place + 1)...].map { PathRegion.all([single[place], $0]) }
    }
    return .any(several + pairs)
  }
}
