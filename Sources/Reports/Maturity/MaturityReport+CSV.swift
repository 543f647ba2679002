internal import Facts
internal import Rules

extension MaturityReport {
  private static let columns = [
    "month", "asOf", "running", "scope", "name", "level", "criterion", "criterionLevel", "verdict", "unit",
    "value", "low", "high", "n", "asks", "threshold", "gaps", "responsible", "policy",
  ]

  /// One row for each criterion of each standing; of a trend one for each month as well, without a month the present.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(Self.columns, raw: raw)
    for standing in standings { append(standing, [nil, header.asOf.shown.rfc3339, nil], to: &table, true) }
    for month in months {
      let head = [month.month.name, month.asOf.shown.rfc3339, month.isRunning ? "yes" : "no"]
      for standing in month.standings { append(standing, head, to: &table, false) }
    }
    return table.bytes
  }

  private func append(
    _ standing: MaturityStanding, _ head: [String?], to table: inout CSVTable, _ isPresent: Bool
  ) {
    for result in standing.criteria {
      let numbers = [result.value, result.interval?.lowerBound, result.interval?.upperBound]
      let figures = numbers.map { $0.flatMap { FixedDecimal.text($0, digits: 4) } }
      table.append(
        head + [
          standing.scope.kind, standing.scope.name, String(standing.level), result.criterion.rawValue,
          String(result.criterion.level), result.verdict.rawValue, result.criterion.unit.rawValue,
        ] + figures + [
          String(result.sample), result.criterion.asksForMore ? "at-least" : "at-most",
          FixedDecimal.text(result.threshold, digits: 4),
          result.gaps.map { gap in gap.count.map { "\(gap.label)=\($0)" } ?? gap.label }
            .joined(separator: " "),
          isPresent ? result.responsible.map(name).joined(separator: " ") : nil, standing.policy.commit?.hex,
        ])
    }
  }

  private func name(_ responsible: Responsible) -> String {
    switch responsible {
    case .contribution(let place, _, _):
      let id = entries[place].contribution.id.description
      return header.repositories.count > 1 ? "\(entries[place].repository)/\(id)" : id
    case .component(let name, _): return name.map { "component:\($0)" } ?? "repository"
    case .grant(let id): return "grant:\(id)"
    }
  }
}
