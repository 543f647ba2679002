import Facts

/// Which end of an interval is taken where a time is only bounded.
enum Extreme: CaseIterable {
  /// Starts as early, answers as late as they can have been: the longest wait that the facts allow.
  case longest
  /// Starts as late, answers as early as they can have been.
  case shortest
}

/// A wait as the timeline tells it: when it started and what happened to it, before any target is known.
struct Wait {
  /// Counts the waits of one contribution on one clock, from 1.
  var cycle = 1
  var start: KnownTime
  /// The event that started it; nil when that is the opening itself.
  var startEvent: Int?
  var startGrade: Grade
  /// In the order of the timeline.
  var signals: [(signal: ClockSignal, event: Int)] = []

  init(start: KnownTime, event: Int?, grade: Grade) {
    self.start = start
    startEvent = event
    startGrade = grade
  }
}

/// Reads the waits of one clock off a timeline.
///
/// What needs a policy comes in as a question: who is entitled to review, and whether the approvals up to an event
/// suffice.
struct ClockReading {
  let timeline: Timeline
  let handOff: HandOff
  /// Whether a review of this event's person counts.
  var isEntitled: (ReviewEvent) -> Bool = { _ in true }
  /// Whether the approvals up to this event, included, let the change land.
  var isAuthorised: (Int) -> Bool = { _ in false }

  private var contribution: Contribution { timeline.contribution }
  private var events: [ReviewEvent] { timeline.contribution.events }

  func waits(on clock: ServiceLevels.Clock) -> [Wait] {
    switch clock {
    case .firstResponse: answer { timeline.isAnswer($0) }.map { [$0] } ?? []
    case .firstReview:
      answer { timeline.isAnswer($0) && $0.kind.isReview && isEntitled($0) }.map { [$0] } ?? []
    case .eachResponse: responses()
    case .decision: decision().map { [$0] } ?? []
    case .landing: landing().map { [$0] } ?? []
    }
  }

  /// From ready for review until the first event that counts; closings end it, a restoration takes it up again.
  private func answer(_ counts: (ReviewEvent) -> Bool) -> Wait? {
    guard var wait = ready() else { return nil }
    let ignored = settledDraft
    for (place, event) in events.enumerated() where place > (wait.startEvent ?? -1) {
      if counts(event), !isBeforeOpening(event) {
        wait.signals.append((.fulfil, place))
        break
      }
      switch event.kind {
      case .draft where place != ignored: wait.signals.append((.pause, place))
      case .ready: wait.signals.append((.resume, place))
      case .landed, .abandoned: wait.signals.append((.cancel, place))
      case .restored: wait.signals.append((.reopen, place))
      default: continue
      }
    }
    return wait
  }

  /// One wait for each time that the reviewers are asked; further pushes while they are do not start another.
  private func responses() -> [Wait] {
    let turns = Dictionary(
      timeline.turns(handOff: handOff).map { ($0.event, $0.turn) }, uniquingKeysWith: { $1 })
    guard let first = ready() else { return [] }
    var waits = [first]
    var (isWaiting, isClosed, isDraft) = (true, false, false)
    var turn = Turn.reviewers
    for (place, event) in events.enumerated() where place > (first.startEvent ?? -1) {
      func end(_ signal: ClockSignal) {
        guard isWaiting else { return }
        waits[waits.count - 1].signals.append((signal, place))
        isWaiting = false
      }
      if timeline.isAnswer(event), !isBeforeOpening(event) { end(.fulfil) }
      switch event.kind {
      case .landed, .abandoned: (isClosed, _) = (true, end(.cancel))
      case .restored: isClosed = false
      case .draft where place != settledDraft: (isDraft, _) = (true, end(.cancel))
      case .ready: isDraft = false
      default: break
      }
      let passed = turns[place]
      turn = passed ?? turn
      if passed == .author { end(.cancel) }
      guard !isWaiting, !isClosed, !isDraft, turn == .reviewers, passed != nil || asksAgain(event) else {
        continue
      }
      var next = Wait(start: event.time, event: place, grade: event.grade)
      next.cycle = waits.count + 1
      waits.append(next)
      isWaiting = true
    }
    return waits
  }

  /// From ready for review until landed or abandoned; while it is the author's turn, or a draft, nothing runs.
  private func decision() -> Wait? {
    guard var wait = ready() else { return nil }
    let turns = Dictionary(
      timeline.turns(handOff: handOff).map { ($0.event, $0.turn) }, uniquingKeysWith: { $1 })
    var (isDraft, isAuthors, isPaused) = (false, false, false)
    for (place, event) in events.enumerated() where place > (wait.startEvent ?? -1) {
      switch event.kind {
      case .landed, .abandoned: wait.signals.append((.fulfil, place))
      case .restored: wait.signals.append((.reopen, place))
      case .draft where place != settledDraft: isDraft = true
      case .ready: isDraft = false
      default: break
      }
      if let turn = turns[place] { isAuthors = turn == .author }
      guard isPaused != (isDraft || isAuthors) else { continue }
      isPaused.toggle()
      wait.signals.append((isPaused ? .pause : .resume, place))
    }
    return wait
  }

  /// From complete approvals until landed; while they are incomplete again or somebody rejects, nothing runs.
  private func landing() -> Wait? {
    var wait: Wait?
    var (isAuthorised, isPaused) = (false, false)
    var rejecting: Set<PersonID> = []
    for (place, event) in events.enumerated() where event.time != .unknown {
      switch event.kind {
      case .landed: wait?.signals.append((.fulfil, place))
      case .abandoned: wait?.signals.append((.cancel, place))
      case .restored: wait?.signals.append((.reopen, place))
      case .verdict(let opinion, _):
        if let person = event.person, timeline.isAnswer(event) {
          if opinion == .reject { rejecting.insert(person) } else { rejecting.remove(person) }
        }
        fallthrough
      case .revision, .verdictCarried, .verdictWithdrawn, .approvedByTrailer:
        if event.kind == .verdictWithdrawn, let person = event.person { rejecting.remove(person) }
        isAuthorised = self.isAuthorised(place)
      default: continue
      }
      let mayLand = isAuthorised && rejecting.isEmpty
      if wait == nil {
        if mayLand, !event.kind.isClosing { wait = Wait(start: event.time, event: place, grade: event.grade) }
      } else if isPaused == mayLand, !event.kind.isClosing {
        isPaused.toggle()
        wait?.signals.append((isPaused ? .pause : .resume, place))
      }
    }
    return wait
  }
}

extension ClockReading {
  /// The wait from the moment at which the change was first offered for review; nil while it never was.
  private func ready() -> Wait? {
    let opened = contribution.opened
    guard isOpenedAsDraft else { return Wait(start: opened.time, event: nil, grade: opened.grade) }
    guard let place = events.firstIndex(where: { $0.kind == .ready }) else { return nil }
    return Wait(start: events[place].time, event: place, grade: events[place].grade)
  }

  private var isOpenedAsDraft: Bool {
    guard let place = events.firstIndex(where: { $0.kind == .draft }), place != settledDraft else {
      return false
    }
    if case .at(let opened) = contribution.opened.time, case .at(let drafted) = events[place].time {
      return drafted <= opened
    }
    return events[place].time == contribution.opened.time
  }

  /// A draft of the very second of the last "ready", where the change is known to be no draft any more.
  ///
  /// Of one second a pause wins, which would keep such a change a draft for ever.
  private var settledDraft: Int? {
    guard contribution.state != .draft, let draft = events.lastIndex(where: { $0.kind == .draft }),
      let ready = events.lastIndex(where: { $0.kind == .ready })
    else { return nil }
    return ready > draft && events[ready].time == events[draft].time ? draft : nil
  }

  private func isBeforeOpening(_ event: ReviewEvent) -> Bool {
    guard let opened = contribution.opened.time.instant, let at = event.time.instant else { return false }
    return at < opened
  }

  /// Whether the author hands over again although it has been the reviewers' turn all the time.
  private func asksAgain(_ event: ReviewEvent) -> Bool {
    let byAuthor = event.person.map(contribution.isAuthor) ?? false
    switch event.kind {
    case .ready, .restored: return true
    case .reviewRequested, .comment: return byAuthor
    case .revision: return handOff == .push
    default: return false
    }
  }
}

extension Observation.Kind {
  fileprivate var isClosing: Bool {
    switch self {
    case .landed, .abandoned: true
    default: false
    }
  }
}
