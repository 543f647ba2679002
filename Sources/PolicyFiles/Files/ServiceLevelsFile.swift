import Facts
import Rules

/// Reads `service-levels.json5`.
enum ServiceLevelsFile {
  static func read(
    _ root: Cursor, _ names: inout Declarations, _ holidays: HolidayFiles
  ) -> ServiceLevels? {
    guard let fields = root.fields(.serviceLevels) else { return nil }
    let calendars = fields["calendars"].map { CalendarFile.read($0, holidays) } ?? []
    var taken: Set<String> = []
    let objectives = fields["objectives"]?.list { objective($0, &taken) } ?? []
    let escalation = fields["escalation"]?.list(step) ?? []
    names.declare(.calendar, calendars.map(\.name))
    names.declare(.objective, objectives.map(\.name))
    let handOff: HandOff? = fields["handOff"]?.choice()
    return ServiceLevels(
      calendars: calendars, objectives: objectives, escalation: escalation, handOff: handOff ?? .push,
      sizes: fields["sizes"].flatMap(sizes) ?? ServiceLevels.Sizes(),
      maxWaiver: fields["maxWaiver"]?.duration())
  }

  private static func sizes(_ cursor: Cursor) -> ServiceLevels.Sizes? {
    guard let fields = cursor.fields(.sizes) else { return nil }
    var sizes = ServiceLevels.Sizes()
    sizes.small = fields["small"]?.count(0...1_000_000) ?? sizes.small
    sizes.medium = fields["medium"]?.count(0...1_000_000) ?? max(sizes.small, sizes.medium)
    if sizes.medium < sizes.small {
      cursor.error("\"medium\" is below \"small\", expected at least as many paths")
    }
    return sizes
  }

  private static func objective(_ cursor: Cursor, _ taken: inout Set<String>) -> ServiceLevels.Objective? {
    guard let fields = cursor.fields(.objective) else { return nil }
    let name = fields["name"]?.identifier()
    if let name, !taken.insert(name).inserted {
      fields["name"]?.error("objective \(quoted(name)) is given twice, expected each name once")
    }
    let clock: ServiceLevels.Clock? = fields["clock"]?.choice()
    // A value that is missing here was reported; a stand-in lets the other keys be read as well.
    var objective = ServiceLevels.Objective(
      name: name ?? "", clock: clock ?? .firstReview, target: fields["target"]?.target() ?? .businessDays(1))
    objective.appliesTo = fields["appliesTo"]?.fields(.scope).map(scope) ?? objective.appliesTo
    objective.calendar = fields["calendar"]?.reference(.calendar) ?? objective.calendar
    objective.share = fields["share"]?.number(0...1, aboveLower: true) ?? objective.share
    objective.window = fields["window"]?.duration() ?? objective.window
    objective.atRisk = fields["atRisk"]?.number(0...1, aboveLower: true) ?? objective.atRisk
    objective.minimumSample = fields["minimumSample"]?.count(1...1_000_000) ?? objective.minimumSample
    return objective
  }

  private static func scope(_ fields: Fields) -> ServiceLevels.Scope {
    ServiceLevels.Scope(
      origins: fields["origin"]?.choices() ?? [],
      components: fields["components"]?.list { $0.reference(.component) } ?? [],
      teams: fields["teams"]?.list { $0.reference(.team) } ?? [],
      kinds: fields["kinds"]?.choices() ?? [], sizes: fields["sizes"]?.choices() ?? [])
  }

  private static func step(_ cursor: Cursor) -> ServiceLevels.Escalation? {
    guard let fields = cursor.fields(.escalationStep) else { return nil }
    let at = fields["at"]?.number(0...1000, aboveLower: true)
    let action: ServiceLevels.Escalation.Action? = fields["do"]?.choice()
    let paths = fields["paths"]?.paths()
    if action == .widenApprovers, fields["paths"] == nil {
      cursor.error("missing key \"paths\", expected the paths on which delegates may then act alone")
    }
    guard let at, let action else { return nil }
    return ServiceLevels.Escalation(at: at, action: action, paths: paths ?? .everything)
  }
}
