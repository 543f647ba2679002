public import Facts
public import Rules

/// The message to stakeholders about promises that were not kept: what was promised, what happened, what is owed now.
///
/// It is told by team, not by reviewer: nobody is named but those who may act now and the leads whom the policy's
/// escalation names.
public struct NoticeReport: Sendable {
  public static let schema = "tributary/notice/1"

  /// What a notice is about.
  public struct Selection: Hashable, Sendable {
    /// Misses that began in it are told, and all that still go on.
    public var window: Window
    /// Only misses and steps that were reached after this moment.
    public var newSince: Instant?
    /// Names of objectives; empty for all.
    public var objectives: Set<String>
    /// Ids of the authors' teams; empty for all.
    public var teams: Set<String>

    public init(
      window: Window, newSince: Instant? = nil, objectives: Set<String> = [], teams: Set<String> = []
    ) {
      self.window = window
      self.newSince = newSince
      self.objectives = objectives
      self.teams = teams
    }

    /// Whether a moment counts as new.
    func isNew(_ moment: Instant) -> Bool { newSince.map { moment > $0 } ?? true }
  }

  public var header: ReportHeader
  public let selection: Selection
  /// In the order of the contributions given, then of their objectives.
  let breaches: [NoticeBreach]
  /// Steps of escalation reached by what is open, in the same order.
  let steps: [NoticeStep]
  /// By the id of the authors' team, those without a team last.
  let sections: [NoticeSection]

  /// Takes contributions of any state; `rosters` are those in force as of the moment, by repository.
  public init(
    header: ReportHeader, entries: [ContributionEntry], rosters: [String: Roster], _ selection: Selection
  ) {
    self.header = header
    self.selection = selection
    var breaches: [NoticeBreach] = []
    var steps: [NoticeStep] = []
    for entry in entries where selection.wants(entry) {
      for item in entry.assessment.serviceLevels where selection.wants(item) {
        let reached = NoticeStep.all(of: item, entry, header, rosters[entry.repository])
        if item.isOpen, item.state != .waived { steps += reached.filter { selection.isNew($0.at) } }
        guard selection.tells(item) else { continue }
        breaches.append(NoticeBreach(entry: entry, item: item, steps: item.isOpen ? reached : []))
      }
    }
    self.breaches = breaches
    self.steps = steps
    sections = NoticeSection.all(of: breaches, rosters, only: selection.teams)
  }

  /// Whether there is nothing to tell anybody.
  public var isEmpty: Bool { breaches.isEmpty }

  var openCount: Int { breaches.count { $0.item.isOpen } }

  /// Whether contributions are named with their repository.
  var isNamingRepositories: Bool { header.repositories.count > 1 }
}

extension NoticeReport.Selection {
  fileprivate func wants(_ entry: ContributionEntry) -> Bool {
    teams.isEmpty || !teams.isDisjoint(with: entry.assessment.authorTeams)
  }

  fileprivate func wants(_ item: ServiceLevelItem) -> Bool {
    objectives.isEmpty || objectives.contains(item.objective.name)
  }

  /// Whether an item is a miss to be told: of the window or still going on, and with something new to say.
  fileprivate func tells(_ item: ServiceLevelItem) -> Bool {
    guard item.state == .missed, let missedAt = item.missedAt, item.isOpen || window.contains(missedAt) else {
      return false
    }
    return isNew(missedAt) || (item.isOpen && item.escalations.contains { isNew($0.at) })
  }
}

/// One promise that was not kept.
struct NoticeBreach: Sendable {
  let entry: ContributionEntry
  let item: ServiceLevelItem
  /// Steps of escalation that were reached; none where nothing is owed any more.
  let steps: [NoticeStep]

  /// The same for the same miss in every run: `pr/76:first-review:1:missed`.
  var id: String { "\(entry.contribution.id):\(item.objective.name):\(item.cycle):missed" }

  /// Working seconds beyond the target; limits where a time is only known within limits.
  var late: ClosedRange<Int64> {
    let target = item.targetSeconds ?? 0
    return max(0, item.elapsed.lowerBound - target)...max(0, item.elapsed.upperBound - target)
  }
}

/// A step of escalation that something open has reached, and whom it speaks to.
struct NoticeStep: Sendable {
  enum Audience: String, CaseIterable {
    case reviewers
    case lead
  }

  /// Somebody to be told.
  struct Addressee: Sendable {
    var audience: Audience
    /// The name of a person, or of a team.
    var name: String
    /// The handle of a person of the roster.
    var handle: String?
    var address: String?
  }

  let entry: ContributionEntry
  let objective: String
  let reached: ServiceLevelItem.Escalation
  let addressees: [Addressee]

  var at: Instant { reached.at }
  var action: ServiceLevels.Escalation.Action { reached.step.action }

  static func all(
    of item: ServiceLevelItem, _ entry: ContributionEntry, _ header: ReportHeader, _ roster: Roster?
  ) -> [NoticeStep] {
    item.escalations.map { reached in
      NoticeStep(
        entry: entry, objective: item.objective.name, reached: reached,
        addressees: addressees(reached.step.action, entry, header, roster))
    }
  }

  private static func addressees(
    _ action: ServiceLevels.Escalation.Action, _ entry: ContributionEntry, _ header: ReportHeader,
    _ roster: Roster?
  ) -> [Addressee] {
    switch action {
    case .remindReviewers:
      // Where it is the author's turn, no reviewer is asked for anything.
      guard entry.assessment.turn != .author else { return [] }
      return entry.regularlyMayAct(header).map { Addressee(audience: .reviewers, name: $0) }
    case .nameLead: return roster.map { leads(of: entry.assessment.hostTeams, $0) } ?? []
    // Who holds which grant is not told here: the step says what the policy may allow.
    case .widenApprovers: return []
    }
  }

  /// The lead of each team, or of the nearest team above it that has one; each person once.
  private static func leads(of teams: [String], _ roster: Roster) -> [Addressee] {
    var seen: Set<String> = []
    return teams.compactMap { team in
      let handle = roster.lineage(of: team).lazy.compactMap { roster.team($0)?.lead }.first
      guard let handle, seen.insert(handle).inserted else { return nil }
      let person = roster.person(handle: handle)
      return Addressee(
        audience: .lead, name: person?.name ?? handle, handle: handle, address: person?.emails.first)
    }
  }
}

/// The part of a notice that one team should read.
struct NoticeSection: Sendable {
  /// The team's id; nil for people without a team.
  let team: String?
  /// As people call the team.
  let name: String?
  /// What is open first, the oldest miss first.
  let breaches: [NoticeBreach]

  /// A contribution stands under each of its author's teams, because each of them was promised something.
  static func all(
    of breaches: [NoticeBreach], _ rosters: [String: Roster], only wanted: Set<String>
  ) -> [NoticeSection] {
    var teams: [String: [NoticeBreach]] = [:]
    var names: [String: String] = [:]
    var others: [NoticeBreach] = []
    for breach in breaches {
      let own = breach.entry.assessment.authorTeams
      if own.isEmpty { others.append(breach) }
      for team in own where wanted.isEmpty || wanted.contains(team) {
        teams[team, default: []].append(breach)
        names[team] = names[team] ?? rosters[breach.entry.repository]?.team(team)?.name
      }
    }
    let named = teams.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let sections = named.map {
      NoticeSection(team: $0.key, name: names[$0.key] ?? $0.key, breaches: sorted($0.value))
    }
    return sections + (others.isEmpty ? [] : [NoticeSection(team: nil, name: nil, breaches: sorted(others))])
  }

  private static func sorted(_ breaches: [NoticeBreach]) -> [NoticeBreach] {
    breaches.enumerated().sorted { one, other in
      let (left, right) = (one.element.item, other.element.item)
      if left.isOpen != right.isOpen { return left.isOpen }
      if left.missedAt != right.missedAt, let first = left.missedAt, let second = right.missedAt {
        return first < second
      }
      return one.offset < other.offset
    }.map(\.element)
  }
}
