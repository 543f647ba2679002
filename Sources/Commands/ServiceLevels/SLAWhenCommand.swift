internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// `sla when`: working time on a calendar of the policy, forwards to a due time or between two moments.
enum SLAWhenCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard let name = arguments[Options.calendar] else { throw missing([Options.calendar.declaration]) }
    let question = try question(arguments, world)
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(86_400))
    let calendars = try name == ServiceLevels.alwaysOpen ? [] : policy(plan, world).serviceLevels.calendars
    let names = calendars.map(\.name) + [ServiceLevels.alwaysOpen]
    let zones = world.timeZones(calendars.reduce(into: []) { $0.formUnion($1.timeZones) })
    guard let calendar = WorkingCalendars(needed(name, calendars), zones: zones)[name] else {
      throw CommandFailure.noSuchCalendar(
        name, nearest: Suggestion.nearest(to: name, among: names), known: names)
    }
    let start = arguments[Options.start]?.instant(now: world.now) ?? plan.asOf
    let report = SLAWhenReport(calendar: calendar, zones: zones, start: start, question: question)
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return .met
  }

  private static func question(_ arguments: Arguments, _ world: World) throws -> SLAWhenReport.Question {
    if let stop = arguments[Options.stop] { return .until(stop.instant(now: world.now)) }
    guard let text = arguments[Options.target] else {
      throw missing([Options.target.declaration, Options.stop.declaration])
    }
    guard let target = PolicyFiles.target(text) else {
      throw UsageProblem(
        .unacceptable(
          text, for: Options.target.declaration.spelling, expected: "a target such as 8h or 2 business days",
          suggestions: []), in: CommandID.slaWhen.path)
    }
    return .target(target)
  }

  private static func missing(_ options: [OptionDeclaration]) -> UsageProblem {
    UsageProblem(.missingOption(options), in: CommandID.slaWhen.path)
  }

  /// The calendar and, of a union, all it is made of.
  private static func needed(_ name: String, _ calendars: [CalendarPolicy]) -> [CalendarPolicy] {
    var wanted: Set<String> = []
    var next = [name]
    while let name = next.popLast() {
      guard wanted.insert(name).inserted else { continue }
      for calendar in calendars where calendar.name == name {
        if case .union(let members) = calendar.kind { next += members }
      }
    }
    return calendars.filter { wanted.contains($0.name) }
  }

  /// The policy in force at the as-of moment.
  private static func policy(_ plan: AnalysisPlan, _ world: World) throws -> Policy {
    let loading = PolicyLoading(world: world)
    if let place = plan.policies {
      return try loading.fixed(place, repositories: plan.repositories).history.inForce(at: plan.asOf).policy
    }
    let path = plan.repositories.first ?? "."
    let harvested = try Analyst(plan: plan, world: world).harvest(try world.openRepository(path), path)
    return try loading.ofBranch(harvested).history.inForce(at: plan.asOf).policy
  }
}
