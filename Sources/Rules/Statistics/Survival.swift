/// How long waits last, of which some had not ended when they were last seen.
///
/// The curve S(t) is the share of waits longer than t, estimated after Kaplan and Meier (1958): an unfinished wait
/// counts as "longer than this" up to the moment it was last seen, instead of being dropped. Leaving unfinished waits
/// out would make a slow team look fast. All waits of one curve are in one unit: seconds of elapsed time, or working
/// seconds of one calendar.
public struct Survival: Hashable, Sendable {
  /// One wait in seconds; `ended` is false for one that was still running or was cut off.
  public struct Wait: Hashable, Sendable {
    public var seconds: Int64
    public var ended: Bool

    public init(seconds: Int64, ended: Bool) {
      self.seconds = seconds
      self.ended = ended
    }
  }

  /// A time at which waits ended, with the curve from there on.
  public struct Step: Hashable, Sendable {
    public let seconds: Int64
    /// Waits of at least this length.
    public let atRisk: Int
    /// Waits that ended at this very length.
    public let ended: Int
    /// The share of waits that are longer.
    public let survival: Double
    /// Greenwood's sum of d ÷ (n·(n−d)); infinite where the curve is at zero.
    public let variance: Double
    /// The limits of the share at this time alone, by the log–log transformation.
    public let low: Double
    public let high: Double

    /// The standard error of the share after Greenwood (1926); zero where the curve is at zero.
    public var standardError: Double { survival > 0 ? survival * variance.squareRoot() : 0 }
  }

  /// Shortest first, those that ended before those that did not.
  public let waits: [Wait]
  /// The times at which waits ended, in order; before the first the curve is at 1.
  public let steps: [Step]
  public let confidence: Confidence
  /// Waits given as negative, as by clocks that disagree; they count as no wait at all.
  public let negativeCount: Int

  public init(_ waits: [Wait], confidence: Confidence = .ninetyFive) {
    negativeCount = waits.count { $0.seconds < 0 }
    let real = negativeCount == 0 ? waits : waits.map { Wait(seconds: max(0, $0.seconds), ended: $0.ended) }
    self.waits = real.sorted { ($0.seconds, $0.ended ? 0 : 1) < ($1.seconds, $1.ended ? 0 : 1) }
    self.confidence = confidence
    steps = Self.steps(of: self.waits, z: confidence.z)
  }

  public var endedCount: Int { steps.reduce(0) { $0 + $1.ended } }

  /// The longest wait seen, ended or not; 0 of none.
  public var followUp: Int64 { waits.last?.seconds ?? 0 }

  /// The waits that lasted at least so long, which is how many are known of when those that end then do.
  public func atRisk(at seconds: Int64) -> Int { waits.count - waits.boundary { $0.seconds >= seconds } }

  /// The last step at or before a time; nil before the first one, where no wait has ended.
  public func step(at seconds: Int64) -> Step? {
    let later = steps.boundary { $0.seconds > seconds }
    return later > 0 ? steps[later - 1] : nil
  }

  /// The ordinary median of the waits that ended; nil when none ended.
  ///
  /// For an even number it is the mean of the middle two, half seconds rounded up. It leaves unfinished waits out and
  /// is never to stand alone.
  public var medianOfEnded: Int64? {
    let ended = waits.filter(\.ended).map(\.seconds)
    guard !ended.isEmpty else { return nil }
    let (low, high) = (ended[(ended.count - 1) / 2], ended[ended.count / 2])
    return low + (high - low + 1) / 2
  }

  /// The curve of the follow-up itself, in which what ended and what was cut off change places.
  ///
  /// Its median is the "median follow-up" of Schemper and Smith (1996): how long a wait would have been watched
  /// had it not ended.
  public var ofFollowUp: Survival {
    Survival(waits.map { Wait(seconds: $0.seconds, ended: !$0.ended) }, confidence: confidence)
  }

  /// The curve of what remains of the waits that lasted longer than this.
  ///
  /// Its share at t is S(w+t) ÷ S(w), and its band is that of this quotient, because it is the estimate from the
  /// waits that were left. Their number is `waits.count` of the answer.
  public func remaining(after waited: Int64) -> Survival {
    let waited = max(0, waited)
    let left = waits[waits.boundary { $0.seconds > waited }...]
    return Survival(
      left.map { Wait(seconds: $0.seconds - waited, ended: $0.ended) }, confidence: confidence)
  }
}

extension Survival {
  private static func steps(of waits: [Wait], z: Double) -> [Step] {
    var steps: [Step] = []
    var (survival, variance) = (1.0, 0.0)
    var index = 0
    while index < waits.count {
      let (seconds, atRisk) = (waits[index].seconds, waits.count - index)
      var ended = 0
      while index < waits.count, waits[index].seconds == seconds {
        if waits[index].ended { ended += 1 }
        index += 1
      }
      guard ended > 0 else { continue }
      let (n, d) = (Double(atRisk), Double(ended))
      survival *= 1 - d / n
      variance += d / (n * (n - d))
      let (low, high) = band(survival, variance, z: z) ?? (0, steps.last?.high ?? 1)
      steps.append(
        Step(
          seconds: seconds, atRisk: atRisk, ended: ended, survival: survival, variance: variance, low: low,
          high: high))
    }
    return steps
  }

  /// The limits S^exp(±z·√V ÷ ln S), which stay within 0 and 1 (Kalbfleisch and Prentice 1980); nil at zero.
  private static func band(_ survival: Double, _ variance: Double, z: Double) -> (Double, Double)? {
    guard survival > 0 else { return nil }
    let log = Elementary.log(survival)
    let theta = z * variance.squareRoot() / -log
    return (
      Elementary.exp(log * Elementary.exp(theta)), Elementary.exp(log * Elementary.exp(-theta))
    )
  }
}

extension Array {
  /// The first index of which the condition holds, in an array in which it holds from some index on.
  func boundary(_ condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
