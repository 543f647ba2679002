import Facts
import Rules
import Testing

/// How much longer a wait will last, by those that lasted as long.
@Suite struct ExpectedWaitTests {
  private static let asOf: Int64 = 1000
  private static let promise = Promise(.firstResponse)

  /// A wait of so many hours that ended with an answer, or without one.
  private func wait(_ number: Int, _ hours: Int64, ended: Bool, by author: String = "cy", opened: Int64 = 100)
    throws -> Change
  {
    let change = try Change(number, by: author, opened: .at(hour(opened)))
    return ended
      ? try change.commented(opened + hours, by: "bo")
      : try change.with(.abandoned, opened + hours, by: author)
  }

  /// One that goes on and has lasted so many hours.
  private func open(_ hours: Int64, by author: String = "cy") throws -> Change {
    try Change(999, by: author, opened: .at(hour(Self.asOf - hours)))
  }

  private func expectation(_ changes: [Change], _ open: Change) throws -> ExpectedWait {
    let policies = PolicyHistory(always: Self.promise.policy)
    let judged = Judgement(changes + [open], policies, asOf: hour(Self.asOf))
    let history = WaitHistory(judged.assessments, asOf: hour(Self.asOf))
    let last = try #require(judged.assessments.first { $0.contribution.id == .pullRequest(999) })
    let item = try #require(last.serviceLevels.first)
    return try #require(history.expectation(of: item, origin: last.origin.kind))
  }

  private static let waits: [(hours: Int64, ended: Bool)] = [
    (49, false), (68, true), (8, true), (32, true), (41, true), (53, true), (39, true), (46, false),
    (44, false), (22, false), (2, true), (72, false), (72, false), (83, false), (82, true), (84, true),
    (47, true), (55, true), (64, true), (17, true), (3, true), (76, true), (58, false), (26, false),
    (74, true), (45, true), (16, true), (48, true), (89, true), (51, true), (25, true), (64, true),
    (86, false), (89, true), (8, false), (27, true), (19, true), (11, true), (62, true), (10, false),
  ]

  /// Conditional medians of lifelines 0.30.3 (`conditional_time_to_event_`), limits by its median of the rest.
  ///
  /// Where the curve's upper limit only gets there as the curve ends at zero there is no upper limit; lifelines
  /// has no limits at zero.
  @Test(
    arguments: [
      (10, 35, 52, 37, 66), (20, 31, 44, 31, 62), (40, 25, 28, 15, 44), (60, 14, 22, 4, nil),
      (70, 10, 14, 4, nil),
    ] as [(Int64, Int, Int64, Int64, Int64?)])
  func `agrees with another program`(waited: Int64, left: Int, median: Int64, low: Int64, high: Int64?) throws
  {
    let changes = try Self.waits.enumerated().map { try wait($0 + 1, $1.hours, ended: $1.ended) }
    let expected = try expectation(changes, open(waited))
    #expect(expected.waited == waited * 3600)
    #expect(expected.left == left)
    #expect(expected.sample == 41)
    #expect(expected.remaining == .value(.at(median * 3600, low: low * 3600, high: high.map { $0 * 3600 })))
  }

  @Test func `half of five waits that lasted longer end when the third does`() throws {
    // After 10 hours 1, 2, 3, 4 and 5 are left: by the third, three of five have ended.
    let changes = try (1...5).map { try wait($0, 10 + Int64($0), ended: true) }
    guard case .value(.at(let median, _, _)) = try expectation(changes, open(10)).remaining else {
      Issue.record("no median")
      return
    }
    #expect(median == 3 * 3600)
  }

  @Test func `too few waits say nothing, with their number`() throws {
    let changes = try (1...4).map { try wait($0, 10 + Int64($0), ended: true) }
    let expected = try expectation(changes, open(10))
    #expect(expected.remaining == .tooFew(4, floor: 5))
    #expect(expected.left == 4)
    let none = try expectation([], open(10))
    #expect(none.remaining == .tooFew(0, floor: 5))
  }

  @Test func `waits of the same origin are asked first, then all`() throws {
    let hosts = try (1...6).map { try wait($0, 100, ended: true, by: "bo") }
    // A comment by bo answers nothing that bo wrote.
    let answered = try hosts.map { try $0.commented(200, by: "ben") }
    let guests = try (11...15).map { try wait($0, 20, ended: true) }
    let own = try expectation(answered + guests, open(10))
    #expect(own.origin == .external)
    #expect(own.remaining.value?.seconds == 36_000)
    #expect(own.sample == 6)
    let few = try expectation(answered + guests.prefix(3), open(10))
    #expect(few.origin == nil)
    #expect(few.sample == 10)
    #expect(few.left == 9)
    #expect(few.remaining.value?.seconds == 324_000)
  }

  @Test func `waits that never ended are not reached, not zero`() throws {
    let changes = try (1...6).map { try wait($0, 50, ended: false) }
    guard case .value(.notReached(let followUp, _)) = try expectation(changes, open(10)).remaining else {
      Issue.record("reached")
      return
    }
    #expect(followUp == 40 * 3600)
  }

  @Test func `waits that started more than a year ago, or within limits only, are left out`() throws {
    let old = try (1...6).map { try wait($0, 50, ended: true, opened: Self.asOf - 365 * 24 - 1) }
    #expect(try expectation(old, open(10)).sample == 1)
    let young = try (1...6).map { try wait($0, 50, ended: true, opened: Self.asOf - 365 * 24) }
    #expect(try expectation(young, open(10)).sample == 7)
    let bounded = try Change(1, by: "cy", opened: .between(hour(100), hour(101))).commented(300, by: "bo")
    #expect(try expectation([bounded], open(10)).sample == 1)
  }

  @Test func `nothing is expected of a wait that is over`() throws {
    let judged = Judgement(
      [try wait(1, 5, ended: true)], PolicyHistory(always: Self.promise.policy), asOf: hour(Self.asOf))
    let item = try #require(judged.assessments.first?.serviceLevels.first)
    #expect(
      WaitHistory(judged.assessments, asOf: hour(Self.asOf)).expectation(of: item, origin: .external) == nil)
  }
}
