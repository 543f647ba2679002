public import Facts

/// What the history of a policy says of the grants in each of its versions.
///
/// A change of policy never authorises itself: a grant counts only when somebody entitled under the version *before*
/// wrote, approved or landed the commit that brought it, or changed it. The first version is taken on trust, as there
/// is nothing before it; a policy from outside Git has no history to hold against it.
public struct GrantHistory: Sendable {
  /// Flaws by the place of the version, then by grant id.
  private let flaws: [[String: GrantFlaw]]

  /// `contributors` names the people behind a commit of the branch: authors, those who approved, who landed it.
  public init(_ policies: PolicyHistory, contributors: (ObjectName) -> [PersonKey]) {
    var flaws: [[String: GrantFlaw]] = []
    var taken: Set<String> = []
    var standing: [String: Grant] = [:]
    for (place, version) in policies.versions.enumerated() {
      var found: [String: GrantFlaw] = [:]
      let grants = version.policy.grants
      for grant in grants {
        if standing[grant.id] == grant {
          // Unchanged: what was said of it before still holds.
          found[grant.id] = flaws.last?[grant.id]
        } else if taken.contains(grant.id) {
          found[grant.id] = .idReused
        } else if place > 0, let commit = version.commit {
          let before = GrantChains(policies.versions[place - 1].policy, flaws: flaws[place - 1])
          let isEntitled = contributors(commit).contains { person in
            before.mayBring(grant, person, at: version.from)
          }
          if !isEntitled { found[grant.id] = .broughtByNobodyEntitled }
        }
      }
      let present = Set(grants.map(\.id))
      taken.formUnion(standing.keys.filter { !present.contains($0) })
      standing = Dictionary(grants.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      flaws.append(found)
    }
    self.flaws = flaws
  }

  /// Whether any grant of any version came with a commit behind which nobody entitled is known to stand.
  public var hasUnentitled: Bool {
    flaws.contains { $0.values.contains(.broughtByNobodyEntitled) }
  }

  /// The same for one version.
  public func isUnentitled(inVersion place: Int) -> Bool {
    flaws(inVersion: place).values.contains(.broughtByNobodyEntitled)
  }

  /// What is said against the grants of one version, by id.
  public func flaws(inVersion place: Int) -> [String: GrantFlaw] {
    flaws.indices.contains(place) ? flaws[place] : [:]
  }
}

extension GrantChains {
  /// Whether somebody may bring a grant to the branch under this policy: whoever may grant of their own right, or its
  /// grantor, while holding something that may be passed on.
  ///
  /// How much of the grant then counts is a question of its chain, each time it is used.
  public func mayBring(_ grant: Grant, _ key: PersonKey, at moment: Instant) -> Bool {
    guard case .handle(let handle) = key else { return false }
    let holder = Holder(handle: handle, teams: teams(of: handle, at: moment))
    if mayGrant(holder) || mayBringAutomatic(grant, handle) { return true }
    return handle == grant.grantedBy
      && grants(of: holder).contains { upper in
        upper.verbs.contains(.delegate) && standing(of: upper, at: moment).right != nil
      }
  }
}
