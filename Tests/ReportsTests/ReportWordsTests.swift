import Facts
import Rules
import Testing

@testable import Reports

/// Every reason has words of its own: a reader can tell any two of them apart.
@Suite struct ReportWordsTests {
  private func expectDistinct(_ texts: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    for text in texts { #expect(!text.isEmpty, sourceLocation: sourceLocation) }
    let repeated = Dictionary(grouping: texts) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(repeated == [], sourceLocation: sourceLocation)
  }

  private static let approvals: [JudgedApproval.Reason] = [
    .hostMember(team: "platform"), .inferredHost(landings: 5),
    .ownerByFile(OwnershipPlace(file: "CODEOWNERS", line: 3)), .wroteTheChange, .notInRoster,
    .inOtherTeams(["payments"]), .inOtherTeams([]), .hostMemberOnly(from: nil, until: Instant(seconds: 0)),
    .hostMemberOnly(from: Instant(seconds: 0), until: nil), .noHostKnown, .machine, .stale, .superseded,
    .gradeTooLow(.claimed),
  ]

  private static let origins: [JudgedOrigin.Basis] = [
    .membership(team: "platform"), .otherTeams(["payments"]), .otherTeams([]), .botRule,
    .inferredHost(landings: 5), .inferredGuest,
    .ownerByFile(OwnershipPlace(file: "CODEOWNERS", line: 3)), .notOwnerByFile, .notInRoster, .noHostKnown,
    .noAuthor,
  ]

  @Test func `findings, refusals and figures`() {
    expectDistinct(Finding.allCases.map { Words.finding($0).plain })
    expectDistinct(Refusal.allCases.map { Words.reason($0).plain })
    expectDistinct(Metric.allCases.map { Words.metric($0).plain })
  }

  @Test func `obstacles, steps, actions and clocks`() {
    expectDistinct(ServiceLevelItem.Obstacle.allCases.map { Words.reason($0).plain })
    expectDistinct(ClockStep.Kind.allCases.map { Words.step($0).plain })
    expectDistinct(ServiceLevels.Escalation.Action.allCases.map { Words.action($0).plain })
    expectDistinct(ServiceLevels.Clock.allCases.map { Words.clock($0).plain })
    expectDistinct(Timeliness.allCases.map { Words.timeliness($0).plain })
    for obstacle in ServiceLevelItem.Obstacle.allCases { #expect(!Words.cure(obstacle).plain.isEmpty) }
  }

  @Test func `heads and review states`() {
    expectDistinct(HeadClass.allCases.map { Words.head($0).plain })
    expectDistinct(AppraiseStatus.allCases.map { Words.appraise($0).plain })
    expectDistinct(Contribution.State.allCases.map { Words.state($0).plain })
    expectDistinct(
      HeadClass.allCases.map { Contribution.Basis.head($0).label }
        + AppraiseStatus.allCases.map { Contribution.Basis.review($0).label }
        + [Contribution.Basis.landed.label, Contribution.Basis.missingObject.label])
  }

  @Test func `levels, origins and approvals`() throws {
    let levels: [Level.Reason] = Level.Reason.allCases
    expectDistinct(
      levels.map { Words.explain(Level(nil, $0), tooFew: false).plain }
        + [Words.explain(Level(nil, .unauthorised), tooFew: true).plain])
    expectDistinct(Self.origins.map { Words.origin(JudgedOrigin(.external, $0)).plain })
    let commit = try #require(ObjectName(hex: String(repeating: "1", count: 40)))
    let event = ReviewEvent(
      Observation(.verdictWithdrawn, .unknown, by: nil, .recorded, Evidence(object: commit)), person: nil,
      source: .appraise)
    let words = Self.approvals.map { reason in
      Words.approval(
        JudgedApproval(
          event: event, person: PersonID(index: 0), revision: nil, authority: .platform, counted: true,
          reason: reason)
      ).plain
    }
    expectDistinct(words)
    for text in words { #expect(!text.hasSuffix(" ") && !text.contains("  "), "\(text)") }
  }

  @Test func `notes and remarks`() {
    let notes: [ReportNote] = [
      .hostsInferred(repository: "r", count: 3), .hostsUnknown(repository: "r"), .policyOutsideGit,
      .nothingInWindow(repository: "r", newest: nil),
      .nothingInWindow(repository: "r", newest: Instant(seconds: 0)), .emptyRepository(repository: "r"),
      .shallow(repository: "r"), .undetermined(count: 2), .reviewsNotInGit(repository: "r"),
    ]
    expectDistinct(notes.map { Words.note($0).plain })
    let remarks: [Remark] = [
      .boundedOnly(2), .unanswered(2), .undetermined(2), .unknown(2),
      .largestShare(name: "x", hits: 1, of: 2),
      .inferredHosts(2),
    ]
    expectDistinct(remarks.map { Words.remark($0).plain })
  }

  @Test(arguments: [
    (KnownTime.at(Instant(seconds: 0)), "1970-01-01 00:00 UTC"),
    (.between(Instant(seconds: 0), Instant(seconds: 86_400)), "1970-01-01 to 1970-01-02"),
    (.between(Instant(seconds: 0), nil), "from 1970-01-01"),
    (.between(nil, Instant(seconds: 0)), "by 1970-01-01"),
    (.between(nil, nil), "not known"), (.unknown, "not known"),
  ])
  func `a time is told as well as it is known`(time: KnownTime, text: String) {
    #expect(Words.when(time).plain == text)
  }
}
