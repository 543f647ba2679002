import Facts
import Rules
import Testing

/// The clocks that wait for the first answer.
@Suite struct AnswerClockTests {
  private let promise = Promise(.firstResponse)

  @Test func `the first response in time keeps the promise`() throws {
    let item = try promise.item(Change(by: "cy").commented(15, by: "bo").commented(16, by: "ben"))
    #expect(item.state == .met)
    #expect(item.hours == 5...5)
    #expect(item.due == hour(18))
    #expect(item.end == hour(15))
    #expect(item.answer == 1)
    #expect(item.story == ["activate 10", "fulfil 15"])
  }

  @Test func `the whole of the last second is in time`() throws {
    #expect(try promise.item(Change(by: "cy").commented(18, by: "bo")).state == .met)
    let late = try Change(by: "cy").with(
      .comment(onCode: false, asks: false), .at(hour(18).advanced(by: 1)), by: "bo")
    let item = try promise.item(late)
    #expect(item.state == .missed)
    #expect(item.lateness == 1)
    #expect(item.story == ["activate 10", "breach 18", "fulfil 18"])
  }

  @Test func `an answer in the second of the opening took no time`() throws {
    let item = try promise.item(Change(by: "cy").commented(10, by: "bo"))
    #expect(item.state == .met)
    #expect(item.elapsed == 0...0)
  }

  @Test(arguments: ["cy", "robot"])
  func `an author's or a machine's comment is no answer`(who: String) throws {
    #expect(try promise.item(Change(by: "cy").commented(12, by: who), asOf: 13).state == .running)
  }

  @Test func `an open wait runs, is at risk, and is missed in the end`() throws {
    let change = try Change(by: "cy")
    #expect(try promise.item(change, asOf: 15).state == .running)
    let risky = try promise.item(change, asOf: 16)
    #expect(risky.state == .atRisk)
    #expect(risky.atRiskAt == hour(16))
    #expect(risky.remaining.map { $0 / 3600 } == 2)
    #expect(try promise.item(change, asOf: 18).state == .atRisk)
    let missed = try promise.item(change, asOf: 20)
    #expect(missed.state == .missed)
    #expect(missed.missedAt == hour(18))
    #expect(missed.isOpen)
    #expect(missed.lateness == 2 * 3600)
  }

  @Test func `what closes before the due time without an answer is not due, afterwards it is missed`() throws
  {
    #expect(try promise.item(Change(by: "cy").with(.abandoned, 17)).state == .notDue)
    #expect(try promise.item(Change(by: "cy").landed(17, by: "bo")).state == .notDue)
    let late = try promise.item(Change(by: "cy").landed(20, by: "bo"))
    #expect(late.state == .missed)
    #expect(!late.isAnswered)
    #expect(!late.isOpen)
  }

  @Test func `an answer in the second of the landing counts`() throws {
    #expect(try promise.item(Change(by: "cy").approved(14, by: "bo").landed(14, by: "bo")).state == .met)
  }

  @Test func `a draft waits for nobody, and later drafts pause the clock`() throws {
    let drafted = try Change(by: "cy").with(.draft, 10)
    #expect(try promise.items(drafted).isEmpty)
    let ready = try promise.item(drafted.commented(11, by: "bo").with(.ready, 20).commented(25, by: "bo"))
    #expect(ready.start == .at(hour(20)))
    #expect(ready.hours == 5...5)
    let paused = try promise.item(
      Change(by: "cy").with(.draft, 14).with(.ready, 40).commented(43, by: "bo"))
    #expect(paused.state == .met)
    #expect(paused.hours == 7...7)
    #expect(paused.due == hour(44))
    #expect(paused.story == ["activate 10", "pause 14", "resume 40", "fulfil 43"])
  }

  @Test func `a paused clock has no due time but what is left of its target`() throws {
    let item = try promise.item(Change(by: "cy").with(.draft, 14), asOf: 100)
    #expect(item.state == .paused)
    #expect(item.due == nil)
    #expect(item.remaining.map { $0 / 3600 } == 4)
  }

  @Test func `of pause and answer in one second the answer wins`() throws {
    let item = try promise.item(Change(by: "cy").with(.draft, 14).commented(14, by: "bo"))
    #expect(item.state == .met)
    #expect(item.story == ["activate 10", "fulfil 14"])
  }

  @Test func `of pause and resume in one second the pause wins, unless it would last for ever`() throws {
    let change = try Change(by: "cy").with(.draft, 12).with(.ready, 14).with(.draft, 14)
    let paused = try promise.item(change.with(.ready, 20), asOf: 21)
    #expect(paused.story == ["activate 10", "pause 12", "resume 20"])
    #expect(try promise.item(change, asOf: 16).story == ["activate 10", "pause 12", "resume 14"])
  }

  @Test func `a reopened change takes its clock up again, and the closed time does not count`() throws {
    let change = try Change(by: "cy").with(.abandoned, 14).with(.restored, 50).commented(53, by: "bo")
    let item = try promise.item(change)
    #expect(item.state == .met)
    #expect(item.hours == 7...7)
    #expect(item.story == ["activate 10", "cancel 14", "reopen 50", "fulfil 53"])
    let answered = try Change(by: "cy").commented(12, by: "bo").with(.abandoned, 14).with(.restored, 50)
    #expect(try promise.item(answered).story == ["activate 10", "fulfil 12"])
  }

  @Test func `a review counts from somebody entitled only`() throws {
    let review = Promise(.firstReview)
    let change = try Change(by: "cy").commented(11, by: "bo").commented(12, by: "dee", onCode: true)
    #expect(try review.item(change, asOf: 13).state == .running)
    let reviewed = try review.item(change.approved(14, by: "ben"))
    #expect(reviewed.state == .met)
    #expect(reviewed.hours == 4...4)
  }

  @Test func `who left the host team before the review was not entitled`() throws {
    let review = Promise(.firstReview)
    #expect(try review.item(Change(by: "cy").approved(14, by: "gus")).state == .met)
    let late = try Change(by: "cy", opened: .at(hour(60))).approved(61, by: "gus")
    #expect(try review.item(late, asOf: 62).state == .running)
  }

  @Test func `business days end with the second working day after the day of the start`() throws {
    var days = Promise(.firstResponse)
    days.objective.target = .businessDays(2)
    days.objective.calendar = "office"
    // Friday 10:00: Monday and Tuesday are the two days.
    let item = try days.item(Change(by: "cy", opened: .at(hour(4 * 24 + 10))), asOf: 4 * 24 + 11)
    #expect(item.due == hour(8 * 24 + 17))
    #expect(item.breachesAt == hour(9 * 24 + 9))
    #expect(item.targetSeconds.map { $0 / 3600 } == 23)
  }

  @Test func `an answer after closing time is in time while no working time was lost`() throws {
    var office = promise
    office.objective.calendar = "office"
    let change = try Change(by: "cy", opened: .at(hour(9))).commented(20, by: "bo")
    let item = try office.item(change)
    #expect(item.due == hour(17))
    #expect(item.state == .met)
  }
}
