internal import Facts

/// Waits of which some are known within limits only, so that their median is known within limits too.
///
/// Every wait counts once with its shortest and once with its longest possible length. Whatever the true lengths are,
/// their median lies between the medians of these two lists; it is a point where all are exact.
struct BoundedWaits {
  /// What is known of one wait.
  struct Item {
    /// In seconds; nil for a longest one without any limit.
    var shortest: Int64
    var longest: Int64?
    /// Whether both ends are known exactly.
    var isExact: Bool
    /// False for one that was still running, or was cut off.
    var ended: Bool

    /// From one time to another, which is not before it; nil where the end is not known at all.
    init?(from start: KnownTime, to end: KnownTime, ended: Bool) {
      guard let endHigh = end.latest else { return nil }
      let (startLow, startHigh) = (start.lowest, start.highest ?? endHigh)
      shortest = max(0, (end.lowest ?? startHigh).since(startHigh))
      longest = startLow.map { max(0, endHigh.since($0)) }
      isExact = start.instant != nil && end.instant != nil
      self.ended = ended
    }
  }

  private(set) var items: [Item] = []

  mutating func add(_ item: Item) { items.append(item) }

  var boundedCount: Int { items.count { !$0.isExact } }

  /// The waits that are known exactly.
  var exact: Survival {
    Survival(items.filter(\.isExact).map { .init(seconds: $0.shortest, ended: $0.ended) })
  }

  /// Limits of the median after Kaplan and Meier; nil where the curve does not get there.
  var median: (Int64?, Int64?) {
    let low = Survival(items.map { .init(seconds: $0.shortest, ended: $0.ended) })
    let high = Survival(
      items.map { .init(seconds: $0.longest ?? .max, ended: $0.ended && $0.longest != nil) })
    return (low.quantile(0.5).seconds, high.quantile(0.5).seconds)
  }
}

extension KnownTime {
  /// The earliest moment at which it can have been; nil where there is no limit.
  fileprivate var lowest: Instant? {
    switch self {
    case .at(let instant): instant
    case .between(let earliest, _): earliest
    case .unknown: nil
    }
  }

  /// The latest moment at which it can have been; nil where there is no limit.
  fileprivate var highest: Instant? {
    switch self {
    case .at(let instant): instant
    case .between(_, let latest): latest
    case .unknown: nil
    }
  }

  /// The latest moment known, to end a wait with.
  fileprivate var latest: Instant? { highest ?? lowest }
}
