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

  /// The change that a right is to be used on, as far as grants are limited by it.
  public struct Change: Hashable, Sendable {
    /// Full name of the target branch; nil where it is not known.
    public var branch: String?
    public var pathCount: Int
    public var kind: ChangeKind

    public init(branch: String?, pathCount: Int, kind: ChangeKind) {
      self.branch = branch
      self.pathCount = pathCount
      self.kind = kind
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

  let policy: Policy
  let flaws: [String: GrantFlaw]
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

  /// The ids of every grant on which a right of some people can rest: theirs, their teams', and those above.
  public func lineage(of handles: Set<String>) -> Set<String> {
    guard let roster = policy.roster else { return [] }
    var found: Set<String> = []
    var asked: Set<String> = []
    var waiting = handles.sorted()
    while let handle = waiting.popLast() {
      guard asked.insert(handle).inserted else { continue }
      let teams = Set(
        (roster.person(handle: handle)?.memberships.map(\.team) ?? []) + roster.domains.map(\.team))
      for grant in (byPerson[handle] ?? []) + teams.flatMap({ byTeam[$0] ?? [] }) {
        found.insert(grant.id)
        if let grantor = grant.grantedBy { waiting.append(grantor) }
      }
    }
    return found
  }

  /// Whether somebody held the right to do something to a path at a moment, as part of a change where one is given.
  public func right(
    of holder: Holder, to verb: Grant.Verb, on path: [UInt8], in change: Change? = nil, at moment: Instant
  ) -> Answer {
    guard policy.delegation.granting != nil else { return .missed(.nobodyMayGrant) }
    guard !isOverLimit else { return .missed(.tooManyGrants) }
    var nearest = GrantMiss.noGrant
    for grant in grants(of: holder) {
      if grant.grantedBy == holder.handle {
        nearest = max(nearest, .selfGranted(grant.id))
        continue
      }
      var visited: Set<String> = []
      let question = Question(verb: verb, path: path, change: change, moment: moment)
      switch chain(through: grant, question, 0, &visited) {
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
    return chain(through: grant, Question(moment: moment), 0, &visited)
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
    var change: Change?
    var moment: Instant
  }

  /// The chain that ends in this grant; `below` counts the links that pass its right on.
  private func chain(
    through grant: Grant, _ question: Question, _ below: Int, _ visited: inout Set<String>
  ) -> Answer {
    guard visited.insert(grant.id).inserted else { return .missed(.circle(grant.id)) }
    guard visited.count <= Self.chainLimit else { return .missed(.chainTooLong(grant.id)) }
    if let miss = miss(of: grant, question, below) { return .missed(miss) }
    guard case .person(let giver) = grant.giver else {
      return automaticMiss(of: grant, question, below).map { .missed($0) } ?? .held(Right(chain: [grant]))
    }
    if mayGrant(giver, question) {
      return ruleMiss(of: grant, question).map { .missed($0) } ?? .held(Right(chain: [grant]))
    }
    let grantor = Holder(handle: giver, teams: teams(of: giver, at: question.moment))
    var nearest: GrantMiss?
    for upper in grants(of: grantor) where upper.grantedBy != grantor.handle {
      switch chain(through: upper, question, below + 1, &visited) {
      case .held(let right): return .held(Right(chain: right.chain + [grant]))
      case .missed(let miss): nearest = nearest.map { max($0, miss) } ?? miss
      }
    }
    return .missed(nearest ?? .orphaned(grant.id, grantor: giver))
  }

  /// What is wrong with one link by itself.
  private func miss(of grant: Grant, _ question: Question, _ below: Int) -> GrantMiss? {
    if let path = question.path, !grant.paths.matches(path) { return .outOfScope(grant.id) }
    if let verb = question.verb, !grant.verbs.contains(verb) { return .verbMissing(grant.id, verb) }
    if let change = question.change, let miss = grant.miss(on: change) { return miss }
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

  /// What the policy's rules on automatic grants say against one.
  private func automaticMiss(of grant: Grant, _ question: Question, _ below: Int) -> GrantMiss? {
    guard below == 0, let rule = automaticRule(for: grant, question.path) else {
      return .noAutomaticRule(grant.id)
    }
    if let change = question.change, let miss = rule.limits.miss(on: change, of: grant.id) { return miss }
    guard let from = grant.period.from, let until = grant.period.until, until.since(from) <= rule.duration
    else { return .tooLong(grant.id) }
    let others = policy.grants.filter {
      $0.giver == grant.giver && $0.period.contains(question.moment)
        && automaticRule(for: $0, question.path) == rule
    }
    let earlier = others.count { $0.precedes(grant) }
    return earlier < rule.most ? nil : .overCap(grant.id)
  }

  private func automaticRule(for grant: Grant, _ path: [UInt8]?) -> DelegationPolicy.AutomaticGrant? {
    policy.delegation.automatic.first { rule in
      grant.giver == .ladder(rule.ladder) && grant.verbs.isSubset(of: rule.verbs)
        && path.map(rule.paths.matches) != false
    }
  }

  /// Whether somebody is named as one who may bring grants of a ladder to the branch.
  func mayBringAutomatic(_ grant: Grant, _ handle: String) -> Bool {
    policy.delegation.automatic.contains { grant.giver == .ladder($0.ladder) && $0.by.contains(handle) }
  }

  /// Whether somebody may grant of their own right: a member of the granting teams, or of the path's host team, or
  /// one who left it less than the policy's grace ago.
  private func mayGrant(_ handle: String, _ question: Question) -> Bool {
    let grace = policy.delegation.granting?.grace ?? 0
    var teams = teams(of: handle, at: question.moment)
    if grace > 0, let person = policy.roster?.person(handle: handle) {
      teams += person.memberships.filter { $0.period.ended(within: grace, of: question.moment) }.map(\.team)
    }
    return mayGrant(Holder(handle: handle, teams: teams), on: question.path)
  }

  /// The same for a holder; without a path, of any host team.
  func mayGrant(_ holder: Holder, on path: [UInt8]? = nil) -> Bool {
    guard let granting = policy.delegation.granting else { return false }
    let hosts = path.map { policy.hostTeams(of: $0) } ?? policy.allHosts
    return !Set(granting.teams.isEmpty ? hosts : granting.teams).isDisjoint(with: holder.teams)
  }

  func teams(of handle: String, at moment: Instant) -> [String] {
    guard let roster = policy.roster, let person = roster.person(handle: handle) else { return [] }
    return roster.teams(of: person, at: moment)
  }
}

extension Grant {
  /// What its limits say against a change.
  fileprivate func miss(on change: GrantChains.Change) -> GrantMiss? {
    if let branch = change.branch, !branches.matches(branch) { return .branchNotGranted(id) }
    return limits.miss(on: change, of: id)
  }

  /// The order in which grants of one rule count against its cap.
  fileprivate func precedes(_ other: Grant) -> Bool {
    let (own, theirs) = (period.from ?? Instant(seconds: .min), other.period.from ?? Instant(seconds: .min))
    return own == theirs ? id < other.id : own < theirs
  }
}

extension Grant.Limits {
  fileprivate func miss(on change: GrantChains.Change, of grant: String) -> GrantMiss? {
    if let paths, change.pathCount > paths { return .tooManyPaths(grant, limit: paths) }
    if let kinds, !kinds.contains(change.kind) { return .kindNotGranted(grant, change.kind) }
    return nil
  }
}

extension Period {
  /// Whether it ended not longer before a moment than so many seconds.
  fileprivate func ended(within seconds: Int64, of moment: Instant) -> Bool {
    guard let until, until <= moment else { return false }
    return moment.since(until) < seconds
  }
}
