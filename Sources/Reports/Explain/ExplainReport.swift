public import Facts
public import Rules

/// The whole reasoning about one contribution.
public struct ExplainReport: Sendable {
  public static let schema = "tributary/explain/1"

  public var header: ReportHeader
  public var entry: ContributionEntry
  /// Changed paths, sorted; nil where they are not known.
  public var paths: [String]?
  /// Who may speak for the change by the ownership files at its base; nil where none is read.
  public var owners: ChangeOwners?
  /// Of each item of the assessment the working time from its start to its due time; its steps are in the item.
  public var windows: [[ClockWindow]]
  /// Signatures on records of the contribution that prove nothing.
  public var signatures: [Diagnostic]

  /// Of the diagnostics only signatures that do not verify are taken, where they are about the contribution's records.
  public init(
    header: ReportHeader, entry: ContributionEntry, paths: [String]?, owners: ChangeOwners? = nil,
    windows: [[ClockWindow]] = [], diagnostics: [Diagnostic] = []
  ) {
    self.owners = owners
    self.windows = windows
    self.header = header
    self.entry = entry
    self.paths = paths
    let records = Set(entry.contribution.events.map(\.evidence))
    signatures = diagnostics.filter { diagnostic in
      guard case .unverifiedSignature = diagnostic.kind, let object = diagnostic.object else { return false }
      return records.contains(Evidence(ref: diagnostic.ref, object: object))
    }
  }

  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.object("item") { json in
        entry.write(into: &json) { place, json in writeClock(place, into: &json) }
        json.objects("events", entry.contribution.events) { event, json in write(event, into: &json) }
        json.object("paths", paths) { paths, json in
          json.string("grade", entry.contribution.pathsGrade?.label)
          json.strings("changed", paths)
        }
        if let owners {
          json.object("owners") { OwnersReport(owners: owners, people: entry.people).write(into: &$0) }
        }
        json.strings("missing", entry.missing.map(\.plain))
        json.strings("unprovenSignatures", signatures.map { Words.diagnostic($0).plain })
      }
      header.writeNotes(into: &json)
    }
  }

  private func write(_ event: ReviewEvent, into json: inout JSONObject) {
    json.string("kind", event.kind.label)
    json.time("at", event.time.instant)
    if case .between(let earliest, let latest) = event.time {
      json.time("notBefore", earliest)
      json.time("notAfter", latest)
    }
    json.string("by", event.person.map { entry.people[$0].key.description })
    json.string("name", event.identity?.name)
    json.string("email", event.identity?.email)
    json.string("detail", Words.detail(event.kind, entry.people).plain)
    json.string("grade", event.grade.label)
    json.string("source", event.source.label)
    json.string("evidence", event.evidence.description)
  }

  public func text() -> TextDocument {
    let contribution = entry.contribution
    var document = TextDocument([
      .title("\(contribution.id.description, .id) \(contribution.title)")
    ])
    document.blocks += header.blocks()
    document.append(.section("Where it stands", [.fields(standing)]))
    document.append(.section("What Git records", [.table(events)]))
    document.append(.section("How it is judged", [.fields(judgement)]))
    document.append(.section("Clocks", clocks))
    if !entry.assessment.approvals.isEmpty { document.append(.section("Approvals", [.table(approvals)])) }
    if !signatures.isEmpty {
      document.append(.section("Signatures that prove nothing", [.list(listed(signatures))]))
    }
    if let owners {
      let report = OwnersReport(owners: owners, people: entry.people)
      let table: [TextDocument.Block] = owners.groups.isEmpty ? [] : [.table(report.table)]
      document.append(.section("Owners by file", [.fields(report.fields)] + table))
    }
    if let paths {
      let source = entry.contribution.pathsGrade == .claimed ? ", as the mails list them" : ""
      document.append(.section("Changed paths (\(paths.count)\(source))", [.list(listed(paths))]))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private var standing: [TextDocument.Field] {
    let contribution = entry.contribution
    var fields: [TextDocument.Field] = [
      .init("state", Words.state(contribution.state) + " – " + Words.basis(contribution.basis))
    ]
    for standing in contribution.standings {
      switch standing {
      case .head(let found): fields.append(.init("head", Words.head(found)))
      case .appraise(let status): fields.append(.init("review", Words.appraise(status)))
      case .change(let status): fields.append(.init("change", Words.change(status)))
      case .series(let status): fields.append(.init("series", Words.series(status)))
      }
    }
    if !contribution.aliases.isEmpty {
      fields.append(.init("also", "\(contribution.aliases.map(\.description).joined(separator: ", "), .id)"))
    }
    fields.append(
      .init("author", Words.person(contribution.author, contribution.authorIdentity, entry.people)))
    if let target = contribution.target { fields.append(.init("target", "\(target)")) }
    fields.append(.init("opened", Words.opening(contribution.opened)))
    fields.append(.init("first response", Words.answer(entry.assessment.firstResponse, entry.people)))
    fields.append(.init("first review", Words.answer(entry.assessment.firstReview, entry.people)))
    return fields
  }

  private var judgement: [TextDocument.Field] {
    let assessment = entry.assessment
    var fields: [TextDocument.Field] = [
      .init("origin", Words.origin(assessment.origin)),
      .init(
        "level", Words.explain(assessment.level, tooFew: assessment.approvals.contains(where: \.counted))),
      .init("authorised", Words.authorised(assessment)),
    ]
    if let timeliness = assessment.timeliness {
      fields.insert(.init("timeliness", Words.timeliness(timeliness)), at: 2)
    }
    if let commit = assessment.policy.commit {
      let note = assessment.policy.isBeforeFirst ? " (the event is older; the first policy is applied)" : ""
      fields.append(.init("policy", "as of commit \(commit.short, .id)\(note)"))
    }
    if !assessment.components.isEmpty {
      fields.append(.init("components", "\(assessment.components.joined(separator: ", "))"))
    }
    for widening in assessment.widenings {
      fields.append(.init("widened", Words.widening(widening, in: header.zone)))
    }
    for finding in assessment.findings { fields.append(.init("finding", Words.finding(finding))) }
    for missing in entry.missing { fields.append(.init("missing", missing)) }
    return fields
  }

  private var events: TextTable {
    var table = TextTable([
      .init("when"), .init("what", shrinksTo: 12), .init("who", priority: 1, shrinksTo: 10),
      .init("grade", priority: 3), .init("evidence", priority: 2),
    ])
    for event in entry.contribution.events {
      table.append([
        Words.when(event.time), Words.event(event.kind, entry.people),
        "\(event.person.map { entry.people[$0].shown } ?? event.identity?.name ?? "", .person)",
        "\(event.grade.label, .muted)", "\(event.evidence.short, .muted)",
      ])
    }
    return table
  }

  private var approvals: TextTable {
    var table = TextTable([
      .init("by"), .init("authority"), .init("counted"), .init("why", shrinksTo: 20),
      .init("grade", priority: 1),
    ])
    for approval in entry.assessment.approvals {
      table.append([
        "\(entry.people[approval.person].shown, .person)", "\(approval.authority.rawValue)",
        approval.counted ? StyledText("yes", .good) : StyledText("no", .bad), Words.approval(approval),
        "\(approval.event.grade.label, .muted)",
      ])
    }
    return table
  }

  private func listed(_ signatures: [Diagnostic]) -> [StyledText] {
    let shown = signatures.prefix(40).map(Words.diagnostic)
    return signatures.count > 40 ? shown + ["and \(signatures.count - 40) more"] : shown
  }

  private func listed(_ paths: [String]) -> [StyledText] {
    let shown = paths.prefix(40).map { StyledText($0) }
    return paths.count > 40 ? shown + ["and \(paths.count - 40) more"] : shown
  }
}
