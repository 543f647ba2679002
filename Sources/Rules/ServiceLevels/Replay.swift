public import Facts

/// The recorded history of contributions judged twice: by the policy in force at each moment, and by another one for
/// all of time.
///
/// Nothing but the judgement differs. People acted as they did under the old promise; how they would have acted under
/// the other one, no replay can tell.
public struct Replay: Sendable {
  /// What became of the items of one objective, under each policy that names it.
  public struct Objective: Hashable, Sendable {
    public let name: String
    /// Nil where the policy in force knows no objective of that name.
    public let before: Attainment?
    /// Nil where the other policy knows none.
    public let after: Attainment?
  }

  /// How many waits went from one state to another; nil stands for "no objective applies".
  public struct Transition: Hashable, Sendable {
    public let clock: ServiceLevels.Clock
    public let before: ServiceLevelItem.State?
    public let after: ServiceLevelItem.State?
    public let count: Int

    /// Whether the states differ.
    public var isChange: Bool { before != after }
  }

  /// How many contributions went from one level to another; nil stands for "not placed".
  public struct LevelTransition: Hashable, Sendable {
    public let before: Int?
    public let after: Int?
    public let count: Int

    /// Whether the levels differ.
    public var isChange: Bool { before != after }
  }

  /// Objectives of the policy in force in the order of their file, then those of the other policy alone.
  public let objectives: [Objective]
  /// By clock, then by the states in their declared order.
  public let transitions: [Transition]
  /// By level, the lowest first, those not placed last.
  public let levels: [LevelTransition]
  /// Every contribution within the window, in the order given.
  public let contributions: [ReplayedContribution]

  /// Takes pairs of judgements of the same contributions.
  ///
  /// `window` holds for every objective where it is given; without it each is told over its own window, and
  /// contributions over the longest of them.
  public init(
    _ pairs: [ReplayedContribution], before: [ServiceLevels.Objective], after: [ServiceLevels.Objective],
    asOf: Instant, window: Window?
  ) {
    let overall = window ?? Self.longest(before + after, asOf: asOf)
    contributions = pairs.compactMap { $0.within(overall) }
    let names = (before + after).reduce(into: [String]()) { names, objective in
      if !names.contains(objective.name) { names.append(objective.name) }
    }
    func attainment(_ objectives: [ServiceLevels.Objective], _ name: String, _ items: [ServiceLevelItem])
      -> Attainment?
    {
      guard let objective = objectives.first(where: { $0.name == name }) else { return nil }
      let own = window ?? Window(since: asOf.advanced(by: -objective.window), until: asOf)
      return Attainment(objective, own, items.filter { $0.objective.name == name })
    }
    let olds = pairs.flatMap(\.before.serviceLevels)
    let news = pairs.flatMap(\.after.serviceLevels)
    objectives = names.map { name in
      Objective(name: name, before: attainment(before, name, olds), after: attainment(after, name, news))
    }
    transitions = Self.transitions(contributions.flatMap(\.waits))
    levels = Self.levels(contributions)
  }

  /// The window over which contributions are told without a given one.
  public static func longest(_ objectives: [ServiceLevels.Objective], asOf: Instant) -> Window {
    Window(since: asOf.advanced(by: -(objectives.map(\.window).max() ?? 28 * 86_400)), until: asOf)
  }

  private static func transitions(_ waits: [ReplayedWait]) -> [Transition] {
    struct Kind: Hashable {
      var clock: ServiceLevels.Clock
      var before: ServiceLevelItem.State?
      var after: ServiceLevelItem.State?
    }
    var counts: [Kind: Int] = [:]
    for wait in waits {
      counts[Kind(clock: wait.clock, before: wait.before?.state, after: wait.after?.state), default: 0] += 1
    }
    let states = [nil] + ServiceLevelItem.State.allCases.map(Optional.some)
    return ServiceLevels.Clock.allCases.flatMap { clock in
      states.flatMap { before in
        states.compactMap { after in
          counts[Kind(clock: clock, before: before, after: after)].map {
            Transition(clock: clock, before: before, after: after, count: $0)
          }
        }
      }
    }
  }

  private static func levels(_ pairs: [ReplayedContribution]) -> [LevelTransition] {
    let levels = [1, 2, 3, nil]
    return levels.flatMap { before in
      levels.compactMap { after in
        let count = pairs.count { $0.before.level.number == before && $0.after.level.number == after }
        return count == 0 ? nil : LevelTransition(before: before, after: after, count: count)
      }
    }
  }
}

/// One contribution with both judgements.
public struct ReplayedContribution: Sendable {
  /// What differs between two judgements.
  public enum Change: String, Hashable, Sendable, CaseIterable {
    /// The state of a wait, or whether any objective applies to it.
    case state
    case due
    case level
  }

  /// The name of the repository.
  public let repository: String
  public let before: Assessment
  public let after: Assessment
  /// The waits of both, by clock, then by start.
  public private(set) var waits: [ReplayedWait]

  /// Takes two judgements of the same contribution.
  public init(repository: String, before: Assessment, after: Assessment) {
    self.repository = repository
    self.before = before
    self.after = after
    waits = ReplayedWait.paired(before.serviceLevels, after.serviceLevels)
  }

  /// What differs, in the declared order.
  public var changes: [Change] {
    Change.allCases.filter { change in
      switch change {
      case .state: waits.contains { $0.before?.state != $0.after?.state }
      case .due: waits.contains { $0.isDueChanged }
      case .level: before.level.number != after.level.number
      }
    }
  }

  /// The contribution with the waits that matter in a window; nil where nothing of it does.
  fileprivate func within(_ window: Window) -> ReplayedContribution? {
    var own = self
    own.waits = waits.filter { $0.concerns(window) }
    let contribution = before.contribution
    let isOpen = contribution.state == .open || contribution.state == .draft
    let end = contribution.landing?.at ?? contribution.latestActivity
    return !own.waits.isEmpty || isOpen || (end.map(window.contains) ?? false) ? own : nil
  }
}

/// One wait under two policies; at least one of them has an objective for it.
public struct ReplayedWait: Hashable, Sendable {
  public let clock: ServiceLevels.Clock
  public let before: ServiceLevelItem?
  public let after: ServiceLevelItem?

  /// Whether the due time moved; a wait without an objective on one side has none to move.
  public var isDueChanged: Bool {
    guard let before, let after else { return false }
    return before.due != after.due
  }

  /// Whether anything in the verdict differs that readers are told.
  public var isChanged: Bool { before?.state != after?.state || isDueChanged }

  func concerns(_ window: Window) -> Bool {
    [before, after].contains { item in
      guard let item else { return false }
      return item.isOpen || (item.moment.map(window.contains) ?? false)
    }
  }

  /// Joins the items of two judgements by clock and start; of several waits that start alike, in their order.
  static func paired(_ olds: [ServiceLevelItem], _ news: [ServiceLevelItem]) -> [ReplayedWait] {
    struct Key: Hashable {
      var clock: ServiceLevels.Clock
      var start: KnownTime
      var number: Int
    }
    func keyed(_ items: [ServiceLevelItem]) -> [(Key, ServiceLevelItem)] {
      var counts: [Key: Int] = [:]
      return items.map { item in
        let key = Key(clock: item.objective.clock, start: item.start, number: 0)
        counts[key, default: 0] += 1
        return (Key(clock: key.clock, start: key.start, number: counts[key] ?? 1), item)
      }
    }
    let (before, after) = (keyed(olds), keyed(news))
    let others = Dictionary(after, uniquingKeysWith: { first, _ in first })
    let known = Set(before.map(\.0))
    let waits =
      before.map { ReplayedWait(clock: $0.clock, before: $1, after: others[$0]) }
      + after.filter { !known.contains($0.0) }.map { ReplayedWait(clock: $0.clock, before: nil, after: $1) }
    return waits.enumerated().sorted { one, other in
      (one.element.order, one.offset) < (other.element.order, other.offset)
    }.map(\.element)
  }

  /// Clocks in their declared order, then by start.
  private var order: Place {
    let start = (before ?? after)?.start
    let clock = ServiceLevels.Clock.allCases.firstIndex(of: clock) ?? 0
    return Place(clock: clock, start: start?.notBefore ?? start?.notAfter ?? Instant(seconds: .min))
  }

  private struct Place: Comparable {
    var clock: Int
    var start: Instant

    static func < (left: Place, right: Place) -> Bool {
      left.clock != right.clock ? left.clock < right.clock : left.start < right.start
    }
  }
}
