import Facts
import Rules
import Testing

/// What ownership files do to origin, authority and who may review.
@Suite struct OwnersJudgementTests {
  private static let file = "/net/ bo@example.org @acme/writers\n/docs/ dee@example.org\nREADME @stranger\n"

  /// Judges changes by a file that is the same for all of time.
  private func judge(
    _ changes: [Change], _ policy: Policy, _ text: String = file, moments: OwnershipMoments? = nil
  ) throws -> Judgement {
    let reading = policy.ownershipReading
    let one = OwnershipMoments([.init(commit: try object("9"), from: hour(0))])
    let files = try #require(ownership([".github/CODEOWNERS": text], reading.format))
    return Judgement(changes, PolicyHistory(always: policy)) { lookup in
      var record = OwnershipRecord(moments ?? one, lookup)
      if reading != .none {
        record.add(files, version: 0, reading, paths: [0, 1, 2, 3], names: Judgement.paths)
      }
      return record
    }
  }

  private func place(_ line: Int) -> OwnershipPlace { OwnershipPlace(file: ".github/CODEOWNERS", line: line) }

  /// Five landings of others' work make cy a host by history.
  private func hosting() throws -> [Change] {
    try (11...15).map { try Change($0, by: "eve", paths: [3]).landed(Int64(9_000 + $0), by: "cy") }
  }

  private var byPolicy: Policy {
    Policy(roster: .example, platform: Platform(ownership: .codeOwners))
  }

  @Test func `without a roster owners by file host their paths, and whoever lands others' work the rest`()
    throws
  {
    let changes =
      try hosting() + [
        Change(1, by: "bo", paths: [1]), Change(2, by: "bo", paths: [0]), Change(3, by: "cy", paths: [1]),
        Change(4, by: "eve", paths: [1]),
      ]
    let judged = try judge(changes, .defaults).assessments.prefix(4).map(\.origin)
    #expect(
      judged == [
        JudgedOrigin(.platform, .ownerByFile(place(1))), JudgedOrigin(.external, .inferredGuest),
        JudgedOrigin(.platform, .inferredHost(landings: 5)), JudgedOrigin(.external, .inferredGuest),
      ])
  }

  @Test func `where nobody lands others' work, those whom the file does not name are external`() throws {
    let changes = try [
      Change(1, by: "cy", paths: [1]).approved(20, by: "bo"), Change(2, by: "cy", paths: [3]),
    ]
    let judged = try judge(changes, .defaults).assessments
    #expect(
      judged.map(\.origin) == [
        JudgedOrigin(.external, .notOwnerByFile), JudgedOrigin(.unknown, .noHostKnown),
      ])
    #expect(judged[0].level == Level(2, .authorisedByPlatform))
  }

  @Test func `an owner's approval counts for the platform on the owner's paths, with the line`() throws {
    let text = "/net/ bo@example.org\n/docs/ dee@example.org\n"
    func judged(_ change: Change) throws -> Assessment { try judge([change], byPolicy, text).assessments[0] }
    let own = try judged(Change(by: "cy", paths: [0]).approved(20, by: "dee"))
    #expect(own.approvals.map(\.authority) == [.platform])
    #expect(own.approvals.map(\.reason) == [.ownerByFile(place(2))])
    #expect(own.isAuthorised)
    #expect(own.level == Level(2, .authorisedByPlatform))
    let part = try judged(Change(by: "cy", paths: [0, 1]).approved(20, by: "dee"))
    #expect(part.approvals.map(\.counted) == [true])
    #expect(!part.isAuthorised)
    let whole = try Change(by: "cy", paths: [0, 1]).approved(20, by: "dee").approved(21, by: "bo")
    #expect(try judged(whole).isAuthorised)
    let other = try judged(Change(by: "cy", paths: [1]).approved(20, by: "dee"))
    #expect(other.approvals.map(\.reason) == [.inOtherTeams(["writers"])])
  }

  @Test func `a team of the file is the roster's team of that name, at the moment of the approval`() throws {
    let change = try Change(by: "cy", paths: [1]).approved(20, by: "dee")
    let judged = try judge([change], byPolicy).assessments[0]
    #expect(judged.approvals.map(\.reason) == [.ownerByFile(place(1))])
    let stranger = try judge([change], byPolicy, "/net/ @acme/nobody\n").assessments[0]
    #expect(stranger.approvals.map(\.reason) == [.inOtherTeams(["writers"])])
  }

  @Test func `with a roster and no word in the policy, files say nothing`() throws {
    let judged = try judge([Change(by: "cy", paths: [0]).approved(20, by: "dee")], .example).assessments[0]
    #expect(judged.approvals.map(\.authority) == [.unauthorised])
    #expect(judged.owners == nil)
  }

  @Test func `the origin is by the roster where there is one, whatever the file says`() throws {
    let judged = try judge([Change(by: "dee", paths: [0])], byPolicy).assessments[0]
    #expect(judged.origin == JudgedOrigin(.external, .otherTeams(["writers"])))
  }

  @Test func `everybody may approve where the file says so, and nobody becomes a host by it`() throws {
    let files = try #require(ownership(["OWNERS": "*\n"], nil))
    let changes = try [Change(by: "cy", paths: [3]).approved(20, by: "eve")]
    let judged = Judgement(changes, PolicyHistory(always: .defaults)) { lookup in
      var record = OwnershipRecord(
        OwnershipMoments([.init(commit: files.commit, from: hour(0))]), lookup)
      record.add(files, version: 0, .asShown, paths: [3], names: Judgement.paths)
      return record
    }.assessments[0]
    #expect(judged.origin.kind == .unknown)
    #expect(judged.approvals.map(\.authority) == [.platform])
  }

  @Test func `who may review a waiting change is told with rule, team and what is nobody's`() throws {
    let judged = try judge([Change(by: "bo", paths: [0, 1, 2, 3])], byPolicy)
    let owners = try #require(judged.assessments[0].owners)
    #expect(owners.groups.map(\.place.line) == [2, 1, 3])
    #expect(owners.groups.map(\.paths) == [1, 2, 1])
    #expect(owners.unowned == 0)
    #expect(owners.approvers.map(\.owner.shown) == ["dee@example.org", "@acme/writers", "@stranger"])
    #expect(owners.approvers.map(\.team) == [nil, "writers", nil])
    #expect(owners.source.basis == .policy)
    let landed = try judge([Change(by: "cy", paths: [0]).landed(30, by: "bo")], byPolicy).assessments[0]
    #expect(landed.owners == nil)
  }

  @Test func `a landed change is judged by the files before it, not by its own`() throws {
    let change = try Change(by: "cy", paths: [0]).approved(20, by: "dee").landed(30, by: "bo")
    let none = OwnershipMoments(
      [.init(commit: try object("9"), from: hour(30))], bases: [try object("9"): -1])
    let judged = try judge([change], byPolicy, moments: none).assessments[0]
    #expect(judged.approvals.map(\.authority) == [.unauthorised])
    let before = OwnershipMoments(
      [.init(commit: try object("8"), from: hour(1)), .init(commit: try object("9"), from: hour(30))],
      bases: [try object("9"): 0])
    #expect(try judge([change], byPolicy, moments: before).assessments[0].isAuthorised)
  }

  @Test func `a version holds from its moment for changes that the branch does not know`() throws {
    let moments = OwnershipMoments(
      [.init(commit: try object("8"), from: hour(1)), .init(commit: try object("9"), from: hour(30))])
    #expect(moments.number(at: hour(0)) == 0)
    #expect(moments.number(at: hour(29)) == 0)
    #expect(moments.number(at: hour(30)) == 1)
    #expect(moments.newest == 1)
    #expect(OwnershipMoments().number(at: hour(0)) == nil)
  }
}

/// What of ownership files a platform file can say.
@Suite struct OwnershipPartsTests {
  private func paths(_ texts: [String: String], _ format: OwnershipFormat) throws -> [[String]] {
    try #require(ownership(texts, format)).parts().parts.map(\.paths)
  }

  @Test func `patterns become those of a platform file`() throws {
    let text = "* @all\n/lib/ @ada\n*.md @docs\nfoo @bo\na/b.c @cy\n/x/**/y/ @di\n/none/\n/a**b @ev\n"
    let file = try #require(ownership(["CODEOWNERS": text], .codeOwners))
    let (parts, inexpressible) = file.parts()
    #expect(
      parts.map(\.paths) == [
        ["**"], ["lib/**"], ["**/*.md"], ["**/foo", "**/foo/**"], ["a/b.c"], ["x/**/y/**"],
      ])
    #expect(parts.map(\.isEverything) == [true, false, false, false, false, false])
    #expect(parts.map(\.place.line) == [1, 2, 3, 4, 5, 6])
    #expect(inexpressible == 2)
  }

  @Test func `rules of one section with the same owners are one part`() throws {
    let text = "[Core] @ada\n/a/\n/b/\n/c/ @bo\n[Docs] @ada\n*.[ch]\nx\n"
    let file = try #require(ownership(["CODEOWNERS": text], .gitLabCodeOwners))
    #expect(file.parts().parts.map(\.paths) == [["a/**", "b/**"], ["c/**"], ["**/x"]])
    #expect(file.parts().parts.map(\.name) == ["Core", "Core", "Docs"])
    #expect(file.parts().inexpressible == 1)
  }

  @Test func `directories and sections are parts as well`() throws {
    #expect(try paths(["OWNERS": "ada@x", "a[b]/OWNERS": "bo@x"], .owners) == [["**"], ["a\\[b\\]/**"]])
    #expect(try paths(["a/OWNERS": #"{"approvers": ["bo"]}"#], .owners) == [["a/**"]])
    let text = "POOL\nM:\ta@x\nF:\tlib/pool/\nF:\tlib/p*\nF:\tlib/(x)\nREST\nM:\tb@x\nF:\t*\nF:\t*/\n"
    #expect(try paths(["MAINTAINERS": text], .maintainers) == [["lib/pool/**", "lib/p*"], ["**"]])
  }
}
