internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// `health`: the figures of a window beside those of the window before.
enum HealthCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(180 * 86_400))
    let window = plan.window ?? Window(since: nil, until: plan.asOf)
    let before = window.before
    let people = EarlierPeople(plan, world, windows: [window] + (before.map { [$0] } ?? []))
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let earlier = try people.find(analysis)
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
///
/// The history is read for it while the window is analysed.
struct EarlierPeople {
  private typealias Authors = [Set<Identity>]

  private let world: World
  private let windows: [Window]
  private let starts: [Instant]
  /// What is read of each repository, from which commit on.
  private let readings: [Meanwhile<(tip: ObjectName, authors: Authors)?>?]

  /// Begins to read.
  init(_ plan: AnalysisPlan, _ world: World, windows: [Window]) {
    self.world = world
    self.windows = windows
    let starts = windows.compactMap(\.since)
    self.starts = starts
    let options = Harvester.Options(branch: plan.branch, asOf: plan.asOf, jobs: plan.jobs)
    readings = plan.repositories.map { path in
      // A repository that cannot be opened or read is refused by the analysis.
      guard plan.jobs > 1, starts.count == windows.count, let repository = try? world.openRepository(path),
        !repository.isShallow
      else { return nil }
      return repository.meanwhile { repository in
        // What cannot be read ahead is read when it is asked for, and its error is told then.
        guard let tip = try? Harvester(repository, options).tip() else { return nil }
        let earlier = EarlierAuthors(repository, tip: tip)
        // The same holds here.
        return (try? earlier.find(before: starts, jobs: options.jobs)).map { (tip, $0) }
      }
    }
  }

  /// For each window everybody with earlier work in any of the repositories; nil when a clone is shallow, so that
  /// such work may be missing.
  func find(_ analysis: Analysis) throws -> [Set<PersonKey>]? {
    var found = [Set<PersonKey>](repeating: [], count: windows.count)
    for (place, repository) in analysis.repositories.enumerated() {
      if repository.summary.isShallow { return nil }
      // A window without a start has nothing before it.
      guard let tip = repository.summary.tip, starts.count == windows.count else { continue }
      let authors = try authors(place, analysis.plan, tip)
      for place in windows.indices {
        found[place].formUnion(authors[place].map(repository.people.directory.key))
      }
    }
    return found
  }

  /// What was read meanwhile; read now where that began from another commit or failed.
  private func authors(_ place: Int, _ plan: AnalysisPlan, _ tip: ObjectName) throws -> Authors {
    if let read = readings[place]?.value ?? nil, read.tip == tip { return read.authors }
    return try EarlierAuthors(try world.openRepository(plan.repositories[place]), tip: tip)
      .find(before: starts, jobs: plan.jobs)
  }
}
