extension Options {
  public static let head = Option<String>(
    "head", .text, "REV", "Propose this branch or commit instead of the branch that is checked out.")
  public static let targetBranch = Option<String>(
    "target", .text, "BRANCH",
    "The branch that the change is meant for; the default is the one that the remote's HEAD names, else main or master."
  )
  public static let reviewer = Option<String>(
    "reviewer", .text, "WHO", repeats: true,
    "Ask this address, or handle of the roster, for a review; may be repeated.")
  public static let message = Option<String>("message", short: "m", .text, "TEXT", "What to say.")
  public static let revision = Option<String>(
    "revision", .text, "OID",
    "The commit that you looked at; when the head is another one, nothing is recorded.")
  public static let file = Option<String>("file", .text, "PATH", "Comment on this file of the change.")
  public static let line = Option<Int>(
    "line", .integer(1...10_000_000), "N", "Comment on this line of the file, counted from 1."
  ) { Int($0) }
  public static let parent = Option<String>(
    "parent", .text, "ID", "Answer this comment, by the first digits of its id.")
  public static let sign = Flag("sign", short: "S", "Sign the record, whatever git is set to do.")
  public static let noSign = Flag("no-sign", "Do not sign the record, whatever git is set to do.")
}

extension Catalog {
  private static let recording = [
    Options.sign.declaration, Options.noSign.declaration, Options.dryRun.declaration,
    Options.policies.declaration, Options.repository.declaration,
    Options.format.limited(to: [.text, .json]), Options.color.declaration, Options.width.declaration,
    Options.quiet.declaration,
  ]

  private static let oneSigning = [Options.sign.declaration.name, Options.noSign.declaration.name]

  private static let records = """
    The record goes into Git notes, in the format of git-appraise, and is signed as git is set to sign commits. It is \
    not pushed: the command that shares it is shown.
    """

  static let reviewRequest = CommandDeclaration(
    .reviewRequest, "Ask for a review of a branch.",
    discussion: [
      """
      The review is noted on the first commit of the branch that its target lacks. Asking again on the same branch adds \
      to the same review, also after the branch was rewritten. Without --message the text is that of the first commit.
      """, records,
    ],
    options: [
      Options.head.declaration, Options.targetBranch.declaration, Options.reviewer.declaration,
      Options.message.declaration,
    ] + recording,
    exclusions: [oneSigning],
    examples: [
      .init("tributary review request --reviewer bo@example.org", "The branch that is checked out."),
      .init("tributary review request --head refs/heads/cache --target main", "Another one."),
      .init("tributary review request --dry-run", "See what would be recorded."),
    ])

  static let reviewShow = CommandDeclaration(
    .reviewShow, "Show a review with everything that was said.",
    discussion: ["Comments stand with the ids by which they are answered."],
    operands: [Operands.id],
    options: [
      Options.branch.declaration, Options.policies.declaration, Options.repository.declaration,
      Options.format.limited(to: [.text, .json]), Options.color.declaration, Options.width.declaration,
    ],
    examples: [.init("tributary review show review/1a2b3c4d5e6f", "One review.")])

  static let reviewComment = CommandDeclaration(
    .reviewComment, "Say something on a change, a file, a line, or a comment.",
    discussion: ["A comment is no verdict.", records],
    operands: [Operands.id],
    options: [
      Options.message.declaration, Options.file.declaration, Options.line.declaration,
      Options.parent.declaration, Options.revision.declaration, Options.branch.declaration,
    ] + recording,
    exclusions: [oneSigning, [Options.file.declaration.name, Options.parent.declaration.name]],
    examples: [
      .init("tributary review comment review/1a2b3c4d5e6f -m Why?", "On the whole change."),
      .init(
        "tributary review comment review/1a2b3c4d5e6f --file net/pool.c --line 7 -m Leaks.", "On a line."),
      .init("tributary review comment review/1a2b3c4d5e6f --parent 9f8e7d6c -m Fixed.", "In answer."),
    ])

  static let reviewApprove = CommandDeclaration(
    .reviewApprove, "Approve the newest commit of a change.",
    discussion: [
      """
      The approval names the exact commit. With --revision it is refused when that is not the head any more. It \
      also settles rejections of your own; those of others stay.
      """, records,
    ],
    operands: [Operands.id],
    options: [
      Options.message.declaration, Options.revision.declaration, Options.branch.declaration,
    ] + recording,
    exclusions: [oneSigning],
    examples: [
      .init("tributary review approve review/1a2b3c4d5e6f", "The head as it is here."),
      .init("tributary review approve pr/76 --revision 9be0c1d2", "Only if that is still the head."),
    ])

  static let reviewReject = CommandDeclaration(
    .reviewReject, "Say that a change needs work before it may land.",
    discussion: [
      "The rejection stands until you approve or withdraw it, whatever others say.", records,
    ],
    operands: [Operands.id],
    options: [
      Options.message.declaration, Options.revision.declaration, Options.branch.declaration,
    ] + recording,
    exclusions: [oneSigning],
    examples: [.init("tributary review reject review/1a2b3c4d5e6f -m Leaks.", "With the reason.")])

  static let reviewWithdraw = CommandDeclaration(
    .reviewWithdraw, "Take back a request of your own, or your verdict.",
    discussion: [
      """
      Whoever asked for the review gives it up; `review request` takes it up again. For anybody else their verdicts that \
      still stand become comments.
      """, records,
    ],
    operands: [Operands.id],
    options: [Options.message.declaration, Options.branch.declaration] + recording,
    exclusions: [oneSigning],
    examples: [.init("tributary review withdraw review/1a2b3c4d5e6f", "What one has asked or said there.")])
}
