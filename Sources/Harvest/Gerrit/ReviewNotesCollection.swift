internal import Facts
internal import Git

/// All notes of the reviewnotes plugin in one repository, with the commits that they annotate.
struct ReviewNotesCollection {
  /// Where the plugin writes.
  static let ref = "refs/notes/review"

  /// One change of one note.
  struct Entry {
    let annotated: ObjectName
    let block: ReviewNotesBlock
    /// Nil when the commit is not in this repository.
    let commit: AnnotatedCommit?

    /// When the change landed: as recorded, else by the commit's own date.
    var landed: Instant? { block.submitted ?? commit?.committed }
  }

  /// In the order of the changes' landing, then of the commits' names; those without any date come last.
  private(set) var entries: [Entry] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var noteCount = 0
  /// Notes with a line that could not be read, or that could not be read at all.
  private(set) var unreadable = 0
  /// Notes on commits that are not in this repository.
  private(set) var missingCommits = 0

  private let context: SourceContext

  /// Whether there is nothing to tell, not even a problem.
  var isEmpty: Bool { noteCount == 0 && diagnostics.isEmpty }

  /// Reads the notes; nothing when the repository has none.
  init(_ context: SourceContext) {
    self.context = context
    guard context.references.contains(where: { $0.name == Self.ref }) else { return }
    guard let tree = notes() else { return }
    noteCount = tree.entries.count
    let notes = tree.entries
    let readings = context.repository.concurrently(notes.count, jobs: context.jobs) { repository, place in
      ReviewNotesReading(notes[place], in: repository)
    }
    var commits = AnnotatedCommits(context)
    for (note, reading) in zip(notes, readings) { take(reading, of: note, &commits) }
    entries.sort { one, other in
      let (first, second) = (one.landed?.seconds ?? .max, other.landed?.seconds ?? .max)
      return first != second ? first < second : one.annotated < other.annotated
    }
  }

  private mutating func notes() -> NotesTree? {
    do {
      return try context.repository.notes(inRef: Self.ref)
    } catch {
      report(.corruptObject(detail: error.message))
      return nil
    }
  }

  private mutating func take(
    _ reading: ReviewNotesReading, of note: NoteEntry, _ commits: inout AnnotatedCommits
  ) {
    diagnostics += reading.diagnostics
    if !reading.diagnostics.isEmpty { unreadable += 1 }
    guard !reading.blocks.isEmpty else { return }
    let commit: AnnotatedCommit?
    switch find(note.annotated, &commits) {
    case .found(let known): commit = known
    case .missing: commit = nil
    case .unusable: return
    }
    let annotated = ObjectName(git: note.annotated)
    for block in reading.blocks { entries.append(Entry(annotated: annotated, block: block, commit: commit)) }
  }

  /// What became of looking for an annotated commit.
  private enum Search {
    case found(AnnotatedCommit)
    case missing
    /// Broken, or no commit.
    case unusable
  }

  private mutating func find(_ id: ObjectID, _ commits: inout AnnotatedCommits) -> Search {
    do {
      if let commit = try commits.find(id) { return .found(commit) }
      missingCommits += 1
      // In a shallow clone that is so by intention, for most of the notes.
      if !context.repository.isShallow { report(.missingObject, object: ObjectName(git: id)) }
      return .missing
    } catch {
      let isCommit = error.code != .wrongKind
      report(
        isCommit ? .corruptObject(detail: error.message) : .notACommit, object: ObjectName(git: id))
      return .unusable
    }
  }

  private mutating func report(_ kind: Diagnostic.Kind, object: ObjectName? = nil) {
    diagnostics.append(Diagnostic(kind, ref: Self.ref, object: object))
  }
}

/// What came of reading the note on one commit.
private struct ReviewNotesReading: Sendable {
  private(set) var blocks: [ReviewNotesBlock] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ note: NoteEntry, in repository: Repository) {
    let annotated = ObjectName(git: note.annotated)
    let text = ReviewNotesText(bytes(of: note, annotated, in: repository))
    blocks = text.blocks
    diagnostics += text.diagnostics(ref: ReviewNotesCollection.ref, object: annotated)
  }

  /// Several notes on one commit, which damaged trees hold, are joined by an empty line, as Git does.
  private mutating func bytes(
    of note: NoteEntry, _ annotated: ObjectName, in repository: Repository
  ) -> [UInt8] {
    var joined: [UInt8] = []
    for blob in note.blobs {
      do {
        guard let object = try repository.read(blob, limit: ReviewNotesText.byteLimit - joined.count) else {
          report(.missingObject, ObjectName(git: blob))
          continue
        }
        guard object.kind == .blob else {
          report(.corruptObject(detail: "its note is no blob"), annotated)
          continue
        }
        if !joined.isEmpty { joined += [0x0A, 0x0A] }
        joined += object.bytes
      } catch {
        report(.corruptObject(detail: error.message), annotated)
      }
    }
    return joined
  }

  private mutating func report(_ kind: Diagnostic.Kind, _ object: ObjectName) {
    diagnostics.append(Diagnostic(kind, ref: ReviewNotesCollection.ref, object: object))
  }
}

/// What a change takes from the commit that its note annotates.
struct AnnotatedCommit: Hashable {
  let author: Identity?
  let authored: Instant?
  let committed: Instant?
  let subject: String
}

/// Looks commits up, in the loaded history first.
struct AnnotatedCommits {
  private let context: SourceContext
  private var people: [Int32: Identity] = [:]

  init(_ context: SourceContext) { self.context = context }

  /// Nil when the commit is not in this repository; an error when it is broken or no commit.
  mutating func find(_ id: ObjectID) throws(GitError) -> AnnotatedCommit? {
    if let index = context.history.index(of: id) { return loaded(index) }
    guard let commit = try context.repository.commit(id) else { return nil }
    return AnnotatedCommit(
      author: commit.authorIdentity, authored: commit.author?.seconds.map { Instant(seconds: $0) },
      committed: commit.committed, subject: commit.subject)
  }

  private mutating func loaded(_ index: Int32) -> AnnotatedCommit {
    let history = context.history
    let number = history.author(index)
    let author =
      people[number]
      ?? Identity(
        name: history.identities[Int(number)].name, email: history.identities[Int(number)].email)
    people[number] = author
    return AnnotatedCommit(
      author: author, authored: Instant(seconds: history.authorSeconds(index)),
      committed: Instant(seconds: history.committerSeconds(index)),
      subject: MessageParts(history.utf8Message(index)).subject.text)
  }
}
