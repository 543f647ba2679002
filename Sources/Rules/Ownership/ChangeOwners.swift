public import Facts

/// Who may speak for a change by the ownership files at its base.
public struct ChangeOwners: Hashable, Sendable {
  /// Somebody named, and who that is here.
  public struct Candidate: Hashable, Sendable {
    public var owner: Owner
    /// Nil for a team, a role, and for somebody who is not met in this repository.
    public var person: PersonID?
    /// The roster's team of that name.
    public var team: String?
    /// Wrote part of the change, or is a machine: does not speak for it.
    public var isExcluded: Bool
  }

  /// Owners of whom so many have to agree, with the number of touched paths that they are for.
  public struct Group: Hashable, Sendable {
    public var section: String?
    public var required: Int
    public var isOptional: Bool
    public var place: OwnershipPlace
    public var candidates: [Candidate]
    public var paths: Int
  }

  public var source: OwnershipRecord.Source
  /// In the order in which the paths meet them.
  public var groups: [Group]
  /// Touched paths that nobody owns.
  public var unowned: Int

  /// Everybody who may approve, each once, in order.
  public var approvers: [Candidate] {
    var seen = Set<Owner.Name>()
    return groups.flatMap(\.candidates).filter {
      $0.owner.part == .owner && !$0.isExcluded && seen.insert($0.owner.name).inserted
    }
  }
}

extension Assessor {
  /// The line that makes a person an owner of any of some paths of a contribution.
  ///
  /// `everyone` says whether a line that names everybody does.
  func ownerPlace(
    _ person: PersonID, of paths: some Sequence<Int32>, _ contribution: Contribution, _ policy: Policy,
    at moment: Instant, everyone: Bool
  ) -> OwnershipPlace? {
    guard !owners.isEmpty else { return nil }
    let reading = policy.ownershipReading
    for path in paths {
      guard let found = owners.owners(ofPath: path, contribution, reading) else { continue }
      for owner in found.groups.lazy.flatMap(\.owners) where owner.part == .owner {
        if isMeant(person, by: owner.name, policy, at: moment, everyone: everyone) { return owner.place }
      }
    }
    return nil
  }

  private func isMeant(
    _ person: PersonID, by name: Owner.Name, _ policy: Policy, at moment: Instant, everyone: Bool
  ) -> Bool {
    switch name {
    case .everyone: return everyone
    case .role: return false
    case .address, .login: return owners.person(name) == person
    case .team(let team):
      guard let id = Self.team(named: team, policy) else { return false }
      return teams(of: person, at: moment, policy).contains(id)
    }
  }

  /// The roster's team that a forge's team stands for: the same id as its last part, letters compared without case.
  private static func team(named name: String, _ policy: Policy) -> String? {
    guard let roster = policy.roster, let last = name.split(separator: "/").last else { return nil }
    let wanted = Address(String(last))
    return roster.team(String(last))?.id ?? roster.teams.first { Address($0.id) == wanted }?.id
  }

  /// Whether a file names anybody at all for any of the paths, who can be told from Git.
  func hasKnownOwners(_ contribution: Contribution, _ policy: Policy) -> Bool {
    guard !owners.isEmpty, let paths = contribution.paths else { return false }
    let reading = policy.ownershipReading
    return paths.contains { path in
      owners.owners(ofPath: path, contribution, reading)?.owners.contains {
        owners.person($0.name) != nil
      } ?? false
    }
  }

  /// Who may speak for a contribution by the files at its base, under the policy of a moment.
  ///
  /// Nil where the paths are not known, or no file is read.
  public func changeOwners(_ contribution: Contribution, at moment: Instant) -> ChangeOwners? {
    let policy = policies.inForce(at: moment).policy
    let reading = policy.ownershipReading
    guard let paths = contribution.paths, let source = owners.source(of: contribution, reading) else {
      return nil
    }
    var found = ChangeOwners(source: source, groups: [], unowned: 0)
    var places: [OwnerGroup: Int] = [:]
    for path in paths {
      let groups = owners.owners(ofPath: path, contribution, reading)?.groups ?? []
      if groups.allSatisfy({ $0.owners.isEmpty }) { found.unowned += 1 }
      for group in groups where !group.owners.isEmpty {
        if let place = places[group] {
          found.groups[place].paths += 1
          continue
        }
        places[group] = found.groups.count
        found.groups.append(
          ChangeOwners.Group(
            section: group.section, required: group.required, isOptional: group.isOptional,
            place: group.place, candidates: group.owners.map { candidate($0, contribution, policy) }, paths: 1
          ))
      }
    }
    return found
  }

  private func candidate(_ owner: Owner, _ contribution: Contribution, _ policy: Policy)
    -> ChangeOwners.Candidate
  {
    let person = owners.person(owner.name)
    var team: String?
    if case .team(let name) = owner.name { team = Self.team(named: name, policy) }
    let wroteIt = person.map { contribution.isAuthor($0) && !policy.delegation.selfApproval } ?? false
    let isMachine = person.map(people.bots.contains) ?? false
    return ChangeOwners.Candidate(
      owner: owner, person: person, team: team, isExcluded: wroteIt || isMachine)
  }
}
