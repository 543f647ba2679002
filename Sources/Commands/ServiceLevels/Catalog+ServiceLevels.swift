internal import Rules

extension Catalog {
  static let slaWhen = CommandDeclaration(
    .slaWhen, "Compute when working time runs out, or how much has passed.",
    discussion: [
      """
      Counts on a calendar of the policy, or on the built-in 24x7. A target is working time such as 8h, or business days, \
      which end with the last hour of the n-th working day after the day of the start.
      """,
      """
      Working time that runs out at closing time is due then, and breached at the next opening: a verdict goes by the \
      time that passed, not by the clock on the wall.
      """,
    ],
    operands: [Operands.repositories],
    options: [
      Options.calendar.declaration, Options.start.declaration, Options.target.declaration,
      Options.stop.declaration, Options.policies.declaration, Options.asOf.declaration,
      Options.branch.declaration, Options.repository.declaration, Options.jobs.declaration,
      Options.format.limited(to: [.text, .json]), Options.color.declaration, Options.width.declaration,
      Options.quiet.declaration,
    ],
    exclusions: [[Options.target.declaration.name, Options.stop.declaration.name]],
    examples: [
      .init(
        "tributary sla when --calendar berlin --start 2026-12-23T16:00:00+01:00 --target 8h",
        "Eight working hours from then."),
      .init(
        "tributary sla when --calendar berlin --target \"2 business days\"", "Two working days from now."),
      .init(
        "tributary sla when --calendar 24x7 --start 2026-03-01 --until 2026-03-02T12:00:00Z --format json",
        "The time between two moments."),
    ])
}

extension Options {
  static let calendar = Option<String>(
    "calendar", .text, "NAME", "Count on this calendar of the policy, or on 24x7.")
  static let start = Option<TimeArgument>(
    "start", .time, "TIME", "Count from this moment; the default is the as-of moment."
  ) { TimeArgument($0) }
  static let target = Option<String>(
    "target", .text, "TARGET", "Working time such as 8h, or business days such as \"2 business days\".")
  /// `--until` of a count, which is no window.
  static let stop = Option<TimeArgument>(
    "until", .time, "TIME", group: .window, "Count up to this moment instead, which is not included."
  ) { TimeArgument($0) }
}
