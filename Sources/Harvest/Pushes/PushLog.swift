internal import Facts
internal import Git

/// The pushes that a server has recorded, by time.
struct PushLog {
  /// The largest note that is read, in bytes.
  static let noteLimit = 4 << 20
  /// How many records are read; the rest is reported.
  static let recordLimit = 1_000_000

  private(set) var records: [PushRecord] = []
  private(set) var unreadable = 0
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads the log of the repository and of those that belong to it; nothing later than `asOf` is taken.
  init(_ repositories: [Repository], asOf: Instant?) {
    for repository in repositories { read(repository, asOf: asOf) }
    var seen: Set<PushRecord> = []
    records = records.filter { seen.insert($0).inserted }
    records.sort(by: Self.precedes)
    records = Self.chained(records)
  }

  private mutating func read(_ repository: Repository, asOf: Instant?) {
    let ref = PushRecord.reference
    do throws(GitError) {
      guard let tree = try repository.notes(inRef: ref) else { return }
      for entry in tree.entries {
        for blob in entry.blobs { try read(blob, on: ObjectName(git: entry.annotated), repository, asOf) }
      }
    } catch {
      diagnostics.append(Diagnostic(.corruptObject(detail: error.message), ref: ref))
    }
  }

  private mutating func read(
    _ blob: ObjectID, on object: ObjectName, _ repository: Repository, _ asOf: Instant?
  ) throws(GitError) {
    let ref = PushRecord.reference
    guard let header = try repository.header(of: blob) else {
      diagnostics.append(Diagnostic(.missingObject, ref: ref, object: ObjectName(git: blob)))
      return
    }
    guard header.size <= Self.noteLimit, records.count < Self.recordLimit else {
      diagnostics.append(
        Diagnostic(.oversized(bytes: header.size, limit: Self.noteLimit), ref: ref, object: object))
      return
    }
    guard let bytes = try repository.read(blob, limit: Self.noteLimit)?.bytes else { return }
    let read = NoteRecords(bytes) { (line) throws(RecordFailure) in try PushRecord(line: line) }
    unreadable += read.failures.count
    diagnostics += read.diagnostics(ref: ref, object: object)
    // Elsewhere than on its own object a record was put there by somebody else.
    let own = read.records.map(\.record).filter { $0.annotated == object }
    records += own.filter { record in asOf.map { record.at <= $0 } ?? true }
  }

  private static func precedes(_ one: PushRecord, _ other: PushRecord) -> Bool {
    (one.at, one.ref, one.old?.hex ?? "", one.new?.hex ?? "")
      < (other.at, other.ref, other.old?.hex ?? "", other.new?.hex ?? "")
  }

  /// Puts moves of one reference in one second into the order in which each begins where the one before ended.
  private static func chained(_ records: [PushRecord]) -> [PushRecord] {
    var result = records
    var places: [String: ObjectName?] = [:]
    var start = 0
    while start < result.count {
      let end =
        result[start...].firstIndex { $0.at != result[start].at || $0.ref != result[start].ref }
        ?? result.count
      // Nobody moves one reference a thousand times in a second.
      for place in start..<end where end - start < 1_000 {
        let before = places[result[place].ref] ?? nil
        if let next = result[place..<end].firstIndex(where: { $0.old == before }), next != place {
          result.swapAt(place, next)
        }
        places[result[place].ref] = result[place].new
      }
      start = end
    }
    return result
  }
}
