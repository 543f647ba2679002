import Facts
import Rules
import Testing

/// Levels 2 and 3 in health, and how contributors become reviewers.
@Suite struct HealthDelegationTests {
  private func changes() throws -> [Change] {
    try [
      Change(1, by: "cy").approved(15, by: "bo").landed(20, by: "bo"),
      Change(2, by: "cy").approved(15, by: "lone").landed(20, by: "bo"),
      Change(3, by: "dee").approved(14, by: "lone").approved(15, by: "bo").landed(20, by: "bo"),
      Change(4, by: "dee").landed(20, by: "bo"), Change(5, by: "ben").landed(20, by: "bo"),
      Change(6, by: "cy", .history, opened: .between(hour(1), hour(20))).landed(20, by: "bo"),
    ]
  }

  private func policy() throws -> Policy {
    var policy = GrantTests.policy([try GrantTests.grant("docs", to: "lone")])
    policy.delegation.approvals = [.init(paths: .everything, count: 1, from: [.platform, .delegated])]
    return policy
  }

  @Test func `counts levels of landed external work whose reviews are on record`() throws {
    let figures = Figures(try changes(), try policy())
    // Level 3 is what delegates let in alone, whoever else approved.
    #expect(try figures.value(.acceptedByPlatform) == .ratio(hits: 1, of: 4))
    #expect(try figures.value(.acceptedByDelegates) == .ratio(hits: 2, of: 4))
    #expect(try figures.value(.assistedAcceptances) == .ratio(hits: 0, of: 4))
    #expect(try figures[.acceptedByPlatform].remarks == [.unknown(1)])
    #expect(try figures[.acceptedByPlatform].grade == .derived)
  }

  @Test func `an approval beside the platform's, where two are asked for, assists`() throws {
    var policy = try policy()
    policy.delegation.approvals[0].count = 2
    let figures = Figures(try changes(), policy)
    #expect(try figures.value(.acceptedByPlatform) == .ratio(hits: 1, of: 4))
    #expect(try figures.value(.assistedAcceptances) == .ratio(hits: 1, of: 4))
  }

  @Test func `levels are refused where reviews are not in Git, nobody is external, or nobody is known`()
    throws
  {
    let plain = try changes()[5]
    #expect(try Figures([plain]).value(.acceptedByPlatform) == .refused(.noReviews))
    #expect(try Figures([try changes()[4]]).value(.acceptedByPlatform) == .refused(.nothingInWindow))
    #expect(try Figures([plain], .defaults).value(.acceptedByDelegates) == .refused(.noHosts))
  }

  @Test func `conversion goes from contributors to delegates, and from delegates to those who approve`()
    throws
  {
    let figures = Figures(try changes(), try policy(), delegates: ["lone", "cy"])
    #expect(try figures.value(.conversionToDelegate) == .ratio(hits: 1, of: 2))
    #expect(try figures.value(.conversionToApprover) == .ratio(hits: 1, of: 2))
    #expect(try figures[.conversionToApprover].sample == 2)
    let late = Figures(try changes(), try policy(), since: 16, delegates: ["lone", "cy"])
    #expect(try late.value(.conversionToApprover) == .ratio(hits: 0, of: 2))
    let none = Figures(try changes(), try policy())
    #expect(try none.value(.conversionToDelegate) == .refused(.noGrants))
    #expect(try none.value(.conversionToApprover) == .refused(.noGrants))
    let empty = Figures([], try policy(), delegates: ["lone"])
    #expect(try empty.value(.conversionToDelegate) == .refused(.nothingInWindow))
    #expect(try empty.value(.conversionToApprover) == .refused(.noReviews))
  }

  @Test func `holders are those of sound grants, each member of a team among them`() throws {
    var team = try GrantTests.grant("team", to: "x")
    team.grantee = .team("retail")
    let grants = [
      try GrantTests.grant("docs", to: "lone"), team, try GrantTests.grant("ended", to: "dee", until: 10),
      try GrantTests.grant("nobody", to: "dee", by: "cy"),
    ]
    #expect(GrantChains(GrantTests.policy(grants)).holders(at: hour(20)) == ["lone", "cy"])
    #expect(GrantChains(GrantTests.policy(grants, nil)).holders(at: hour(20)) == [])
  }
}
