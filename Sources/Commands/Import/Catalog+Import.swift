extension Catalog {
  static let importReviews = CommandDeclaration(
    .importReviews, "Write a forge's reviews into the clone, as git-appraise notes.",
    discussion: [
      """
      Reads the forge's own JSON on standard input, as gh, glab, curl or ssh print it, and appends what the notes \
      do not tell yet. Running it again changes nothing; nothing is ever removed.
      """,
      """
      The notes are refs/notes/devtools/reviews and refs/notes/devtools/discuss. With --into they go into a \
      repository of their own, and the clone stays as it is.
      """,
      """
      Ends with 3 when some of the input was refused, each with its place and reason; everything else is imported.
      """,
    ],
    operands: [Operands.forge],
    options: [
      Options.into.declaration, Options.dryRun.declaration, Options.at.declaration,
      Options.repository.declaration, Options.color.declaration, Options.width.declaration,
      Options.quiet.declaration,
    ],
    examples: [
      .init("tributary import github", "What gh printed, into this clone."),
      .init("tributary import gitlab --into ../platform-reviews.git", "The clone stays as it is."),
      .init("tributary import gerrit --dry-run -C ../platform", "Only see what would be written."),
    ])
}
