/// One event of a contribution's timeline, with the person who caused it looked up.
public struct ReviewEvent: Hashable, Sendable {
  public var kind: Observation.Kind
  public var time: KnownTime
  /// Nil when the record names nobody.
  public var person: PersonID?
  /// The name and address as recorded; the person may have others.
  public var identity: Identity?
  public var grade: Grade
  public var evidence: Evidence
  public var source: SourceKind

  public init(_ observation: Observation, person: PersonID?, source: SourceKind) {
    kind = observation.kind
    time = observation.time
    self.person = person
    identity = observation.actor
    grade = observation.grade
    evidence = observation.evidence
    self.source = source
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
    case .inputBy: 6
    case .comment: 7
    case .verdictWithdrawn: 8
    case .verdict: 9
    case .approvedByTrailer: 10
    case .landed: 11
    case .abandoned: 12
    case .reverted: 13
    }
  }

  /// What tells two events of one kind apart, as a text to sort by; a rejection comes after an approval.
  fileprivate var detail: String {
    switch self {
    case .revision(let object), .landed(let object), .reverted(let object): object.hex
    case .reviewRequested(let asked): asked.email + "\n" + asked.name
    case .comment(let onCode, let asks): (onCode ? "1" : "0") + (asks ? "1" : "0")
    case .verdict(.approve, let revision): "0" + (revision?.hex ?? "")
    case .verdict(.neutral, let revision): "1" + (revision?.hex ?? "")
    case .verdict(.reject, let revision): "2" + (revision?.hex ?? "")
    case .approvedByTrailer(let key), .inputBy(let key): key
    default: ""
    }
  }
}
