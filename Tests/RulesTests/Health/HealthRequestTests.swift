import Facts
import Rules
import Testing

/// Requests counted and waited for: opened, accepted, declined, closed, reviewed, answered.
@Suite struct HealthRequestTests {
  @Test func `every metric is given once, in the order of its declaration`() {
    #expect(Figures([]).metrics == Metric.allCases)
  }

  @Test(arguments: [
    (Metric.changeRequests, Refusal.nothingInWindow), (.acceptedByDelegates, .nothingInWindow),
    (.conversionToDelegate, .noGrants), (.conversionToApprover, .noGrants), (.accepted, .nothingInWindow),
    (.declined, .noDeclines),
    (.acceptanceRatio, .noDeclines), (.closureRatio, .noDeclines), (.reviews, .noReviews),
    (.timeToFirstResponse, .noReviews), (.timeToClose, .nothingInWindow), (.selfMergeRate, .nothingInWindow),
    (.innerSourceRatio, .nothingInWindow), (.organizationalDiversity, .nothingInWindow),
    (.contributorAbsenceFactor, .nothingInWindow), (.botActivity, .nothingInWindow),
    (.newContributors, .nothingInWindow),
  ])
  func `nothing at all is refused, not counted as zero`(metric: Metric, reason: Refusal) throws {
    let found = try Figures([])[metric]
    #expect(found.value == .refused(reason))
    #expect(found.grade == .absent)
    #expect(found.sample == 0)
  }

  @Test func `requests count where they were opened for certain, or as an interval`() throws {
    let certain = try [Change(1), Change(2, opened: .between(hour(20), hour(30)))]
    let counted = try Figures(certain)[.changeRequests]
    #expect(counted.value == .count(2))
    #expect(counted.grade == .bounded)
    #expect(try Figures([certain[0]])[.changeRequests].grade == .recorded)
    let possible = try [
      Change(3, opened: .between(hour(-5), hour(5))), Change(4, opened: .between(hour(90), hour(110))),
      Change(5, opened: .between(hour(-5), hour(200))), Change(6, opened: .between(nil, hour(50))),
      Change(7, opened: .between(hour(50), nil)),
    ]
    #expect(try Figures(certain + possible).value(.changeRequests) == .countBetween(2, 7))
    let outside = try [
      Change(8, opened: .at(hour(-1))), Change(9, opened: .at(hour(101))),
      Change(10, opened: .between(hour(-9), hour(-5))), Change(11, opened: .between(hour(101), hour(120))),
      Change(12, opened: .unknown), Change(13, opened: nil),
    ]
    #expect(try Figures(certain + outside).value(.changeRequests) == .count(2))
    #expect(try Figures(outside).value(.changeRequests) == .refused(.nothingInWindow))
  }

  @Test func `all of time holds every opening that is not later`() throws {
    let changes = try [
      Change(1, opened: .between(nil, hour(50))), Change(2, opened: .at(hour(-9_000))),
      Change(3, opened: .between(hour(-20), hour(-10))), Change(4, opened: .unknown),
    ]
    #expect(try Figures(changes, since: nil).value(.changeRequests) == .count(3))
  }

  @Test func `a window holds both its ends`() throws {
    let changes = try [Change(1, opened: .at(hour(0))), Change(2, opened: .at(hour(100)))]
    #expect(try Figures(changes).value(.changeRequests) == .count(2))
    let window = Window(since: hour(10), until: hour(20))
    #expect(window.before?.until == hour(10).advanced(by: -1))
    #expect(window.before?.since == hour(0))
    #expect(Window(since: nil, until: hour(20)).before == nil)
    let huge = Window(since: Instant(seconds: .min), until: Instant(seconds: .max))
    #expect(huge.before?.since == Instant(seconds: .min))
  }

  @Test func `plain commits and machines' requests are no requests`() throws {
    let figures = try Figures([
      Change(commit: "7", by: "cy", landed: 20), Change(1, by: "robot").landed(20, by: "bo"),
    ])
    #expect(try figures.value(.changeRequests) == .refused(.nothingInWindow))
    #expect(try figures.value(.accepted) == .refused(.nothingInWindow))
    #expect(try figures.value(.botActivity) == .ratio(hits: 1, of: 2))
  }

  private func lives() throws -> [Change] {
    [
      try Change(1, by: "cy").landed(20, by: "bo"), try Change(2, by: "cy").landed(30, by: "bo", .claimed),
      try Change(3, by: "cy").landed(150, by: "bo"),
      try Change(4, by: "cy", status: .abandoned).with(.abandoned, 40, by: "cy"),
      try Change(5, by: "cy", status: .abandoned).with(.abandoned, 150, by: "cy"),
      try Change(6, by: "cy", .history, opened: .between(hour(10), hour(50))).landed(50, by: "bo"),
      try Change(7, by: "cy", .pullRefs, opened: .between(hour(10), nil)).head(.notFound),
      try Change(8, by: "cy"),
    ]
  }

  @Test func `accepted and declined requests are those that closed in the window`() throws {
    let figures = try Figures(lives())
    #expect(try figures[.accepted].value == .count(3))
    #expect(try figures[.accepted].grade == .claimed)
    #expect(try figures[.declined].value == .count(1))
    #expect(try figures[.declined].remarks == [.undetermined(1)])
    #expect(try figures[.acceptanceRatio].value == .ratio(hits: 2, of: 3))
    #expect(try figures[.closureRatio].value == .ratio(hits: 3, of: 6))
    #expect(try figures[.closureRatio].sample == 6)
  }

  @Test func `what nothing records as declined is refused, with what is undetermined`() throws {
    let plain = try lives().filter { $0.traces[0].source != .appraise }
    let figures = Figures(plain)
    for metric in [Metric.declined, .acceptanceRatio, .closureRatio] {
      #expect(try figures[metric].value == .refused(.noDeclines))
      #expect(try figures[metric].remarks == [.undetermined(1)])
    }
    #expect(try figures[.accepted].value == .count(1))
    #expect(try figures[.reviews].value == .refused(.noReviews))
    #expect(try figures[.timeToFirstResponse].value == .refused(.noReviews))
  }

  @Test func `a window before without anything is refused rather than zero`() throws {
    let before = try Figures(lives(), since: -100, until: -1)
    #expect(try before[.changeRequests].value == .refused(.nothingInWindow))
    #expect(try before[.acceptanceRatio].value == .refused(.nothingInWindow))
    #expect(try before[.closureRatio].value == .refused(.nothingInWindow))
    #expect(try before[.accepted].value == .count(0))
    #expect(try before[.declined].value == .count(0))
    #expect(try before[.timeToFirstResponse].value == .refused(.nothingInWindow))
    #expect(try before[.timeToClose].value == .refused(.nothingInWindow))
    #expect(try before[.selfMergeRate].value == .refused(.nothingInWindow))
  }

  @Test func `reviews are verdicts and comments on the code by others, in the window`() throws {
    let change = try Change(1, by: "cy").approved(20, by: "bo").with(
      .comment(onCode: true, asks: false), 21, by: "ben"
    )
    .with(.comment(onCode: false, asks: false), 22, by: "ben").approved(23, by: "cy").approved(150, by: "bo")
    .with(.verdict(.reject, revision: nil), .between(hour(1), hour(2)), by: "dee")
    #expect(try Figures([change]).value(.reviews) == .count(2))
    let quiet = try Figures([Change(1, by: "cy")])[.reviews]
    #expect(quiet.value == .count(0))
    #expect(quiet.sample == 1)
    let robot = try Change(2, by: "cy").approved(20, by: "robot")
    #expect(try Figures([robot]).value(.reviews) == .count(0), "machines do not review")
  }

  @Test func `unanswered requests count as longer than their age`() throws {
    let changes = [
      try Change(1, by: "cy").approved(11, by: "bo"), try Change(2, by: "cy").approved(14, by: "bo"),
      try Change(3, by: "cy"), try Change(4, by: "cy").landed(30, by: "bo"),
      try Change(5, by: "cy", opened: .between(hour(20), hour(30))).approved(40, by: "bo"),
    ]
    let found = try Figures(Array(changes[..<4]))[.timeToFirstResponse]
    #expect(found.value == .wait(median: 14_400, p90: nil, ended: 2, medianOfEnded: 9000))
    #expect(found.sample == 4)
    #expect(found.remarks == [.unanswered(2)])
    #expect(found.grade == .recorded)
    #expect(found.sources == [SourceUse(source: .appraise, records: 4, grade: .recorded)])
  }

  @Test func `one opening within limits makes an interval of the time to first response`() throws {
    let exact = try [(1, 11), (2, 14), (3, 16)].map { number, hours in
      try Change(number, by: "cy").approved(Int64(hours), by: "bo")
    }
    let bounded = try Change(5, by: "cy", opened: .between(hour(20), hour(23))).approved(25, by: "bo")
    let found = try Figures(exact + [bounded])[.timeToFirstResponse]
    // Waits of 1, 4 and 6 hours, and one of 2 to 5: the median of four is the second.
    #expect(found.value == .waitBetween(2 * 3600, 4 * 3600))
    #expect(found.remarks == [.boundedOnly(1), .exactAlone(count: 3, median: 4 * 3600)])
    #expect(found.grade == .bounded)
    #expect(found.sources == [SourceUse(source: .appraise, records: 4, grade: .bounded)])
    let only = try Figures([bounded])[.timeToFirstResponse]
    #expect(only.value == .waitBetween(2 * 3600, 5 * 3600))
    #expect(only.remarks == [.boundedOnly(1)])
  }

  @Test func `a response within limits ends the wait, and is not unanswered`() throws {
    let change = try Change(1, by: "cy").with(
      .comment(onCode: false, asks: false), .between(hour(12), hour(30)), by: "bo")
    let found = try Figures([change])[.timeToFirstResponse]
    #expect(found.value == .waitBetween(2 * 3600, 20 * 3600))
    #expect(found.remarks == [.boundedOnly(1)])
  }

  @Test func `the time to close is exact with recorded openings, and else bounded`() throws {
    let bounded = try [6, 8, 20].map { hours in
      try Change(Int(hours) + 100, by: "cy", .history, opened: .between(hour(50 - hours), hour(50))).landed(
        50, by: "bo")
    }
    let limits = try Figures(bounded)[.timeToClose]
    #expect(limits.value == .waitBetween(0, 28_800))
    #expect(limits.grade == .bounded)
    #expect(limits.sample == 3)
    #expect(limits.sources == [SourceUse(source: .history, records: 3, grade: .bounded)])
    let squash = try Change(90, by: "cy", .history, opened: .between(nil, hour(50))).landed(50, by: "bo")
    #expect(try Figures(bounded + [squash])[.timeToClose].remarks == [.boundedOnly(4), .unknown(1)])
    #expect(try Figures([squash])[.timeToClose].value == .refused(.noOpenings))
    let recorded = try lives().filter { $0.traces[0].source == .appraise }
    let exact = try Figures(recorded)[.timeToClose]
    #expect(exact.value == .wait(median: 72_000, p90: 108_000, ended: 3, medianOfEnded: 72_000))
    #expect(exact.remarks.isEmpty)
    #expect(exact.grade == .derived)
    let mixed = try Figures(recorded + [squash])[.timeToClose]
    #expect(mixed.value == .waitBetween(36_000, 72_000))
    #expect(
      mixed.remarks == [.boundedOnly(1), .unknown(1), .exactAlone(count: 3, median: 72_000)])
  }

  @Test func `limits are as narrow as what is known of them allows`() throws {
    let exact = try (1...9).map { try Change($0, by: "cy").landed(10 + Int64($0), by: "bo") }
    let vague = try Change(50, by: "cy", opened: .between(nil, hour(60))).landed(60, by: "bo")
    guard case .waitBetween(let low, let high) = try Figures(exact + [vague]).value(.timeToClose) else {
      Issue.record("no interval")
      return
    }
    #expect((low, high) == (4 * 3600, 5 * 3600))
  }

  @Test func `a shallow clone that ends in the window says so of each figure, and refuses a window before`()
    throws
  {
    let cut = hour(15)
    let inside = try Figures(lives(), completeSince: cut)
    #expect(try inside[.accepted].remarks == [.completeSince(cut)])
    #expect(try inside[.timeToClose].remarks.last == .completeSince(cut))
    let before = try Figures(lives(), since: -100, until: 0, completeSince: cut)
    for metric in Metric.allCases { #expect(try before.value(metric) == .refused(.shallowHistory)) }
    #expect(try Figures(lives(), since: 16, completeSince: cut)[.accepted].remarks.isEmpty)
  }

  @Test func `each figure names the sources whose facts went in`() throws {
    let figures = try Figures(lives())
    #expect(
      try figures[.accepted].sources == [
        SourceUse(source: .history, records: 1, grade: .derived),
        SourceUse(source: .appraise, records: 2, grade: .claimed),
      ])
    #expect(try figures[.declined].sources == [SourceUse(source: .appraise, records: 1, grade: .recorded)])
    #expect(try figures[.reviews].value == .count(0))
    #expect(try figures[.reviews].sources == [SourceUse(source: .appraise, records: 6, grade: .recorded)])
    #expect(try Figures([])[.declined].sources.isEmpty)
  }

  @Test func `a change closes when it lands or is given up`() throws {
    func closing(_ change: Change) throws -> Instant? { try assess(change).contribution.closing }
    #expect(try closing(Change(by: "cy")) == nil)
    #expect(try closing(Change(by: "cy").landed(30)) == hour(30))
    let abandoned = try Change(by: "cy", status: .abandoned)
    #expect(try closing(abandoned.with(.abandoned, 20).with(.abandoned, 40)) == hour(40))
    #expect(try closing(abandoned.with(.abandoned, .between(hour(1), hour(5)))) == hour(5))
    #expect(try closing(abandoned.with(.abandoned, .unknown)) == nil)
    #expect(try closing(Change(by: "cy").with(.abandoned, 20).with(.restored, 30)) == nil)
  }
}

/// Sources that keep reviews, but do not say what was declined.
@Suite struct HealthDeclineTests {
  @Test(arguments: [SourceKind.mail, .gittuf])
  func `records of what landed alone tell reviews, never what was declined`(source: SourceKind) throws {
    let change = try Change(1, by: "cy", source).approved(20, by: "bo").landed(30, by: "bo")
    let figures = Figures([change])
    #expect(try figures.value(.reviews) == .count(1))
    for metric in [Metric.declined, .acceptanceRatio, .closureRatio] {
      #expect(try figures.value(metric) == .refused(.noDeclines))
    }
  }
}
