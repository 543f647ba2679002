import Facts

/// One record of a note and the line that holds it.
struct NoteRecord<Record> {
  let record: Record
  /// Counted from 1.
  let line: Int
  /// The SHA-1 of the line as stored, by which it is found again in older versions of the note.
  let digest: ObjectName
}

/// The records of one note: every line is one JSON text, blank lines mean nothing.
struct NoteRecords<Record> {
  private(set) var records: [NoteRecord<Record>] = []
  /// Lines that are no such record, in order.
  private(set) var failures: [(line: Int, detail: String)] = []

  init(_ note: [UInt8], read: (ArraySlice<UInt8>) throws(RecordFailure) -> Record) {
    var number = 0
    for line in note.split(separator: 0x0a, omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { !Self.isSpace($0) }) else { continue }
      do {
        records.append(NoteRecord(record: try read(line), line: number, digest: SHA1.digest(of: line)))
      } catch {
        failures.append((number, error.detail))
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}

extension NoteRecords {
  /// Notes for what could not be read, at most `limit` of them: the last then says how many more there are.
  func diagnostics(ref: String, object: ObjectName, limit: Int = 20) -> [Diagnostic] {
    var shown = failures
    if failures.count > limit {
      shown = Array(failures.prefix(limit - 1))
      let next = failures[limit - 1]
      shown.append((next.line, "\(next.detail); and \(failures.count - limit) more lines"))
    }
    return shown.map {
      Diagnostic(.unreadableRecord(line: $0.line, detail: $0.detail), ref: ref, object: object)
    }
  }
}

extension String {
  /// Go's order of strings, which is by bytes; Swift's own is by canonical equivalence.
  func precedesInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }

  /// The seconds that a timestamp of nothing but digits stands for.
  var appraiseInstant: Instant? {
    guard !isEmpty, utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(self) else {
      return nil
    }
    return Instant(seconds: seconds)
  }

  /// The object named by 40 lower-case digits, the only form that git-appraise itself compares.
  var fullObjectName: ObjectName? {
    guard utf8.count == 40, utf8.allSatisfy({ !(0x41...0x46).contains($0) }) else { return nil }
    return ObjectName(hex: self)
  }
}
