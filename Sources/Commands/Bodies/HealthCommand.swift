internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// `health`: the figures of a window beside those of the window before.
enum HealthCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(180 * 86_400))
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let window = plan.window ?? Window(since: nil, until: plan.asOf)
    let firstSeen = try FirstContributions.find(analysis, world)
    let filter = EntryFilter(arguments)
    let items = analysis.entries().filter(filter.accepts).map {
      HealthCalculator.Item($0.assessment, people: $0.people)
    }
    func measure(_ window: Window) -> [Measurement] {
      HealthCalculator(
        items, window: window, asOf: plan.asOf, inferredHosts: analysis.inferredHosts, firstSeen: firstSeen
      ).measure()
    }
    let now = measure(window)
    let group = HealthReport.Group(name: nil, now: now, before: window.before.map(measure))
    let report = HealthReport(
      header: analysis.header(), groups: [group], support: Support.lines(now, analysis))
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }
}

extension Analysis {
  /// The number of inferred hosts, where any repository has no roster.
  var inferredHosts: Int? {
    let counts = repositories.compactMap { repository -> Int? in
      if case .inferred(let people) = repository.summary.hosts { people.count } else { nil }
    }
    return counts.isEmpty ? nil : counts.reduce(0, +)
  }
}

/// When each author first landed anything, over all of history.
enum FirstContributions {
  /// The earliest author record of each person; nil when a clone is shallow, so that earlier work may be missing.
  static func find(_ analysis: Analysis, _ world: World) throws -> [PersonKey: Instant]? {
    var first: [PersonKey: Instant] = [:]
    for (place, repository) in analysis.repositories.enumerated() {
      guard let tip = repository.summary.tip else { continue }
      if repository.summary.isShallow { return nil }
      let opened = try world.openRepository(analysis.plan.repositories[place])
      guard let id = ObjectID(hex: tip.hex) else { continue }
      let authors = try HistoryScan.authors(opened, roots: [id], jobs: analysis.plan.jobs).authors
      for author in authors {
        let identity = Identity(name: author.identity.name, email: author.identity.email)
        let key = repository.people.directory.key(of: identity)
        let at = Instant(seconds: author.earliest)
        first[key] = min(first[key] ?? at, at)
      }
    }
    return first
  }
}

/// Which sources carry each figure in these repositories.
enum Support {
  static func lines(_ measurements: [Measurement], _ analysis: Analysis) -> [SupportLine] {
    let present = Set(analysis.repositories.flatMap { $0.harvested.sources.map(\.source) })
    return measurements.map { measurement in
      let carriers = measurement.metric.carriers.filter(present.contains)
      let isRefused =
        if case .refused(let reason) = measurement.value { reason != .nothingInWindow } else { false }
      return SupportLine(
        metric: measurement.metric, grade: measurement.grade, sources: isRefused ? [] : carriers.map(\.label))
    }
  }
}

extension Metric {
  private var reviewRecords: [SourceKind] { SourceKind.allCases.filter(\.recordsReviews) }

  /// The sources that can carry the figure.
  fileprivate var carriers: [SourceKind] {
    switch self {
    case .changeRequests: [.history, .pullRefs, .mergeRequestRefs] + reviewRecords
    case .accepted, .timeToClose: [.history, .pullRefs, .mergeRequestRefs] + reviewRecords
    case .declined, .acceptanceRatio, .closureRatio, .reviews, .timeToFirstResponse: reviewRecords
    case .selfMergeRate, .innerSourceRatio, .organizationalDiversity, .contributorAbsenceFactor, .botActivity,
      .newContributors:
      [.history]
    }
  }
}
