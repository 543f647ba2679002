internal import Facts
internal import Git
internal import Harvest
internal import Rules

/// Whom ownership files name for the paths of a branch, in handles of the roster.
struct OwnedPaths {
  private let scene: DelegationScene
  private let world: World

  /// More paths than this are not looked at.
  private static let limit = 20_000

  init(_ scene: DelegationScene, _ world: World) {
    self.scene = scene
    self.world = world
  }

  /// Every path at the tips; nil where the policy reads no ownership files, or there are too many paths.
  func all(_ places: [String]) throws -> [DelegationAudit.OwnedPath]? {
    let reading = scene.policy.ownershipReading
    guard reading != .none, let roster = scene.policy.roster else { return nil }
    var found: [DelegationAudit.OwnedPath] = []
    for (place, repository) in zip(places, scene.repositories) {
      guard let tip = repository.harvested.tip else { continue }
      let opened = try world.openRepository(place)
      guard var tree = try PathsAtCommit(opened, commit: tip) else { return nil }
      let paths = try tree.list(limit: Self.limit + 1, mayHold: { _ in true }, wanted: { _ in true })
      guard paths.count <= Self.limit else { return nil }
      let people = roster.people.filter { !$0.isBot }.map { person in
        ReviewerChoice.Candidate(
          key: .handle(person.handle), name: person.name,
          teams: roster.teams(of: person, at: scene.asOf))
      }
      let owners = try OwnersAtTip(scene, repository, opened).owners(of: paths, among: people)
      found += paths.map { path in
        DelegationAudit.OwnedPath(
          path: path, repository: repository.name,
          owners: Set((owners[path] ?? [:]).keys.map { people[$0].key.description }))
      }
    }
    return found
  }
}

/// Reads the ownership files at the tip of a branch.
struct OwnersAtTip {
  private let scene: DelegationScene
  private let repository: RepositoryAnalysis
  private let opened: Repository

  init(_ scene: DelegationScene, _ repository: RepositoryAnalysis, _ opened: Repository) {
    self.scene = scene
    self.repository = repository
    self.opened = opened
  }

  /// For each path whom the files make its owners, by number among the candidates; none where there are no files.
  func owners(
    of paths: [String], among candidates: [ReviewerChoice.Candidate]
  ) throws -> [String: [Int: OwnershipPlace]] {
    let reading = scene.policy.ownershipReading
    guard reading != .none, let newest = repository.harvested.ownership.newest else { return [:] }
    let gathering = OwnershipGathering(opened, repository.harvested, names: paths)
    guard let ownership = try gathering.read(newest, reading, 0..<Int32(clamping: paths.count)),
      !ownership.isUnreadable
    else { return [:] }
    let finder = OwnerFinder(scene, repository, candidates)
    var found: [String: [Int: OwnershipPlace]] = [:]
    for path in paths { found[path] = finder.numbers(of: ownership.owners(of: path).owners) }
    return found
  }
}

/// Finds candidates by how ownership files name them.
struct OwnerFinder {
  private let lookup: OwnerLookup
  private let people: People
  private let numbers: [PersonKey: Int]
  private let candidates: [ReviewerChoice.Candidate]
  private let roster: Roster?

  init(
    _ scene: DelegationScene, _ repository: RepositoryAnalysis, _ candidates: [ReviewerChoice.Candidate]
  ) {
    lookup = OwnerLookup(repository.people, identities: repository.harvested.recorded.identities)
    people = repository.people
    self.candidates = candidates
    roster = scene.policy.roster
    numbers = Dictionary(candidates.enumerated().map { ($1.key, $0) }) { first, _ in first }
  }

  func numbers(of owners: [Owner]) -> [Int: OwnershipPlace] {
    var found: [Int: OwnershipPlace] = [:]
    for owner in owners {
      for number in numbers(of: owner.name) where found[number] == nil { found[number] = owner.place }
    }
    return found
  }

  private func numbers(of name: Owner.Name) -> [Int] {
    switch name {
    case .everyone: Array(candidates.indices)
    case .role: []
    case .address(_, let email): person(name) ?? roster(email)
    case .login(let login): person(name) ?? roster(login)
    case .team(let team): members(of: team)
    }
  }

  private func person(_ name: Owner.Name) -> [Int]? {
    lookup.person(name).flatMap { numbers[people[$0].key] }.map { [$0] }
  }

  /// Somebody who is in the roster and has done nothing here yet.
  private func roster(_ word: String) -> [Int] {
    let person = roster?.resolve(Identity(name: "", email: word))
    return [person.flatMap { numbers[.handle($0.handle)] }].compactMap { $0 }
  }

  private func members(of name: String) -> [Int] {
    guard let last = name.split(separator: "/").last else { return [] }
    let wanted = Address(String(last))
    let team = roster?.team(String(last)) ?? roster?.teams.first { Address($0.id) == wanted }
    guard let team else { return [] }
    return candidates.indices.filter { candidates[$0].teams.contains(team.id) }
  }
}
