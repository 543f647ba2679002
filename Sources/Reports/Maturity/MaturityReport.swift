public import Facts
public import Rules

/// On which level of the maturity model repositories, components and stakeholder teams stand, and why.
public struct MaturityReport: Sendable {
  public static let schema = "tributary/maturity/1"

  /// The same question asked as of the end of one month, by the policy of that month.
  public struct Month: Sendable {
    public var month: CalendarMonth
    /// The last second of the month; of the one that runs, the as-of moment of the report.
    public var asOf: Instant
    public var standings: [MaturityStanding]

    public init(month: CalendarMonth, asOf: Instant, standings: [MaturityStanding]) {
      self.month = month
      self.asOf = asOf
      self.standings = standings
    }

    /// Whether the month is not over yet.
    public var isRunning: Bool { asOf < month.end }
  }

  /// What became of a level that was asked for.
  public enum Requirement: String, Hashable, Sendable, CaseIterable {
    case reached
    case notReached = "not-reached"
    /// Not shown to be reached, and the clone lacks what could show it.
    case incomplete
  }

  public var header: ReportHeader
  /// Contributions to which the standings refer by place.
  public var entries: [ContributionEntry]
  public var standings: [MaturityStanding]
  /// Of these, so many from the start are told in full: what was asked about.
  public var asked: Int
  /// Months from the oldest on; empty where no trend was asked for.
  public var months: [Month]
  /// The level that those asked about must have reached; nil where none was required.
  public var required: Int?

  public init(
    header: ReportHeader, entries: [ContributionEntry], standings: [MaturityStanding], asked: Int,
    months: [Month] = [], required: Int? = nil
  ) {
    self.header = header
    self.entries = entries
    self.standings = standings
    self.asked = min(max(0, asked), standings.count)
    self.months = months
    self.required = required
  }

  /// What was asked about.
  var main: ArraySlice<MaturityStanding> { standings.prefix(asked) }

  /// Whether all of those asked about reached the required level; nil where none was required.
  ///
  /// Incomplete input outweighs a failure, so that nobody mends what a whole clone would not show to be broken.
  public var requirement: Requirement? {
    guard let required else { return nil }
    if main.contains(where: { $0.isUndecided(for: required) }) { return .incomplete }
    return main.allSatisfy { $0.level >= required } ? .reached : .notReached
  }
}

extension MaturityStanding.Scope {
  /// The word for what a level is told of, in JSON and CSV.
  var kind: String {
    switch self {
    case .repository: "repository"
    case .component: "component"
    case .team: "team"
    }
  }
}

extension EvidenceGap {
  /// The word for what is not known, in JSON and CSV.
  var label: String {
    switch self {
    case .belowFloor: "below-floor"
    case .nothingToJudge: "nothing-to-judge"
    case .reviewsNotInGit: "reviews-not-in-git"
    case .unknownOrigin: "unknown-origin"
    case .notIdentifiable: "not-identifiable"
    case .undetermined: "undetermined"
    case .noHostKnown: "no-host-known"
    case .noObjective: "no-objective"
    case .noReviewRecords: "no-review-records"
    case .noActiveComponent: "no-active-component"
    case .noGrants: "no-grants"
    case .historyCut: "history-cut"
    case .missingObjects: "missing-objects"
    }
  }

  /// How many, where that is what the gap says; for a floor the number that is needed.
  var count: Int? {
    switch self {
    case .belowFloor(let count), .reviewsNotInGit(let count), .unknownOrigin(let count),
      .notIdentifiable(let count), .undetermined(let count), .noHostKnown(let count),
      .missingObjects(let count):
      count
    case .nothingToJudge, .noObjective, .noReviewRecords, .noActiveComponent, .noGrants, .historyCut: nil
    }
  }
}

extension Responsible.Cause {
  /// The word for why a contribution is named, in JSON.
  var label: String {
    switch self {
    case .notAuthorised: "not-authorised"
    case .unknownOrigin: "unknown-origin"
    case .missed: "missed-objective"
    case .notIdentifiable: "not-identifiable"
    case .waits: "waits-too-long"
    case .acceptedByPlatform: "accepted-by-platform"
    case .approvedWithoutRight: "approved-without-right"
    case .undetermined: "undetermined"
    }
  }
}

extension ContributionEntry {
  /// When somebody approved without the right to; nil for any other cause, and where no moment is on record.
  func moment(of cause: Responsible.Cause) -> Instant? {
    guard case .approvedWithoutRight(let person, let reason) = cause else { return nil }
    return assessment.approvals.first { $0.person == person && $0.reason == reason }?.event.time.instant
  }
}
