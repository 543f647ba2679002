internal import Facts
public import Rules

/// The grants of the policy in force, and how each of them stands.
public struct GrantListReport: Sendable {
  public static let schema = "tributary/delegate-list/1"

  public struct Item: Sendable {
    /// Repositories that the policy judges, in their order.
    public var repositories: [String]
    public var status: GrantStatus
    /// Members of the team at the moment, sorted, when it is to a team.
    public var people: [String]
    /// Ends within the notice asked for.
    public var isExpiring: Bool

    public init(repositories: [String], status: GrantStatus, people: [String], isExpiring: Bool) {
      self.repositories = repositories
      self.status = status
      self.people = people
      self.isExpiring = isExpiring
    }
  }

  public var header: ReportHeader
  /// Sorted by repository, then id.
  public var items: [Item]
  /// Ended ones that are not among the items.
  public var hidden: Int

  public init(header: ReportHeader, items: [Item], hidden: Int) {
    self.header = header
    self.items = items
    self.hidden = hidden
  }
}

extension GrantListReport {
  public func text() -> TextDocument {
    var document = TextDocument([.title("Grants")])
    document.blocks += header.blocks()
    if items.isEmpty {
      document.append(.paragraph("No grant that is in force, or asked for."))
    } else {
      document.append(.table(table))
    }
    let broken = items.filter { $0.status.state == .doesNotHold }
    if !broken.isEmpty {
      document.append(
        .section("Do not hold", [.list(broken.compactMap { $0.status.miss.map { Words.grantMiss($0) } })]))
    }
    if hidden > 0 {
      document.append(.note("\(Words.counted(hidden, "ended grant")) not shown; `--all` shows every one."))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private var table: TextTable {
    let naming = Set(items.map(\.repositories)).count > 1
    var table = TextTable([
      .init("grant"), .init("to"), .init("may"), .init("paths", shrinksTo: 12),
      .init("limits", priority: 3), .init("until"), .init("chain", priority: 1, shrinksTo: 12),
      .init("state"),
    ])
    for item in items {
      let (status, grant) = (item.status, item.status.grant)
      let prefix = naming ? item.repositories.joined(separator: ", ") + "/" : ""
      table.append([
        "\(prefix)\(grant.id, .id)", "\(grant.granteeName, .person)",
        "\(grant.verbNames.joined(separator: ", "))", "\(grant.paths.texts.joined(separator: " "), .code)",
        "\(grant.limitWords)", Self.end(item), Self.chain(status), Words.grantState(status.state),
      ])
    }
    return table
  }

  private static func end(_ item: Item) -> StyledText {
    guard let until = item.status.until else { return StyledText("no end", .warning) }
    return StyledText(until.shown.date, item.isExpiring ? .warning : .plain)
  }

  private static func chain(_ status: GrantStatus) -> StyledText {
    let above = status.chain.dropLast().map { " › \($0)" }.joined()
    return Words.giver(status.root) + "\(above)"
  }
}

extension Grant {
  /// Its limits in short; empty where it has none.
  var limitWords: String {
    var parts: [String] = []
    if let paths = limits.paths { parts.append("\(paths) paths") }
    if limits.kinds != nil { parts.append(limits.kindNames.joined(separator: "/")) }
    if branches != .everything { parts.append(branches.texts.joined(separator: " ")) }
    if depth > 0 { parts.append("depth \(depth)") }
    return parts.joined(separator: ", ")
  }
}

extension GrantListReport {
  /// The grants; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.integer("hidden", hidden)
      json.objects("items", items) { $0.write(into: &$1) }
      header.writeNotes(into: &json)
    }
  }

  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(
      [
        "repositories", "id", "grantee", "granteeKind", "verbs", "paths", "branches", "maxPaths", "kinds",
        "grantedBy", "ladder", "from", "until", "revokedOn", "depth", "reason", "state", "endsAt", "expiring",
        "chain", "problem", "arrived",
      ], raw: raw)
    for item in items {
      let (status, grant) = (item.status, item.status.grant)
      table.append([
        item.repositories.joined(separator: " "), grant.id, grant.granteeName, grant.granteeKind,
        grant.verbNames.joined(separator: " "), grant.paths.texts.joined(separator: " "),
        grant.branches.texts.joined(separator: " "), grant.limits.paths.map { "\($0)" },
        grant.limits.kindNames.joined(separator: " "), grant.grantedBy, grant.ladder,
        grant.period.from?.shown.rfc3339, grant.period.until?.shown.rfc3339, grant.revokedOn?.shown.rfc3339,
        "\(grant.depth)", grant.reason, status.state.rawValue, status.until?.shown.rfc3339,
        "\(item.isExpiring)", status.chain.joined(separator: " "), status.problem,
        status.arrived?.shown.rfc3339,
      ])
    }
    return table.bytes
  }
}

extension GrantListReport.Item {
  fileprivate func write(into json: inout JSONObject) {
    json.strings("repositories", repositories)
    status.grant.write(into: &json)
    json.string("granteeKind", status.grant.granteeKind)
    json.strings("people", people)
    json.string("reason", status.grant.reason)
    json.string("state", status.state.rawValue)
    json.time("endsAt", status.until)
    json.boolean("expiring", isExpiring)
    json.strings("chain", status.chain)
    json.string("root", status.root.name)
    json.string("problem", status.problem)
    json.string("problemDetail", status.miss.map { Words.grantMiss($0).plain })
    json.time("arrived", status.arrived)
  }
}

extension GrantStatus {
  /// The word for what keeps it from holding; nil where its dates alone do.
  fileprivate var problem: String? {
    guard state == .doesNotHold, let miss else { return nil }
    return DelegationAudit.kind(of: miss).rawValue
  }
}

extension Grant.Giver {
  var name: String {
    switch self {
    case .person(let handle): handle
    case .ladder(let name): name
    }
  }
}

extension Grant {
  var granteeKind: String {
    switch grantee {
    case .person: "person"
    case .team: "team"
    }
  }
}
