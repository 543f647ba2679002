internal import Facts
public import Rules

/// What was promised, what became of it, and how long waits are: the answer of `sla`.
public struct SLAReport: Sendable {
  public static let schema = "tributary/sla/1"

  /// By what it is known whose review stops a clock.
  public enum Entitlement: String, Hashable, Sendable, CaseIterable {
    case roster
    case ownersByFile = "owners-by-file"
    /// Nothing says it, so every review of another human counts.
    case anyone
  }

  public var header: ReportHeader
  /// The contributions that the accounts speak of by their place.
  public var entries: [ContributionEntry]
  public var accounts: [ServiceLevelAccount]
  /// Where the time went of the contributions opened in `turnWindow`.
  public var turns: [TurnShares]
  public var turnWindow: Window
  public var zones: TimeZones
  /// For each repository, in the order of the header.
  public var entitlements: [Entitlement]
  /// The calendars of the policy in force.
  private let calendars: [String: CalendarPolicy]

  public init(
    header: ReportHeader, entries: [ContributionEntry], accounts: [ServiceLevelAccount], turns: [TurnShares],
    in turnWindow: Window, calendars: [CalendarPolicy], zones: TimeZones, entitlements: [Entitlement]
  ) {
    self.header = header
    self.entries = entries
    self.accounts = accounts
    self.turns = turns
    self.turnWindow = turnWindow
    self.zones = zones
    self.entitlements = entitlements
    self.calendars = Dictionary(calendars.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The zones of a calendar, of a union those of its members; sorted.
  func timeZones(of name: String) -> [String] {
    var (zones, seen, next): (Set<String>, Set<String>, [String]) = ([], [], [name])
    while let name = next.popLast() {
      guard seen.insert(name).inserted, let calendar = calendars[name] else { continue }
      switch calendar.kind {
      case .region(let region): zones.insert(region.timeZone)
      case .union(let members): next += members
      }
    }
    return zones.sorted()
  }

  func entry(_ line: ServiceLevelAccount.Line) -> ContributionEntry { entries[line.subject] }

  /// How many contributions come from where, service accounts among them.
  func count(of origin: Origin) -> Int {
    entries.count { $0.assessment.origin.kind == origin && $0.isProposal }
  }

  var proposalCount: Int { entries.count(where: \.isProposal) }
}

extension ContributionEntry {
  /// Whether anything was proposed, so that somebody could wait.
  var isProposal: Bool { if case .commit = contribution.id { false } else { true } }
}

extension ServiceLevelAccount {
  /// What the items say of the promised share.
  enum Standing: String, CaseIterable {
    case held
    case missed
    case inconclusive
    case tooFew = "too-few"
    /// It applies to no contribution that was read.
    case appliesToNone = "applies-to-none"
  }

  var standing: Standing {
    guard appliedCount > 0 else { return .appliesToNone }
    switch attainment.verdict {
    case .held: return .held
    case .missed: return .missed
    case .inconclusive: return .inconclusive
    case nil: return .tooFew
    }
  }

  /// Whether its seconds are those of a clock that never stops.
  var isElapsed: Bool { objective.calendar == ServiceLevels.alwaysOpen }
}
