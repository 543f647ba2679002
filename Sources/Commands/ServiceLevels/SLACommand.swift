internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// `sla`: attainment, budgets, breaches and waits of every objective.
enum SLACommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let asked = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(defaultSpan))
    let isWindowGiven = isWindowGiven(arguments)
    let analysis = try analyse(asked, isWindowGiven, world)
    let objectives = analysis.objectivesInForce
    let question = ServiceLevelAccounts.Question(
      asOf: asked.asOf,
      window: isWindowGiven ? asked.window ?? Window(since: nil, until: asked.asOf) : nil,
      names: Set(arguments.all(Options.objective)))
    let (entries, subjects) = subjects(analysis, EntryFilter(arguments))
    let accounts = ServiceLevelAccounts(subjects, objectives: objectives, question).accounts
    try check(question.names, accounts, objectives)
    let turnWindow = question.window ?? turnWindow(objectives, asked.asOf)
    var header = analysis.header()
    header.window = isWindowGiven ? asked.window : nil
    let report = SLAReport(
      header: header, entries: entries, accounts: accounts,
      turns: TurnShares.all(of: subjects, in: turnWindow, asOf: asked.asOf), in: turnWindow,
      calendars: analysis.calendarsInForce,
      zones: analysis.repositories.first?.zones ?? .builtIn,
      entitlements: analysis.repositories.map { $0.entitlement(at: asked.asOf) })
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return ending(arguments.all(Options.failOn), accounts, analysis)
  }

  /// History that is read at least, in seconds; longer than what objectives usually name as their window.
  private static let defaultSpan: Int64 = 180 * 86_400
  /// What is read before a window, so that whatever came due at its start is here although it was answered earlier.
  private static let margin: Int64 = 60 * 86_400

  private static func isWindowGiven(_ arguments: Arguments) -> Bool {
    arguments[Options.slaWindow] != nil || arguments[Options.since] != nil || arguments[Options.until] != nil
  }

  /// Reads what the windows need; once more where an objective of the policy looks further back than expected.
  private static func analyse(_ asked: AnalysisPlan, _ isWindowGiven: Bool, _ world: World) throws -> Analysis
  {
    func read(_ window: Window?) throws -> Analysis {
      var plan = asked
      plan.window = window.map { Window(since: $0.since?.advanced(by: -margin), until: $0.until) }
      return try Analyst(plan: plan, world: world).analyse()
    }
    let analysis = try read(asked.window)
    let longest = analysis.objectivesInForce.map(\.window).max() ?? 0
    guard !isWindowGiven, longest > defaultSpan else { return analysis }
    return try read(Window(since: asked.asOf.advanced(by: -longest), until: asked.asOf))
  }

  /// The contributions in scope with whoever judged them, at the same places.
  private static func subjects(
    _ analysis: Analysis, _ filter: EntryFilter
  ) -> ([ContributionEntry], [ServiceLevelAccounts.Subject]) {
    var entries: [ContributionEntry] = []
    var subjects: [ServiceLevelAccounts.Subject] = []
    for (place, repository) in analysis.repositories.enumerated() {
      let assessor = repository.assessor()
      for entry in repository.entries where filter.accepts(entry) {
        entries.append(entry)
        subjects.append(.init(entry.assessment, by: assessor, repository: place))
      }
    }
    return (entries, subjects)
  }

  /// The longest window of any objective; that of the defaults where there is none.
  private static func turnWindow(_ objectives: [ServiceLevels.Objective], _ asOf: Instant) -> Window {
    let longest = objectives.map(\.window).max() ?? BurnAlarm.period
    return Window(since: asOf.advanced(by: -longest), until: asOf)
  }

  /// Every objective asked for must be known.
  private static func check(
    _ names: Set<String>, _ accounts: [ServiceLevelAccount], _ objectives: [ServiceLevels.Objective]
  ) throws {
    let known = objectives.map(\.name) + accounts.map(\.objective.name)
    for name in names.sorted() where !known.contains(name) {
      throw CommandFailure.noSuchObjective(
        name, nearest: Suggestion.nearest(to: name, among: known), known: objectives.map(\.name))
    }
  }

  /// The judgement that was asked for; incomplete input is never a pass, and no reliable failure either.
  private static func ending(
    _ wanted: [FailOn], _ accounts: [ServiceLevelAccount], _ analysis: Analysis
  ) -> Ending {
    guard !wanted.isEmpty else { return .met }
    if analysis.isIncomplete { return .incomplete }
    let fails = wanted.contains { condition in
      accounts.contains { account in
        switch condition {
        case .breach: !account.breaches.isEmpty
        case .atRisk: !account.breaches.isEmpty || !account.atRisk.isEmpty
        case .budget: account.isBudgetAtStake
        }
      }
    }
    return fails ? .notMet : .met
  }
}

extension Analysis {
  /// The service levels in force of each repository, in their order.
  private var inForce: [ServiceLevels] {
    repositories.map { $0.policies.inForce(at: plan.asOf).policy.serviceLevels }
  }

  /// Objectives of all repositories in the order of their files.
  var objectivesInForce: [ServiceLevels.Objective] { inForce.flatMap(\.objectives) }

  var calendarsInForce: [CalendarPolicy] { inForce.flatMap(\.calendars) }

  /// Whether anything that may matter to a judgement is not here: history cut off, or objects missing, damaged or
  /// beyond a limit.
  var isIncomplete: Bool {
    repositories.contains { repository in
      repository.harvested.isShallow
        || repository.summary.diagnostics.contains { group in
          switch group.example.kind {
          case .missingObject, .corruptObject, .oversized: true
          default: false
          }
        }
    }
  }
}

extension RepositoryAnalysis {
  /// By what it is known whose review counts now.
  func entitlement(at moment: Instant) -> SLAReport.Entitlement {
    if policies.inForce(at: moment).policy.roster != nil { return .roster }
    return summary.ownership == nil ? .anyone : .ownersByFile
  }
}
