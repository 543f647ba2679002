/// By how much two shares differ, the second taken from the first, with the interval of the true difference.
///
/// The interval is Newcombe's hybrid score interval (1998, method 10), made of both shares' Wilson intervals: honest for
/// few items, and never beyond −1 and 1.
public struct ShareDifference: Hashable, Sendable {
  public let first: Share
  public let second: Share
  /// Between −1 and 1, above zero where the first share is larger.
  public let value: Double
  public let low: Double
  public let high: Double

  /// Takes two independent shares; nil where one of them has no items.
  public init?(_ first: Share, _ second: Share) {
    guard let one = first.value, let other = second.value else { return nil }
    self.first = first
    self.second = second
    // One quotient of whole numbers, so that a difference of exactly a tenth is a tenth.
    let product = Double(first.hits) * Double(second.count) - Double(second.hits) * Double(first.count)
    value = product / (Double(first.count) * Double(second.count))
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    low = max(-1, value - length(one - first.low, second.high - other))
    high = min(1, value + length(first.high - one, other - second.low))
  }
}
