internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// On which paths a missed objective lets delegates act alone now.
///
/// Only asked where an update would be refused otherwise and the policy has such a step: the clocks need the reviews'
/// whole history.
struct GateWidening {
  private let setting: GateSession.Setting
  private let world: World

  init(_ setting: GateSession.Setting, _ world: World) {
    self.setting = setting
    self.world = world
  }

  /// Empty where nothing is widened, or where the clocks cannot be read.
  func paths(for update: ProposedUpdate, _ policy: Policy) -> PathList {
    let reviews = Set(update.approvals.filter { $0.binding != .none }.map(\.review))
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
      return names.contains { if case .review(let commit) = $0 { reviews.contains(commit) } else { false } }
    }.flatMap(\.assessment.widenings)
    return PathList(widenings.flatMap(\.paths.entries))
  }
}
