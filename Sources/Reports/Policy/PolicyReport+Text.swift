internal import Facts
internal import Rules

extension PolicyReport {
  public func text() -> TextDocument {
    var document = TextDocument([.title("Policy in force")])
    document.blocks.append(.fields([.init("as of", "\(header.asOf.shown.words)")]))
    for item in items {
      document.append(.section("\(item.repository, .id)", item.blocks(asOf: header.asOf)))
    }
    return document
  }
}

extension PolicyReport.Item {
  fileprivate func blocks(asOf: Instant) -> [TextDocument.Block] {
    var blocks: [TextDocument.Block] = [
      .fields([
        .init("source", Words.origin(origin)), .init("parts", Words.parts(policy)),
        .init("hosts", Words.hosts(hosts)),
      ])
    ]
    if !skipped.isEmpty { blocks.append(.section("Broken versions", [.list(skipped.map(Words.skipped))])) }
    if origin.isNone {
      blocks.append(.note("`tributary policy init` writes a starter policy for you to correct and commit."))
    }
    if let roster = policy.roster { blocks += roster.blocks(asOf: asOf) }
    if !policy.platform.components.isEmpty { blocks.append(.section("Components", [.table(components)])) }
    blocks.append(.section("Approvals", [.list(approvals)]))
    let grants = policy.grants(inForceAt: asOf)
    if !policy.grants.isEmpty { blocks.append(.section("Grants", [table(of: grants)])) }
    blocks.append(.section("Objectives", [objectives]))
    blocks.append(.section("Maturity over \(Self.days(policy.maturity.window))", [.fields(maturity)]))
    return blocks
  }

  private var components: TextTable {
    var table = TextTable([
      .init("component"), .init("host"), .init("paths", shrinksTo: 16), .init("repositories", priority: 1),
    ])
    for component in policy.platform.components {
      table.append([
        "\(component.id, .id)", "\(component.host)",
        "\(component.paths.texts.joined(separator: " "), .code)",
        component.repositories.isEmpty ? "all" : "\(component.repositories.joined(separator: ", "))",
      ])
    }
    return table
  }

  private var approvals: [StyledText] {
    let delegation = policy.delegation
    var lines = delegation.approvals.map(Words.rule)
    if lines.count > 1 { lines.append("the last rule that matches a path decides") }
    lines.append(delegation.selfApproval ? "authors may approve their own change" : "never by the authors")
    lines.append(
      delegation.survivesTrivialRebase
        ? "an approval also holds for a later revision that makes the same change"
        : "an approval holds for the approved revision only")
    if !delegation.protected.entries.isEmpty {
      let paths = delegation.protected.texts.joined(separator: " ")
      lines.append("delegates alone never suffice for \(paths, .code)")
    }
    for floor in delegation.floors {
      lines.append("never less, whatever else is said: \(Words.rule(floor)), nor by the authors")
    }
    lines += Words.gate(delegation.gate)
    let grade = delegation.minimumGrade
    lines.append("known at least as \(grade.reports.label) in reports, as \(grade.gate.label) at a gate")
    return lines
  }

  private func table(of grants: [Grant]) -> TextDocument.Block {
    guard !grants.isEmpty else { return .note("None of the \(policy.grants.count) grants holds now.") }
    var table = TextTable([
      .init("grant"), .init("to"), .init("may"), .init("paths", shrinksTo: 12), .init("until"),
      .init("by", priority: 1),
    ])
    for grant in grants {
      table.append([
        "\(grant.id, .id)", "\(grant.granteeName, .person)", "\(grant.verbNames.joined(separator: ", "))",
        "\(grant.paths.texts.joined(separator: " "), .code)",
        grant.period.until.map { "\($0.shown.date)" } ?? StyledText("no end", .warning),
        Words.giver(grant.giver),
      ])
    }
    return .table(table)
  }

  private var objectives: TextDocument.Block {
    guard !policy.serviceLevels.objectives.isEmpty else { return .note("None: nothing is promised.") }
    var table = TextTable([
      .init("objective"), .init("clock"), .init("for", shrinksTo: 10), .init("target"), .init("calendar"),
      .init("share", align: .right), .init("window", align: .right, priority: 1),
      .init("at risk", align: .right, priority: 2),
    ])
    for objective in policy.serviceLevels.objectives {
      table.append([
        "\(objective.name, .id)", "\(objective.clock.rawValue)", "\(Words.scope(objective.appliesTo))",
        "\(Words.target(objective.target))", "\(objective.calendar)", "\(Words.percent(objective.share))",
        "\(Self.days(objective.window))", "\(Words.percent(objective.atRisk))",
      ])
    }
    return .table(table)
  }

  private var maturity: [TextDocument.Field] {
    let two = Words.criteria(policy.maturity.levelTwo)
    let three = Words.criteria(policy.maturity.levelThree)
    return [
      .init("level 2", two.isEmpty ? "nothing is asked for" : StyledText.joined(two, by: "; ")),
      .init("level 3", three.isEmpty ? "level 2, nothing more" : StyledText.joined(three, by: "; ")),
    ]
  }

  private static func days(_ seconds: Int64) -> String { DurationWords.elapsed(seconds) }
}

extension Roster {
  fileprivate func blocks(asOf: Instant) -> [TextDocument.Block] {
    let now = TeamsAtMoment(self, at: asOf)
    var table = TextTable([
      .init("team"), .init("host"), .init("above", priority: 1),
      .init("people", align: .right), .init("who", priority: 1, shrinksTo: 16),
      .init("domains", priority: 2, shrinksTo: 12),
    ])
    for entry in now.teams {
      table.append([
        "\(entry.team.id, .id)", entry.team.isHost ? StyledText("yes", .good) : "",
        "\(entry.team.parent ?? "")", "\(entry.people.count)",
        "\(Self.names(entry.people), .person)",
        "\(entry.domains.map(\.pattern.text).joined(separator: ", "))",
      ])
    }
    var blocks: [TextDocument.Block] = [.table(table)]
    if !now.others.isEmpty {
      blocks.append(.note("In no team at this moment: \(Self.names(now.others))."))
    }
    let listed = bots.map(\.text) + people.filter(\.isBot).map(\.handle)
    if !listed.isEmpty { blocks.append(.note("Listed as bots: \(listed.joined(separator: ", ")).")) }
    return [.section("Roster", blocks)]
  }

  /// The first handles, and how many more there are.
  private static func names(_ people: [Person]) -> String {
    let shown = people.prefix(8).map(\.handle).joined(separator: ", ")
    return people.count > 8 ? "\(shown) and \(people.count - 8) more" : shown
  }
}
