internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// `delegate revoke`: ends a grant by a change of its file.
enum DelegateRevokeCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard let id = arguments[Operands.grantToEnd].first else {
      throw UsageProblem(.missingOperand(Operands.grantToEnd), in: CommandID.delegateRevoke.path)
    }
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(86_400))
    let scene = try Analyst(plan: plan, world: world).analyse().onlyScene()
    let files = try GrantFiles(plan, world)
    guard let bytes = files.bytes(of: id) else {
      let near = RosterLookup.suggestion(id, files.policy.grants.map(\.id))
      throw CommandFailure.other("no grant '\(id)' in \(files.directory)/grants\(near)")
    }
    let moment = arguments[Options.on]?.instant(now: world.now) ?? plan.asOf
    let changed = try revoked(bytes, id, at: moment, arguments)
    let path = "grants/\(id).json5"
    let policy = try files.policy(with: [(path, changed)])
    guard let grant = policy.grants.first(where: { $0.id == id }), grant.revokedOn == moment else {
      throw CommandFailure.other("\(files.path(of: id)): the change would not be read back as meant")
    }
    var report = GrantDraftReport(
      action: .revoke,
      files: [.init(grant: grant, path: files.path(of: id), text: String(decoding: changed, as: UTF8.self))],
      commands: files.commands(for: [files.path(of: id)], message: "Revoke \(id)"), remarks: [],
      isWritten: false)
    let below = resting(on: id, before: files.policy, after: policy, at: max(moment, plan.asOf))
    if !below.isEmpty { report.remarks.append(.endsWithIt(below)) }
    report.remarks += try GrantMaker(scene: scene, files: files).remarks(committing: [grant], plan, world)
    if !arguments[Options.dryRun] {
      try world.writeFile(files.path(of: id), changed)
      report.isWritten = true
    }
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return .met
  }

  private static func revoked(
    _ bytes: [UInt8], _ id: String, at moment: Instant, _ arguments: Arguments
  ) throws -> [UInt8] {
    do throws(GrantEditor.Refusal) {
      return try GrantEditor.revoking(bytes, on: moment, reason: arguments[Options.reason])
    } catch {
      switch error {
      case .revokedBefore(let text): throw CommandFailure.other("grant \(id) is revoked already, on \(text)")
      case .unreadable:
        throw CommandFailure.other("the file of grant \(id) cannot be changed as it is written")
      }
    }
  }

  /// Grants whose chain breaks when one ends, sorted by id.
  private static func resting(
    on id: String, before: Policy, after: Policy, at moment: Instant
  ) -> [String] {
    let (old, new) = (GrantChains(before), GrantChains(after))
    return before.grants.filter { grant in
      grant.id != id && old.standing(of: grant, at: moment).right != nil
        && new.standing(of: grant, at: moment).right == nil
    }.map(\.id)
  }
}
