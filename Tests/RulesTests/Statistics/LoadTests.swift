import Rules
import Testing

@Suite struct LoadTests {
  @Test(
    arguments: [
      ([5, 5, 5, 5], 0, 0, 2), ([0, 0, 0, 20], 0.75, 1, 1), ([10, 5, 3, 1, 1], 0.44, 0.55, 1),
      ([0, 0, 0], 0, 0, nil), ([3, 1], 0.25, 0.5, 1), ([4, 3, 3, 2], 0.125, 1.0 / 6, 2),
    ] as [([Int], Double, Double, Int?)])
  func `tells how unevenly work is spread`(counts: [Int], gini: Double, corrected: Double, factor: Int?)
    throws
  {
    let load = Load(counts)
    #expect(isNear(try #require(load.gini), gini, 1e-12))
    #expect(isNear(try #require(load.correctedGini), corrected, 1e-12))
    #expect(load.absenceFactor == factor)
    #expect(Load(counts.reversed()) == load)
  }

  @Test func `one person is neither even nor uneven`() {
    #expect(Load([7]).gini == nil)
    #expect(Load([7]).correctedGini == nil)
    #expect(Load([7]).absenceFactor == 1)
    #expect(Load([]).absenceFactor == nil)
  }

  @Test func `lives with counts that make no sense`() throws {
    #expect(Load([-4, 2]).counts == [2, 0])
    #expect(isNear(try #require(Load([.max, .max, .max]).gini), 0, 1e-12))
    #expect(Load([.max, .max, .max]).absenceFactor == 2)
  }
}

@Suite struct FlowTests {
  @Test func `is Little's law by hand`() throws {
    // Of a window of 10: one waits 0–4 of it, one 2–8, one from 9 on; one ended before, one comes later.
    let flow = try #require(
      Flow([(-5, 4), (2, 8), (9, nil), (-9, -1), (10, 12), (5, 3)], window: 0..<10))
    #expect(flow.items == 3)
    #expect(flow.meanBacklog == 1.1)
    #expect(flow.rate == 0.3)
    #expect(isNear(try #require(flow.meanWait), 11.0 / 3, 1e-12))
  }

  @Test func `equals the chart of the backlog whatever comes and goes`() throws {
    var chance = Chance(state: 42)
    for _ in 0..<100 {
      let waits = (0..<50).map { _ -> (from: Int64, to: Int64?) in
        let from = Int64.random(in: -5000..<20_000, using: &chance)
        let open = Int.random(in: 0..<5, using: &chance) == 0
        return (from, open ? nil : from + Int64.random(in: 0..<9000, using: &chance))
      }
      let flow = try #require(Flow(waits, window: 0..<10_000))
      let moments = Set(waits.flatMap { [$0.from, $0.to ?? $0.from] }).sorted()
      let chart = moments.map { moment in
        (at: moment, waiting: waits.count { $0.from <= moment && moment < ($0.to ?? .max) })
      }
      #expect(flow.meanBacklog == flow.meanBacklog(ofChart: chart))
      let product = flow.rate * (flow.meanWait ?? 0)
      #expect(isNear(product, flow.meanBacklog, 1e-12))
    }
  }

  @Test func `tells how long a backlog takes at this pace`() {
    #expect(Flow.drainTime(backlog: 30, finished: 10, in: 86_400) == 259_200)
    #expect(Flow.drainTime(backlog: 30, finished: 0, in: 86_400) == nil)
    #expect(Flow.drainTime(backlog: -3, finished: 1, in: 1) == 0)
  }

  @Test func `has nothing to say of a window without length or beyond all numbers`() throws {
    #expect(Flow([], window: 5..<5) == nil)
    #expect(Flow([], window: Int64.min..<Int64.max) == nil)
    let flow = try #require(Flow([(.min, .max), (.max, .min), (.min, nil)], window: 0..<10))
    #expect(flow.meanBacklog == 2)
    #expect(try #require(Flow([], window: 0..<10)).meanWait == nil)
  }
}
