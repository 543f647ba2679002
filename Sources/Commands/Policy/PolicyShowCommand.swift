internal import Facts
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// `policy show`: what is in force at a moment, and where it comes from.
enum PolicyShowCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    // All of history, because the first version may be as old as the repository.
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let report = PolicyReport(
      header: analysis.header(), items: analysis.repositories.map { item($0, analysis, world) })
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return .met
  }

  private static func item(
    _ repository: RepositoryAnalysis, _ analysis: Analysis, _ world: World
  ) -> PolicyReport.Item {
    let history = repository.policies
    let inForce = history.inForce(at: analysis.plan.asOf)
    var item = PolicyReport.Item(
      repository: repository.name, policy: inForce.policy, hosts: repository.summary.hosts)
    if analysis.plan.policies != nil {
      item.origin = .fixed(analysis.source)
    } else if let commit = inForce.version.commit {
      let number = history.versions.lastIndex { $0.from == inForce.version.from } ?? 0
      let (place, since) = ("\(repository.harvested.branch):policies", inForce.version.from)
      let (order, count) = (number + 1, history.versions.count)
      let isRemoved = repository.harvested.policies.contains { $0.commit == commit && $0.files.isEmpty }
      item.origin =
        isRemoved
        ? .removed(place: place, commit: commit, since: since, number: order, of: count)
        : .branch(place: place, commit: commit, since: since, number: order, of: count)
      item.skipped = PolicyLoading.broken(in: repository.harvested, world: world).map { version, problems in
        PolicyReport.Skipped(
          commit: version.commit, at: version.from, problems: problems.count,
          first: problems.first { $0.severity == .error }?.description ?? "")
      }
    }
    return item
  }
}
