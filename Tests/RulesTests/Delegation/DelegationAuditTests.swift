import Facts
import Rules
import Testing

/// Findings about grants and approvals, each with its grave and its harmless neighbour.
@Suite struct DelegationAuditTests {
  private static func policy(
    _ grants: [Grant], _ change: (inout DelegationPolicy) -> Void = { _ in }
  ) -> Policy {
    var delegation = DelegationPolicy(
      granting: .init(teams: ["platform"], maxDepth: 2, unusedAfter: 90 * 86_400))
    change(&delegation)
    return Policy(roster: .example, delegation: delegation, grants: grants)
  }

  private func findings(
    _ grants: [Grant], _ changes: [Change] = [], asOf: Instant = hour(500),
    _ change: (inout DelegationPolicy) -> Void = { _ in }
  ) -> [AuditFinding] {
    DeedFixture(changes, Self.policy(grants, change), asOf: asOf).audit(asOf: asOf).findings
  }

  private static var tls: PathList {
    // A pattern that does not parse would protect nothing and fail the tests that use it.
    (try? PathList(["net/tls/**"])) ?? .nothing
  }

  private func kinds(_ findings: [AuditFinding]) -> [AuditFinding.Kind] { findings.map(\.kind) }

  @Test func `a sound grant gives no finding`() throws {
    let audit = DeedFixture(
      [], Self.policy([try GrantTests.grant("docs", to: "cy", until: 5000)]), asOf: hour(500)
    )
    .audit(asOf: hour(500))
    #expect(audit.findings == [])
    #expect(audit.worst == nil)
    #expect(audit.refusals.map(\.reason) == Array(repeating: .reviewsNotInGit, count: 4))
  }

  @Test func `grants that do not hold are errors, each by its name`() throws {
    let orphan = try GrantTests.grant("orphan", to: "cy", by: "gus", until: 5000)
    let own = try GrantTests.grant("own", to: "dee", by: "dee", until: 5000)
    let found = findings([orphan, own])
    #expect(found.map(\.severity) == [.error, .error])
    #expect(kinds(found) == [.orphaned, .selfGranted])
    #expect(found.map(\.grant) == ["orphan", "own"])
    let circle = [
      try GrantTests.grant("one", to: "cy", by: "dee", verbs: [.approve, .delegate], until: 5000, depth: 9),
      try GrantTests.grant("two", to: "dee", by: "cy", verbs: [.approve, .delegate], until: 5000, depth: 9),
    ]
    #expect(Set(kinds(findings(circle))).isSubset(of: [.circle, .orphaned, .tooDeep]))
    #expect(
      kinds(findings([try GrantTests.grant("docs", to: "cy", until: 5000)]) { $0.granting = nil }).contains(
        .nobodyMayGrant))
  }

  @Test func `what the history says against a grant is an error`() throws {
    let fixture = DeedFixture([], try versions([[], [try GrantTests.grant("docs", to: "cy", until: 5000)]]))
    let history = GrantHistory(fixture.policies) { _ in [.handle("cy")] }
    #expect(kinds(fixture.audit(history, asOf: hour(500)).findings) == [.broughtByNobodyEntitled])
    let sound = GrantHistory(fixture.policies) { _ in [.handle("bo")] }
    #expect(fixture.audit(sound, asOf: hour(500)).findings == [])
  }

  private func versions(
    _ grants: [[Grant]], _ change: (inout DelegationPolicy) -> Void = { _ in }
  ) throws -> PolicyHistory {
    let digits: [Character] = ["0", "1", "2", "3"]
    return try #require(
      PolicyHistory(
        try grants.enumerated().map { place, grants in
          .init(
            from: hour(Int64(place) * 100), commit: try object(digits[place]),
            policy: Self.policy(grants, change))
        }))
  }

  @Test func `a grant that says more than its giver holds is told`() throws {
    let upper = try GrantTests.grant(
      "upper", to: "dee", ["docs/**"], verbs: [.approve, .delegate], until: 5000, depth: 1)
    let lower = try GrantTests.grant(
      "lower", to: "cy", by: "dee", ["docs/**", "net/**"], verbs: [.approve], until: 4000)
    let found = findings([upper, lower])
    #expect(kinds(found).contains(.widerThanGrantor))
    #expect(
      found.first { $0.kind == .widerThanGrantor }?.matter
        == .wider(.pathNotHeld([.approve], example: Array("net/x".utf8))))
  }

  @Test func `open ends, protected paths and whole platforms are warnings`() throws {
    let open = try GrantTests.grant("open", to: "cy", until: nil)
    #expect(kinds(findings([open])) == [.openEnded])
    let wide = try GrantTests.grant("wide", to: "cy", ["**"], until: 5000)
    let found = findings([wide]) { $0.protected = Self.tls }
    #expect(kinds(found) == [.coversProtected, .coversEverything])
    #expect(found.allSatisfy { $0.severity == .warning })
    let careful = try GrantTests.grant("careful", to: "cy", ["net/**", "!net/tls/**"], until: 5000)
    #expect(findings([careful]) { $0.protected = Self.tls } == [])
  }

  @Test func `a grant that ends soon is noted, to the second`() throws {
    let grant = try GrantTests.grant("docs", to: "cy", until: 1220)
    #expect(kinds(findings([grant], asOf: hour(500))) == [.expiring])
    #expect(findings([grant], asOf: Instant(seconds: hour(500).seconds - 1)) == [])
  }

  @Test func `unused means no act on its paths for as long as the policy says`() throws {
    let grant = try GrantTests.grant("docs", to: "cy", until: 50_000)
    let act = try Change(1, by: "ada", opened: .at(hour(100))).approved(110, by: "cy")
    let elsewhere = try Change(2, by: "ada", opened: .at(hour(100)), paths: [1]).approved(4000, by: "cy")
    let last = hour(110).advanced(by: 90 * 86_400)
    #expect(kinds(findings([grant], [act, elsewhere], asOf: last)) == [])
    let later = Instant(seconds: last.seconds + 1)
    #expect(kinds(findings([grant], [act, elsewhere], asOf: later)).contains(.unused))
    // A grant that is younger than that cannot be unused yet.
    let young = try GrantTests.grant("docs", to: "cy", from: 2000, until: 50_000)
    #expect(!kinds(findings([young], [act], asOf: hour(2100))).contains(.unused))
  }

  @Test func `patterns that were never used beside others that were are noted`() throws {
    let grant = try GrantTests.grant("docs", to: "cy", ["docs/**", "net/**"], until: 50_000)
    let act = try Change(1, by: "ada", opened: .at(hour(3000))).approved(3010, by: "cy")
    let found = findings([grant], [act], asOf: hour(4000))
    #expect(found.map(\.matter) == [.unusedPaths(["net/**"])])
  }

  @Test func `duplicates and overlaps are told once, of the same holder and time only`() throws {
    let one = try GrantTests.grant("one", to: "cy", until: 5000)
    let two = try GrantTests.grant("two", to: "cy", until: 5000)
    #expect(findings([one, two]).map(\.matter) == [.beside("one")])
    #expect(kinds(findings([one, two])) == [.duplicate])
    let part = try GrantTests.grant("part", to: "cy", ["docs/api/**"], until: 5000)
    #expect(findings([one, part]).map(\.grant) == ["part"])
    #expect(kinds(findings([one, part])) == [.overlapping])
    #expect(findings([one, try GrantTests.grant("dee", to: "dee", until: 5000)]) == [])
    let next = try GrantTests.grant("next", to: "cy", from: 5000, until: 6000)
    #expect(findings([one, next]) == [])
    #expect(findings([one, try GrantTests.grant("net", to: "cy", ["net/**"], until: 5000)]) == [])
  }

  @Test func `an approval under an ended grant is an error where the change landed by it, else a warning`()
    throws
  {
    let grant = try GrantTests.grant("docs", to: "cy", until: 15)
    let landed = try Change.landed(1, by: "lone", at: 30).approved(28, by: "cy")
    let found = findings([grant], [landed])
    #expect(kinds(found) == [.approvalUnderEndedGrant])
    #expect(found[0].severity == .error)
    #expect(found[0].grant == "docs")
    #expect(found[0].evidence.map(\.id) == [.pullRequest(1)])
    let saved = try Change.landed(1, by: "lone", at: 30).approved(27, by: "bo").approved(28, by: "cy")
    #expect(findings([grant], [saved]).map(\.severity) == [.warning])
  }

  @Test func `approvals beyond paths, verbs or size of a grant are told apart`() throws {
    let landed = try Change.landed(1, by: "lone", at: 30, paths: [0, 1]).approved(28, by: "cy")
    let review = try GrantTests.grant("docs", to: "cy", verbs: [.review], until: 5000)
    #expect(kinds(findings([review], [landed])) == [.approvalBeyondGrant])
    var small = try GrantTests.grant("docs", to: "cy", ["**"], until: 5000)
    small.limits.paths = 1
    #expect(kinds(findings([small], [landed])).contains(.approvalBeyondGrant))
    small.limits.paths = 2
    #expect(!kinds(findings([small], [landed])).contains(.approvalBeyondGrant))
  }

  @Test func `an opinion without rights is no finding unless a landed change has nothing else`() throws {
    let peers = try Change.landed(1, by: "lone", at: 30).approved(27, by: "bo").approved(28, by: "cy")
    #expect(findings([], [peers]) == [])
    let alone = try Change.landed(1, by: "lone", at: 30).approved(28, by: "cy")
    #expect(kinds(findings([], [alone])) == [.approvalWithoutRight])
  }

  @Test func `only approvals of the window are looked at`() throws {
    let alone = try Change.landed(1, by: "lone", at: 30).approved(28, by: "cy")
    let fixture = DeedFixture([alone], Self.policy([]))
    #expect(fixture.audit(since: hour(28)).approvals == 1)
    #expect(fixture.audit(since: hour(29)).approvals == 0)
    #expect(fixture.audit(since: hour(29)).findings == [])
  }

  @Test func `an automatic grant must have been earned when it came`() throws {
    func grant() throws -> Grant {
      Grant(
        id: "auto", grantee: .person("cy"), verbs: [.approve], paths: try PathList(["docs/**"]),
        giver: .ladder("writer"), period: Period(from: hour(100), until: hour(5000)), reason: "climbed")
    }
    func rules(_ delegation: inout DelegationPolicy) {
      delegation.ladders = [.init(name: "writer", landed: 1)]
      delegation.automatic = [
        .init(ladder: "writer", paths: .everything, verbs: [.approve], duration: 5000 * 3600)
      ]
    }
    func kinds(_ changes: [Change]) throws -> [AuditFinding.Kind] {
      let policies = try versions([[], [try grant()]], rules)
      return self.kinds(DeedFixture(changes, policies, asOf: hour(500)).audit(asOf: hour(500)).findings)
    }
    #expect(try kinds([try Change.landed(1, by: "cy", at: 99)]) == [])
    // What came later does not earn it.
    #expect(try kinds([try Change.landed(1, by: "cy", at: 101)]) == [.notEarned])
    #expect(try kinds([]) == [.notEarned])
  }

  @Test func `a place with fewer than two people who may approve is told with a path`() throws {
    var policy = try Policy.components()
    policy.delegation.granting = .init(teams: ["platform"])
    func found() -> [AuditFinding] {
      DeedFixture([], policy, asOf: hour(500)).audit(asOf: hour(500)).findings
    }
    // Dee alone is in the team of the documentation.
    #expect(
      found().map(\.matter) == [.reviewers(component: "docs", path: Array("docs/x".utf8), count: 1)])
    policy.grants = [try GrantTests.grant("docs", to: "cy", until: 5000)]
    #expect(found() == [])
    policy.delegation.protected = .everything
    #expect(found().contains { $0.kind == .fewReviewers })
    policy.platform.components[0].host = "nobody"
    policy.grants = []
    let empty = found().first { $0.kind == .fewReviewers }
    #expect(empty?.severity == .error)
  }

  @Test func `where owners by file approve as well, only the paths there are count`() throws {
    var policy = try Policy.components()
    policy.platform.ownership = .codeOwners
    let fixture = DeedFixture([], policy, asOf: hour(500))
    func audit(_ owned: [DelegationAudit.OwnedPath]?) -> DelegationAudit {
      DelegationAudit(
        fixture.policies, nil, [], fixture.book, .init(asOf: hour(500), owned: owned))
    }
    #expect(audit(nil).refusals.contains(.init(.fewReviewers, .ownersByFile)))
    let one = DelegationAudit.OwnedPath(path: "docs/a", repository: "platform", owners: ["dee"])
    #expect(
      audit([one]).findings.map(\.matter)
        == [.reviewers(component: "docs", path: Array("docs/a".utf8), count: 1)])
    let two = DelegationAudit.OwnedPath(path: "docs/a", repository: "platform", owners: ["lone"])
    #expect(audit([two]).findings == [])
  }

  @Test func `service accounts and strangers as holders are told`() throws {
    var policy = Self.policy([
      try GrantTests.grant("bot", to: "bot", until: 5000),
      try GrantTests.grant("gone", to: "gone", until: 5000),
    ])
    policy.roster = Roster(
      teams: Roster.example.teams,
      people: Roster.example.people + [.init(handle: "bot", emails: ["bot@example.org"], isBot: true)])
    let found = DeedFixture([], policy, asOf: hour(500)).audit(asOf: hour(500)).findings
    #expect(kinds(found) == [.granteeNotInRoster, .granteeIsMachine])
    #expect(found.map(\.severity) == [.error, .warning])
  }

  @Test func `the same input gives the same findings in the same order`() throws {
    let grants = try (0..<20).map { number in
      try GrantTests.grant(
        "g\(number)", to: number % 2 == 0 ? "cy" : "dee", until: number % 3 == 0 ? nil : 5000)
    }
    let first = findings(grants)
    for _ in 0..<5 { #expect(findings(grants.shuffled().sorted { $0.id < $1.id }) == first) }
    #expect(first == first.sorted { $0.severity > $1.severity })
  }
}
