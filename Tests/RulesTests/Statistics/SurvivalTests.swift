import Rules
import Testing

@Suite struct SurvivalTests {
  static let seconds: [Int64] = [2, 3, 3, 5, 5, 6, 8, 8, 10, 12, 15, 20]
  static let ended = [1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0]
  static let example = survival(seconds, ended)

  /// The worked example of the documentation, from lifelines 0.30.3 and the formulas by hand.
  @Test(
    arguments: [
      (0, 2, 12, 1, 0.9166666667, 0.0797855923, 0.5389771806, 0.9878255654),
      (1, 3, 11, 1, 0.8333333333, 0.1075828707, 0.4817149422, 0.9555093657),
      (2, 5, 9, 2, 0.6481481481, 0.1426112969, 0.3096622270, 0.8517975123),
      (3, 8, 6, 1, 0.5401234568, 0.1544281178, 0.2165611732, 0.7803635629),
      (4, 10, 4, 1, 0.4050925926, 0.1645889584, 0.1128935621, 0.6877389312),
      (5, 15, 2, 1, 0.2025462963, 0.1651813621, 0.0129728385, 0.5560857676),
    ] as [(Int, Int64, Int, Int, Double, Double, Double, Double)])
  func `gives the curve with its errors and limits`(
    index: Int, time: Int64, atRisk: Int, ended: Int, share: Double, error: Double, low: Double, high: Double
  ) throws {
    try #require(Self.example.steps.count == 6)
    let step = Self.example.steps[index]
    #expect(step.seconds == time)
    #expect(step.atRisk == atRisk)
    #expect(step.ended == ended)
    #expect(isNear(step.survival, share, 1e-10))
    #expect(isNear(step.standardError, error, 1e-10))
    #expect(isNear(step.low, low, 1e-10))
    #expect(isNear(step.high, high, 1e-10))
  }

  @Test func `gives quantiles with limits, or says that they are not reached`() {
    #expect(Self.example.quantile(0.5) == .at(10, low: 3, high: nil))
    #expect(Self.example.quantile(0.75).seconds == 15)
    #expect(Self.example.quantile(0.9) == .notReached(followUp: 20, low: 15))
  }

  @Test func `takes the first time and no midpoint where the curve meets the share`() {
    #expect(survival([1, 2, 3, 4], [1, 1, 1, 1]).quantile(0.5).seconds == 2)
  }

  @Test func `gives the mean to a horizon with its error`() throws {
    let twelve = try #require(Self.example.restrictedMean(to: 12))
    #expect(isNear(twelve.mean, 8.4182098765, 1e-10))
    #expect(isNear(twelve.standardError, 1.1081, 5e-5))
    #expect(isNear(twelve.low, 6.246, 1e-3))
    #expect(isNear(twelve.high, 10.590, 1e-3))
    let twenty = try #require(Self.example.restrictedMean(to: 20))
    #expect(isNear(twenty.mean, 10.6462191358, 1e-10))
  }

  @Test func `has no mean to a horizon that no wait was watched to`() {
    #expect(Self.example.restrictedMean(to: 21) == nil)
    #expect(survival([4, 7], [1, 1]).restrictedMean(to: 100)?.mean == 5.5)
    #expect(Survival([]).restrictedMean(to: 1) == nil)
  }

  @Test func `tells who still waits, and the share at a time`() {
    #expect([0, 2, 3, 4, 5, 15, 16, 20, 21].map(Self.example.atRisk) == [12, 12, 11, 9, 9, 2, 1, 1, 0])
    #expect(Self.example.step(at: 1) == nil)
    #expect(Self.example.step(at: 5)?.seconds == 5)
    #expect(Self.example.step(at: 7)?.seconds == 5)
    #expect(Self.example.step(at: .max)?.seconds == 15)
  }

  @Test func `counts what ends before what is cut off in the same second`() {
    let curve = survival([4, 4, 4, 9], [1, 0, 0, 1])
    #expect(curve.steps.map(\.atRisk) == [4, 1])
    #expect(curve.steps.map(\.survival) == [0.75, 0])
  }

  @Test func `at zero the lower limit is zero and the upper one the last before`() throws {
    let curve = survival([1, 2, 3], [1, 1, 1])
    let last = try #require(curve.steps.last)
    #expect(last.survival == 0)
    #expect(last.standardError == 0)
    #expect(last.low == 0)
    #expect(last.high == curve.steps[1].high)
    let single = survival([5], [1])
    #expect(single.steps.map(\.low) == [0])
    #expect(single.steps.map(\.high) == [1])
    #expect(single.quantile(0.5) == .at(5, low: 5, high: nil))
  }

  @Test func `is wider the surer it is to be`() throws {
    let steps = Confidence.allCases.map { Survival(Self.example.waits, confidence: $0).steps[2] }
    #expect(steps[0].low > steps[1].low && steps[1].low > steps[2].low)
    #expect(steps[0].high < steps[1].high && steps[1].high < steps[2].high)
    #expect(Set(steps.map(\.survival)).count == 1)
  }

  @Test func `what remains of a wait is the quotient of the curve`() throws {
    let rest = Self.example.remaining(after: 5)
    #expect(rest.waits.count == 7)
    let at = try #require(Self.example.step(at: 5)).survival
    #expect(rest.steps.map(\.seconds) == [3, 5, 10])
    for (own, whole) in zip(rest.steps, Self.example.steps[3...]) {
      #expect(isNear(own.survival, whole.survival / at, 1e-12))
    }
    #expect(rest.quantile(0.5).seconds == 10)
    #expect(rest.sampledQuantile(0.9) == .tooFew(7, floor: 29))
    #expect(Self.example.remaining(after: 20).waits.isEmpty)
    #expect(Self.example.remaining(after: -9).waits == Self.example.waits)
  }

  @Test func `is silent below the floors`() {
    #expect(survival([1, 2, 3, 4], [1, 1, 1, 1]).sampledQuantile(0.5) == .tooFew(4, floor: 5))
    #expect(survival([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]).sampledQuantile(0.5).value?.seconds == 3)
  }

  @Test func `takes negative waits as none and counts them`() {
    let curve = survival([-5, .min, 3], [1, 0, 1])
    #expect(curve.negativeCount == 2)
    #expect(curve.waits.map(\.seconds) == [0, 0, 3])
    #expect(curve.steps.map(\.seconds) == [0, 3])
  }

  @Test func `lives with times at the end of all numbers`() throws {
    let curve = survival([.max, .max, .min, 0, .max - 1], [1, 0, 1, 1, 1])
    #expect(curve.followUp == .max)
    #expect(curve.quantile(0.9) == .notReached(followUp: .max, low: .max - 1))
    let mean = try #require(curve.restrictedMean(to: .max))
    #expect(mean.mean > 0 && mean.mean <= Double(Int64.max))
    #expect(curve.restrictedMean(to: .min)?.mean == 0)
    #expect(curve.remaining(after: .max).waits.isEmpty)
    #expect(curve.ofFollowUp.quantile(0.5).seconds == .max)
  }

  @Test func `nothing seen has an empty curve`() {
    let none = Survival([])
    #expect(none.steps.isEmpty)
    #expect(none.followUp == 0)
    #expect(none.atRisk(at: 0) == 0)
    #expect(none.quantile(.nan) == .notReached(followUp: 0, low: nil))
    #expect(Self.example.quantile(.nan).seconds == nil)
    #expect(Self.example.quantile(7).seconds == nil)
  }
}

@Suite struct SurvivalPropertyTests {
  @Test func `falls, stays within its limits, and its mean within the horizon`() throws {
    var chance = Chance(state: 4)
    for round in 0..<300 {
      let waits = chance.waits(1 + round % 60, below: round % 3 == 0 ? 9 : 1_000_000, endedOf: 1 + round % 10)
      let curve = Survival(waits, confidence: Confidence.allCases[round % 3])
      var last = 1.0
      for step in curve.steps {
        #expect(step.survival < last && step.survival >= 0)
        #expect(0 <= step.low && step.low <= step.survival && step.survival <= step.high && step.high <= 1)
        last = step.survival
      }
      let horizon = curve.followUp / 2
      let mean = try #require(curve.restrictedMean(to: horizon))
      #expect(mean.mean >= 0 && mean.mean <= Double(horizon))
      #expect(mean.low <= mean.mean && mean.mean <= mean.high)
      #expect(Survival(waits.reversed()).steps == Survival(waits).steps)
    }
  }

  @Test func `without anything unfinished it is the plain share of longer waits`() throws {
    var chance = Chance(state: 8)
    for round in 1...100 {
      let waits = chance.waits(round, below: 40, endedOf: 10)
      let curve = Survival(waits)
      for step in curve.steps {
        let longer = waits.count { $0.seconds > step.seconds }
        #expect(isNear(step.survival, Double(longer) / Double(round), 1e-12))
      }
      let mean = Double(waits.reduce(0) { $0 + $1.seconds }) / Double(round)
      let squares = waits.reduce(0.0) { $0 + (Double($1.seconds) - mean) * (Double($1.seconds) - mean) }
      let found = try #require(curve.restrictedMean(to: 1000))
      #expect(isNear(found.mean, mean, 1e-12))
      // Then the variance of the mean is the plain one: the mean square deviation over n.
      #expect(isNear(found.standardError, squares.squareRoot() / Double(round), 1e-9))
    }
  }

  @Test func `judges a hundred thousand waits at once`() {
    var chance = Chance(state: 15)
    let curve = Survival(chance.waits(100_000, below: 3_000_000))
    #expect(curve.steps.reduce(0) { $0 + $1.ended } == curve.endedCount)
    #expect(curve.quantile(0.5).seconds != nil)
  }
}
