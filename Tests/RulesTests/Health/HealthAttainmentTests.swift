import Facts
import Rules
import Testing

/// The share of first reviews that came in time.
@Suite struct HealthAttainmentTests {
  private func policy(floor: Int = 2) -> Policy {
    var promise = Promise(.firstReview)
    promise.objective.minimumSample = floor
    promise.objective.appliesTo.origins = [.external]
    return promise.policy
  }

  private func reviewed(_ number: Int, _ hours: Int64, by author: String = "cy") throws -> Change {
    try Change(number, by: author).commented(10 + hours, by: "bo", onCode: true)
  }

  @Test func `counts what came due in the window, open ones among it`() throws {
    let changes = try [
      reviewed(1, 2), reviewed(2, 9), Change(3, by: "cy"), reviewed(4, 1, by: "ben"),
      Change(5, by: "cy", opened: .at(hour(95))), Change(6, by: "cy", opened: .at(hour(-50))),
    ]
    let found = try Figures(changes, policy())[.firstReviewAttainment]
    #expect(found.value == .ratio(hits: 1, of: 3))
    #expect(found.sample == 3)
    #expect(found.grade == .recorded)
    #expect(found.remarks == [.promised(objective: "first-review", share: 0.9)])
    #expect(found.sources.map(\.source) == [.appraise])
  }

  @Test func `too few are refused with their number`() throws {
    let found = try Figures([reviewed(1, 2)], policy(floor: 3))[.firstReviewAttainment]
    #expect(found.value == .refused(.tooFew))
    #expect(found.sample == 1)
    #expect(found.remarks.contains(.floor(3)))
  }

  @Test func `without an objective, or without reviews in Git, it is refused with that reason`() throws {
    let host = try Figures([reviewed(1, 2, by: "ben")], policy())[.firstReviewAttainment]
    #expect(host.value == .refused(.noObjective))
    let plain = try Change(1, by: "cy", .pullRefs).landed(30)
    let unknown = try Figures([plain], policy())[.firstReviewAttainment]
    #expect(unknown.value == .refused(.noReviews))
    #expect(unknown.remarks == [.unknown(1)])
    let later = try Figures([reviewed(1, 2)], policy(), since: 50)[.firstReviewAttainment]
    #expect(later.value == .refused(.nothingInWindow))
  }
}
