/// A share of items with the interval in which the true share lies, after Wilson (1927).
///
/// The interval stays within 0 and 1 and is honest for few items, unlike the textbook's ± (Wald's).
public struct Share: Hashable, Sendable {
  /// The items that count, between 0 and `count`.
  public let hits: Int
  /// All items.
  public let count: Int
  public let low: Double
  public let high: Double

  /// Takes the items that count and all items.
  ///
  /// None at all give the whole range from 0 to 1. A negative count is none; hits outside of 0 to `count` are the
  /// nearer end of it.
  public init(hits: Int, of count: Int, confidence: Confidence = .ninetyFive) {
    self.count = max(0, count)
    self.hits = min(max(0, hits), self.count)
    guard count > 0 else {
      (low, high) = (0, 1)
      return
    }
    let z = confidence.z
    let (n, p) = (Double(self.count), Double(self.hits) / Double(self.count))
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    low = self.hits == 0 ? 0 : max(0, middle - half)
    high = self.hits == self.count ? 1 : min(1, middle + half)
  }

  /// The share itself; nil of no items.
  public var value: Double? { count > 0 ? Double(hits) / Double(count) : nil }

  /// The share where there are items enough to show one.
  public var sampled: Sampled<Share> { SampleFloor.share.figure(of: count, self) }

  /// What the items say of an objective, a share between 0 and 1.
  ///
  /// Decided by the interval, not by the point, so that three lucky items prove nothing. An objective of 1 can be
  /// missed, but no number of items shows that it holds.
  public func verdict(against objective: Double) -> GateVerdict {
    if high < objective { return .missed }
    return low >= objective ? .held : .inconclusive
  }
}

/// What a sample says of an objective.
public enum GateVerdict: String, Hashable, Sendable, CaseIterable {
  /// The whole interval is at or above the objective.
  case held
  /// The whole interval is below the objective.
  case missed
  /// The interval holds the objective: more items are needed.
  case inconclusive
}
