import Facts
import Rules
import Testing

/// Nobody gives more than they hold.
@Suite struct GrantObjectionTests {
  private static let granting = DelegationPolicy.Granting(
    teams: ["platform"], maxDepth: 2, maxDuration: 1000 * 3600, paths: .everything)

  private func objections(
    to grant: Grant, _ others: [Grant] = [], _ granting: DelegationPolicy.Granting? = granting,
    at hours: Int64 = 20
  ) -> [GrantObjection] {
    GrantChains(GrantTests.policy(others, granting)).objections(to: grant, at: hour(hours))
  }

  /// What dee may give: approve and delegate on the docs, until hour 500, small changes, once more.
  private static func upper(depth: Int = 1) throws -> Grant {
    var grant = try GrantTests.grant(
      "upper", to: "dee", verbs: [.approve, .delegate], until: 500, depth: depth)
    grant.limits = Grant.Limits(paths: 5, kinds: [.documentation, .fix])
    grant.branches = try PathList(["refs/heads/main"])
    return grant
  }

  /// A grant by dee to cy that keeps within all that.
  private static func lower() throws -> Grant {
    var grant = try GrantTests.grant("lower", to: "cy", by: "dee", verbs: [.approve], until: 400)
    grant.limits = Grant.Limits(paths: 5, kinds: [.fix])
    grant.branches = try PathList(["refs/heads/main"])
    return grant
  }

  @Test func `a member of the granting team may give whatever the policy lets be granted`() throws {
    #expect(objections(to: try GrantTests.grant("docs", to: "cy")) == [])
    #expect(objections(to: try GrantTests.grant("docs", to: "cy", verbs: [.delegate], depth: 2)) == [])
  }

  @Test func `without a rule on granting nobody grants`() throws {
    #expect(objections(to: try GrantTests.grant("docs", to: "cy"), [], nil) == [.nobodyMayGrant])
  }

  @Test func `whoever holds nothing gives nothing, least of all to themselves`() throws {
    #expect(
      objections(to: try GrantTests.grant("docs", to: "cy", by: "lone")) == [.nothingToGive(grantor: "lone")])
    #expect(objections(to: try GrantTests.grant("docs", to: "bo", by: "bo")) == [.toOneself])
    // A right to approve alone is not one to give.
    let plain = try GrantTests.grant("plain", to: "dee", verbs: [.approve], depth: 1)
    #expect(
      objections(to: try GrantTests.grant("x", to: "cy", by: "dee"), [plain])
        == [.nothingToGive(grantor: "dee")])
  }

  @Test func `paths that may not be granted are told with an example`() throws {
    let granting = DelegationPolicy.Granting(
      teams: ["platform"], paths: try PathList(["**", "!net/tls/**"]))
    let grant = try GrantTests.grant("net", to: "cy", ["net/**"], verbs: [.approve])
    #expect(
      objections(to: grant, [], granting) == [.pathNotHeld([.approve], example: Array("net/tls/x".utf8))])
  }

  @Test func `without granting teams the host of a component grants its paths only`() throws {
    var policy = try Policy.components()
    policy.delegation.granting = .init(maxDepth: 0)
    let chains = GrantChains(policy)
    let docs = try GrantTests.grant("docs", to: "cy", by: "dee", verbs: [.approve])
    #expect(chains.objections(to: docs, at: hour(20)) == [])
    let net = try GrantTests.grant("net", to: "cy", by: "dee", ["**"], verbs: [.approve])
    #expect(chains.objections(to: net, at: hour(20)) == [.pathNotHeld([.approve], example: Array("x".utf8))])
    // bo's team hosts the network and what belongs to no component.
    let other = try GrantTests.grant("rest", to: "cy", ["*", "net/**"], verbs: [.approve])
    #expect(chains.objections(to: other, at: hour(20)) == [])
  }

  @Test func `no grant outlives the giver's own right, nor runs longer than the policy lets it`() throws {
    var late = try Self.lower()
    late.period.until = hour(501)
    #expect(objections(to: late, [try Self.upper()]) == [.endsTooLate(latest: hour(500))])
    let granting = DelegationPolicy.Granting(teams: ["platform"], maxDepth: 2)
    late.period.until = nil
    #expect(objections(to: late, [try Self.upper()], granting) == [.noEnd(latest: hour(500))])
    let long = try GrantTests.grant("long", to: "cy", until: 1001)
    #expect(objections(to: long) == [.tooLong(most: 3_600_000)])
    let open = try GrantTests.grant("open", to: "cy", until: nil)
    #expect(objections(to: open) == [.noEnd(latest: hour(1000))])
    #expect(objections(to: try GrantTests.grant("past", to: "cy", until: 10)) == [.alreadyOver(hour(10))])
  }

  @Test func `a right that ends with a membership ends there, and the policy's grace later`() throws {
    let grant = try GrantTests.grant("docs", to: "cy", by: "gus", until: 60)
    let none = DelegationPolicy.Granting(teams: ["platform"])
    #expect(objections(to: grant, [], none) == [.endsTooLate(latest: hour(50))])
    let grace = DelegationPolicy.Granting(teams: ["platform"], grace: 10 * 3600)
    #expect(objections(to: grant, [], grace) == [])
  }

  @Test func `what is passed on keeps within verbs, depth, size, kinds and branches`() throws {
    let upper = [try Self.upper()]
    #expect(objections(to: try Self.lower(), upper) == [])
    var grant = try Self.lower()
    grant.verbs = [.approve, .review]
    #expect(objections(to: grant, upper) == [.verbNotHeld(.review, held: [.approve, .delegate])])
    grant = try Self.lower()
    grant.depth = 1
    #expect(objections(to: grant, upper) == [.tooDeep(most: 0)])
    #expect(objections(to: grant, [try Self.upper(depth: 2)]) == [])
    grant = try Self.lower()
    grant.limits.paths = 6
    #expect(objections(to: grant, upper) == [.changesTooLarge(most: 5)])
    grant.limits.paths = nil
    #expect(objections(to: grant, upper) == [.changesTooLarge(most: 5)])
    grant = try Self.lower()
    grant.limits.kinds = [.fix, .feature]
    #expect(objections(to: grant, upper) == [.kindsNotHeld(allowed: [.fix, .documentation])])
    grant = try Self.lower()
    grant.branches = try PathList(["refs/heads/*"])
    #expect(objections(to: grant, upper) == [.branchNotHeld(example: Array("refs/heads/x".utf8))])
  }

  @Test func `two rights together may give what neither gives alone, but not mixed`() throws {
    let one = try GrantTests.grant("one", to: "dee", ["docs/**"], verbs: [.approve, .delegate], depth: 1)
    let two = try GrantTests.grant("two", to: "dee", ["net/**"], verbs: [.approve, .delegate], depth: 1)
    let both = try GrantTests.grant("both", to: "cy", by: "dee", ["docs/**", "net/**"], verbs: [.approve])
    #expect(objections(to: both, [one, two]) == [])
    var (long, deep) = (one, one)
    (long.period.until, long.depth) = (hour(900), 1)
    (deep.period.until, deep.depth, deep.id) = (hour(300), 2, "deep")
    var grant = try GrantTests.grant("x", to: "cy", by: "dee", verbs: [.approve], until: 800, depth: 1)
    #expect(objections(to: grant, [long, deep]) == [.noSingleRight])
    grant.depth = 0
    #expect(objections(to: grant, [long, deep]) == [])
  }

  @Test func `ended, flawed and circular rights give nothing on`() throws {
    #expect(
      objections(to: try Self.lower(), [try Self.upper()], at: 500)
        == [.nothingToGive(grantor: "dee")])
    let chains = GrantChains(
      GrantTests.policy([try Self.upper()]), flaws: ["upper": .broughtByNobodyEntitled])
    #expect(
      chains.objections(to: try Self.lower(), at: hour(20)) == [.nothingToGive(grantor: "dee")])
    let circle = [
      try GrantTests.grant("one", to: "cy", by: "dee", verbs: [.approve, .delegate], depth: 9),
      try GrantTests.grant("two", to: "dee", by: "cy", verbs: [.approve, .delegate], depth: 9),
    ]
    #expect(
      objections(to: try GrantTests.grant("x", to: "lone", by: "cy"), circle)
        == [.nothingToGive(grantor: "cy")])
  }

  @Test func `rights as a whole agree with rights on single paths`() throws {
    let grants = [
      try Self.upper(depth: 2), try Self.lower(),
      try GrantTests.grant("tls", to: "cy", ["net/**", "!net/tls/**"]),
      try GrantTests.grant("gone", to: "cy", ["**"], until: 10),
      try GrantTests.grant("far", to: "cy", by: "lone", ["**"]),
    ]
    let chains = GrantChains(GrantTests.policy(grants))
    for who in ["cy", "dee", "lone", "bo"] {
      let holder = GrantChains.Holder(handle: who, teams: [])
      let held = chains.heldRights(of: holder, at: hour(20))
      for path in Judgement.paths {
        for verb in Grant.Verb.allCases {
          let single = chains.right(of: holder, to: verb, on: Array(path.utf8), at: hour(20)).right
          let whole = held.contains { $0.verbs.contains(verb) && $0.paths.contains(path) }
          #expect((single != nil) == whole, "\(who) \(verb) \(path)")
        }
      }
    }
  }
}
