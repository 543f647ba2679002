import Facts
import Rules
import Testing

/// The criteria of level 2 at their edges.
@Suite struct LevelTwoTests {
  @Test(arguments: [(5, CriterionVerdict.met), (4, .notMet), (0, .notMet)])
  func `counts landed external contributions of the window`(count: Int, verdict: CriterionVerdict) throws {
    var changes = try [Change.external(90, opened: 3000, by: "ben"), Change.waiting(91, opened: 3999)]
    changes += try (0..<count).map { try Change.external($0 + 1) }
    let result = try Maturity(changes).result(.externalLanded)
    #expect(result.value == Double(count))
    #expect(result.sample == count)
    #expect(result.threshold == 5)
    #expect(result.interval == nil)
    #expect(result.verdict == verdict)
  }

  @Test func `counts what landed in the very first second of the window and nothing before it`() throws {
    let changes = try [
      Change(1, by: "cy", opened: .at(hour(80)), status: .submitted).approved(81, by: "bo").landed(82),
      Change(2, by: "cy", opened: .at(hour(80)), status: .submitted).approved(80, by: "bo")
        .with(.landed(commit: object("9")), .at(hour(82).advanced(by: -1))),
    ]
    let window = Window(since: hour(82), until: hour(4000))
    #expect(try Maturity(changes, window: window).result(.externalLanded).sample == 1)
    // 180 days are 4320 hours.
    #expect(try Maturity(changes, asOf: 4402).result(.externalLanded).sample == 1)
    #expect(try Maturity(changes, asOf: 4403).result(.externalLanded).sample == 0)
  }

  @Test func `authors nobody knows may be external, so that they leave a count open`() throws {
    var changes = try Change.externals(1...4)
    changes.append(try Change.external(9, by: "stranger"))
    let result = try Maturity(changes).result(.externalLanded)
    #expect(result.verdict == .notEnoughEvidence)
    #expect(result.gaps == [.unknownOrigin(1)])
    changes.append(try Change.external(5))
    #expect(try Maturity(changes).result(.externalLanded).verdict == .met)
  }

  @Test(arguments: [
    (9, 1, CriterionVerdict.met), (8, 1, .notMet), (8, 2, .notMet), (3, 0, .notEnoughEvidence),
  ])
  func `holds the reviewed share against its threshold`(
    reviewed: Int, not: Int, verdict: CriterionVerdict
  ) throws {
    var changes = try Change.externals(1...reviewed)
    for number in 0..<not { changes.append(try .external(50 + number, approvedBy: nil)) }
    let result = try Maturity(changes).result(.reviewedShare)
    #expect(result.verdict == verdict)
    #expect(result.sample == reviewed + not)
    #expect(result.value == Double(reviewed) / Double(reviewed + not))
    if reviewed == 3 { #expect(result.gaps == [.belowFloor(5)]) }
  }

  /// `proportion_confint(9, 10, method="wilson")` of statsmodels 0.15.0.
  @Test func `gives a share with Wilson's interval and names what counts against it`() throws {
    let maturity = Maturity(try Change.externals(1...9) + [.external(10, approvedBy: "dee")])
    let result = try maturity.result(.reviewedShare)
    let interval = try #require(result.interval)
    #expect(abs(interval.lowerBound - 0.5958499732047614) < 1e-12)
    #expect(abs(interval.upperBound - 0.982123786904927) < 1e-12)
    #expect(maturity.ids(result) == ["pr/10"])
    guard case .contribution(_, let cause, let evidence)? = result.responsible.first else {
      Issue.record("no contribution is named")
      return
    }
    #expect(cause == .notAuthorised(.unauthorised))
    #expect(evidence == Evidence(object: try object("1")))
  }

  @Test func `reviews that are not in Git leave the share open only where they could change it`() throws {
    func plain(_ number: Int) throws -> Change {
      try Change(number, by: "cy", .history, opened: .between(hour(2999), hour(3000))).landed(3000, by: "bo")
    }
    let many = try Maturity(Change.externals(1...19) + [plain(99)]).result(.reviewedShare)
    #expect(many.verdict == .met)
    #expect(many.gaps == [.reviewsNotInGit(1)])
    #expect(many.sample == 19)
    let few = try Maturity(Change.externals(1...8) + [plain(99)]).result(.reviewedShare)
    #expect(few.verdict == .notEnoughEvidence)
    let none = try Maturity((1...9).map { try plain($0) }).result(.reviewedShare)
    #expect(none.verdict == .notEnoughEvidence)
    #expect(none.value == nil)
    #expect(none.interval == nil)
  }

  @Test func `attainment is held against the share that the objective promises`() throws {
    let late = try (0..<1).map { try Change.external(50 + $0, after: 9) }
    let held = Maturity(try Change.externals(1...9) + late)
    let result = try held.result(.attainment)
    #expect(result.threshold == 0.9)
    #expect(result.value == 0.9)
    #expect(result.sample == 10)
    #expect(result.verdict == .met)
    #expect(held.ids(result) == ["pr/50"])
    #expect(try Maturity(Change.externals(1...8) + late).result(.attainment).verdict == .notMet)
    let few = try Maturity(Change.externals(1...4)).result(.attainment)
    #expect(few.verdict == .notEnoughEvidence)
    #expect(few.gaps == [.belowFloor(5)])
  }

  @Test func `without the objective nothing is known of attainment and waits`() throws {
    var policy = Policy.mature
    policy.serviceLevels.objectives = []
    let maturity = Maturity(try Change.externals(1...9), policy)
    for criterion in [MaturityCriterion.attainment, .oldestWait, .attainmentGap] {
      let result = try maturity.result(criterion)
      #expect(result.verdict == .notEnoughEvidence)
      #expect(result.gaps == [.noObjective("first-review")])
    }
    #expect(maturity.repository.level == 1)
  }

  @Test(arguments: [(3976, CriterionVerdict.met, 3.0), (3975, .notMet, 3.125)])
  func `waits of up to the multiple of the promise hold`(
    opened: Int64, verdict: CriterionVerdict, value: Double
  ) throws {
    let maturity = Maturity(try Change.externals(1...5) + [.waiting(9, opened: opened)])
    let result = try maturity.result(.oldestWait)
    #expect(result.verdict == verdict)
    #expect(result.value == value)
    #expect(result.sample == 1)
    #expect(maturity.ids(result) == (verdict == .notMet ? ["pr/9"] : []))
  }

  @Test func `only the reviewers' turn counts as a wait, from the oldest unanswered hand-off`() throws {
    let asked = try Change.waiting(9, opened: 100).commented(101, by: "bo", asks: true)
    #expect(try Maturity([asked]).result(.oldestWait).verdict == .met)
    #expect(try Maturity([asked]).result(.oldestWait).value == 0)
    let answered = try asked.commented(3992, by: "cy")
    #expect(try Maturity([answered]).result(.oldestWait).value == 1)
    let pushed = try answered.with(.revision(object("7")), 3999, by: "cy")
    #expect(try Maturity([pushed]).result(.oldestWait).value == 1)
    let own = try Maturity([Change.waiting(9, opened: 100, by: "ben")]).result(.oldestWait)
    #expect(own.verdict == .met)
  }

  @Test func `where no source records reviews, that nothing waits is no evidence`() throws {
    let plain = try Change(1, by: "cy", .history, opened: .between(hour(2999), hour(3000))).landed(3000)
    let result = try Maturity([plain]).result(.oldestWait)
    #expect(result.verdict == .notEnoughEvidence)
    #expect(result.value == nil)
    #expect(result.gaps == [.noReviewRecords])
    let lost = try Change(2, by: "cy", .pullRefs, opened: .between(hour(3500), nil)).head(.notFound)
    let unsure = try Maturity(Change.externals(1...5) + [lost.renamed(77)]).result(.oldestWait)
    #expect(unsure.verdict == .notEnoughEvidence)
    #expect(unsure.gaps == [.undetermined(1)])
  }

  @Test func `all criteria of level 2 together make level 2`() throws {
    let maturity = Maturity(try Change.externals(1...5))
    #expect(maturity.repository.level == 2)
    #expect(
      maturity.repository.criteria.filter { $0.criterion.level == 2 }.map(\.verdict)
        == .init(
          repeating: .met, count: 4))
    #expect(!maturity.repository.blockers.isEmpty)
    #expect(maturity.repository.landed.byPlatform == 5)
  }

  @Test func `nothing at all is level 1, and nothing is taken for met`() throws {
    let standing = Maturity([]).repository
    #expect(standing.level == 1)
    #expect(standing.criteria.allSatisfy { $0.verdict != .met })
    #expect(standing.criteria.count == MaturityCriterion.allCases.count)
  }

  @Test func `criteria that the policy does not ask for are left out`() throws {
    var policy = Policy.mature
    policy.maturity.levelTwo = .init(reviewedShare: nil, attainment: nil, oldestWaitFactor: nil)
    let standing = Maturity(try Change.externals(1...5, approvedBy: nil), policy).repository
    #expect(standing.criteria.filter { $0.criterion.level == 2 }.map(\.criterion) == [.externalLanded])
    #expect(standing.level == 2)
  }

  @Test func `a clone that is cut off within the window proves only what more history cannot take back`()
    throws
  {
    let changes = try Change.externals(1...9)
    let cut = Maturity(changes, completeSince: 2000)
    #expect(try cut.result(.externalLanded).verdict == .met)
    for criterion in [MaturityCriterion.reviewedShare, .attainment, .oldestWait] {
      let result = try cut.result(criterion)
      #expect(result.verdict == .notEnoughEvidence)
      #expect(result.isIncomplete)
    }
    #expect(cut.repository.level == 1)
    #expect(cut.repository.isUndecided(for: 2))
    #expect(!cut.repository.isUndecided(for: 1))
    let earlier = Maturity(changes, window: Window(since: hour(2500), until: hour(4000)), completeSince: 2000)
    #expect(earlier.repository.level == 2)
    let damaged = Maturity(changes, missing: 1).repository
    #expect(damaged.level == 1)
    #expect(damaged.isUndecided(for: 2))
    let overdue = try Maturity(changes + [.waiting(60, opened: 3000)], completeSince: 2000).result(
      .oldestWait)
    #expect(overdue.verdict == .notMet)
  }
}

extension Change {
  /// The same under another number.
  fileprivate func renamed(_ number: Int) -> Change {
    var change = self
    for place in change.traces.indices { change.traces[place].id = .pullRequest(number) }
    return change
  }
}
