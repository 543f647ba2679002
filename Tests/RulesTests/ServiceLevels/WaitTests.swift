import Facts
import Rules
import Testing

/// How long waits are, whomever the objective speaks of, and what is in no curve.
@Suite struct WaitTests {
  private var promise: Promise {
    var promise = Promise(.firstResponse)
    promise.objective.appliesTo.origins = [.external]
    return promise
  }

  private func hours(_ count: Int64) -> Int64 { count * 3600 }

  /// Answered after 2 and 20 hours, given up after 5, open for 30 and 7.
  private func story() throws -> [Change] {
    [
      try Change(1, by: "cy").commented(12, by: "bo"), try Change(2, by: "cy").commented(30, by: "bo"),
      try Change(3, by: "cy", status: .abandoned).with(.abandoned, 15), try Change(4, by: "cy"),
      try Change(5, by: "cy", opened: .at(hour(33))),
    ]
  }

  @Test func `open waits are longer than their age and withdrawn ones compete`() throws {
    let waits = try Ledger(story(), promise, asOf: 40).waits
    let all = try #require(waits.group(.all))
    #expect([all.count, all.openCount] == [5, 2])
    #expect([all.incidence.answeredCount, all.incidence.withdrawnCount] == [2, 1])
    #expect(all.survival.waits.map { $0.seconds / 3600 } == [2, 5, 7, 20, 30])
    #expect(all.survival.waits.map(\.ended) == [true, false, false, true, false])
    #expect(all.survival.sampledQuantile(0.5).value?.seconds == hours(20))
    #expect(all.survival.medianOfEnded == hours(11))
    #expect(all.survival.sampledQuantile(0.9) == .tooFew(5, floor: 29))
    #expect(all.incidence.step(at: 8 * 3600)?.withdrawn.share == 0.2)
    #expect(waits.target == hours(8))
    #expect(waits.horizon == hours(16))
    #expect(all.mean?.horizon == hours(16))
  }

  @Test func `contributions of the host team are measured though nothing is promised to them`() throws {
    let changes: [Change] =
      try story() + [
        try Change(6, by: "bo").commented(11, by: "ben"), try Change(7, by: "guest").commented(11, by: "ben"),
      ]
    let waits = try Ledger(changes, promise, asOf: 40).waits
    #expect(waits.groups.map(\.name) == [.all, .promised, .external, .platform, .unknown])
    #expect(waits.groups.map(\.count) == [7, 5, 5, 1, 1])
  }

  @Test func `only waits that began in the window are in a curve`() throws {
    let waits = try Ledger(story(), promise, asOf: 40, since: 20).waits
    #expect(waits.groups.map(\.count) == [1, 1, 1])
    #expect(waits.observations.count == 1)
  }

  @Test func `what is not known is counted by its reason, answered or not`() throws {
    let changes = [
      try Change(1, by: "cy", .pullRefs).commented(12, by: "bo").landed(30),
      try Change(2, by: "cy", opened: .between(hour(5), hour(10))).commented(11, by: "bo"),
      try Change(3, by: "cy").with(.comment(onCode: false, asks: false), .unknown, by: "bo"),
      try Change(4, by: "robot").commented(11, by: "bo"),
    ]
    let waits = try Ledger(changes, promise, asOf: 40).waits
    #expect(waits.groups.isEmpty)
    #expect(waits.leftOut == [.reviewsNotInGit: 1, .boundedTimes: 1, .answerTimeUnknown: 1])
    #expect(waits.machineCount == 1)
    #expect(waits.comparison == nil)
  }

  @Test func `groups are compared where ten were answered in each, and several tests correct each other`()
    throws
  {
    func changes(_ author: String, _ first: Int, hours: Int64, count: Int = 10) throws -> [Change] {
      try (0..<count).map { number in
        try Change(first + number, by: author).commented(10 + hours + Int64(number), by: "ben")
      }
    }
    let few = try Ledger(
      changes("cy", 1, hours: 20) + changes("bo", 20, hours: 1, count: 9), promise, asOf: 90)
    #expect(try few.waits.comparison?.test == .tooFew(9, floor: 10))
    #expect(try few.waits.comparison?.difference == nil)
    let all = try changes("cy", 1, hours: 20) + changes("bo", 20, hours: 1)
    let comparison = try #require(try Ledger(all, promise, asOf: 90).waits.comparison)
    let p = try #require(comparison.test.value?.p)
    #expect(p < 0.001)
    #expect(comparison.adjusted == p)
    #expect(try #require(comparison.difference).difference > 0)
    var policy = promise.policy
    var second = promise.objective
    second.name = "again"
    second.clock = .decision
    policy.serviceLevels.objectives.append(second)
    let both = Ledger(try all.map { try $0.landed(80, by: "ben") }, PolicyHistory(always: policy), asOf: 90)
    let adjusted = both.accounts.compactMap { $0.waits?.comparison?.adjusted }
    #expect(adjusted.count == 2)
    #expect(adjusted.first == 2 * p)
  }

  @Test func `a business day counts as the mean of twenty working days`() throws {
    func target(_ calendar: String, _ target: ServiceLevels.Target) throws -> Int64? {
      var promise = promise
      promise.objective.calendar = calendar
      promise.objective.target = target
      return try Ledger(story(), promise, asOf: 1000).waits.target
    }
    #expect(try target("office", .businessDays(2)) == 16 * 3600)
    #expect(try target("weekdays", .businessDays(2)) == 48 * 3600)
    #expect(try target("24x7", .businessDays(1)) == 24 * 3600)
    #expect(try target("office", .workingTime(seconds: 77)) == 77)
  }

  @Test func `time is split by turn for what was opened in the window, service accounts left out`() throws {
    let changes = [
      try Change(1, by: "cy").commented(12, by: "bo", asks: true).landed(20, by: "bo"),
      try Change(2, by: "bo").landed(14, by: "ben"), try Change(3, by: "robot").landed(14, by: "ben"),
      try Change(4, by: "cy", opened: .at(hour(1))).landed(20, by: "bo"),
    ]
    let ledger = Ledger(changes, promise, asOf: 40)
    let turns = TurnShares.all(
      of: ledger.subjects, in: Window(since: hour(5), until: hour(40)), asOf: ledger.asOf)
    #expect(turns.map(\.group) == [.all, .external, .platform])
    #expect(turns.map(\.count) == [2, 1, 1])
    func hours(_ turn: Turn) -> [Int64?] { turns.map { $0.split.seconds[turn].map { $0 / 3600 } } }
    #expect(hours(.reviewers) == [6, 2, 4])
    #expect(hours(.author) == [8, 8, nil])
  }
}
