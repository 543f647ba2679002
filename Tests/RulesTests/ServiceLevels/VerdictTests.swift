import Facts
import Rules
import Testing

/// What is refused, bounded, frozen, waived and escalated.
@Suite struct VerdictTests {
  private let promise = Promise(.firstResponse)

  @Test func `without a record of reviews nothing is missed, it is not identifiable`() throws {
    let item = try promise.item(Change(by: "cy", .pullRefs).landed(100))
    #expect(item.state == .notIdentifiable)
    #expect(item.obstacle == .reviewsNotInGit)
  }

  @Test func `an opening known within limits decides where both ends agree`() throws {
    func opened(_ from: Int64, _ to: Int64) throws -> ServiceLevelItem {
      try promise.item(Change(by: "cy", opened: .between(hour(from), hour(to))).commented(20, by: "bo"))
    }
    let early = try opened(13, 15)
    #expect(early.state == .met)
    #expect(early.hours == 5...7)
    #expect(early.grade == .bounded)
    #expect(try opened(5, 8).state == .missed)
    let open = try opened(8, 15)
    #expect(open.state == .notIdentifiable)
    #expect(open.obstacle == .boundedTimes)
  }

  @Test func `an answer of unknown time leaves it open`() throws {
    let change = try Change(by: "cy").with(.comment(onCode: false, asks: false), .unknown, by: "bo")
    #expect(try promise.item(change).obstacle == .answerTimeUnknown)
  }

  @Test func `an opening of which nothing is known is refused`() throws {
    #expect(try promise.item(Change(by: "cy", opened: nil)).obstacle == .openingUnknown)
  }

  @Test func `a calendar that never opens refuses`() throws {
    var promise = Promise(.firstResponse)
    promise.objective.calendar = "closed"
    var policy = promise.policy
    policy.serviceLevels.calendars.append(
      CalendarPolicy(name: "closed", kind: .region(.init(timeZone: "UTC", hours: [:]))))
    let items = try Promise.items(Change(by: "cy"), PolicyHistory(always: policy))
    #expect(items.map(\.obstacle) == [.calendarNeverOpens])
  }

  @Test func `the objective of the start stays, whatever the policy says later`() throws {
    let strict = Promise(.firstResponse, hours: 2).policy
    let lax = Promise(.firstResponse, hours: 50).policy
    let policies = try #require(
      PolicyHistory([
        .init(from: hour(0), commit: nil, policy: strict), .init(from: hour(11), commit: nil, policy: lax),
      ]))
    let items = try Promise.items(Change(by: "cy").commented(15, by: "bo"), policies)
    #expect(items.map(\.state) == [.missed])
    #expect(items.map(\.targetSeconds) == [7200])
    let later = try Change(by: "cy", opened: .at(hour(12))).commented(15, by: "bo")
    #expect(try Promise.items(later, policies).map(\.state) == [.met])
  }

  @Test func `the first objective that fits counts, and none where none fits`() throws {
    var policy = promise.policy
    var narrow = promise.objective
    narrow.name = "narrow"
    narrow.appliesTo = .init(origins: [.external], teams: ["retail"])
    var never = promise.objective
    never.appliesTo.sizes = [.large]
    policy.serviceLevels.objectives = [narrow, never]
    let history = PolicyHistory(always: policy)
    #expect(try Promise.items(Change(by: "cy"), history).map(\.objective.name) == ["narrow"])
    #expect(try Promise.items(Change(by: "bo"), history).isEmpty)
  }

  @Test func `a waiver in force at the breach excuses, a later one does not`() throws {
    func waived(_ from: Int64, _ until: Int64) throws -> ServiceLevelItem {
      var promise = promise
      promise.waivers = [
        Waiver(
          id: "w-1", objective: "first-response", contribution: "pr/1", reason: "on leave", by: "bo",
          period: Period(from: hour(from), until: hour(until)))
      ]
      return try promise.item(Change(by: "cy").commented(40, by: "bo"))
    }
    #expect(try waived(17, 50).state == .waived)
    #expect(try waived(17, 50).waiver?.id == "w-1")
    let late = try waived(19, 50)
    #expect(late.state == .missed)
    #expect(late.missedAt == hour(18))
    let expired = try waived(17, 30)
    #expect(expired.state == .missed)
    #expect(expired.missedAt == hour(30))
  }

  @Test func `a waiver counts from the moment it came to the branch`() throws {
    var with = promise
    with.waivers = [
      Waiver(
        id: "w-1", objective: "first-response", contribution: "pr/1", reason: "backdated", by: "bo",
        period: Period(from: hour(0), until: hour(100)))
    ]
    let policies = try #require(
      PolicyHistory([
        .init(from: hour(0), commit: nil, policy: promise.policy),
        .init(from: hour(19), commit: nil, policy: with.policy),
      ]))
    #expect(try Promise.items(Change(by: "cy").commented(40, by: "bo"), policies).map(\.state) == [.missed])
  }

  @Test func `steps of the ladder are reached by share of the target, each with one lasting id`() throws {
    var promise = promise
    promise.escalation = [
      .init(at: 0.75, action: .remindReviewers), .init(at: 1, action: .nameLead),
      .init(at: 2, action: .widenApprovers),
    ]
    let change = try Change(by: "cy")
    let early = try promise.item(change, asOf: 19).escalations
    #expect(early.map(\.at) == [hour(16), hour(18)])
    #expect(
      early.map(\.id) == [
        "pr/1:first-response:1:remind-reviewers@0.75", "pr/1:first-response:1:name-lead@1.0",
      ])
    let later = try promise.item(change, asOf: 30).escalations
    #expect(Array(later.prefix(2)) == early)
    #expect(later.last?.at == hour(26))
  }
}
