/// How work is spread over those who may do it.
///
/// Those who may and did nothing are to be counted as zero: left out, a team of which one person does everything would
/// look even.
public struct Load: Hashable, Sendable {
  /// Items of each person, most first.
  public let counts: [Int]

  /// Negative counts are none.
  public init(_ counts: [Int]) { self.counts = counts.map { max(0, $0) }.sorted(by: >) }

  private var total: Double { counts.reduce(0) { $0 + Double($1) } }

  /// Gini's coefficient: 0 where all do the same, near 1 where one does everything; nil of fewer than two people.
  ///
  /// Nothing done at all is even.
  public var gini: Double? {
    guard counts.count > 1 else { return nil }
    guard total > 0 else { return 0 }
    // Σ (n + 1 − 2i) · xᵢ ÷ (n · Σ x) with x falling and i from 1.
    let weighted = counts.enumerated().reduce(0.0) { sum, item in
      sum + Double(counts.count - 1 - 2 * item.offset) * Double(item.element)
    }
    return weighted / (Double(counts.count) * total)
  }

  /// Gini's coefficient times n ÷ (n − 1), so that 1 is reached where one of few does everything.
  public var correctedGini: Double? {
    gini.map { $0 * Double(counts.count) / Double(counts.count - 1) }
  }

  /// The smallest number of people who do at least half of it; nil where nothing was done.
  public var absenceFactor: Int? {
    let half = total / 2
    guard half > 0 else { return nil }
    var covered = 0.0
    for (index, count) in counts.enumerated() {
      covered += Double(count)
      if covered >= half { return index + 1 }
    }
    return nil
  }
}

/// Little's law over a window: the mean backlog is arrivals per time, times the mean wait inside the window.
///
/// With waits cut off at the ends of the window, and items that wait at its beginning counted as arrivals, the law is
/// an identity and no assumption (Little 1961, Stidham 1974), so it checks a chart of the backlog.
public struct Flow: Hashable, Sendable {
  /// In seconds, of a length that does not overflow.
  public let window: Range<Int64>
  /// Items that waited in the window at any time, however shortly.
  public let items: Int
  /// The seconds that they waited inside the window, together.
  public let waited: Double

  /// Takes waits as beginning and end in seconds, the end nil while it goes on; both half open.
  ///
  /// A wait that ends before it begins has no length. Nil of a window without length.
  public init?(_ waits: [(from: Int64, to: Int64?)], window: Range<Int64>) {
    let (length, overflow) = window.upperBound.subtractingReportingOverflow(window.lowerBound)
    guard length > 0, !overflow else { return nil }
    self.window = window
    var (items, waited) = (0, 0.0)
    for wait in waits {
      let (from, to) = (max(wait.from, window.lowerBound), min(wait.to ?? .max, window.upperBound))
      guard from < to else { continue }
      items += 1
      // Both lie in the window, whose length is known not to overflow.
      waited += Double(to - from)
    }
    (self.items, self.waited) = (items, waited)
  }

  /// In seconds.
  public var length: Int64 { window.upperBound - window.lowerBound }

  /// L, the mean number of items that wait.
  public var meanBacklog: Double { waited / Double(length) }

  /// λ, items a second.
  public var rate: Double { Double(items) / Double(length) }

  /// W, in seconds inside the window; nil of no items.
  public var meanWait: Double? { items > 0 ? waited / Double(items) : nil }

  /// The mean of a chart of the backlog, to compare with ``meanBacklog``: equal, not nearly so.
  ///
  /// Each point tells how many wait from its moment on; points are in order, and before the first none wait.
  public func meanBacklog(ofChart points: [(at: Int64, waiting: Int)]) -> Double {
    var area = 0.0
    for (index, point) in points.enumerated() {
      let next = index + 1 < points.count ? points[index + 1].at : window.upperBound
      let (from, to) = (max(point.at, window.lowerBound), min(next, window.upperBound))
      if from < to { area += Double(point.waiting) * Double(to - from) }
    }
    return area / Double(length)
  }

  /// The seconds in which a backlog is worked off at the pace of a window if nothing is added; nil where nothing was
  /// finished.
  public static func drainTime(backlog: Int, finished: Int, in seconds: Int64) -> Double? {
    guard finished > 0, seconds > 0 else { return nil }
    return Double(max(0, backlog)) * Double(seconds) / Double(finished)
  }
}
