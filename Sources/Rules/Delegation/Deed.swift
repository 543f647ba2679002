public import Facts

/// A contribution by the name that reports give it: evidence that one can look up with `explain`.
public struct ContributionReference: Hashable, Sendable {
  public var repository: String
  public var id: ContributionID

  public init(repository: String, id: ContributionID) {
    self.repository = repository
    self.id = id
  }
}

extension ContributionReference: Comparable {
  public static func < (left: ContributionReference, right: ContributionReference) -> Bool {
    left.repository != right.repository ? left.repository < right.repository : left.id < right.id
  }
}

/// One contribution as far as it shows what people can be trusted with.
public struct Deed: Sendable {
  /// Accepting or not.
  public struct Verdict: Hashable, Sendable {
    public var at: Instant
    public var by: PersonKey
    public var accepts: Bool
  }

  /// What somebody who wrote no part of it did.
  public struct Part: Hashable, Sendable {
    /// The first verdict or comment on the code, on record with its own time.
    public var reviewed: Instant?
    /// Everything they did, oldest first.
    public var acts: [Instant] = []
  }

  public var reference: ContributionReference
  /// Which path table the paths refer to.
  var table: Int
  public var paths: [Int32]?
  public var authors: Set<PersonKey>
  public var opened: Instant?
  public var landed: Instant?
  /// When a later commit undid it; nil when none did.
  public var reverted: Instant?
  /// Whether a source keeps its reviews, so that none on record means that there was none.
  public var hasReviewRecord: Bool
  /// Whether there is a trace of a proposal: what was put on the branch directly was never up for review.
  public var isProposal: Bool
  /// It waits for reviewers.
  public var awaitsReviewers: Bool
  /// Whom it waits for, or who has been asked or has spoken, while it waits for reviewers.
  public var involved: Set<PersonKey>
  public var parts: [PersonKey: Part]
  /// Approving and rejecting verdicts of people who wrote no part, oldest first.
  public var verdicts: [Verdict]
  /// Verdicts, landings and abandonments by people entitled to decide, oldest first.
  public var decisions: [Verdict]

  /// Who gave the first verdict, and when.
  public var firstVerdict: Verdict? { verdicts.first }
}

extension Deed {
  /// Whether somebody's last verdict agreed with what others who are entitled decided after it; nil where nothing can
  /// be compared.
  ///
  /// `at` is the moment as of which it is asked: what came later does not count.
  public func agrees(_ person: PersonKey, asOf: Instant) -> Bool? {
    for own in verdicts.reversed() where own.by == person && own.at <= asOf {
      let decision = decisions.last { $0.by != person && $0.at >= own.at && $0.at <= asOf }
      if let decision { return decision.accepts == own.accepts }
    }
    return nil
  }

  /// Whether somebody's last verdict by then was an approval.
  public func isApproved(by person: PersonKey, asOf: Instant) -> Bool {
    verdicts.last { $0.by == person && $0.at <= asOf }?.accepts ?? false
  }
}

extension Assessor {
  /// What a contribution shows of those who wrote and reviewed it.
  ///
  /// `table` numbers the repository, whose path table the paths refer to.
  public func deed(of assessment: Assessment, repository: String, table: Int, asOf: Instant) -> Deed {
    let contribution = assessment.contribution
    let authors = ([contribution.author].compactMap { $0 } + contribution.coauthors).filter(isHuman)
    var deed = Deed(
      reference: ContributionReference(repository: repository, id: contribution.id), table: table,
      paths: contribution.paths, authors: Set(authors.map { people[$0].key }),
      opened: contribution.earliestOpening, landed: contribution.landing?.at, reverted: nil,
      hasReviewRecord: contribution.hasReviewRecord, isProposal: isProposal(contribution),
      awaitsReviewers: assessment.turn == .reviewers, involved: [], parts: [:], verdicts: [], decisions: [])
    for event in contribution.events { take(event, of: contribution, into: &deed) }
    if deed.awaitsReviewers {
      deed.involved.formUnion(deed.parts.keys)
    } else {
      deed.involved = []
    }
    return deed
  }

  private func isHuman(_ person: PersonID) -> Bool { !people.bots.contains(person) }

  private func take(_ event: ReviewEvent, of contribution: Contribution, into deed: inout Deed) {
    switch event.kind {
    case .reverted:
      let moment = event.time.notAfter ?? event.time.notBefore ?? contribution.landing?.at
      deed.reverted = [deed.reverted, moment].compactMap { $0 }.min()
      return
    case .reviewRequested, .attention(_, true):
      if let subject = event.subject, isHuman(subject), !contribution.isAuthor(subject) {
        deed.involved.insert(people[subject].key)
      }
      return
    case .reviewerRemoved, .attention(_, false):
      if let subject = event.subject { deed.involved.remove(people[subject].key) }
      return
    default: break
    }
    guard let person = event.person, isHuman(person), !contribution.isAuthor(person),
      let moment = event.time.notAfter ?? event.time.notBefore
    else { return }
    let key = people[person].key
    switch event.kind {
    case .verdict(let opinion, _):
      deed.note(key, at: moment, reviewed: isReview(event, contribution))
      guard opinion != .neutral else { return }
      let verdict = Deed.Verdict(at: moment, by: key, accepts: opinion == .approve)
      deed.verdicts.append(verdict)
      if isEntitledToDecide(person, at: moment, contribution) { deed.decisions.append(verdict) }
    case .comment(let onCode, _):
      deed.note(key, at: moment, reviewed: onCode && isReview(event, contribution))
    case .approvedByTrailer: deed.note(key, at: moment, reviewed: false)
    case .landed where isEntitledToDecide(person, at: moment, contribution):
      deed.decisions.append(.init(at: moment, by: key, accepts: true))
    case .abandoned where isEntitledToDecide(person, at: moment, contribution):
      deed.decisions.append(.init(at: moment, by: key, accepts: false))
    default: return
    }
  }

  /// Whether an event counts as a review: on record with its own time, and not before the opening.
  private func isReview(_ event: ReviewEvent, _ contribution: Contribution) -> Bool {
    guard event.grade >= .recorded, let at = event.time.instant else { return false }
    return contribution.opened.time.instant.map { $0 <= at } ?? true
  }

  private func isEntitledToDecide(_ person: PersonID, at moment: Instant, _ contribution: Contribution)
    -> Bool
  {
    switch authority(of: person, at: moment, policies.inForce(at: moment), contribution).0 {
    case .platform, .delegated: true
    case .`self`, .unauthorised: false
    }
  }
}

extension Deed {
  fileprivate mutating func note(_ person: PersonKey, at moment: Instant, reviewed: Bool) {
    var part = parts[person] ?? Part()
    part.acts.append(moment)
    if reviewed, part.reviewed == nil { part.reviewed = moment }
    parts[person] = part
  }
}
