/// What makes `sla` end with a status that says so.
public enum FailOn: String, Hashable, Sendable, CaseIterable {
  /// Anything missed in the window, or missed and still open.
  case breach
  /// Anything at risk, or a breach.
  case atRisk = "at-risk"
  /// A budget overspent, or used up too fast.
  case budget
}

extension Catalog {
  static let sla = CommandDeclaration(
    .sla, "Show what was promised, what became of it, and how long waits are.",
    discussion: [
      """
      For each objective of the policy: the share of due items that were in time, with its interval, the misses that are \
      left, every miss with whose turn it is and who may act, what is at risk, and how long waits on its clock are.
      """,
      """
      Each objective is told over its own window and the one before it, unless a window is given here. Waits that have not \
      ended count as longer than their age.
      """,
      """
      With --fail-on the exit status is a judgement: 1 when it holds, and 3 when the input is incomplete, whatever was \
      found. Without it the status is 0.
      """,
    ],
    operands: [Operands.repositories],
    options: [
      Options.failOn.declaration, Options.objective.declaration, Options.component.declaration,
      Options.team.declaration,
    ] + input + [Options.slaWindow.declaration, Options.since.declaration, Options.until.declaration]
      + output(OutputFormat.reports),
    exclusions: oneWindow + oneLoudness,
    examples: [
      .init("tributary sla", "Every objective over its own window."),
      .init(
        "tributary sla --fail-on breach --fail-on budget ../platform.git",
        "For a scheduled job: status 1 when something was missed."),
      .init(
        "tributary sla --window all --format csv ../platform.git",
        "Every item and every wait there ever was, for a spreadsheet."),
    ])
}

extension Options {
  static let failOn = Option<FailOn>(
    choiceOf: "fail-on", "WHAT", repeats: true,
    "End with status 1 when this holds; may be repeated.")
  static let objective = Option<String>(
    "objective", .text, "NAME", repeats: true, "Only this objective of the policy; may be repeated.")
  /// `--window` of a report whose objectives have windows of their own.
  static let slaWindow = Option<SpanArgument>(
    "window", .span, "DURATION", group: .window,
    "Length of the window that ends at --until, or all; the default is each objective's own."
  ) { SpanArgument($0) }
}
