import Rules
import Testing

/// Compares with lifelines and statsmodels on random samples.
@Suite struct SurvivalFixtureTests {
  private typealias Fixture = StatisticsFixture

  private func curve(_ row: [String]) throws -> Survival {
    Survival(try Fixture.waits(row[0], row[1]), confidence: try Fixture.confidence(row[2]))
  }

  @Test func `gives the curve and the limits of lifelines`() throws {
    var (samples, steps) = (0, 0)
    for row in try Fixture.rows("survival.tsv") {
      let curve = try curve(row)
      let expected = Fixture.list(row[3]).map { Fixture.parts($0, ":") }
      try #require(curve.steps.map { String($0.seconds) } == expected.map { $0[0] })
      for (step, wanted) in zip(curve.steps, expected) {
        #expect(isNear(step.survival, try Fixture.number(wanted[1]), 1e-11))
        guard wanted[2] != "-" else {
          #expect(step.survival < 1e-12 && step.low == 0)
          continue
        }
        #expect(isNear(step.low, try Fixture.number(wanted[2]), 1e-9), "\(row)")
        #expect(isNear(step.high, try Fixture.number(wanted[3]), 1e-9), "\(row)")
        steps += 1
      }
      samples += 1
    }
    #expect(samples == 240)
    #expect(steps > 1500)
  }

  @Test func `gives the quantiles, their limits and the follow-up of lifelines`() throws {
    for row in try Fixture.rows("survival.tsv") {
      let curve = try curve(row)
      let found = [0.5, 0.75, 0.9].map { share -> String in
        let (seconds, low, high): (Int64?, Int64?, Int64?) =
          switch curve.quantile(share) {
          case .at(let seconds, let low, let high): (seconds, low, high)
          case .notReached(_, let low): (nil, low, nil)
          }
        return [seconds, low, high].map { $0.map { String($0) } ?? "-" }.joined(separator: ":")
      }
      #expect(found == Fixture.list(row[4]), "\(row)")
      let followed = curve.ofFollowUp.quantile(0.5).seconds.map { String($0) } ?? "-"
      #expect(followed == row[6], "\(row)")
    }
  }

  @Test func `gives the restricted means of lifelines`() throws {
    for row in try Fixture.rows("survival.tsv") {
      let wanted = Fixture.parts(row[5], ":")
      let mean = try #require(curve(row).restrictedMean(to: Fixture.seconds(wanted[0])))
      #expect(isNear(mean.mean, try Fixture.number(wanted[1]), 1e-11), "\(row)")
    }
  }

  @Test func `gives the log-rank test of lifelines`() throws {
    var compared = 0
    for row in try Fixture.rows("survival.tsv") {
      let test = LogRank(try curve(row), Survival(try Fixture.waits(row[7], row[8])))
      guard row[9] != "-" else {
        #expect(test.chiSquare == 0)
        continue
      }
      #expect(isNear(test.chiSquare, try Fixture.number(row[9]), 1e-9), "\(row)")
      let p = try Fixture.number(row[10])
      #expect(abs(test.p - p) <= 1e-9 * p, "\(row)")
      compared += 1
    }
    #expect(compared > 200)
  }

  @Test func `gives the cumulative incidence of lifelines`() throws {
    var compared = 0
    for row in try Fixture.rows("survival.tsv") {
      let kinds = try Fixture.list(row[11]).map(Fixture.seconds)
      let items = zip(try Fixture.waits(row[0], row[1]), kinds).map { wait, kind in
        let ending: CumulativeIncidence.Ending? = kind == 0 ? nil : kind == 1 ? .answered : .withdrawn
        return CumulativeIncidence.Item(seconds: 3 * wait.seconds + kind, ending: ending)
      }
      let curve = CumulativeIncidence(items, confidence: try Fixture.confidence(row[2]))
      for wanted in Fixture.list(row[12]).map({ Fixture.parts($0, ":") }) {
        let step = try #require(curve.step(at: Fixture.seconds(wanted[1])))
        let estimate = wanted[0] == "1" ? step.answered : step.withdrawn
        #expect(isNear(estimate.share, try Fixture.number(wanted[2]), 1e-11), "\(row)")
        // After the last of all, lifelines has infinite times zero.
        guard wanted[4] != "-", wanted[3] != "-", estimate.share < 1 else { continue }
        #expect(isNear(estimate.standardError, try Fixture.number(wanted[3]), 1e-10), "\(row)")
        #expect(isNear(estimate.low, try Fixture.number(wanted[4]), 1e-9), "\(row)")
        #expect(isNear(estimate.high, try Fixture.number(wanted[5]), 1e-9), "\(row)")
        compared += 1
      }
    }
    #expect(compared > 500)
  }
}
