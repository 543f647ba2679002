import Facts
import Rules
import Testing

/// Where grants stand at a moment.
@Suite struct GrantStatusTests {
  private func status(_ id: String, _ grants: [Grant], at hours: Int64 = 20) throws -> GrantStatus {
    let grant = try #require(grants.first { $0.id == id })
    return GrantChains(GrantTests.policy(grants)).status(of: grant, at: hour(hours))
  }

  @Test func `dates decide to the second`() throws {
    var grant = try GrantTests.grant("docs", to: "cy", from: 10, until: 30)
    #expect(try status("docs", [grant], at: 9).state == .notYet)
    #expect(try status("docs", [grant], at: 10).state == .inForce)
    #expect(try status("docs", [grant], at: 30).state == .expired)
    grant.revokedOn = hour(20)
    #expect(try status("docs", [grant], at: 19).state == .inForce)
    #expect(try status("docs", [grant], at: 19).until == hour(20))
    #expect(try status("docs", [grant], at: 20).state == .revoked)
    #expect(try status("docs", [grant], at: 40).state == .revoked)
  }

  @Test func `a grant ends with the first one it rests on, and tells its root`() throws {
    let upper = try GrantTests.grant("upper", to: "dee", verbs: [.approve, .delegate], until: 100, depth: 1)
    let lower = try GrantTests.grant("lower", to: "cy", by: "dee", verbs: [.approve], until: 1000)
    let found = try status("lower", [upper, lower])
    #expect(found.chain == ["upper", "lower"])
    #expect(found.root == .person("bo"))
    #expect(found.until == hour(100))
  }

  @Test func `what does not hold says why`() throws {
    let orphan = try GrantTests.grant("orphan", to: "cy", by: "gus")
    #expect(try status("orphan", [orphan], at: 60).miss == .orphaned("orphan", grantor: "gus"))
    let own = try GrantTests.grant("own", to: "bo", by: "bo")
    #expect(try status("own", [own]).state == .doesNotHold)
    #expect(try status("own", [own]).miss == .selfGranted("own"))
  }

  @Test func `history remembers ids, arrivals and what was taken out`() throws {
    let one = try GrantTests.grant("one", to: "cy")
    let two = try GrantTests.grant("two", to: "cy")
    let policies = try #require(
      PolicyHistory([
        .init(from: hour(1), commit: try object("1"), policy: GrantTests.policy([one])),
        .init(from: hour(2), commit: try object("2"), policy: GrantTests.policy([one, two])),
        .init(from: hour(3), commit: try object("3"), policy: GrantTests.policy([two])),
      ]))
    #expect(policies.grantIDs == ["one", "two"])
    #expect(policies.arrivals(until: hour(9)) == ["one": hour(1), "two": hour(2)])
    #expect(policies.arrivals(until: hour(1)) == ["one": hour(1)])
    #expect(policies.removedGrants(at: hour(9)).map(\.id) == ["one"])
    #expect(policies.removedGrants(at: hour(2)).isEmpty)
    #expect(PolicyHistory(always: GrantTests.policy([one])).arrivals(until: hour(9)) == [:])
  }
}
