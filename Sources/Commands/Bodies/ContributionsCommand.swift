internal import Facts
internal import Git
internal import Reports
internal import Rules

/// `contributions`: every contribution of the window with its judgement; all of time unless a window is asked for.
enum ContributionsCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all)
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let filter = EntryFilter(arguments)
    var report = ContributionsReport(
      header: analysis.header(),
      entries: analysis.entries { plan.window?.touches($0.contribution) ?? true }.filter(filter.accepts))
    if report.entries.isEmpty, plan.window != nil { report.header.notes += analysis.emptyWindowNotes() }
    switch arguments[Options.format] {
    case .json: try report.json(workers: Workers(plan.jobs).run) { bytes in try world.output(bytes) }
    case .csv: try world.output(ContributionCSV.bytes(report.entries, raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    world.keep((analysis, report))
    return .met
  }
}

extension Analysis {
  /// Says of every repository when it was last active, for a report that came out empty.
  func emptyWindowNotes() -> [ReportNote] {
    repositories.map { .nothingInWindow(repository: $0.name, newest: $0.summary.newestCommit) }
  }
}

/// The filters of a command line.
///
/// Filters of one kind widen each other, filters of different kinds narrow each other.
struct EntryFilter {
  private let arguments: Arguments
  /// Whether nothing is filtered at all.
  private let isEmpty: Bool

  init(_ arguments: Arguments) {
    self.arguments = arguments
    isEmpty =
      arguments.all(Options.state).isEmpty && arguments.all(Options.origin).isEmpty
      && arguments.all(Options.turn).isEmpty && arguments.all(Options.level).isEmpty
      && arguments.all(Options.component).isEmpty && arguments.all(Options.team).isEmpty
      && arguments.all(Options.author).isEmpty && arguments.all(Options.id).isEmpty
      && arguments.all(Options.objectiveState).isEmpty
  }

  func accepts(_ entry: ContributionEntry) -> Bool {
    if isEmpty { return true }
    let assessment = entry.assessment
    return holds(Options.state) { $0.rawValue == entry.contribution.state.rawValue }
      && holds(Options.origin) { $0.rawValue == assessment.origin.kind.rawValue }
      && holds(Options.turn) { $0.rawValue == assessment.turn?.rawValue }
      && holds(Options.level) { level in
        level == .none
          ? assessment.level.number == nil : assessment.level.number.map { "\($0)" } == level.rawValue
      }
      && holds(Options.component) { assessment.components.contains($0) }
      && holds(Options.team) { assessment.authorTeams.contains($0) }
      && holds(Options.author) { entry.isBy($0) }
      && holds(Options.id) { entry.isNamed($0) }
      && holds(Options.objectiveState) { state in
        assessment.serviceLevels.contains { $0.state.rawValue == state.rawValue }
      }
  }

  private func holds<Value>(_ option: Option<Value>, _ matches: (Value) -> Bool) -> Bool {
    let wanted = arguments.all(option)
    return wanted.isEmpty || wanted.contains(where: matches)
  }
}

extension ContributionEntry {
  /// Whether the author or a co-author is the person named by handle, address or name.
  func isBy(_ who: String) -> Bool {
    let wanted = who.lowercased()
    return ([contribution.author].compactMap { $0 } + contribution.coauthors).contains { id in
      let person = people[id]
      return [person.key.description, person.email, person.name].contains { $0.lowercased() == wanted }
    }
  }

  /// Whether an id names the contribution; a commit or review may be shortened.
  func isNamed(_ id: String) -> Bool {
    let wanted = id.lowercased()
    return ([contribution.id] + contribution.aliases).contains { name in
      let text = name.description.lowercased()
      if text == wanted { return true }
      guard wanted.hasPrefix("commit/") || wanted.hasPrefix("review/") else { return false }
      guard let slash = wanted.firstIndex(of: "/"), wanted[slash...].count > 4 else { return false }
      return text.hasPrefix(wanted) || wanted.hasPrefix(text)
    }
  }
}
