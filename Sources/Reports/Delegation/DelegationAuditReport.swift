internal import Facts
public import Rules

/// What is wrong with grants and with approvals under them.
public struct DelegationAuditReport: Sendable {
  public static let schema = "tributary/delegate-audit/1"

  /// One policy, and the repositories that it judges.
  public struct Group: Sendable {
    public var repositories: [String]
    public var audit: DelegationAudit

    public init(repositories: [String], audit: DelegationAudit) {
      self.repositories = repositories
      self.audit = audit
    }
  }

  public var header: ReportHeader
  public var groups: [Group]
  /// Something that may matter is not in these clones.
  public var isIncomplete: Bool

  public init(header: ReportHeader, groups: [Group], isIncomplete: Bool) {
    self.header = header
    self.groups = groups
    self.isIncomplete = isIncomplete
  }

  /// The gravest finding of all; nil of none.
  public var worst: AuditFinding.Severity? { groups.compactMap(\.audit.worst).max() }

  private func count(_ severity: AuditFinding.Severity) -> Int {
    groups.reduce(0) { $0 + $1.audit.findings.count { $0.severity == severity } }
  }
}

extension DelegationAuditReport {
  /// More findings of one kind than this are counted; JSON and CSV hold them all.
  static let rowLimit = 20

  public func text() -> TextDocument {
    var document = TextDocument([.title("Audit of grants")])
    document.blocks += header.blocks()
    let approvals = groups.reduce(0) { $0 + $1.audit.approvals }
    let grants = groups.reduce(0) { $0 + $1.audit.grants.count }
    let looked = "\(Words.counted(grants, "grant")) and \(Words.counted(approvals, "approval"))" as StyledText
    document.append(
      .paragraph(
        """
        \(looked) looked at: \(Words.counted(count(.error), "error")), \(Words.counted(count(.warning), "warning")), \
        \(Words.counted(count(.note), "note")).
        """))
    for group in groups { document.blocks += blocks(of: group) }
    if isIncomplete {
      document.append(.note("Something that may matter is not in this clone, so this audit proves nothing."))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private func blocks(of group: Group) -> [TextDocument.Block] {
    var blocks: [TextDocument.Block] = []
    for kind in AuditFinding.Kind.allCases {
      let findings = group.audit.findings.filter { $0.kind == kind }
      guard !findings.isEmpty else { continue }
      var lines = findings.prefix(Self.rowLimit).map { finding in
        Words.severity(finding.severity) + ": " + Words.finding(finding, giver: group.giver(of: finding))
          + group.evidence(finding)
      }
      if findings.count > Self.rowLimit { lines.append("and \(findings.count - Self.rowLimit) more") }
      blocks.append(
        .section("\(kind.rawValue)", [.list(lines), .note((Words.remedy(kind) + ".").capitalised)]))
    }
    if !group.audit.refusals.isEmpty {
      blocks.append(.section("Cannot be told", [.list(group.audit.refusals.map(Words.refusal))]))
    }
    guard groups.count > 1, !blocks.isEmpty else { return blocks }
    return [.section("\(group.repositories.joined(separator: ", "), .id)", blocks)]
  }
}

extension StyledText {
  /// The same with its first letter in upper case, where that is one of our own words.
  fileprivate var capitalised: StyledText {
    guard let first = spans.first, let letter = first.text.text.unicodeScalars.first, letter.isASCII else {
      return self
    }
    let upper = String(letter).uppercased() + first.text.text.dropFirst()
    return StyledText([Span(EscapedText(escaping: upper), first.role)] + spans.dropFirst())
  }
}

extension DelegationAuditReport.Group {
  fileprivate func giver(of finding: AuditFinding) -> Grant.Giver? {
    audit.grants.first { $0.grant.id == finding.grant }?.grant.giver
  }

  fileprivate func evidence(_ finding: AuditFinding) -> StyledText {
    guard !finding.evidence.isEmpty else { return "" }
    let ids = finding.evidence.map { reference in
      repositories.count > 1 ? "\(reference.repository)/\(reference.id)" : "\(reference.id)"
    }
    return " (\(ids.joined(separator: ", "), .id))"
  }
}

extension DelegationAuditReport {
  /// The findings; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.boolean("incomplete", isIncomplete)
      json.object("summary") { json in
        json.integer("grants", groups.reduce(0) { $0 + $1.audit.grants.count })
        json.integer("approvals", groups.reduce(0) { $0 + $1.audit.approvals })
        json.integer("errors", count(.error))
        json.integer("warnings", count(.warning))
        json.integer("notes", count(.note))
      }
      json.objects("items", rows) { row, json in
        json.strings("repositories", row.group.repositories)
        json.string("kind", row.finding.kind.rawValue)
        json.string("severity", row.finding.severity.rawValue)
        json.string("grant", row.finding.grant)
        json.string("component", row.finding.component)
        json.string("person", row.finding.person)
        json.time("at", row.finding.at)
        json.strings("paths", row.finding.paths)
        json.string("detail", Words.finding(row.finding, giver: row.group.giver(of: row.finding)).plain)
        json.string("remedy", Words.remedy(row.finding.kind).plain)
        json.objects("evidence", row.finding.evidence) { $0.write(into: &$1) }
      }
      json.objects("refused", refusals) { row, json in
        json.strings("repositories", row.group.repositories)
        json.string("kind", row.refusal.kind.rawValue)
        json.string("reason", row.refusal.reason.rawValue)
      }
      header.writeNotes(into: &json)
    }
  }

  private var rows: [(group: Group, finding: AuditFinding)] {
    groups.flatMap { group in group.audit.findings.map { (group, $0) } }
  }

  private var refusals: [(group: Group, refusal: AuditRefusal)] {
    groups.flatMap { group in group.audit.refusals.map { (group, $0) } }
  }

  /// One row for each finding.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(
      [
        "repositories", "severity", "kind", "grant", "component", "person", "at", "paths", "detail", "remedy",
        "evidence",
      ], raw: raw)
    for (group, finding) in rows {
      table.append([
        group.repositories.joined(separator: " "), finding.severity.rawValue, finding.kind.rawValue,
        finding.grant, finding.component, finding.person, finding.at?.shown.rfc3339,
        finding.paths.joined(separator: " "),
        Words.finding(finding, giver: group.giver(of: finding)).plain, Words.remedy(finding.kind).plain,
        finding.evidence.map { "\($0.repository)/\($0.id)" }.joined(separator: " "),
      ])
    }
    return table.bytes
  }
}

extension ContributionReference {
  func write(into json: inout JSONObject) {
    json.string("repository", repository)
    json.string("id", id.description)
  }
}

extension AuditFinding {
  fileprivate var component: String? {
    if case .reviewers(let component, _, _) = matter { component } else { nil }
  }

  fileprivate var person: String? {
    switch matter {
    case .approval(let person, _, _, _): person.description
    case .grantee(let handle): handle
    default: nil
    }
  }

  fileprivate var at: Instant? {
    switch matter {
    case .approval(_, let at, _, _): at
    case .expires(let at): at
    case .unused(let since): since
    default: nil
    }
  }

  fileprivate var paths: [String] {
    switch matter {
    case .path(let path), .reviewers(_, let path, _): [Words.path(path)]
    case .unusedPaths(let patterns): patterns
    case .wider(.pathNotHeld(_, let example)): [Words.path(example)]
    default: []
    }
  }
}
