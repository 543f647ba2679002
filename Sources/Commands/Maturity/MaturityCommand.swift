internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// `maturity`: on which level everything stands, why, and how it came there.
enum MaturityCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let question = MaturityQuestion(arguments, world)
    let past = try question.analyses()
    guard let (now, earlier) = past.last.map({ ($0, past) }) else { return .failed }
    let filter = EntryFilter(arguments)
    let present = MaturityAnswer(now, filter, question.window)
    let scopes = try question.scopes(present.calculator.scopes, now)
    var header = now.header()
    let standings = scopes.all.map(present.calculator.standing)
    header.window = standings.first?.window
    let months = arguments[Options.trend] ? question.months : []
    let report = MaturityReport(
      header: header, entries: present.entries, standings: standings, asked: scopes.asked,
      months: zip(months, earlier).map { month, analysis in
        let answer = MaturityAnswer(analysis, filter, question.window)
        return .init(
          month: month.month, asOf: month.asOf,
          standings: answer.standings(of: scopes.all.prefix(scopes.asked)))
      },
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

  /// The repositories as of every month's end, oldest first, the last one as of the moment of the question.
  ///
  /// They are read once, and once more where a policy asks for a longer window than expected.
  func analyses() throws -> [Analysis] {
    let expected = MaturityPolicy.defaults.window
    let found = try analyses(over: window ?? .seconds(expected))
    guard window == nil else { return found }
    let longest = found.map { analysis in
      MaturityCalculator.window(of: analysis.repositories.map(\.policies), asOf: analysis.plan.asOf)
    }.max()
    guard let longest, longest > expected else { return found }
    return try analyses(over: .seconds(longest))
  }

  private func analyses(over span: SpanArgument) throws -> [Analysis] {
    let plans = months.map { plan(asOf: $0.asOf, over: span) }
    var reading = plan(asOf: asOf, over: span)
    reading.comparesSince = plans.first?.oldestMoment
    let analyst = Analyst(plan: reading, world: world)
    // One moment alone is read as it stands, the shortest way.
    return plans.count > 1 ? try analyst.analyse(at: plans) : [try analyst.analyse()]
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

  /// What to tell of, and how many of them were asked about: these come first.
  func scopes(
    _ all: [MaturityStanding.Scope], _ analysis: Analysis
  ) throws -> (all: [MaturityStanding.Scope], asked: Int) {
    let components = arguments.all(Options.component)
    let teams = arguments.all(Options.team)
    guard components.isEmpty, teams.isEmpty else {
      try check(components, teams, analysis)
      let named =
        Self.unique(components).map { MaturityStanding.Scope.component($0) }
        + Self.unique(teams).map { .team($0) }
      return (named, named.count)
    }
    return (all, analysis.repositories.count)
  }

  /// A mistyped name must not look like a component in which nothing happened.
  private func check(_ components: [String], _ teams: [String], _ analysis: Analysis) throws {
    let policies = analysis.repositories.flatMap { $0.policies.versions.map(\.policy) }
    let knownComponents = Set(policies.flatMap { $0.platform.components.map(\.id) }).sorted()
    let knownTeams = Set(policies.flatMap { $0.roster?.teams.map(\.id) ?? [] }).sorted()
    for name in components where !knownComponents.contains(name) {
      throw CommandFailure.noSuchName(
        "component", name, nearest: Suggestion.nearest(to: name, among: knownComponents),
        known: knownComponents)
    }
    for name in teams where !knownTeams.contains(name) {
      throw CommandFailure.noSuchName(
        "team", name, nearest: Suggestion.nearest(to: name, among: knownTeams), known: knownTeams)
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

  init(_ analysis: Analysis, _ filter: EntryFilter, _ window: SpanArgument?) {
    let asOf = analysis.plan.asOf
    var entries: [ContributionEntry] = []
    var items: [MaturityCalculator.Item] = []
    for (place, repository) in analysis.repositories.enumerated() {
      let assessor = repository.assessor()
      for entry in repository.entries where filter.accepts(entry) {
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
