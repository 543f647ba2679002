internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// On which paths a missed objective lets delegates act alone now.
///
/// Only asked where an update would be refused otherwise and the policy has such a step: the clocks need the reviews'
/// whole history.
///
/// Records state their own times. Where the server records pushes, a wait that began before the server had the change is
/// not believed, so that nobody waits for longer than they have asked.
struct GateWidening {
  private let setting: GateSession.Setting
  private let world: World
  private let arrivals: CommitArrivals

  init(_ setting: GateSession.Setting, _ arrivals: CommitArrivals, _ world: World) {
    self.setting = setting
    self.arrivals = arrivals
    self.world = world
  }

  /// Empty where nothing is widened, or where the clocks cannot be read.
  func paths(for update: ProposedUpdate, _ policy: Policy) -> PathList {
    let bound = update.approvals.filter { $0.binding != .none }
    let reviews = Set(bound.map { $0.contribution ?? .review($0.review) } + bound.map { .review($0.review) })
    guard !reviews.isEmpty, policy.serviceLevels.escalation.contains(where: { $0.action == .widenApprovers })
    else { return .nothing }
    var plan = AnalysisPlan(repositories: [setting.path], asOf: world.now, readsEverything: true, jobs: 1)
    plan.policies = setting.policies
    plan.branch = update.reference
    plan.isQuiet = true
    // What cannot be analysed widens nothing: the refusal stands.
    guard let analysis = try? Analyst(plan: plan, world: world).analyse() else { return .nothing }
    let widenings = analysis.repositories.flatMap(\.entries).filter { entry in
      let names = [entry.contribution.id] + entry.contribution.aliases
      return names.contains(where: reviews.contains)
    }.flatMap { entry in entry.assessment.widenings.filter { isWaitedFor($0, entry.contribution) } }
    return PathList(widenings.flatMap(\.paths.entries))
  }

  /// Whether as much time has gone by since the server had the change as was missed by its own account.
  private func isWaitedFor(_ widening: Widening, _ contribution: Contribution) -> Bool {
    let names = ([contribution.id] + contribution.aliases).compactMap { name -> ObjectName? in
      if case .review(let commit) = name { commit } else { nil }
    }
    // What cannot be read proves no wait.
    guard let opened = contribution.earliestOpening,
      let recorded = try? arrivals.recorded(contribution.revisions + names)
    else { return false }
    switch recorded {
    case .noRecord: return true
    case .never: return false
    case .at(let start): return world.now.since(start) >= widening.at.since(opened)
    }
  }
}
