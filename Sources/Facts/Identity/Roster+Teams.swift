extension Roster {
  /// The teams a listed person is in at a moment, in the order of the memberships.
  ///
  /// Memberships in force win. Where none is in force, the domains of the person's addresses speak, except
  /// for a team with which the person has a dated membership: whoever left a team by the list is not brought
  /// back by a domain.
  public func teams(of person: Person, at moment: Instant) -> [String] {
    var inForce: [String] = []
    for membership in person.memberships where membership.period.contains(moment) {
      if !inForce.contains(membership.team) { inForce.append(membership.team) }
    }
    guard inForce.isEmpty else { return inForce }
    let stated = Set(person.memberships.map(\.team))
    var claimed: Set<String> = []
    for email in person.emails { claimed.formUnion(teams(claiming: Address(email), at: moment)) }
    return claimed.subtracting(stated).sorted()
  }

  /// The teams that claim an address by its domain at a moment, sorted by id.
  ///
  /// The most specific claim in force wins: a domain without wildcard before a glob, and of two globs the one
  /// with more literal characters. Equally specific claims all count.
  public func teams(claiming address: Address, at moment: Instant) -> [String] {
    guard !domains.isEmpty, let domain = address.domain else { return [] }
    let candidate = Address(domain)
    let inForce = domains.filter { $0.period.contains(moment) && $0.pattern.matches(candidate) }
    guard let best = inForce.map(Self.specificity).max() else { return [] }
    return Set(inForce.filter { Self.specificity($0) == best }.map(\.team)).sorted()
  }

  /// The teams of whoever a record names, at a moment; empty for somebody the roster does not know.
  public func teams(of identity: Identity, at moment: Instant) -> [String] {
    if let person = resolve(identity) { return teams(of: person, at: moment) }
    return teams(claiming: identity.address, at: moment)
  }

  /// The teams behind a key, at a moment: a person's by handle, otherwise by the address's domain.
  public func teams(of key: PersonKey, at moment: Instant) -> [String] {
    switch key {
    case .handle(let handle): person(handle: handle).map { teams(of: $0, at: moment) } ?? []
    case .address(let address): teams(claiming: address, at: moment)
    case .nameOnly: []
    }
  }

  /// A team and everything above it, nearest first; empty for a team that is not listed.
  public func lineage(of id: String) -> [String] {
    var line: [String] = []
    var seen: Set<String> = []
    var next = team(id)
    while let current = next, seen.insert(current.id).inserted {
      line.append(current.id)
      next = current.parent.flatMap { team($0) }
    }
    return line
  }

  /// How far apart two teams are: 0 for the same team, otherwise the steps up to the nearest common ancestor.
  ///
  /// The larger of the two climbs counts, so that the distance is the same from both sides. Nil when the
  /// teams have no ancestor in common.
  public func contributionDistance(from one: String, to other: String) -> Int? {
    let above = lineage(of: one)
    let climbs = Dictionary(uniqueKeysWithValues: zip(lineage(of: other), 0...))
    for (steps, ancestor) in above.enumerated() {
      if let climb = climbs[ancestor] { return max(steps, climb) }
    }
    return nil
  }

  /// The least distance between any team of the one side and any of the other.
  public func contributionDistance(from ones: [String], to others: [String]) -> Int? {
    var least: Int?
    for one in ones {
      for other in others {
        guard let distance = contributionDistance(from: one, to: other) else { continue }
        least = min(least ?? distance, distance)
      }
    }
    return least
  }

  private static func specificity(_ claim: DomainClaim) -> Int {
    claim.pattern.isGlob ? claim.pattern.literalCount : .max
  }
}
