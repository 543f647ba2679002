public import Facts

/// What ownership files say of the paths that contributions touch, each at the base of its contribution.
///
/// Gathered before anything is judged, so that judging needs no repository.
public struct OwnershipRecord: Sendable {
  /// Which files of which commit answered, by which rules.
  public struct Source: Hashable, Sendable {
    public var commit: ObjectName
    public var format: OwnershipFormat
    public var flavour: Ownership.Flavour
    public var basis: Ownership.Basis
    public var files: [String]
  }

  /// One version of the files, read in one way.
  private struct Key: Hashable {
    var version: Int
    var reading: OwnershipReading
  }

  private struct Answers {
    var source: Source
    /// Numbers in `sets` by path.
    var sets: [Int32: Int] = [:]
  }

  public let moments: OwnershipMoments
  private var answers: [Key: Answers] = [:]
  private var sets: [PathOwners] = []
  private var people: [Owner.Name: PersonID] = [:]
  /// Everybody's name by what files call them, as far as anybody here is meant.
  private let lookup: OwnerLookup

  /// Takes when the files changed, and everybody who may be meant by a name in them.
  public init(_ moments: OwnershipMoments = OwnershipMoments(), _ lookup: OwnerLookup = OwnerLookup()) {
    self.moments = moments
    self.lookup = lookup
  }

  /// Adds what one version says of some paths, given by their numbers in the repository's path table.
  public mutating func add(
    _ ownership: Ownership, version: Int, _ reading: OwnershipReading, paths: some Sequence<Int32>,
    names: [String]
  ) {
    var found = Answers(
      source: Source(
        commit: ownership.commit, format: ownership.format, flavour: ownership.flavour,
        basis: ownership.basis, files: ownership.files))
    var known: [PathOwners: Int] = [:]
    for path in paths where names.indices.contains(Int(path)) {
      let owners = ownership.owners(of: names[Int(path)])
      if let number = known[owners] {
        found.sets[path] = number
        continue
      }
      for owner in owners.groups.flatMap(\.owners) where people[owner.name] == nil {
        people[owner.name] = lookup.person(owner.name)
      }
      known[owners] = sets.count
      found.sets[path] = sets.count
      sets.append(owners)
    }
    answers[Key(version: version, reading: reading)] = found
  }

  /// The number of the version on which a contribution is based; for one that has not landed the newest.
  public func base(of contribution: Contribution) -> Int? {
    guard let landing = contribution.landing else { return moments.newest }
    return moments.base(ofLanding: landing.commit, at: landing.at)
  }

  /// What was read for a contribution; nil when there were no such files.
  public func source(of contribution: Contribution, _ reading: OwnershipReading) -> Source? {
    base(of: contribution).flatMap { answers[Key(version: $0, reading: reading)]?.source }
  }

  /// What was read at the tip of the branch.
  public func newest(_ reading: OwnershipReading) -> Source? {
    moments.newest.flatMap { answers[Key(version: $0, reading: reading)]?.source }
  }

  /// Who owned a path at the base of a contribution; nil when no file can tell.
  func owners(ofPath path: Int32, _ contribution: Contribution, _ reading: OwnershipReading) -> PathOwners? {
    guard let base = base(of: contribution), let found = answers[Key(version: base, reading: reading)] else {
      return nil
    }
    return found.sets[path].map { sets[$0] }
  }

  /// The person that a name means, if it is somebody met in the repository.
  func person(_ name: Owner.Name) -> PersonID? { people[name] }

  /// Whether nothing was read at all.
  var isEmpty: Bool { answers.isEmpty }
}

/// Finds the people whom ownership files name among those met in a repository.
///
/// An address is the person who used it, a login whoever `Directory` takes for its owner.
public struct OwnerLookup: Sendable {
  private var keys: [PersonKey: PersonID] = [:]
  /// People by address; nil for an address that two people used.
  private var addresses: [Address: PersonID?] = [:]
  private let directory: Directory?

  /// Nobody is known.
  public init() { directory = nil }

  /// Takes everybody met, with all identities under which they were.
  public init(_ people: People, identities: some Sequence<Identity>) {
    directory = people.directory
    for (number, person) in people.persons.enumerated() {
      keys[person.key] = PersonID(index: Int32(truncatingIfNeeded: number))
    }
    for identity in identities where !identity.email.isEmpty {
      guard let id = people.id(of: identity) else { continue }
      if let known = addresses[identity.address], known != id {
        addresses[identity.address] = .some(nil)
      } else {
        addresses[identity.address] = id
      }
    }
  }

  /// The person that a name means, if it is somebody met in the repository.
  public func person(_ name: Owner.Name) -> PersonID? {
    guard let directory else { return nil }
    switch name {
    case .address(let name, let email):
      if let known = addresses[Address(email)] { return known }
      return keys[directory.key(of: Identity(name: name, email: email))]
    case .login(let login): return keys[directory.key(of: Identity(name: "", email: login))]
    case .team, .role, .everyone: return nil
    }
  }
}
