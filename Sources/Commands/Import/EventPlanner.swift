internal import Facts
internal import Harvest

/// Decides which request lines tell the events of one request that the ledger does not tell yet.
///
/// Each line is a whole request as git-appraise knows it, at the time of one event; so the latest line is the current
/// state for git-appraise, and a line with an empty target means abandoned. Lines are sorted by their times when they
/// are read, so nothing depends on the order in which they were written.
struct EventPlanner {
  private let forge: Forge
  private let name: String
  private let clock: Instant
  private var known: [AppraiseRequest]
  private(set) var lines: [AppraiseRequest] = []
  private(set) var count = ImportCount()

  init(forge: Forge, name: String, clock: Instant, known: [AppraiseRequest]) {
    self.forge = forge
    self.name = name
    self.clock = clock
    self.known = known.sorted(by: Self.precedes)
  }

  mutating func plan(_ request: ForgeRequest, latestComments comments: [ForgeComment]) {
    var events = [ForgeEvent(.opened, request.opened)] + request.events
    events += heads(of: request, comments, told: events)
    events += unseenStates(of: request, told: events)
    if let draft = draftFromTheStart(of: request, told: events) { events.append(draft) }
    events.sort(by: Self.comesFirst)
    let change = changedText(of: request)
    var state = State(request, isRewritten: forge == .gerrit)
    for (place, event) in events.enumerated() {
      count.read += 1
      state.apply(event)
      // A merge of notes sorts lines, so lines of one second must all say whether that second ended the request.
      let rest = events[(place + 1)...].prefix { $0.at == event.at }
      write(event, rest.reduce(into: state) { $0.applyEnding($1) })
    }
    if let change {
      count.read += 1
      state.isClosed = request.state == .closed
      write(change, state)
    }
  }

  /// Plans heads that are told apart from their request, which the ledger knows.
  mutating func plan(revisions: [ForgeEvent], number: Int) {
    guard let request = ForgeRequest(number, told: known) else { return }
    let new = Set(revisions)
    let events = (known.compactMap(ForgeEvent.init(told:)) + new).sorted(by: Self.comesFirst)
    var state = State(request, isRewritten: forge == .gerrit)
    for (place, event) in events.enumerated() {
      state.apply(event)
      guard new.contains(event) else { continue }
      count.read += 1
      let rest = events[(place + 1)...].prefix { $0.at == event.at }
      write(event, rest.reduce(into: state) { $0.applyEnding($1) })
    }
  }

  private static func comesFirst(_ one: ForgeEvent, _ other: ForgeEvent) -> Bool {
    (one.at, one.event.order, one.subject, one.commit?.hex ?? "")
      < (other.at, other.event.order, other.subject, other.commit?.hex ?? "")
  }

  // MARK: Lines

  /// What a request line says beside its event.
  private struct State {
    private let request: ForgeRequest
    private let title: String
    /// Gerrit's patch sets replace one another, which is what git-appraise calls an alias.
    private let isRewritten: Bool
    private var alias = ""
    private var reviewers: [String] = []
    var isClosed = false

    init(_ request: ForgeRequest, isRewritten: Bool) {
      self.request = request
      self.isRewritten = isRewritten
      title = request.title.cut(to: LedgerPlanner.textLimit)
    }

    mutating func applyEnding(_ event: ForgeEvent) {
      switch event.event {
      case .closed: isClosed = true
      case .reopened, .merged: isClosed = false
      default: break
      }
    }

    mutating func apply(_ event: ForgeEvent) {
      applyEnding(event)
      switch event.event {
      case .revision: if isRewritten { alias = event.commit?.hex ?? "" }
      case .reviewRequested: if !reviewers.contains(event.subject) { reviewers.append(event.subject) }
      case .reviewerRemoved: reviewers.removeAll { $0 == event.subject }
      default: break
      }
    }

    func line(at moment: Instant) -> AppraiseRequest {
      var line = AppraiseRequest()
      line.timestamp = moment.stamp
      line.reviewRef = request.reviewRef
      line.targetRef = isClosed ? "" : request.targetRef
      line.requester = request.requester
      line.reviewers = reviewers
      line.description = title
      line.baseCommit = request.base?.hex ?? ""
      line.alias = alias
      return line
    }
  }

  private mutating func write(_ event: ForgeEvent, _ state: State) {
    var mark = ForgeMark(
      forge: forge.rawValue, request: name, id: id(of: event), event: event.event)
    mark.actor = event.actor
    mark.subject = event.subject
    mark.commit = event.commit?.hex ?? ""
    mark.notBefore = event.notBefore.map(\.stamp) ?? ""
    let told = known.compactMap(\.mark).filter { $0.id == mark.id }
    if !told.isEmpty {
      guard told.allSatisfy({ mark.saysMore(than: $0) }) else {
        count.unchanged += 1
        return
      }
      count.changed += 1
    } else {
      count.added += 1
    }
    var line = state.line(at: event.at)
    line.mark = mark
    lines.append(line)
    known.append(line)
    known.sort(by: Self.precedes)
  }

  /// The same event has the same id, from whichever interface of the forge it was read.
  private func id(of event: ForgeEvent) -> String {
    let kind = "\(name)/\(event.event.rawValue)"
    switch event.event {
    case .opened, .merged: return kind
    case .revision: return "\(kind)/\(event.commit?.hex ?? "")"
    case .reviewRequested, .reviewerRemoved: return "\(kind)/\(event.at.seconds)/\(event.subject)"
    default: return "\(kind)/\(event.at.seconds)"
    }
  }

  private static func precedes(_ one: AppraiseRequest, _ other: AppraiseRequest) -> Bool {
    if one.timestamp != other.timestamp {
      return one.timestamp.utf8.lexicographicallyPrecedes(other.timestamp.utf8)
    }
    let (left, right) = (one.mark, other.mark)
    if left?.event != right?.event { return (left?.event.order ?? 0) < (right?.event.order ?? 0) }
    return (left?.id ?? "").utf8.lexicographicallyPrecedes((right?.id ?? "").utf8)
  }

  // MARK: What the input shows without telling when it happened

  /// The heads that reviews name, and the last one: each was there when it was first spoken of.
  private func heads(of request: ForgeRequest, _ comments: [ForgeComment], told: [ForgeEvent]) -> [ForgeEvent]
  {
    let known = Set(told.compactMap { $0.event == .revision ? $0.commit : nil })
    var seen: [ObjectName: Instant] = [:]
    for comment in comments {
      guard let commit = comment.commit, comment.event == .review || comment.event == .vote else { continue }
      seen[commit] = min(comment.at, seen[commit] ?? comment.at)
    }
    if let head = request.head {
      let end = request.events.filter { $0.event == .merged || $0.event == .closed }.map(\.at).max()
      seen[head] = min(seen[head] ?? clock, end?.advanced(by: -1) ?? clock, clock)
    }
    return seen.filter { !known.contains($0.key) }.map { commit, latest in
      var event = ForgeEvent(.revision, max(latest, request.opened))
      event.commit = commit
      if latest > request.opened { event.notBefore = request.opened }
      return event
    }
  }

  /// Being a draft from the start, which shows only when that ends.
  private func draftFromTheStart(of request: ForgeRequest, told: [ForgeEvent]) -> ForgeEvent? {
    let all = known.compactMap(ForgeEvent.init(told:)) + told
    let changes = all.filter { $0.event == .draft || $0.event == .ready }
    let first = changes.min { ($0.at, $0.event.order) < ($1.at, $1.event.order) }
    return first?.event == .ready ? ForgeEvent(.draft, request.opened) : nil
  }

  /// States of now that no event explains: a draft, an end that was undone, people who are asked.
  private func unseenStates(of request: ForgeRequest, told: [ForgeEvent]) -> [ForgeEvent] {
    let ledger = known.compactMap(ForgeEvent.init(told:))
    let all = (ledger + told).sorted { ($0.at, $0.event.order) < ($1.at, $1.event.order) }
    var events: [ForgeEvent] = []
    func add(_ kind: ForgeMark.Event, after moment: Instant, about subject: String = "") {
      var event = ForgeEvent(kind, max(clock, moment.advanced(by: 1)))
      event.notBefore = moment
      event.subject = subject
      events.append(event)
    }
    let draft = all.last { $0.event == .draft || $0.event == .ready }
    if request.state == .open, let isDraft = request.isDraft, isDraft != (draft?.event == .draft) {
      add(isDraft ? .draft : .ready, after: draft?.at ?? request.opened)
    }
    let end = all.last { [.closed, .reopened, .merged].contains($0.event) }
    if request.state == .open, let end, end.event == .closed { add(.reopened, after: end.at) }
    guard request.state == .open else { return events }
    for person in request.awaited where !person.isEmpty {
      let last = all.last { $0.subject == person }
      if last?.event != .reviewRequested {
        add(.reviewRequested, after: last?.at ?? request.opened, about: person)
      }
    }
    return events
  }

  /// A title or target that is another one than the ledger's.
  private func changedText(of request: ForgeRequest) -> ForgeEvent? {
    guard let last = known.last, let at = Instant(stamp: last.timestamp), !request.title.isEmpty else {
      return nil
    }
    let target = known.last { !$0.targetRef.isEmpty }?.targetRef
    let title = request.title.cut(to: LedgerPlanner.textLimit)
    guard last.description != title || (target ?? "") != request.targetRef else { return nil }
    var event = ForgeEvent(.updated, max(request.updated ?? clock, at.advanced(by: 1)))
    event.notBefore = at
    return event
  }
}

extension ForgeMark {
  /// Whether there is something here that the other one leaves open.
  fileprivate func saysMore(than other: ForgeMark) -> Bool {
    (other.actor.isEmpty && !actor.isEmpty) || (other.commit.isEmpty && !commit.isEmpty)
      || (!other.notBefore.isEmpty && notBefore.isEmpty)
  }
}

extension ForgeMark.Event {
  /// Place among events of one second.
  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension ForgeRequest {
  /// The request as the lines of the ledger tell it, the latest last; nil without any.
  fileprivate init?(_ number: Int, told lines: [AppraiseRequest]) {
    guard let first = lines.first, let last = lines.last, let opened = Instant(stamp: first.timestamp) else {
      return nil
    }
    self.init(
      number: number, opened: opened, requester: last.requester, title: last.description,
      reviewRef: last.reviewRef, targetRef: lines.last { !$0.targetRef.isEmpty }?.targetRef ?? "",
      state: .open)
    base = ObjectName(hex: last.baseCommit)
  }
}

extension ForgeEvent {
  /// The event that a line of the ledger tells.
  fileprivate init?(told request: AppraiseRequest) {
    guard let mark = request.mark, let at = Instant(stamp: request.timestamp) else { return nil }
    self.init(mark.event, at, by: mark.actor)
    subject = mark.subject
  }
}

extension String {
  /// At most so many bytes, cut between two characters, with a sign that something is missing.
  func cut(to limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var (kept, size) = (String.UnicodeScalarView(), 0)
    for scalar in unicodeScalars {
      size += UTF8.width(scalar)
      if size > limit - 3 { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }
}
