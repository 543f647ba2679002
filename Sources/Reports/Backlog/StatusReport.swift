internal import Facts
internal import Rules

/// Where somebody's own contributions stand: the contributor's view.
public struct StatusReport: Sendable {
  public static let schema = "tributary/status/1"

  public var header: ReportHeader
  /// Sorted by repository, then id; the open ones first.
  public var entries: [ContributionEntry]

  public init(header: ReportHeader, entries: [ContributionEntry]) {
    self.header = header
    self.entries = entries.filter(\.isOpen) + entries.filter { !$0.isOpen }
  }

  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("items", entries) { entry, json in
        entry.writeWaiting(header, into: &json)
        json.strings("missing", entry.missing.map(\.plain))
      }
      header.writeNotes(into: &json)
    }
  }

  public func text() -> TextDocument {
    var document = TextDocument([.title("Status")])
    document.blocks += header.blocks()
    for entry in entries {
      let heading: StyledText =
        "\(entry.label(naming: header.repositories.count > 1)) \(entry.contribution.title)"
      document.append(.section(heading, [.fields(fields(of: entry))]))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private func fields(of entry: ContributionEntry) -> [TextDocument.Field] {
    let contribution = entry.contribution
    var fields: [TextDocument.Field] = [
      .init("state", Words.state(contribution.state) + " – " + Words.basis(contribution.basis))
    ]
    if let landing = contribution.landing {
      let by = landing.by.map { " by \(entry.people[$0].name)" } ?? ""
      fields.append(.init("landed", "\(landing.at.shown.words)\(by), commit \(landing.commit.short, .id)"))
    }
    if let turn = entry.assessment.turn {
      let waited = entry.waiting(asOf: header.asOf).map { " for \(DurationWords.elapsed($0))" } ?? ""
      let who = entry.mayAct(header).joined(separator: ", ")
      fields.append(.init("turn", Words.turn(turn) + "\(waited, .warning)\(who.isEmpty ? "" : " (\(who))")"))
    }
    if let owners = entry.assessment.owners {
      fields.append(.init("owners by file", Words.ownership(owners.source)))
    }
    fields.append(.init("opened", Words.opening(contribution.opened)))
    fields.append(.init("first response", Words.answer(entry.assessment.firstResponse, entry.people)))
    for missing in entry.missing { fields.append(.init("missing", missing)) }
    return fields
  }
}

extension ContributionEntry {
  var isOpen: Bool { contribution.state == .open || contribution.state == .draft }

  /// What an open contribution still needs, in the order in which it is needed.
  var missing: [StyledText] {
    guard isOpen else { return [] }
    var missing: [StyledText] = []
    if contribution.state == .draft { missing.append("it is a draft: mark it ready for review") }
    if contribution.standings.contains(.appraise(.rejected)) {
      missing.append("a reviewer asked for changes: answer the open comments")
    }
    if !assessment.isAuthorised {
      missing.append("an approval by somebody entitled to it (\(Words.entitled(self)))")
    } else {
      missing.append("landing: all approvals are there")
    }
    return missing
  }
}
