/// Forms of a notice: a page, a mail, a chat's payload, data.
public enum NoticeFormat: String, Hashable, Sendable, CaseIterable {
  case markdown
  case mail
  case slack
  case mattermost
  case json
}

extension Catalog {
  static let slaNotice = CommandDeclaration(
    .slaNotice, "Write the message to stakeholders about missed promises.",
    discussion: [
      """
      What was promised, what happened, what is owed now and who may act, one section for each team. Told are misses \
      of the window and all that are still open. No reviewer is named but those who may act.
      """,
      """
      Nothing is sent: a mail is for `sendmail -t`, a payload for curl and an incoming webhook. With nothing to tell, \
      neither is written. Every miss and every step of escalation has a reference that is the same in each run.
      """,
    ],
    operands: [Operands.repositories],
    options: [
      Options.noticeWindow.declaration, Options.newSince.declaration, Options.objective.declaration,
      Options.team.declaration, Options.from.declaration, Options.to.declaration,
    ] + input + [
      Options.noticeFormat.declaration, Options.quiet.declaration, Options.verbose.declaration,
    ],
    exclusions: oneLoudness,
    examples: [
      .init("tributary sla notice", "A page for the last week."),
      .init(
        "tributary sla notice --team payments --format mail --from sla@example.org --to pay@example.org | sendmail -t",
        "A mail for one team."),
      .init(
        "tributary sla notice --new-since 2026-03-01T06:00:00Z --format slack > notice.json",
        "Only what is new since the last run, for a chat."),
    ])

  static let slaReplay = CommandDeclaration(
    .slaReplay, "Judge the recorded history under another policy.",
    discussion: [
      """
      Shows what another calendar, target or roster would have made of what is on record: attainment, states, due times \
      and levels, beside those by the policy in force. The other policy is applied to all of time.
      """,
      "What people did is held fixed: under another promise they might have acted differently.",
      """
      `--with` names the other policy: a directory with policy files, or REV:PATH in the first repository. A repository \
      named so is read along, as everywhere.
      """,
    ],
    operands: [Operands.repositories],
    options: [Options.replayWindow.declaration] + input + [
      Options.format.declaration, Options.csvRaw.declaration, Options.color.declaration,
      Options.width.declaration, Options.quiet.declaration, Options.verbose.declaration,
    ],
    exclusions: oneLoudness,
    examples: [
      .init("tributary sla replay --with drafts/policies", "What a draft would have made of the past."),
      .init(
        "tributary sla replay --with main~20:policies --window 90d --format csv",
        "An older policy, over ninety days, for a spreadsheet."),
    ])
}

extension Options {
  static let noticeFormat = Option<NoticeFormat>(
    choiceOf: "format", "FORMAT", group: .output, "Write the notice in this form; the default is markdown.")
  static let noticeWindow = Option<SpanArgument>(
    "window", .span, "DURATION", group: .window,
    "Tell misses of this long before the as-of moment: 7d (the default) or all."
  ) { SpanArgument($0) }
  static let newSince = Option<TimeArgument>(
    "new-since", .time, "TIME",
    "Tell only misses and steps of escalation that were reached after this moment."
  ) { TimeArgument($0) }
  static let from = Option<String>("from", .text, "ADDRESS", "The sender of a mail.")
  static let to = Option<String>(
    "to", .text, "ADDRESS", repeats: true, "A recipient of a mail; may be repeated.")
  static let replayWindow = Option<SpanArgument>(
    "window", .span, "DURATION", group: .window,
    "Length of the window that ends at the as-of moment; the default is each objective's own."
  ) { SpanArgument($0) }
}
