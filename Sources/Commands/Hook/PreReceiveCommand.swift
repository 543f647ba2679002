internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// `hook pre-receive`: judges a whole push before any reference moves.
///
/// Fails closed: whatever goes wrong ends with a status that makes git refuse the push.
enum PreReceiveCommand {
  /// The longest line of input, in bytes.
  private static let longestLine = 8_192
  /// More findings than this are counted, not told: the rest of the words drown the first.
  private static let mostFindings = 20

  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let path = arguments.repositories.first ?? world.environment("GIT_DIR") ?? "."
    let quarantine = world.environment("GIT_QUARANTINE_PATH")
    guard (world.environment("GIT_NAMESPACE") ?? "").isEmpty else {
      throw CommandFailure.other("namespaces (GIT_NAMESPACE) are not judged here")
    }
    let repository = try world.openRepository(path, judging: true, quarantine: quarantine)
    let settings = try GateSettings(try world.configuration(of: repository))
    world.limitRun(settings.seconds + 5, settings.memory)
    // Read to the end, whatever is judged: a program that does not read its input may make its writer fail.
    let updates = try updates(in: try world.readInput(settings.references * longestLine), settings)
    guard !repository.isShallow else {
      throw CommandFailure.other("this repository is shallow, so nothing can be judged here")
    }
    try settings.checkAlternates(of: repository, quarantine: quarantine != nil)
    var session = try session(repository, path, settings, arguments, world)
    if quarantine != nil { session.setting.before = try world.openRepository(path) }
    let report = session.report(updates)
    guard report.outcome != .passed else { return .met }
    tell(report, to: world)
    return report.outcome == .refused ? .notMet : .incomplete
  }

  private static func session(
    _ repository: Repository, _ path: String, _ settings: GateSettings, _ arguments: Arguments, _ world: World
  ) throws -> GateSession {
    // Pushed to through a linked work tree, its HEAD would name the branch that somebody has there.
    let main: String? =
      switch try repository.commonHead() {
      case .branch(let name, _), .unborn(let name): try repository.finalName(of: name)
      default: nil
      }
    let (named, directory) = try settings.place(main: main)
    guard let branch = try named.map({ try repository.finalName(of: $0) }) else {
      throw CommandFailure.other(
        "HEAD names no branch here, and tributary.policy does not say where the policy is")
    }
    var setting = GateSession.Setting(
      path: path,
      name: RepositoryNames.names(for: [repository.commonDirectory], world: world).first ?? "repository")
    setting.main = main
    setting.policyBranch = branch
    setting.policyTip = try repository.resolve(reference: branch)
    setting.isPush = true
    setting.directory = directory
    setting.firstPolicy = settings.firstPolicy
    setting.pusher = Pusher(arguments, configured: settings.pusherVariable, world.environment).identity
    setting.seconds = settings.seconds
    setting.commits = settings.commits
    return GateSession(repository, setting, world: world)
  }

  /// The lines of a push; one that is not understood ends the judging.
  private static func updates(in input: [UInt8], _ settings: GateSettings) throws -> [GateSession.Update] {
    let lines = input.split(separator: 0x0A)
    guard !lines.isEmpty else {
      throw CommandFailure.other("no reference on standard input; does another hook read it before?")
    }
    guard lines.count <= settings.references else {
      throw CommandFailure.other(
        "\(lines.count) references in one push; more than \(settings.references) are not judged at once")
    }
    return try lines.map { line in
      let parts = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
      guard line.count <= longestLine, parts.count == 3, let old = ObjectID(hexBytes: parts[0]),
        let new = ObjectID(hexBytes: parts[1]), old != .zero || new != .zero, !parts[2].isEmpty
      else {
        throw CommandFailure.other(
          "not understood: \(line.prefix(120).shown); "
            + "expected lines of old object, new object and reference, as git gives them to this hook")
      }
      guard let reference = String(validating: parts[2], as: UTF8.self) else {
        throw CommandFailure.other(
          "the name \(parts[2].prefix(240).shown) is not UTF-8; such references are not judged")
      }
      return GateSession.Update(
        reference: reference, old: old == .zero ? nil : old, new: new == .zero ? nil : new)
    }
  }

  /// Plain words to whoever pushes.
  private static func tell(_ report: GateReport, to world: World) {
    let findings = report.findings
    var document = TextDocument([
      .paragraph(
        report.outcome == .refused
          ? "This push was refused; nothing of it was taken."
          : "This push could not be judged, so it was refused.")
    ])
    for finding in findings.prefix(mostFindings) {
      document.append(.section("\(finding.reference, .code)", GateReport.blocks(finding)))
    }
    if findings.count > mostFindings {
      document.append(.note("and \(findings.count - mostFindings) more of that kind"))
    }
    let notCounted = report.notCounted
    for remark in report.remarks { document.append(.note(StyledText(remark))) }
    if !notCounted.isEmpty { document.append(.section("Approvals that do not count", [.list(notCounted)])) }
    for line in document.lines(width: 76) { world.complaint(Painter.text(line, palette: .plain)) }
  }
}

extension Sequence<UInt8> {
  /// The bytes as text, those beyond ASCII as `\\xNN` where they are no UTF-8 together.
  fileprivate var shown: String {
    let bytes = Array(self)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return bytes.map { byte in
      byte < 0x80 ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
