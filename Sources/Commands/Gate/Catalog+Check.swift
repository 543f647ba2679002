extension Catalog {
  static let check = CommandDeclaration(
    .check, "Say whether commits may land on a branch now.",
    discussion: [
      """
      The gate for a pipeline: judges every new commit, both ends of renames, every parent of merges, and the approvals \
      on record, by the policy that the branch has now, never by the one that the change brings.
      """,
      """
      Without --range it judges what HEAD has and the branch has not. Input that is not whole (a shallow clone, missing \
      objects) is never a pass: the exit status is then 3.
      """,
      """
      An approval counts when it is a record of exactly these commits for exactly this branch, in refs/notes/devtools or a \
      review system that the policy names (gate.approvalsFrom), by somebody who is entitled to the path both then and now \
      and had no hand in the change.
      """,
    ],
    operands: [],
    options: [
      Options.range.declaration, Options.change.declaration, Options.policies.declaration,
      Options.asOf.declaration, Options.branch.declaration, Options.repository.declaration,
    ]
      + output([
        .text, .json, .markdown, .sarif, .junit, .github, .stepSummary, .gitlab,
      ]),
    exclusions: oneLoudness + [[Options.range.declaration.name, Options.change.declaration.name]],
    examples: [
      .init("tributary check --range origin/main..HEAD --branch main", "In a pipeline."),
      .init(
        "tributary check --format step-summary >> \"$GITHUB_STEP_SUMMARY\"", "For the page of a GitHub job."),
      .init(
        "tributary check --format gitlab > gl-code-quality-report.json", "For GitLab's merge request page."),
      .init("tributary check --change review/1a2b3c4d5e6f", "May this review land?"),
    ])
}
