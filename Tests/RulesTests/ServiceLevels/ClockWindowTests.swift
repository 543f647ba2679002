import Facts
import Rules
import Testing

/// The hours that a reader can add up, and the steps with what was used up by them.
@Suite struct ClockWindowTests {
  private func windows(_ promise: Promise, _ change: Change, asOf: Int64) throws -> (
    ServiceLevelItem, [String]
  ) {
    let policies = PolicyHistory(always: promise.policy)
    let judged = Judgement([change], policies, asOf: hour(asOf))
    let assessment = try #require(judged.assessments.first)
    let items = judged.assessor.serviceLevels(of: assessment, asOf: hour(asOf), explaining: true)
    let item = try #require(items.first)
    let windows = judged.assessor.windows(of: item, asOf: hour(asOf))
    func hours(_ moment: Instant) -> Int64 { (moment.seconds - hour(0).seconds) / 3600 }
    return (item, windows.map { "\(hours($0.from))-\(hours($0.until)): \($0.used / 3600)" })
  }

  private var office: Promise {
    var promise = Promise(.decision, hours: 10)
    promise.objective.calendar = "office"
    return promise
  }

  @Test func `office hours add up to the target`() throws {
    // Monday from 10:00, Tuesday until 12:00.
    let (item, windows) = try windows(office, Change(by: "cy"), asOf: 11)
    #expect(windows == ["10-17: 7", "33-36: 10"])
    #expect(item.due == hour(36))
    #expect(item.steps.map(\.used) == [0])
  }

  @Test func `a pause is left out, and the hours go on after it`() throws {
    // Rejected on Monday at 12:00, pushed again on Tuesday at 14:00.
    let change = try Change(by: "cy").rejected(12, by: "bo").with(.revision(object("2")), 38, by: "cy")
    let (item, windows) = try windows(office, change, asOf: 39)
    #expect(windows == ["10-12: 2", "38-41: 5", "57-62: 10"])
    #expect(item.steps.map { $0.used / 3600 } == [0, 2, 2])
  }

  @Test func `while it is paused they end with what was used up`() throws {
    let (_, windows) = try windows(office, Change(by: "cy").rejected(12, by: "bo"), asOf: 39)
    #expect(windows == ["10-12: 2"])
  }

  @Test func `a breach is noted with the whole target used up`() throws {
    let (item, windows) = try windows(office, Change(by: "cy").landed(60, by: "bo"), asOf: 100)
    #expect(item.state == .missed)
    #expect(item.steps.map(\.kind) == [.activate, .breach, .fulfil])
    #expect(item.steps.map { $0.used / 3600 } == [0, 10, 18])
    #expect(windows == ["10-17: 7", "33-36: 10"])
  }

  @Test func `an early answer still shows all of the promised time`() throws {
    let (item, windows) = try windows(office, Change(by: "cy").landed(15, by: "bo"), asOf: 100)
    #expect(item.state == .met)
    #expect(windows == ["10-17: 7", "33-36: 10"])
  }

  @Test func `of what is not identifiable nothing is added up`() throws {
    let change = try Change(by: "cy", .pullRefs).landed(100)
    #expect(try windows(office, change, asOf: 200).1 == [])
  }

  @Test func `a moment ahead is reckoned on the calendar of the item`() throws {
    let judged = Judgement([try Change(by: "cy")], PolicyHistory(always: office.policy), asOf: hour(11))
    let item = try #require(judged.assessments.first?.serviceLevels.first)
    #expect(judged.assessor.moment(after: 8 * 3600, from: hour(11), for: item) == hour(35))
    #expect(judged.assessor.moment(after: 1 << 60, from: hour(11), for: item) == nil)
  }
}
