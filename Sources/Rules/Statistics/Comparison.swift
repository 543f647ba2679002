/// The log-rank test of whether two groups of waits could be of one kind (Mantel 1966).
///
/// At each time at which waits ended, those that ended in the first group are compared with its part of all that
/// still waited. Says whether there is a difference, not how large it is: show ``MeanDifference`` before it.
public struct LogRank: Hashable, Sendable {
  /// Waits of the first group that ended.
  public let observed: Int
  /// As many as would have ended if the groups were of one kind.
  public let expected: Double
  /// The hypergeometric variance of what was observed.
  public let variance: Double

  /// Compares two groups.
  public init(_ first: Survival, _ second: Survival) { self.init(strata: [(first, second)]) }

  /// Compares two groups within strata, such as repositories or classes of size, so that a group with more
  /// easy work does not look quicker for it.
  public init(strata: [(first: Survival, second: Survival)]) {
    var (observed, expected, variance) = (0, 0.0, 0.0)
    for (first, second) in strata {
      observed += first.endedCount
      for time in Self.merged(first.steps, second.steps) {
        let (n, other) = (Double(first.atRisk(at: time.seconds)), Double(second.atRisk(at: time.seconds)))
        let (all, ended) = (n + other, Double(time.ended))
        expected += ended * n / all
        if all > 1 { variance += n * other * ended * (all - ended) / (all * all * (all - 1)) }
      }
    }
    (self.observed, self.expected, self.variance) = (observed, expected, variance)
  }

  /// The test where enough ended in both groups, all strata together.
  public static func sampled(strata: [(first: Survival, second: Survival)]) -> Sampled<LogRank> {
    let ends = strata.reduce((0, 0)) { ($0.0 + $1.first.endedCount, $0.1 + $1.second.endedCount) }
    return SampleFloor.logRankEvents.figure(of: min(ends.0, ends.1), LogRank(strata: strata))
  }

  /// χ² with one degree of freedom; 0 where at no time there was anything to tell the groups apart.
  public var chiSquare: Double {
    guard variance > 0 else { return 0 }
    let difference = Double(observed) - expected
    return difference * difference / variance
  }

  /// The probability of a difference at least so large between groups of one kind.
  public var p: Double { Elementary.chiSquareTail(chiSquare) }

  /// The times at which something ended in either group, with how many did.
  private static func merged(
    _ first: [Survival.Step], _ second: [Survival.Step]
  ) -> [(seconds: Int64, ended: Int)] {
    var times: [(seconds: Int64, ended: Int)] = []
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let seconds = min(
        i < first.count ? first[i].seconds : .max, j < second.count ? second[j].seconds : .max)
      var ended = 0
      if i < first.count, first[i].seconds == seconds {
        ended += first[i].ended
        i += 1
      }
      if j < second.count, second[j].seconds == seconds {
        ended += second[j].ended
        j += 1
      }
      times.append((seconds, ended))
    }
    return times
  }
}

/// By how much the restricted means of two groups differ, the second taken from the first.
public struct MeanDifference: Hashable, Sendable {
  public let horizon: Int64
  /// In seconds; above zero where the first group waits longer.
  public let difference: Double
  public let standardError: Double
  public let low: Double
  public let high: Double

  /// Takes the difference to a horizon, with the first group's confidence; nil where one of the groups was not
  /// watched so long.
  public init?(_ first: Survival, _ second: Survival, to horizon: Int64) {
    guard let one = first.restrictedMean(to: horizon), let other = second.restrictedMean(to: horizon) else {
      return nil
    }
    self.horizon = one.horizon
    difference = one.mean - other.mean
    standardError =
      (one.standardError * one.standardError + other.standardError * other.standardError).squareRoot()
    low = difference - first.confidence.z * standardError
    high = difference + first.confidence.z * standardError
  }
}

/// Correction of several tests that are told together.
public enum Holm {
  /// The probabilities so raised that the chance of any false alarm among all tests stays what each one claims.
  ///
  /// After Holm (1979), in the order given: the smallest counts as often as there are tests, the next once
  /// less, and none less than one before it. What is not a number counts as 1.
  public static func adjusted(_ probabilities: [Double]) -> [Double] {
    let clean = probabilities.map { $0.isNaN ? 1 : min(1, max(0, $0)) }
    var adjusted = clean
    var largest = 0.0
    let order = clean.indices.sorted { (clean[$0], $0) < (clean[$1], $1) }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(clean.count - rank) * clean[index]))
      adjusted[index] = largest
    }
    return adjusted
  }
}
