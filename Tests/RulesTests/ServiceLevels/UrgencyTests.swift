import Facts
import Rules
import Testing

/// What comes first in a backlog, and what a level carries beside it.
@Suite struct UrgencyTests {
  private let promise = Promise(.firstReview)

  /// Opened so many hours before hour 1000, on a target of 8 hours.
  private func waiting(_ number: Int, _ hours: Int64) throws -> Change {
    try Change(number, by: "cy", opened: .at(hour(1000 - hours)))
  }

  private func order(_ changes: [Change], _ promise: Promise) -> [String] {
    let judged = Judgement(changes, PolicyHistory(always: promise.policy), asOf: hour(1000))
    return judged.assessments.compactMap { assessment in
      assessment.mostUrgent.map { (assessment.contribution.id.description, $0.urgency) }
    }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  @Test func `missed first, the latest before others, then at risk, running, paused, refused, waived`() throws
  {
    var promise = promise
    promise.waivers = [
      Waiver(
        id: "w-1", objective: "first-review", contribution: "pr/8", reason: "on leave", by: "bo",
        period: Period(from: hour(0), until: hour(2000)))
    ]
    let changes = try [
      waiting(8, 50), Change(7, by: "cy", opened: .between(hour(900), hour(999))),
      waiting(6, 4).with(.draft, 998, by: "cy"), waiting(5, 2).with(.draft, 999, by: "cy"), waiting(4, 1),
      waiting(3, 2), waiting(2, 7), waiting(1, 9), waiting(9, 20),
    ]
    #expect(
      order(changes, promise) == ["pr/9", "pr/1", "pr/2", "pr/3", "pr/4", "pr/6", "pr/5", "pr/7", "pr/8"])
  }

  @Test func `what is answered or closed is not urgent`() throws {
    let answered = try waiting(1, 20).commented(985, by: "bo", onCode: true)
    let closed = try waiting(2, 20).landed(990, by: "bo")
    #expect(order([answered, closed], promise) == [])
    let late = try waiting(3, 20).commented(995, by: "bo", onCode: true)
    #expect(order([late], promise) == [])
  }

  @Test func `the most urgent of several items leads`() throws {
    var policy = promise.policy
    var landing = promise.objective
    (landing.name, landing.clock, landing.target) = ("decide", .decision, .workingTime(seconds: 4 * 3600))
    policy.serviceLevels.objectives.append(landing)
    let judged = Judgement([try waiting(1, 5)], PolicyHistory(always: policy), asOf: hour(1000))
    let urgent = try #require(judged.assessments.first?.mostUrgent)
    #expect(urgent.item.objective.name == "decide")
    #expect(urgent.urgency.rank == .missed)
  }

  @Test func `a level is timely, late, not due or not identifiable by the first review`() throws {
    func timeliness(_ change: Change, _ promise: Promise) -> (Timeliness?, Bool) {
      let judged = Judgement([change], PolicyHistory(always: promise.policy), asOf: hour(1000))
      let assessment = judged.assessments.first
      return (assessment?.timeliness, assessment?.findings.contains(.lateFirstReview) ?? false)
    }
    #expect(
      try timeliness(waiting(1, 20).commented(985, by: "bo", onCode: true), promise) == (.timely, false))
    #expect(try timeliness(waiting(1, 20).commented(995, by: "bo", onCode: true), promise) == (.late, true))
    #expect(try timeliness(waiting(1, 20), promise) == (.late, true))
    #expect(try timeliness(waiting(1, 2), promise) == (.notDue, false))
    #expect(try timeliness(waiting(1, 20).landed(983, by: "bo"), promise) == (.notDue, false))
    let plain = try Change(by: "cy", .pullRefs).landed(100)
    #expect(timeliness(plain, promise) == (.notIdentifiable, false))
    #expect(try timeliness(waiting(1, 20), Promise(.decision)) == (nil, false))
  }
}
