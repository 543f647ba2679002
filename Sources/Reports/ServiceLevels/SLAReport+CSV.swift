internal import Facts
internal import Rules

extension SLAReport {
  private static let columns = [
    "objective", "repository", "id", "cycle", "promised", "state", "reason", "open", "start", "due",
    "breachesAt", "atRiskSince", "missedSince", "end", "targetWorkingSeconds", "elapsedWorkingSeconds",
    "lateWorkingSeconds", "turn", "origin", "author", "teams", "components", "waiver", "wait",
    "waitWorkingSeconds", "waitReason", "policy", "startEvidence", "answerEvidence", "title",
  ]

  /// One row for each item that came due in the window or is open, and for each wait that began in it.
  ///
  /// `raw` leaves cells as they are, else those that a spreadsheet would run are guarded.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(Self.columns, raw: raw)
    for account in accounts {
      for row in Self.rows(account) { table.append(cells(row, account)) }
    }
    return table.bytes
  }

  /// An item, a wait, or both, of one cycle of one contribution.
  private struct Row {
    var subject: Int
    var cycle: Int
    var item: ServiceLevelItem?
    var observation: ServiceLevelWaits.Observation?
  }

  private static func rows(_ account: ServiceLevelAccount) -> [Row] {
    var rows = account.lines.map { Row(subject: $0.subject, cycle: $0.item.cycle, item: $0.item) }
    let places = Dictionary(
      uniqueKeysWithValues: rows.enumerated().map { ([$0.element.subject, $0.element.cycle], $0.offset) })
    for observation in account.waits?.observations ?? [] {
      if let place = places[[observation.subject, observation.wait.cycle]] {
        rows[place].observation = observation
      } else {
        rows.append(
          Row(subject: observation.subject, cycle: observation.wait.cycle, observation: observation))
      }
    }
    return rows.sorted { ($0.subject, $0.cycle) < ($1.subject, $1.cycle) }
  }

  private func cells(_ row: Row, _ account: ServiceLevelAccount) -> [String?] {
    let entry = entries[row.subject]
    let (contribution, assessment) = (entry.contribution, entry.assessment)
    let isPromised = row.item != nil || row.observation?.isPromised ?? false
    return [
      account.objective.name, entry.repository, contribution.id.description, String(row.cycle),
      isPromised ? "yes" : "no",
    ] + cells(row.item, row.observation) + [
      assessment.turn?.rawValue, assessment.origin.kind.rawValue,
      contribution.author.map { entry.people[$0].key.description },
      assessment.authorTeams.joined(separator: " "), assessment.components.joined(separator: " "),
      row.item?.waiver?.id,
    ] + wait(row.observation) + [
      row.item?.policy.commit?.hex, row.item.flatMap { entry.startEvidence(of: $0)?.description },
      row.item?.answer.map { contribution.events[$0].evidence.description }, contribution.title,
    ]
  }

  private func cells(_ item: ServiceLevelItem?, _ observation: ServiceLevelWaits.Observation?) -> [String?] {
    guard let item else {
      return [nil, nil, nil, observation?.wait.start?.shown.rfc3339]
        + Array(repeating: nil, count: 8)
    }
    let isJudged = item.obstacle == nil
    return [
      item.state.rawValue, item.obstacle?.rawValue, item.isOpen ? "yes" : "no",
      item.start.instant?.shown.rfc3339, item.due?.shown.rfc3339, item.breachesAt?.shown.rfc3339,
      item.atRiskAt?.shown.rfc3339, item.missedAt?.shown.rfc3339, item.end?.shown.rfc3339,
      item.targetSeconds.map { String($0) }, isJudged ? String(item.elapsed.upperBound) : nil,
      isJudged ? String(item.lateness) : nil,
    ]
  }

  /// How a wait ended and how long it was; nothing where it began outside the window.
  private func wait(_ observation: ServiceLevelWaits.Observation?) -> [String?] {
    guard observation?.origin != .bot else { return ["left-out", nil, "service-account"] }
    return switch observation?.wait.content {
    case .seen(let seconds, let ending): [ending?.rawValue ?? "open", String(seconds), nil]
    case .leftOut(let reason): ["left-out", nil, reason.rawValue]
    case nil: [nil, nil, nil]
    }
  }
}
