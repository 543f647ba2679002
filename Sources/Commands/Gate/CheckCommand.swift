internal import Facts
internal import Git
internal import Reports
internal import Rules

/// `check`: whether commits may land on a branch now.
enum CheckCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard arguments.repositories.count < 2 else { throw CommandFailure.other("one repository at a time") }
    let path = arguments.repositories.first ?? "."
    var world = world
    if let moment = arguments[Options.asOf] { world.now = moment.instant(now: world.now) }
    let repository = try world.openRepository(path, judging: true)
    let subject = try CheckSubject(arguments, repository, world)
    var setting = GateSession.Setting(
      path: path, name: RepositoryNames.names(for: [path], world: world).first ?? "repository")
    setting.main = subject.branch
    setting.policyBranch = subject.branch
    setting.policyTip = try subject.policyTip()
    setting.seconds = 3_600
    if let place = arguments[Options.policies] {
      let loaded = try PolicyLoading(world: world).fixed(place, repositories: [path])
      let newest = loaded.history.inForce(at: world.now)
      setting.policies = place
      setting.fixed = (newest.policy, .init(place: place, commit: newest.version.commit))
    }
    let report = GateSession(repository, setting, world: world).report([subject.update])
    try write(report, arguments, world)
    switch report.outcome {
    case .passed: return .met
    case .refused: return .notMet
    case .incomplete: return .incomplete
    }
  }

  private static func write(_ report: GateReport, _ arguments: Arguments, _ world: World) throws {
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .sarif: try world.output(report.sarif(version: Catalog.tributary.version))
    case .junit: try world.output(report.junit())
    case .github: try world.output(report.gitHubCommands())
    case .stepSummary: try world.output(report.stepSummary())
    case .gitlab: try world.output(report.codeQuality())
    default: try arguments.write(report.text(), to: world)
    }
  }
}
