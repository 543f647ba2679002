extension Survival {
  /// A length of wait within which a share of all waits end, with its limits.
  public enum Quantile: Hashable, Sendable {
    /// The shortest such length; an upper limit of nil lies beyond what was seen.
    case at(Int64, low: Int64, high: Int64?)
    /// The curve does not get there: the length is above the longest wait seen, or at least above `low`.
    case notReached(followUp: Int64, low: Int64?)

    /// The length; nil when not reached.
    public var seconds: Int64? {
      if case .at(let seconds, _, _) = self { seconds } else { nil }
    }
  }

  /// The shortest wait by which at least `share` (above 0, at most 1) of all waits have ended.
  ///
  /// It is inf { t : S(t) ≤ 1 − share }, without any interpolation. Its limits are where the limits of the curve get there (Brookmeyer and Crowley 1982). A share that the curve
  /// meets up to rounding (1 part in 10⁹) counts as met.
  public func quantile(_ share: Double) -> Quantile {
    let low = firstTime(share, \.low)
    guard let seconds = firstTime(share, \.survival) else {
      return .notReached(followUp: followUp, low: low)
    }
    return .at(seconds, low: low ?? seconds, high: firstTime(share, \.high))
  }

  /// The quantile where there are waits enough to show one.
  public func sampledQuantile(_ share: Double) -> Sampled<Quantile> {
    SampleFloor.quantile(share).figure(of: waits.count, quantile(share))
  }

  private func firstTime(_ share: Double, _ curve: (Step) -> Double) -> Int64? {
    // One after the other: the upper limit may rise again where few are left.
    steps.first { curve($0) <= 1 - share + 1e-9 }?.seconds
  }

  /// The mean of waits of which none counts as longer than a horizon.
  public struct RestrictedMean: Hashable, Sendable {
    public let horizon: Int64
    /// In seconds.
    public let mean: Double
    /// In seconds, of the mean and not of the waits.
    public let standardError: Double
    /// Mean ± z standard errors, within 0 and the horizon.
    public let low: Double
    public let high: Double
  }

  /// The area below the curve up to a horizon (Irwin 1949); nil when waits were not watched so long.
  ///
  /// The variance is Σ A² · d ÷ (n·(n−d)) over the steps up to the horizon, where A is the area below the curve
  /// from the step to the horizon. The horizon is to be set beforehand, never to the longest wait seen. One
  /// of no length, or a negative one, has the mean 0.
  public func restrictedMean(to horizon: Int64) -> RestrictedMean? {
    let horizon = max(0, horizon)
    guard horizon <= followUp || steps.last?.survival == 0 else { return nil }
    var (area, variance, end) = (0.0, 0.0, horizon)
    for step in steps[..<steps.boundary { $0.seconds > horizon }].reversed() {
      area += Double(end - step.seconds) * step.survival
      end = step.seconds
      let (n, d) = (Double(step.atRisk), Double(step.ended))
      if area > 0 { variance += area * area * d / (n * (n - d)) }
    }
    let mean = area + Double(end)
    let error = variance.squareRoot()
    return RestrictedMean(
      horizon: horizon, mean: mean, standardError: error, low: max(0, mean - confidence.z * error),
      high: min(Double(horizon), mean + confidence.z * error))
  }
}
