internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// `health`: the figures of a window beside those of the window before.
enum HealthCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(180 * 86_400))
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let window = plan.window ?? Window(since: nil, until: plan.asOf)
    let before = window.before
    let earlier = try EarlierPeople.find(analysis, world, windows: [window] + (before.map { [$0] } ?? []))
    let filter = EntryFilter(arguments)
    let items = analysis.entries().filter(filter.accepts).map {
      HealthCalculator.Item($0.assessment, people: $0.people)
    }
    func measure(_ window: Window, _ earlier: Set<PersonKey>?) -> [Measurement] {
      HealthCalculator(
        items, window: window, asOf: plan.asOf, inferredHosts: analysis.inferredHosts, earlier: earlier,
        completeSince: analysis.repositories.compactMap(\.harvested.completeSince).max(),
        delegates: analysis.delegates(at: window.until)
      ).measure()
    }
    let now = measure(window, earlier?.first)
    let group = HealthReport.Group(name: nil, now: now, before: before.map { measure($0, earlier?.last) })
    let report = HealthReport(header: analysis.header(), groups: [group])
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }
}

extension Analysis {
  /// Everybody who holds a right by a sound grant at a moment, in any of the repositories.
  func delegates(at moment: Instant) -> Set<PersonKey> {
    repositories.reduce(into: []) { keys, repository in
      let inForce = repository.policies.inForce(at: moment)
      guard !inForce.beforeFirst else { return }
      let flaws = repository.grants?.flaws(inVersion: inForce.place) ?? [:]
      keys.formUnion(
        GrantChains(inForce.policy, flaws: flaws).holders(at: moment).map { PersonKey.handle($0) })
    }
  }

  /// The number of inferred hosts, where any repository has no roster.
  var inferredHosts: Int? {
    let counts = repositories.compactMap { repository -> Int? in
      if case .inferred(let people) = repository.summary.hosts { people.count } else { nil }
    }
    return counts.isEmpty ? nil : counts.reduce(0, +)
  }
}

/// Who contributed before a window, over all of history.
enum EarlierPeople {
  /// For each window everybody with earlier work in any of the repositories; nil when a clone is shallow, so that
  /// such work may be missing.
  static func find(
    _ analysis: Analysis, _ world: World, windows: [Window]
  ) throws -> [Set<PersonKey>]? {
    var found = [Set<PersonKey>](repeating: [], count: windows.count)
    let starts = windows.compactMap(\.since)
    for (path, repository) in zip(analysis.plan.repositories, analysis.repositories) {
      if repository.summary.isShallow { return nil }
      // A window without a start has nothing before it.
      guard let tip = repository.summary.tip, starts.count == windows.count else { continue }
      let authors = try EarlierAuthors(try world.openRepository(path), tip: tip)
        .find(before: starts, jobs: analysis.plan.jobs)
      for place in windows.indices {
        found[place].formUnion(authors[place].map(repository.people.directory.key))
      }
    }
    return found
  }
}
