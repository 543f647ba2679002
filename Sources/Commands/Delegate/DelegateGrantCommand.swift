internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// `delegate grant`: writes a grant as a file, judged as if it were proposed already.
enum DelegateGrantCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let isAutomatic = arguments[Options.automatic]
    let request = isAutomatic ? nil : try GrantRequest(arguments, world)
    var plan = AnalysisPlan(
      arguments, world: world, defaultWindow: .seconds(86_400), readsEverything: isAutomatic)
    plan.wantsPolicyHistory = true
    let scene = try Analyst(plan: plan, world: world).analyse().onlyScene()
    let files = try GrantFiles(plan, world)
    let maker = GrantMaker(scene: scene, files: files)
    let report: GrantDraftReport
    if let request {
      let giver = try Grantor(arguments, scene, plan, world).required()
      report = try maker.report(on: [try request.grant(maker, by: giver)], remarks: [])
    } else {
      let (grants, remarks) = maker.automaticGrants()
      report = try maker.report(on: grants, remarks: remarks)
    }
    return try finish(report, maker, arguments, plan, world)
  }

  private static func finish(
    _ draft: GrantDraftReport, _ maker: GrantMaker, _ arguments: Arguments, _ plan: AnalysisPlan,
    _ world: World
  ) throws -> Ending {
    var report = draft
    report.remarks += try remarks(on: draft, maker, arguments, plan, world)
    if !report.isRefused, !report.files.isEmpty, !arguments[Options.dryRun] {
      try world.createFiles(
        "\(maker.files.directory)/grants",
        report.files.map { (name: "\($0.grant.id).json5", bytes: Array($0.text.utf8)) })
      report.isWritten = true
    }
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      try arguments.write(report.text(), to: world)
    }
    return report.isRefused ? .notMet : .met
  }

  private static func remarks(
    on draft: GrantDraftReport, _ maker: GrantMaker, _ arguments: Arguments, _ plan: AnalysisPlan,
    _ world: World
  ) throws -> [GrantDraftReport.Remark] {
    var remarks: [GrantDraftReport.Remark] = []
    if let begins = draft.files.compactMap(\.grant.period.from).max(), begins > plan.asOf {
      remarks.append(.begins(begins))
    }
    remarks += try maker.remarks(committing: draft.files.map(\.grant), plan, world)
    return remarks
  }
}

/// A grant as the command line asks for it.
private struct GrantRequest {
  let who: String
  let verbs: Set<Grant.Verb>
  let paths: PathList
  let branches: PathList
  let limits: Grant.Limits
  let from: Instant
  let until: Instant
  let depth: Int
  let reason: String
  let id: String?

  init(_ arguments: Arguments, _ world: World) throws(UsageProblem) {
    let command = CommandID.delegateGrant
    guard let who = arguments[Operands.grantee].first else {
      throw UsageProblem(.missingOperand(Operands.grantee), in: command.path)
    }
    func missing(_ option: OptionDeclaration) -> UsageProblem {
      UsageProblem(.missingOption([option]), in: command.path)
    }
    guard let paths = try arguments.pathList(in: command) else { throw missing(Options.paths.declaration) }
    let verbs = try arguments.words(Options.verbs, as: Grant.Verb.self, in: command)
    guard !verbs.isEmpty else { throw missing(Options.verbs.declaration) }
    guard let until = arguments[Options.grantUntil] else { throw missing(Options.grantUntil.declaration) }
    guard let reason = arguments[Options.reason] else { throw missing(Options.reason.declaration) }
    let kinds = try arguments.words(Options.kinds, as: ChangeKind.self, in: command)
    let asOf = arguments[Options.asOf]?.instant(now: world.now) ?? world.now
    self.who = who
    self.verbs = verbs
    self.paths = paths
    self.reason = reason
    branches = try arguments.pathList(Options.branches, in: command) ?? .everything
    limits = Grant.Limits(paths: arguments[Options.limitPaths], kinds: kinds.isEmpty ? nil : kinds)
    from = arguments[Options.grantFrom]?.instant(now: world.now) ?? Instant(startOf: asOf.utcDate)
    self.until = until.instant(now: world.now)
    depth = arguments[Options.depth] ?? 0
    id = arguments[Options.grantID]
    if let id, !PolicyFiles.isName(id) {
      throw UsageProblem(
        .unacceptable(
          id, for: Options.grantID.declaration.spelling, expected: "a name: \(PolicyFiles.nameRule)",
          suggestions: []), in: command.path)
    }
  }

  func grant(_ maker: GrantMaker, by giver: String) throws -> Grant {
    let grantee = try RosterLookup(roster: maker.scene.roster ?? maker.files.policy.roster).grantee(who)
    let grant = Grant(
      id: "", grantee: grantee, verbs: verbs, paths: paths, giver: .person(giver), branches: branches,
      limits: limits, period: Period(from: from, until: until), reason: reason, depth: depth)
    guard from < until else {
      throw CommandFailure.other("the grant would end \(until.rfc3339), before it begins \(from.rfc3339)")
    }
    return maker.named(grant, id)
  }
}
