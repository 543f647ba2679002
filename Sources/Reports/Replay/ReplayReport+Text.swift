internal import Facts
internal import Rules

extension ReplayReport {
  /// More contributions than this are counted; JSON and CSV hold them all.
  static let rowLimit = 100

  public func text() -> TextDocument {
    var document = TextDocument([.title("Service levels under another policy")])
    document.blocks += header.blocks()
    document.append(.fields([.init("replayed", Words.policy(replayed))]))
    document.append(.section("Attainment", [.table(objectives)]))
    document.append(.section("What became of the waits", [.table(transitions)]))
    let levels = levels
    if !levels.rows.isEmpty { document.append(.section("Levels that changed", [.table(levels)])) }
    let changed = changed
    document.append(.section("Contributions judged differently", blocks(of: changed)))
    document.blocks += header.closingBlocks()
    return document
  }

  private var objectives: TextTable {
    var table = TextTable([
      .init("objective", shrinksTo: 12), .init("policy"), .init("target"), .init("calendar", priority: 3),
      .init("window", priority: 2), .init("met", align: .right), .init("missed", align: .right),
      .init("share", shrinksTo: 16), .init("open", align: .right, priority: 1),
    ])
    for objective in replay.objectives {
      for (name, attainment) in [("in force", objective.before), ("replayed", objective.after)] {
        table.append(["\(objective.name, .id)", "\(name)"] + Self.cells(attainment))
      }
    }
    return table
  }

  private static func cells(_ attainment: Attainment?) -> [StyledText] {
    guard let attainment else { return ["no such objective", "", "", "", "", "", ""] }
    let open = [.running, .atRisk, .paused].reduce(0) { $0 + attainment.count($1) } + attainment.overdue
    return [
      "\(Words.target(attainment.objective.target))", "\(attainment.objective.calendar)",
      attainment.window.since.map { "\(DurationWords.elapsed(attainment.window.until.since($0)))" } ?? "all",
      "\(attainment.met)", "\(attainment.missed)", share(attainment), "\(open)",
    ]
  }

  /// `87% (70–95), held`; of too few items the counts speak for themselves.
  private static func share(_ attainment: Attainment) -> StyledText {
    guard let share = attainment.sampled.value, let verdict = attainment.verdict,
      let value = FixedDecimal.percent(share.hits, of: share.count),
      let low = FixedDecimal.text(share.low * 100, digits: 0),
      let high = FixedDecimal.text(share.high * 100, digits: 0)
    else { return "too few (\(attainment.objective.minimumSample) needed)" }
    return "\(value) (\(low)–\(high)), \(verdict.rawValue)"
  }

  private var transitions: TextTable {
    var table = TextTable([
      .init("clock"), .init("in force"), .init("replayed"), .init("waits", align: .right),
    ])
    for transition in replay.transitions {
      table.append([
        "\(transition.clock.rawValue)", Self.state(transition.before),
        transition.isChange ? Self.state(transition.after) : StyledText("the same", .muted),
        "\(transition.count)",
      ])
    }
    return table
  }

  private var levels: TextTable {
    var table = TextTable([.init("in force"), .init("replayed"), .init("contributions", align: .right)])
    for transition in replay.levels where transition.isChange {
      table.append([
        Self.level(transition.before), Self.level(transition.after), "\(transition.count)",
      ])
    }
    return table
  }

  private func blocks(of changed: [ReplayedContribution]) -> [TextDocument.Block] {
    let count = replay.contributions.count
    guard !changed.isEmpty else {
      return [.paragraph("None of \(Words.counted(count, "contribution")).")]
    }
    var table = TextTable([
      .init("id"), .init("title", priority: 1, shrinksTo: 16), .init("what"),
      .init("in force", shrinksTo: 16),
      .init("replayed", shrinksTo: 16),
    ])
    for contribution in changed.prefix(Self.rowLimit) {
      for row in rows(of: contribution) { table.append(row) }
    }
    var blocks: [TextDocument.Block] = [
      .paragraph("\(changed.count) of \(Words.counted(count, "contribution"))."), .table(table),
    ]
    if changed.count > Self.rowLimit {
      blocks.append(.note("And \(changed.count - Self.rowLimit) more; --format csv or json lists them all."))
    }
    return blocks
  }

  /// One row for each wait that differs, and one for the level.
  private func rows(of contribution: ReplayedContribution) -> [[StyledText]] {
    let id = contribution.before.contribution.id.description
    let label: StyledText =
      header.repositories.count > 1 ? "\(contribution.repository)/\(id, .id)" : "\(id, .id)"
    let title: StyledText = "\(contribution.before.contribution.title)"
    var rows = contribution.waits.filter(\.isChanged).map { wait in
      [label, title, "\(wait.clock.rawValue)", Self.verdict(wait.before), Self.verdict(wait.after)]
    }
    if contribution.changes.contains(.level) {
      let levels = [contribution.before, contribution.after].map { Self.level($0.level.number) }
      rows.append([label, title, "level"] + levels)
    }
    return rows
  }

  private static func verdict(_ item: ServiceLevelItem?) -> StyledText {
    guard let item else { return state(nil) }
    return state(item.state) + (item.due.map { ", due \($0.shown.words)" } ?? "")
  }

  private static func state(_ state: ServiceLevelItem.State?) -> StyledText {
    switch state {
    case .missed: StyledText("missed", .bad)
    case .met: StyledText("met", .good)
    case let state?: "\(state.rawValue)"
    case nil: StyledText("no objective", .muted)
    }
  }

  private static func level(_ number: Int?) -> StyledText { number.map { "level \($0)" } ?? "not placed" }
}
