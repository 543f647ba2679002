public import Facts

/// What is promised to contributors, and on which calendar: the content of `service-levels.json5`.
public struct ServiceLevels: Hashable, Sendable {
  /// What is timed.
  public enum Clock: String, Hashable, Sendable, CaseIterable {
    case firstResponse = "first-response"
    case firstReview = "first-review"
    case eachResponse = "each-response"
    case decision
    case landing
  }

  /// The longest time a clock should run.
  public enum Target: Hashable, Sendable {
    /// Seconds of working time on the objective's calendar.
    case workingTime(seconds: Int64)
    /// Until the end of the n-th working day after the day the clock started.
    case businessDays(Int)
  }

  /// The contributions an objective speaks of; an empty list leaves that side open.
  public struct Scope: Hashable, Sendable {
    public var origins: Set<Origin>
    /// Component ids.
    public var components: [String]
    /// Ids of the authors' teams; a team stands for those below it as well.
    public var teams: [String]
    public var kinds: Set<ChangeKind>
    public var sizes: Set<SizeClass>

    public init(
      origins: Set<Origin> = [], components: [String] = [], teams: [String] = [], kinds: Set<ChangeKind> = [],
      sizes: Set<SizeClass> = []
    ) {
      self.origins = origins
      self.components = components
      self.teams = teams
      self.kinds = kinds
      self.sizes = sizes
    }
  }

  /// A promise: a clock within a target for a share of items in a window.
  public struct Objective: Hashable, Sendable {
    public var name: String
    public var clock: Clock
    public var appliesTo: Scope
    public var target: Target
    /// The name of a calendar of this file, or `24x7`.
    public var calendar: String
    /// The share of items (above 0, at most 1) that must meet the target.
    public var share: Double
    /// How far back attainment looks, in seconds.
    public var window: Int64
    /// The fraction of the target (0 to 1) from which a running item is at risk.
    public var atRisk: Double
    /// The number of due items below which no attainment is told.
    public var minimumSample: Int

    public init(
      name: String, clock: Clock, appliesTo: Scope = Scope(), target: Target, calendar: String = alwaysOpen,
      share: Double = 0.9, window: Int64 = 28 * 86_400, atRisk: Double = 0.75, minimumSample: Int = 20
    ) {
      self.name = name
      self.clock = clock
      self.appliesTo = appliesTo
      self.target = target
      self.calendar = calendar
      self.share = share
      self.window = window
      self.atRisk = atRisk
      self.minimumSample = minimumSample
    }
  }

  /// The largest numbers of touched paths with which a change is small, and medium.
  public struct Sizes: Hashable, Sendable {
    public var small: Int
    public var medium: Int

    public init(small: Int = 5, medium: Int = 20) {
      self.small = small
      self.medium = medium
    }

    /// The class of a change that touches so many paths.
    public func size(ofPaths count: Int) -> SizeClass {
      count <= small ? .small : (count <= medium ? .medium : .large)
    }
  }

  /// What is done when a running item has used up part of its target.
  public struct Escalation: Hashable, Sendable {
    public enum Action: String, Hashable, Sendable, CaseIterable {
      case remindReviewers = "remind-reviewers"
      case nameLead = "name-lead"
      case widenApprovers = "widen-approvers"
    }

    /// The multiple of the target at which the step is taken.
    public var at: Double
    public var action: Action
    /// Where the step applies; for `widenApprovers` the paths on which delegates may then act alone.
    public var paths: PathList

    public init(at: Double, action: Action, paths: PathList = .everything) {
      self.at = at
      self.action = action
      self.paths = paths
    }
  }

  public var calendars: [CalendarPolicy]
  /// In the order of the file; for each clock the first objective whose scope fits a contribution applies.
  public var objectives: [Objective]
  public var escalation: [Escalation]
  /// What passes the turn back to the reviewers.
  public var handOff: HandOff
  public var sizes: Sizes
  /// The longest time for which a waiver may excuse, in seconds; nil for no limit.
  public var maxWaiver: Int64?

  public init(
    calendars: [CalendarPolicy] = [], objectives: [Objective] = [], escalation: [Escalation] = [],
    handOff: HandOff = .push, sizes: Sizes = Sizes(), maxWaiver: Int64? = nil
  ) {
    self.calendars = calendars
    self.objectives = objectives
    self.escalation = escalation
    self.handOff = handOff
    self.sizes = sizes
    self.maxWaiver = maxWaiver
  }

  /// The name of the calendar that never closes.
  public static let alwaysOpen = "24x7"

  /// First review of external contributions within 2 business days for 90 % over 28 days, Monday to Friday in
  /// UTC.
  public static let defaults = ServiceLevels(
    calendars: [.weekdays],
    objectives: [
      Objective(
        name: "first-review", clock: .firstReview, appliesTo: Scope(origins: [.external]),
        target: .businessDays(2), calendar: CalendarPolicy.weekdays.name)
    ])
}

/// Where a contribution comes from, by its primary author at the moment it was opened.
public enum Origin: String, Hashable, Sendable, CaseIterable {
  /// Written by a member of a host team of a touched component.
  case platform
  /// Written by somebody known who is in no such team.
  case external
  case bot
  /// The author has no roster entry.
  case unknown
}
