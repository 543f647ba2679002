/// Waiting times of which some had not ended when they were last seen.
///
/// The distribution is estimated after Kaplan and Meier (1958): an unfinished wait counts as "longer than this" up
/// to the moment it was last seen, instead of being dropped. Leaving unfinished waits out would make a slow team
/// look fast.
public struct WaitingTimes: Hashable, Sendable {
  /// One wait in seconds; `ended` is false for one that was still running or was cut off.
  public struct Item: Hashable, Sendable {
    public var seconds: Int64
    public var ended: Bool

    public init(seconds: Int64, ended: Bool) {
      self.seconds = seconds
      self.ended = ended
    }
  }

  public let items: [Item]

  public init(_ items: [Item]) {
    self.items = items.sorted { ($0.seconds, $0.ended ? 0 : 1) < ($1.seconds, $1.ended ? 0 : 1) }
  }

  public var endedCount: Int { items.count(where: \.ended) }

  /// The shortest wait by which at least `share` of all waits have ended; nil when the curve never gets there.
  ///
  /// Ends and cut-offs at the same second count in that order, as is usual. The curve is kept as an exact product of
  /// fractions in floating point; a share that it meets up to rounding (1 part in 10⁹) counts as met.
  public func quantile(_ share: Double) -> Int64? {
    var surviving = 1.0
    var index = 0
    while index < items.count {
      let seconds = items[index].seconds
      let atRisk = items.count - index
      var ended = 0
      while index < items.count, items[index].seconds == seconds {
        if items[index].ended { ended += 1 }
        index += 1
      }
      surviving *= 1 - Double(ended) / Double(atRisk)
      if surviving <= 1 - share + 1e-9 { return seconds }
    }
    return nil
  }

  /// The ordinary median of the waits that ended; nil when none ended.
  ///
  /// For an even number it is the mean of the middle two, half seconds rounded up. It leaves unfinished waits out and
  /// is never to stand alone.
  public var medianOfEnded: Int64? {
    let ended = items.filter(\.ended).map(\.seconds)
    guard !ended.isEmpty else { return nil }
    let (low, high) = (ended[(ended.count - 1) / 2], ended[ended.count / 2])
    return low + (high - low + 1) / 2
  }
}

/// Wilson's score interval for a share, at 95 % (Wilson 1927).
public struct ShareInterval: Hashable, Sendable {
  public let low: Double
  public let high: Double

  /// Takes the items that count, between 0 and `count`, and all items; none give the whole range from 0 to 1.
  public init(hits: Int, of count: Int) {
    guard count > 0 else {
      low = 0
      high = 1
      return
    }
    let z = 1.959963984540054
    let (n, p) = (Double(count), Double(hits) / Double(count))
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    low = max(0, middle - half)
    high = min(1, middle + half)
  }
}
