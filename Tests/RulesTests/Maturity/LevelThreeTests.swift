import Facts
import Rules
import Testing

/// The criteria of level 3 at their edges.
@Suite struct LevelThreeTests {
  /// Seven accepted by the platform, three by delegates.
  private func changes(delegated: Int = 3, platform: Int = 7) throws -> [Change] {
    try (0..<platform).map { try Change.external($0 + 1) }
      + (0..<delegated).map {
        try Change.external(50 + $0, approvedBy: $0.isMultiple(of: 2) ? "dee" : "lone")
      }
  }

  @Test func `all criteria together make level 3`() throws {
    let maturity = Maturity(try changes(delegated: 5, platform: 5), try .delegating())
    #expect(maturity.repository.criteria.filter { $0.verdict != .met }.map(\.criterion) == [])
    #expect(maturity.repository.level == 3)
    #expect(maturity.repository.blockers.isEmpty)
    #expect(maturity.repository.landed.byDelegates == 5)
  }

  @Test func `level 3 needs level 2`() throws {
    let stuck = Maturity(
      try changes(delegated: 5, platform: 5) + [.waiting(99, opened: 100)], try .delegating())
    #expect(stuck.repository.level == 1)
    #expect(stuck.repository.unmet(on: 3).isEmpty)
    #expect(stuck.repository.blockers.map(\.criterion) == [.oldestWait])
  }

  @Test(arguments: [(3, 7, CriterionVerdict.met), (2, 6, .notMet), (2, 2, .notEnoughEvidence)])
  func `holds the delegated share against its threshold`(
    delegated: Int, platform: Int, verdict: CriterionVerdict
  ) throws {
    let maturity = Maturity(try changes(delegated: delegated, platform: platform), try .delegating())
    let result = try maturity.result(.delegatedShare)
    #expect(result.verdict == verdict)
    #expect(result.value == Double(delegated) / Double(delegated + platform))
    #expect(maturity.ids(result).count == platform)
  }

  @Test func `an assisted acceptance is the platform's`() throws {
    let assisted = try Change(60, by: "cy", opened: .at(hour(3000)), status: .submitted)
      .approved(3001, by: "dee").approved(3002, by: "bo").landed(3003)
    var policy = try Policy.delegating()
    policy.delegation.approvals = [
      .init(paths: .everything, count: 2, from: [.platform, .delegated])
    ]
    let maturity = Maturity([assisted], policy)
    #expect(maturity.repository.landed.assisted == 1)
    let result = try maturity.result(.delegatedShare)
    guard case .contribution(_, let cause, _)? = result.responsible.first else {
      Issue.record("no contribution is named")
      return
    }
    #expect(cause == .acceptedByPlatform(isAssisted: true))
  }

  @Test func `without grants nobody is a delegate, and no grant is no evidence of sound ones`() throws {
    let maturity = Maturity(try Change.externals(1...10))
    #expect(try maturity.result(.delegatedShare).verdict == .notMet)
    #expect(try maturity.result(.delegatesPerComponent).verdict == .notMet)
    #expect(try maturity.result(.delegatesPerComponent).value == 0)
    let grants = try maturity.result(.openEndedGrants)
    #expect(grants.verdict == .notEnoughEvidence)
    #expect(grants.gaps == [.noGrants])
    #expect(grants.value == nil)
    #expect(maturity.repository.level == 2)
  }

  @Test func `only who approved by grant within the window is an active delegate`() throws {
    let one = try (0..<5).map { try Change.external(50 + $0, approvedBy: "dee") }
    let result = try Maturity(one, try .delegating()).result(.delegatesPerComponent)
    #expect(result.value == 1)
    #expect(result.verdict == .notMet)
    #expect(result.responsible == [.component(nil, delegates: ["dee"])])
    let old = try Change.external(70, opened: 100, approvedBy: "lone")
    let window = Window(since: hour(2000), until: hour(4000))
    let late = try Maturity(one + [old], try .delegating(), window: window).result(.delegatesPerComponent)
    #expect(late.value == 1)
  }

  @Test func `a delegate is active where the grant reaches, and a component counts where something landed`()
    throws
  {
    var policy = try Policy.components()
    policy.serviceLevels = Policy.mature.serviceLevels
    policy.delegation.granting = .init(teams: ["platform", "writers"], maxDepth: 1)
    policy.grants = [
      try GrantTests.grant("docs-lone", to: "lone", until: 9000),
      try GrantTests.grant("docs-gus", to: "gus", until: 9000),
    ]
    let changes = try ["lone", "gus"].enumerated().map {
      try Change.external(50 + $0.offset, approvedBy: $0.element, paths: [0])
    }
    let docs = try Maturity(changes, policy).result(.delegatesPerComponent, .component("docs"))
    #expect(docs.value == 2)
    #expect(docs.verdict == .met)
    let network = try Maturity(changes, policy).result(.delegatesPerComponent, .component("network"))
    #expect(network.verdict == .notEnoughEvidence)
    #expect(network.gaps == [.noActiveComponent])
    let both = try Maturity(
      changes + [.external(60, paths: [1])], policy
    ).result(.delegatesPerComponent)
    #expect(both.value == 0)
    #expect(both.sample == 2)
    #expect(both.responsible == [.component("network", delegates: [])])
  }

  @Test func `an approval without the right to it is named with its nearest miss`() throws {
    let grant = try GrantTests.grant("docs-dee", to: "dee", until: 2000)
    let wrong = try Change.external(60, approvedBy: "dee").approved(3001, by: "bo")
    let maturity = Maturity(try Change.externals(1...5) + [wrong], try .delegating([grant]))
    let result = try maturity.result(.unauthorisedApprovals)
    #expect(result.value == 1)
    #expect(result.sample == 7)
    #expect(result.verdict == .notMet)
    guard case .contribution(_, .approvedWithoutRight(let person, let reason), _)? = result.responsible.first
    else {
      Issue.record("no approval is named")
      return
    }
    #expect(maturity.judgement.people[person].key == .handle("dee"))
    #expect(reason == .grantMissed(.expired("docs-dee", at: hour(2000))))
    #expect(try Maturity([]).result(.unauthorisedApprovals).verdict == .notEnoughEvidence)
  }

  /// 7 of 10 less 8 of 10 is a tenth exactly.
  @Test(arguments: [(7, 8, CriterionVerdict.met), (6, 8, .notMet)])
  func `the gap of attainment may be as large as the threshold`(
    delegated: Int, platform: Int, verdict: CriterionVerdict
  ) throws {
    let changes = try (0..<10).flatMap { number in
      [
        try Change.external(1 + number, after: number < platform ? 1 : 9),
        try Change.external(50 + number, approvedBy: "dee", after: number < delegated ? 1 : 9),
      ]
    }
    let result = try Maturity(changes, try .delegating()).result(.attainmentGap)
    #expect(result.verdict == verdict)
    #expect(result.threshold == -0.1)
    #expect(result.sample == 10)
    #expect(result.responsible.count == 10 - delegated)
  }

  @Test func `a gap between too few items is not told`() throws {
    let result = try Maturity(changes(delegated: 4), try .delegating()).result(.attainmentGap)
    #expect(result.verdict == .notEnoughEvidence)
    #expect(result.gaps == [.belowFloor(5)])
  }

  @Test func `a grant without an end is named while it stands`() throws {
    var grants = [
      try GrantTests.grant("open", to: "dee", until: nil), try GrantTests.grant("ends", to: "dee"),
      try GrantTests.grant("later", to: "dee", from: 5000, until: nil),
    ]
    let result = try Maturity([], try .delegating(grants)).result(.openEndedGrants)
    #expect(result.value == 1)
    #expect(result.sample == 1)
    #expect(result.verdict == .notMet)
    #expect(result.responsible == [.grant("open")])
    grants[0].revokedOn = hour(9000)
    #expect(try Maturity([], try .delegating(grants)).result(.openEndedGrants).verdict == .met)
    grants[0].revokedOn = hour(3000)
    #expect(try Maturity([], try .delegating(grants)).result(.openEndedGrants).gaps == [.noGrants])
  }
}
