public import Facts

/// Where a grant of a policy stands at a moment.
public struct GrantStatus: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable {
    case inForce = "in-force"
    case notYet = "not-yet"
    case expired
    case revoked
    /// Its dates would let it hold, and something else does not.
    case doesNotHold = "does-not-hold"
    /// No longer among the files of the policy.
    case removed
  }

  public var grant: Grant
  public var state: State
  /// Why it does not hold; nil for one that does, and for one that was removed.
  public var miss: GrantMiss?
  /// Ids from the first granter's grant down to this one; empty unless it holds.
  public var chain: [String]
  /// Who stands at the root of the chain; of one that does not hold, who gave it.
  public var root: Grant.Giver
  /// When it ends by what is known: its own end or that of a grant it rests on; nil for never.
  public var until: Instant?
  /// When the branch got it; nil where no history tells.
  public var arrived: Instant?

  init(
    grant: Grant, state: State, miss: GrantMiss?, chain: [String], root: Grant.Giver, until: Instant?,
    arrived: Instant?
  ) {
    self.grant = grant
    self.state = state
    self.miss = miss
    self.chain = chain
    self.root = root
    self.until = until
    self.arrived = arrived
  }

  /// A grant that is no longer among the files of the policy.
  public init(removed grant: Grant, arrived: Instant?) {
    self.init(
      grant: grant, state: .removed, miss: nil, chain: [], root: grant.giver, until: grant.end,
      arrived: arrived)
  }

  /// Whether nothing more will come of it.
  public var isOver: Bool { state == .expired || state == .revoked || state == .removed }
}

extension GrantChains {
  /// Where a grant of this policy stands.
  public func status(of grant: Grant, at moment: Instant, arrived: Instant? = nil) -> GrantStatus {
    var status = GrantStatus(
      grant: grant, state: .inForce, miss: nil, chain: [], root: grant.giver, until: grant.end,
      arrived: arrived)
    if let revoked = grant.revokedOn, moment >= revoked, grant.period.until.map({ revoked <= $0 }) ?? true {
      (status.state, status.miss) = (.revoked, .revoked(grant.id, on: revoked))
    } else if let until = grant.period.until, moment >= until {
      (status.state, status.miss) = (.expired, .expired(grant.id, at: until))
    } else if let revoked = grant.revokedOn, moment >= revoked {
      (status.state, status.miss) = (.revoked, .revoked(grant.id, on: revoked))
    } else {
      switch ownMiss(of: grant, at: moment) ?? standing(of: grant, at: moment) {
      case .held(let right):
        status.chain = right.chain.map(\.id)
        status.root = right.chain.first?.giver ?? grant.giver
        status.until = (right.chain.compactMap(\.end)).min()
      case .missed(.notYet(grant.id, let from)):
        (status.state, status.miss) = (.notYet, .notYet(grant.id, from: from))
      case .missed(let miss): (status.state, status.miss) = (.doesNotHold, miss)
      }
    }
    return status
  }

  /// A grant to the person who gives it, which `right` refuses before it looks at any chain.
  private func ownMiss(of grant: Grant, at moment: Instant) -> Answer? {
    guard case .person(let holder) = grant.grantee, grant.grantedBy == holder else { return nil }
    return .missed(.selfGranted(grant.id))
  }
}

extension PolicyHistory {
  /// For each grant that the policy in force at a moment or any version before it had: when the branch got it.
  ///
  /// The moment is that of the first version with the id. Empty for a policy from outside Git.
  public func arrivals(until moment: Instant) -> [String: Instant] {
    guard versions.contains(where: { $0.commit != nil }) else { return [:] }
    var arrivals: [String: Instant] = [:]
    for version in versions where version.from <= moment {
      for grant in version.policy.grants where arrivals[grant.id] == nil { arrivals[grant.id] = version.from }
    }
    return arrivals
  }

  /// Every grant that was taken out of the files by a moment, as it was last, sorted by id.
  public func removedGrants(at moment: Instant) -> [Grant] {
    var known: [String: Grant] = [:]
    for version in versions where version.from <= moment {
      for grant in version.policy.grants { known[grant.id] = grant }
    }
    for grant in inForce(at: moment).policy.grants { known[grant.id] = nil }
    return known.values.sorted { $0.id < $1.id }
  }

  /// Ids that any version ever used.
  public var grantIDs: Set<String> { Set(versions.flatMap { $0.policy.grants.map(\.id) }) }
}
