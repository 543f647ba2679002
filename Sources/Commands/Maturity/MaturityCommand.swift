internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// `maturity`: on which level everything stands, why, and how it came there.
enum MaturityCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let question = MaturityQuestion(arguments, world)
    let answers = try question.answers()
    guard let analysis = answers.present?.analysis, let present = answers.present?.maturity else {
      return .failed
    }
    let asked = question.asked(of: analysis.repositories.map(\.name))
    try question.check(analysis)
    let scopes = question.namesScopes ? asked : present.calculator.scopes
    let standings = scopes.map(present.calculator.standing)
    var header = analysis.header()
    header.window = standings.first?.window
    let report = MaturityReport(
      header: header, entries: present.entries, standings: standings, asked: asked.count,
      months: arguments[Options.trend] ? answers.months : [],
      required: arguments[Options.requiredLevel]?.number)
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    switch report.requirement {
    case .notReached: return .notMet
    case .incomplete: return .incomplete
    case .reached, nil: return .met
    }
  }
}

/// What was asked on the command line.
struct MaturityQuestion {
  /// The months of a trend, oldest first; without one, only the moment itself.
  let months: [(month: CalendarMonth, asOf: Instant)]
  /// Nil for the window of the policy.
  let window: SpanArgument?
  private let arguments: Arguments
  private let world: World
  private let asOf: Instant

  init(_ arguments: Arguments, _ world: World) {
    self.arguments = arguments
    self.world = world
    window = arguments[Options.maturityWindow]
    asOf = arguments[Options.asOf]?.instant(now: world.now) ?? world.now
    let count = arguments[Options.trend] ? arguments[Options.months] ?? 12 : 1
    months = CalendarMonth.last(count, until: asOf)
  }

  /// What was asked, of every month and of the moment itself.
  struct Answers {
    var months: [MaturityReport.Month] = []
    /// The repositories as of the moment of the question.
    var present: (analysis: Analysis, maturity: MaturityAnswer)?
    /// The longest window that the policy of any of the moments asks for, in seconds.
    var longestWindow: Int64 = 0
  }

  /// Reads the repositories once, and once more where a policy asks for a longer window than expected.
  func answers() throws -> Answers {
    let expected = MaturityPolicy.defaults.window
    let found = try answers(over: window ?? .seconds(expected))
    guard window == nil, found.longestWindow > expected else { return found }
    return try answers(over: .seconds(found.longestWindow))
  }

  private func answers(over span: SpanArgument) throws -> Answers {
    let plans = months.map { plan(asOf: $0.asOf, over: span) }
    var reading = plan(asOf: asOf, over: span)
    reading.comparesSince = plans.first?.oldestMoment
    var answers = Answers()
    func take(_ analysis: Analysis) {
      let maturity = MaturityAnswer(analysis, window)
      let longest = MaturityCalculator.window(
        of: analysis.repositories.map(\.policies), asOf: analysis.plan.asOf)
      answers.longestWindow = max(answers.longestWindow, longest)
      let month = months[answers.months.count]
      answers.months.append(
        .init(
          month: month.month, asOf: month.asOf,
          standings: maturity.standings(of: asked(of: analysis.repositories.map(\.name)))))
      if answers.months.count == plans.count { answers.present = (analysis, maturity) }
    }
    let analyst = Analyst(plan: reading, world: world)
    // One moment alone is read as it stands, the shortest way.
    if plans.count > 1 { try analyst.analyse(at: plans, take) } else { take(try analyst.analyse()) }
    return answers
  }

  private func plan(asOf: Instant, over span: SpanArgument) -> AnalysisPlan {
    var plan = AnalysisPlan(arguments, world: world, defaultWindow: span)
    plan.asOf = asOf
    switch span {
    case .all: plan.window = nil
    case .seconds(let length): plan.window = Window(since: asOf.advanced(by: -length), until: asOf)
    }
    return plan
  }

  /// Whether components or teams were named.
  var namesScopes: Bool { !arguments.all(Options.component).isEmpty || !arguments.all(Options.team).isEmpty }

  /// What is told in full: components and teams that were named, else the repositories.
  func asked(of repositories: [String]) -> [MaturityStanding.Scope] {
    guard namesScopes else { return repositories.enumerated().map { .repository($0.offset, $0.element) } }
    return Self.unique(arguments.all(Options.component)).map { .component($0) }
      + Self.unique(arguments.all(Options.team)).map { .team($0) }
  }

  /// A mistyped name must not look like a component in which nothing happened.
  func check(_ analysis: Analysis) throws {
    let policies = analysis.repositories.flatMap { $0.policies.versions.map(\.policy) }
    try check(
      "component", arguments.all(Options.component), policies.flatMap { $0.platform.components.map(\.id) })
    try check("team", arguments.all(Options.team), policies.flatMap { $0.roster?.teams.map(\.id) ?? [] })
  }

  private func check(_ kind: String, _ names: [String], _ known: [String]) throws {
    let known = Set(known).sorted()
    for name in names where !known.contains(name) {
      throw CommandFailure.noSuchName(
        kind, name, nearest: Suggestion.nearest(to: name, among: known), known: known)
    }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension AnalysisPlan {
  /// The oldest moment that any figure of the plan looks at; nil for all of time.
  fileprivate var oldestMoment: Instant? {
    guard let window, let since = window.before?.since ?? window.since else { return nil }
    return min(since, asOf.advanced(by: -HostInference.days * 86_400))
  }
}

/// An analysis asked for its levels.
struct MaturityAnswer {
  let entries: [ContributionEntry]
  let calculator: MaturityCalculator

  init(_ analysis: Analysis, _ window: SpanArgument?) {
    let asOf = analysis.plan.asOf
    var entries: [ContributionEntry] = []
    var items: [MaturityCalculator.Item] = []
    for (place, repository) in analysis.repositories.enumerated() {
      let assessor = repository.assessor()
      for entry in repository.entries {
        entries.append(entry)
        items.append(.init(entry.assessment, by: assessor, people: entry.people, repository: place))
      }
    }
    let span: Window? =
      switch window {
      case .all: Window(since: nil, until: asOf)
      case .seconds(let length): Window(since: asOf.advanced(by: -length), until: asOf)
      case nil: nil
      }
    self.entries = entries
    calculator = MaturityCalculator(
      items, analysis.repositories.map { $0.evidence(over: analysis.plan.window) }, window: span, asOf: asOf)
  }

  /// The standings of those scopes that the policy of the moment knows.
  func standings(of scopes: some Sequence<MaturityStanding.Scope>) -> [MaturityStanding] {
    let known = Set(calculator.scopes)
    return scopes.filter { scope in
      if case .component = scope { return known.contains(scope) }
      return true
    }.map(calculator.standing)
  }
}

extension RepositoryAnalysis {
  /// What is known of the repository as a whole, and what its clone lacks.
  fileprivate func evidence(over window: Window?) -> MaturityCalculator.Repository {
    MaturityCalculator.Repository(
      name: name, policies: policies, paths: harvested.paths,
      completeSince: harvested.isShallow ? harvested.completeSince ?? harvested.newestCommit : nil,
      missingObjects: missingObjects(window))
  }

  /// Objects that are missing, damaged or too large, and are not those of contributions known to be older than the window.
  private func missingObjects(_ window: Window?) -> Int {
    let broken = harvested.diagnostics.filter { diagnostic in
      switch diagnostic.kind {
      case .missingObject, .corruptObject, .oversized: true
      default: false
      }
    }
    guard !broken.isEmpty else { return 0 }
    var old: Set<ObjectName> = []
    if let since = window?.since {
      for trace in harvested.traces where trace.isOver(before: since) {
        if case .review(let commit) = trace.id { old.insert(commit) }
        old.formUnion(trace.commits)
        old.formUnion(trace.observations.map(\.evidence.object))
      }
    }
    return Set(broken.map(\.object)).count { $0.map { !old.contains($0) } ?? true }
  }
}

extension Trace {
  /// Whether everything that the trace tells happened before a moment.
  fileprivate func isOver(before moment: Instant) -> Bool {
    !observations.isEmpty
      && observations.allSatisfy { ($0.time.notAfter ?? $0.time.notBefore).map { $0 < moment } ?? true }
  }
}
