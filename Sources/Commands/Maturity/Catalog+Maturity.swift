/// A level of the maturity model that can be required; everything stands on level 1.
public enum RequiredLevel: String, Hashable, Sendable, CaseIterable {
  case two = "2"
  case three = "3"

  var number: Int { self == .two ? 2 : 3 }
}

extension Catalog {
  static let maturity = CommandDeclaration(
    .maturity, "Show how far innersource has come and what keeps it from the next level.",
    discussion: [
      """
      Level 1: the team does it and takes input. Level 2: stakeholders contribute and the team reviews. Level 3: others \
      can be reviewers, because the team gave them the right.
      """,
      """
      Of every repository, component and stakeholder team: the highest level all of whose criteria hold over the window \
      of the policy (maturity.json5; 180 days without one). Each criterion comes with its value, 95 % interval, sample \
      size and threshold, and is met, not met, or lacks evidence, which never lets a level rise. What keeps the next level \
      from being reached is named with the contributions that are responsible.
      """,
      """
      --component and --team ask about these alone. --trend asks the same of each month, by the policy that held at its \
      end: a month of the calendar in UTC, judged at its last second; the one that runs is judged at the as-of moment. \
      It shows what --as-of that second would.
      """,
      """
      With --require the exit status is a judgement on the repositories, or on the components and teams asked about: 1 \
      when one of them has not reached the level, and 3 when the clone lacks what could show that it has.
      """,
    ],
    operands: [Operands.repositories],
    options: [
      Options.requiredLevel.declaration, Options.trend.declaration, Options.months.declaration,
      Options.component.declaration, Options.team.declaration,
    ] + input + [Options.maturityWindow.declaration] + output(OutputFormat.allCases),
    exclusions: oneLoudness,
    examples: [
      .init("tributary maturity", "The level, what holds, what is in the way and what to do next."),
      .init("tributary maturity --trend --months 24", "The way here, month by month over two years."),
      .init(
        "tributary maturity --require 2 --component network ../platform.git",
        "For a scheduled job: status 1 when the component is not on level 2."),
      .init(
        "tributary maturity --as-of 2026-03-31T23:59:59Z --format json", "Where it stood at a month's end."),
    ])
}

extension Options {
  static let requiredLevel = Option<RequiredLevel>(
    choiceOf: "require", "LEVEL", "End with status 1 unless what was asked about has reached this level.")
  static let trend = Flag("trend", "Show each month as well, by the policy of that month.")
  static let months = Option<Int>(
    "months", .integer(1...240), "N",
    "With --trend, so many months, the one that runs included; 12 unless given."
  ) { Int($0) }
  /// `--window` of a report whose policy names its length.
  static let maturityWindow = Option<SpanArgument>(
    "window", .span, "DURATION", group: .window,
    "Length of the window that ends at the as-of moment, or all; the default is the policy's, or 180d."
  ) { SpanArgument($0) }
}
