import Facts
import Rules

extension PolicyWriter {
  /// The text of a `service-levels.json5` that states what holds without one.
  public static var defaultServiceLevels: String {
    let levels = Policy.defaults.serviceLevels
    var page = Page()
    page.comment([
      "What contributors may expect, and on which working hours: the built-in defaults, written down.",
      "Durations: 90s, 45m, 8h, 3d (24 hours each). Targets may also be \"2 business days\": until the end of the",
      "second working day after the day the clock started.",
    ])
    page.open("{")
    page.line("version: 1,")
    page.section("calendars") { page in
      for calendar in levels.calendars { page.add(calendar) }
      page.comment(["The calendar \"24x7\" is built in."])
    }
    page.blank()
    page.comment([
      "For each clock, the first objective whose `appliesTo` fits a contribution counts.",
      "Clocks: " + ServiceLevels.Clock.allCases.map(\.rawValue).joined(separator: ", ") + ".",
    ])
    page.open("objectives: [")
    for objective in levels.objectives { page.add(objective) }
    page.close("],")
    page.close("}")
    return page.text
  }

  /// The text of a `maturity.json5` that states what holds without one.
  public static var defaultMaturity: String {
    let policy = Policy.defaults.maturity
    var page = Page()
    page.comment([
      "What a repository, a component or a team must show to stand on a level: the built-in defaults, written down.",
      "A criterion that is left out keeps the value shown here; `null` says that it is not asked for.",
    ])
    page.open("{")
    page.line("version: 1,")
    page.blank()
    page.comment(["How far back the figures look."])
    page.line("window: \(literal(duration(policy.window))),")
    page.section("levels") { page in
      page.comment(["Level 2: stakeholders contribute, the team reviews."])
      page.open("\"2\": {")
      page.add(policy.levelTwo)
      page.close("},")
      page.comment(["Level 3: others can be reviewers."])
      page.open("\"3\": {")
      page.add(policy.levelThree)
      page.close("},")
    }
    page.close("}")
    return page.text
  }

  /// The text of a `delegation.json5` that states what holds without one.
  public static var defaultDelegation: String {
    let policy = Policy.defaults.delegation
    var page = Page()
    page.comment(["Whose approval lets a change land: the built-in defaults, written down."])
    page.open("{")
    page.line("version: 1,")
    page.blank()
    page.comment([
      "The last rule that matches a path decides. `from`: \"platform\" is the host team of the path, \"delegated\"",
      "whoever holds a grant for it.",
    ])
    page.open("approvals: [")
    for rule in policy.approvals { page.add(rule) }
    page.close("],")
    page.blank()
    page.line("selfApproval: \(policy.selfApproval),")
    page.comment(["Whether an approval also holds for a later revision that makes the same change."])
    page.line("survivesTrivialRebase: \(policy.survivesTrivialRebase),")
    page.comment([
      "How well an approval must be known: claimed, derived, recorded, signed. A gate takes no claimed one, because",
      "anybody can write a trailer.",
    ])
    let grade = policy.minimumGrade
    page.line(
      "minimumGrade: { reports: \(literal("\(grade.reports)")), gate: \(literal("\(grade.gate)")) },")
    page.blank()
    page.comment([
      "Nobody may grant rights to others until this is stated, for example:",
      "  granting: { teams: [\"platform\"], maxDepth: 0, maxDuration: \"365d\", paths: [\"docs/**\"] },",
    ])
    page.close("}")
    return page.text
  }
}

extension Page {
  fileprivate mutating func add(_ calendar: CalendarPolicy) {
    guard case .region(let region) = calendar.kind else { return }
    open("\(literalKey(calendar.name)): {")
    line("timeZone: \(literal(region.timeZone)),")
    open("hours: {")
    for (number, day) in Shape.weekdays.enumerated() {
      guard let hours = region.hours[number + 1] else { continue }
      let windows = hours.map { literal("\(clockTime($0.from))-\(clockTime($0.until))") }
      line("\(day): [\(windows.joined(separator: ", "))],")
    }
    close("},")
    comment(["holidays: [\"2026-12-25\"],"])
    close("},")
  }

  fileprivate mutating func add(_ objective: ServiceLevels.Objective) {
    open("{")
    line("name: \(literal(objective.name)),")
    line("clock: \(literal(objective.clock.rawValue)),")
    let origins = Origin.allCases.filter(objective.appliesTo.origins.contains).map { literal($0.rawValue) }
    line("appliesTo: { origin: [\(origins.joined(separator: ", "))] },")
    line("target: \(literal(target(objective.target))),")
    line("calendar: \(literal(objective.calendar)),")
    line("share: \(objective.share), // of the items in the window")
    line("window: \(literal(duration(objective.window))),")
    line("atRisk: \(objective.atRisk), // of the target")
    close("},")
  }

  fileprivate mutating func add(_ level: MaturityPolicy.LevelTwo) {
    criterion("externalLanded", level.externalLanded.map { "\($0)" }, "at least")
    criterion(
      "reviewedShare", level.reviewedShare.map { "\($0)" },
      "of external landed contributions, with an authorised review")
    criterion("attainment", level.attainment.map(literal), "this objective's target is reached")
    criterion(
      "oldestWaitFactor", level.oldestWaitFactor.map { "\($0)" },
      "nobody waits longer than so many times that target")
  }

  fileprivate mutating func add(_ level: MaturityPolicy.LevelThree) {
    criterion(
      "delegatedShare", level.delegatedShare.map { "\($0)" }, "of external acceptances, by delegates alone")
    criterion(
      "delegatesPerComponent", level.delegatesPerComponent.map { "\($0)" },
      "active ones, from outside the host team")
    criterion("unauthorisedApprovals", level.unauthorisedApprovals.map { "\($0)" }, "at most")
    criterion(
      "attainmentGap", level.attainmentGap.map { "\($0)" }, "delegates at most so far below the platform")
    criterion("openEndedGrants", level.openEndedGrants.map { "\($0)" }, "at most")
  }

  private mutating func criterion(_ key: String, _ value: String?, _ meaning: String) {
    line("\(key): \(value ?? "null"), // \(meaning)")
  }

  fileprivate mutating func add(_ rule: DelegationPolicy.ApprovalRule) {
    let paths = rule.paths.entries.map { literal($0.text) }.joined(separator: ", ")
    let from = DelegationPolicy.Source.allCases.filter(rule.from.contains).map { literal($0.rawValue) }
    line("{ paths: [\(paths)], count: \(rule.count), from: [\(from.joined(separator: ", "))] },")
  }
}

/// A length of time in the largest unit that divides it.
private func duration(_ seconds: Int64) -> String {
  for (size, unit) in [(Int64(86_400), "d"), (3_600, "h"), (60, "m")] where seconds.isMultiple(of: size) {
    return "\(seconds / size)\(unit)"
  }
  return "\(seconds)s"
}

private func target(_ target: ServiceLevels.Target) -> String {
  switch target {
  case .workingTime(let seconds): duration(seconds)
  case .businessDays(let days): "\(days) business days"
  }
}

/// Minutes since midnight as `HH:MM`; those of the next day as its own time.
private func clockTime(_ minutes: Int) -> String {
  let within = minutes > 1440 ? minutes - 1440 : minutes
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(two(within / 60)):\(two(within % 60))"
}
