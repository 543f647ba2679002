import Facts
import Rules
import Testing

/// Level, findings, turn and policy version of a contribution.
@Suite struct AssessmentTests {
  @Test func `a change by the host team is level 1`() throws {
    let level = try assess(Change(by: "bo")).level
    #expect(level == Level(1, .writtenByHostTeam))
    #expect(try assess(Change(by: "bo").approved(20, by: "ben")).level == Level(1, .writtenByHostTeam))
  }

  @Test(arguments: [
    ("cy", Level.Reason.requestedByStakeholder), ("eve@nowhere.example.net", .requestedByStakeholder),
    ("ben", .writtenByHostTeam), ("bo", .writtenByHostTeam), ("robot", .writtenByHostTeam),
  ])
  func `a host's change at somebody's wish is told so, unless the wish came from within`(
    from: String, reason: Level.Reason
  ) throws {
    let change = try Change(by: "bo").with(.inputBy(key: "Reported-by"), .unknown, by: from, .claimed)
    #expect(try assess(change).level == Level(1, reason))
  }

  @Test func `an external change that the host team accepted is level 2`() throws {
    let assessment = try assess(Change(by: "cy").approved(20, by: "bo"))
    #expect(assessment.level == Level(2, .authorisedByPlatform))
    #expect(!assessment.level.isAssisted)
  }

  @Test func `an external change without a sufficient approval has no level, and the reason`() throws {
    #expect(try assess(Change(by: "cy")).level == Level(nil, .unreviewed))
    #expect(try assess(Change(by: "cy", .history)).level == Level(nil, .reviewNotInGit))
    #expect(try assess(Change(by: "cy").approved(20, by: "dee")).level == Level(nil, .unauthorised))
    #expect(try assess(Change(by: "cy").approved(20, by: "cy")).level == Level(nil, .selfApproved))
    let both = try Change(by: "cy").approved(20, by: "cy").approved(21, by: "dee")
    #expect(try assess(both).level == Level(nil, .unauthorised))
    let tooFew = try Change(by: "cy", paths: [2]).approved(20, by: "bo")
    #expect(try assess(tooFew, .components()).level == Level(nil, .unauthorised))
  }

  @Test func `letting authors approve themselves makes no level 2`() throws {
    let policy = Policy.example.with { $0.selfApproval = true }
    let assessment = try assess(Change(by: "cy").approved(20, by: "cy"), policy)
    #expect(assessment.isAuthorised)
    #expect(assessment.level == Level(nil, .selfApproved))
    #expect(
      try assess(Change(by: "cy").approved(20, by: "bo"), policy).level == Level(2, .authorisedByPlatform))
  }

  @Test func `machines and strangers have no level, however well approved`() throws {
    #expect(try assess(Change(by: "robot").approved(20, by: "bo")).level == Level(nil, .bot))
    let stranger = try Change(by: "eve@nowhere.example.net").approved(20, by: "bo")
    #expect(try assess(stranger).level == Level(nil, .unknownAuthor))
    #expect(try assess(Change(by: nil).approved(20, by: "bo")).level == Level(nil, .unknownAuthor))
  }

  @Test func `approvals complete pass the turn to landing, since the last approval`() throws {
    let change = try Change(by: "cy").approved(20, by: "bo").approved(25, by: "dee")
    let ready = try assess(change)
    #expect(ready.turn == .landing)
    #expect(ready.waitingSince == .at(hour(25)))
    let open = try assess(Change(by: "cy"))
    #expect(open.turn == .reviewers)
    #expect(open.waitingSince == .at(hour(10)))
    let asked = try assess(change.with(.comment(onCode: true, asks: true), 30, by: "ben"))
    #expect(asked.turn == .author)
    #expect(asked.waitingSince == .at(hour(30)))
    let landed = try assess(change.landed(40, by: "bo"))
    #expect(landed.turn == nil)
    #expect(landed.waitingSince == .unknown)
  }
}

/// What somebody should look at.
@Suite struct FindingTests {
  @Test(arguments: [
    (AppraiseStatus.submittedWithoutAcceptance, [Finding.landedWithoutAcceptance]),
    (.submittedDespiteRejection, [.landedDespiteRejection]), (.submitted, []), (.abandoned, []),
    (.unknown, [.missingObject]),
  ])
  func `git-appraise's own words become findings`(status: AppraiseStatus, findings: [Finding]) throws {
    #expect(try assess(Change(by: "cy", status: status), .unpromised).findings == findings)
  }

  @Test(arguments: [
    (HeadClass.notFound, [Finding.notFoundInHistory]), (.namedNotVerified, [.nameNotVerified]), (.squash, []),
    (.mergeCommit, []), (.otherBranch, []),
  ])
  func `so does how a head was found`(found: HeadClass, findings: [Finding]) throws {
    #expect(
      try assess(Change(by: "cy", status: nil).head(found), .unpromised).findings.filter {
        $0 != .missingObject
      }
        == findings)
  }

  @Test func `every finding has its own cause`() throws {
    let change = try Change(by: "cy")
    func findings(_ change: Change) throws -> [Finding] { try assess(change, .unpromised).findings }
    #expect(try findings(change) == [])
    #expect(try findings(change.approved(20, by: "bo").landed(30, by: "bo")) == [])
    #expect(try findings(change.approved(20, by: "cy")) == [.selfApproval])
    #expect(try findings(change.approved(20, by: "dee")) == [.unauthorisedApproval])
    #expect(try findings(change.landed(30, by: "cy")) == [.selfMerged])
    #expect(try findings(change.coauthored(by: "bo").landed(30, by: "bo")) == [.selfMerged])
    #expect(try findings(change.landed(30)) == [])
    #expect(try findings(change.landed(30, by: "bo", .claimed)) == [.nameNotVerified])
    #expect(try findings(change.with(.reverted(by: object("2")), 40, by: "bo")) == [.reverted])
    let early = try change.with(.comment(onCode: true, asks: false), 5, by: "bo")
    #expect(try findings(early) == [.responseBeforeOpening])
    let stale = try change.approved(20, by: "bo", of: "a").with(.revision(object("b")), 21)
    #expect(try findings(stale) == [.staleApproval])
    #expect(try findings(Change(by: "cy", status: nil)) == [.missingObject])
  }

  @Test func `a plain commit by whoever landed it is no self-merge`() throws {
    #expect(try assess(Change(commit: "7", by: "cy", landed: 20)).findings == [])
  }

  @Test func `findings stand in the order of their declaration`() throws {
    let change = try Change(by: "cy", status: .submittedDespiteRejection).approved(12, by: "dee")
      .approved(13, by: "cy").with(.comment(onCode: true, asks: false), 5, by: "bo").landed(
        30, by: "cy", .claimed
      )
      .with(.reverted(by: object("2")), 40, by: "bo").head(.notFound)
    #expect(
      try assess(change).findings == [
        .landedDespiteRejection, .selfApproval, .selfMerged, .unauthorisedApproval, .responseBeforeOpening,
        .reverted, .nameNotVerified,
      ])
  }
}

/// Every event is judged by the policy of its own moment.
@Suite struct PolicyMomentTests {
  private func roster(_ members: [String]) -> Policy {
    Policy(
      roster: Roster(
        teams: [.init(id: "platform", isHost: true), .init(id: "guests")],
        people: ["bo", "ben", "cy"].map { handle in
          .init(
            handle: handle, emails: ["\(handle)@example.org"],
            memberships: [.init(team: members.contains(handle) ? "platform" : "guests")])
        }))
  }

  private func history(_ versions: (Int64, Character, Policy)...) throws -> PolicyHistory {
    try #require(
      PolicyHistory(
        try versions.map { .init(from: hour($0.0), commit: try object($0.1), policy: $0.2) }))
  }

  @Test func `a policy that changes between approval and landing does not touch the approval`() throws {
    let policies = try history((0, "a", roster(["bo"])), (50, "b", roster(["ben"])))
    let change = try Change(by: "cy").approved(20, by: "bo").landed(60, by: "ben")
    let assessment = try assess(change, policies)
    #expect(assessment.approvals.map(\.reason) == [.hostMember(team: "platform")])
    #expect(assessment.isAuthorised)
    #expect(assessment.level == Level(2, .authorisedByPlatform))
    #expect(try assessment.policy == PolicyVersion(commit: object("a")))
    let late = try assess(Change(by: "cy").approved(55, by: "bo").approved(56, by: "ben"), policies)
    #expect(late.approvals.map(\.counted) == [false, true])
  }

  @Test func `the origin is judged by the policy of the opening`() throws {
    let policies = try history((0, "a", roster(["bo"])), (50, "b", roster(["bo", "cy"])))
    #expect(try assess(Change(by: "cy", opened: .at(hour(49))), policies).origin.kind == .external)
    let later = try assess(Change(by: "cy", opened: .at(hour(50))), policies)
    #expect(later.origin.kind == .platform)
    #expect(try later.policy == PolicyVersion(commit: object("b")))
  }

  @Test func `what came before the first policy is judged by it, and told so`() throws {
    let policies = try history((50, "a", roster(["bo"])), (80, "b", roster(["ben"])))
    let assessment = try assess(Change(by: "cy").approved(20, by: "bo"), policies)
    #expect(try assessment.policy == PolicyVersion(commit: object("a"), isBeforeFirst: true))
    #expect(assessment.findings == [.beforeFirstPolicy])
    #expect(assessment.level == Level(2, .authorisedByPlatform))
    let after = try assess(Change(by: "cy", opened: .at(hour(50))), policies)
    #expect(after.findings == [.lateFirstReview])
  }

  @Test func `two versions of the same moment are not confused`() throws {
    let docs = try Platform(components: [.init(id: "docs", paths: PathList(["docs/**"]), host: "guests")])
    var second = roster(["bo"])
    second.platform = docs
    let policies = try history((50, "a", roster(["bo"])), (50, "b", second))
    let judgement = try Judgement(
      [Change(1, by: "cy", opened: .at(hour(10))), Change(2, by: "cy", opened: .at(hour(60)))], policies)
    #expect(judgement.assessments.map(\.components) == [[], ["docs"]])
    #expect(judgement.assessments.map(\.origin.kind) == [.external, .platform])
  }
}
