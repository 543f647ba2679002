internal import Facts
internal import Harvest

/// The forges whose answers can be imported.
public enum Forge: String, Hashable, Sendable, CaseIterable {
  case github
  case gitlab
  case gerrit

  /// How a request is named in the ledger: `pull/76`.
  func name(_ number: Int) -> String {
    switch self {
    case .github: "pull/\(number)"
    case .gitlab: "merge-requests/\(number)"
    case .gerrit: "changes/\(number)"
    }
  }

  /// What people call the forge.
  var title: String {
    switch self {
    case .github: "GitHub"
    case .gitlab: "GitLab"
    case .gerrit: "Gerrit"
    }
  }
}

/// A request as a forge tells it, in words that all forges share.
struct ForgeRequest {
  enum State {
    case open
    case closed
    case merged
  }

  var number: Int
  var opened: Instant
  var requester: String
  var title: String
  /// Full names of the refs of the change and of its target.
  var reviewRef: String
  var targetRef: String
  /// The target's commit when the request was read, in full.
  var base: ObjectName?
  /// The request's own commits, oldest first, as far as they are told.
  var commits: [ObjectName] = []
  var head: ObjectName?
  var landed: ObjectName?
  var state: State
  var closed: Instant?
  var updated: Instant?
  var events: [ForgeEvent] = []
  /// Whether it is a draft now; nil when nothing says so.
  var isDraft: Bool?
  /// Who is asked for a review now, whenever that was.
  var awaited: [String] = []
  /// Who approves it now, and since when as far as told.
  var approvals: [(by: String, at: Instant?)] = []

  /// Commits to which notes on the request may be attached, the best first.
  var candidates: [ObjectName] { commits + [head, landed].compactMap { $0 } }
}

/// Something that happened to a request and is no comment.
struct ForgeEvent: Hashable {
  var event: ForgeMark.Event
  var at: Instant
  var actor = ""
  var subject = ""
  var commit: ObjectName?
  /// The earliest moment, where `at` is only the latest.
  var notBefore: Instant?

  init(_ event: ForgeMark.Event, _ at: Instant, by actor: String = "") {
    self.event = event
    self.at = at
    self.actor = actor
  }
}

/// A comment, a review or a vote.
struct ForgeComment {
  var id: String
  var event: ForgeMark.Event
  var at: Instant
  var author: String
  var text: String
  var commit: ObjectName?
  var path = ""
  /// Counted from 1; 0 for the whole file.
  var line: UInt32 = 0
  /// The forge's id of the comment that this one answers.
  var parent = ""
  /// Another id by which answers may name it.
  var otherID = ""
  /// True accepts the change, false rejects it.
  var resolved: Bool?
  /// When the text was last changed, where the forge tells.
  var edited: Instant?
  /// The opinion was taken back: by whom and when, as far as known.
  var withdrawal: (by: String, at: Instant?)?
  var notBefore: Instant?
  var label = ""
  var value = ""
  var tag = ""
  /// Whether an answer is expected; nil when nothing says so.
  var isThreadOpen: Bool?

  init(_ event: ForgeMark.Event, id: String, at: Instant, by author: String, _ text: String) {
    self.event = event
    self.id = id
    self.at = at
    self.author = author
    self.text = text
  }

  /// Takes over what another telling of the same comment knows better.
  mutating func merge(_ other: ForgeComment) {
    isThreadOpen = isThreadOpen ?? other.isThreadOpen
    withdrawal = withdrawal ?? other.withdrawal
    resolved = resolved ?? other.resolved
    if parent.isEmpty { parent = other.parent }
    if otherID.isEmpty { otherID = other.otherID }
  }
}

/// Everything that was understood of an input, and what was not.
struct ForgeInput {
  /// The largest number of things that are refused one by one; what comes after is counted.
  static let refusalLimit = 1_000

  private(set) var requests: [Int: ForgeRequest] = [:]
  /// By request; also about requests that the input itself does not tell.
  private(set) var comments: [Int: [ForgeComment]] = [:]
  /// Heads by request, of requests that the input itself does not tell.
  private(set) var revisions: [Int: [ForgeEvent]] = [:]
  /// Heads by the number that the server alone uses; the commits may show whose they are.
  private(set) var unnamedRevisions: [Int64: [ForgeEvent]] = [:]
  private(set) var refusals: [ImportRefusal] = []
  private(set) var refused = 0
  /// Things that are not for everybody's eyes, or about something else.
  var leftOut = 0
  /// Requests and comments that are refused.
  private(set) var refusedRequests = 0
  private(set) var refusedComments = 0

  /// Whether nothing was understood.
  var isEmpty: Bool {
    requests.isEmpty && comments.isEmpty && revisions.isEmpty && unnamedRevisions.isEmpty
  }

  mutating func refuse(_ refusal: ImportRefusal) {
    refused += 1
    if refusals.count < Self.refusalLimit { refusals.append(refusal) }
  }

  /// Takes a request in; told twice, the later telling counts, and the events of both.
  mutating func add(_ request: ForgeRequest) {
    var request = request
    if let known = requests[request.number] {
      request.events = (known.events + request.events).withoutRepetitions
      if request.commits.isEmpty { request.commits = known.commits }
      request.head = request.head ?? known.head
      request.landed = request.landed ?? known.landed
      request.isDraft = request.isDraft ?? known.isDraft
      if request.approvals.isEmpty { request.approvals = known.approvals }
    }
    requests[request.number] = request
  }

  mutating func add(_ comment: ForgeComment, to number: Int) { comments[number, default: []].append(comment) }

  /// Takes in a head of a request that the input may tell or not.
  mutating func add(revision: ForgeEvent, to number: Int) {
    if requests[number] != nil {
      requests[number]?.events.append(revision)
    } else {
      revisions[number, default: []].append(revision)
    }
  }

  /// Takes in a head of which only the server's own number of the request is told.
  mutating func add(revision: ForgeEvent, ofServerNumber number: Int64) {
    unnamedRevisions[number, default: []].append(revision)
  }

  /// Reads one request; what is wrong with it is noted.
  mutating func request(_ read: (inout ForgeInput) throws(ImportRefusal) -> Void) {
    do throws(ImportRefusal) {
      try read(&self)
    } catch {
      refusedRequests += 1
      refuse(error)
    }
  }

  /// Reads one comment; what is wrong with it is noted.
  mutating func comment(_ read: (inout ForgeInput) throws(ImportRefusal) -> Void) {
    do throws(ImportRefusal) {
      try read(&self)
    } catch {
      refusedComments += 1
      refuse(error)
    }
  }

  /// Changes what is known of a request; what is told of one that the input does not hold is counted as left out.
  mutating func update(_ number: Int, _ change: (inout ForgeRequest) -> Void) {
    guard var request = requests[number] else { return leftOut += 1 }
    change(&request)
    requests[number] = request
  }
}

extension [ForgeEvent] {
  /// The same events without those that are equal to an earlier one.
  fileprivate var withoutRepetitions: [ForgeEvent] {
    var seen: Set<ForgeEvent> = []
    return filter { seen.insert($0).inserted }
  }
}

/// The JSON values on standard input.
enum ImportDocuments {
  /// The largest input, in bytes.
  static let limit = 512 << 20

  /// Reads any number of JSON values, one after the other or one on each line.
  ///
  /// Gerrit puts a line `)]}'` before each answer, which keeps browsers from running it.
  static func read(_ bytes: [UInt8]) throws -> [ImportField] {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    do throws(JSONValue.Problem) {
      let values = try JSONValue.documents(withoutGuards(bytes))
      return values.enumerated().map { ImportField(value: $1, place: .document($0 + 1)) }
    } catch {
      let line = bytes.prefix(error.offset).count { $0 == 0x0A } + 1
      throw CommandFailure.other(
        "standard input, line \(line), byte \(error.offset + 1): not JSON: \(error.what); nothing was imported"
      )
    }
  }

  /// The bytes with spaces in place of Gerrit's lines, so that places stay what they are.
  private static func withoutGuards(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let mark = Array(")]}'".utf8)
    var text = Array(bytes)
    var start = 0
    while start < text.count {
      if text[start...].starts(with: mark) {
        for place in start..<(start + mark.count) { text[place] = 0x20 }
      }
      guard let end = text[start...].firstIndex(of: 0x0A) else { break }
      start = end + 1
    }
    return text
  }
}
