import Rules
import Testing

@Suite struct ShareTests {
  /// Computed with statsmodels 0.15: `proportion_confint(hits, of, method="wilson")`.
  @Test(arguments: [
    (0, 1, 0.000000000000, 0.793450685623), (1, 1, 0.206549314377, 1.000000000000),
    (0, 10, 0.000000000000, 0.277532799863), (10, 10, 0.722467200137, 1.000000000000),
    (1, 2, 0.094531205734, 0.905468794266), (3, 10, 0.107791267406, 0.603221852539),
    (7, 9, 0.452588969107, 0.936774892882), (50, 100, 0.403831530366, 0.596168469634),
    (81, 263, 0.255288519878, 0.366209576983), (15, 148, 0.062386399531, 0.160487241723),
    (1, 1000, 0.000176546371, 0.005642558598), (999, 1000, 0.994357441402, 0.999823453629),
    (123_456, 654_321, 0.187731859409, 0.189627864407),
  ])
  func `gives Wilson's limits`(hits: Int, count: Int, low: Double, high: Double) {
    let share = Share(hits: hits, of: count)
    #expect(abs(share.low - low) < 1e-9)
    #expect(abs(share.high - high) < 1e-9)
  }

  @Test func `says nothing about a share of nothing`() {
    let share = Share(hits: 0, of: 0)
    #expect(share.low == 0)
    #expect(share.high == 1)
  }

  @Test(arguments: [
    (0, 10, 0, 0.27753), (9, 10, 0.59585, 0.98212), (10, 10, 0.72247, 1), (47, 50, 0.83783, 0.97939),
    (950, 1000, 0.93469, 0.96187), (1, 1, 0.20655, 1), (0, 1, 0, 0.79345),
  ])
  func `gives the documented limits`(hits: Int, count: Int, low: Double, high: Double) {
    let share = Share(hits: hits, of: count)
    #expect(isNear(share.low, low, 5e-6))
    #expect(isNear(share.high, high, 5e-6))
  }

  @Test func `gives the limits of statsmodels for random counts and confidences`() throws {
    let rows = try StatisticsFixture.rows("wilson.tsv")
    for row in rows {
      let share = Share(
        hits: try #require(Int(row[0])), of: try #require(Int(row[1])),
        confidence: try StatisticsFixture.confidence(row[2]))
      #expect(isNear(share.low, try StatisticsFixture.number(row[3]), 1e-12), "\(row)")
      #expect(isNear(share.high, try StatisticsFixture.number(row[4]), 1e-12), "\(row)")
    }
    #expect(rows.count == 250)
  }

  @Test(
    arguments: [
      (10, 10, 0.9, .inconclusive), (9, 10, 0.9, .inconclusive), (100, 100, 0.9, .held),
      (35, 35, 0.9, .held), (34, 34, 0.9, .inconclusive), (70, 100, 0.9, .missed), (0, 0, 0.9, .inconclusive),
      (50, 50, 1, .inconclusive), (49, 50, 1, .missed), (0, 9, 0, .held),
    ] as [(Int, Int, Double, GateVerdict)])
  func `judges an objective by the interval and not by the point`(
    hits: Int, count: Int, objective: Double, verdict: GateVerdict
  ) {
    #expect(Share(hits: hits, of: count).verdict(against: objective) == verdict)
  }

  @Test func `an objective that is no number is never decided`() {
    #expect(Share(hits: 5, of: 5).verdict(against: .nan) == .inconclusive)
  }

  @Test func `takes impossible counts as the nearest possible ones`() {
    #expect(Share(hits: 7, of: 5) == Share(hits: 5, of: 5))
    #expect(Share(hits: -7, of: 5) == Share(hits: 0, of: 5))
    #expect(Share(hits: .min, of: .min) == Share(hits: 0, of: 0))
    #expect(Share(hits: .max, of: .max).low > 0.999)
  }

  @Test func `is shown from twenty items on`() {
    #expect(Share(hits: 19, of: 19).sampled == .tooFew(19, floor: 20))
    #expect(Share(hits: 18, of: 20).sampled.value?.value == 0.9)
    #expect(Share(hits: 0, of: 0).value == nil)
  }
}
