import Facts
import Git

/// One of git-appraise's notes references as it stands in a repository.
///
/// `git appraise pull` keeps what it fetched in `refs/notes/remotes/<remote>/devtools/…` and merges it into
/// `refs/notes/devtools/…`. The copy is read only where the merged reference does not exist, from the first remote
/// in the order of names.
///
/// A ledger beside the repository holds the same references. Its notes and the repository's own are read as one: the
/// notes on one object are joined, as Git joins several notes on one object.
struct NoteSource {
  /// The name below `refs/notes/`, such as `devtools/reviews`.
  enum Kind: String {
    case reviews = "devtools/reviews"
    case discuss = "devtools/discuss"
    case builds = "devtools/ci"
    case analyses = "devtools/analyses"

    var reference: String { "refs/notes/\(rawValue)" }
  }

  /// The notes of one repository.
  struct Copy {
    let ledger: Repository
    let ref: String
    let tree: NotesTree
    fileprivate let places: [ObjectName: Int]
  }

  /// Never empty; the repository's own first.
  let copies: [Copy]

  /// The reference as evidence names it.
  var ref: String { copies[0].ref }

  /// Nil when neither the repository nor a ledger has such notes, or they cannot be read.
  ///
  /// Without `takesFetched` only the merged reference is read.
  init?(_ kind: Kind, in reader: TolerantReader, takesFetched: Bool = true) {
    copies = reader.ledgers.compactMap { Copy(kind, in: $0, reader, takesFetched) }
    guard !copies.isEmpty else { return nil }
  }

  /// All annotated objects, sorted by name.
  var annotated: [ObjectName] {
    let names = copies.map { copy in copy.tree.entries.map { ObjectName(git: $0.annotated) } }
    return names.count == 1 ? names[0] : Set(names.joined()).sorted()
  }

  func hasNote(on object: ObjectName) -> Bool { copies.contains { $0.places[object] != nil } }

  /// The records of the note on an object; none when there is no note or it cannot be read.
  func records<Record>(
    on object: ObjectName, from reader: TolerantReader,
    read: (ArraySlice<UInt8>) throws(RecordFailure) -> Record
  ) -> NoteRecords<Record> {
    NoteRecords(note(on: object, from: reader), read: read)
  }

  /// Several notes on one object, which damaged trees hold, are joined by an empty line, as Git does.
  private func note(on object: ObjectName, from reader: TolerantReader) -> [UInt8] {
    var bytes: [UInt8] = []
    for copy in copies {
      guard let place = copy.places[object] else { continue }
      for blob in copy.tree.entries[place].blobs {
        let left = reader.limits.noteBytes - bytes.count
        guard let part = copy.content(of: blob, on: object, limit: left, from: reader) else { continue }
        if !bytes.isEmpty { bytes += [0x0a, 0x0a] }
        bytes += part
      }
    }
    return bytes
  }
}

extension NoteSource.Copy {
  fileprivate init?(
    _ kind: NoteSource.Kind, in ledger: Repository, _ reader: TolerantReader, _ takesFetched: Bool
  ) {
    let fetched =
      !takesFetched
      ? []
      : reader.attempt(in: ledger) { repository throws(GitError) in
        try repository.references(under: "refs/notes/remotes/").map(\.name)
          .filter { $0.hasSuffix("/\(kind.rawValue)") }
      } ?? []
    for name in [kind.reference] + fetched {
      let tree = reader.attempt(in: ledger, ref: name) { repository throws(GitError) in
        try repository.notes(inRef: name)
      }
      guard let tree else { continue }
      ref = name
      self.ledger = ledger
      self.tree = tree
      places = Dictionary(
        tree.entries.enumerated().map { (ObjectName(git: $1.annotated), $0) },
        uniquingKeysWith: { first, _ in first })
      return
    }
    return nil
  }

  fileprivate func content(
    of blob: ObjectID, on object: ObjectName, limit: Int, from reader: TolerantReader
  ) -> [UInt8]? {
    reader.attempt(in: ledger, ref: ref, object: object) { repository throws(GitError) in
      guard let header = try repository.header(of: blob) else {
        reader.report(.missingObject, ref: ref, object: ObjectName(git: blob))
        return nil
      }
      guard header.size <= limit else {
        reader.report(
          .oversized(bytes: header.size, limit: reader.limits.noteBytes), ref: ref, object: object)
        return nil
      }
      guard header.kind == .blob else {
        reader.report(.corruptObject(detail: "its note is no blob"), ref: ref, object: object)
        return nil
      }
      return try repository.read(blob, limit: limit)?.bytes
    }
  }
}
