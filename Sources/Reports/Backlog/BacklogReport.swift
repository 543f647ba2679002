public import Facts
internal import Rules

/// What waits, the most urgent first.
///
/// Overdue items first, the most working time beyond the target first; then those at risk and those that run, the
/// next due first; then paused ones, those that are not identifiable, waived ones. Contributions without an open item
/// follow: those that wait on reviewers, then on landing, then on their authors, the longest wait first. What is
/// equal in all this is sorted by turn, wait, repository and id.
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
    entries = open.map { (place: BacklogPlace($0, asOf: header.asOf), entry: $0) }
      .sorted { $0.place < $1.place }.map(\.entry)
  }

  /// What the backlog comes to.
  struct Summary {
    var open = 0
    var overdue = 0
    var atRisk = 0
    /// The next moment at which a running item is due, and whose.
    var nextDue: (at: Instant, entry: ContributionEntry)?
    /// Whether any objective applies to anything that is open.
    var hasObjectives = false
  }

  var summary: Summary {
    var summary = Summary()
    summary.open = entries.count
    for entry in entries {
      let items = entry.assessment.serviceLevels
      summary.hasObjectives = summary.hasObjectives || !items.isEmpty
      if entry.isOverdue { summary.overdue += 1 }
      if entry.isAtRisk { summary.atRisk += 1 }
      for item in items where item.state == .running || item.state == .atRisk {
        guard let due = item.due, summary.nextDue.map({ due < $0.at }) ?? true else { continue }
        summary.nextDue = (due, entry)
      }
    }
    return summary
  }
}

extension ContributionEntry {
  /// Whether any objective was missed by something that still goes on.
  public var isOverdue: Bool { assessment.serviceLevels.contains { $0.state == .missed && $0.isOpen } }

  /// Whether anything that goes on is at risk of being missed.
  public var isAtRisk: Bool { assessment.serviceLevels.contains { $0.state == .atRisk } }

  /// Seconds since the turn began; nil where that is not known.
  public func waiting(asOf: Instant) -> Int64? {
    guard assessment.turn != nil, let since = assessment.waitingSince.earliest else { return nil }
    return max(0, asOf.since(since))
  }
}

/// Where a contribution stands in a backlog.
private struct BacklogPlace: Comparable {
  private let urgency: Urgency?
  private let turn: Int
  private let since: Instant
  private let repository: String
  private let id: ContributionID

  init(_ entry: ContributionEntry, asOf: Instant) {
    urgency = entry.assessment.mostUrgent?.urgency
    turn =
      switch entry.assessment.turn {
      case .reviewers: 0
      case .landing: 1
      case .author: 2
      case nil: 3
      }
    since = entry.assessment.waitingSince.earliest ?? asOf
    repository = entry.repository
    id = entry.contribution.id
  }

  static func < (left: BacklogPlace, right: BacklogPlace) -> Bool {
    switch (left.urgency, right.urgency) {
    case (let one?, let other?) where one != other: return one < other
    case (_?, nil): return true
    case (nil, _?): return false
    default: break
    }
    if left.turn != right.turn { return left.turn < right.turn }
    if left.since != right.since { return left.since < right.since }
    if left.repository != right.repository { return left.repository < right.repository }
    return left.id < right.id
  }
}

extension BacklogReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.object("summary") { json in
        let summary = summary
        json.integer("open", summary.open)
        json.integer("overdue", summary.overdue)
        json.integer("atRisk", summary.atRisk)
        json.time("nextDue", summary.nextDue?.at)
      }
      json.objects("items", entries) { entry, json in
        entry.writeWaiting(header, into: &json)
        json.object("mostUrgent", entry.assessment.mostUrgent?.item) { $0.writePlace(into: &$1) }
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
}

extension ServiceLevelItem {
  /// Which of the contribution's `objectives` it is.
  fileprivate func writePlace(into json: inout JSONObject) {
    json.string("objective", objective.name)
    json.integer("cycle", cycle)
    json.string("state", state.rawValue)
    json.time("due", due)
    json.integer("remainingWorkingSeconds", state == .missed ? 0 : remaining.map(Int.init))
    json.integer("lateWorkingSeconds", targetSeconds == nil ? nil : Int(lateness))
  }
}

extension ContributionEntry {
  /// The item with how long it has waited and for whom; keys are part of the versioned formats.
  ///
  /// `adding` writes what a format knows of each objective beyond what all formats have.
  func writeWaiting(
    _ header: ReportHeader, into json: inout JSONObject, adding: ObjectiveKeys? = nil
  ) {
    write(into: &json, adding: adding)
    json.integer("waitingSeconds", waiting(asOf: header.asOf).map(Int.init))
    json.strings("mayAct", mayAct(header))
    if let owners = assessment.owners {
      json.object("owners") { OwnersReport(owners: owners, people: people).write(into: &$0) }
    }
  }

  /// Who can make the next move: owners by file, else host teams, else the inferred hosts, and delegates where a breach
  /// lets them act alone; or the author.
  func mayAct(_ header: ReportHeader) -> [String] {
    let regular = regularlyMayAct(header)
    let isWidened =
      !assessment.widenings.isEmpty && (assessment.turn == .reviewers || assessment.turn == .landing)
    return isWidened ? regular + ["delegates"] : regular
  }

  /// The same without those whom only a breach lets act.
  func regularlyMayAct(_ header: ReportHeader) -> [String] {
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
    return people.prefix(3).map(\.shown)
  }
}
