import Facts
import Rules
import Testing

/// Times that cannot be: answers before the question, landings before the opening, ends of time.
@Suite struct ClockDisagreementTests {
  private static let clocks: [ServiceLevels.Clock] = [
    .firstResponse, .firstReview, .eachResponse, .decision, .landing,
  ]

  @Test func `an answer dated before the opening answers nothing`() throws {
    let promise = Promise(.firstResponse)
    let change = try Change(by: "cy").commented(3, by: "bo")
    let open = try promise.item(change, asOf: 12)
    #expect(open.state == .running)
    #expect(open.answer == nil)
    let answered = try promise.item(try change.commented(15, by: "ben"), asOf: 100)
    #expect(answered.state == .met)
    #expect(answered.hours == 5...5)
  }

  @Test(arguments: clocks)
  func `a landing dated before the opening gives no negative wait`(clock: ServiceLevels.Clock) throws {
    let change = try Change(by: "cy").approved(11, by: "bo").landed(2, by: "bo")
    for item in try Promise(clock).items(change, asOf: 100) {
      #expect(item.elapsed.lowerBound >= 0 && item.elapsed.upperBound >= item.elapsed.lowerBound)
      #expect(item.lateness >= 0)
      if let end = item.end { #expect(end >= item.start.instant ?? end) }
    }
  }

  @Test(arguments: clocks)
  func `moments at both ends of time are judged without harm`(clock: ServiceLevels.Clock) throws {
    let ends: [Int64] = [.min, .min + 1, -62_135_596_801, -1, 253_402_300_800, .max - 1, .max]
    for opened in ends {
      for answered in ends {
        let change = try Change(by: "cy", opened: .at(Instant(seconds: opened)))
          .with(.comment(onCode: true, asks: true), .at(Instant(seconds: answered)), by: "bo")
          .with(.verdict(.approve, revision: nil), .at(Instant(seconds: answered)), by: "bo")
          .with(.landed(commit: object("9")), .at(Instant(seconds: answered)), by: "bo")
        for item in try Promise(clock).items(change, asOf: 100) {
          #expect(item.elapsed.lowerBound >= 0 && item.elapsed.upperBound >= item.elapsed.lowerBound)
        }
      }
    }
  }

  @Test func `limits of an opening that are swapped or endless are judged without harm`() throws {
    let bounds: [(Instant?, Instant?)] = [
      (hour(20), hour(5)), (nil, hour(5)), (hour(5), nil), (Instant(seconds: .min), Instant(seconds: .max)),
    ]
    for (from, until) in bounds {
      let change = try Change(by: "cy", opened: .between(from, until)).commented(12, by: "bo")
      for item in try Promise(.firstResponse).items(change, asOf: 100) {
        #expect(item.elapsed.lowerBound >= 0 && item.elapsed.upperBound >= item.elapsed.lowerBound)
        #expect(item.state != .met || item.elapsed.upperBound <= 8 * 3600)
      }
    }
  }

  @Test(.timeLimit(.minutes(2))) func `a clock that is paused and resumed ten thousand times ends`() throws {
    var change = try Change(by: "cy")
    for turn in 0..<10_000 {
      change = try change.with(turn % 2 == 0 ? .draft : .ready, Int64(11 + turn % 7))
    }
    let items = try Promise(.decision).items(change.landed(300, by: "bo"), asOf: 400)
    #expect(items.count == 1)
  }
}
