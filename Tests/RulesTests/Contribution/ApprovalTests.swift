import Facts
import Rules
import Testing

/// What each approval is worth, and why.
@Suite struct ApprovalTests {
  private func approval(_ change: Change, _ policy: Policy = .example) throws -> JudgedApproval {
    try #require(try assess(change, policy).approvals.first)
  }

  @Test(arguments: [
    ("bo", 20, Authority.platform, true, JudgedApproval.Reason.hostMember(team: "platform")),
    ("ada", 99, .unauthorised, false, .hostMemberOnly(from: hour(100), until: nil)),
    ("ada", 100, .platform, true, .hostMember(team: "platform")),
    ("gus", 49, .platform, true, .hostMember(team: "platform")),
    ("gus", 50, .unauthorised, false, .hostMemberOnly(from: nil, until: hour(50))),
    ("dee", 20, .unauthorised, false, .inOtherTeams(["writers"])),
    ("lone", 20, .unauthorised, false, .inOtherTeams([])),
    ("eve@pay.example.org", 20, .unauthorised, false, .inOtherTeams(["payments"])),
    ("eve@nowhere.example.net", 20, .unauthorised, false, .notInRoster),
    ("robot", 20, .unauthorised, false, .machine), ("cy", 20, .`self`, false, .wroteTheChange),
  ])
  func `authority is that of the moment of the approval`(
    approver: String, at: Int, authority: Authority, counted: Bool, reason: JudgedApproval.Reason
  ) throws {
    let found = try approval(Change(by: "cy").approved(Int64(at), by: approver).landed(500, by: "bo"))
    #expect(found.authority == authority)
    #expect(found.counted == counted)
    #expect(found.reason == reason)
  }

  @Test func `co-authors and the author's second address approve themselves`() throws {
    let change = try Change(by: "ada", opened: .at(hour(200))).coauthored(by: "bo")
      .approved(210, by: "bo").approved(211, by: "ada@home.example.org")
    let approvals = try assess(change).approvals
    #expect(approvals.map(\.authority) == [.`self`, .`self`])
    #expect(approvals.map(\.counted) == [false, false])
  }

  @Test func `a policy may let authors approve themselves`() throws {
    let found = try approval(
      Change(by: "cy").approved(20, by: "cy"), .example.with { $0.selfApproval = true })
    #expect(found.authority == .`self`)
    #expect(found.counted)
    #expect(found.reason == .wroteTheChange)
  }

  @Test func `a trailer counts at the landing, with its own grade`() throws {
    let change = try Change(by: "cy", .history).trailer("Reviewed-by", by: "gus")
    let late = try approval(change.landed(60, by: "bo"))
    #expect(late.reason == .hostMemberOnly(from: nil, until: hour(50)))
    let early = try approval(change.landed(40, by: "bo"))
    #expect(early.reason == .hostMember(team: "platform"))
    #expect(early.counted)
    let strict = Policy.example.with { $0.minimumGrade = .init(reports: .recorded) }
    let weak = try approval(change.landed(40, by: "bo"), strict)
    #expect(!weak.counted)
    #expect(weak.authority == .platform)
    #expect(weak.reason == .gradeTooLow(.claimed))
    #expect(try approval(Change(by: "cy").approved(20, by: "bo"), strict).counted)
  }

  @Test func `an approval that names nobody is none`() throws {
    let change = try Change(by: "cy").with(.verdict(.approve, revision: nil), 20)
    #expect(try assess(change).approvals.isEmpty)
  }

  @Test(arguments: [Observation.Kind.verdict(.reject, revision: nil), .verdictWithdrawn])
  func `whoever rejects or withdraws afterwards no longer approves`(kind: Observation.Kind) throws {
    let change = try Change(by: "cy").approved(20, by: "bo")
    let later = try approval(change.with(kind, 21, by: "bo"))
    #expect(!later.counted)
    #expect(later.reason == .superseded)
    #expect(later.authority == .platform)
    #expect(try approval(change.with(kind, 19, by: "bo")).counted)
    #expect(try approval(change.with(kind, 21, by: "ben")).counted)
    let again = try assess(change.with(kind, 21, by: "bo").approved(22, by: "bo"))
    #expect(again.approvals.map(\.counted) == [false, true])
    #expect(again.isAuthorised)
  }

  @Test func `an approval counts for the revision it was given on`() throws {
    let change = try Change(by: "cy").with(.revision(object("a")), 11).approved(20, by: "bo", of: "a")
    #expect(try approval(change).counted)
    let pushed = try approval(change.with(.revision(object("b")), 21))
    #expect(!pushed.counted)
    #expect(pushed.reason == .stale)
    #expect(try pushed.revision == object("a"))
    #expect(try approval(change.with(.revision(object("a")), 21)).counted)
    #expect(try approval(change.landed(21, by: "bo").with(.revision(object("b")), 22)).counted)
    let bounded = try change.with(.revision(object("b")), .between(hour(15), hour(30)), by: "cy", .bounded)
    #expect(try approval(bounded).counted, "nobody knows that the revision came later")
    let unnamed = try Change(by: "cy").approved(20, by: "bo").with(.revision(object("b")), 21)
    #expect(try approval(unnamed).counted)
  }

  @Test func `without a roster the inferred hosts approve`() throws {
    var changes = try (1...5).map { try Change($0, by: "cy").landed(Int64(9_000 + $0), by: "bo") }
    changes.append(try Change(6, by: "cy").approved(20, by: "bo").approved(21, by: "ben"))
    let found = try #require(Judgement(changes, .defaults).assessments.last).approvals
    #expect(found.map(\.reason) == [.inferredHost(landings: 5), .inOtherTeams([])])
    #expect(found.map(\.counted) == [true, false])
    #expect(try approval(Change(by: "cy").approved(20, by: "bo"), .defaults).reason == .noHostKnown)
  }
}

/// Whether the counted approvals cover every touched path with enough people.
@Suite struct AuthorisationTests {
  private func isAuthorised(_ paths: [Int32]?, by approvers: String..., policy: Policy) throws -> Bool {
    var change = try Change(by: "cy", paths: paths)
    for (place, approver) in approvers.enumerated() {
      change = try change.approved(Int64(20 + place), by: approver)
    }
    return try assess(change, policy).isAuthorised
  }

  @Test func `each path needs its own host and its own number of people`() throws {
    let policy = try Policy.components()
    #expect(try isAuthorised([1], by: "bo", policy: policy))
    #expect(try !isAuthorised([1], by: "dee", policy: policy))
    #expect(try isAuthorised([0], by: "dee", policy: policy))
    #expect(try !isAuthorised([0], by: "bo", policy: policy))
    #expect(try !isAuthorised([0, 1], by: "bo", policy: policy))
    #expect(try isAuthorised([0, 1], by: "bo", "dee", policy: policy))
    #expect(try !isAuthorised([2], by: "bo", policy: policy))
    #expect(try !isAuthorised([2], by: "bo", "bo", policy: policy))
    #expect(try !isAuthorised([2], by: "bo", "dee", policy: policy))
    #expect(try isAuthorised([2], by: "bo", "ben", policy: policy))
    #expect(try isAuthorised([1, 2], by: "ben", "bo", policy: policy))
    #expect(try isAuthorised([3], by: "bo", policy: policy))
    #expect(try !isAuthorised([3], by: "dee", policy: policy))
  }

  @Test func `where the paths are not known the strictest rule holds`() throws {
    let policy = try Policy.components()
    #expect(try !isAuthorised(nil, by: "bo", policy: policy))
    #expect(try isAuthorised(nil, by: "bo", "ben", policy: policy))
    #expect(try isAuthorised(nil, by: "bo", policy: .example))
    #expect(try !isAuthorised([], policy: .example))
  }

  @Test func `counts hold without components as well`() throws {
    var policy = try Policy.components()
    policy.platform = .defaults
    #expect(try isAuthorised([1], by: "bo", policy: policy))
    #expect(try !isAuthorised([1, 2], by: "bo", policy: policy))
    #expect(try isAuthorised([1, 2], by: "bo", "ben", policy: policy))
  }

  @Test func `a path that asks for nobody needs no approval`() throws {
    let open = try DelegationPolicy.ApprovalRule(paths: PathList(["docs/**"]), count: 0, from: [.platform])
    let policy = try Policy.components().with { $0.approvals.append(open) }
    #expect(try isAuthorised([0], policy: policy))
    #expect(try !isAuthorised([0, 1], policy: policy))
    #expect(try isAuthorised([0, 1], by: "bo", policy: policy))
  }

  @Test func `an approval by a right that the rule does not list covers nothing`() throws {
    let rule = DelegationPolicy.ApprovalRule(paths: .everything, count: 1, from: [.delegated])
    #expect(try !isAuthorised([1], by: "bo", policy: .components().with { $0.approvals = [rule] }))
  }
}
