internal import Facts
internal import Harvest

/// Decides which lines an input adds to a ledger; the same input, ledger and clock give the same lines.
struct LedgerPlanner {
  /// Texts are cut after this many bytes; GitHub itself takes no longer ones.
  static let textLimit = 65_536
  /// A note is not made larger than this, in bytes, so that readers still take it.
  static let noteLimit = 4 << 20

  let forge: Forge
  /// The moment of the import, for what the forge does not date.
  let clock: Instant
  private var index: LedgerIndex
  private(set) var requestLines: [ObjectName: [[UInt8]]] = [:]
  private(set) var commentLines: [ObjectName: [[UInt8]]] = [:]
  private(set) var tally = ImportTally()
  private(set) var refusals: [ImportRefusal] = []

  init(_ ledger: ReviewLedger, forge: Forge, clock: Instant) {
    self.forge = forge
    self.clock = clock
    index = LedgerIndex(ledger, forge: forge)
  }

  /// Plans everything, requests by number.
  ///
  /// `heads` are the requests whose newest commit the clone has a reference to, by that commit; `exists` tells
  /// whether the clone has an object.
  mutating func plan(
    _ input: ForgeInput, heads: [ObjectName: Set<String>] = [:], exists: (ObjectName) throws -> Bool
  ) throws {
    tally.requests.refused = input.refusedRequests
    tally.comments.refused = input.refusedComments
    tally.leftOut = input.leftOut
    for number in Set(input.requests.keys).union(input.comments.keys).sorted() {
      try plan(number, input.requests[number], input.comments[number] ?? [], exists)
    }
    var revisions = input.revisions.reduce(into: [:]) { $0[forge.name($1.key)] = ($1.key, $1.value) }
    for (_, events) in input.unnamedRevisions.sorted(by: { $0.key < $1.key }) {
      guard let name = request(of: events, heads), let number = Int(name.split(separator: "/").last ?? "")
      else {
        tally.leftOut += events.count
        continue
      }
      revisions[name, default: (number, [])].1 += events
    }
    for (name, told) in revisions.sorted(by: { $0.value.0 < $1.value.0 }) { plan(name, told.0, told.1) }
  }

  /// The one request whose head any of these commits is known to be; nil where there is none, or several.
  private func request(of revisions: [ForgeEvent], _ heads: [ObjectName: Set<String>]) -> String? {
    var names: Set<String> = []
    for commit in revisions.compactMap(\.commit) {
      names.formUnion(index.names[commit] ?? [])
      names.formUnion(heads[commit] ?? [])
    }
    return names.count == 1 ? names.first : nil
  }

  /// Plans heads of a request that the input does not tell: they count where the ledger knows it.
  private mutating func plan(_ name: String, _ number: Int, _ revisions: [ForgeEvent]) {
    guard let entry = index.entries[name], !entry.requests.isEmpty else {
      tally.leftOut += revisions.count
      return
    }
    let planned = requestLines[entry.annotated]?.reduce(0) { $0 + $1.count + 1 } ?? 0
    var room = NoteRoom(
      requests: entry.requestBytes + planned, comments: entry.commentBytes, limit: Self.noteLimit)
    var events = EventPlanner(forge: forge, name: name, clock: clock, known: entry.requests)
    events.plan(revisions: revisions, number: number)
    let lines = room.takeRequests(events.lines.map(\.line))
    if !lines.isEmpty { requestLines[entry.annotated, default: []] += lines }
    if room.refused > 0 { refuse(name, room.refused) }
    add(events.count, to: &tally.events)
  }

  private mutating func refuse(_ name: String, _ count: Int) {
    tally.events.refused += count
    refusals.append(
      ImportRefusal(place: name, what: "has more to say than a note of \(Self.noteLimit) bytes holds"))
  }

  private mutating func plan(
    _ number: Int, _ request: ForgeRequest?, _ comments: [ForgeComment], _ exists: (ObjectName) throws -> Bool
  ) throws {
    let name = forge.name(number)
    let isNew = index.entries[name] == nil
    let found = try request.map { try index.entry(name, $0, exists: exists) } ?? index.entries[name]
    guard let entry = found else {
      tally.leftOut += comments.count
      return
    }
    var room = NoteRoom(requests: entry.requestBytes, comments: entry.commentBytes, limit: Self.noteLimit)
    var events = EventPlanner(forge: forge, name: name, clock: clock, known: entry.requests)
    if let request { events.plan(request, latestComments: comments) }
    let requestLines = room.takeRequests(events.lines.map(\.line))
    var talk = CommentPlanner(forge: forge, name: name, clock: clock, known: entry.comments)
    talk.plan(comments, approvals: request?.approvals ?? [], of: request)
    let commentLines = room.takeComments(talk.lines.map(\.line))
    if !requestLines.isEmpty { self.requestLines[entry.annotated, default: []] += requestLines }
    if !commentLines.isEmpty { self.commentLines[entry.annotated, default: []] += commentLines }
    if room.refused > 0 { refuse(name, room.refused) }
    if request != nil {
      count(isNew: isNew, hasLines: !(requestLines.isEmpty && commentLines.isEmpty), &tally.requests)
    }
    add(events.count, to: &tally.events)
    add(talk.reviews, to: &tally.reviews)
    add(talk.comments, to: &tally.comments)
    add(talk.automatic, to: &tally.automatic)
    tally.shortened += talk.shortened
  }

  private func count(isNew: Bool, hasLines: Bool, _ count: inout ImportCount) {
    count.read += 1
    if isNew {
      count.added += 1
    } else if hasLines {
      count.changed += 1
    } else {
      count.unchanged += 1
    }
  }

  private func add(_ count: ImportCount, to sum: inout ImportCount) {
    sum.read += count.read
    sum.added += count.added
    sum.changed += count.changed
    sum.unchanged += count.unchanged
    sum.refused += count.refused
  }
}

/// The room that is left in the notes on one object.
private struct NoteRoom {
  private var requestBytes: Int
  private var commentBytes: Int
  private let limit: Int
  /// Lines for which there was none.
  private(set) var refused = 0

  init(requests: Int, comments: Int, limit: Int) {
    (requestBytes, commentBytes, self.limit) = (requests, comments, limit)
  }

  mutating func takeRequests(_ lines: [[UInt8]]) -> [[UInt8]] { take(lines, \.requestBytes) }

  mutating func takeComments(_ lines: [[UInt8]]) -> [[UInt8]] { take(lines, \.commentBytes) }

  private mutating func take(_ lines: [[UInt8]], _ used: WritableKeyPath<NoteRoom, Int>) -> [[UInt8]] {
    var taken: [[UInt8]] = []
    for line in lines {
      guard self[keyPath: used] + line.count + 1 <= limit else {
        refused += 1
        continue
      }
      self[keyPath: used] += line.count + 1
      taken.append(line)
    }
    return taken
  }
}

extension Instant {
  /// Decimal seconds with ten digits or more, so that text order is time order.
  var stamp: String {
    let digits = String(max(0, seconds))
    return String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
  }

  /// Reads what `stamp` wrote.
  init?(stamp: String) {
    guard !stamp.isEmpty, stamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(stamp)
    else { return nil }
    self.init(seconds: seconds)
  }
}
