public import Facts

/// Where the time of a contribution went, from ready for review until it landed, was given up, or now.
///
/// From Git only the turn is known, not whether anybody was at work: these are turn shares, not flow efficiency.
public struct TurnSplit: Hashable, Sendable {
  /// Seconds in which the reviewers, the author, or whoever may land had the next move.
  public private(set) var seconds: [Turn: Int64] = [:]

  public init() {}

  public var total: Int64 { seconds.values.reduce(0) { $0.addingReportingOverflow($1).partialValue } }

  public mutating func add(_ turn: Turn, _ length: Int64) {
    seconds[turn, default: 0] = (seconds[turn] ?? 0).addingReportingOverflow(max(0, length)).partialValue
  }

  /// Adds the time of another contribution.
  public mutating func add(_ other: TurnSplit) { for (turn, length) in other.seconds { add(turn, length) } }
}

extension Assessor {
  /// The turn split of a contribution in elapsed seconds; nil where its turns are not on record or its opening is
  /// not exactly known.
  public func turnSplit(of assessment: Assessment, asOf: Instant) -> TurnSplit? {
    let contribution = assessment.contribution
    guard contribution.hasReviewRecord, let opened = contribution.opened.time.instant else { return nil }
    var split = TurnSplit()
    var (since, turn) = (opened, Optional(Turn.reviewers))
    func pass(to next: Turn?, at moment: Instant) {
      if let turn { split.add(turn, moment.since(since)) }
      (since, turn) = (max(since, moment), next)
    }
    let reading = reading(of: assessment, asOf: asOf)
    let changes = Dictionary(
      reading.timeline.turns(handOff: reading.handOff).map { ($0.event, $0.turn) }, uniquingKeysWith: { $1 })
    for (place, event) in contribution.events.enumerated() {
      guard let moment = event.time.instant, moment >= since else { continue }
      switch event.kind {
      case .landed, .abandoned: pass(to: nil, at: moment)
      case .verdict(.approve, _) where turn != nil && reading.isAuthorised(place):
        pass(to: .landing, at: moment)
      default: if let next = changes[place] { pass(to: next, at: moment) }
      }
    }
    if contribution.state == .open || contribution.state == .draft { pass(to: nil, at: asOf) }
    return split
  }
}
