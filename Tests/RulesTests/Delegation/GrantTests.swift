import Facts
import Rules
import Testing

/// Rights by grant: chains, their limits, and what they are worth in an approval.
@Suite struct GrantTests {
  static func grant(
    _ id: String, to grantee: String, by grantor: String = "bo", _ paths: [String] = ["docs/**"],
    verbs: Set<Grant.Verb> = [.review, .approve], from: Int64 = 0, until: Int64? = 1000, depth: Int = 0
  ) throws -> Grant {
    Grant(
      id: id, grantee: .person(grantee), verbs: verbs, paths: try PathList(paths), giver: .person(grantor),
      period: Period(from: hour(from), until: until.map(hour)), reason: "knows it", depth: depth)
  }

  static func policy(
    _ grants: [Grant], _ granting: DelegationPolicy.Granting? = .init(teams: ["platform"], maxDepth: 2)
  ) -> Policy {
    Policy(roster: .example, delegation: DelegationPolicy(granting: granting), grants: grants)
  }

  private func answer(
    _ grants: [Grant], for who: String = "cy", to verb: Grant.Verb = .approve,
    on path: String = "docs/guide.md",
    at hours: Int64 = 20, _ granting: DelegationPolicy.Granting? = .init(teams: ["platform"], maxDepth: 2)
  ) -> GrantChains.Answer {
    GrantChains(Self.policy(grants, granting)).right(
      of: .init(handle: who, teams: ["retail"]), to: verb, on: Array(path.utf8), at: hour(hours))
  }

  @Test func `a grant by a member of the granting team gives its verbs on its paths`() throws {
    let grants = [try Self.grant("docs", to: "cy")]
    #expect(answer(grants).right?.chain.map(\.id) == ["docs"])
    #expect(answer(grants, on: "net/http.c") == .missed(.outOfScope("docs")))
    #expect(answer(grants, to: .land) == .missed(.verbMissing("docs", .land)))
    #expect(answer(grants, for: "dee") == .missed(.noGrant))
  }

  @Test func `a grant begins, ends and is taken back to the second`() throws {
    var grant = try Self.grant("docs", to: "cy", from: 10, until: 30)
    #expect(answer([grant], at: 9) == .missed(.notYet("docs", from: hour(10))))
    #expect(answer([grant], at: 10).right != nil)
    #expect(answer([grant], at: 30) == .missed(.expired("docs", at: hour(30))))
    grant.revokedOn = hour(20)
    #expect(answer([grant], at: 19).right != nil)
    #expect(answer([grant], at: 20) == .missed(.revoked("docs", on: hour(20))))
  }

  @Test func `whoever loses the right to grant takes their grants along`() throws {
    let grants = [try Self.grant("docs", to: "cy", by: "gus")]
    #expect(answer(grants, at: 49).right != nil)
    #expect(answer(grants, at: 50) == .missed(.orphaned("docs", grantor: "gus")))
  }

  @Test func `a right shrinks along its chain in paths, verbs and depth`() throws {
    let upper = try Self.grant("upper", to: "dee", ["docs/**"], verbs: [.approve, .delegate], depth: 1)
    let lower = try Self.grant("lower", to: "cy", by: "dee", ["**"])
    #expect(answer([upper, lower]).right?.chain.map(\.id) == ["upper", "lower"])
    #expect(answer([upper, lower], on: "net/http.c").right == nil)
    #expect(answer([upper, lower], to: .review).right == nil)
    let third = try Self.grant("third", to: "lone", by: "cy", verbs: [.approve])
    #expect(answer([upper, lower, third], for: "lone").right == nil)
    let passing = try Self.grant("lower", to: "cy", by: "dee", verbs: [.approve, .delegate], depth: 1)
    #expect(answer([upper, passing, third], for: "lone") == .missed(.depthUsedUp("upper")))
    let shallow = try Self.grant("upper", to: "dee", verbs: [.approve], depth: 1)
    #expect(answer([shallow, lower]).right == nil)
  }

  @Test func `the right ends with the first link that ends`() throws {
    let upper = try Self.grant("upper", to: "dee", verbs: [.approve, .delegate], until: 100, depth: 1)
    let lower = try Self.grant("lower", to: "cy", by: "dee", until: 1000)
    #expect(answer([upper, lower]).right?.until == hour(100))
    #expect(answer([upper, lower], at: 100).right == nil)
  }

  @Test func `circles, grants to oneself and grants of nobody give nothing`() throws {
    let own = try Self.grant("own", to: "cy", by: "cy")
    #expect(answer([own]) == .missed(.selfGranted("own")))
    let one = try Self.grant("one", to: "cy", by: "dee", verbs: [.approve, .delegate], depth: 9)
    let two = try Self.grant("two", to: "dee", by: "cy", verbs: [.approve, .delegate], depth: 9)
    #expect(answer([one, two]).right == nil)
    #expect(answer([try Self.grant("docs", to: "cy")], nil) == .missed(.nobodyMayGrant))
  }

  @Test func `what may be granted at all is limited by the policy`() throws {
    let granting = DelegationPolicy.Granting(
      teams: ["platform"], maxDuration: 100 * 3600, paths: try PathList(["**", "!net/tls/**"]))
    let tls = try Self.grant("tls", to: "cy", ["net/**"], until: 50)
    #expect(answer([tls], on: "net/tls/key.c", granting) == .missed(.pathNotGrantable("tls")))
    #expect(answer([tls], on: "net/http.c", granting).right != nil)
    #expect(answer([try Self.grant("long", to: "cy", until: 101)], granting) == .missed(.tooLong("long")))
    #expect(answer([try Self.grant("open", to: "cy", until: nil)], granting) == .missed(.tooLong("open")))
  }

  @Test func `more grants than the limit give nobody anything`() throws {
    let many = try (0...GrantChains.grantLimit).map { try Self.grant("g\($0)", to: "cy") }
    #expect(answer(many) == .missed(.tooManyGrants))
  }

  @Test func `a change accepted by delegates alone is level 3, with the host as well level 2, assisted`()
    throws
  {
    let policy = Self.policy([try Self.grant("docs", to: "dee")])
    let delegated = try Change(by: "cy").approved(20, by: "dee")
    #expect(try assess(delegated, policy).level == Level(3, .authorisedByDelegates))
    #expect(try assess(delegated, policy).approvals.map(\.reason) == [.heldGrants(["docs"])])
    let network = try Change(by: "cy", paths: [0, 1]).approved(20, by: "dee").approved(21, by: "bo")
    let both = try assess(network, policy).level
    #expect(both.number == 2)
    #expect(both.isAssisted)
    #expect(try assess(Change(by: "cy", paths: [0, 1]).approved(20, by: "dee"), policy).level.number == nil)
  }

  @Test func `an approval under an expired grant names the near miss`() throws {
    let policy = Self.policy([try Self.grant("docs", to: "dee", until: 15)])
    let assessment = try assess(Change(by: "cy").approved(20, by: "dee"), policy)
    #expect(assessment.approvals.map(\.authority) == [.unauthorised])
    #expect(assessment.approvals.map(\.reason) == [.grantMissed(.expired("docs", at: hour(15)))])
  }

  @Test func `on protected paths delegates never suffice alone`() throws {
    let policy = Self.policy([try Self.grant("docs", to: "dee")]).with { $0.protected = .everything }
    #expect(try assess(Change(by: "cy").approved(20, by: "dee"), policy).level.number == nil)
  }
}
