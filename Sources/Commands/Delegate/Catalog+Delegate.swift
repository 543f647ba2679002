internal import Rules

/// How grave a finding must be to end a run with a status that says so.
public enum AuditThreshold: String, Hashable, Sendable, CaseIterable {
  case error
  case warning
  case note
  /// Whatever is found, the status says only whether the audit could be made.
  case never
}

extension Catalog {
  static let delegateList = CommandDeclaration(
    .delegateList, "List grants: who may review, granted by whom, until when.",
    discussion: [
      """
      Grants in force, those that begin later, and those that do not hold although they have not ended, each with its \
      reason. A right is as long as its chain: it ends with the first grant above it that ends.
      """
    ],
    operands: [Operands.repositories],
    options: [
      Options.person.declaration, Options.component.declaration, Options.paths.declaration,
      Options.expiring.declaration, Options.all.declaration,
    ] + input + output(OutputFormat.allCases),
    exclusions: oneLoudness,
    examples: [
      .init("tributary delegate list", "Who holds which right."),
      .init("tributary delegate list --expiring 30d", "What ends within thirty days."),
      .init("tributary delegate list --person ada --all", "Everything ada was ever granted."),
      .init(
        "tributary delegate list --as-of 2026-03-01 --paths 'docs/**'", "As it was on the first of March."),
    ])

  static let delegateGrant = CommandDeclaration(
    .delegateGrant, "Write a grant as a file to be committed.",
    discussion: [
      """
      The grant is judged as if it were proposed already: nobody grants more than they hold, in verbs, paths, branches, \
      size, time or depth, nor anything that the policy lets nobody grant. What is refused is refused with what would be \
      allowed, and status 1.
      """,
      """
      Who grants is whom git commits as, found in the roster, or --as. The file goes into policies/grants of the work tree, \
      or into the directory of --policies; the commands that commit it are shown.
      """,
      """
      With --automatic the grants are written that the policy's own rules give to whoever has climbed their ladders.
      """,
    ],
    operands: [Operands.grantee],
    options: [
      Options.paths.declaration, Options.verbs.declaration, Options.grantUntil.declaration,
      Options.reason.declaration, Options.grantFrom.declaration, Options.grantID.declaration,
      Options.depth.declaration, Options.limitPaths.declaration, Options.kinds.declaration,
      Options.branches.declaration, Options.grantor.declaration, Options.automatic.declaration,
      Options.dryRun.declaration,
    ] + input + output([.text, .json]),
    exclusions: oneLoudness + [[Options.automatic.declaration.name, Operands.grantee.name]],
    examples: [
      .init(
        "tributary delegate grant ada --paths 'docs/**' --verbs review,approve --until 2026-10-01 --reason trusted",
        "Half a year of approvals on the documentation."),
      .init(
        "tributary delegate grant payments --paths 'net/pay/**' --verbs review --until 2026-07-01 --reason trial --dry-run",
        "To a team; shows the file and writes nothing."),
      .init("tributary delegate grant --automatic", "Whatever the ladders of the policy give by themselves."),
    ])

  static let delegateRevoke = CommandDeclaration(
    .delegateRevoke, "End a grant, as a change to be committed.",
    discussion: [
      """
      Adds `revokedOn` to the grant's file and leaves everything else in it as it is. The file stays, because an id is \
      never used again. Grants that rest on this one end with it, and are named.
      """
    ],
    operands: [Operands.grantToEnd],
    options: [
      Options.on.declaration, Options.reason.declaration, Options.grantor.declaration,
      Options.dryRun.declaration,
    ] + input + output([.text, .json]),
    exclusions: oneLoudness,
    examples: [
      .init("tributary delegate revoke docs-ada", "From now on."),
      .init("tributary delegate revoke docs-ada --on 2026-09-01 --reason leaves", "On a day."),
    ])

  static let delegateCandidates = CommandDeclaration(
    .delegateCandidates, "Show who has earned rights, with the evidence.",
    discussion: [
      """
      What people landed, reviewed and decided on some paths, beside a ladder of the policy: each criterion with its value, \
      what is asked for, and the contributions it rests on. What Git cannot tell is refused, never taken for reached.
      """,
      """
      People are counted. By name stand only those who meet everything and those named with --person; --all names \
      everybody. Nobody is ranked: names are sorted by handle.
      """,
    ],
    operands: [Operands.repositories],
    options: [
      Options.paths.declaration, Options.component.declaration, Options.ladder.declaration,
      Options.person.declaration, Options.all.declaration, Options.grantor.declaration,
    ] + input + output(OutputFormat.allCases),
    exclusions: oneLoudness + [[Options.person.declaration.name, Options.all.declaration.name]],
    examples: [
      .init("tributary delegate candidates", "Every component, every ladder of the policy."),
      .init(
        "tributary delegate candidates --component docs --ladder kubernetes-reviewer",
        "One component, by the numbers of Kubernetes."),
      .init("tributary delegate candidates --paths 'docs/**' --person ada", "How far ada has come."),
    ])

  static let delegateAudit = CommandDeclaration(
    .delegateAudit, "Look for what is wrong with grants and approvals under them.",
    discussion: [
      """
      Approvals under ended, missing or too narrow grants; grants that nobody entitled brought in, that are orphaned, \
      unused, too broad, double or without an end; automatic ones that were not earned; paths that fewer than two people \
      may approve.
      """,
      """
      The exit status is a judgement: 1 when a finding is an error, or as grave as --fail-on says, and 3 when the input is \
      incomplete, whatever was found.
      """,
    ],
    operands: [Operands.repositories],
    options: [Options.failOnFinding.declaration] + input + window + output(OutputFormat.allCases),
    exclusions: oneWindow + oneLoudness,
    examples: [
      .init("tributary delegate audit", "Grants in force, and the approvals of 180 days."),
      .init(
        "tributary delegate audit --fail-on warning --format csv ../platform.git",
        "For a scheduled job: status 1 for warnings too."),
    ])

  static let reviewers = CommandDeclaration(
    .reviewers, "Show who may approve paths or a contribution, and whom it takes.",
    discussion: [
      """
      By authority: members of the host team, owners by file, holders of grants with the chain behind them; with how much \
      waits for each of them, when they were last active there, and when there is work. Whoever wrote part of a change does \
      not approve it.
      """,
      """
      The smallest sets are those of fewest people whose approvals would suffice for all paths. Paths that too few may \
      approve are named with who came nearest, and what was missing.
      """,
      "Without an ID and --paths, what the checked out branch would change on the target branch is asked about.",
    ],
    operands: [Operands.optionalID],
    options: [Options.paths.declaration] + input + output(OutputFormat.allCases)
      + [Options.zone.declaration],
    exclusions: oneLoudness + [[Options.paths.declaration.name, Operands.optionalID.name]],
    examples: [
      .init("tributary reviewers pr/76", "Who may approve a contribution."),
      .init("tributary reviewers --paths net/http.c --paths 'docs/**'", "Who may approve these paths."),
      .init("tributary reviewers --branch main", "For the branch that is checked out."),
    ])
}

extension Options {
  static let paths = Option<String>(
    "paths", .text, "PATTERN", repeats: true,
    "These paths, as in policy files: docs/**, net/*.c, !net/tls/**; may be repeated.")
  static let person = Option<String>(
    "person", .text, "WHO", repeats: true, "This handle, address or login; may be repeated.")
  static let all = Flag("all", "Everything, ended or not reached as well.")
  static let expiring = Option<SpanArgument>(
    "expiring", .span, "DURATION", "Only grants that end within this time, such as 30d."
  ) { SpanArgument($0) }
  static let verbs = Option<String>(
    "verbs", .text, "VERBS", repeats: true, "What it lets its holder do: review, approve, land, delegate.")
  static let reason = Option<String>("reason", .text, "TEXT", "Why, for those who read it later.")
  /// `--id` of a grant; the last one counts.
  static let grantID = Option<String>(
    "id", .text, "ID", repeats: true, "The id of the grant; the default is made of paths and holder.")
  static let depth = Option<Int>(
    "depth", .integer(0...64), "N", "How often it may be passed on; the default is 0."
  ) { Int($0) }
  static let limitPaths = Option<Int>(
    "limit-paths", .integer(1...1_000_000), "N", "Only for changes of at most N paths."
  ) { Int($0) }
  static let kinds = Option<String>(
    "kinds", .text, "KINDS", repeats: true, "Only for changes of these kinds, such as documentation,fix.")
  static let branches = Option<String>(
    "branches", .text, "PATTERN", repeats: true,
    "Only on these branches, by full name, such as refs/heads/main; may be repeated.")
  static let grantor = Option<String>(
    "as", .text, "WHO", "Who grants; the default is whom git commits as.")
  static let automatic = Flag("automatic", "Write what the policy's rules grant by themselves.")
  static let ladder = Option<String>(
    "ladder", .text, "NAME", repeats: true, "Only this ladder of the policy; may be repeated.")
  static let on = Option<TimeArgument>("on", .time, "TIME", "End it at this moment; the default is now.") {
    TimeArgument($0)
  }
  /// `--until` of a grant, which is no window.
  static let grantUntil = Option<TimeArgument>(
    "until", .time, "TIME", group: .window, "End of the grant: the first moment it no longer holds."
  ) { TimeArgument($0) }
  /// `--from` of a grant.
  static let grantFrom = Option<TimeArgument>(
    "from", .time, "TIME", "Beginning of the grant; the default is today."
  ) { TimeArgument($0) }
  static let failOnFinding = Option<AuditThreshold>(
    choiceOf: "fail-on", "WHAT", repeats: true,
    "End with status 1 for findings as grave as this: error (the default), warning, note or never.")
}

extension Operands {
  static let grantee = Operand("PERSON|TEAM", .text, .optional, "To whom: a handle, an address or a team.")
  static let grantToEnd = Operand("GRANT", .text, .one, "The id of a grant, such as docs-ada.")
  static let optionalID = Operand(
    "ID", .text, .optional, "A contribution, such as pr/76, mr/45 or commit/1a2b3c4d5e6f.")
}
