internal import Facts
internal import Reports
internal import Rules

/// `sla notice`: the message to stakeholders about promises that were not kept.
enum NoticeCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let format = arguments[Options.noticeFormat] ?? .markdown
    let envelope = format == .mail ? try Envelope(arguments) : nil
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(7 * 86_400))
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let report = try report(analysis, arguments, world)
    guard let bytes = bytes(of: report, format, envelope) else {
      if !plan.isQuiet { world.complaint("nothing to tell, so no message was written") }
      return .met
    }
    try world.output(bytes)
    return .met
  }

  private static func report(
    _ analysis: Analysis, _ arguments: Arguments, _ world: World
  ) throws -> NoticeReport {
    let plan = analysis.plan
    let objectives = arguments.all(Options.objective)
    for name in objectives { try analysis.checkObjective(name) }
    let selection = NoticeReport.Selection(
      window: plan.window ?? Window(since: nil, until: plan.asOf),
      newSince: arguments[Options.newSince]?.instant(now: world.now), objectives: Set(objectives),
      teams: Set(arguments.all(Options.team)))
    var header = analysis.header()
    // For readers who are no operators: only what limits what they are told.
    header.notes = header.notes.filter { note in
      switch note {
      case .policyOutsideGit, .shallow: true
      default: false
      }
    }
    return NoticeReport(header: header, entries: analysis.entries(), rosters: analysis.rosters, selection)
  }

  /// The message; nil where there is nothing to tell and no page to say so.
  private static func bytes(
    of report: NoticeReport, _ format: NoticeFormat, _ envelope: Envelope?
  ) -> [UInt8]? {
    switch format {
    case .markdown: Array(MarkdownDocument.text(report.text()).utf8)
    case .mail: envelope.flatMap { report.mail(from: $0.from, to: $0.to)?.bytes() }
    case .slack: report.slack()
    case .mattermost: report.mattermost()
    case .json: report.json()
    }
  }

  /// Who sends a mail to whom.
  private struct Envelope {
    let from: MailAddress
    let to: [MailAddress]

    init(_ arguments: Arguments) throws(UsageProblem) {
      let recipients = arguments.all(Options.to)
      guard let sender = arguments[Options.from] else { throw Self.missing(Options.from.declaration) }
      guard !recipients.isEmpty else { throw Self.missing(Options.to.declaration) }
      guard recipients.count <= MailMessage.recipientLimit else {
        throw UsageProblem(
          .unacceptable(
            "\(recipients.count) addresses", for: Options.to.declaration.spelling,
            expected: "at most \(MailMessage.recipientLimit)", suggestions: []), in: CommandID.slaNotice.path)
      }
      from = try Self.address(sender, Options.from.declaration)
      var to: [MailAddress] = []
      for recipient in recipients { to.append(try Self.address(recipient, Options.to.declaration)) }
      self.to = to
    }

    private static func address(_ text: String, _ option: OptionDeclaration) throws(UsageProblem)
      -> MailAddress
    {
      guard let address = MailAddress(text) else {
        throw UsageProblem(
          .unacceptable(
            text, for: option.spelling, expected: "a plain mail address such as sla@example.org",
            suggestions: []), in: CommandID.slaNotice.path)
      }
      return address
    }

    private static func missing(_ option: OptionDeclaration) -> UsageProblem {
      UsageProblem(.missingOption([option]), in: CommandID.slaNotice.path)
    }
  }
}

extension Analysis {
  /// The roster in force as of the moment, or the newest there was, by repository.
  var rosters: [String: Roster] {
    repositories.reduce(into: [:]) { rosters, repository in
      let policies = repository.policies
      rosters[repository.name] = policies.inForce(at: plan.asOf).policy.roster ?? policies.lastRoster
    }
  }

  /// Fails for an objective that no version of any policy names.
  func checkObjective(_ name: String) throws(CommandFailure) {
    let known = repositories.flatMap { repository in
      repository.policies.versions.flatMap { $0.policy.serviceLevels.objectives.map(\.name) }
    }
    guard !known.contains(name) else { return }
    let names = Set(known).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    throw CommandFailure.noSuchObjective(
      name, nearest: Suggestion.nearest(to: name, among: names), known: names)
  }
}
