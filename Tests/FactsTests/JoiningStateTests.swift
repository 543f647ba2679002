import Facts
import Testing

/// Which state all traces together support.
@Suite struct JoiningStateTests {
  @Test(arguments: [
    (AppraiseStatus.submitted, Contribution.State.merged), (.submittedWithoutAcceptance, .merged),
    (.submittedDespiteRejection, .merged), (.accepted, .open), (.pending, .open), (.rejected, .open),
    (.abandoned, .abandoned),
  ])
  func `a review record's own word decides`(status: AppraiseStatus, state: Contribution.State) throws {
    let found = try Story().standing(.appraise(status)).contribution
    #expect(found.state == state)
    #expect(found.basis == .review(status))
  }

  @Test(arguments: AppraiseStatus.allCases)
  func `a landing outweighs every word`(status: AppraiseStatus) throws {
    let found = try Story().standing(.appraise(status)).with(.landed(commit: object("1")), 5).contribution
    #expect(found.state == .merged)
    #expect(found.basis == .landed)
  }

  @Test(arguments: [AppraiseStatus.accepted, .pending, .rejected])
  func `an open review is a draft while the last word about it says so`(status: AppraiseStatus) throws {
    let story = Story().standing(.appraise(status))
    #expect(try story.with(.draft, 1).contribution.state == .draft)
    #expect(try story.with(.draft, 1).with(.ready, 2).contribution.state == .open)
    #expect(try story.with(.ready, 1).with(.draft, 2).contribution.state == .draft)
    #expect(try story.with(.draft, 1).with(.revision(object("1")), 2).contribution.state == .draft)
  }

  @Test func `whoever gives a review up has the last word over its status, until it is restored`() throws {
    let story = try Story().standing(.appraise(.pending)).with(.abandoned, 3, by: "ada")
    #expect(try story.contribution.state == .abandoned)
    #expect(try story.contribution.basis == .review(.pending))
    #expect(try story.with(.restored, 4, by: "ada").contribution.state == .open)
    #expect(try story.with(.landed(commit: object("1")), 4).contribution.state == .merged)
  }

  @Test func `records about an object that is not here leave the state undetermined`() throws {
    let found = try Story().standing(.appraise(.unknown)).contribution
    #expect(found.state == .undetermined)
    #expect(found.basis == .missingObject)
    let bare = try Story().standing(nil).contribution
    #expect(bare.state == .undetermined)
    #expect(bare.basis == .missingObject)
  }

  @Test(arguments: HeadClass.allCases)
  func `a head that did not land leaves the state undetermined, whatever its class`(found: HeadClass) throws {
    let contribution = try Story(.pullRefs).standing(.head(found)).contribution
    #expect(contribution.state == .undetermined)
    #expect(contribution.basis == .head(found))
  }

  @Test func `a review record outweighs a head`() throws {
    let review = Story(.appraise).standing(.appraise(.abandoned)).trace
    let head = Story(.pullRefs).standing(.head(.notFound)).trace
    for traces in [[review, head], [head, review]] {
      let found = try #require(joined(traces).first)
      #expect(found.state == .abandoned)
      #expect(found.standings == [.appraise(.abandoned), .head(.notFound)])
    }
  }
}
