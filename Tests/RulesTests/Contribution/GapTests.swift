import Facts
import Rules
import Testing

/// Why facts are not known.
@Suite struct GapTests {
  @Test func `a fact whose moment is known has no reason`() throws {
    let gaps = try assess(Change(by: "cy").approved(20, by: "bo").landed(30, by: "bo")).gaps
    #expect([gaps.opened, gaps.firstResponse, gaps.firstReview, gaps.landed] == [nil, nil, nil, nil])
  }

  @Test func `limits are told as limits`() throws {
    let change = try Change(by: "cy", opened: .between(hour(1), nil)).with(
      .comment(onCode: true, asks: false), .between(hour(2), hour(3)), by: "bo")
    let gaps = try assess(change).gaps
    #expect(gaps.opened == .onlyLimits)
    #expect(gaps.firstResponse == .onlyLimits)
    #expect(gaps.firstReview == .onlyLimits)
  }

  @Test func `an answer is missing because nobody gave one, or because nothing here would tell`() throws {
    #expect(try assess(Change(by: "cy")).gaps.firstResponse == .unanswered)
    #expect(try assess(Change(by: "cy").landed(30, by: "bo")).gaps.firstReview == .endedUnanswered)
    let plain = try Change(by: "cy", .history).landed(30, by: "bo")
    #expect(try assess(plain).gaps.firstResponse == .noReviewRecord)
    let named = try plain.with(.approvedByTrailer(key: "Reviewed-by"), .between(nil, hour(30)), by: "ben")
    #expect(try assess(named).gaps.firstReview == .onlyTrailers)
  }

  @Test func `a landing is missing because it waits, or because history does not show one`() throws {
    #expect(try assess(Change(by: "cy")).gaps.landed == .notLanded)
    let head = try Change(by: "cy", .pullRefs, opened: .between(hour(1), nil)).head(.notFound)
    #expect(try assess(head).gaps.landed == .notFoundInHistory)
    #expect(try assess(Change(by: "cy", opened: nil)).gaps.opened == .noSource)
  }
}
