/// Who the people are and which team they belong to, at any moment: the content of `roster.json5`.
///
/// Look-ups use tables made once by the initialiser. Whoever builds the value makes sure that it is sound (no
/// address with two people, no team its own ancestor); the policy reader refuses such files. Should an
/// unsound value be built all the same, the first person listed wins an address and a cycle of teams ends
/// where it began.
public struct Roster: Hashable, Sendable {
  /// A group of people that owns code or contributes to it.
  public struct Team: Hashable, Sendable {
    /// The key by which policies name the team.
    public var id: String
    /// The name shown to people.
    public var name: String
    /// True for a team that takes contributions to what it owns.
    public var isHost: Bool
    /// The team one step up the tree.
    public var parent: String?
    /// The handle of the person whom an escalation names.
    public var lead: String?

    public init(
      id: String, name: String? = nil, isHost: Bool = false, parent: String? = nil, lead: String? = nil
    ) {
      self.id = id
      self.name = name ?? id
      self.isHost = isHost
      self.parent = parent
      self.lead = lead
    }
  }

  /// One person's time in one team.
  public struct Membership: Hashable, Sendable {
    public var team: String
    public var period: Period

    public init(team: String, period: Period = .always) {
      self.team = team
      self.period = period
    }
  }

  /// One human (or a service account flagged so) with every address and login by which Git may know them.
  public struct Person: Hashable, Sendable {
    /// The key by which policies name the person.
    public var handle: String
    public var name: String
    public var emails: [String]
    public var logins: [String]
    public var memberships: [Membership]
    public var isBot: Bool
    /// Keys by which the person signs.
    public var keys: [SigningKey]

    public init(
      handle: String, name: String? = nil, emails: [String] = [], logins: [String] = [],
      memberships: [Membership] = [], isBot: Bool = false, keys: [SigningKey] = []
    ) {
      self.handle = handle
      self.name = name ?? handle
      self.emails = emails
      self.logins = logins
      self.memberships = memberships
      self.isBot = isBot
      self.keys = keys
    }
  }

  /// A team's claim to everybody with an address in a mail domain.
  public struct DomainClaim: Hashable, Sendable {
    public var team: String
    /// Matched against the whole part after the `@`.
    public var pattern: NamePattern
    public var period: Period

    public init(team: String, pattern: NamePattern, period: Period = .always) {
      self.team = team
      self.pattern = pattern
      self.period = period
    }
  }

  public let teams: [Team]
  public let people: [Person]
  public let domains: [DomainClaim]
  /// What the file lists as bots: handles, logins, addresses, names, or globs over these.
  public let bots: [NamePattern]
  private let index: Index

  public init(
    teams: [Team] = [], people: [Person] = [], domains: [DomainClaim] = [], bots: [NamePattern] = []
  ) {
    self.teams = teams
    self.people = people
    self.domains = domains
    self.bots = bots
    index = Index(teams: teams, people: people)
  }

  public static func == (left: Roster, right: Roster) -> Bool {
    left.teams == right.teams && left.people == right.people && left.domains == right.domains
      && left.bots == right.bots
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(teams)
    hasher.combine(people)
  }
}

extension Roster {
  /// Positions in the lists, by every key that is looked up.
  private struct Index: Sendable {
    var teams: [String: Int] = [:]
    var handles: [String: Int] = [:]
    var addresses: [Address: Int] = [:]
    var logins: [Address: Int] = [:]

    init(teams: [Team], people: [Person]) {
      for (position, team) in teams.enumerated() where self.teams[team.id] == nil {
        self.teams[team.id] = position
      }
      for (position, person) in people.enumerated() {
        if handles[person.handle] == nil { handles[person.handle] = position }
        for email in person.emails where addresses[Address(email)] == nil {
          addresses[Address(email)] = position
        }
        for login in person.logins where logins[Address(login)] == nil { logins[Address(login)] = position }
      }
    }
  }

  public func team(_ id: String) -> Team? { index.teams[id].map { teams[$0] } }

  public func person(handle: String) -> Person? { index.handles[handle].map { people[$0] } }

  /// Teams that take contributions, in the order listed.
  public var hostTeams: [Team] { teams.filter(\.isHost) }

  /// The person with this address, or failing that with the login that the address tells.
  ///
  /// A bare login (no `@`) is also tried as an address, never the other way round: a mail address is never
  /// taken for a login unless it has one of the forges' private forms.
  public func resolve(_ identity: Identity) -> Person? {
    if let position = index.addresses[identity.address] { return people[position] }
    guard let login = identity.login, let position = index.logins[Address(login)] else { return nil }
    return people[position]
  }
}
