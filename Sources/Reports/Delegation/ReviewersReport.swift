public import Facts
public import Rules

/// Who may approve some paths or a contribution, and whom it takes.
public struct ReviewersReport: Sendable {
  public static let schema = "tributary/reviewers/1"

  /// What is known of somebody beside their rights.
  public struct Person: Hashable, Sendable {
    /// Contributions that wait for an answer of theirs.
    public var load: Int
    /// Their last act on the paths.
    public var lastAct: Instant?

    public init(load: Int, lastAct: Instant?) {
      self.load = load
      self.lastAct = lastAct
    }
  }

  /// When there is work on some paths.
  public struct Hours: Hashable, Sendable {
    /// As the policy names the calendar.
    public var calendar: String
    public var isOpen: Bool
    /// Nil where the calendar never opens.
    public var next: Instant?

    public init(calendar: String, isOpen: Bool, next: Instant?) {
      self.calendar = calendar
      self.isOpen = isOpen
      self.next = next
    }
  }

  /// What was asked about.
  public enum Subject: Hashable, Sendable {
    case contribution(String, title: String)
    case paths
    /// What a branch that is checked out would change.
    case head(base: ObjectName, commits: Int)
  }

  public var header: ReportHeader
  public var repository: String
  public var subject: Subject
  public var choice: ReviewerChoice
  /// By number among the candidates.
  public var people: [Person]
  /// By need; nil where no objective names a calendar for the paths.
  public var hours: [Hours?]

  public init(
    header: ReportHeader, repository: String, subject: Subject, choice: ReviewerChoice, people: [Person],
    hours: [Hours?]
  ) {
    self.header = header
    self.repository = repository
    self.subject = subject
    self.choice = choice
    self.people = people
    self.hours = hours
  }

  /// Numbers of everybody who may approve anything, or may review, sorted.
  private var named: [Int] {
    Set(choice.needs.flatMap { $0.entitled.map(\.person) + $0.reviewers + $0.approved + $0.contributors })
      .sorted()
  }
}

extension ReviewersReport {
  /// More paths than this are counted in text.
  static let pathLimit = 12

  public func text() -> TextDocument {
    var document = TextDocument([.title("Who may approve")])
    document.blocks += header.blocks()
    document.append(.fields([.init("asked about", subjectWords)]))
    document.append(.section("Smallest sets that would do", setBlocks))
    if !choice.needs.isEmpty, !named.isEmpty { document.append(.section("People", [.table(table)])) }
    for (need, hours) in zip(choice.needs, hours) { document.append(section(need, hours)) }
    document.blocks += header.closingBlocks()
    return document
  }

  private var subjectWords: StyledText {
    let count = choice.needs.reduce(0) { $0 + $1.paths.count }
    let paths = Words.counted(count, "path")
    return switch subject {
    case .contribution(let id, let title): "\(id, .id) \(title) (\(paths))"
    case .paths: paths
    case .head(let base, let commits):
      "what is checked out: \(Words.counted(commits, "commit")) since \(base.short, .id), \(paths)"
    }
  }

  private var setBlocks: [TextDocument.Block] {
    let cover = choice.cover
    var blocks: [TextDocument.Block] = []
    if cover.sets == [[]] {
      blocks.append(.paragraph("Nobody has to approve any more."))
    } else if cover.sets.isEmpty {
      blocks.append(.paragraph("No set of people would do."))
    } else {
      blocks.append(
        .list(
          cover.sets.map { set in
            StyledText.joined(set.map { "\(choice.candidates[$0].shown, .person)" }, by: ", ")
          }))
      if !cover.isSmallest {
        blocks.append(
          .note(
            "There may be a smaller set: at least \(cover.atLeast) people are needed, and not all were tried."
          ))
      }
    }
    let blocked = choice.needs.filter(\.isBlocked)
    if !blocked.isEmpty {
      let lines = blocked.map { need in Words.blocked(need, choice) }
      blocks.append(.section("Not enough people for", [.list(lines)]))
    }
    return blocks
  }

  private var table: TextTable {
    var table = TextTable([
      .init("person"), .init("may"), .init("paths", align: .right), .init("by", shrinksTo: 14),
      .init("open reviews", align: .right), .init("last act here", priority: 1),
    ])
    for number in named {
      let needs = choice.needs.filter { $0.concerns(number) }
      let person = people[number]
      table.append([
        "\(choice.candidates[number].shown, .person)", Words.may(number, needs),
        "\(needs.reduce(0) { $0 + $1.paths.count })", Words.authorities(of: number, needs),
        "\(person.load)", person.lastAct.map { "\($0.shown.date)" } ?? StyledText("never", .muted),
      ])
    }
    return table
  }

  private func section(_ need: ReviewerChoice.Need, _ hours: Hours?) -> TextDocument.Block {
    let shown = need.paths.prefix(Self.pathLimit).map { StyledText($0, .code) }
    let rest = need.paths.count - shown.count
    var fields: [TextDocument.Field] = [.init("needs", Words.need(need))]
    if !need.components.isEmpty {
      fields.append(.init("components", "\(need.components.joined(separator: ", "))"))
    }
    fields.append(.init("may approve", Words.names(need.entitled.map(\.person), choice)))
    if !need.approved.isEmpty {
      fields.append(.init("approved by", Words.names(need.approved, choice)))
    }
    if !need.reviewers.isEmpty { fields.append(.init("may review", Words.names(need.reviewers, choice))) }
    if !need.contributors.isEmpty {
      fields.append(.init("wrote part of it", Words.names(need.contributors, choice)))
    }
    fields.append(.init("working hours", Words.hours(hours, in: header.zone)))
    let list = rest > 0 ? shown + [Words.counted(rest, "more path", "more paths")] : shown
    return .section(Words.counted(need.paths.count, "path"), [.list(list), .fields(fields)])
  }
}

extension ReviewerChoice.Need {
  fileprivate func concerns(_ number: Int) -> Bool {
    entitled.contains { $0.person == number } || approved.contains(number) || reviewers.contains(number)
      || contributors.contains(number)
  }
}

extension Words {
  fileprivate static func need(_ need: ReviewerChoice.Need) -> StyledText {
    if need.count == 0 { return "no approval" }
    let sources = DelegationPolicy.Source.allCases.filter(need.from.contains).map(\.rawValue)
    let from = sources.isEmpty ? "nobody" : sources.joined(separator: " or ")
    let open = need.open < need.count ? ", \(need.open) more" : ""
    return "approval by \(counted(need.count, "person", "people")), from \(from)\(open)"
  }

  fileprivate static func names(_ numbers: [Int], _ choice: ReviewerChoice) -> StyledText {
    guard !numbers.isEmpty else { return StyledText("nobody", .bad) }
    let shown = numbers.prefix(12).map { "\(choice.candidates[$0].shown, .person)" as StyledText }
    let rest: StyledText = numbers.count > 12 ? " and \(numbers.count - 12) more" : ""
    return StyledText.joined(shown, by: ", ") + rest
  }

  fileprivate static func may(_ number: Int, _ needs: [ReviewerChoice.Need]) -> StyledText {
    if needs.contains(where: { $0.entitled.contains { $0.person == number } }) { return "approve" }
    if needs.contains(where: { $0.approved.contains(number) }) { return StyledText("has approved", .good) }
    if needs.contains(where: { $0.contributors.contains(number) }) { return "no, wrote part of it" }
    return "review"
  }

  fileprivate static func authorities(of number: Int, _ needs: [ReviewerChoice.Need]) -> StyledText {
    var words: [String] = []
    for entitled in needs.flatMap(\.entitled) where entitled.person == number {
      let word = authority(entitled.authority)
      if !words.contains(word) { words.append(word) }
    }
    return "\(words.joined(separator: "; "))"
  }

  static func authority(_ authority: ReviewerChoice.Authority) -> String {
    switch authority {
    case .platform(let team): "host team \(team)"
    case .inferred(let landings): "inferred host (\(landings) landed for others)"
    case .owner(let place): "owner by \(place.description)"
    case .delegated(let chain, let until):
      "grant \(chain.joined(separator: " › "))" + (until.map { " until \($0.shown.date)" } ?? "")
    }
  }

  fileprivate static func hours(_ hours: ReviewersReport.Hours?, in zone: ReaderZone) -> StyledText {
    guard let hours else { return "not known: no objective with a calendar applies here" }
    if hours.isOpen { return "now, by calendar \(hours.calendar)" }
    guard let next = hours.next else { return "calendar \(hours.calendar) never opens again" }
    return "from \(zone.words(next)), by calendar \(hours.calendar)"
  }

  fileprivate static func blocked(_ need: ReviewerChoice.Need, _ choice: ReviewerChoice) -> StyledText {
    let first: StyledText = "\(need.paths.first ?? "", .code)"
    let rest: StyledText =
      need.paths.count > 1 ? " and \(counted(need.paths.count - 1, "other path", "other paths"))" : ""
    var text =
      first + rest + ": \(need.open) more needed, \(need.entitled.count) may approve" as StyledText
    if let near = need.nearest {
      text = text + "; nearest: \(choice.candidates[near.person].shown, .person), but " + grantMiss(near.miss)
    } else if !need.contributors.isEmpty {
      text = text + "; \(names(need.contributors, choice)) wrote part of it"
    }
    return text
  }
}
