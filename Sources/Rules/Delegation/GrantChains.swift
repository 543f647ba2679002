public import Facts

/// The grants of one policy, and whether a right rests on a sound chain of them.
///
/// A right holds when every grant of a chain from somebody who may grant down to its holder is in force, names the
/// verb and covers the path: rights only ever shrink along the chain, in verbs, paths, time and depth (as in SPKI,
/// RFC 2693, and in TUF's delegations). What breaks one link breaks all below it, at once.
public struct GrantChains: Sendable {
  /// More grants than this are not looked through, so that nobody can make a judgement take for ever.
  public static let grantLimit = 10_000
  /// The longest chain.
  public static let chainLimit = 64

  /// The person a right is asked for.
  public struct Holder: Hashable, Sendable {
    public var handle: String
    /// Teams at the moment asked about.
    public var teams: [String]

    public init(handle: String, teams: [String]) {
      self.handle = handle
      self.teams = teams
    }
  }

  /// A right and the grants that give it, the first granter's at the front.
  public struct Right: Hashable, Sendable {
    public var chain: [Grant]

    /// The first end of any link; nil when none has one.
    public var until: Instant? { chain.compactMap(\.period.until).min() }
  }

  public enum Answer: Hashable, Sendable {
    case held(Right)
    /// With the nearest miss: of several grants the one that failed last.
    case missed(GrantMiss)

    public var right: Right? { if case .held(let right) = self { right } else { nil } }
  }

  private let policy: Policy
  private let flaws: [String: GrantFlaw]
  private let byPerson: [String: [Grant]]
  private let byTeam: [String: [Grant]]
  private let isOverLimit: Bool

  /// Takes a policy and what its history says against single grants, by id.
  public init(_ policy: Policy, flaws: [String: GrantFlaw] = [:]) {
    self.policy = policy
    self.flaws = flaws
    isOverLimit = policy.grants.count > Self.grantLimit
    var byPerson: [String: [Grant]] = [:]
    var byTeam: [String: [Grant]] = [:]
    for grant in policy.grants.prefix(Self.grantLimit) {
      switch grant.grantee {
      case .person(let handle): byPerson[handle, default: []].append(grant)
      case .team(let team): byTeam[team, default: []].append(grant)
      }
    }
    self.byPerson = byPerson
    self.byTeam = byTeam
  }

  /// True when nobody can hold any right by grant.
  public var isEmpty: Bool { byPerson.isEmpty && byTeam.isEmpty }

  /// Every grant that names the holder or a team of theirs, sorted by id.
  public func grants(of holder: Holder) -> [Grant] {
    let teams = Set(holder.teams).sorted()
    return ((byPerson[holder.handle] ?? []) + teams.flatMap { byTeam[$0] ?? [] }).sorted { $0.id < $1.id }
  }

  /// Whether somebody held the right to do something to a path at a moment.
  public func right(of holder: Holder, to verb: Grant.Verb, on path: [UInt8], at moment: Instant) -> Answer {
    guard policy.delegation.granting != nil else { return .missed(.nobodyMayGrant) }
    guard !isOverLimit else { return .missed(.tooManyGrants) }
    var nearest = GrantMiss.noGrant
    for grant in grants(of: holder) {
      if grant.grantedBy == holder.handle {
        nearest = max(nearest, .selfGranted(grant.id))
        continue
      }
      var visited: Set<String> = []
      switch chain(through: grant, Question(verb: verb, path: path, moment: moment), 0, &visited) {
      case .held(let right): return .held(right)
      case .missed(let miss): nearest = max(nearest, miss)
      }
    }
    return .missed(nearest)
  }

  /// Whether a grant is sound as a whole at a moment, for every verb and some path of its own.
  ///
  /// The question of findings: what is wrong with this file as it stands?
  public func standing(of grant: Grant, at moment: Instant) -> Answer {
    guard policy.delegation.granting != nil else { return .missed(.nobodyMayGrant) }
    guard !isOverLimit else { return .missed(.tooManyGrants) }
    var visited: Set<String> = []
    return chain(through: grant, Question(verb: nil, path: nil, moment: moment), 0, &visited)
  }

  /// Handles of everybody who holds a right by a sound grant at a moment.
  public func holders(at moment: Instant) -> Set<String> {
    var handles: Set<String> = []
    for grant in policy.grants.prefix(Self.grantLimit) where standing(of: grant, at: moment).right != nil {
      switch grant.grantee {
      case .person(let handle): handles.insert(handle)
      case .team(let team):
        for person in policy.roster?.people ?? [] where teams(of: person.handle, at: moment).contains(team) {
          handles.insert(person.handle)
        }
      }
    }
    return handles
  }

  private struct Question {
    /// Nil: whatever the grant says.
    var verb: Grant.Verb?
    var path: [UInt8]?
    var moment: Instant
  }

  /// The chain that ends in this grant; `below` counts the links that pass its right on.
  private func chain(
    through grant: Grant, _ question: Question, _ below: Int, _ visited: inout Set<String>
  ) -> Answer {
    guard visited.insert(grant.id).inserted else { return .missed(.circle(grant.id)) }
    guard visited.count <= Self.chainLimit else { return .missed(.chainTooLong(grant.id)) }
    if let miss = miss(of: grant, question, below) { return .missed(miss) }
    if mayGrant(grant.grantedBy, question) {
      return ruleMiss(of: grant, question).map { .missed($0) } ?? .held(Right(chain: [grant]))
    }
    let grantor = Holder(handle: grant.grantedBy, teams: teams(of: grant.grantedBy, at: question.moment))
    var nearest: GrantMiss?
    for upper in grants(of: grantor) where upper.grantedBy != grantor.handle {
      switch chain(through: upper, question, below + 1, &visited) {
      case .held(let right): return .held(Right(chain: right.chain + [grant]))
      case .missed(let miss): nearest = nearest.map { max($0, miss) } ?? miss
      }
    }
    return .missed(nearest ?? .orphaned(grant.id, grantor: grant.grantedBy))
  }

  /// What is wrong with one link by itself.
  private func miss(of grant: Grant, _ question: Question, _ below: Int) -> GrantMiss? {
    if let path = question.path, !grant.paths.matches(path) { return .outOfScope(grant.id) }
    if let verb = question.verb, !grant.verbs.contains(verb) { return .verbMissing(grant.id, verb) }
    if below > 0 {
      guard grant.verbs.contains(.delegate) else { return .verbMissing(grant.id, .delegate) }
      guard min(grant.depth, policy.delegation.granting?.maxDepth ?? 0) >= below else {
        return .depthUsedUp(grant.id)
      }
    }
    if let from = grant.period.from, question.moment < from { return .notYet(grant.id, from: from) }
    if let until = grant.period.until, question.moment >= until { return .expired(grant.id, at: until) }
    if let revoked = grant.revokedOn, question.moment >= revoked { return .revoked(grant.id, on: revoked) }
    return flaws[grant.id].map { .flawed(grant.id, $0) }
  }

  /// What the policy's rules on granting say against a grant by somebody who may grant.
  private func ruleMiss(of grant: Grant, _ question: Question) -> GrantMiss? {
    guard let granting = policy.delegation.granting else { return .nobodyMayGrant }
    if let path = question.path, !granting.paths.matches(path) { return .pathNotGrantable(grant.id) }
    guard let longest = granting.maxDuration else { return nil }
    guard let from = grant.period.from, let until = grant.period.until, until.since(from) <= longest else {
      return .tooLong(grant.id)
    }
    return nil
  }

  /// Whether somebody may grant of their own right: a member of the granting teams, or of the path's host team.
  private func mayGrant(_ handle: String, _ question: Question) -> Bool {
    mayGrant(Holder(handle: handle, teams: teams(of: handle, at: question.moment)), on: question.path)
  }

  /// The same for a holder; without a path, of any host team.
  func mayGrant(_ holder: Holder, on path: [UInt8]? = nil) -> Bool {
    guard let granting = policy.delegation.granting else { return false }
    let hosts = path.map { policy.hostTeams(of: $0) } ?? allHosts
    return !Set(granting.teams.isEmpty ? hosts : granting.teams).isDisjoint(with: holder.teams)
  }

  private var allHosts: [String] { policy.platform.hosts + (policy.roster?.hostTeams.map(\.id) ?? []) }

  func teams(of handle: String, at moment: Instant) -> [String] {
    guard let roster = policy.roster, let person = roster.person(handle: handle) else { return [] }
    return roster.teams(of: person, at: moment)
  }
}

/// Why a right does not hold.
public enum GrantMiss: Hashable, Sendable {
  case noGrant
  /// The policy says of nobody that they may grant.
  case nobodyMayGrant
  case tooManyGrants
  case outOfScope(String)
  case verbMissing(String, Grant.Verb)
  case selfGranted(String)
  case circle(String)
  case chainTooLong(String)
  /// The link may not be passed on so often.
  case depthUsedUp(String)
  /// Whoever gave it holds no right of their own to give it.
  case orphaned(String, grantor: String)
  /// The policy lets nobody grant this path.
  case pathNotGrantable(String)
  /// It runs longer than the policy allows, or without an end where one is asked for.
  case tooLong(String)
  case flawed(String, GrantFlaw)
  case notYet(String, from: Instant)
  case revoked(String, on: Instant)
  case expired(String, at: Instant)

  /// The grant that failed, where one did.
  public var grant: String? {
    switch self {
    case .noGrant, .nobodyMayGrant, .tooManyGrants: nil
    case .outOfScope(let id), .verbMissing(let id, _), .selfGranted(let id), .circle(let id),
      .chainTooLong(let id), .depthUsedUp(let id), .orphaned(let id, _), .pathNotGrantable(let id),
      .tooLong(let id), .flawed(let id, _), .notYet(let id, _), .revoked(let id, _), .expired(let id, _):
      id
    }
  }
}

extension GrantMiss: Comparable {
  /// By how near it came to holding.
  public static func < (left: GrantMiss, right: GrantMiss) -> Bool { left.nearness < right.nearness }

  private var nearness: Int {
    switch self {
    case .noGrant: 0
    case .nobodyMayGrant: 1
    case .tooManyGrants: 2
    case .outOfScope: 3
    case .verbMissing: 4
    case .selfGranted: 5
    case .circle: 6
    case .chainTooLong: 7
    case .depthUsedUp: 8
    case .orphaned: 9
    case .pathNotGrantable: 10
    case .tooLong: 11
    case .flawed: 12
    case .notYet: 13
    case .revoked: 14
    case .expired: 15
    }
  }
}

/// What the history of a policy says against a grant.
public enum GrantFlaw: String, Hashable, Sendable, CaseIterable {
  /// Nobody who may grant it wrote or approved the commit that brought it.
  case broughtByNobodyEntitled = "brought-by-nobody-entitled"
  /// An earlier grant of the same id had been taken away.
  case idReused = "id-reused"
}
