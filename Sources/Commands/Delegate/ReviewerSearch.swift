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
    let owners = try OwnersAtTip(scene, repository, world.openRepository(subject.place)).owners(
      of: subject.paths, among: candidates)
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
          key: person.key, name: person.name, shown: person.shown, landings: repository.hosts.landings[id])
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
}
