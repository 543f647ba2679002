import Facts
import Rules
import Testing

/// What people did, beside a ladder.
@Suite struct ReadinessTests {
  private static let policy = Policy(
    roster: .example, delegation: DelegationPolicy(granting: .init(teams: ["platform"], maxDepth: 2)))

  private func item(
    _ criterion: Readiness.Criterion, _ changes: [Change], _ ladder: DelegationPolicy.Ladder,
    of who: String = "cy", _ policy: Policy = policy, asOf: Instant = Judgement.asOf
  ) throws -> Readiness.Item {
    let judge = try DeedFixture(changes, policy, asOf: asOf).judge(ladder, asOf: asOf)
    return try #require(judge.readiness(of: .handle(who)).items.first { $0.criterion == criterion })
  }

  @Test func `counts what landed on the paths, by authors and co-authors, and nothing else`() throws {
    let changes = [
      try Change.landed(1, by: "cy", at: 20), try Change.landed(2, by: "cy", at: 30, paths: [1]),
      try Change.landed(3, by: "ada", at: 40).coauthored(by: "cy"),
      try Change(4, by: "cy", opened: .at(hour(50))),
    ]
    let found = try item(.landed, changes, .init(name: "x", landed: 2))
    #expect(found.value == .count(2))
    #expect(found.outcome == .met)
    #expect(found.evidence.map(\.id) == [.pullRequest(1), .pullRequest(3)])
    #expect(try item(.landed, changes, .init(name: "x", landed: 3)).outcome == .notMet)
    #expect(try item(.landed, changes, .init(name: "x")).outcome == .notAsked)
  }

  @Test func `a review is a verdict or a comment on the code of somebody else's change, once each`() throws {
    let changes = [
      try Change.landed(1, by: "ada", at: 20).with(.comment(onCode: true, asks: true), 16, by: "cy")
        .approved(17, by: "cy"),
      try Change.landed(2, by: "ada", at: 30).with(.comment(onCode: false, asks: false), 26, by: "cy"),
      try Change.landed(3, by: "cy", at: 40).approved(36, by: "cy"),
      // Before the opening, so it belongs to something else.
      try Change.landed(4, by: "ada", at: 50).approved(40, by: "cy"),
      try Change.landed(5, by: "ada", at: 60).trailer("Reviewed-by", by: "cy"),
    ]
    let found = try item(.reviews, changes, .init(name: "x", reviews: 1))
    #expect(found.evidence.map(\.id) == [.pullRequest(1)])
    #expect(found.outcome == .met)
  }

  @Test func `the first verdict is one person's only`() throws {
    let changes = [
      try Change.landed(1, by: "ada", at: 20).approved(16, by: "cy").approved(17, by: "bo"),
      try Change.landed(2, by: "ada", at: 30).approved(26, by: "bo").approved(27, by: "cy"),
    ]
    let ladder = DelegationPolicy.Ladder(name: "x", firstReviews: 1)
    #expect(try item(.firstReviews, changes, ladder).evidence.map(\.id) == [.pullRequest(1)])
    #expect(try item(.firstReviews, changes, ladder, of: "bo").evidence.map(\.id) == [.pullRequest(2)])
  }

  /// Six changes that cy gave a verdict on, of which others later decided differently on some.
  private func verdicts(against: Int) throws -> [Change] {
    try (1...6).map { number in
      let change = try Change(number, by: "ada", opened: .at(hour(10)), status: .submitted)
      return number <= against
        ? try change.rejected(15, by: "cy").approved(16, by: "bo")
        : try change.approved(15, by: "cy").approved(16, by: "bo")
    }
  }

  @Test func `agreement is measured on decisions of entitled others that came later`() throws {
    let ladder = DelegationPolicy.Ladder(name: "x", agreement: 0.8)
    let good = try item(.agreement, try verdicts(against: 1), ladder)
    #expect(good.value == .share(Share(hits: 5, of: 6)))
    #expect(good.outcome == .met)
    #expect(try item(.agreement, try verdicts(against: 2), ladder).outcome == .notMet)
    // An opinion of somebody without rights decides nothing, nor does an earlier decision.
    let others = try (1...6).map { number in
      try Change(number, by: "ada").approved(15, by: "cy").approved(16, by: "lone").approved(14, by: "bo")
    }
    #expect(try item(.agreement, others, ladder).value == .share(Share(hits: 0, of: 0)))
  }

  @Test func `too few decisions are not enough evidence, whatever they say`() throws {
    let few = try item(
      .agreement, Array(try verdicts(against: 0).prefix(4)), .init(name: "x", agreement: 0.8))
    #expect(few.outcome == .notEnoughEvidence)
    #expect(few.shortage == .tooFewDecisions)
  }

  @Test func `a landing by the host accepts, a giving up by the host declines`() throws {
    let landed = try (1...3).map { try Change.landed($0, by: "ada", at: 30).approved(28, by: "cy") }
    let abandoned = try (4...6).map { number in
      try Change(number, by: "ada", status: .abandoned).rejected(15, by: "cy").with(.abandoned, 20, by: "bo")
    }
    let found = try item(.agreement, landed + abandoned, .init(name: "x", agreement: 1))
    #expect(found.value == .share(Share(hits: 6, of: 6)))
    // Whoever gave up their own change decided nothing.
    let own = try (1...6).map { number in
      try Change(number, by: "ada", status: .abandoned).rejected(15, by: "cy").with(.abandoned, 20, by: "ada")
    }
    #expect(try item(.agreement, own, .init(name: "x", agreement: 1)).shortage == .tooFewDecisions)
  }

  @Test func `reverts after an approval count, of what others approved they do not`() throws {
    let undone = try Change.landed(1, by: "ada", at: 20).approved(16, by: "cy")
      .with(.reverted(by: object("7")), 30)
    let other = try Change.landed(2, by: "ada", at: 20).approved(16, by: "bo")
      .with(.reverted(by: object("7")), 30)
    let ladder = DelegationPolicy.Ladder(name: "x", reverted: 0)
    #expect(try item(.reverted, [undone, other], ladder).evidence.map(\.id) == [.pullRequest(1)])
    #expect(try item(.reverted, [undone, other], ladder).outcome == .notMet)
    #expect(try item(.reverted, [other], ladder).outcome == .met)
    // Not yet undone at the moment asked about.
    #expect(try item(.reverted, [undone], ladder, asOf: hour(29)).outcome == .met)
  }

  @Test func `recency and the first act are told to the second`() throws {
    let changes = [try Change.landed(1, by: "cy", at: 20)]
    let ladder = DelegationPolicy.Ladder(name: "x", months: 3, activeWithin: 10 * 3600)
    #expect(try item(.activeWithin, changes, ladder, asOf: hour(30)).outcome == .met)
    let late = Instant(seconds: hour(30).seconds + 1)
    #expect(try item(.activeWithin, changes, ladder, asOf: late).outcome == .notMet)
    let months = hour(15).advanced(by: 90 * 86_400)
    #expect(try item(.months, changes, ladder, asOf: months).outcome == .met)
    #expect(try item(.months, changes, ladder, asOf: Instant(seconds: months.seconds - 1)).outcome == .notMet)
    #expect(try item(.months, [], ladder).outcome == .notMet)
  }

  @Test func `what no source keeps is not known, and never taken for reached or missed`() throws {
    let plain = [try Change(1, by: "ada", .pullRefs, opened: .between(hour(1), hour(2))).landed(20, by: "bo")]
    let ladder = DelegationPolicy.Ladder(name: "x", reviews: 1, agreement: 0.5, reverted: 0)
    let judge = try DeedFixture(plain, Self.policy).judge(ladder)
    let readiness = judge.readiness(of: .handle("cy"))
    #expect(judge.lacksReviews)
    #expect(readiness.standing == .notEnoughEvidence)
    #expect(readiness.items.compactMap(\.shortage) == [.reviewsNotInGit, .reviewsNotInGit, .reviewsNotInGit])
  }

  @Test func `missing reviews matter as far as they could make the difference`() throws {
    let recorded = try Change.landed(1, by: "ada", at: 20).approved(16, by: "cy")
    let plain = try Change(2, by: "ada", .pullRefs, opened: .between(hour(1), hour(2))).landed(20, by: "bo")
    let direct = try Change(commit: "4", by: "ada", landed: 30, lander: "bo")
    let two = DelegationPolicy.Ladder(name: "x", reviews: 2)
    #expect(try item(.reviews, [recorded, plain], two).shortage == .reviewsPartlyInGit)
    // What was put on the branch directly was never up for review.
    #expect(try item(.reviews, [recorded, direct], two).outcome == .notMet)
    #expect(try item(.reviews, [recorded, plain], .init(name: "x", reviews: 3)).outcome == .notMet)
  }

  @Test func `whoever meets everything is ready, whoever holds the right already is told so`() throws {
    let changes = [try Change.landed(1, by: "cy", at: 20)]
    let ladder = DelegationPolicy.Ladder(name: "x", landed: 1)
    let judge = try DeedFixture(changes, Self.policy).judge(ladder)
    #expect(judge.readiness(of: .handle("cy")).standing == .ready)
    #expect(judge.readiness(of: .handle("dee")).standing == .notYet)
    #expect(judge.readiness(of: .handle("bo")).standing == .holdsAlready)
    #expect(judge.people == [.handle("cy")])
    var granted = Self.policy
    granted.grants = [try GrantTests.grant("docs", to: "cy", ["docs/**"], until: 20_000)]
    let now = try DeedFixture(changes, granted).judge(ladder)
    #expect(now.readiness(of: .handle("cy")).standing == .holdsAlready)
    // A right on part of the paths is not one on all of them.
    granted.grants = [try GrantTests.grant("docs", to: "cy", ["docs/api/**"], until: 20_000)]
    #expect(try DeedFixture(changes, granted).judge(ladder).readiness(of: .handle("cy")).standing == .ready)
  }

  @Test func `the host team that history shows holds the right already`() throws {
    let changes = [try Change.landed(1, by: "cy", at: 20)]
    let judge = try DeedFixture(changes, Self.policy).judge(
      .init(name: "x", landed: 1), inferredHosts: [.handle("cy")])
    #expect(judge.readiness(of: .handle("cy")).standing == .holdsAlready)
  }

  @Test func `a right to build on must have been held as long as the ladder asks for`() throws {
    var policy = Self.policy
    policy.grants = [try GrantTests.grant("docs", to: "cy", verbs: [.review], from: 1000, until: 20_000)]
    let ladder = DelegationPolicy.Ladder(name: "x", months: 3, holds: .review)
    let changes = [try Change.landed(1, by: "cy", at: 20)]
    #expect(try item(.holds, changes, ladder, policy, asOf: hour(1000 + 90 * 24)).outcome == .met)
    #expect(try item(.holds, changes, ladder, policy, asOf: hour(999 + 90 * 24)).outcome == .notMet)
    let plain = DelegationPolicy.Ladder(name: "x", holds: .review)
    #expect(try item(.holds, changes, plain, policy, asOf: hour(1000)).outcome == .met)
  }

  @Test func `the load is what waits for somebody now`() throws {
    let asked = try Change(1, by: "ada").with(.reviewRequested(of: identity("cy")), 11, by: "ada")
    let spoken = try Change(2, by: "ada").with(.comment(onCode: true, asks: false), 12, by: "cy")
    let returned = try Change(3, by: "ada").with(.comment(onCode: true, asks: true), 12, by: "cy")
    let over = try Change.landed(4, by: "ada", at: 20).approved(16, by: "cy")
    let book = DeedFixture([asked, spoken, returned, over], Self.policy).book
    #expect(book.load(of: .handle("cy")) == 2)
    #expect(book.load(of: .handle("dee")) == 0)
  }

  @Test func `machines neither climb nor decide`() throws {
    let changes = try (1...6).map { number in
      try Change.landed(number, by: "ada", at: 20, by: "robot").approved(16, by: "robot").approved(
        15, by: "cy")
    }
    let fixture = DeedFixture(changes, Self.policy)
    let judge = try fixture.judge(.init(name: "x", agreement: 0.5))
    #expect(!judge.people.contains { $0.description.hasPrefix("robot") })
    #expect(try item(.agreement, changes, .init(name: "x", agreement: 0.5)).shortage == .tooFewDecisions)
  }
}
