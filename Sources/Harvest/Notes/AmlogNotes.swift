internal import Facts
internal import Git

/// `refs/notes/amlog`: for each commit the Message-ID of the mail that it was applied from, as git.git keeps it.
struct AmlogNotes {
  static let reference = "refs/notes/amlog"
  /// The largest note that is read, in bytes; real ones have 70.
  private static let noteBytes = 64 << 10
  /// How many commits of the reference are gone back to find the notes of the as-of moment.
  private static let longestWay = 200_000

  /// The ids by the commit that the branch holds.
  private(set) var ids: [ObjectName: [String]] = [:]
  private(set) var notes = 0
  /// Notes whose text names no Message-ID.
  private(set) var withoutID = 0
  private(set) var severalIDs = 0
  /// Annotated objects that are no commits, or that this repository lacks.
  private(set) var notCommits = 0
  private(set) var missing = 0
  private(set) var unreadable = 0
  private(set) var diagnostics: [Diagnostic] = []

  /// Nil when the repository has no such notes.
  init?(_ context: SourceContext) throws(GitError) {
    let repository = context.repository
    guard let target = try repository.resolve(reference: Self.reference),
      let tip = try repository.peelToCommit(target),
      let commit = try Self.commit(tip, repository, context.asOf)
    else { return nil }
    let tree = try repository.notes(inCommit: commit)
    notes = tree.entries.count
    let entries = tree.entries
    let held = Set(context.line.held.map { context.history.id($0) })
    let isWindowed = context.since != nil
    let read = repository.concurrently(entries.count, jobs: context.jobs, chunk: 256) { repository, place in
      Reading(
        repository, entries[place], isHeld: held.contains(entries[place].annotated), isWindowed: isWindowed)
    }
    for (entry, reading) in zip(entries, read) { take(reading, entry) }
  }

  private mutating func take(_ reading: Reading, _ entry: NoteEntry) {
    let object = ObjectName(git: entry.annotated)
    switch reading.object {
    case .held, .elsewhere: break
    case .notACommit: notCommits += 1
    case .missing: missing += 1
    }
    if let problem = reading.problem {
      unreadable += 1
      diagnostics.append(Diagnostic(problem, ref: Self.reference, object: object))
    }
    if reading.ids.isEmpty, reading.problem == nil { withoutID += 1 }
    if reading.ids.count > 1 { severalIDs += 1 }
    if reading.object == .held, !reading.ids.isEmpty { ids[object] = reading.ids }
  }

  /// The newest commit of the notes that is not dated after the moment.
  private static func commit(
    _ tip: ObjectID, _ repository: Repository, _ asOf: Instant?
  ) throws(GitError) -> ObjectID? {
    guard let asOf else { return tip }
    var next: ObjectID? = tip
    for _ in 0..<longestWay {
      guard let id = next, let commit = try repository.commit(id) else { return nil }
      if let seconds = commit.committer?.seconds, seconds <= asOf.seconds { return id }
      next = commit.parents.first
    }
    return nil
  }

  /// The ids in a note: one on each line `Message-Id: <ID>`, each once, in their order.
  static func ids(in note: ArraySlice<UInt8>) -> [String] {
    var ids: [String] = []
    var lines = MailLines(note)
    while let line = lines.next() {
      guard line.startsFolded("message-id:") else { continue }
      let value = line.dropFirst("message-id:".utf8.count).trimmed
      let bare = value.first == UInt8(ascii: "<") ? value.dropFirst() : value
      let id = bare.prefix { !isBlank($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }.text
      if !id.isEmpty, !ids.contains(id), ids.count < 100 { ids.append(id) }
    }
    return ids
  }

  /// What one note says, and about what.
  private struct Reading: Sendable {
    enum Object: Sendable {
      case held
      case elsewhere
      case notACommit
      case missing
    }

    var object = Object.held
    var ids: [String] = []
    var problem: Diagnostic.Kind?

    init(_ repository: Repository, _ entry: NoteEntry, isHeld: Bool, isWindowed: Bool) {
      do {
        object = isHeld ? .held : try Self.kind(of: entry.annotated, repository, isWindowed: isWindowed)
        for blob in entry.blobs {
          guard let note = try repository.read(blob, limit: AmlogNotes.noteBytes) else {
            problem = .missingObject
            continue
          }
          ids += AmlogNotes.ids(in: note.bytes[...])
        }
      } catch {
        problem = .corruptObject(detail: error.message)
      }
    }

    /// In a window most commits are not loaded, and to ask for each would cost more than reading them.
    private static func kind(
      of object: ObjectID, _ repository: Repository, isWindowed: Bool
    ) throws(GitError) -> Object {
      if isWindowed { return .elsewhere }
      guard let header = try repository.header(of: object) else { return .missing }
      return header.kind == .commit ? .elsewhere : .notACommit
    }
  }
}
