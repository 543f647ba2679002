/// Questions about a contribution's events that need no policy.
public struct Timeline: Sendable {
  public let contribution: Contribution
  /// Person ids that are machines: they neither respond nor review.
  private let bots: Set<PersonID>

  /// Whether a person is a machine, so that what it does is no answer.
  func isMachine(_ person: PersonID) -> Bool { bots.contains(person) }

  public init(_ contribution: Contribution, bots: Set<PersonID>) {
    self.contribution = contribution
    self.bots = bots
  }

  /// How long a wait was, as far as it is known.
  public enum Wait: Hashable, Sendable {
    /// Seconds between two recorded moments.
    case exact(Int64)
    /// Only limits are known, in seconds.
    case between(Int64, Int64)
    case unknown
  }

  /// The first event of a kind by somebody entitled to it, and how long it took from the opening.
  public struct Answer: Hashable, Sendable {
    public var event: ReviewEvent
    public var wait: Wait
  }

  /// The first comment or verdict by a human who wrote no part of the change, not before the opening.
  public var firstResponse: Answer? { first { $0.isResponse } }

  /// The first verdict, or comment on the code, by such a person.
  public var firstReview: Answer? { first { $0.isReview } }

  /// Everybody other than the authors, machines left out, who commented or gave a verdict.
  public var reviewers: [PersonID] {
    var found = Set<PersonID>()
    for event in contribution.events where event.kind.isResponse {
      if let person = event.person, !contribution.isAuthor(person), !bots.contains(person) {
        found.insert(person)
      }
    }
    return found.sorted()
  }

  /// Comments and verdicts of other people that are dated before the proposal itself.
  ///
  /// They come from records whose opening was rewritten later; they cannot count as answers.
  public var responsesBeforeOpening: Int {
    guard let opened = contribution.opened.time.instant else { return 0 }
    return contribution.events.count { event in
      guard event.kind.isResponse, let at = event.time.instant, at < opened else { return false }
      return event.person.map { !contribution.isAuthor($0) && !bots.contains($0) } ?? false
    }
  }

  /// Whether an event is a comment or verdict of a human who wrote no part of the change.
  public func isAnswer(_ event: ReviewEvent) -> Bool {
    guard event.kind.isResponse, let person = event.person else { return false }
    return !contribution.isAuthor(person) && !bots.contains(person)
  }

  private func first(_ wanted: (Observation.Kind) -> Bool) -> Answer? {
    for event in contribution.events where wanted(event.kind) {
      guard let person = event.person, !contribution.isAuthor(person), !bots.contains(person) else {
        continue
      }
      if let opened = contribution.opened.time.instant, let at = event.time.instant, at < opened { continue }
      return Answer(event: event, wait: wait(until: event.time))
    }
    return nil
  }

  private func wait(until end: KnownTime) -> Wait {
    guard let (startLow, startHigh) = limits(contribution.opened.time), let (endLow, endHigh) = limits(end)
    else { return .unknown }
    let longest = endHigh.since(startLow)
    let shortest = max(0, endLow.since(startHigh))
    if startLow == startHigh, endLow == endHigh { return .exact(max(0, longest)) }
    return longest < 0 ? .unknown : .between(shortest, longest)
  }

  private func limits(_ time: KnownTime) -> (Instant, Instant)? {
    switch time {
    case .at(let instant): (instant, instant)
    case .between(let earliest?, let latest?): (earliest, latest)
    case .between, .unknown: nil
    }
  }
}

extension Observation.Kind {
  /// A comment or a verdict.
  public var isResponse: Bool {
    switch self {
    case .comment, .verdict: true
    default: false
    }
  }

  /// A verdict, or a comment placed on the code.
  public var isReview: Bool {
    switch self {
    case .comment(let onCode, _): onCode
    case .verdict: true
    default: false
    }
  }
}
