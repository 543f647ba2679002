import Facts
import Testing

@testable import Reports
@testable import Rules

/// A hand-made report in which every kind of gap, cause and value occurs.
enum MaturityFixture {
  static func report(months: Bool = true, required: Int? = 2) throws -> MaturityReport {
    let entries = try DocumentedReports.entries()
    let standing = try standing(entries)
    let month = CalendarMonth(containing: DocumentedReports.asOf)
    return MaturityReport(
      header: try DocumentedReports.header(), entries: entries,
      standings: [standing, other(standing, .component("network")), other(standing, .team("payments"))],
      asked: 1,
      months: months
        ? [
          .init(month: month.before, asOf: month.before.end, standings: [standing]),
          .init(month: month, asOf: DocumentedReports.asOf, standings: []),
        ] : [],
      required: required)
  }

  static let gaps: [EvidenceGap] = [
    .belowFloor(5), .nothingToJudge, .reviewsNotInGit(1), .unknownOrigin(2), .notIdentifiable(2),
    .undetermined(1), .noHostKnown(3), .noObjective("first-review"), .noReviewRecords, .noActiveComponent,
    .noGrants, .historyCut(since: DocumentedReports.asOf), .missingObjects(1),
  ]

  static func causes() throws -> [Responsible.Cause] {
    let entry = try #require(try DocumentedReports.entries().first)
    let person = try #require(entry.contribution.author)
    return [
      .notAuthorised(.unreviewed), .unknownOrigin(.notInRoster), .missed(lateness: 7200),
      .notIdentifiable(.reviewsNotInGit), .waits(multiple: 4.25, since: DocumentedReports.asOf),
      .acceptedByPlatform(isAssisted: true),
      .approvedWithoutRight(person, .grantMissed(.expired("docs", at: DocumentedReports.asOf))),
      .undetermined,
    ]
  }

  private static func standing(_ entries: [ContributionEntry]) throws -> MaturityStanding {
    let evidence = try #require(entries.first?.contribution.events.first?.evidence)
    let causes = try causes().enumerated().map {
      Responsible.contribution(0, $0.element, $0.offset > 5 ? nil : evidence)
    }
    let others: [Responsible] = [
      .component("network", delegates: ["cy"]), .component(nil, delegates: []), .grant("open"),
    ]
    let criteria = MaturityCriterion.allCases.enumerated().map { place, criterion in
      var result = CriterionResult(
        criterion, threshold: criterion.unit == .share ? 0.9 : 3, sample: 4,
        verdict: [.met, .notMet, .notEnoughEvidence][place % 3])
      result.value = place == 6 ? nil : criterion.unit == .share ? 0.75 : 4.25
      if criterion.unit != .count { result.interval = 0.5...0.875 }
      if place == 2 { result.gaps = gaps }
      if place == 1 { result.responsible = causes + others }
      return result
    }
    return MaturityStanding(
      scope: .repository(0, "platform"),
      window: Window(since: DocumentedReports.asOf.advanced(by: -86_400), until: DocumentedReports.asOf),
      policy: PolicyVersion(commit: evidence.object),
      landed: .init(byHost: 3, byPlatform: 2, assisted: 1, byDelegates: 1, unplaced: 1, unknown: 2),
      criteria: criteria)
  }

  private static func other(_ standing: MaturityStanding, _ scope: MaturityStanding.Scope) -> MaturityStanding
  {
    var other = standing
    other.scope = scope
    other.window.since = nil
    other.policy.commit = nil
    for place in other.criteria.indices { other.criteria[place].verdict = .met }
    return other
  }
}
