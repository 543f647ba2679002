internal import Facts
internal import Rules

extension ReplayReport {
  /// One row for each wait that is judged differently, and one for each level that changed.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(
      [
        "repository", "id", "title", "what", "start", "beforeObjective", "beforeState", "beforeDue",
        "beforeLateWorkingSeconds", "beforeLevel", "afterObjective", "afterState", "afterDue",
        "afterLateWorkingSeconds", "afterLevel",
      ], raw: raw)
    for contribution in changed {
      let (before, after) = (contribution.before, contribution.after)
      let head = [contribution.repository, before.contribution.id.description, before.contribution.title]
      let levels = [before, after].map { $0.level.number.map { String($0) } }
      for wait in contribution.waits where wait.isChanged {
        let start = (wait.before ?? wait.after)?.start.instant?.shown.rfc3339
        table.append(
          head + [wait.clock.rawValue, start] + Self.cells(wait.before) + [levels[0]] + Self.cells(wait.after)
            + [levels[1]])
      }
      if contribution.changes.contains(.level) {
        table.append(head + ["level", nil, nil, nil, nil, nil, levels[0], nil, nil, nil, nil, levels[1]])
      }
    }
    return table.bytes
  }

  private static func cells(_ item: ServiceLevelItem?) -> [String?] {
    [
      item?.objective.name, item?.state.rawValue, item?.due?.shown.rfc3339,
      item.flatMap { $0.targetSeconds == nil ? nil : String($0.lateness) },
    ]
  }
}
