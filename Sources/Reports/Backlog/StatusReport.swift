internal import Facts
public import Rules

/// Where somebody's own contributions stand: the contributor's view.
public struct StatusReport: Sendable {
  public static let schema = "tributary/status/1"

  public var header: ReportHeader
  /// Sorted by repository, then id; the open ones first.
  public let entries: [ContributionEntry]
  /// For each entry, what may be expected of its items by their place among `serviceLevels`.
  private let expectations: [[Int: Expectation]]

  /// `expected` is asked for every item that is open.
  public init(
    header: ReportHeader, entries: [ContributionEntry],
    expected: (ContributionEntry, ServiceLevelItem) -> Expectation? = { _, _ in nil }
  ) {
    self.header = header
    self.entries = entries.filter(\.isOpen) + entries.filter { !$0.isOpen }
    expectations = self.entries.map { entry in
      var known: [Int: Expectation] = [:]
      guard entry.isOpen else { return known }
      for (place, item) in entry.assessment.serviceLevels.enumerated() where item.isOpen {
        known[place] = expected(entry, item)
      }
      return known
    }
  }

  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("items", zip(entries, expectations)) { pair, json in
        let (entry, expected) = pair
        entry.writeWaiting(header, into: &json) { place, json in
          json.object("expected", expected[place]) { $0.write(into: &$1) }
        }
        json.strings("missing", entry.missing.map(\.plain))
      }
      header.writeNotes(into: &json)
    }
  }

  public func text() -> TextDocument {
    var document = TextDocument([.title("Status")])
    document.blocks += header.blocks()
    for (entry, expected) in zip(entries, expectations) {
      let heading: StyledText =
        "\(entry.label(naming: header.repositories.count > 1)) \(entry.contribution.title)"
      document.append(.section(heading, [.fields(fields(of: entry, expected))]))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private func fields(of entry: ContributionEntry, _ expected: [Int: Expectation]) -> [TextDocument.Field] {
    let contribution = entry.contribution
    var fields: [TextDocument.Field] = [
      .init("state", Words.state(contribution.state) + " – " + Words.basis(contribution.basis))
    ]
    if let landing = contribution.landing {
      let by = landing.by.map { " by \(entry.people[$0].shown)" } ?? ""
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
    for place in entry.tellingItems {
      let item = entry.assessment.serviceLevels[place]
      fields.append(.init(EscapedText(escaping: item.objective.name), sentence(item, entry)))
      guard let expected = expected[place] else { continue }
      fields.append(.init("expected wait", expected.words(for: item, in: header.zone)))
    }
    for widening in entry.assessment.widenings where entry.isOpen {
      fields.append(.init("widened", Words.widening(widening, in: header.zone)))
    }
    for missing in entry.missing { fields.append(.init("missing", missing)) }
    return fields
  }

  /// Where an item stands, what was promised, and whose move would answer it.
  private func sentence(_ item: ServiceLevelItem, _ entry: ContributionEntry) -> StyledText {
    var text = Words.standing(item)
    let zone = header.zone
    switch item.state {
    case .missed where item.isOpen:
      text = text + " by \(DurationWords.working(item.lateness), .bad) of working time"
      if let due = item.due { text = text + ", was due \(zone.words(due))" }
    case .missed: text = text + " by \(DurationWords.working(item.lateness)) of working time"
    case .running, .atRisk:
      text = text + ", due \(item.due.map(zone.words) ?? "not within ten years")"
      if let left = item.remaining { text = text + ", \(DurationWords.working(left)) of working time left" }
    case .paused:
      if let left = item.remaining {
        text = text + " with \(DurationWords.working(left)) of working time left"
      }
    case .waived:
      if let waiver = item.waiver { text = text + " by \(waiver.by) (\(waiver.id): \(waiver.reason))" }
    case .notIdentifiable: if let obstacle = item.obstacle { text = text + ": " + Words.reason(obstacle) }
    case .met, .notDue: break
    }
    text = text + "; promised: " + Words.promise(item.objective)
    guard item.isOpen, let turn = entry.assessment.turn else { return text }
    return text + "; turn: " + Words.turn(turn)
  }
}

extension ContributionEntry {
  var isOpen: Bool { contribution.state == .open || contribution.state == .draft }

  /// The places of the items worth telling: whatever is open, and of each objective the last that is over.
  fileprivate var tellingItems: [Int] {
    let items = assessment.serviceLevels
    return items.indices.filter { place in
      guard !items[place].isOpen || !isOpen else { return true }
      return !items[(place + 1)...].contains { $0.objective.name == items[place].objective.name }
    }
  }

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
