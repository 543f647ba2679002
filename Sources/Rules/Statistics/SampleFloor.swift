/// The smallest number of items of which a figure is told.
///
/// For a quantile it is the smallest n of which the largest lies above the quantile with a probability of at least
/// 95 %: ln 0.05 ÷ ln p, rounded up. For others it is a convention.
public struct SampleFloor: Hashable, Sendable {
  public let count: Int

  public init(_ count: Int) { self.count = count }

  public static let median = SampleFloor(5)
  public static let p75 = SampleFloor(11)
  public static let p90 = SampleFloor(29)
  public static let p95 = SampleFloor(59)
  public static let p99 = SampleFloor(299)
  /// For a share of items.
  public static let share = SampleFloor(20)
  /// For a comparison of two groups: waits that ended, in each of them.
  public static let logRankEvents = SampleFloor(10)
  /// For figures that speak of one person.
  public static let perPerson = SampleFloor(5)

  /// The floor of the quantile below which this share of items lies; never below the median's.
  ///
  /// No number of items is enough for a share of 1 or what is no share at all.
  public static func quantile(_ share: Double) -> SampleFloor {
    guard share < 1 else { return SampleFloor(.max) }
    guard share > 0.5 else { return median }
    let exact = Elementary.log(0.05) / Elementary.log(share)
    return SampleFloor(Int(exact.rounded(.up)))
  }

  /// The figure where the floor is reached.
  public func figure<Value>(of count: Int, _ value: @autoclosure () -> Value) -> Sampled<Value> {
    count >= self.count ? .value(value()) : .tooFew(count, floor: self.count)
  }
}

/// A figure, or the reason why there is none.
public enum Sampled<Value: Hashable & Sendable>: Hashable, Sendable {
  case value(Value)
  /// Fewer items than the floor.
  case tooFew(Int, floor: Int)

  /// The figure; nil of too few items.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}
