internal import Facts
internal import Rules

extension MaturityReport {
  /// More of what is responsible for one criterion is counted; JSON holds it all.
  static let rowLimit = 8

  public func text() -> TextDocument {
    var document = TextDocument([.title("Maturity")])
    document.blocks += header.blocks()
    if let requirement = requirementWords { document.append(.paragraph(requirement)) }
    document.append(.section("Where it stands", [.table(overview)] + legend))
    for standing in main { document.append(.section(heading(standing), blocks(of: standing))) }
    document.blocks += trendBlocks
    document.blocks += header.closingBlocks()
    return document
  }

  private var requirementWords: StyledText? {
    guard let required, let requirement else { return nil }
    let head: StyledText = "Level \(required) was asked for: "
    switch requirement {
    case .reached: return head + StyledText("reached", .good) + "."
    case .notReached:
      let names = main.filter { $0.level < required }.map(\.scope.name)
      return head + StyledText("not reached", .bad) + " by \(names.joined(separator: ", "))."
    case .incomplete:
      let names = main.filter { $0.isUndecided(for: required) }.map(\.scope.name)
      return head + StyledText("cannot be told", .warning)
        + " of \(names.joined(separator: ", ")), because the clone is incomplete; that is no pass."
    }
  }

  private func heading(_ standing: MaturityStanding) -> StyledText {
    "\(standing.scope.kind) \(standing.scope.name): level \(standing.level) – "
      + Words.levelName(standing.level)
  }

  // MARK: Overview

  private var overview: TextTable {
    var table = TextTable([
      .init("of", priority: 2), .init("name", shrinksTo: 16), .init("level", align: .right),
      .init("landed external", align: .right, priority: 1),
      .init("what keeps it from the next", shrinksTo: 20),
    ])
    for standing in standings {
      let shown = standing.blockers.prefix(2).map(Words.obstacle)
      let rest = standing.blockers.count - shown.count
      let blockers = rest > 0 ? shown + ["and \(rest) more"] : shown
      table.append([
        "\(standing.scope.kind, .muted)", "\(standing.scope.name, .id)",
        "\(standing.level, standing.level > 1 ? .good : .plain)", "\(standing.landed.external)",
        blockers.isEmpty ? StyledText("nothing", .good) : StyledText.joined(blockers, by: ", "),
      ])
    }
    return table
  }

  private var legend: [TextDocument.Block] {
    let isOpen = standings.contains { $0.blockers.contains { $0.verdict == .notEnoughEvidence } }
    return isOpen ? [.note("A question mark: not enough evidence, which never lets a level rise.")] : []
  }

  // MARK: One standing

  private func blocks(of standing: MaturityStanding) -> [TextDocument.Block] {
    var blocks: [TextDocument.Block] = [.paragraph(summary(standing)), .table(table(of: standing))]
    guard !standing.blockers.isEmpty else { return blocks }
    blocks.append(
      .section("What keeps it from level \(standing.level + 1)", [.list(standing.blockers.map(blocker))]))
    for result in standing.blockers {
      let responsible = worstFirst(result.responsible.filter { isNews($0, of: result) })
      guard !responsible.isEmpty else { continue }
      blocks.append(.section("Responsible: " + Words.criterion(result.criterion), rows(of: responsible)))
    }
    return blocks
  }

  private func summary(_ standing: MaturityStanding) -> StyledText {
    let landed = standing.landed
    let span =
      standing.window.since.map { "\($0.shown.date) to \(standing.window.until.shown.date)" }
      ?? "Until \(standing.window.until.shown.date)"
    var text: StyledText = "\(span): \(Words.counted(landed.external, "external contribution")) landed"
    if landed.external > 0 {
      let assisted = landed.assisted > 0 ? " (\(landed.assisted) assisted by a delegate)" : ""
      text =
        text + """
          , \(landed.byPlatform) accepted by the platform\(assisted), \(landed.byDelegates) by delegates alone, \
          \(landed.unplaced) without an authorised review on record
          """
    }
    text = text + "; \(landed.byHost) by the host team"
    if landed.unknown > 0 { text = text + "; \(landed.unknown) by authors nobody knows" }
    return text + "."
  }

  private func table(of standing: MaturityStanding) -> TextTable {
    var table = TextTable([
      .init("for", align: .right), .init("criterion", shrinksTo: 22), .init("value", align: .right),
      .init("95%", align: .right, priority: 1), .init("n", align: .right, priority: 2),
      .init("asked"), .init("verdict"),
    ])
    for result in standing.criteria {
      table.append([
        "\(result.criterion.level)", Words.shortCriterion(result.criterion),
        Words.figure(result.value, result.criterion.unit), Words.interval(result), "\(result.sample)",
        isAsked(result) ? Words.asked(result) : "", Words.verdict(result.verdict),
      ])
    }
    return table
  }

  /// Without the objective there is no share that could be asked for.
  private func isAsked(_ result: CriterionResult) -> Bool {
    guard result.criterion == .attainment else { return true }
    return !result.gaps.contains { if case .noObjective = $0 { true } else { false } }
  }

  /// One criterion that is in the way: what it came to, what is not known, what to do.
  private func blocker(_ result: CriterionResult) -> StyledText {
    var text = Words.criterion(result.criterion) + ": " + Words.verdict(result.verdict)
    if result.value != nil, isAsked(result) {
      text =
        text + ", " + Words.figure(result.value, result.criterion.unit) + ", asked " + Words.asked(result)
    }
    if !result.gaps.isEmpty {
      text = text + "; " + StyledText.joined(result.gaps.map { Words.gap($0, of: result.sample) }, by: "; ")
    }
    return text + ". Next: " + Words.advice(result) + "."
  }

  /// Whose authors nobody knows is told once, under the first criterion.
  private func isNews(_ responsible: Responsible, of result: CriterionResult) -> Bool {
    guard case .contribution(_, .unknownOrigin, _) = responsible else { return true }
    return result.criterion == .externalLanded
  }

  /// The longest waits and the latest answers first, then what is not known; else in the order of the contributions.
  private func worstFirst(_ responsible: [Responsible]) -> [Responsible] {
    func weight(_ responsible: Responsible) -> Double {
      guard case .contribution(_, let cause, _) = responsible else { return 0 }
      switch cause {
      case .waits(let multiple, _): return -multiple
      case .missed(let lateness): return -Double(lateness)
      case .notIdentifiable, .undetermined, .unknownOrigin, .notAuthorised(.reviewNotInGit): return 1
      default: return 0
      }
    }
    return responsible.enumerated().sorted {
      (weight($0.element), $0.offset) < (weight($1.element), $1.offset)
    }.map(\.element)
  }

  private func rows(of responsible: [Responsible]) -> [TextDocument.Block] {
    var table = TextTable([
      .init("what"), .init("why", shrinksTo: 40), .init("title", priority: 1, shrinksTo: 12),
      .init("evidence", priority: 2),
    ])
    for item in responsible.prefix(Self.rowLimit) { table.append(row(of: item)) }
    let rest = responsible.count - Self.rowLimit
    return [.table(table)] + (rest > 0 ? [.note("And \(rest) more; --format json lists them all.")] : [])
  }

  private func row(of responsible: Responsible) -> [StyledText] {
    switch responsible {
    case .contribution(let place, let cause, let evidence):
      let entry = entries[place]
      let id = entry.contribution.id.description
      return [
        header.repositories.count > 1 ? "\(entry.repository)/\(id, .id)" : "\(id, .id)",
        Words.cause(cause, entry.people, at: entry.moment(of: cause)), "\(entry.contribution.title)",
        evidence.map { "\($0.short, .muted)" } ?? "",
      ]
    case .component(let name, let delegates):
      let names = delegates.isEmpty ? "no active delegate" : delegates.joined(separator: ", ")
      return [name.map { "\($0, .id)" } ?? "the repository", "\(names)"]
    case .grant(let id): return ["\(id, .id)", "has no end date"]
    }
  }

  // MARK: Trend

  private var trendBlocks: [TextDocument.Block] {
    guard !months.isEmpty else { return [] }
    let tables = main.map { standing -> TextDocument.Block in
      .section("\(standing.scope.kind) \(standing.scope.name)", [.table(trend(of: standing.scope))])
    }
    let note: StyledText = """
      Months are those of the calendar in UTC, each judged at its last second by the policy of that moment; (running) is \
      judged at the as-of moment. ! not met, ? not enough evidence, – nothing to tell.
      """
    return [.section("Month by month", tables + [.note(note)])]
  }

  private func trend(of scope: MaturityStanding.Scope) -> TextTable {
    let shown = MaturityCriterion.allCases.filter { criterion in
      months.contains { month in
        month.standings.contains { $0.scope == scope && $0.criteria.contains { $0.criterion == criterion } }
      }
    }
    var table = TextTable(
      [.init("month"), .init("level", align: .right)]
        + shown.enumerated().map { place, criterion in
          .init(Self.short(criterion), align: .right, priority: 1 + place)
        })
    for month in months {
      let name: StyledText = "\(month.month.name)\(month.isRunning ? " (running)" : "")"
      guard let standing = month.standings.first(where: { $0.scope == scope }) else {
        table.append([name, "–"])
        continue
      }
      table.append(
        [name, "\(standing.level, standing.level > 1 ? .good : .plain)"]
          + shown.map { criterion in
            standing.criteria.first { $0.criterion == criterion }.map(Self.cell) ?? "–"
          })
    }
    return table
  }

  private static func cell(_ result: CriterionResult) -> StyledText {
    let figure = Words.figure(result.value, result.criterion.unit)
    switch result.verdict {
    case .met: return figure
    case .notMet: return figure + StyledText("!", .bad)
    case .notEnoughEvidence: return figure + StyledText("?", .warning)
    }
  }

  private static func short(_ criterion: MaturityCriterion) -> EscapedText {
    switch criterion {
    case .externalLanded: "landed"
    case .reviewedShare: "reviewed"
    case .attainment: "in time"
    case .oldestWait: "wait"
    case .delegatedShare: "delegated"
    case .delegatesPerComponent: "delegates"
    case .unauthorisedApprovals: "no right"
    case .attainmentGap: "gap"
    case .openEndedGrants: "no end"
    }
  }
}
