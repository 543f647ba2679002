public import Facts
public import Git

/// The requests and comments that a repository's notes hold, record by record, for a writer that adds to them.
public struct ReviewLedger: Sendable {
  public static let reviewsRef = NoteSource.Kind.reviews.reference
  public static let discussRef = NoteSource.Kind.discuss.reference
  /// Keeps commits alive that reviews were about before their branches were rewritten.
  public static let archiveRef = ReviewArchive.reference

  /// What is noted on one object.
  public struct Note: Sendable {
    public var requests: [AppraiseRequest] = []
    public var comments: [AppraiseComment] = []
    /// The sizes of the two notes in bytes.
    public var requestBytes = 0
    public var commentBytes = 0

    public init() {}
  }

  /// The commits of the two references that were read; nil where there is none.
  public private(set) var reviewsTip: ObjectID?
  public private(set) var discussTip: ObjectID?
  public private(set) var notes: [ObjectName: Note] = [:]

  /// Of a repository that is not there yet.
  public init() {}

  /// Reads both references; lines that are no records are passed over.
  ///
  /// Fails when a note cannot be read: whoever does not know what is there must not add to it.
  ///
  /// With `object` only the notes on that one are read.
  public init(_ repository: Repository, on object: ObjectName? = nil) throws(GitError) {
    reviewsTip = try ReviewLedger.each(Self.reviewsRef, in: repository, on: object) { object, bytes in
      let records = NoteRecords(bytes, read: AppraiseRequest.init(line:)).records
      notes[object, default: Note()].requests += records.map(\.record)
      notes[object, default: Note()].requestBytes += bytes.count
    }
    discussTip = try ReviewLedger.each(Self.discussRef, in: repository, on: object) { object, bytes in
      let records = NoteRecords(bytes, read: AppraiseComment.init(line:)).records
      notes[object, default: Note()].comments += records.map(\.record)
      notes[object, default: Note()].commentBytes += bytes.count
    }
  }

  private static func each(
    _ reference: String, in repository: Repository, on object: ObjectName?,
    _ body: (ObjectName, [UInt8]) -> Void
  ) throws(GitError) -> ObjectID? {
    guard let tree = try repository.notes(inRef: reference) else { return nil }
    for entry in tree.entries where object.map({ ObjectID($0) == entry.annotated }) ?? true {
      for blob in entry.blobs {
        guard let note = try repository.read(blob, limit: NotesWriter.noteLimit) else {
          throw GitError(
            code: .notFound, function: "ledger", message: "note \(blob) of \(reference) is missing")
        }
        body(ObjectName(git: entry.annotated), note.bytes)
      }
    }
    return tree.commit
  }
}
