/// Whose move it is on an open contribution.
public enum Turn: String, Hashable, Sendable, CaseIterable {
  case reviewers
  case author
  /// Approved; somebody who may has to land it.
  case landing
}

/// What passes the turn back to the reviewers.
public enum HandOff: String, Hashable, Sendable, CaseIterable {
  /// A new revision is enough.
  case push
  /// Only a reply or a new request is.
  case explicit
}

/// A moment from which the next move is somebody else's.
public struct TurnChange: Hashable, Sendable {
  public var turn: Turn
  public var since: KnownTime
  /// The place of the event that passed the turn, among the contribution's events.
  public var event: Int

  public init(turn: Turn, since: KnownTime, event: Int) {
    self.turn = turn
    self.since = since
    self.event = event
  }
}

extension Timeline {
  /// Whose turn it is after the last event, and since when; nil when it is nobody's.
  ///
  /// A hand-off that waits is not restarted by further pushes: the oldest unanswered one counts. Where the review
  /// system itself records for whom it waits (Gerrit's attention set), that decides: the author's turn while an
  /// author is among them, else the reviewers'. While it waits for no human, the events decide.
  public func turn(handOff: HandOff = .push) -> (turn: Turn, since: KnownTime)? {
    guard contribution.state == .open || contribution.state == .draft else { return nil }
    let last = turns(handOff: handOff).last
    let since = last?.since ?? contribution.opened.time
    return (contribution.state == .draft ? .author : last?.turn ?? .reviewers, since)
  }

  /// Every change of turn in the order of the events; closings change nothing here.
  public func turns(handOff: HandOff = .push) -> [TurnChange] {
    var changes: [TurnChange] = []
    var ruled: Turn?
    var attention = Attention()
    for (place, event) in contribution.events.enumerated() {
      ruled = next(after: ruled, event, handOff)
      if case .attention(_, let isNeeded) = event.kind, let person = event.subject, !isMachine(person) {
        attention.take(person, isNeeded: isNeeded, isAuthor: contribution.isAuthor(person))
      }
      // What one update of the review system says happens together, whatever the order of its parts.
      let isLast = place + 1 == contribution.events.count || contribution.events[place + 1].time != event.time
      guard isLast, let next = attention.turn ?? ruled, next != changes.last?.turn else { continue }
      changes.append(TurnChange(turn: next, since: event.time, event: place))
    }
    return changes
  }

  private func next(after turn: Turn?, _ event: ReviewEvent, _ handOff: HandOff) -> Turn? {
    let byAuthor = event.person.map(contribution.isAuthor) ?? false
    let byBot = event.person.map(isMachine) ?? false
    switch event.kind {
    case .opened, .ready, .restored, .reviewRequested: return .reviewers
    case .revision: return turn == .author && handOff == .push ? .reviewers : turn
    case .draft: return .author
    case .verdict(let opinion, _):
      guard !byAuthor, !byBot else { return turn }
      // A vote below zero that is no veto still asks for another version.
      return opinion == .reject || (event.vote?.value ?? 0) < 0 ? .author : turn
    case .comment(_, let asks):
      if byBot { return turn }
      return byAuthor ? .reviewers : (asks ? .author : turn)
    default: return turn
    }
  }
}

/// For whom the review system waits, as far as it says so.
private struct Attention {
  private var authors: Set<PersonID> = []
  private var others: Set<PersonID> = []

  mutating func take(_ person: PersonID, isNeeded: Bool, isAuthor: Bool) {
    if isAuthor {
      if isNeeded { authors.insert(person) } else { authors.remove(person) }
    } else {
      if isNeeded { others.insert(person) } else { others.remove(person) }
    }
  }

  /// Nil while nobody is waited for.
  var turn: Turn? {
    if !authors.isEmpty { return .author }
    return others.isEmpty ? nil : .reviewers
  }
}
