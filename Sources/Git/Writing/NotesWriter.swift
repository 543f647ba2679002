internal import Clibgit2

/// Lines that are to be added to the notes of one reference, and where it must still be.
public struct NotesChange: Sendable {
  /// Full name of the notes reference.
  public var reference: String
  /// The commit at which the lines were decided; nil when the reference did not exist.
  public var expected: ObjectID?
  /// The lines for each object, without line ends, in the order in which they are added.
  public var lines: [ObjectID: [[UInt8]]]
  /// The message of the notes commit.
  public var message: String

  public init(reference: String, expected: ObjectID?, lines: [ObjectID: [[UInt8]]], message: String) {
    self.reference = reference
    self.expected = expected
    self.lines = lines
    self.message = message
  }
}

/// Adds lines to the notes of a repository that others use at the same time.
///
/// Lines are only ever added at the end of a note, so whatever `git notes merge -s cat_sort_uniq` makes of two sides
/// keeps them. All objects reach the disk first. Then the references are moved, in the order given, each only if
/// nobody moved it meanwhile: a run that is killed leaves every reference at its old or its new commit.
public final class NotesWriter {
  /// The largest note that is added to, in bytes.
  public static let noteLimit = 64 << 20

  private let reader: Repository
  private let lock: WriterLock
  private let handle: OpaquePointer
  /// How long Git's own lock on a reference is waited for, in seconds.
  private let patience: Int

  /// Writes into the repository that `reader` reads, while `lock` is held.
  ///
  /// Git's own lock on a reference is waited for as many seconds as `patience` says.
  public init(_ reader: Repository, lock: WriterLock, waiting patience: Int = 10) throws(GitError) {
    self.patience = patience
    try Library.syncWrites()
    var opened: OpaquePointer?
    // `Repository` has checked format and extensions already. This call does not, so it opens clones with extensions
    // that change nothing here, such as partial ones.
    try check("git_repository_open_bare") { git_repository_open_bare(&opened, reader.commonDirectory) }
    guard let opened else { throw GitError.last(-1, in: "git_repository_open_bare") }
    handle = opened
    self.reader = reader
    self.lock = lock
  }

  deinit { git_repository_free(handle) }

  /// Adds the lines, each change in a commit of its own; a line that the note has already is not added again.
  ///
  /// `ident` reads `Name <address> 1704067200 +0000`. Returns the new commits, nil for a change that changes nothing.
  /// Fails with code `modified` when a reference is not where it was expected; those before it have been moved then.
  public func write(_ changes: [NotesChange], ident: String) throws(GitError) -> [ObjectID?] {
    var batch = ObjectBatch()
    var commits: [ObjectID?] = []
    for change in changes { commits.append(try prepare(change, ident, in: &batch)) }
    try batch.write(into: handle)
    let moves = zip(changes, commits).compactMap { change, commit in
      commit.map { (change: change, target: $0) }
    }
    guard !moves.isEmpty else { return commits }
    try lock.announce(moves.map { ($0.change.reference, $0.target) })
    defer { lock.settle() }
    for move in moves { try self.move(move.change, to: move.target) }
    return commits
  }

  private func prepare(
    _ change: NotesChange, _ ident: String, in batch: inout ObjectBatch
  ) throws(GitError) -> ObjectID? {
    let editor = try NotesTreeEditor(reader, commit: change.expected)
    var isChanged = false
    for annotated in change.lines.keys.sorted() {
      let old = try editor.note(on: annotated).map { id throws(GitError) in try content(of: id) } ?? []
      let new = NotesWriter.note(old, adding: change.lines[annotated] ?? [])
      guard new.count > old.count else { continue }
      isChanged = true
      try editor.set(annotated, to: try batch.add(.blob, new))
    }
    guard isChanged else { return nil }
    var text = "tree \(try editor.write(into: &batch).hex)\n"
    if let parent = change.expected { text += "parent \(parent.hex)\n" }
    text += "author \(ident)\ncommitter \(ident)\n\n\(change.message)"
    return try batch.add(.commit, Array(text.utf8))
  }

  private func content(of blob: ObjectID) throws(GitError) -> [UInt8] {
    guard let bytes = try reader.bytes(blob, as: .blob, limit: Self.noteLimit) else {
      throw GitError(
        code: .notFound, function: "notes", message: "note \(blob) is missing; nothing was written")
    }
    return bytes
  }

  /// The note with those of the lines that it does not have.
  static func note(_ old: [UInt8], adding lines: [[UInt8]]) -> [UInt8] {
    var known = Set(old.split(separator: UInt8(ascii: "\n")).map(Array.init))
    var note = old
    for line in lines where !line.isEmpty && known.insert(line).inserted {
      if let last = note.last, last != UInt8(ascii: "\n") { note.append(UInt8(ascii: "\n")) }
      note += line + [UInt8(ascii: "\n")]
    }
    return note
  }

  /// Moves one reference; waits for somebody else's lock on it.
  private func move(_ change: NotesChange, to commit: ObjectID) throws(GitError) {
    let message = change.message.prefix { $0 != "\n" }
    for _ in 0...(patience * 50) {
      var target = commit.raw
      var before = (change.expected ?? .zero).raw
      var reference: OpaquePointer?
      defer { git_reference_free(reference) }
      let status = git_reference_create_matching(
        &reference, handle, change.reference, &target, 1, &before, String(message))
      guard status == GIT_ELOCKED.rawValue else {
        if status == GIT_ENOTFOUND.rawValue { throw .gone(change.reference) }
        guard status >= 0 else { throw GitError.last(status, in: "git_reference_create_matching") }
        return
      }
      git_error_clear()
      Files.pause(milliseconds: 20)
    }
    throw .lockedReference("\(reader.commonDirectory)/\(change.reference).lock", patience)
  }
}

extension NotesWriter {
  /// A person at a moment, in UTC, as a commit writes it; characters that would break the line are left out.
  public static func ident(name: String, email: String, seconds: Int64) -> String {
    func clean(_ text: String) -> String {
      let kept = text.unicodeScalars.filter { $0.value >= 0x20 && $0 != "<" && $0 != ">" && $0 != "\u{7F}" }
      return String(String.UnicodeScalarView(kept))
    }
    return "\(clean(name)) <\(clean(email))> \(max(0, seconds)) +0000"
  }
}

extension GitError {
  fileprivate static func gone(_ reference: String) -> GitError {
    GitError(code: .modified, function: "move", message: "\(reference) was removed meanwhile")
  }

  fileprivate static func lockedReference(_ path: String, _ seconds: Int) -> GitError {
    GitError(
      code: .locked, function: "move",
      message: "\(path) has been there for \(seconds) seconds; if no git command is running, remove it")
  }
}
