internal import Facts
internal import Reports
internal import Rules

/// `sla replay`: the recorded history judged under another policy, beside the judgement by the one in force.
enum ReplayCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let places = arguments.all(Options.with)
    guard let place = places.first(where: { holdsPolicy($0, world) }) ?? places.first else {
      throw UsageProblem(.missingOption([Options.with.declaration]), in: CommandID.slaReplay.path)
    }
    // What came due in a window may have been answered long before it, so everything is read.
    var plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    plan.companions = places.filter { $0 != place }
    // A policy with mistakes shall not cost a long reading first.
    let other = try PolicyLoading(world: world).fixed(place, repositories: plan.repositories)
    let analyst = Analyst(plan: plan, world: world)
    let analysis = try analyst.analyse()
    let again = try analyst.judgeAgain(analysis, by: other.history)
    let report = ReplayReport(
      header: analysis.header(), replayed: other.source, pairs(analysis.repositories, again),
      before: objectives(analysis.repositories, plan.asOf), after: objectives(again, plan.asOf),
      window: plan.window)
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }

  /// Whether a place is a policy and no repository: a directory with policy files, or a path at a revision.
  private static func holdsPolicy(_ place: String, _ world: World) -> Bool {
    // What cannot be listed is no directory; what it is then is told by whoever reads it next.
    guard let entries = try? world.listDirectory(place) else { return place.contains(":") }
    return entries.contains { $0.name.hasSuffix(".json5") }
  }

  /// Both judgements of each contribution; the same traces give the same contributions, whatever the roster says.
  private static func pairs(
    _ before: [RepositoryAnalysis], _ after: [RepositoryAnalysis]
  ) -> [ReplayedContribution] {
    zip(before, after).flatMap { before, after in
      let others = Dictionary(
        after.entries.map { ($0.contribution.id, $0.assessment) }, uniquingKeysWith: { first, _ in first })
      return before.entries.compactMap { entry in
        others[entry.contribution.id].map {
          ReplayedContribution(repository: before.name, before: entry.assessment, after: $0)
        }
      }
    }
  }

  /// The objectives in force as of a moment, each name once.
  private static func objectives(
    _ repositories: [RepositoryAnalysis], _ asOf: Instant
  ) -> [ServiceLevels.Objective] {
    var seen: Set<String> = []
    return repositories.flatMap { $0.policies.inForce(at: asOf).policy.serviceLevels.objectives }
      .filter { seen.insert($0.name).inserted }
  }
}
