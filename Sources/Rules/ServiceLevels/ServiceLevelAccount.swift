import Facts

/// What became of one objective: attainment, budget, alarms, breaches and what is at risk.
public struct ServiceLevelAccount: Sendable {
  /// One item with the contribution it belongs to.
  public struct Line: Hashable, Sendable {
    /// The contribution, by its place among those given.
    public let subject: Int
    public let item: ServiceLevelItem
  }

  /// The attainment of a part of the whole: a component, or the contributions of a team's members.
  public struct Part: Hashable, Sendable {
    /// Nil for what belongs to none.
    public let name: String?
    public let attainment: Attainment
  }

  /// An alarm with what it was judged by.
  public struct Alarm: Hashable, Sendable {
    public let alarm: BurnAlarm
    public let long: Tally
    public let short: Tally
    public let signal: BurnAlarm.Signal
    /// The rate from which it sounds; nil where there is no budget.
    public let threshold: Double?
  }

  public let objective: ServiceLevels.Objective
  /// False where only older versions of the policy name it, for waits that began then.
  public let isInForce: Bool
  public let attainment: Attainment
  /// The window of the same length just before; nil for one without a start.
  public let before: Attainment?
  /// Contributions to which it applies or applied, of any time.
  public let appliedCount: Int
  /// By component, sorted, what touches none last; a contribution counts in each of its components.
  public let components: [Part]
  /// By the author's teams at the opening, sorted, those without one last.
  public let teams: [Part]
  /// The fast alarm, then the slow one, judged at the end of the window.
  public let alarms: [Alarm]
  /// Missed in the window, and every miss that is still open; the latest first.
  public let breaches: [Line]
  /// Open and at risk, the one due next first.
  public let atRisk: [Line]
  /// Items that came due in the window or are open, in the order of the contributions.
  public let lines: [Line]
  /// Waits of all contributions on its clock; nil where the objective is no longer in force.
  public internal(set) var waits: ServiceLevelWaits?

  /// Takes all items of the objective's name, of any time, each with its contribution.
  init(
    _ objective: ServiceLevels.Objective, isInForce: Bool, in window: Window,
    _ items: [(line: Line, assessment: Assessment)]
  ) {
    self.objective = objective
    self.isInForce = isInForce
    let all = items.map(\.line.item)
    attainment = Attainment(objective, window, all)
    before = window.before.map { Attainment(objective, $0, all) }
    appliedCount = Set(items.map(\.line.subject)).count
    components = Self.parts(items, objective, window) { $0.components }
    teams = Self.parts(items, objective, window) { $0.authorTeams }
    alarms = [BurnAlarm.fast, .slow].map { Alarm($0, objective, all, until: window.until) }
    let lines = items.map(\.line)
    breaches = lines.filter { $0.item.isBreach(in: window) }.sorted {
      ($0.urgency, $0.order) < ($1.urgency, $1.order)
    }
    atRisk = lines.filter { $0.item.state == .atRisk }.sorted {
      ($0.item.due?.seconds ?? .max, $0.order) < ($1.item.due?.seconds ?? .max, $1.order)
    }
    self.lines = lines.filter { $0.item.isOpen || $0.item.isDecided(in: window) }
  }

  /// Whether more was missed than the share allows, or an alarm says that this is under way.
  public var isBudgetAtStake: Bool { attainment.budget.isOverspent || alarms.contains(where: \.isSounding) }

  private static func parts(
    _ items: [(line: Line, assessment: Assessment)], _ objective: ServiceLevels.Objective, _ window: Window,
    by names: (Assessment) -> [String]
  ) -> [Part] {
    var parts: [String: [ServiceLevelItem]] = [:]
    var rest: [ServiceLevelItem] = []
    for (line, assessment) in items {
      let names = names(assessment)
      if names.isEmpty { rest.append(line.item) }
      for name in names { parts[name, default: []].append(line.item) }
    }
    guard !parts.isEmpty else { return [] }
    let named = parts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { Part(name: $0.key, attainment: Attainment(objective, window, $0.value)) }
    return named + (rest.isEmpty ? [] : [Part(name: nil, attainment: Attainment(objective, window, rest))])
  }
}

extension ServiceLevelAccount.Alarm {
  fileprivate init(
    _ alarm: BurnAlarm, _ objective: ServiceLevels.Objective, _ items: [ServiceLevelItem], until: Instant
  ) {
    func tally(_ length: Int64) -> Tally {
      Attainment(objective, Window(since: until.advanced(by: -length), until: until), items).tally
    }
    self.alarm = alarm
    (long, short) = (tally(alarm.long), tally(alarm.short))
    threshold = alarm.threshold(objective: objective.share, period: objective.window)
    signal = alarm.signal(objective: objective.share, long: long, short: short, period: objective.window)
  }

  public var isSounding: Bool { if case .burning = signal { true } else { false } }
}

extension ServiceLevelAccount.Line {
  /// Latest first, by working time; the order of those that are equally late is that of the contributions.
  fileprivate var urgency: Int64 { -item.lateness }
  fileprivate var order: Int64 { Int64(subject) << 20 + Int64(item.cycle) }
}

extension ServiceLevelItem {
  /// Whether the target was missed within the window, or is missed and the wait goes on.
  func isBreach(in window: Window) -> Bool {
    state == .missed && (isOpen || (missedAt.map(window.contains) ?? false))
  }

  /// Whether the item counts in the attainment of the window.
  func isDecided(in window: Window) -> Bool {
    (state == .met || state == .missed) && (moment.map(window.contains) ?? false)
  }
}
