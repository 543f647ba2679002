public import Facts

/// How somebody's deeds on some paths compare with a ladder.
///
/// Suggestions only: nobody gets a right by being listed. A figure that Git cannot tell here is refused with its
/// reason, and never counts as reached.
public struct Readiness: Hashable, Sendable {
  /// What is asked of somebody, in the order in which it is told.
  public enum Criterion: String, Hashable, Sendable, CaseIterable {
    case landed
    case reviews
    case firstReviews = "first-reviews"
    case agreement
    case activeWithin = "active-within"
    case reverted
    case months
    case holds
  }

  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    case met
    case notMet = "not-met"
    case notEnoughEvidence = "not-enough-evidence"
    /// The ladder does not ask for it.
    case notAsked = "not-asked"
  }

  /// Why there is not enough evidence.
  public enum Shortage: String, Hashable, Sendable, CaseIterable {
    /// No source in this clone keeps reviews.
    case reviewsNotInGit = "reviews-not-in-git"
    /// Of some proposals the reviews are not on record, and they could make the difference.
    case reviewsPartlyInGit = "reviews-partly-in-git"
    /// Too few of their verdicts were followed by a decision of others.
    case tooFewDecisions = "too-few-decisions"
    /// The patterns are too involved to tell whether the right covers them.
    case pathsNotComparable = "paths-not-comparable"
  }

  public enum Value: Hashable, Sendable {
    case count(Int)
    case share(Share)
    /// Time since the last act, or since the first one; nil where there is none.
    case seconds(Int64?)
    case held(Grant.Verb, Bool)
  }

  /// One criterion of the ladder, or a figure that it does not ask for.
  public struct Item: Hashable, Sendable {
    public var criterion: Criterion
    public var value: Value
    /// What the ladder asks for; nil where it asks for nothing.
    public var threshold: Value?
    public var outcome: Outcome
    public var shortage: Shortage?
    /// Contributions that the figure rests on, sorted.
    public var evidence: [ContributionReference]
  }

  /// What it comes to.
  public enum Standing: String, Hashable, Sendable, CaseIterable {
    /// Everything that the ladder asks for is met.
    case ready
    case notYet = "not-yet"
    /// Nothing is known to be missing, and something is not known.
    case notEnoughEvidence = "not-enough-evidence"
    /// Holds on all of these paths already what would be proposed.
    case holdsAlready = "holds-already"
  }

  public var person: PersonKey
  public var items: [Item]
  public var standing: Standing
  /// Contributions that wait for an answer of theirs now.
  public var load: Int
}

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
  private func holds(_ verb: Grant.Verb, _ person: PersonKey, at moment: Instant) -> Bool? {
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

extension ReadinessJudge {
  private static let month: Int64 = 30 * 86_400

  private func item(_ criterion: Readiness.Criterion, _ record: PersonalRecord) -> Readiness.Item {
    let ladder = question.ladder
    switch criterion {
    case .landed: return atLeast(criterion, record.landed, ladder.landed)
    case .reviews: return reviews(criterion, record.reviewed, ladder.reviews, record)
    case .firstReviews: return reviews(criterion, record.firstReviews, ladder.firstReviews, record)
    case .agreement: return agreement(record)
    case .activeWithin: return activity(record)
    case .reverted: return reverted(record)
    case .months: return months(record)
    case .holds: return holding(record)
    }
  }

  private func atLeast(
    _ criterion: Readiness.Criterion, _ evidence: [ContributionReference], _ least: Int?
  ) -> Readiness.Item {
    Readiness.Item(
      criterion: criterion, value: .count(evidence.count), threshold: least.map { .count($0) },
      outcome: least.map { evidence.count >= $0 ? .met : .notMet } ?? .notAsked, evidence: evidence)
  }

  /// A count of reviews: one that falls short is not known where reviews that are not on record could make up for it.
  private func reviews(
    _ criterion: Readiness.Criterion, _ evidence: [ContributionReference], _ least: Int?,
    _ record: PersonalRecord
  ) -> Readiness.Item {
    var item = atLeast(criterion, evidence, least)
    guard let least, item.outcome == .notMet else { return item }
    if !record.hasRecords, record.unrecorded > 0 {
      item.shortage = .reviewsNotInGit
    } else if evidence.count + record.unrecorded >= least {
      item.shortage = .reviewsPartlyInGit
    }
    if item.shortage != nil { item.outcome = .notEnoughEvidence }
    return item
  }

  private func agreement(_ record: PersonalRecord) -> Readiness.Item {
    let share = Share(hits: record.agreed.count, of: record.agreed.count + record.disagreed.count)
    var item = Readiness.Item(
      criterion: .agreement, value: .share(share), outcome: .notAsked,
      evidence: (record.agreed + record.disagreed).sorted())
    guard let least = question.ladder.agreement else { return item }
    // The threshold as a share, so that it is told in the same way.
    item.threshold = .share(Share(hits: Int((least * 10_000).rounded()), of: 10_000))
    if share.count < SampleFloor.perPerson.count {
      item.outcome = .notEnoughEvidence
      item.shortage = record.hasRecords ? .tooFewDecisions : .reviewsNotInGit
    } else {
      item.outcome = (share.value ?? 0) >= least ? .met : .notMet
    }
    return item
  }

  private func activity(_ record: PersonalRecord) -> Readiness.Item {
    let age = record.last.map { max(0, question.asOf.since($0)) }
    let longest = question.ladder.activeWithin
    return Readiness.Item(
      criterion: .activeWithin, value: .seconds(age), threshold: longest.map { .seconds($0) },
      outcome: longest.map { (age ?? .max) <= $0 ? .met : .notMet } ?? .notAsked,
      evidence: [record.lastDeed].compactMap { $0 })
  }

  private func reverted(_ record: PersonalRecord) -> Readiness.Item {
    let most = question.ladder.reverted
    var item = Readiness.Item(
      criterion: .reverted, value: .count(record.reverted.count), threshold: most.map { .count($0) },
      outcome: .notAsked, evidence: record.reverted)
    guard let most else { return item }
    item.outcome = record.reverted.count <= most ? .met : .notMet
    if item.outcome == .met, !record.hasRecords {
      (item.outcome, item.shortage) = (.notEnoughEvidence, .reviewsNotInGit)
    }
    return item
  }

  private func months(_ record: PersonalRecord) -> Readiness.Item {
    let age = record.first.map { max(0, question.asOf.since($0)) }
    let least = question.ladder.months.map { Int64(clamping: $0).multipliedReportingOverflow(by: Self.month) }
    let seconds = least.map { $0.overflow ? .max : $0.partialValue }
    return Readiness.Item(
      criterion: .months, value: .seconds(age), threshold: seconds.map { .seconds($0) },
      outcome: seconds.map { (age ?? -1) >= $0 ? .met : .notMet } ?? .notAsked,
      evidence: [record.firstDeed].compactMap { $0 })
  }

  /// Whether the right that the ladder builds on is held, and was held as many months ago as the ladder asks for.
  private func holding(_ record: PersonalRecord) -> Readiness.Item {
    let verb = question.ladder.holds ?? .approve
    var answers = [holds(verb, record.person, at: question.asOf)]
    if let months = question.ladder.months, question.ladder.holds != nil {
      let (length, overflow) = Int64(clamping: months).multipliedReportingOverflow(by: Self.month)
      let then = question.asOf.advanced(by: overflow ? -.max : -length)
      answers.append(holds(verb, record.person, at: then))
    }
    let isHeld = answers.allSatisfy { $0 == true }
    var item = Readiness.Item(
      criterion: .holds, value: .held(verb, isHeld),
      threshold: question.ladder.holds.map { .held($0, true) }, outcome: .notAsked, evidence: [])
    guard question.ladder.holds != nil else { return item }
    item.outcome = isHeld ? .met : .notMet
    if !answers.contains(false), answers.contains(nil) {
      (item.outcome, item.shortage) = (.notEnoughEvidence, .pathsNotComparable)
    }
    return item
  }
}
