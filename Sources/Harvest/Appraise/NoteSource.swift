import Facts
import Git

/// One of git-appraise's notes references as it stands in a repository.
///
/// `git appraise pull` keeps what it fetched in `refs/notes/remotes/<remote>/devtools/…` and merges it into
/// `refs/notes/devtools/…`. The copy is read only where the merged reference does not exist, from the first remote
/// in the order of names.
struct NoteSource {
  /// The name below `refs/notes/`, such as `devtools/reviews`.
  enum Kind: String {
    case reviews = "devtools/reviews"
    case discuss = "devtools/discuss"
    case builds = "devtools/ci"
    case analyses = "devtools/analyses"

    var reference: String { "refs/notes/\(rawValue)" }
  }

  let ref: String
  let tree: NotesTree
  private let places: [ObjectName: Int]

  /// Nil when the repository has no such notes, or they cannot be read.
  init?(_ kind: Kind, in reader: TolerantReader) {
    let copies =
      reader.attempt { repository throws(GitError) in
        try repository.references(under: "refs/notes/remotes/").map(\.name)
          .filter { $0.hasSuffix("/\(kind.rawValue)") }
      } ?? []
    for name in [kind.reference] + copies {
      let tree = reader.attempt(ref: name) { repository throws(GitError) in
        try repository.notes(inRef: name)
      }
      guard let tree else { continue }
      ref = name
      self.tree = tree
      places = Dictionary(
        tree.entries.enumerated().map { (ObjectName(git: $1.annotated), $0) },
        uniquingKeysWith: { first, _ in first })
      return
    }
    return nil
  }

  /// All annotated objects, sorted by name.
  var annotated: [ObjectName] { tree.entries.map { ObjectName(git: $0.annotated) } }

  func hasNote(on object: ObjectName) -> Bool { places[object] != nil }

  /// The records of the note on an object; none when there is no note or it cannot be read.
  func records<Record>(
    on object: ObjectName, from reader: TolerantReader,
    read: (ArraySlice<UInt8>) throws(RecordFailure) -> Record
  ) -> NoteRecords<Record> {
    NoteRecords(note(on: object, from: reader), read: read)
  }

  /// Several notes on one object, which damaged trees hold, are joined by an empty line, as Git does.
  private func note(on object: ObjectName, from reader: TolerantReader) -> [UInt8] {
    guard let place = places[object] else { return [] }
    var bytes: [UInt8] = []
    for blob in tree.entries[place].blobs {
      let left = reader.limits.noteBytes - bytes.count
      guard let part = content(of: blob, on: object, limit: left, from: reader) else { continue }
      if !bytes.isEmpty { bytes += [0x0a, 0x0a] }
      bytes += part
    }
    return bytes
  }

  private func content(
    of blob: ObjectID, on object: ObjectName, limit: Int, from reader: TolerantReader
  ) -> [UInt8]? {
    reader.attempt(ref: ref, object: object) { repository throws(GitError) in
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
