import Facts
import Rules
import Testing

/// Waits with the quantiles that another implementation of the estimate gives.
struct WaitCase: Sendable, CustomTestStringConvertible {
  let name: String
  let seconds: [Int64]
  /// 1 for a wait that ended, 0 for one that was cut off.
  let ended: [Int]
  /// The waits by which 25, 50, 75 and 90 of a hundred have ended.
  let quantiles: [Int64?]

  var testDescription: String { name }

  var times: Survival {
    Survival(zip(seconds, ended).map { .init(seconds: $0, ended: $1 == 1) })
  }
}

@Suite struct SurvivalQuantileTests {
  /// Computed with lifelines 0.30.
  ///
  ///     from lifelines import KaplanMeierFitter
  ///     from lifelines.utils import qth_survival_time
  ///     curve = KaplanMeierFitter().fit(seconds, ended).survival_function_
  ///     [qth_survival_time(1 - p + 1e-9, curve) for p in (0.25, 0.5, 0.75, 0.9)]
  ///
  /// The small number is for its logarithms, in which three quarters are a little more than three quarters.
  static let cases = [
    WaitCase(
      name: "remission times of Freireich 1963",
      seconds: [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
      ended: [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], quantiles: [13, 23, nil, nil]),
    WaitCase(name: "all ended", seconds: [5, 1, 4, 2, 3], ended: [1, 1, 1, 1, 1], quantiles: [2, 3, 4, 5]),
    WaitCase(name: "an even number", seconds: [1, 2, 3, 4], ended: [1, 1, 1, 1], quantiles: [1, 2, 3, 4]),
    WaitCase(
      name: "ties", seconds: [3600, 3600, 3600, 7200, 7200, 7200, 7200, 86400],
      ended: [1, 1, 0, 1, 0, 1, 1, 1],
      quantiles: [3600, 7200, 86400, 86400]),
    WaitCase(
      name: "heavy censoring", seconds: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
      ended: [1, 0, 0, 1, 0, 0, 0, 0, 0, 0], quantiles: [nil, nil, nil, nil]),
    WaitCase(
      name: "heavy censoring with a late end", seconds: [1, 2, 3, 4, 1000], ended: [0, 0, 0, 0, 1],
      quantiles: [1000, 1000, 1000, 1000]),
    WaitCase(name: "nothing ended", seconds: [5, 6, 7], ended: [0, 0, 0], quantiles: [nil, nil, nil, nil]),
    WaitCase(
      name: "waits of no time", seconds: [0, 0, 0, 5, 5], ended: [1, 1, 1, 0, 1], quantiles: [0, 0, 5, nil]),
    WaitCase(
      name: "ends and cut-offs at one second", seconds: [4, 4, 4, 4], ended: [1, 1, 0, 0],
      quantiles: [4, 4, nil, nil]),
    WaitCase(
      name: "minutes to weeks",
      seconds: [
        300, 1800, 1800, 5400, 9000, 14400, 21600, 43200, 86400, 86400, 172800, 259200, 604800, 604800,
        1_209_600,
      ], ended: [1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0], quantiles: [5400, 86400, 604800, nil]),
  ]

  @Test(arguments: cases)
  func `gives the quantiles of Kaplan and Meier`(item: WaitCase) {
    #expect([0.25, 0.5, 0.75, 0.9].map { item.times.quantile($0).seconds } == item.quantiles)
  }

  @Test(arguments: cases)
  func `does not depend on the order of the waits`(item: WaitCase) {
    let reversed = Survival(item.times.waits.reversed())
    #expect(reversed == item.times)
    #expect(reversed.endedCount == item.ended.reduce(0, +))
  }

  @Test func `a share that is met up to rounding is met`() {
    for count in 1...60 {
      let times = Survival((1...count).map { .init(seconds: Int64($0), ended: true) })
      #expect(times.quantile(0.5).seconds == Int64((count + 1) / 2), "\(count) waits")
      #expect(times.quantile(1).seconds == Int64(count), "\(count) waits")
    }
  }

  @Test func `no waits have no quantile`() {
    let none = Survival([])
    #expect(none.quantile(0.5) == .notReached(followUp: 0, low: nil))
    #expect(none.medianOfEnded == nil)
    #expect(none.endedCount == 0)
  }

  @Test(
    arguments: [
      ([1], 1), ([1, 2], 2), ([1, 3], 2), ([1, 4], 3), ([3, 1, 2], 2), ([0, 0, 9, 9], 5),
      ([.max, .max], .max), ([.max - 1, .max], .max),
    ] as [([Int64], Int64)])
  func `the median of the answered is the ordinary one, half seconds rounded up`(
    seconds: [Int64], median: Int64
  ) {
    let unanswered = Survival.Wait(seconds: 1_000_000, ended: false)
    let times = Survival(seconds.map { .init(seconds: $0, ended: true) } + [unanswered, unanswered])
    #expect(times.medianOfEnded == median)
  }
}
