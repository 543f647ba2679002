public import Facts

/// Compares people with a ladder, on one set of paths.
public struct ReadinessJudge {
  /// What is asked.
  public struct Question: Sendable {
    public var paths: PathList
    public var ladder: DelegationPolicy.Ladder
    /// What would be proposed.
    public var verbs: Set<Grant.Verb>
    public var asOf: Instant
    /// The host team where no roster names one.
    public var inferredHosts: Set<PersonKey>

    public init(
      paths: PathList, ladder: DelegationPolicy.Ladder, verbs: Set<Grant.Verb>, asOf: Instant,
      inferredHosts: Set<PersonKey> = []
    ) {
      self.paths = paths
      self.ladder = ladder
      self.verbs = verbs
      self.asOf = asOf
      self.inferredHosts = inferredHosts
    }
  }

  public let question: Question
  private let deeds: DeedIndex
  private let book: DeedBook
  private let chains: (Instant) -> GrantChains

  /// Looks through the deeds once; `chains` are those of the policy in force at a moment.
  public init(_ book: DeedBook, _ question: Question, chains: @escaping (Instant) -> GrantChains) {
    self.question = question
    self.book = book
    self.chains = chains
    deeds = DeedIndex(book.deeds(in: .list(question.paths)))
  }

  /// Everybody who did anything on the paths by then, sorted.
  public var people: [PersonKey] { deeds.people(by: question.asOf) }

  /// How many contributions touch the paths.
  public var contributions: Int { deeds.count }

  /// Whether none of them has its reviews on record.
  public var lacksReviews: Bool { !deeds.hasReviewRecords }

  public func readiness(of person: PersonKey) -> Readiness {
    let record = PersonalRecord(person, deeds, asOf: question.asOf)
    let items = Readiness.Criterion.allCases.map { item($0, record) }
    let asked = items.map(\.outcome)
    let standing: Readiness.Standing =
      if holdsEverything(person) {
        .holdsAlready
      } else if asked.contains(.notMet) {
        .notYet
      } else if asked.contains(.notEnoughEvidence) {
        .notEnoughEvidence
      } else {
        .ready
      }
    return Readiness(person: person, items: items, standing: standing, load: book.load(of: person))
  }

  private func holdsEverything(_ person: PersonKey) -> Bool {
    question.verbs.allSatisfy { holds($0, person, at: question.asOf) == true }
  }

  /// Whether somebody holds a verb on all of the paths; nil where the patterns do not let that be told.
  func holds(_ verb: Grant.Verb, _ person: PersonKey, at moment: Instant) -> Bool? {
    if verb != .delegate, question.inferredHosts.contains(person) { return true }
    guard case .handle(let handle) = person else { return false }
    let chains = chains(moment)
    let holder = GrantChains.Holder(handle: handle, teams: chains.teams(of: handle, at: moment))
    let held = chains.heldRights(of: holder, at: moment).filter { $0.verbs.contains(verb) }.map(\.paths)
    // The host team reviews, approves and lands by what it is; to grant is a question of its own.
    let own = verb == .delegate ? [] : [chains.hostedPaths(holder.teams)]
    return PathRegion.list(question.paths).isInside(.any(own + held))
  }
}
