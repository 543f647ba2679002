internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// `hook doctor`: whether a server's settings keep what the gate relies on.
enum HookDoctorCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard arguments.repositories.count < 2 else { throw CommandFailure.other("one repository at a time") }
    let path = arguments.repositories.first ?? "."
    let repository = try world.openRepository(path)
    let doctor = HookDoctor(repository, arguments, world)
    let report = DoctorReport(
      repository: RepositoryNames.names(for: [path], world: world).first ?? path, checks: try doctor.checks())
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return report.isSound ? .met : .notMet
  }
}

/// Looks at one thing after the other.
private struct HookDoctor {
  private let repository: Repository
  private let arguments: Arguments
  private let world: World

  init(_ repository: Repository, _ arguments: Arguments, _ world: World) {
    self.repository = repository
    self.arguments = arguments
    self.world = world
  }

  func checks() throws -> [DoctorReport.Check] {
    let settings = try GateSettings(try world.configuration(of: repository))
    return [
      try hook(
        "pre-receive", .bad, "without it nothing is judged", "tributary hook install pre-receive"),
      try hook(
        "post-receive", .warning, "it records who pushed what, and when",
        "tributary hook install post-receive"),
      try policy(settings), pusher(settings), alternates(settings), shallow(),
      try flag(
        ["receive.fsckobjects", "transfer.fsckobjects"], "receive.fsckObjects", .warning,
        "with it git looks at every object that is pushed, before the gate does"),
      try flag(
        ["receive.denynonfastforwards"], "receive.denyNonFastForwards", .warning,
        "with it git keeps every branch from being rewound, also where the gate is not asked"),
      try flag(
        ["receive.denydeletes"], "receive.denyDeletes", .warning,
        "with it git keeps every reference from being deleted, also where the gate is not asked"),
      try number(
        "receive.maxinputsize", "receive.maxInputSize", "512m",
        "with it a push cannot fill the disk before the gate is asked"),
      try number(
        "core.maxtreedepth", "core.maxTreeDepth", "512",
        "with it newer versions of git stop at trees that are nested without end"),
      try flag(
        ["core.logallrefupdates"], "core.logAllRefUpdates", .warning,
        "with it the server keeps its own record of where references stood"),
      try hidden(),
    ]
  }

  private func hook(
    _ name: String, _ verdict: DoctorReport.Verdict, _ purpose: String, _ remedy: String
  ) throws -> DoctorReport.Check {
    let folder = try HookInstallCommand.hooksFolder(of: repository, world)
    let file = "\(folder)/\(name)"
    guard let script = try HookInstallCommand.present(file, world) else {
      return .init("hooks/\(name)", verdict, found: "not there", purpose: purpose, remedy: remedy)
    }
    guard world.isExecutable(file) else {
      return .init(
        "hooks/\(name)", verdict, found: "cannot be executed", purpose: purpose,
        remedy: "chmod +x \(file.shellWord)")
    }
    guard HookInstallCommand.isOurs(script) else {
      let calls =
        script.firstRange(of: Array("hook \(name)".utf8)) != nil
        || script.firstRange(of: Array("hook' '\(name)".utf8)) != nil
      return .init(
        "hooks/\(name)", calls ? .good : verdict,
        found: calls
          ? "somebody's own, and it calls tributary" : "somebody's own, and it does not call tributary",
        purpose: purpose, remedy: calls ? nil : remedy)
    }
    return .init("hooks/\(name)", .good, found: "installed", purpose: purpose)
  }

  private func policy(_ settings: GateSettings) throws -> DoctorReport.Check {
    let purpose = "without a policy that can be read nothing may land"
    var main: String?
    switch try repository.commonHead() {
    case .branch(let name, _), .unborn(let name): main = name
    default: break
    }
    let (branch, directory) = try settings.place(main: main)
    let place = "\(branch ?? "no branch"):\(directory)"
    guard let branch, let tip = try repository.resolve(reference: branch) else {
      let first = settings.firstPolicy.map { "; \($0) may bring the first one" }
      return .init(
        "policy", first == nil ? .warning : .good, found: "\(place) is not there yet\(first ?? "")",
        purpose: purpose, remedy: first == nil ? "git config tributary.firstPolicy COMMIT" : nil)
    }
    let source = GatePolicySource(repository, directory: directory, budget: Budget(), world: world)
    do throws(UpdateObstacle) {
      switch try source.read(at: tip) {
      case .none:
        return .init(
          "policy", .warning, found: "\(place) holds none", purpose: purpose,
          remedy: "git config tributary.firstPolicy COMMIT")
      case .broken(let problems):
        return .init("policy", .bad, found: "\(place): \(problems.first ?? "")", purpose: purpose)
      case .policy(let policy):
        guard policy.roster != nil else {
          return .init("policy", .bad, found: "\(place) has no roster", purpose: "nobody can be known then")
        }
        return .init("policy", .good, found: place, purpose: purpose)
      }
    } catch {
      return .init("policy", .bad, found: "\(place): \(GateReport.words(of: error))", purpose: purpose)
    }
  }

  private func pusher(_ settings: GateSettings) -> DoctorReport.Check {
    let pusher = Pusher(arguments, configured: settings.pusherVariable, world.environment)
    let purpose = "records of approvals are only taken from whom they speak for, and nobody is known to push"
    if let variable = settings.pusherVariable ?? arguments[Options.pusherVariable] {
      return .init("pusher", .good, found: "told by the variable \(variable)", purpose: purpose)
    }
    guard pusher.name.isEmpty else {
      return .init("pusher", .good, found: "told by \(pusher.origin) here: \(pusher.name)", purpose: purpose)
    }
    return .init(
      "pusher", .warning, found: "nothing tells it here; servers set it when they serve a push",
      purpose: purpose,
      remedy: "git config tributary.pusherVariable VARIABLE")
  }

  private func alternates(_ settings: GateSettings) -> DoctorReport.Check {
    let foreign = repository.objectDirectories.dropFirst().filter { !settings.alternates.contains($0) }
    return .init(
      "objects/info/alternates", foreign.isEmpty ? .good : .bad,
      found: foreign.isEmpty ? "no foreign objects" : "borrows from \(foreign.joined(separator: ", "))",
      purpose: "every push is refused, because others may change what is borrowed",
      remedy: foreign.first.map { "git config --add tributary.alternates \($0.shellWord)" })
  }

  private func shallow() -> DoctorReport.Check {
    .init(
      "shallow", repository.isShallow ? .bad : .good,
      found: repository.isShallow ? "the history was cut off" : "the history is whole",
      purpose: "every push is refused, because nothing can be judged", remedy: nil)
  }

  private func flag(
    _ keys: [String], _ name: String, _ verdict: DoctorReport.Verdict, _ purpose: String
  ) throws -> DoctorReport.Check {
    for key in keys {
      guard let value = try world.gitConfiguration(key, of: repository).last else { continue }
      let isSet = value == "always" || ConfigurationValue.isTrue(value)
      return .init(
        name, isSet ? .good : verdict, found: "\(key) is \(value)", purpose: purpose,
        remedy: isSet ? nil : "git config \(name) true")
    }
    return .init(name, verdict, found: "not set", purpose: purpose, remedy: "git config \(name) true")
  }

  private func number(
    _ key: String, _ name: String, _ advice: String, _ purpose: String
  ) throws -> DoctorReport.Check {
    guard let value = try world.gitConfiguration(key, of: repository).last else {
      return .init(name, .warning, found: "not set", purpose: purpose, remedy: "git config \(name) \(advice)")
    }
    return .init(name, .good, found: value, purpose: purpose)
  }

  private func hidden() throws -> DoctorReport.Check {
    let hidden = try ["receive.hiderefs", "transfer.hiderefs"].flatMap {
      try world.gitConfiguration($0, of: repository)
    }
    let isHidden = hidden.contains {
      "refs/notes/tributary/".hasPrefix($0 + "/") || $0 == "refs/notes/tributary"
    }
    return .init(
      "receive.hideRefs", isHidden ? .good : .warning,
      found: isHidden
        ? "the server's record cannot be pushed" : "the server's record is refused by the gate alone",
      purpose: "without the gate anybody could push a record of pushes",
      remedy: isHidden ? nil : "git config --add receive.hideRefs refs/notes/tributary")
  }
}
