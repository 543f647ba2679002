public import Facts

/// What became of one objective's items in a window.
///
/// Counted are the items that *came due* in the window: each of them was met or missed, for certain, whatever is
/// still open. Counting by the answer instead would leave out the items that nobody answered. All others are told
/// beside it, each state by itself.
public struct Attainment: Hashable, Sendable {
  public let objective: ServiceLevels.Objective
  public let window: Window
  /// Came due in the window and were answered in time.
  public private(set) var met = 0
  /// Came due in the window without the answer: still open, closed, or answered too late.
  public private(set) var missed = 0
  /// Answered already, but due after the window only; they count once they are due.
  public private(set) var early = 0
  /// Every other item by its state: what is open now, and what ended in the window.
  public private(set) var others: [ServiceLevelItem.State: Int] = [:]
  /// Why nothing can be said of the items that are not identifiable.
  public private(set) var obstacles: [ServiceLevelItem.Obstacle: Int] = [:]
  /// Still open although missed, whenever that was.
  public private(set) var overdue = 0

  /// Takes the items of one objective, of any time; those that do not concern the window are left out.
  public init(
    _ objective: ServiceLevels.Objective, _ window: Window, _ items: some Sequence<ServiceLevelItem>
  ) {
    self.objective = objective
    self.window = window
    for item in items { add(item) }
  }

  /// The share of due items that were met, with its 95 % interval.
  public var share: Share { Share(hits: met, of: met + missed) }

  public var tally: Tally { Tally(met: met, missed: missed) }

  public var budget: ErrorBudget { ErrorBudget(objective: objective.share, tally) }

  /// The share where there are as many due items as the objective asks for.
  public var sampled: Sampled<Share> {
    SampleFloor(objective.minimumSample).figure(of: tally.decided, share)
  }

  /// What the items say of the objective's share; nil of too few.
  public var verdict: GateVerdict? { sampled.value?.verdict(against: objective.share) }

  public func count(_ state: ServiceLevelItem.State) -> Int {
    switch state {
    case .met: met
    case .missed: missed
    default: others[state] ?? 0
    }
  }

  private mutating func add(_ item: ServiceLevelItem) {
    if item.state == .missed, item.isOpen { overdue += 1 }
    guard let moment = item.moment, item.isOpen && item.state != .missed || window.contains(moment) else {
      if item.state == .met, let end = item.end, window.contains(end),
        item.moment.map({ $0 > window.until }) ?? false
      {
        early += 1
      }
      return
    }
    switch item.state {
    case .met: met += 1
    case .missed: missed += 1
    default: others[item.state, default: 0] += 1
    }
    if let obstacle = item.obstacle { obstacles[obstacle, default: 0] += 1 }
  }
}

extension ServiceLevelItem {
  /// The moment that places the item in a window: when it came due, or ended, or began where nothing else is known.
  public var moment: Instant? {
    switch state {
    case .met: breachesAt ?? end
    case .missed: missedAt
    case .waived: breachesAt ?? end ?? start.notAfter
    case .notDue: end
    case .running, .atRisk, .paused, .notIdentifiable: start.notAfter ?? start.notBefore
    }
  }
}
