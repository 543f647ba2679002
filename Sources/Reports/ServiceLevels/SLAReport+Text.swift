internal import Facts
internal import Rules

extension SLAReport {
  public func text() -> TextDocument {
    var document = TextDocument([.title("Service levels")])
    document.blocks += header.blocks()
    document.append(.fields(judgedBy))
    if accounts.isEmpty {
      document.append(
        .paragraph("The policy promises nothing: it names no objective to hold anything against."))
    } else {
      document.append(.section("Objectives", [.fields(accounts.map(summary))]))
    }
    document.blocks += partBlocks
    document.blocks += lineBlocks(\.breaches, "Missed in the window, or open and missed", breachTable)
    document.blocks += lineBlocks(\.atRisk, "At risk", riskTable)
    document.blocks += stepBlocks
    for account in accounts {
      if let waits = account.waits { document.append(.section(heading(account), waitBlocks(waits, account))) }
    }
    if accounts.contains(where: { $0.waits?.groups.isEmpty == false }) { document.append(waitNote) }
    if !turns.isEmpty { document.append(turnBlock) }
    document.blocks += header.closingBlocks()
    return document
  }

  // MARK: What judged

  private var judgedBy: [TextDocument.Field] {
    let names = accounts.map(\.objective.calendar)
    let calendars = names.enumerated().filter { !names[..<$0.offset].contains($0.element) }.map { _, name in
      let zones = timeZones(of: name)
      return zones.isEmpty ? name : "\(name) (\(zones.joined(separator: ", ")))"
    }
    let substituted =
      zones.substituted.isEmpty ? "" : "; built in for \(zones.substituted.joined(separator: ", "))"
    var fields: [TextDocument.Field] = []
    if !calendars.isEmpty { fields.append(.init("calendars", "\(calendars.joined(separator: ", "))")) }
    fields.append(.init("time zones", "\(zones.version), \(zones.source)\(substituted)"))
    for (repository, entitlement) in zip(header.repositories, entitlements) {
      let name: StyledText = header.repositories.count > 1 ? "\(repository.name): " : ""
      fields.append(.init("who may review", name + Words.entitlement(entitlement)))
    }
    return fields
  }

  // MARK: Objectives

  private func summary(_ account: ServiceLevelAccount) -> TextDocument.Field {
    .init("\(account.objective.name)", StyledText.joined(sentences(account), by: ". ") + ".")
  }

  private func sentences(_ account: ServiceLevelAccount) -> [StyledText] {
    let objective = account.objective
    let promise: StyledText =
      "promised \(Words.percent(objective.share)) within \(Words.target(objective.target))"
    guard account.standing != .appliesToNone else { return [appliesToNone(promise)] }
    var sentences = [Words.standing(account) + ", " + promise]
    if account.attainment.tally.decided > 0 { sentences.append(Words.budget(account.attainment.budget)) }
    let now = Words.standingNow(account.attainment)
    if !now.isEmpty { sentences.append(StyledText.joined(now, by: ", ")) }
    if let before = account.before, before.tally.decided > 0 {
      sentences.append(
        "Before: \(Words.share(before.met, of: before.tally.decided)) of \(before.tally.decided) in time")
    }
    sentences += account.alarms.compactMap(Words.alarm)
    if !account.isInForce { sentences.append("No longer in force; it holds for waits that began under it") }
    return sentences
  }

  private func appliesToNone(_ promise: StyledText) -> StyledText {
    let origins = [Origin.external, .platform, .unknown, .bot].compactMap { origin -> String? in
      let count = count(of: origin)
      return count == 0 ? nil : "\(count) \(origin.rawValue)"
    }
    let found = origins.isEmpty ? "" : " (by origin: \(origins.joined(separator: ", ")))"
    return
      StyledText("applies to none", .warning)
      + " of the \(Words.counted(proposalCount, "proposal")) read here\(found), " + promise
  }

  /// Attainment by component and by team, where there is more than one part.
  private var partBlocks: [TextDocument.Block] {
    var table = TextTable([
      .init("objective"), .init("by"), .init("part", shrinksTo: 12), .init("in time", align: .right),
      .init("due", align: .right), .init("95%", align: .right, priority: 1),
    ])
    for account in accounts {
      let kinds = [("component", "no component", account.components), ("team", "no team", account.teams)]
      for (kind, rest, parts) in kinds where parts.contains(where: { $0.attainment.tally.decided > 0 }) {
        for part in parts where part.attainment.tally.decided > 0 {
          let (met, due) = (part.attainment.met, part.attainment.tally.decided)
          table.append([
            "\(account.objective.name)", "\(kind)", part.name.map { "\($0)" } ?? "\(rest, .muted)",
            Words.share(met, of: due), "\(due)", Words.interval(part.attainment.share),
          ])
        }
      }
    }
    return table.rows.isEmpty ? [] : [.section("By component and team", [.table(table)])]
  }

  // MARK: Items

  /// The most items in one table for people.
  private static let lineLimit = 40

  private typealias Row = (account: ServiceLevelAccount, line: ServiceLevelAccount.Line)

  private func lineBlocks(
    _ lines: KeyPath<ServiceLevelAccount, [ServiceLevelAccount.Line]>, _ heading: StyledText,
    _ table: ([Row]) -> TextTable
  ) -> [TextDocument.Block] {
    let rows = accounts.flatMap { account -> [Row] in account[keyPath: lines].map { (account, $0) } }
    guard !rows.isEmpty else { return [] }
    let rest = rows.count - Self.lineLimit
    let note: [TextDocument.Block] =
      rest <= 0 ? [] : [.note("And \(rest) more; JSON and CSV have them all.")]
    return [.section(heading, [.table(table(Array(rows.prefix(Self.lineLimit))))] + note)]
  }

  private func breachTable(_ rows: [Row]) -> TextTable {
    var table = TextTable([
      .init("id"), .init("objective", priority: 3), .init("late", align: .right), .init("missed since"),
      .init("seen since", priority: 4), .init("state"), .init("turn", priority: 1),
      .init("who may act", priority: 2, shrinksTo: 12), .init("author", priority: 5, shrinksTo: 10),
      .init("title", priority: 6, shrinksTo: 16), .init("waiver", priority: 7),
      .init("started by", priority: 8), .init("answered by", priority: 8),
    ])
    for (account, line) in rows {
      let (entry, item) = (entry(line), line.item)
      table.append([
        label(line), "\(account.objective.name)", StyledText(words(item.lateness, account), .bad),
        item.missedAt.map { "\($0.shown.words)" } ?? "", item.atRiskAt.map { "\($0.shown.words)" } ?? "",
        Words.answer(of: item), Words.turn(entry.assessment.turn),
        "\(entry.mayAct(header).joined(separator: ", "))", "\(entry.authorName, .person)",
        "\(entry.contribution.title)", item.waiver.map { "\($0.id)" } ?? "",
        "\(entry.startEvidence(of: item)?.description ?? "", .muted)",
        "\(item.answer.map { entry.contribution.events[$0].evidence.description } ?? "", .muted)",
      ])
    }
    return table
  }

  private func riskTable(_ rows: [Row]) -> TextTable {
    var table = TextTable([
      .init("id"), .init("objective", priority: 3), .init("left", align: .right), .init("due"),
      .init("at risk since", priority: 4), .init("turn", priority: 1),
      .init("who may act", priority: 2, shrinksTo: 12), .init("author", priority: 5, shrinksTo: 10),
      .init("title", priority: 6, shrinksTo: 16),
    ])
    for (account, line) in rows {
      let (entry, item) = (entry(line), line.item)
      table.append([
        label(line), "\(account.objective.name)",
        StyledText(item.remaining.map { words($0, account) } ?? "", .warning),
        item.due.map { "\($0.shown.words)" } ?? "", item.atRiskAt.map { "\($0.shown.words)" } ?? "",
        Words.turn(entry.assessment.turn), "\(entry.mayAct(header).joined(separator: ", "))",
        "\(entry.authorName, .person)", "\(entry.contribution.title)",
      ])
    }
    return table
  }

  /// Steps of the ladder that open items have reached.
  private var stepBlocks: [TextDocument.Block] {
    let lines = accounts.flatMap(\.lines).filter { $0.item.isOpen }
    let steps = lines.flatMap { line in
      line.item.escalations.map { step -> StyledText in
        "\(label(line)): \(step.step.action.rawValue, .warning) since \(step.at.shown.words) (\(step.id, .muted))"
      }
    }
    return steps.isEmpty ? [] : [.section("Escalation steps reached by what is open", [.list(steps)])]
  }

  private func label(_ line: ServiceLevelAccount.Line) -> StyledText {
    let label = entry(line).label(naming: header.repositories.count > 1)
    return line.item.cycle > 1 ? label + " (wait \(line.item.cycle))" : label
  }

  func words(_ seconds: Int64, _ account: ServiceLevelAccount) -> String {
    account.isElapsed ? DurationWords.elapsed(seconds) : DurationWords.working(seconds)
  }
}
