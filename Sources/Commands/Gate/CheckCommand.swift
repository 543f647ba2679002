internal import Facts
internal import Git
internal import Harvest
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
    let branch = try branch(arguments, repository)
    let update = try update(arguments, repository, path, branch, world)
    var setting = GateSession.Setting(
      path: path, name: RepositoryNames.names(for: [path], world: world).first ?? "repository")
    setting.main = branch
    setting.policyBranch = branch
    // The policy is the branch's own, as it is before the change.
    setting.policyTip = update.old
    setting.seconds = 3_600
    if let place = arguments[Options.policies] {
      let loaded = try PolicyLoading(world: world).fixed(place, repositories: [path])
      let newest = loaded.history.inForce(at: world.now)
      setting.policies = place
      setting.fixed = (newest.policy, .init(place: place, commit: newest.version.commit))
    }
    let report = GateSession(repository, setting, world: world).report([update])
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

  /// The full name of the branch that is asked about.
  private static func branch(_ arguments: Arguments, _ repository: Repository) throws -> String {
    if let name = arguments[Options.branch] {
      return name.hasPrefix("refs/") ? name : "refs/heads/\(name)"
    }
    // A clone remembers which branch its origin calls the main one.
    for candidate in ["refs/remotes/origin/HEAD"] {
      let found = try repository.references(under: candidate).first { $0.name == candidate }
      if let target = found?.symbolicTarget, target.hasPrefix("refs/remotes/origin/") {
        return "refs/heads/" + target.dropFirst("refs/remotes/origin/".count)
      }
    }
    for name in ["refs/heads/main", "refs/heads/master"] where try repository.resolve(reference: name) != nil
    {
      return name
    }
    guard case .branch(let name, _) = try repository.head() else {
      throw CommandFailure.other("HEAD names no branch; say with --branch where the change is meant to land")
    }
    return name
  }

  private static func update(
    _ arguments: Arguments, _ repository: Repository, _ path: String, _ branch: String, _ world: World
  ) throws -> GateSession.Update {
    if let range = arguments[Options.range] {
      guard let dots = range.firstRange(of: ".."), dots.lowerBound > range.startIndex,
        dots.upperBound < range.endIndex, range[dots.upperBound] != "."
      else { throw CommandFailure.other("--range is \(range), expected OLD..NEW") }
      return .init(
        reference: branch, old: try commit(String(range[..<dots.lowerBound]), repository),
        new: try commit(String(range[dots.upperBound...]), repository))
    }
    let old = try tip(of: branch, repository)
    if let id = arguments[Options.change] {
      return .init(reference: branch, old: old, new: try head(of: id, arguments, repository, world))
    }
    return .init(reference: branch, old: old, new: try commit("HEAD", repository))
  }

  /// What the branch holds: as it is here, or as it was fetched.
  private static func tip(of branch: String, _ repository: Repository) throws -> ObjectID {
    let remote = branch.replacing("refs/heads/", with: "refs/remotes/origin/", maxReplacements: 1)
    for name in [remote, branch] {
      if let id = try repository.resolve(reference: name) { return id }
    }
    throw CommandFailure.other("\(branch) is not in this clone; fetch it, or name the commits with --range")
  }

  /// The commit that a word means; a word that means two of them is refused.
  private static func commit(_ word: String, _ repository: Repository) throws -> ObjectID {
    if word.utf8.count == 40, let id = ObjectID(hex: word) {
      guard try repository.peelToCommit(id) == id else {
        throw CommandFailure.other("\(word) is no commit of this repository")
      }
      return id
    }
    let names = ["refs/heads/\(word)", "refs/tags/\(word)"]
    let known = try names.filter { try repository.resolve(reference: $0) != nil }
    guard known.count < 2 else {
      throw CommandFailure.other("\(word) is \(known.joined(separator: " and ")); say which by its full name")
    }
    return try repository.commitish(word)
  }

  /// The newest revision of a contribution.
  private static func head(
    of id: String, _ arguments: Arguments, _ repository: Repository, _ world: World
  ) throws -> ObjectID {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    let entry = try ContributionLookup.one(
      id, in: try Analyst(plan: plan, world: world).analyse().entries())
    guard entry.contribution.landing == nil else {
      throw CommandFailure.other("\(id) has landed already")
    }
    guard let head = entry.contribution.revisions.last else {
      throw CommandFailure.other("no revision of \(id) is in this clone")
    }
    return ObjectID(head)
  }
}
