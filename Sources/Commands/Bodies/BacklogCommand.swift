internal import Facts
internal import Reports
internal import Rules

/// `backlog`: what is open, the most urgent first.
enum BacklogCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(180 * 86_400))
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let filter = EntryFilter(arguments)
    let (wantsOverdue, wantsAtRisk) = (arguments[Options.overdue], arguments[Options.atRisk])
    let open = analysis.entries { $0.contribution.state == .open || $0.contribution.state == .draft }
      .filter { entry in
        guard wantsOverdue || wantsAtRisk else { return true }
        return wantsOverdue && entry.isOverdue || wantsAtRisk && entry.isAtRisk
      }
    let undetermined = analysis.entries { assessment in
      assessment.contribution.state == .undetermined
        && (plan.window?.touches(assessment.contribution) ?? true)
    }
    var header = analysis.header()
    header.window = nil
    header.zone = arguments.readerZone(world)
    let report = BacklogReport(
      header: header, open: open.filter(filter.accepts), undetermined: undetermined.filter(filter.accepts))
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv:
      try world.output(
        ContributionCSV.bytes(report.entries, raw: arguments[Options.csvRaw], urgency: true))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }
}

extension Arguments {
  /// The zone in which due times are shown: the one asked for, else UTC; never that of the machine.
  func readerZone(_ world: World) -> ReaderZone {
    self[Options.zone].flatMap { world.timeZones([$0])[$0] }.map(ReaderZone.init) ?? .utc
  }
}
