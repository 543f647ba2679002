public import Facts
public import Rules

/// What is in force in each repository at the as-of moment, and where it comes from.
public struct PolicyReport: Sendable {
  public static let schema = "tributary/policy/1"

  public var header: ReportHeader
  /// In the order in which the repositories were given.
  public var items: [Item]

  public init(header: ReportHeader, items: [Item]) {
    self.header = header
    self.items = items
  }

  /// The policy of one repository.
  public struct Item: Sendable {
    public var repository: String
    public var policy: Policy
    /// Who looks after the repository, named by the roster or inferred.
    public var hosts: Hosts
    public var origin: Origin = .defaults
    /// Versions that were never in force because they are broken, oldest first.
    public var skipped: [Skipped] = []

    public init(repository: String, policy: Policy, hosts: Hosts) {
      self.repository = repository
      self.policy = policy
      self.hosts = hosts
    }
  }

  /// Where a policy comes from.
  public enum Origin: Hashable, Sendable {
    /// No policy files at all.
    case defaults
    /// Named by the user, for all of time.
    case fixed(PolicySource)
    /// A version on the target branch: its commit, since when it holds, and its number among all versions.
    case branch(place: String, commit: ObjectName, since: Instant, number: Int, of: Int)
    /// The target branch had a policy until this commit removed the files.
    case removed(place: String, commit: ObjectName, since: Instant, number: Int, of: Int)

    /// Whether there is no policy, so that the built-in defaults hold.
    var isNone: Bool {
      switch self {
      case .defaults, .removed: true
      case .fixed, .branch: false
      }
    }
  }

  /// A version on the branch that could not be used; the version before it stayed in force.
  public struct Skipped: Hashable, Sendable {
    public var commit: ObjectName
    public var at: Instant
    public var problems: Int
    /// The first error, with its place.
    public var first: String

    public init(commit: ObjectName, at: Instant, problems: Int, first: String) {
      self.commit = commit
      self.at = at
      self.problems = problems
      self.first = first
    }
  }
}

/// Who is in which team at one moment.
struct TeamsAtMoment {
  struct Team {
    var team: Roster.Team
    /// Listed people, in the order of the roster.
    var people: [Roster.Person]
    var domains: [Roster.DomainClaim]
  }

  let teams: [Team]
  /// Listed people who are in no team at the moment.
  let others: [Roster.Person]

  init(_ roster: Roster, at moment: Instant) {
    let members = roster.people.filter { !$0.isBot }.map { ($0, roster.teams(of: $0, at: moment)) }
    teams = roster.teams.map { team in
      Team(
        team: team, people: members.filter { $0.1.contains(team.id) }.map(\.0),
        domains: roster.domains.filter { $0.team == team.id && $0.period.contains(moment) })
    }
    others = members.filter { $0.1.isEmpty }.map(\.0)
  }
}

extension Policy {
  /// Grants that hold at a moment.
  func grants(inForceAt moment: Instant) -> [Grant] {
    grants.filter { grant in grant.period.contains(moment) && grant.revokedOn.map { moment < $0 } ?? true }
  }

  /// Waivers that hold at a moment.
  func waivers(inForceAt moment: Instant) -> [Waiver] { waivers.filter { $0.period.contains(moment) } }
}

extension PathList {
  var texts: [String] { entries.map(\.text) }
}

extension Grant {
  var granteeName: String {
    switch grantee {
    case .person(let name), .team(let name): name
    }
  }

  var verbNames: [String] { Verb.allCases.filter(verbs.contains).map(\.rawValue) }
}

extension DelegationPolicy.ApprovalRule {
  var sourceNames: [String] {
    DelegationPolicy.Source.allCases.filter(from.contains).map(\.rawValue)
  }
}

extension ServiceLevels.Scope {
  var originNames: [String] { Origin.allCases.filter(origins.contains).map(\.rawValue) }
  var kindNames: [String] { ChangeKind.allCases.filter(kinds.contains).map(\.rawValue) }
  var sizeNames: [String] { SizeClass.allCases.filter(sizes.contains).map(\.rawValue) }
}
