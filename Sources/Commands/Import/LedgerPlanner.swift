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

  /// Plans everything, requests by number; `exists` tells whether the clone has an object.
  mutating func plan(_ input: ForgeInput, exists: (ObjectName) throws -> Bool) throws {
    tally.requests.refused = input.refusedRequests
    tally.comments.refused = input.refusedComments
    tally.leftOut = input.leftOut
    for number in Set(input.requests.keys).union(input.comments.keys).sorted() {
      try plan(number, input.requests[number], input.comments[number] ?? [], exists)
    }
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
    if room.refused > 0 {
      tally.events.refused += room.refused
      refusals.append(
        ImportRefusal(place: name, what: "has more to say than a note of \(Self.noteLimit) bytes holds"))
    }
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
