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

/// Commits that are put on a reference one after the other, each with the one before as its first parent.
public struct CommitChain: Sendable {
  /// One commit of the chain.
  public struct Link: Sendable {
    public var tree: ObjectID
    /// The parents after the first one, which is the link before, or where the reference is.
    public var parents: [ObjectID]
    public var message: String

    public init(tree: ObjectID, parents: [ObjectID], message: String) {
      self.tree = tree
      self.parents = parents
      self.message = message
    }
  }

  /// Full name of the reference.
  public var reference: String
  /// The commit that the first link goes on; nil when the reference does not exist.
  public var expected: ObjectID?
  public var links: [Link]

  public init(reference: String, expected: ObjectID?, links: [Link]) {
    self.reference = reference
    self.expected = expected
    self.links = links
  }
}

/// Adds lines to the notes of a repository that others use at the same time.
///
/// Lines are only ever added at the end of a note, so whatever `git notes merge -s cat_sort_uniq` makes of two sides
/// keeps them. All objects reach the disk first. Then all references are locked, and moved in the order given only if
/// nobody has moved any of them: a run that fails moves none. One that is killed leaves each at its old or its new commit,
/// the later ones never without the earlier ones; the next run adds what is missing.
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
  /// Commits of `chain` are moved first. Fails with code `modified` when a reference is not where it was expected;
  /// then none has been moved.
  public func write(
    _ changes: [NotesChange], after chain: CommitChain? = nil, ident: String
  ) throws(GitError) -> [ObjectID?] {
    var batch = ObjectBatch()
    var commits: [ObjectID?] = []
    var moves: [Move] = []
    if let chain, let move = try prepare(chain, ident, in: &batch) { moves.append(move) }
    for change in changes {
      let commit = try prepare(change, ident, in: &batch)
      commits.append(commit)
      if let commit { moves.append(Move(change.reference, change.expected, commit, change.message)) }
    }
    try batch.write(into: handle)
    guard !moves.isEmpty else { return commits }
    try lock.announce(moves.map { ($0.reference, $0.target) })
    defer { lock.settle() }
    try move(moves)
    return commits
  }

  /// A reference and where it goes from its expected place.
  private struct Move {
    let reference: String
    let expected: ObjectID?
    let target: ObjectID
    let message: String

    init(_ reference: String, _ expected: ObjectID?, _ target: ObjectID, _ message: String) {
      self.reference = reference
      self.expected = expected
      self.target = target
      self.message = String(message.prefix { $0 != "\n" })
    }
  }

  /// Nil for a chain without links.
  private func prepare(
    _ chain: CommitChain, _ ident: String, in batch: inout ObjectBatch
  ) throws(GitError) -> Move? {
    var last = chain.expected
    for link in chain.links {
      let parents = (last.map { [$0] } ?? []) + link.parents
      last = try commit(link.tree, parents, ident, link.message, in: &batch)
    }
    guard let last, let link = chain.links.last else { return nil }
    return Move(chain.reference, chain.expected, last, link.message)
  }

  private func commit(
    _ tree: ObjectID, _ parents: [ObjectID], _ ident: String, _ message: String, in batch: inout ObjectBatch
  ) throws(GitError) -> ObjectID {
    var text = "tree \(tree.hex)\n"
    for parent in parents { text += "parent \(parent.hex)\n" }
    text += "author \(ident)\ncommitter \(ident)\n\n\(message)"
    return try batch.add(.commit, Array(text.utf8))
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
    let parents = change.expected.map { [$0] } ?? []
    return try commit(try editor.write(into: &batch), parents, ident, change.message, in: &batch)
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

  /// Moves all references, or none: nobody else can move any once the first is moved.
  ///
  /// Each has a transaction of its own, because libgit2 commits those of one in no order; a reader who looks in between
  /// must see the first moved first.
  private func move(_ moves: [Move]) throws(GitError) {
    var held: [OpaquePointer] = []
    defer { for transaction in held { git_transaction_free(transaction) } }
    for move in moves {
      let transaction = try lock(move.reference)
      held.append(transaction)
      guard try tip(of: move.reference) == move.expected else { throw .moved(move.reference) }
      var target = move.target.raw
      try check("git_transaction_set_target") {
        git_transaction_set_target(transaction, move.reference, &target, nil, move.message)
      }
    }
    for transaction in held { try check("git_transaction_commit") { git_transaction_commit(transaction) } }
  }

  /// Keeps everybody else away from a reference; waits for somebody else's lock on it.
  private func lock(_ reference: String) throws(GitError) -> OpaquePointer {
    var made: OpaquePointer?
    try check("git_transaction_new") { git_transaction_new(&made, handle) }
    guard let made else { throw GitError.last(-1, in: "git_transaction_new") }
    for _ in 0...(patience * 50) {
      let status = git_transaction_lock_ref(made, reference)
      if status >= 0 { return made }
      guard status == GIT_ELOCKED.rawValue else {
        let error = GitError.last(status, in: "git_transaction_lock_ref")
        git_transaction_free(made)
        throw error
      }
      git_error_clear()
      Files.pause(milliseconds: 20)
    }
    git_transaction_free(made)
    throw .lockedReference("\(reader.commonDirectory)/\(reference).lock", patience)
  }

  private func tip(of reference: String) throws(GitError) -> ObjectID? {
    var id = git_oid()
    let status = git_reference_name_to_id(&id, handle, reference)
    if status == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    guard status >= 0 else { throw GitError.last(status, in: "git_reference_name_to_id") }
    return ObjectID(id)
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
  fileprivate static func moved(_ reference: String) -> GitError {
    GitError(code: .modified, function: "move", message: "\(reference) was moved or removed meanwhile")
  }

  fileprivate static func lockedReference(_ path: String, _ seconds: Int) -> GitError {
    GitError(
      code: .locked, function: "move",
      message: "\(path) has been there for \(seconds) seconds; if no git command is running, remove it")
  }
}
