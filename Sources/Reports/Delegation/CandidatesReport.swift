internal import Facts
public import Rules

/// Who has earned which right, by path and ladder.
public struct CandidatesReport: Sendable {
  public static let schema = "tributary/delegate-candidates/1"

  /// A grant that could be made: its file and the command that writes it.
  public struct Draft: Sendable {
    /// Path within the policy directory.
    public var path: String
    /// Nil where nobody is named who would give it.
    public var text: String?
    public var command: String

    public init(path: String, text: String?, command: String) {
      self.path = path
      self.text = text
      self.command = command
    }
  }

  public struct Person: Sendable {
    public var readiness: Readiness
    public var name: String
    /// Nil where nothing is to be proposed.
    public var draft: Draft?

    public init(readiness: Readiness, name: String, draft: Draft?) {
      self.readiness = readiness
      self.name = name
      self.draft = draft
    }
  }

  /// One set of paths and one ladder.
  public struct Group: Sendable {
    public var repositories: [String]
    /// The component; nil for paths that were named.
    public var component: String?
    public var paths: PathList
    public var ladder: DelegationPolicy.Ladder
    public var verbs: Set<Grant.Verb>
    /// Contributions that touch the paths.
    public var contributions: Int
    /// No source keeps reviews of any of them.
    public var lacksReviews: Bool
    /// How many people stand where.
    public var counts: [Readiness.Standing: Int]
    /// Those who are told by name, sorted by handle.
    public var people: [Person]

    public init(
      repositories: [String], component: String?, paths: PathList, ladder: DelegationPolicy.Ladder,
      verbs: Set<Grant.Verb>, contributions: Int, lacksReviews: Bool, counts: [Readiness.Standing: Int],
      people: [Person]
    ) {
      self.repositories = repositories
      self.component = component
      self.paths = paths
      self.ladder = ladder
      self.verbs = verbs
      self.contributions = contributions
      self.lacksReviews = lacksReviews
      self.counts = counts
      self.people = people
    }
  }

  public var header: ReportHeader
  public var groups: [Group]

  public init(header: ReportHeader, groups: [Group]) {
    self.header = header
    self.groups = groups
  }
}

extension CandidatesReport {
  public func text() -> TextDocument {
    var document = TextDocument([.title("Who has earned a right")])
    document.blocks += header.blocks()
    document.append(.table(summary))
    if groups.contains(where: \.lacksReviews) {
      document.append(
        .note("No source in this clone keeps reviews of these paths, so what people reviewed cannot be told.")
      )
    }
    for group in groups {
      for person in group.people { document.append(section(person, group)) }
    }
    if groups.allSatisfy(\.people.isEmpty) {
      document.append(
        .note("Nobody meets all that a ladder asks for. `--person WHO` shows how far somebody has come."))
    } else {
      document.append(.note("Suggestions only: whoever grants decides. People are sorted by handle."))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private var summary: TextTable {
    var table = TextTable([
      .init("paths", shrinksTo: 12), .init("ladder"), .init("contributions", align: .right, priority: 1),
      .init("people", align: .right), .init("ready", align: .right), .init("not yet", align: .right),
      .init("not enough evidence", align: .right, priority: 2),
      .init("hold it already", align: .right, priority: 3),
    ])
    for group in groups {
      func count(_ standing: Readiness.Standing) -> StyledText { "\(group.counts[standing] ?? 0)" }
      table.append([
        group.title(naming: naming), "\(group.ladder.name, .id)", "\(group.contributions)",
        "\(group.counts.values.reduce(0, +))", count(.ready), count(.notYet), count(.notEnoughEvidence),
        count(.holdsAlready),
      ])
    }
    return table
  }

  private var naming: Bool { Set(groups.map(\.repositories)).count > 1 }

  private func section(_ person: Person, _ group: Group) -> TextDocument.Block {
    let readiness = person.readiness
    var table = TextTable([
      .init("criterion", shrinksTo: 16), .init("value"), .init("asked for"), .init("outcome"),
      .init("evidence", priority: 1, shrinksTo: 12),
    ])
    for item in readiness.items {
      let shown = item.evidence.prefix(6).map(\.id.description)
      let rest = item.evidence.count > 6 ? " and \(item.evidence.count - 6) more" : ""
      table.append([
        Words.criterion(item.criterion), Words.value(item.value, of: item.criterion),
        Words.threshold(item.threshold, of: item.criterion), Words.outcome(item.outcome),
        "\(shown.joined(separator: ", "), .id)\(rest)",
      ])
    }
    var blocks: [TextDocument.Block] = [
      .fields([
        .init("standing", Words.standing(readiness.standing)),
        .init("waits for them", Words.counted(readiness.load, "open contribution")),
      ]), .table(table),
    ]
    for shortage in Readiness.Shortage.allCases
    where readiness.items.contains(where: { $0.shortage == shortage }) {
      blocks.append(.note("Not enough evidence: " + Words.shortage(shortage) + "."))
    }
    if let draft = person.draft {
      blocks.append(.copied([draft.command]))
      if let text = draft.text {
        blocks.append(.paragraph("writes \(draft.path, .code):"))
        blocks.append(.copied(text.split(separator: "\n").map(String.init), .plain))
      }
    }
    return .section(
      "\(person.name, .person) (\(readiness.person.description)), \(group.title(naming: naming)), "
        + "ladder \(group.ladder.name, .id)", blocks)
  }
}

extension CandidatesReport.Group {
  fileprivate func title(naming: Bool) -> StyledText {
    let place = naming ? repositories.joined(separator: ", ") + ": " : ""
    if let component { return "\(place)\(component, .id)" }
    return "\(place)\(paths.texts.joined(separator: " "), .code)"
  }
}

extension CandidatesReport {
  /// One item for each set of paths and ladder; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("items", groups) { group, json in
        json.strings("repositories", group.repositories)
        json.string("component", group.component)
        json.strings("paths", group.paths.texts)
        json.string("ladder", group.ladder.name)
        json.strings("verbs", Grant.Verb.allCases.filter(group.verbs.contains).map(\.rawValue))
        json.integer("contributions", group.contributions)
        json.boolean("reviewsInGit", !group.lacksReviews)
        json.object("people") { json in
          json.integer("ready", group.counts[.ready] ?? 0)
          json.integer("notYet", group.counts[.notYet] ?? 0)
          json.integer("notEnoughEvidence", group.counts[.notEnoughEvidence] ?? 0)
          json.integer("holdAlready", group.counts[.holdsAlready] ?? 0)
        }
        json.objects("candidates", group.people) { $0.write(into: &$1) }
      }
      header.writeNotes(into: &json)
    }
  }

  /// One row for each person told and criterion.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(
      [
        "repositories", "component", "paths", "ladder", "person", "standing", "load", "criterion", "value",
        "sample", "threshold", "outcome", "shortage", "evidence",
      ], raw: raw)
    for group in groups {
      for person in group.people {
        for item in person.readiness.items {
          let (value, sample) = item.value.numbers
          table.append([
            group.repositories.joined(separator: " "), group.component,
            group.paths.texts.joined(separator: " "), group.ladder.name, person.readiness.person.description,
            person.readiness.standing.rawValue, "\(person.readiness.load)", item.criterion.rawValue, value,
            sample, item.threshold?.numbers.value, item.outcome.rawValue, item.shortage?.rawValue,
            item.evidence.map { "\($0.repository)/\($0.id)" }.joined(separator: " "),
          ])
        }
      }
    }
    return table.bytes
  }
}

extension CandidatesReport.Person {
  fileprivate func write(into json: inout JSONObject) {
    json.string("person", readiness.person.description)
    json.string("name", name)
    json.string("standing", readiness.standing.rawValue)
    json.integer("load", readiness.load)
    json.objects("criteria", readiness.items) { item, json in
      json.string("criterion", item.criterion.rawValue)
      item.value.write("value", into: &json)
      json.integer("sample", item.value.sample)
      item.value.writeInterval(into: &json)
      json.object("threshold", item.threshold) { $0.write("value", into: &$1) }
      json.string("outcome", item.outcome.rawValue)
      json.string("shortage", item.shortage?.rawValue)
      json.objects("evidence", item.evidence) { $0.write(into: &$1) }
    }
    json.object("draft", draft) { draft, json in
      json.string("path", draft.path)
      json.string("text", draft.text)
      json.string("command", draft.command)
    }
  }
}

extension Readiness.Value {
  fileprivate var sample: Int? { if case .share(let share) = self { share.count } else { nil } }

  fileprivate var numbers: (value: String?, sample: String?) {
    switch self {
    case .count(let count): ("\(count)", nil)
    case .share(let share):
      (share.value.flatMap { FixedDecimal.text($0, digits: 4) }, "\(share.count)")
    case .seconds(let seconds): (seconds.map { "\($0)" }, nil)
    case .held(let verb, let isHeld): (isHeld ? verb.rawValue : nil, nil)
    }
  }

  fileprivate func write(_ key: StaticString, into json: inout JSONObject) {
    switch self {
    case .count(let count): json.integer(key, count)
    case .share(let share): json.decimal(key, share.value, digits: 4)
    case .seconds(let seconds): json.integer(key, seconds.map { Int(clamping: $0) })
    case .held(let verb, let isHeld): json.string(key, isHeld ? verb.rawValue : nil)
    }
  }

  fileprivate func writeInterval(into json: inout JSONObject) {
    guard case .share(let share) = self else {
      json.null("low")
      json.null("high")
      return
    }
    json.decimal("low", share.count > 0 ? share.low : nil, digits: 4)
    json.decimal("high", share.count > 0 ? share.high : nil, digits: 4)
  }
}
