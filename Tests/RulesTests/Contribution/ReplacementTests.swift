import Facts
import Rules
import Testing

/// What becomes of an approval when another revision follows.
@Suite struct ReplacementTests {
  private let survives = Policy.example.with { $0.survivesTrivialRebase = true }

  /// Approved as `a` in hour 20, and pushed again as `b` in hour 21.
  private func pushedAgain(_ source: SourceKind = .appraise) throws -> Change {
    try Change(by: "cy", source).with(.revision(object("a")), 11).approved(20, by: "bo", of: "a")
      .with(.revision(object("b")), 21)
  }

  private func approval(
    _ change: Change, _ policy: Policy, _ likeness: [RevisionQuestion: RevisionLikeness] = [:]
  ) throws -> JudgedApproval {
    let judged = Judgement([change], PolicyHistory(always: policy), likeness: likeness)
    return try #require(judged.assessments.first?.approvals.first)
  }

  private func question(
    _ base: RevisionQuestion.Base = .branch(landing: nil, commits: []), later: Character = "b"
  ) throws -> RevisionQuestion {
    RevisionQuestion(approved: try object("a"), later: try object(later), base: base)
  }

  @Test func `it passes on to the same change where the policy lets it, and only there`() throws {
    let change = try pushedAgain()
    let same = [try question(): RevisionLikeness.sameChange]
    let kept = try approval(change, survives, same)
    #expect(kept.counted)
    #expect(kept.reason == .hostMember(team: "platform"))
    #expect(kept.replacement == .init(try question(), .sameChange))
    let ended = try approval(change, .example, same)
    #expect(!ended.counted)
    #expect(ended.reason == .stale)
    #expect(ended.replacement == .init(try question(), nil))
    let ignored = try approval(change, .example.with { $0.staleOnNewRevision = false }, same)
    #expect(ignored.counted)
    #expect(ignored.replacement == nil)
  }

  @Test(arguments: [RevisionLikeness.otherChange, .notKnown])
  func `it ends with another change, and where nobody can tell`(likeness: RevisionLikeness) throws {
    let judged = try approval(pushedAgain(), survives, [question(): likeness])
    #expect(!judged.counted)
    #expect(judged.reason == .stale)
    #expect(judged.replacement?.likeness == likeness)
  }

  @Test func `what no answer was asked for is not known, and is asked`() throws {
    let judged = Judgement([try pushedAgain()], survives)
    let assessment = try #require(judged.assessments.first)
    #expect(assessment.approvals.map(\.reason) == [.stale])
    #expect(assessment.openQuestions == [try question()])
    #expect(!assessment.isAuthorised)
    #expect(try assess(pushedAgain()).openQuestions.isEmpty, "the policy lets nothing pass on")
    let again = Judgement(
      [try pushedAgain()], PolicyHistory(always: survives), likeness: [try question(): .sameChange])
    #expect(again.assessments.first?.openQuestions.isEmpty == true)
    #expect(again.assessments.first?.isAuthorised == true)
  }

  @Test func `nothing is asked for approvals that count for nothing anyway`() throws {
    for who in ["cy", "dee", "robot"] {
      let change = try Change(by: "cy").with(.revision(object("a")), 11).approved(20, by: who, of: "a")
        .with(.revision(object("b")), 21)
      #expect(try assess(change, survives).openQuestions.isEmpty, "\(who)")
    }
    let rejected = try pushedAgain().with(.verdict(.reject, revision: nil), 22, by: "bo")
    #expect(try assess(rejected, survives).openQuestions.isEmpty)
  }

  @Test func `the last revision before the landing is compared, and going back is no other change`() throws {
    let twice = try pushedAgain().with(.revision(object("c")), 22)
    #expect(try approval(twice, survives).replacement?.question == (try question(later: "c")))
    let back = try pushedAgain().with(.revision(object("a")), 22)
    let judged = try approval(back, survives)
    #expect(judged.counted)
    #expect(judged.replacement?.likeness == .sameChange)
    #expect(try approval(back, .example).reason == .stale)
    let landed = try pushedAgain().landed(22, by: "bo").with(.revision(object("c")), 23)
    let base = RevisionQuestion.Base.branch(landing: try object("9"), commits: [])
    let question = try #require(try approval(landed, survives).replacement?.question)
    #expect(question.later == (try object("b")))
    #expect(question.base == base)
  }

  @Test func `a patch set of Gerrit is compared with its parent`() throws {
    let judged = try approval(pushedAgain(.gerrit), survives)
    #expect(judged.replacement?.question == (try question(.parent)))
  }

  @Test func `a vote that the review system carries over is asked about from there`() throws {
    let carried = try pushedAgain().with(.verdictCarried(.approve, revision: object("b")), 21, by: "bo")
    #expect(try approval(carried, survives).replacement == nil)
    #expect(try approval(carried, .example).counted)
    let next = try approval(carried.with(.revision(object("c")), 22), survives)
    let asked = RevisionQuestion(
      approved: try object("b"), later: try object("c"), base: .branch(landing: nil, commits: []))
    #expect(next.replacement?.question == asked)
    #expect(next.reason == .stale)
  }

  @Test func `a weak approval stays weak when it passes on`() throws {
    let policy = survives.with { $0.minimumGrade.reports = .signed }
    let judged = try approval(pushedAgain(), policy, [question(): .sameChange])
    #expect(judged.reason == .gradeTooLow(.recorded))
    #expect(judged.replacement?.keepsApproval == true)
  }
}
