public import Facts

/// One clock of one contribution held against its objective: the evidence for a promise kept or not.
public struct ServiceLevelItem: Hashable, Sendable {
  /// How the item stands as of the moment.
  public enum State: String, Hashable, Sendable, CaseIterable {
    case met
    case missed
    case running
    /// Running, and past the objective's fraction of the target.
    case atRisk = "at-risk"
    case paused
    /// Closed before the due time without an answer.
    case notDue = "not-due"
    case waived
    case notIdentifiable = "not-identifiable"

    /// Whether the item still waits for something, as far as its state alone tells; a missed one may too.
    public var isUndecided: Bool { self == .running || self == .atRisk || self == .paused }
  }

  /// Why nothing can be said.
  public enum Obstacle: String, Hashable, Sendable, CaseIterable {
    /// No source here records reviews of the contribution, so that no answer on record proves nothing.
    case reviewsNotInGit = "reviews-not-in-git"
    /// When the contribution became ready for review is not known at all.
    case openingUnknown = "opening-unknown"
    /// The times are known within limits only, and the limits lie on both sides of the target.
    case boundedTimes = "bounded-times"
    /// There is an answer, but no source tells when it was given.
    case answerTimeUnknown = "answer-time-unknown"
    /// Whether the contribution is open, landed or given up cannot be told.
    case stateUnknown = "state-unknown"
    /// Whose turn it was is not on record, so that pauses are not known.
    case turnsNotInGit = "turns-not-in-git"
    /// The objective's calendar gives less than the target within ten years.
    case calendarNeverOpens = "calendar-never-opens"
  }

  /// A step of the escalation ladder that the item has reached.
  public struct Escalation: Hashable, Sendable {
    /// The same for the same step of the same wait in every run: `pr/76:first-review:1:0.75`.
    public var id: String
    public var step: ServiceLevels.Escalation
    /// When the item had used up that share of its target.
    public var at: Instant

    public init(id: String, step: ServiceLevels.Escalation, at: Instant) {
      self.id = id
      self.step = step
      self.at = at
    }
  }

  /// The objective as it was when the clock started; it is not changed by later versions of the policy.
  public var objective: ServiceLevels.Objective
  /// Counts the waits of one contribution under one objective, from 1.
  public var cycle: Int
  public var state: State
  public var obstacle: Obstacle?
  /// Working seconds that the target comes to from this start; nil where nothing was reckoned.
  public var targetSeconds: Int64?
  /// When the clock started: exact, or limits.
  public var start: KnownTime
  /// The place of the event that started it; nil when that is the opening itself.
  public var startEvent: Int?
  /// When the answer came or the wait ended without one; nil while it lasts.
  public var end: Instant?
  /// Whether the answer came, in time or not.
  public var isAnswered = false
  /// When the target is or was used up; nil while paused and where the calendar gives no such moment.
  public var due: Instant?
  /// The first instant after which the target is missed: the next opening when the target ends at closing time.
  public var breachesAt: Instant?
  /// Since when the target is missed; nil when it is not.
  public var missedAt: Instant?
  /// Since when the item could be seen to be at risk.
  public var atRiskAt: Instant?
  /// Working seconds used up until the end or the as-of moment; limits where a time is bounded.
  public var elapsed: ClosedRange<Int64> = 0...0
  /// The weakest grade among the facts that decide.
  public var grade: Grade = .recorded
  /// The place of the event that answered, among the contribution's events.
  public var answer: Int?
  /// The policy in force when the clock started.
  public var policy: PolicyVersion
  /// The waiver that covers the item.
  public var waiver: Waiver?
  /// Reached steps, by their share of the target.
  public var escalations: [Escalation] = []
  /// Whether a signal came before the start, because clocks disagree; what was used up then counts as nothing.
  public var wentBackwards = false
  /// What happened to the clock; empty unless an explanation was asked for.
  public var steps: [ClockStep] = []

  init(
    _ objective: ServiceLevels.Objective, cycle: Int, state: State, start: KnownTime, policy: PolicyVersion
  ) {
    self.objective = objective
    self.cycle = cycle
    self.state = state
    self.start = start
    self.policy = policy
  }

  /// Working seconds left of the target: none below zero; nil where nothing was reckoned.
  public var remaining: Int64? { targetSeconds.map { max(0, $0 - elapsed.upperBound) } }

  /// Working seconds beyond the target; 0 when it is kept.
  public var lateness: Int64 { targetSeconds.map { max(0, elapsed.upperBound - $0) } ?? 0 }

  /// Whether the wait goes on: nothing has answered or ended it.
  public var isOpen: Bool { end == nil && state != .notIdentifiable }
}
