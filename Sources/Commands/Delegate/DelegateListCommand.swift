internal import Facts
internal import Reports
internal import Rules

/// `delegate list`: grants and how they stand.
enum DelegateListCommand {
  /// How long before its end a grant is marked, unless asked otherwise.
  static let notice: Int64 = 30 * 86_400

  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let regions = try arguments.pathList(in: .delegateList).map { [PathRegion.list($0)] } ?? []
    var plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(86_400))
    plan.wantsPolicyHistory = arguments[Options.all]
    let analysis = try Analyst(plan: plan, world: world).analyse()
    var header = analysis.header()
    header.window = nil
    var report = GrantListReport(header: header, items: [], hidden: 0)
    for scene in analysis.scenes {
      let filter = try GrantFilter(arguments, scene, regions)
      for status in statuses(of: scene) where filter.accepts(status) {
        let isExpiring = filter.isExpiring(status)
        guard !filter.wantsExpiring || isExpiring else { continue }
        if status.isOver, !arguments[Options.all] {
          report.hidden += 1
          continue
        }
        report.items.append(
          .init(
            repositories: scene.names, status: status, people: people(of: status.grant, scene),
            isExpiring: isExpiring))
      }
    }
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }

  /// Every grant that the policy has or had, sorted by id.
  private static func statuses(of scene: DelegationScene) -> [GrantStatus] {
    let chains = scene.chains(at: scene.asOf)
    let arrivals = scene.policies.arrivals(until: scene.asOf)
    let standing = scene.policy.grants.map {
      chains.status(of: $0, at: scene.asOf, arrived: arrivals[$0.id])
    }
    let removed = scene.policies.removedGrants(at: scene.asOf).map { grant in
      GrantStatus(removed: grant, arrived: arrivals[grant.id])
    }
    return (standing + removed).sorted { $0.grant.id < $1.grant.id }
  }

  private static func people(of grant: Grant, _ scene: DelegationScene) -> [String] {
    guard case .team(let team) = grant.grantee else { return [] }
    return scene.policy.members(of: team, at: scene.asOf)
  }
}

/// Which grants are asked about.
private struct GrantFilter {
  private let holders: [GrantChains.Holder]
  private let regions: [PathRegion]
  private let span: Int64
  private let asOf: Instant
  let wantsExpiring: Bool

  init(_ arguments: Arguments, _ scene: DelegationScene, _ paths: [PathRegion]) throws {
    let lookup = RosterLookup(roster: scene.roster)
    holders = try arguments.all(Options.person).map { who in
      let person = try lookup.person(who)
      let teams = scene.roster?.teams(of: person, at: scene.asOf) ?? []
      return GrantChains.Holder(handle: person.handle, teams: teams)
    }
    regions =
      try paths
      + arguments.all(Options.component).map { .list(try scene.policy.component(named: $0).paths) }
    asOf = scene.asOf
    let given = arguments[Options.expiring]
    wantsExpiring = given != nil
    switch given {
    case .seconds(let seconds): span = seconds
    case .all: span = .max
    case nil: span = DelegateListCommand.notice
    }
  }

  func accepts(_ status: GrantStatus) -> Bool {
    let grant = status.grant
    // What cannot be compared is shown rather than lost.
    let touches = regions.isEmpty || regions.contains { $0.meets(.list(grant.paths)) != false }
    return touches && (holders.isEmpty || holders.contains { grant.isFor($0) })
  }

  func isExpiring(_ status: GrantStatus) -> Bool {
    guard status.state == .inForce, let until = status.until else { return false }
    return until.since(asOf) <= span
  }
}

extension Grant {
  /// Whether it is to a person, or to a team of theirs.
  fileprivate func isFor(_ holder: GrantChains.Holder) -> Bool {
    switch grantee {
    case .person(let handle): handle == holder.handle
    case .team(let team): holder.teams.contains(team)
    }
  }
}
