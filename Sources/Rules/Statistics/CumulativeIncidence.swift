/// The share of items that came to one of two endings by a time, each of which rules the other out.
///
/// Estimated after Aalen and Johansen (1978). A withdrawn request can no longer be answered: the curve of
/// ``Survival`` that calls it "longer than its life" tells what would be *if nobody ever withdrew*, this one what
/// happens *as experienced*. The shares of both endings and of what still waits are 1 together.
public struct CumulativeIncidence: Hashable, Sendable {
  /// How a wait came to its end.
  public enum Ending: String, Hashable, Sendable, CaseIterable {
    case answered
    /// Withdrawn or closed without an answer.
    case withdrawn
  }

  /// One wait in seconds; without an ending it was still running, or was cut off.
  public struct Item: Hashable, Sendable {
    public var seconds: Int64
    public var ending: Ending?

    public init(seconds: Int64, ending: Ending?) {
      self.seconds = seconds
      self.ending = ending
    }
  }

  /// The share of one ending from a time on, with its limits at this time alone.
  public struct Estimate: Hashable, Sendable {
    public let share: Double
    public let standardError: Double
    public let low: Double
    public let high: Double
  }

  /// A time at which waits came to an end.
  public struct Step: Hashable, Sendable {
    public let seconds: Int64
    /// Waits of at least this length.
    public let atRisk: Int
    public let answered: Estimate
    public let withdrawn: Estimate
    /// The share of waits that are longer, whatever their ending.
    public let waiting: Double
  }

  /// The times at which waits ended, in order; before the first all are waiting.
  public let steps: [Step]
  public let count: Int
  public let answeredCount: Int
  public let withdrawnCount: Int

  /// Waits given as negative count as no wait at all.
  public init(_ items: [Item], confidence: Confidence = .ninetyFive) {
    count = items.count
    answeredCount = items.count { $0.ending == .answered }
    withdrawnCount = items.count { $0.ending == .withdrawn }
    let sorted = items.map { Item(seconds: max(0, $0.seconds), ending: $0.ending) }.sorted {
      $0.seconds < $1.seconds
    }
    steps = Self.steps(of: sorted, z: confidence.z)
  }

  /// The last step at or before a time; nil before the first one, where no wait has ended.
  public func step(at seconds: Int64) -> Step? {
    let later = steps.boundary { $0.seconds > seconds }
    return later > 0 ? steps[later - 1] : nil
  }

  private static func steps(of items: [Item], z: Double) -> [Step] {
    var steps: [Step] = []
    var waiting = 1.0
    var (answers, withdrawals) = (Sum(), Sum())
    var index = 0
    while index < items.count {
      let (seconds, atRisk) = (items[index].seconds, items.count - index)
      var (answered, withdrawn) = (0, 0)
      while index < items.count, items[index].seconds == seconds {
        if items[index].ending == .answered { answered += 1 }
        if items[index].ending == .withdrawn { withdrawn += 1 }
        index += 1
      }
      let ended = answered + withdrawn
      guard ended > 0 else { continue }
      answers.add(answered, of: ended, atRisk: atRisk, waiting: waiting)
      withdrawals.add(withdrawn, of: ended, atRisk: atRisk, waiting: waiting)
      waiting *= 1 - Double(ended) / Double(atRisk)
      steps.append(
        Step(
          seconds: seconds, atRisk: atRisk, answered: answers.estimate(z: z),
          withdrawn: withdrawals.estimate(z: z), waiting: waiting))
    }
    return steps
  }
}

extension CumulativeIncidence {
  /// The share of one ending so far, and the sums of which its variance consists.
  ///
  /// With I the share, n at risk, d ended, k of them in this way and S the share waiting just before, the variance at
  /// t is Σ (I(t) − Iᵢ)² · d ÷ (n·(n−d)) + Σ S² · k·(n−k) ÷ n³ − 2 · Σ (I(t) − Iᵢ) · S·k ÷ n² (Marubini and Valsecchi
  /// 1995). Sorted by powers of I(t), each sum grows by one term a step.
  private struct Sum {
    private var share = 0.0
    private var hazard = (one: 0.0, share: 0.0, square: 0.0)
    private var own = 0.0
    private var mixed = (one: 0.0, share: 0.0)

    mutating func add(_ count: Int, of ended: Int, atRisk: Int, waiting: Double) {
      let (k, d, n) = (Double(count), Double(ended), Double(atRisk))
      share += waiting * k / n
      own += waiting * waiting * k * (n - k) / (n * n * n)
      mixed.one += waiting * k / (n * n)
      mixed.share += share * waiting * k / (n * n)
      // After the last one nothing changes any more, and its term would be infinite times zero.
      guard ended < atRisk else { return }
      let weight = d / (n * (n - d))
      hazard.one += weight
      hazard.share += share * weight
      hazard.square += share * share * weight
    }

    func estimate(z: Double) -> Estimate {
      let spread = share * share * hazard.one - 2 * share * hazard.share + hazard.square
      let variance = max(0, spread + own - 2 * (share * mixed.one - mixed.share))
      let error = variance.squareRoot()
      guard share > 0, share < 1 else {
        return Estimate(share: share, standardError: error, low: share, high: share)
      }
      let log = Elementary.log(share)
      let factor = Elementary.exp(z * error / (share * -log))
      return Estimate(
        share: share, standardError: error, low: Elementary.exp(log * factor),
        high: Elementary.exp(log / factor))
    }
  }
}
