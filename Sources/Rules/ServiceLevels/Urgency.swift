internal import Facts

/// How urgent an open item is; what comes first is the most urgent.
///
/// Missed ones first, the most working time beyond the target first; then those at risk and those that run, each by
/// its due time; then paused ones, the least left first; then what is not identifiable, then what is waived. Equal
/// ones keep the order of the objectives' clocks.
public struct Urgency: Hashable, Comparable, Sendable {
  /// From the most urgent to the least.
  public enum Rank: Int, Hashable, Sendable, CaseIterable {
    case missed
    case atRisk
    case running
    case paused
    case notIdentifiable
    case waived
  }

  public let rank: Rank
  /// Within a rank the smaller number comes first.
  private let order: Int64

  /// Nil for an item that is over.
  public init?(_ item: ServiceLevelItem) {
    let due = item.due?.seconds ?? .max
    switch item.state {
    case .missed where item.isOpen: (rank, order) = (.missed, -item.lateness)
    case .atRisk: (rank, order) = (.atRisk, due)
    case .running: (rank, order) = (.running, due)
    case .paused: (rank, order) = (.paused, item.remaining ?? .max)
    case .notIdentifiable: (rank, order) = (.notIdentifiable, 0)
    case .waived where item.isOpen: (rank, order) = (.waived, due)
    case .met, .missed, .notDue, .waived: return nil
    }
  }

  public static func < (left: Urgency, right: Urgency) -> Bool {
    (left.rank.rawValue, left.order) < (right.rank.rawValue, right.order)
  }
}

extension Assessment {
  /// The item that most needs somebody, with its urgency; nil where nothing is open.
  public var mostUrgent: (item: ServiceLevelItem, urgency: Urgency)? {
    guard contribution.state == .open || contribution.state == .draft else { return nil }
    var best: (item: ServiceLevelItem, urgency: Urgency)?
    for item in serviceLevels {
      guard let urgency = Urgency(item), best.map({ urgency < $0.urgency }) ?? true else { continue }
      best = (item, urgency)
    }
    return best
  }
}
