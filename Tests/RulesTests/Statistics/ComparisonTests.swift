import Rules
import Testing

@Suite struct ComparisonTests {
  static let other = survival([1, 1, 2, 4, 7, 9, 9, 11], [1, 1, 1, 1, 0, 1, 1, 0])

  @Test func `gives the log-rank test of the worked example`() {
    let test = LogRank(SurvivalTests.example, Self.other)
    #expect(isNear(test.chiSquare, 1.3815015048, 1e-10))
    #expect(isNear(test.p, 0.2398455520, 1e-10))
    let turned = LogRank(Self.other, SurvivalTests.example)
    #expect(isNear(turned.chiSquare, test.chiSquare, 1e-12))
  }

  @Test func `adds up what each stratum tells`() {
    let one = (first: SurvivalTests.example, second: Self.other)
    let both = LogRank(strata: [one, one])
    let single = LogRank(strata: [one])
    #expect(both.observed == 2 * single.observed)
    #expect(isNear(both.chiSquare, 2 * single.chiSquare, 1e-12))
    // All of the first group's work in one stratum and all of the second's in another tell nothing.
    let apart = LogRank(strata: [(SurvivalTests.example, Survival([])), (Survival([]), Self.other)])
    #expect(apart.chiSquare == 0)
    #expect(apart.p == 1)
  }

  @Test func `is silent where fewer than ten waits ended in a group`() {
    let long = survival(Array(1...12), Array(repeating: 1, count: 12))
    #expect(LogRank.sampled(strata: [(long, Self.other)]) == .tooFew(6, floor: 10))
    #expect(LogRank.sampled(strata: [(long, Self.other), (Self.other, Self.other)]).value != nil)
  }

  @Test func `finds no difference within one kind of waits`() {
    let test = LogRank(Self.other, Self.other)
    #expect(isNear(test.chiSquare, 0, 1e-12))
    #expect(isNear(test.p, 1, 1e-6))
    #expect(LogRank(Survival([]), Survival([])).p == 1)
    #expect(LogRank(survival([.max], [1]), survival([.max, 0], [1, 1])).chiSquare > 0)
  }

  @Test func `gives the difference of restricted means with limits`() throws {
    let found = try #require(MeanDifference(SurvivalTests.example, Self.other, to: 11))
    let (one, two) = (SurvivalTests.example.restrictedMean(to: 11), Self.other.restrictedMean(to: 11))
    let (first, second) = (try #require(one), try #require(two))
    #expect(found.difference == first.mean - second.mean)
    let square = first.standardError * first.standardError + second.standardError * second.standardError
    #expect(isNear(found.standardError, square.squareRoot(), 1e-12))
    #expect(isNear(found.high - found.low, 2 * 1.959963984540054 * square.squareRoot(), 1e-12))
    #expect(MeanDifference(SurvivalTests.example, Self.other, to: 12) == nil)
  }

  @Test func `corrects several tests after Holm as statsmodels does`() throws {
    for row in try StatisticsFixture.rows("holm.tsv") {
      let given = try StatisticsFixture.list(row[0]).map(StatisticsFixture.number)
      let wanted = try StatisticsFixture.list(row[1]).map(StatisticsFixture.number)
      let found = Holm.adjusted(given)
      #expect(found.count == wanted.count)
      #expect(zip(found, wanted).allSatisfy { isNear($0, $1, 1e-12) }, "\(row)")
    }
  }

  @Test func `takes what is no probability as the nearest one`() {
    #expect(Holm.adjusted([]) == [])
    #expect(Holm.adjusted([.nan, -1, 0.02, 7]) == [1, 0, 0.06, 1])
  }
}

@Suite struct CumulativeIncidenceTests {
  private func curve(_ seconds: [Int64], _ kinds: [CumulativeIncidence.Ending?]) -> CumulativeIncidence {
    CumulativeIncidence(zip(seconds, kinds).map { .init(seconds: $0, ending: $1) })
  }

  @Test func `tells shares as experienced, by hand`() {
    // Of 5: one answered at 1 (1/5), at 2 one answered and one withdrawn (4/5 · 1/4 each), one cut off at 3,
    // the last answered at 4 (2/5 · 1/1).
    let found = curve([1, 2, 2, 3, 4], [.answered, .answered, .withdrawn, nil, .answered])
    #expect(zip(found.steps.map(\.answered.share), [0.2, 0.4, 0.8]).allSatisfy { isNear($0, $1, 1e-12) })
    #expect(zip(found.steps.map(\.withdrawn.share), [0, 0.2, 0.2]).allSatisfy { isNear($0, $1, 1e-12) })
    #expect(found.steps.map(\.atRisk) == [5, 4, 1])
    #expect([found.count, found.answeredCount, found.withdrawnCount] == [5, 3, 1])
  }

  @Test func `withdrawals make the answered share less than it would be without them`() throws {
    let seconds: [Int64] = [1, 2, 3, 4, 5, 6]
    let kinds: [CumulativeIncidence.Ending?] = [
      .withdrawn, .answered, .withdrawn, .answered, nil, .answered,
    ]
    let experienced = try #require(curve(seconds, kinds).steps.last).answered.share
    let never = try #require(survival(seconds, [0, 1, 0, 1, 0, 1]).steps.last).survival
    #expect(experienced < 1 - never)
  }

  @Test func `the shares of all endings and of what waits are one together`() {
    var chance = Chance(state: 16)
    for round in 1...200 {
      let waits = chance.waits(1 + round % 50, below: round % 2 == 0 ? 12 : 1_000_000)
      let items = waits.map { wait -> CumulativeIncidence.Item in
        let kind = Bool.random(using: &chance) ? CumulativeIncidence.Ending.answered : .withdrawn
        return .init(seconds: wait.seconds, ending: wait.ended ? kind : nil)
      }
      let found = CumulativeIncidence(items)
      let all = Survival(waits)
      #expect(found.steps.map(\.seconds) == all.steps.map(\.seconds))
      for (step, whole) in zip(found.steps, all.steps) {
        #expect(isNear(step.answered.share + step.withdrawn.share, 1 - whole.survival, 1e-12))
        #expect(step.waiting == whole.survival)
        for estimate in [step.answered, step.withdrawn] {
          #expect(0 <= estimate.low && estimate.low <= estimate.share)
          #expect(estimate.share <= estimate.high && estimate.high <= 1)
        }
      }
    }
  }

  @Test func `with one kind of ending it is the curve of the waits turned over, with its error`() {
    var chance = Chance(state: 23)
    let waits = chance.waits(40, below: 100)
    let found = CumulativeIncidence(
      waits.map { .init(seconds: $0.seconds, ending: $0.ended ? .answered : nil) })
    for (step, whole) in zip(found.steps, Survival(waits).steps) where whole.survival > 0 {
      #expect(isNear(step.answered.share, 1 - whole.survival, 1e-12))
      #expect(isNear(step.answered.standardError, whole.standardError, 1e-9))
      #expect(step.withdrawn.high == 0)
    }
  }

  @Test func `nothing, negative and endless waits are no trouble`() {
    #expect(CumulativeIncidence([]).steps.isEmpty)
    #expect(CumulativeIncidence([]).step(at: 0) == nil)
    let found = curve([.min, .max, .max], [.answered, .withdrawn, nil])
    #expect(found.steps.map(\.seconds) == [0, .max])
  }
}
