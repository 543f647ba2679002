internal import Facts
internal import Rules

extension BacklogReport {
  public func text() -> TextDocument {
    var document = TextDocument([.title("Backlog")])
    document.blocks += header.blocks()
    if entries.isEmpty {
      document.append(.paragraph("Nothing that Git records as open is waiting."))
    } else {
      document.append(.paragraph(summaryWords))
      document.append(.table(table))
      if unit == .both {
        document.append(
          .note("w: working time of the objective's calendar; the others: elapsed time since the turn began"))
      }
      let reasons = refusals
      if !reasons.isEmpty { document.append(.section("Why nothing can be said", [.list(reasons)])) }
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private var summaryWords: StyledText {
    let summary = summary
    let reviewers = entries.count { $0.assessment.turn == .reviewers }
    let landing = entries.count { $0.assessment.turn == .landing }
    let authors = entries.count - reviewers - landing
    let overdue = StyledText(
      EscapedText(stringLiteral: "\(summary.overdue) overdue"), summary.overdue > 0 ? .bad : .plain)
    let atRisk = StyledText(
      EscapedText(stringLiteral: "\(summary.atRisk) at risk"), summary.atRisk > 0 ? .warning : .plain)
    let state: StyledText =
      summary.hasObjectives ? "\(overdue), \(atRisk), \(next(summary))" : "no objective applies to any"
    return
      "\(summary.open) open: \(state). \(reviewers) wait on reviewers, \(landing) on landing, \(authors) on their authors."
  }

  private func next(_ summary: Summary) -> StyledText {
    guard let next = summary.nextDue else { return "nothing else is due" }
    let label = next.entry.label(naming: header.repositories.count > 1)
    return "next due \(header.zone.words(next.at)) (\(label))"
  }

  private var table: TextTable {
    let unit = unit
    var table = TextTable([
      .init("id"), .init("state"), .init(unit.header, align: .right),
      .init(EscapedText(escaping: "due (\(header.zone.name))")),
      .init("left", align: .right, priority: 2), .init("turn"), .init("level so far", priority: 5),
      .init("author", priority: 4, shrinksTo: 12), .init("team", priority: 6), .init("title", shrinksTo: 13),
      .init("who may act", priority: 1, shrinksTo: 10),
    ])
    for entry in entries {
      let item = entry.assessment.mostUrgent?.item
      table.append([
        entry.label(naming: header.repositories.count > 1), item.map(Words.standing) ?? "",
        waited(entry, item, unit), item.map { Words.due($0, in: header.zone) } ?? "",
        item.map(Words.left) ?? "", Words.turn(entry.assessment.turn), Words.level(entry.assessment.level),
        "\(entry.authorName, .person)",
        "\(entry.assessment.authorTeams.joined(separator: ", "))", "\(entry.contribution.title)",
        "\(entry.mayAct(header).joined(separator: ", "))",
      ])
    }
    return table
  }

  /// In which time the waits of the table are told.
  private enum Unit {
    case elapsed
    case working
    case both

    var header: EscapedText {
      switch self {
      case .elapsed: "elapsed wait"
      case .working: "working wait"
      case .both: "wait (w=work)"
      }
    }
  }

  private var unit: Unit {
    let working = entries.count { $0.assessment.mostUrgent?.item.targetSeconds != nil }
    return working == 0 ? .elapsed : (working == entries.count ? .working : .both)
  }

  /// Working time of the objective's calendar used up; elapsed time of the turn where no objective tells one.
  private func waited(_ entry: ContributionEntry, _ item: ServiceLevelItem?, _ unit: Unit) -> StyledText {
    guard let item, item.targetSeconds != nil else {
      return entry.waiting(asOf: header.asOf).map { "\(DurationWords.elapsed($0), .warning)" } ?? "not known"
    }
    let high = DurationWords.working(item.elapsed.upperBound)
    let low = DurationWords.working(item.elapsed.lowerBound)
    let words = item.elapsed.count == 1 ? high : "\(low)–\(high)"
    return "\(words, .warning)\(unit == .both ? " w" : "")"
  }

  /// For each reason for which items are refused, how many contributions it concerns.
  private var refusals: [StyledText] {
    let obstacles = entries.compactMap { $0.assessment.mostUrgent?.item.obstacle }
    return ServiceLevelItem.Obstacle.allCases.compactMap { obstacle in
      let count = obstacles.count { $0 == obstacle }
      return count == 0 ? nil : "\(count) not identifiable: " + Words.reason(obstacle) + "."
    }
  }
}
