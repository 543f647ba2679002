internal import Facts
internal import Reports
internal import Rules

/// `status`: where somebody's own contributions stand.
enum StatusCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let ids = arguments[Operands.ids]
    var plan = AnalysisPlan(
      arguments, world: world, defaultWindow: .seconds(180 * 86_400), readsEverything: !ids.isEmpty)
    plan.repositories = arguments.all(Options.repository).isEmpty ? ["."] : arguments.all(Options.repository)
    plan.comparesSince = plan.asOf.advanced(by: -WaitHistory.days * 86_400)
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let entries = analysis.entries()
    let wanted: [ContributionEntry]
    if !ids.isEmpty {
      wanted = try ids.map { try ContributionLookup.one($0, in: entries) }
    } else {
      let people = try authors(arguments, world, plan.repositories)
      wanted = entries.filter { entry in
        people.contains(where: entry.isBy) && (plan.window?.touches(entry.contribution) ?? true)
      }
    }
    let expected = Expectations(analysis, for: wanted)
    var report = StatusReport(header: analysis.header(), entries: wanted, expected: expected.of)
    report.header.zone = arguments.readerZone(world)
    if wanted.isEmpty { report.header.notes += analysis.emptyWindowNotes() }
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(ContributionCSV.bytes(report.entries, raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }

  /// Whose contributions: those named, or the address that git is configured with.
  private static func authors(_ arguments: Arguments, _ world: World, _ repositories: [String]) throws
    -> [String]
  {
    let named = arguments.all(Options.author)
    guard arguments[Options.mine] || named.isEmpty else { return named }
    guard let own = try world.ownAddress(repository: repositories.first ?? ".") else {
      throw CommandFailure.other(
        "git knows no address of yours here (`git config user.email`); name somebody with --author, or give an ID"
      )
    }
    return named + [own]
  }
}

/// What those who wait may expect, by what became of the waits of the last 365 days in each repository.
private struct Expectations {
  private var histories: [String: (waits: WaitHistory, assessor: Assessor)] = [:]
  private let asOf: Instant

  /// Looks back only in the repositories of the contributions given.
  init(_ analysis: Analysis, for wanted: [ContributionEntry]) {
    asOf = analysis.plan.asOf
    let names = Set(wanted.map(\.repository))
    for repository in analysis.repositories where names.contains(repository.name) {
      let waits = WaitHistory(repository.entries.lazy.map(\.assessment), asOf: asOf)
      histories[repository.name] = (waits, repository.assessor())
    }
  }

  func of(_ entry: ContributionEntry, _ item: ServiceLevelItem) -> Expectation? {
    guard let history = histories[entry.repository],
      let wait = history.waits.expectation(of: item, origin: entry.assessment.origin.kind)
    else { return nil }
    guard item.state != .paused, case .value(let quantile) = wait.remaining, let seconds = quantile.seconds
    else { return Expectation(wait, by: nil) }
    return Expectation(wait, by: history.assessor.moment(after: seconds, from: asOf, for: item))
  }
}

/// Finds a contribution by what the user typed.
enum ContributionLookup {
  static func one(_ id: String, in entries: [ContributionEntry]) throws -> ContributionEntry {
    let found = entries.filter { $0.isNamed(id) }
    guard let first = found.first else {
      throw CommandFailure.noSuchContribution(id, nearest: nearest(id, entries))
    }
    guard found.count == 1 else {
      throw CommandFailure.severalContributions(
        id, in: found.prefix(5).map { "\($0.repository)/\($0.contribution.id)" })
    }
    return first
  }

  /// Ids that end in the same number, such as `mr/76` for `pr/76`.
  private static func nearest(_ id: String, _ entries: [ContributionEntry]) -> [String] {
    let digits = id.split(separator: "/").last.map { $0.filter(\.isNumber) } ?? ""
    guard !digits.isEmpty else { return [] }
    return entries.map(\.contribution.id.description).filter { $0.hasSuffix("/\(digits)") }.prefix(3).map {
      $0
    }
  }
}
