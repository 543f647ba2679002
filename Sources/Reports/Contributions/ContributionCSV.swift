internal import Facts
internal import Rules

/// Contributions as rows, one each: the columns that a spreadsheet can use.
public enum ContributionCSV {
  private static let columns = [
    "repository", "id", "state", "stateReason", "level", "levelReason", "origin", "author", "team", "title",
    "turn",
    "waitingSince", "openedAt", "openedNotBefore", "openedNotAfter", "openedGrade", "firstResponseAt",
    "firstResponseBy", "firstResponseSeconds", "landedAt", "landedBy", "landedCommit", "landedGrade",
    "pathCount",
    "components", "findings", "firstReviewObjectiveState", "firstReviewDue", "timeliness",
    "assisted",
  ]

  /// What a backlog adds: the most urgent item.
  private static let urgencyColumns = [
    "urgentObjective", "urgentState", "urgentDue", "urgentRemainingWorkingSeconds",
    "urgentLateWorkingSeconds",
  ]

  /// One row for each entry; `raw` leaves cells as they are, else those that a spreadsheet would run are guarded.
  ///
  /// With `urgency` the most urgent open item of each stands in the last columns.
  public static func bytes(_ entries: [ContributionEntry], raw: Bool, urgency: Bool = false) -> [UInt8] {
    var table = CSVTable(urgency ? columns + urgencyColumns : columns, raw: raw)
    for entry in entries { table.append(urgency ? row(entry) + self.urgency(of: entry) : row(entry)) }
    return table.bytes
  }

  private static func urgency(of entry: ContributionEntry) -> [String?] {
    guard let item = entry.assessment.mostUrgent?.item else { return urgencyColumns.map { _ in nil } }
    return [
      item.objective.name, item.state.rawValue, item.due?.shown.rfc3339,
      item.state == .missed ? "0" : item.remaining.map { String($0) },
      item.targetSeconds.map { _ in String(item.lateness) },
    ]
  }

  private static func row(_ entry: ContributionEntry) -> [String?] {
    let (contribution, assessment) = (entry.contribution, entry.assessment)
    return [
      entry.repository, contribution.id.description, contribution.state.rawValue, contribution.basis.label,
      assessment.level.number.map { String($0) }, assessment.level.reason.rawValue,
      assessment.origin.kind.rawValue,
      contribution.author.map { entry.people[$0].key.description }, assessment.authorTeams.first,
      contribution.title,
      assessment.turn?.rawValue,
      assessment.turn == nil ? nil : assessment.waitingSince.earliest?.shown.rfc3339,
    ] + opening(contribution) + response(entry) + landing(entry) + [
      contribution.paths.map { String($0.count) }, assessment.components.joined(separator: " "),
      assessment.findings.map(\.rawValue).joined(separator: " "),
      assessment.firstReviewItem?.state.rawValue, assessment.firstReviewItem?.due?.shown.rfc3339,
      assessment.timeliness?.rawValue, assessment.level.isAssisted ? "yes" : "no",
    ]
  }

  private static func opening(_ contribution: Contribution) -> [String?] {
    var limits: (Instant?, Instant?) = (nil, nil)
    if case .between(let earliest, let latest) = contribution.opened.time { limits = (earliest, latest) }
    return [
      contribution.opened.time.instant?.shown.rfc3339, limits.0?.shown.rfc3339, limits.1?.shown.rfc3339,
      contribution.opened.grade.label,
    ]
  }

  private static func response(_ entry: ContributionEntry) -> [String?] {
    let answer = entry.assessment.firstResponse
    return [
      answer?.event.time.instant?.shown.rfc3339,
      answer?.event.person.map { entry.people[$0].key.description },
      answer?.wait.exactSeconds.map { String($0) },
    ]
  }

  private static func landing(_ entry: ContributionEntry) -> [String?] {
    let landing = entry.contribution.landing
    return [
      landing?.at.shown.rfc3339, landing?.by.map { entry.people[$0].key.description }, landing?.commit.hex,
      landing?.grade.label,
    ]
  }
}

extension HealthReport {
  /// The figures as rows: group, metric, value, its limits, n, grade, and the value of the window before.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(
      ["group", "metric", "value", "atLeast", "atMost", "unit", "n", "grade", "before", "refused"], raw: raw)
    for group in groups {
      for pair in group.pairs {
        let now = Self.cells(pair.now.value)
        let before = pair.before.flatMap { Self.cells($0.value).value }
        table.append(
          [group.name ?? "", pair.now.metric.rawValue, now.value, now.low, now.high, now.unit] + [
            String(pair.now.sample), pair.now.grade.label, before, now.refused,
          ])
      }
    }
    return table.bytes
  }

  private struct Cells {
    var value: String?
    var low: String?
    var high: String?
    var unit: String?
    var refused: String?
  }

  private static func cells(_ value: Measurement.Value) -> Cells {
    switch value {
    case .count(let count): Cells(value: String(count))
    case .countBetween(let low, let high): Cells(low: String(low), high: String(high))
    case .ratio(let hits, let count): Cells(value: FixedDecimal.quotient(hits, by: count, digits: 4))
    case .wait(let median, _, _, _): Cells(value: median.map { String($0) }, unit: "seconds")
    case .waitBetween(let low, let high):
      Cells(low: low.map { String($0) }, high: high.map { String($0) }, unit: "seconds")
    case .refused(let reason): Cells(refused: reason.rawValue)
    }
  }
}
