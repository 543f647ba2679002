internal import Facts
internal import Reports
internal import Rules

/// `delegate audit`: findings about grants and about past approvals.
enum DelegateAuditCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    // Everything is read: whether a grant was used or earned may be told by the oldest contribution.
    let plan = AnalysisPlan(
      arguments, world: world, defaultWindow: .seconds(180 * 86_400), readsEverything: true)
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let isOne = analysis.scenes.count == 1
    let groups = try analysis.scenes.enumerated().map { number, scene in
      let question = DelegationAudit.Question(
        asOf: plan.asOf, since: plan.window?.since, notice: DelegateListCommand.notice,
        owned: try OwnedPaths(scene, world).all(isOne ? plan.repositories : [plan.repositories[number]]))
      let judged = scene.repositories.map { repository in
        DelegationAudit.Judged(
          repository: repository.name, assessments: repository.entries.map(\.assessment),
          assessor: repository.assessor())
      }
      return DelegationAuditReport.Group(
        repositories: scene.names,
        audit: DelegationAudit(scene.policies, scene.grants, judged, scene.book(), question))
    }
    let report = DelegationAuditReport(
      header: analysis.header(), groups: groups, isIncomplete: analysis.isIncomplete)
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return ending(report, arguments.all(Options.failOnFinding))
  }

  /// The judgement; incomplete input is never a pass, and no reliable failure either.
  private static func ending(_ report: DelegationAuditReport, _ wanted: [AuditThreshold]) -> Ending {
    if report.isIncomplete { return .incomplete }
    let limits = wanted.isEmpty ? [.error] : wanted.compactMap(\.severity)
    guard let least = limits.min(), let worst = report.worst else { return .met }
    return worst >= least ? .notMet : .met
  }
}

extension AuditThreshold {
  fileprivate var severity: AuditFinding.Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    case .never: nil
    }
  }
}
