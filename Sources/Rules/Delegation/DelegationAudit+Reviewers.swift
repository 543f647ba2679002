internal import Facts

extension DelegationAudit {
  /// People below this number who may approve are a finding: one who is away, or wrote the change, stops everything.
  static let leastReviewers = 2

  /// Components, and what is in none, with a path that fewer than two people may approve.
  ///
  /// Told of all paths that there could be, by the patterns alone. Where ownership files name approvers as well, of the
  /// paths that there are.
  mutating func auditReviewers() {
    guard policy.roster != nil else { return refuse(.fewReviewers, .noRoster) }
    let people = approvers()
    let enough = Self.covered(by: Array(Dictionary(grouping: people, by: \.region).mapValues(\.count)))
    let free = ApprovalRegions(policy.delegation).free
    let components = policy.platform.components
    let rest = PathRegion.except(.any(components.map { .list($0.paths) }))
    let places: [(component: Platform.Component?, region: PathRegion)] =
      components.map { ($0, .list($0.paths)) } + [(nil, rest)]
    for (component, region) in places {
      let asked = PathRegion.all([region, .except(free)])
      switch asked.example(outside: enough) {
      case .none: continue
      case .undecided: refuse(.fewReviewers, .pathsNotComparable)
      case .found(let path):
        if policy.ownershipReading == .none {
          let count = people.count { $0.region.contains(path) }
          add(component, path, count)
        } else if let owned {
          auditOwned(owned, component, asked, people)
        } else {
          refuse(.fewReviewers, .ownersByFile)
        }
      }
    }
  }

  private mutating func add(_ component: Platform.Component?, _ path: [UInt8], _ count: Int) {
    append(
      AuditFinding(
        .fewReviewers, count == 0 ? .error : .warning,
        .reviewers(component: component?.id, path: path, count: count)))
  }

  /// The first path there is that fewer than two may approve, owners by file included.
  private mutating func auditOwned(
    _ owned: [OwnedPath], _ component: Platform.Component?, _ region: PathRegion,
    _ people: [(handle: String, region: PathRegion)]
  ) {
    var fewest: (path: [UInt8], count: Int)?
    for file in owned where component?.takes(file.repository) ?? true {
      let path = Array(file.path.utf8)
      guard region.contains(path) else { continue }
      let isTaken = policy.delegation.approvalRule(for: path).from.contains(.platform)
      var handles = isTaken ? file.owners : []
      for person in people where handles.count < Self.leastReviewers && person.region.contains(path) {
        handles.insert(person.handle)
      }
      if handles.count < min(Self.leastReviewers, fewest?.count ?? .max) { fewest = (path, handles.count) }
    }
    if let fewest { add(component, fewest.path, fewest.count) }
  }

  /// What each person may approve, sorted by handle; whoever may approve nothing is left out.
  private func approvers() -> [(handle: String, region: PathRegion)] {
    guard let roster = policy.roster else { return [] }
    let regions = ApprovalRegions(policy.delegation)
    let hosts = Set(policy.allHosts)
    var found: [(handle: String, region: PathRegion)] = []
    for person in roster.people where !person.isBot {
      let teams = roster.teams(of: person, at: asOf)
      let held = chainsInForce.heldRights(of: .init(handle: person.handle, teams: teams), at: asOf)
        .filter { $0.verbs.contains(.approve) }.map(\.paths)
      let hosting = teams.filter(hosts.contains).sorted()
      guard !held.isEmpty || !hosting.isEmpty else { continue }
      found.append(
        (
          person.handle,
          regions.approvable(hosted: chainsInForce.hostedPaths(hosting), held: .any(held))
        ))
    }
    return found.sorted { $0.handle < $1.handle }
  }

  /// The paths that at least two may approve, from what people may approve and how many may approve just that.
  private static func covered(by people: [(key: PathRegion, value: Int)]) -> PathRegion {
    let several = people.filter { $0.value >= leastReviewers }.map(\.key)
    let single = people.filter { $0.value < leastReviewers }.map(\.key)
    let pairs = single.indices.flatMap { place in
      single[(place + 1)...].map { PathRegion.all([single[place], $0]) }
    }
    return .any(several + pairs)
  }
}

extension Platform.Component {
  /// Whether its paths are meant for a repository.
  fileprivate func takes(_ repository: String) -> Bool {
    repositories.isEmpty || repositories.contains(repository)
  }
}
