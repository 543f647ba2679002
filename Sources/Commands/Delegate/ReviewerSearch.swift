internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// Puts together who may approve, and what is known of them.
struct ReviewerSearch {
  private let scene: DelegationScene
  private let subject: ReviewersCommand.Subject
  private let repository: RepositoryAnalysis
  private let world: World

  init(_ scene: DelegationScene, _ subject: ReviewersCommand.Subject, _ world: World) {
    self.scene = scene
    self.subject = subject
    self.world = world
    repository = subject.repository
  }

  func report(_ header: ReportHeader) throws -> ReviewersReport {
    let candidates = candidates
    let book = scene.book()
    let loads = candidates.map { book.load(of: $0.key) }
    let question = ReviewerChoice.Question(
      paths: subject.paths, change: subject.change, contributors: subject.contributors,
      approved: subject.approved, asOf: scene.asOf, repository: repository.name)
    let owners = try owners(candidates)
    let choice = ReviewerChoice(
      question, scene.chains(at: scene.asOf), candidates, load: loads, owners: { owners[$0] ?? [:] })
    let lastActs = lastActs(book)
    let people = candidates.enumerated().map { number, candidate in
      ReviewersReport.Person(load: loads[number], lastAct: lastActs[candidate.key])
    }
    return ReviewersReport(
      header: header, repository: repository.name, subject: subject.kind, choice: choice, people: people,
      hours: choice.needs.map(hours))
  }

  /// Everybody in the roster, or without one whoever is met here; machines left out.
  private var candidates: [ReviewerChoice.Candidate] {
    guard let roster = scene.policy.roster else {
      return repository.people.persons.enumerated().filter { !$0.element.isBot }.map { number, person in
        let id = PersonID(index: Int32(clamping: number))
        return ReviewerChoice.Candidate(
          key: person.key, name: person.name, landings: repository.hosts.landings[id])
      }
    }
    let directory = repository.people.directory
    return roster.people.filter { !directory.isBot(.handle($0.handle)) }
      .map { person in
        ReviewerChoice.Candidate(
          key: .handle(person.handle), name: person.name,
          teams: roster.teams(of: person, at: scene.asOf).sorted())
      }.sorted { $0.key < $1.key }
  }

  /// The last act of everybody on the paths asked about.
  private func lastActs(_ book: DeedBook) -> [PersonKey: Instant] {
    let wanted = Set(subject.paths)
    var last: [PersonKey: Instant] = [:]
    for deed in book.deeds where book.paths(of: deed).contains(where: wanted.contains) {
      for author in deed.authors {
        for moment in [deed.opened, deed.landed].compactMap({ $0 }) {
          last[author] = max(last[author] ?? moment, moment)
        }
      }
      for (person, part) in deed.parts {
        if let moment = part.acts.max() { last[person] = max(last[person] ?? moment, moment) }
      }
    }
    return last
  }

  /// When there is work on the paths of a need, by the calendar of the first objective that a review of them has.
  private func hours(_ need: ReviewerChoice.Need) -> ReviewersReport.Hours? {
    let levels = scene.policy.serviceLevels
    let objective = levels.objectives.first { objective in
      let scope = objective.appliesTo.components
      let isReview = [.firstReview, .firstResponse, .eachResponse].contains(objective.clock)
      return isReview && (scope.isEmpty || !Set(scope).isDisjoint(with: need.components))
    }
    guard let objective,
      let calendar = WorkingCalendars(levels.calendars, zones: repository.zones)[objective.calendar]
    else { return nil }
    return ReviewersReport.Hours(
      calendar: calendar.name, isOpen: calendar.isOpen(at: scene.asOf),
      next: calendar.nextOpening(from: scene.asOf))
  }

  /// For each path whom ownership files at the tip make its owners, by number among the candidates.
  private func owners(
    _ candidates: [ReviewerChoice.Candidate]
  ) throws -> [String: [Int: OwnershipPlace]] {
    let reading = scene.policy.ownershipReading
    guard reading != .none, let newest = repository.harvested.ownership.newest else { return [:] }
    let gathering = OwnershipGathering(
      try world.openRepository(subject.place), repository.harvested, names: subject.paths)
    guard
      let ownership = try gathering.read(newest, reading, 0..<Int32(clamping: subject.paths.count)),
      !ownership.isUnreadable
    else { return [:] }
    let finder = OwnerFinder(scene, repository, candidates)
    var found: [String: [Int: OwnershipPlace]] = [:]
    for path in subject.paths { found[path] = finder.numbers(of: ownership.owners(of: path).owners) }
    return found
  }
}

/// Finds candidates by how ownership files name them.
private struct OwnerFinder {
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
