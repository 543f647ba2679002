internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// `explain`: the whole reasoning about one contribution.
enum ExplainCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    let analysis = try Analyst(plan: plan, world: world).analyse()
    guard let id = arguments[Operands.id].first else { throw CommandFailure.other("no contribution named") }
    var entry = try ContributionLookup.one(id, in: analysis.entries())
    let repository = analysis.repositories.first { $0.name == entry.repository }
    let paths = entry.contribution.paths.flatMap { indices in
      repository.map { repository in indices.map { repository.harvested.paths[Int($0)] }.sorted() }
    }
    var header = analysis.header()
    header.zone = arguments.readerZone(world)
    header.notes = header.notes.filter { if case .undetermined = $0 { false } else { true } }
    let assessor = repository?.assessor()
    let owners = assessor?.changeOwners(
      entry.contribution, at: entry.contribution.landing?.at ?? plan.asOf)
    var windows: [[ClockWindow]] = []
    if let assessor {
      var assessment = entry.assessment
      assessment.serviceLevels = assessor.serviceLevels(of: assessment, asOf: plan.asOf, explaining: true)
      windows = assessment.serviceLevels.map { assessor.windows(of: $0, asOf: plan.asOf) }
      entry = ContributionEntry(repository: entry.repository, assessment: assessment, people: entry.people)
    }
    let report = ExplainReport(
      header: header, entry: entry, paths: paths, owners: owners, windows: windows,
      diagnostics: repository?.harvested.diagnostics ?? [])
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return .met
  }
}
