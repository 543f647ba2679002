public import Facts
internal import Rules

/// What waits, the longest wait on reviewers first.
public struct BacklogReport: Sendable {
  public static let schema = "tributary/backlog/1"

  public var header: ReportHeader
  public private(set) var entries: [ContributionEntry]
  /// Proposals with activity in the window whose head is not in history: open or declined, Git cannot tell.
  public var undetermined: [ContributionEntry]

  /// Takes open and draft contributions in any order; undetermined ones stay as given.
  public init(header: ReportHeader, open: [ContributionEntry], undetermined: [ContributionEntry]) {
    self.header = header
    self.undetermined = undetermined
    entries = open.sorted { $0.urgency(asOf: header.asOf) < $1.urgency(asOf: header.asOf) }
  }
}

extension ContributionEntry {
  /// Whose turn comes first in a backlog, then the longest wait, then repository and id.
  fileprivate func urgency(asOf: Instant) -> Urgency {
    let rank =
      switch assessment.turn {
      case .reviewers: 0
      case .landing: 1
      case .author: 2
      case nil: 3
      }
    return Urgency(
      rank: rank, since: assessment.waitingSince.earliest ?? asOf, repository: repository, id: contribution.id
    )
  }

  /// Seconds since the turn began; nil where that is not known.
  public func waiting(asOf: Instant) -> Int64? {
    guard assessment.turn != nil, let since = assessment.waitingSince.earliest else { return nil }
    return max(0, asOf.since(since))
  }
}

private struct Urgency: Comparable {
  let rank: Int
  let since: Instant
  let repository: String
  let id: ContributionID

  static func < (left: Urgency, right: Urgency) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.since != right.since { return left.since < right.since }
    if left.repository != right.repository { return left.repository < right.repository }
    return left.id < right.id
  }
}

extension BacklogReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("items", entries) { entry, json in
        entry.writeWaiting(header, into: &json)
      }
      json.objects("undetermined", undetermined) { entry, json in
        json.string("id", entry.contribution.id.description)
        json.string("repository", entry.repository)
        json.string("title", entry.contribution.title)
        json.string("stateReason", entry.contribution.basis.label)
        json.time("latestActivity", entry.contribution.latestActivity)
      }
      header.writeNotes(into: &json)
    }
  }

  public func text() -> TextDocument {
    var document = TextDocument([.title("Backlog")])
    document.blocks += header.blocks()
    if entries.isEmpty {
      document.append(.paragraph("Nothing that Git records as open is waiting."))
    } else {
      document.append(.paragraph(summary))
      document.append(.table(table))
    }
    document.blocks += header.closingBlocks()
    return document
  }

  private var summary: StyledText {
    let reviewers = entries.count { $0.assessment.turn == .reviewers }
    let landing = entries.count { $0.assessment.turn == .landing }
    let authors = entries.count - reviewers - landing
    return
      "\(entries.count) open: \(reviewers) wait on reviewers, \(landing) on landing, \(authors) on their authors."
  }

  private var table: TextTable {
    var table = TextTable([
      .init("id"), .init("waiting", align: .right), .init("turn"), .init("level so far", priority: 3),
      .init("author", priority: 1, shrinksTo: 12), .init("team", priority: 4), .init("title", shrinksTo: 16),
      .init("who may act", priority: 2, shrinksTo: 12),
    ])
    for entry in entries {
      table.append([
        entry.label(naming: header.repositories.count > 1),
        entry.waiting(asOf: header.asOf).map { "\(DurationWords.elapsed($0), .warning)" } ?? "not known",
        Words.turn(entry.assessment.turn), Words.level(entry.assessment.level),
        "\(entry.authorName, .person)",
        "\(entry.assessment.authorTeams.joined(separator: ", "))", "\(entry.contribution.title)",
        "\(entry.mayAct(header).joined(separator: ", "))",
      ])
    }
    return table
  }
}

extension ContributionEntry {
  /// The item with how long it has waited and for whom; keys are part of the versioned formats.
  func writeWaiting(_ header: ReportHeader, into json: inout JSONObject) {
    write(into: &json)
    json.integer("waitingSeconds", waiting(asOf: header.asOf).map(Int.init))
    json.strings("mayAct", mayAct(header))
    if let owners = assessment.owners {
      json.object("owners") { OwnersReport(owners: owners, people: people).write(into: &$0) }
    }
  }

  /// Who can make the next move: owners by file, else host teams, else the inferred hosts; or the author.
  func mayAct(_ header: ReportHeader) -> [String] {
    switch assessment.turn {
    case .author: return [authorName]
    case nil: return []
    case .reviewers, .landing: break
    }
    let owners = ownersByFile
    if !owners.isEmpty { return Array(owners.prefix(5)) }
    if !assessment.hostTeams.isEmpty { return assessment.hostTeams }
    guard case .inferred(let people)? = header.repositories.first(where: { $0.name == repository })?.hosts
    else {
      return []
    }
    return people.prefix(3).map(\.name)
  }
}
