internal import Facts
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// `policy init`: starter policy files, inferred from a year of history.
enum PolicyInitCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(86_400))
    let directory = arguments[Options.output] ?? "policies"
    try refuseToReplace(directory, world)
    let evidence = try evidence(plan, world)
    let ownership = OwnershipInference(evidence)
    let texts = [
      PolicyWriter.roster(RosterInference.draft(evidence, ownership)),
      PlatformInference(evidence: evidence, ownership: ownership).text,
      PolicyWriter.defaultServiceLevels, PolicyWriter.defaultMaturity, PolicyWriter.defaultDelegation,
    ]
    let files = zip(names, texts).map { (path: $0, bytes: Array($1.utf8)) }
    let policy = try PolicyLoading(world: world).load(files, in: directory)
    try world.createFiles(directory, files.map { (name: $0.path, bytes: $0.bytes) })
    let report = PolicyInitReport(
      directory: directory, files: files.map(\.path), policy: policy, hostTeam: RosterInference.hostTeam,
      guests: evidence.guests.count, ownership: ownership.repositories.isEmpty ? [] : ownership.files,
      forgeTeams: ownership.forgeTeams, asOf: plan.asOf,
      newestCommit: evidence.sources.compactMap(\.newestCommit).max())
    try arguments.write(report.text(), to: world)
    return .met
  }

  /// The files that are written, in the order in which they are told.
  private static let names = [
    "roster.json5", "platform.json5", "service-levels.json5", "maturity.json5", "delegation.json5",
  ]

  private static func refuseToReplace(_ directory: String, _ world: World) throws {
    guard PolicyLoading(world: world).isDirectory(directory) else { return }
    let present = Set(try world.listDirectory(directory).map(\.name))
    let taken = names.filter(present.contains)
    guard taken.isEmpty else { throw CommandFailure.filesExist(taken.map { "\(directory)/\($0)" }) }
  }

  private static func evidence(_ plan: AnalysisPlan, _ world: World) throws -> PolicyEvidence {
    var evidence = PolicyEvidence(asOf: plan.asOf)
    let analyst = Analyst(plan: plan, world: world)
    let names = RepositoryNames.names(for: plan.repositories, world: world)
    for (path, name) in zip(plan.repositories, names) {
      let repository = try world.openRepository(path)
      let harvested = try analyst.harvest(repository, path)
      let gathering = OwnershipGathering(repository, harvested)
      let ownership = try harvested.ownership.newest.flatMap {
        try gathering.read($0, .asShown, 0..<Int32(clamping: harvested.paths.count))
      }
      evidence.add(harvested, ownership, repository: name)
    }
    return evidence
  }
}
