internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// `sources`: what review data repositories hold, what it can tell, and what they lack.
enum SourcesCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    var plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    plan.surveys = true
    let analysis = try Analyst(plan: plan, world: world).analyse()
    var header = analysis.header()
    header.notes = header.notes.filter(Self.isAboutSources)
    let report = SourcesReport(header: header, items: analysis.repositories.map(Self.item))
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return .met
  }

  private static func isAboutSources(_ note: ReportNote) -> Bool {
    switch note {
    case .emptyRepository, .shallow, .reviewsNotInGit: true
    default: false
    }
  }

  private static func item(_ repository: RepositoryAnalysis) -> SourcesReport.Item {
    let survey = repository.harvested.survey
    return SourcesReport.Item(
      repository: repository.name, places: SurveyedPlaces(repository).list,
      systems: repository.harvested.systems.map {
        .init($0.system, commits: $0.commits, oldest: $0.oldest, newest: $0.newest, address: $0.address)
      },
      unknown: survey?.unknown.map { .init(pattern: $0.pattern, refs: $0.refs) } ?? [],
      ordinaryRefs: survey?.ordinaryRefs ?? 0)
  }
}

/// Puts what a survey found together with what the sources that read it tell.
struct SurveyedPlaces {
  private let sources: [SourceReport]
  private let survey: [Survey.Place]
  private let reach: SourceReach
  private let newestCommit: Instant?

  init(_ repository: RepositoryAnalysis) {
    sources = repository.harvested.sources
    survey = repository.harvested.survey?.places ?? []
    newestCommit = repository.harvested.newestCommit
    reach = SourceReach(repository.entries, newestCommit: repository.harvested.newestCommit)
  }

  /// The surveyed places in their order, behind the reports of sources that no place of their own shows.
  var list: [SourcesReport.Place] {
    let placed = Set(survey.compactMap(report(for:)))
    let kinds = Set(placed.map(\.source))
    return sources.filter { !placed.contains($0) }.map { place($0, isPart: kinds.contains($0.source)) }
      + survey.map { place($0) }
  }

  /// History, a companion repository, or a part of what a source reads; a part is told without the source's facts.
  private func place(_ report: SourceReport, isPart: Bool) -> SourcesReport.Place {
    var place = SourcesReport.Place(
      namespace: nil, name: report.place, source: report.source, records: report.records,
      unreadable: report.unreadable, oldest: isPart ? nil : report.oldest,
      newest: isPart ? nil : report.newest)
    if isPart {
      place.counts = report.counts.map { .init(name: $0.name, value: $0.value) }
    } else {
      add(report, to: &place)
    }
    return place
  }

  /// What the source that reads a place reports of it.
  private func report(for found: Survey.Place) -> SourceReport? {
    let own = sources.filter { $0.source == found.namespace.source }
    return own.first { Self.isPattern($0.place, of: found.name) } ?? (own.count == 1 ? own.first : nil)
  }

  private func place(_ found: Survey.Place) -> SourcesReport.Place {
    let report = report(for: found)
    let isMain = main(of: found.namespace) == found.name
    var place = SourcesReport.Place(
      namespace: found.namespace, name: found.name, source: report?.source, records: found.records,
      unreadable: found.unreadable, oldest: found.oldest, newest: found.newest)
    place.coverage = found.coverage.map { .init(year: $0.year, have: $0.have, of: $0.of) }
    place.counts = found.counts.map { .init(name: $0.name, value: $0.value) }
    if let report, isMain {
      place.unreadable = max(place.unreadable, report.unreadable)
      add(report, to: &place)
    } else if report == nil {
      place.frozen = ended(found)
    }
    return place
  }

  /// Whether a source and a survey mean the same refs: one names them, or a pattern that holds the other.
  private static func isPattern(_ pattern: String, of name: String) -> Bool {
    pattern == name || covers(pattern, name) || covers(name, pattern)
  }

  private static func covers(_ pattern: String, _ name: String) -> Bool {
    pattern.last == "*" && name.hasPrefix(pattern.dropLast())
  }

  /// The place with which a source is told that has several.
  private func main(of namespace: Namespace) -> String? {
    let names = survey.filter { $0.namespace.source == namespace.source }.map(\.name)
    return names.first { $0 == "refs/notes/devtools/reviews" || $0 == "refs/gittuf/*" } ?? names.first
  }

  private func add(_ report: SourceReport, to place: inout SourcesReport.Place) {
    place.oldest = report.oldest ?? place.oldest
    place.newest = report.newest ?? place.newest
    place.facts = report.facts.map {
      .init($0.fact, records: $0.records, best: $0.best, weakest: $0.weakest)
    }
    place.counts += report.counts.map { .init(name: $0.name, value: $0.value) }
    let years = reach.years(of: report.source)
    if !years.isEmpty {
      place.coverage = years.map { .init(year: $0.year, have: $0.have, of: $0.of) }
      place.isOfContributions = true
    }
    if let end = reach.end(of: report.source), let newestCommit {
      // The place's own newest record tells the end better than a share, unless a late landing moved it.
      let own = place.newest.flatMap { newestCommit.since($0) > SourceReach.frozenAfter ? $0 : nil }
      let newest = max(end.newest, own ?? end.newest)
      place.frozen = .init(
        newest: newest, newestCommit: newestCommit,
        landedSince: min(end.landedSince, reach.requests(after: newest)))
    }
  }

  /// A place that nothing reads has ended when its newest record is old and work goes on.
  private func ended(_ found: Survey.Place) -> SourcesReport.Frozen? {
    switch found.namespace {
    case .pullMerges, .mergeRequestMerges, .gitBug, .gitDit, .signatures, .ownershipFiles, .mailmap,
      .toolSettings,
      .policies, .ghstack:
      return nil
    default: break
    }
    guard let newest = found.newest, let newestCommit,
      newestCommit.since(newest) > SourceReach.frozenAfter
    else { return nil }
    let since = reach.landed(after: newest)
    return since >= SourceReach.frozenLandings
      ? .init(newest: newest, newestCommit: newestCommit, landedSince: since) : nil
  }
}
