public import Facts

/// On which level something stands over a window, and what every criterion came to.
public struct MaturityStanding: Sendable {
  /// Of what a level is told.
  public enum Scope: Hashable, Sendable {
    /// A repository, by its place among those given, with its name.
    case repository(Int, String)
    case component(String)
    /// The contributions of a stakeholder team's members.
    case team(String)

    /// The name alone.
    public var name: String {
      switch self {
      case .repository(_, let name), .component(let name), .team(let name): name
      }
    }
  }

  /// Landed external contributions of the window by the level each reached.
  public struct Landed: Hashable, Sendable {
    /// Written by the host team.
    public var byHost = 0
    /// Accepted with the platform's approvals, the assisted among them.
    public var byPlatform = 0
    public var assisted = 0
    /// Accepted by delegates alone.
    public var byDelegates = 0
    /// External, without a level.
    public var unplaced = 0
    /// Of authors of whom nobody knows whether they are external.
    public var unknown = 0

    public var external: Int { byPlatform + byDelegates + unplaced }
  }

  public var scope: Scope
  public var window: Window
  /// The policy that asks: that of the moment judged.
  public var policy: PolicyVersion
  public var landed: Landed
  /// Asked criteria in the order of `MaturityCriterion`.
  public var criteria: [CriterionResult]

  /// The highest level all of whose criteria hold, those of the levels below included; 1 asks for nothing.
  public var level: Int {
    for level in 2...Self.highest where !unmet(on: level).isEmpty { return level - 1 }
    return Self.highest
  }

  public static let highest = 3

  /// Criteria of a level that do not hold, or may not.
  public func unmet(on level: Int) -> [CriterionResult] {
    criteria.filter { $0.criterion.level == level && $0.verdict != .met }
  }

  /// What keeps the next level from being reached; empty on the highest.
  public var blockers: [CriterionResult] { level < Self.highest ? unmet(on: level + 1) : [] }

  /// Whether a level is asked for, not reached, and a whole clone might show that it is.
  public func isUndecided(for wanted: Int) -> Bool {
    level < wanted && criteria.contains { $0.criterion.level <= wanted && $0.isIncomplete }
  }
}

/// A month of the calendar in UTC, as a trend cuts time.
public struct CalendarMonth: Hashable, Sendable {
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// The last second of the month.
  public let end: Instant

  /// The month that a moment lies in.
  public init(containing moment: Instant) {
    let days = moment.seconds / 86_400 - (moment.seconds % 86_400 < 0 ? 1 : 0)
    let date = CivilDate(daysSinceEpoch: days)
    year = date.year
    month = date.month
    // The 28th and four days are in the next month, whatever the month.
    let next = CivilDate(daysSinceEpoch: days - Int64(date.day) + 32)
    let start = days - Int64(date.day) + 32 - Int64(next.day) + 1
    end = Instant(seconds: start.multipliedReportingOverflow(by: 86_400).partialValue &- 1)
  }

  /// The month before.
  public var before: CalendarMonth {
    let days = (end.seconds + 1) / 86_400
    let first = CivilDate(daysSinceEpoch: days - 1).day
    return CalendarMonth(containing: Instant(seconds: (days - Int64(first)) * 86_400 - 1))
  }

  /// `2026-03`.
  public var name: String {
    let digits = String(month)
    return "\(year)-\(digits.count < 2 ? "0" : "")\(digits)"
  }

  /// So many months up to the one of a moment, oldest first, each with the moment at which it is judged.
  ///
  /// A month that is over is judged at its last second, the one that runs at the moment itself.
  public static func last(_ count: Int, until moment: Instant) -> [(month: CalendarMonth, asOf: Instant)] {
    var found: [(month: CalendarMonth, asOf: Instant)] = []
    var month = CalendarMonth(containing: moment)
    for _ in 0..<max(1, count) {
      found.append((month, min(month.end, moment)))
      month = month.before
    }
    return found.reversed()
  }
}
