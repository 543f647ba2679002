extension Catalog {
  /// The commands of Tributary.
  public static let tributary = Catalog(
    program: "tributary",
    summary: "Innersource contributions, reviews and their service levels, read from Git.",
    version: "0.1.0",
    groups: [
      GroupDeclaration("policy", "Write, check and show policy files."),
      GroupDeclaration("sla", "Service levels: what was promised, and what became of it."),
      GroupDeclaration("review", "Ask for reviews and give them, recorded in Git notes."),
      GroupDeclaration("delegate", "Who may review for the host team: grants, and who has earned one."),
      GroupDeclaration(
        "hook", "On a server: refuse what the policy does not allow, and record who pushed what."),
    ],
    commands: [
      backlog, status, contributions, explain, health, maturity, sources, sla, slaWhen, slaNotice, slaReplay,
      policyInit, policyCheck, policyShow,
      reviewRequest, reviewShow, reviewComment, reviewApprove, reviewReject, reviewWithdraw,
      delegateList, delegateGrant, delegateRevoke, delegateCandidates, delegateAudit, reviewers,
      check, importReviews, hookInstall, hookPreReceive, hookPostReceive, hookDoctor,
      demo, benchmark,
      completions, man, help,
    ])

  static let input = [
    Options.policies.declaration, Options.asOf.declaration, Options.branch.declaration,
    Options.repository.declaration, Options.with.declaration, Options.allowedSigners.declaration,
    Options.jobs.declaration,
  ]

  static let window = [
    Options.window.declaration, Options.since.declaration, Options.until.declaration,
  ]

  static let oneWindow = [[Options.window.declaration.name, Options.since.declaration.name]]

  static let oneLoudness = [[Options.quiet.declaration.name, Options.verbose.declaration.name]]

  /// The options on how results are written.
  static func output(_ formats: [OutputFormat]) -> [OptionDeclaration] {
    let csv = formats.contains(.csv) ? [Options.csvRaw.declaration] : []
    return [Options.format.limited(to: formats)] + csv + page
  }

  private static let page = [
    Options.color.declaration, Options.width.declaration, Options.quiet.declaration,
    Options.verbose.declaration,
  ]

  // MARK: Commands

  private static let backlog = CommandDeclaration(
    .backlog, "List open contributions, most urgent first.",
    discussion: [
      """
      For the team that owns a platform: what waits, for how long, when it is due by the objectives of the policy, whose \
      turn it is, and who may act. What is overdue stands first, then what is at risk, then what is due next.
      """,
      "Filters of one kind widen each other, filters of different kinds narrow each other.",
    ],
    operands: [Operands.repositories],
    options: [
      Options.component.declaration, Options.team.declaration, Options.origin.declaration,
      Options.turn.declaration, Options.overdue.declaration, Options.atRisk.declaration,
    ] + input + output(OutputFormat.reports) + [Options.zone.declaration],
    exclusions: oneLoudness,
    examples: [
      .init("tributary backlog", "What waits in the current repository."),
      .init(
        "tributary backlog --overdue --at-risk --zone Europe/Berlin",
        "What is late or soon will be, with due times as a clock in Berlin shows them."),
      .init(
        "tributary backlog --turn reviewers --component network",
        "Only what waits on the reviewers of one component."),
      .init(
        "tributary backlog --format csv ../platform.git", "The same for a spreadsheet, from another clone."),
    ])

  private static let status = CommandDeclaration(
    .status, "Show where contributions stand and what they wait for.",
    discussion: [
      """
      For those who contribute: whose turn it is and since when, what was promised and when it is due, how much longer \
      similar contributions waited, who may review, and what is missing.
      """
    ],
    operands: [Operands.ids],
    options: [Options.mine.declaration, Options.author.declaration] + input
      + output([.text, .json, .markdown]) + [Options.zone.declaration],
    exclusions: oneLoudness + [
      [Options.mine.declaration.name, Options.author.declaration.name, Operands.ids.name]
    ],
    examples: [
      .init("tributary status --mine", "Everything of mine that is open."),
      .init("tributary status pr/76 pr/81", "Two contributions."),
      .init("tributary status --author ada@example.org -C ../platform", "Somebody's, in another clone."),
    ])

  private static let contributions = CommandDeclaration(
    .contributions, "List every contribution of a window with its class, level and findings.",
    discussion: [
      "For scripts: each fact comes with the grade of its evidence and the Git object that shows it.",
      "Filters of one kind widen each other, filters of different kinds narrow each other.",
    ],
    operands: [Operands.repositories],
    options: [
      Options.id.declaration, Options.state.declaration, Options.origin.declaration,
      Options.author.declaration,
      Options.team.declaration, Options.component.declaration, Options.level.declaration,
      Options.objectiveState.declaration,
    ] + input + window + output(OutputFormat.reports),
    exclusions: oneWindow + oneLoudness,
    examples: [
      .init("tributary contributions --format json", "Everything that Git tells, for a program."),
      .init(
        "tributary contributions --since 2026-01-01 --until 2026-04-01 --origin external",
        "What others contributed in the first quarter."),
    ])

  private static let explain = CommandDeclaration(
    .explain, "Show the whole reasoning about one contribution.",
    discussion: [
      """
      Every event with the Git object that shows it, what the roster said of the author, the \
      version of the policy, which approvals counted and which did not and why, the clocks of its objectives with the hours \
      to add up, and what would make it pass.
      """
    ],
    operands: [Operands.id, Operands.repositories],
    options: input + output([.text, .json, .markdown]) + [Options.zone.declaration],
    exclusions: oneLoudness,
    examples: [
      .init("tributary explain pr/76", "Why it is judged as it is."),
      .init("tributary explain pr/76 --as-of 2026-03-01", "Why it was judged so on the first of March."),
    ])

  private static let health = CommandDeclaration(
    .health, "Show the figures of a window beside those of the window before.",
    discussion: [
      """
      Waiting, reviewing, landing and origin by component and team, each figure with its sample size and the grade \
      of its evidence. A figure that Git cannot support here is refused, with what would make it available.
      """
    ],
    operands: [Operands.repositories],
    options: [Options.component.declaration, Options.team.declaration] + input + window
      + output(OutputFormat.reports),
    exclusions: oneWindow + oneLoudness,
    examples: [
      .init("tributary health", "The last 180 days and the 180 days before."),
      .init("tributary health --window 28d --component network", "Four weeks of one component."),
    ])

  private static let sources = CommandDeclaration(
    .sources, "Show what review data is here, what it can tell, and what is missing.",
    discussion: [
      """
      Every place with review data: how many records, of which time, how much of each year's landed work they cover, \
      how good they are and which figures they can carry. A place that ended while work went on is said to be frozen.
      """,
      """
      What the project evidently has and this clone lacks stands with the command that brings it. Nothing is \
      fetched.
      """,
    ],
    operands: [Operands.repositories],
    options: input + output([.text, .json, .markdown]),
    exclusions: oneLoudness,
    examples: [
      .init("tributary sources", "What the current clone holds."),
      .init("tributary sources --format json ../platform.git", "The same for a program."),
    ])

  private static let policyInit = CommandDeclaration(
    .policyInit, "Write starter policy files inferred from history.",
    discussion: [
      "The host team is inferred from who merged the work of others. Correct the files and commit them."
    ],
    operands: [Operands.repositories],
    options: [Options.output.declaration] + input + page,
    exclusions: oneLoudness,
    examples: [.init("tributary policy init --output policies", "Files to start from.")])

  private static let policyCheck = CommandDeclaration(
    .policyCheck, "Check policy files and list every mistake with its place.",
    operands: [Operands.policyFiles],
    options: input + output([.text, .json]),
    exclusions: oneLoudness,
    examples: [
      .init("tributary policy check", "The policies in force."),
      .init("tributary policy check policies", "A directory that is being edited."),
    ])

  private static let policyShow = CommandDeclaration(
    .policyShow, "Show the policy in force at a moment.",
    operands: [Operands.repositories],
    options: input + output([.text, .json]),
    exclusions: oneLoudness,
    examples: [.init("tributary policy show --as-of 2026-03-01", "What held on the first of March.")])

  private static let demo = CommandDeclaration(
    .demo, "Build a sample platform repository and show it.",
    discussion: ["The repository is always the same. Nothing outside the directory is touched."],
    operands: [Operands.demoDirectory],
    options: page,
    exclusions: oneLoudness,
    examples: [.init("tributary demo", "Look around without a repository of your own.")])

  private static let benchmark = CommandDeclaration(
    .benchmark, "Measure what reading costs beside `git log --raw` on the same work.",
    operands: [Operands.repositories],
    options: [Options.rounds.declaration, Options.stage.declaration] + input + output([.text, .markdown]),
    exclusions: oneLoudness,
    examples: [.init("tributary benchmark --rounds 5 ../linux", "Five rounds on one clone.")],
    isHidden: true)

  private static let completions = CommandDeclaration(
    .completions, "Write completions for a shell.",
    operands: [Operands.shell],
    examples: [
      .init("source <(tributary completions bash)", "Bash, for this session."),
      .init("tributary completions zsh > ~/.zfunc/_tributary", "Zsh, with ~/.zfunc in fpath."),
      .init("tributary completions fish > ~/.config/fish/completions/tributary.fish", "Fish."),
    ])

  private static let man = CommandDeclaration(
    .man, "Write the manual page.",
    examples: [.init("tributary man | man -l -", "Read it.")],
    isHidden: true)

  private static let help = CommandDeclaration(
    .help, "Explain a command.",
    operands: [Operands.topic],
    options: [Options.color.declaration, Options.width.declaration],
    examples: [.init("tributary help policy check", "One command.")])
}
