public import Facts

/// A right as a whole: everything that one chain of grants, or a place in a host team, gives somebody at a moment.
///
/// `GrantChains.right` answers for one path; this answers for all of them at once, so that what somebody holds can be
/// compared with what they want to give away.
public struct HeldRight: Hashable, Sendable {
  /// Ids of the grants that it rests on, the first granter's at the front; empty for a right of one's own.
  public var chain: [String]
  public var verbs: Set<Grant.Verb>
  public var paths: PathRegion
  /// Full names of branches; each of the lists must take a branch in.
  public var branches: [PathList]
  public var limits: Grant.Limits
  /// When it ends by what is known now; nil for never.
  public var until: Instant?
  /// How often it may be passed on.
  public var depth: Int

  /// What a grant of this right still gives: the intersection of both (as in SPKI, RFC 2693).
  func narrowed(by grant: Grant) -> HeldRight {
    HeldRight(
      chain: chain + [grant.id], verbs: verbs.intersection(grant.verbs),
      paths: .all([paths, .list(grant.paths)]), branches: branches + [grant.branches],
      limits: limits.narrowed(by: grant.limits),
      until: [until, grant.period.until, grant.revokedOn].compactMap { $0 }.min(),
      depth: min(depth, grant.depth))
  }
}

extension Grant.Limits {
  /// What both allow.
  func narrowed(by other: Grant.Limits) -> Grant.Limits {
    Grant.Limits(
      paths: [paths, other.paths].compactMap { $0 }.min(),
      kinds: kinds.map { own in other.kinds.map(own.intersection) ?? own } ?? other.kinds)
  }

  /// Whether these allow nothing that others do not.
  func isInside(_ other: Grant.Limits) -> Bool {
    if let most = other.paths { guard let paths, paths <= most else { return false } }
    if let all = other.kinds { guard let kinds, kinds.isSubset(of: all) else { return false } }
    return true
  }
}

extension GrantChains {
  /// More rights than this are not put together for one question.
  static let rightLimit = 1_000

  /// Everything that somebody holds by grant at a moment.
  public func heldRights(of holder: Holder, at moment: Instant) -> [HeldRight] {
    var budget = Self.rightLimit
    return heldRights(of: holder, at: moment, under: [], &budget)
  }

  /// Everything that somebody may give to others at a moment; `depth` then is that of a grant they make.
  ///
  /// `without` names a grant that is left out of account, such as the one in question.
  public func grantingRights(
    of handle: String, at moment: Instant, without left: String? = nil
  ) -> [HeldRight] {
    var budget = Self.rightLimit
    return grantingRights(of: handle, at: moment, under: left.map { [$0] } ?? [], &budget)
  }

  /// The paths that somebody may approve as a member of a host team.
  public func hostedPaths(_ teams: [String]) -> PathRegion {
    let components = policy.platform.components
    var parts = components.filter { teams.contains($0.host) }.map { PathRegion.list($0.paths) }
    if policy.roster?.hostTeams.contains(where: { teams.contains($0.id) }) ?? false {
      parts.append(.except(.any(components.map { .list($0.paths) })))
    }
    return .any(parts)
  }

  private func heldRights(
    of holder: Holder, at moment: Instant, under visited: Set<String>, _ budget: inout Int
  ) -> [HeldRight] {
    guard policy.delegation.granting != nil, policy.grants.count <= Self.grantLimit,
      visited.count < Self.chainLimit
    else { return [] }
    var found: [HeldRight] = []
    for grant in grants(of: holder) where !visited.contains(grant.id) && grant.isInForce(at: moment) {
      guard grant.grantedBy != holder.handle, flaws[grant.id] == nil else { continue }
      let above: [HeldRight]
      switch grant.giver {
      case .person(let giver):
        above = grantingRights(of: giver, at: moment, under: visited.union([grant.id]), &budget)
      case .ladder: above = automaticRights(behind: grant, at: moment)
      }
      for right in above where budget > 0 {
        let narrowed = right.narrowed(by: grant)
        guard !narrowed.verbs.isEmpty else { continue }
        budget -= 1
        found.append(narrowed)
      }
    }
    return found
  }

  private func grantingRights(
    of handle: String, at moment: Instant, under visited: Set<String>, _ budget: inout Int
  ) -> [HeldRight] {
    let holder = Holder(handle: handle, teams: teams(of: handle, at: moment))
    let passed = heldRights(of: holder, at: moment, under: visited, &budget).compactMap { right in
      guard right.verbs.contains(.delegate), right.depth > 0 else { return nil as HeldRight? }
      var right = right
      right.depth -= 1
      return right
    }
    return ownRight(of: handle, at: moment).map { [$0] + passed } ?? passed
  }

  /// What somebody may give of their own right, as a member of a granting or a host team, or shortly after.
  private func ownRight(of handle: String, at moment: Instant) -> HeldRight? {
    guard let granting = policy.delegation.granting else { return nil }
    let teams = grantingTeams(of: handle, at: moment)
    let wanted = granting.teams.isEmpty ? policy.allHosts : granting.teams
    let own = teams.keys.filter(wanted.contains).sorted()
    guard !own.isEmpty else { return nil }
    let reach: PathRegion = granting.teams.isEmpty ? hostedPaths(own) : .everything
    let isEndless = own.contains { teams[$0] == .some(nil) }
    return HeldRight(
      chain: [], verbs: Set(Grant.Verb.allCases), paths: .all([reach, .list(granting.paths)]), branches: [],
      limits: Grant.Limits(), until: isEndless ? nil : own.compactMap { teams[$0] ?? nil }.max(),
      depth: granting.maxDepth)
  }

  /// Teams of somebody that let them grant, each with the moment at which that ends; nil for never.
  private func grantingTeams(of handle: String, at moment: Instant) -> [String: Instant?] {
    guard let roster = policy.roster, let person = roster.person(handle: handle) else { return [:] }
    let grace = policy.delegation.granting?.grace ?? 0
    var teams: [String: Instant?] = [:]
    for team in roster.teams(of: person, at: moment) { teams[team] = .some(nil) }
    for membership in person.memberships {
      guard let end = membership.period.until else { continue }
      let last = end.advanced(by: grace)
      let counts = membership.period.contains(moment) || (end <= moment && moment < last)
      // Whoever comes by two memberships stays until the later one ends.
      guard counts, !person.isEndlessly(in: membership.team, from: moment) else { continue }
      teams[membership.team] = .some(max((teams[membership.team] ?? nil) ?? last, last))
    }
    return teams
  }

  /// What the rules on automatic grants let a ladder give by a grant of its own.
  private func automaticRights(behind grant: Grant, at moment: Instant) -> [HeldRight] {
    guard standing(of: grant, at: moment).right != nil else { return [] }
    return policy.delegation.automatic.filter {
      grant.giver == .ladder($0.ladder) && grant.verbs.isSubset(of: $0.verbs)
    }.map { rule in
      HeldRight(
        chain: [], verbs: rule.verbs, paths: .list(rule.paths), branches: [], limits: rule.limits,
        until: grant.period.from?.advanced(by: rule.duration), depth: 0)
    }
  }
}

extension Grant {
  /// Whether its own dates let it hold at a moment.
  public func isInForce(at moment: Instant) -> Bool {
    period.contains(moment) && revokedOn.map { moment < $0 } ?? true
  }

  /// When its own dates end it; nil for never.
  public var end: Instant? { [period.until, revokedOn].compactMap { $0 }.min() }
}

extension Policy {
  /// Every team that hosts anything.
  var allHosts: [String] { platform.hosts + (roster?.hostTeams.map(\.id) ?? []) }
}

extension Roster.Person {
  /// Whether a membership of a team that covers a moment never ends.
  fileprivate func isEndlessly(in team: String, from moment: Instant) -> Bool {
    memberships.contains { $0.team == team && $0.period.contains(moment) && $0.period.until == nil }
  }
}
