/// One event of a contribution's timeline, with the person who caused it looked up.
public struct ReviewEvent: Hashable, Sendable {
  public var kind: Observation.Kind
  public var time: KnownTime
  /// Nil when the record names nobody.
  public var person: PersonID?
  /// The name and address as recorded; the person may have others.
  public var identity: Identity?
  /// Whom the event is about: who was asked, removed, or is waited for.
  public var subject: PersonID?
  /// The strength of a verdict, where the review system knows several.
  public var vote: Vote?
  public var grade: Grade
  public var evidence: Evidence
  public var source: SourceKind
  /// Every source that tells the event, this one included.
  public var sources: SourceKinds

  public init(
    _ observation: Observation, person: PersonID?, subject: PersonID? = nil, source: SourceKind
  ) {
    self.subject = subject
    vote = observation.vote
    kind = observation.kind
    time = observation.time
    self.person = person
    identity = observation.actor
    grade = observation.grade
    evidence = observation.evidence
    self.source = source
    sources = SourceKinds(source)
  }
}

extension ReviewEvent {
  /// The total order of a timeline.
  ///
  /// By moment (an interval counts from its later end, an unknown time comes last), then by what must have come
  /// first (opened before revised before reviewed before landed), then by evidence, person and what else tells two
  /// events apart; so that equal seconds never leave the order to chance.
  public static func precedes(_ left: ReviewEvent, _ right: ReviewEvent) -> Bool {
    if left.sortSeconds != right.sortSeconds { return left.sortSeconds < right.sortSeconds }
    if left.kind.rank != right.kind.rank { return left.kind.rank < right.kind.rank }
    if left.evidence.object != right.evidence.object { return left.evidence.object < right.evidence.object }
    if left.evidence.ref != right.evidence.ref {
      return (left.evidence.ref ?? "") < (right.evidence.ref ?? "")
    }
    let leftName = left.identity.map { $0.email + "\n" + $0.name } ?? ""
    let rightName = right.identity.map { $0.email + "\n" + $0.name } ?? ""
    if leftName != rightName { return leftName < rightName }
    let (leftDetail, rightDetail) = (left.kind.detail, right.kind.detail)
    if leftDetail != rightDetail { return leftDetail < rightDetail }
    if left.startSeconds != right.startSeconds { return left.startSeconds < right.startSeconds }
    return (left.source, left.grade) < (right.source, right.grade)
  }

  /// The earlier end of the time, to tell intervals with the same later end apart.
  private var startSeconds: Int64 {
    switch time {
    case .at(let instant): instant.seconds
    case .between(let earliest, _): earliest?.seconds ?? .min
    case .unknown: .max
    }
  }

  private var sortSeconds: Int64 {
    switch time {
    case .at(let instant): instant.seconds
    case .between(_, let latest?): latest.seconds
    case .between(let earliest?, nil): earliest.seconds
    case .between(nil, nil), .unknown: .max
    }
  }
}

extension Observation.Kind {
  /// Place among events of the same second.
  fileprivate var rank: Int {
    switch self {
    case .opened: 0
    case .draft: 1
    case .ready: 2
    case .restored: 3
    case .revision: 4
    case .reviewRequested: 5
    case .reviewerRemoved: 6
    case .related: 7
    case .inputBy: 8
    case .automatic: 9
    case .comment: 10
    case .labelled: 11
    case .verdictWithdrawn: 12
    case .verdictCarried: 13
    case .verdict: 14
    case .approvedByTrailer: 15
    case .attention: 16
    case .landed: 17
    case .abandoned: 18
    case .reverted: 19
    }
  }

  /// What tells two events of one kind apart, as a text to sort by; a rejection comes after an approval.
  fileprivate var detail: String {
    switch self {
    case .revision(let object), .landed(let object), .reverted(let object): object.hex
    case .reviewRequested(let asked), .reviewerRemoved(let asked): asked.email + "\n" + asked.name
    case .comment(let onCode, let asks): (onCode ? "1" : "0") + (asks ? "1" : "0")
    case .attention(let person, let isNeeded): (isNeeded ? "1" : "0") + person.email + "\n" + person.name
    case .verdict(let opinion, let revision), .verdictCarried(let opinion, let revision):
      opinion.rank + (revision?.hex ?? "")
    case .labelled(let vote, let revision): "\(vote.label)=\(vote.value) " + (revision?.hex ?? "")
    case .automatic(let tag): tag
    case .related(let relation, let other): "\(relation.rawValue) \(other)"
    case .approvedByTrailer(let key), .inputBy(let key): key
    default: ""
    }
  }
}

extension Opinion {
  /// A rejection sorts after an approval, so that of the same second it is the last word.
  fileprivate var rank: String {
    switch self {
    case .approve: "0"
    case .neutral: "1"
    case .reject: "2"
    }
  }
}

extension Observation.Kind {
  /// Whom the event is about, where that is somebody other than the one who caused it.
  public var subject: Identity? {
    switch self {
    case .reviewRequested(let person), .reviewerRemoved(let person), .attention(let person, _): person
    default: nil
    }
  }
}
