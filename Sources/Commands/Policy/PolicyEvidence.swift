internal import Facts
internal import Harvest
internal import Rules

/// What a year of history tells about who looks after repositories, who else writes, and where.
struct PolicyEvidence {
  /// One person outside of any roster.
  struct Person {
    var key: PersonKey
    var name: String
    /// The canonical address; empty where none is known.
    var email: String
    /// Contributions of others that the person landed, where they are many enough to make a host.
    var landings = 0
    /// Contributions that the person wrote or helped to write.
    var contributions = 0
    var newest: Instant?
  }

  /// A top-level folder of a repository.
  struct Folder {
    var repository: String
    var name: String
    /// Landed contributions that touch it.
    var contributions: Int
  }

  struct Source {
    var repository: String
    /// Full name.
    var branch: String
    var newestCommit: Instant?
  }

  /// What a repository's own ownership files say.
  struct Owned {
    var repository: String
    var ownership: Ownership
    /// Those of its people who are met in history.
    var people: [Owner.Name: PersonKey]
  }

  let asOf: Instant
  private(set) var owned: [Owned] = []
  private(set) var sources: [Source] = []
  private(set) var folders: [Folder] = []
  private var people: [PersonKey: Person] = [:]
  private var machines: Set<PersonKey> = []

  init(asOf: Instant) { self.asOf = asOf }

  /// Hosts, those who landed most first.
  var hosts: [Person] {
    people.values.filter { $0.landings > 0 }.sorted { ($1.landings, $0.key) < ($0.landings, $1.key) }
  }

  /// Everybody else who wrote something, those who wrote most first.
  var guests: [Person] {
    people.values.filter { $0.landings == 0 && $0.contributions > 0 }.sorted {
      ($1.contributions, $0.key) < ($0.contributions, $1.key)
    }
  }

  /// Service accounts, in the order of their keys.
  var bots: [PersonKey] { machines.sorted() }

  /// Adds what one repository tells, without regard to a roster it may have.
  mutating func add(_ harvested: Harvested, _ ownership: Ownership?, repository: String) {
    sources.append(
      Source(repository: repository, branch: harvested.branch, newestCommit: harvested.newestCommit))
    let directory = Directory(seen: harvested.recorded, mailmap: harvested.mailmap)
    let found = People(harvested.recorded.identities, directory: directory)
    let contributions = Joining { found.id(of: $0) ?? PersonID(index: 0) }.join(harvested.traces)
    if let ownership {
      add(ownership, OwnerLookup(found, identities: harvested.recorded.identities), found, repository)
    }
    machines.formUnion(found.bots.map { found[$0].key })
    for (id, count) in HostInference(contributions, bots: found.bots, asOf: asOf).landings {
      update(found[id]) { $0.landings += count }
    }
    let start = asOf.advanced(by: -HostInference.days * 86_400)
    var touched: [String: Int] = [:]
    for contribution in contributions {
      let time = contribution.landing?.at ?? contribution.latestActivity ?? contribution.earliestOpening
      guard let time, time > start, time <= asOf else { continue }
      let authors = Set(([contribution.author].compactMap { $0 } + contribution.coauthors))
      for author in authors.subtracting(found.bots) {
        update(found[author]) { person in
          person.contributions += 1
          person.newest = max(person.newest ?? time, time)
        }
      }
      guard contribution.landing != nil else { continue }
      for folder in topFolders(of: contribution, harvested.paths) { touched[folder, default: 0] += 1 }
    }
    folders += touched.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Folder(repository: repository, name: $0.key, contributions: $0.value) }
  }

  private mutating func add(
    _ ownership: Ownership, _ lookup: OwnerLookup, _ found: People, _ repository: String
  ) {
    var people: [Owner.Name: PersonKey] = [:]
    for owner in ownership.parts().parts.flatMap(\.owners) where people[owner.name] == nil {
      guard let id = lookup.person(owner.name) else { continue }
      people[owner.name] = found[id].key
      update(found[id]) { _ in }
    }
    owned.append(Owned(repository: repository, ownership: ownership, people: people))
  }

  /// Somebody met in history.
  func person(_ key: PersonKey) -> Person? { people[key] }

  private mutating func update(_ person: People.Person, _ change: (inout Person) -> Void) {
    var entry =
      people[person.key] ?? Person(key: person.key, name: person.name, email: person.email)
    if entry.email.isEmpty { entry.email = person.email }
    change(&entry)
    people[person.key] = entry
  }

  private func topFolders(of contribution: Contribution, _ paths: [String]) -> Set<String> {
    var found: Set<String> = []
    for index in contribution.paths ?? [] where paths.indices.contains(Int(index)) {
      let path = paths[Int(index)]
      if let slash = path.firstIndex(of: "/") { found.insert(String(path[..<slash])) }
    }
    return found
  }
}
