internal import Facts
internal import Rules

extension ReportHeader {
  /// What was read, as the first lines of a text output.
  func blocks() -> [TextDocument.Block] {
    var fields: [TextDocument.Field] = []
    for repository in repositories { fields += repository.fields }
    fields.append(.init("as of", "\(asOf.shown.words)"))
    if let window {
      let start = window.since.map { $0.shown.date } ?? "the beginning"
      fields.append(.init("window", "\(start) to \(window.until.shown.date)"))
    }
    fields.append(.init("policy", Words.policy(policy)))
    if !zone.isUTC { fields.append(.init("due times", "in \(zone.name)")) }
    return [.fields(fields)]
  }

  /// Remarks and diagnostics, as the last lines of a text output.
  func closingBlocks() -> [TextDocument.Block] {
    var blocks = notes.map { TextDocument.Block.note(Words.note($0)) }
    for repository in repositories where !repository.diagnostics.isEmpty {
      let total = repository.diagnostics.reduce(0) { $0 + $1.count }
      let lines = repository.diagnostics.map { group -> StyledText in
        let example = Words.diagnostic(group.example)
        return group.count == 1 ? example : "\(group.count) times: " + example + " (the first)"
      }
      blocks.append(
        .section("\(repository.name): \(Words.counted(total, "remark")) on what was read", [.list(lines)]))
    }
    return blocks
  }
}

extension RepositorySummary {
  fileprivate var fields: [TextDocument.Field] {
    var read: StyledText = "\(name, .id)"
    if let tip {
      read = read + ", \(shortBranch) at \(tip.short, .id), \(commits) commits read"
      if let newestCommit { read = read + ", newest \(newestCommit.shown.date)" }
      if let readSince { read = read + ", read back to \(readSince.shown.date)" }
      if isShallow { read = read + ", " + StyledText("shallow clone", .warning) }
    }
    var fields: [TextDocument.Field] = [
      .init("repository", read), .init("hosts", Words.hosts(hosts)),
      .init("coverage", Words.coverage(coverage, hosts)),
    ]
    if let ownership { fields.insert(.init("owners", Words.ownership(ownership)), at: 2) }
    return fields
  }

  /// The branch without `refs/heads/`.
  var shortBranch: String { branch.hasPrefix("refs/heads/") ? String(branch.dropFirst(11)) : branch }
}

extension ContributionsReport {
  /// The report for people: what was read, a table, what to know about it.
  public func text() -> TextDocument {
    var document = TextDocument([.title("Contributions")])
    document.blocks += header.blocks()
    document.append(.fields(counts))
    var table = TextTable([
      .init("id"), .init("state"), .init("level", priority: 2), .init("origin", priority: 3),
      .init("author", priority: 1, shrinksTo: 12), .init("landed", priority: 4),
      .init("title", shrinksTo: 16), .init("findings", priority: 5, shrinksTo: 10),
    ])
    for entry in entries { table.append(entry.row(naming: header.repositories.count > 1)) }
    if !entries.isEmpty { document.append(.table(table)) }
    document.blocks += header.closingBlocks()
    return document
  }

  private var counts: [TextDocument.Field] {
    let states = Contribution.State.allCases.compactMap { state -> String? in
      let count = entries.count { $0.contribution.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    let levels = [1, 2, 3].compactMap { level -> String? in
      let count = entries.count { $0.assessment.level.number == level }
      let assisted = entries.count { $0.assessment.level.number == level && $0.assessment.level.isAssisted }
      let rest = assisted == 0 ? "" : " (\(assisted) assisted)"
      return count == 0 ? nil : "level \(level): \(count)\(rest)"
    }
    let unplaced = entries.count { $0.assessment.level.number == nil }
    return [
      .init(
        "contributions", "\(entries.count)\(states.isEmpty ? "" : " – " + states.joined(separator: ", "))"),
      .init("maturity", "\((levels + ["not placed: \(unplaced)"]).joined(separator: ", "))"),
    ]
  }
}

extension ContributionEntry {
  /// The id, with the repository's name in front where there are several.
  func label(naming: Bool) -> StyledText {
    naming ? "\(repository)/\(contribution.id.description, .id)" : "\(contribution.id.description, .id)"
  }

  var authorName: String { contribution.author.map { people[$0].shown } ?? "unknown" }

  fileprivate func row(naming: Bool) -> [StyledText] {
    [
      label(naming: naming), Words.state(contribution.state), Words.level(assessment.level),
      "\(assessment.origin.kind.rawValue)", "\(authorName, .person)",
      contribution.landing.map { "\($0.at.shown.date)" } ?? "", "\(contribution.title)",
      "\(assessment.findings.map(\.rawValue).joined(separator: ", "), .muted)",
    ]
  }
}
