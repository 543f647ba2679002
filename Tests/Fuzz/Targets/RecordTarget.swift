@testable import Harvest

extension FuzzTarget {
  /// Records of git-appraise and of our own push log.
  static let appraise = FuzzTarget(name: "appraise") { bytes throws(Broken) in
    let read = { (line: ArraySlice<UInt8>) throws(RecordFailure) in try AppraiseComment(line: line) }
    let note = NoteRecords<AppraiseComment>(bytes, read: read)
    let count = bytes.split(separator: 0x0A).count {
      $0.contains { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    }
    try hold(note.records.count + note.failures.count == count, "a line that is neither record nor failure")
    for line in bytes.split(separator: 0x0A) {
      if let request = try? AppraiseRequest(line: line) {
        try isJSON(line)
        try again(request.line) { (line) throws(RecordFailure) in try AppraiseRequest(line: line).line }
      }
      if let comment = try? AppraiseComment(line: line) {
        try isJSON(line)
        try again(comment.line) { (line) throws(RecordFailure) in try AppraiseComment(line: line).line }
        try hold((try? AppraiseComment(line: comment.line[...]))?.id == comment.id, "the id changes")
      }
      if let push = try? PushRecord(line: line) {
        try again(push.line) { (line) throws(RecordFailure) in try PushRecord(line: line).line }
      }
    }
  }

  /// What is a record is JSON, except that Go nests deeper.
  private static func isJSON(_ line: ArraySlice<UInt8>) throws(Broken) {
    do throws(JSONValue.Problem) {
      _ = try JSONValue(line)
    } catch {
      try hold(error.what.hasPrefix("nested"), "a record that is no JSON: \(error)")
    }
  }

  /// A line that we wrote is one line, and reading and writing it changes nothing.
  private static func again(
    _ line: [UInt8], _ rewrite: (ArraySlice<UInt8>) throws(RecordFailure) -> [UInt8]
  ) throws(Broken) {
    try hold(!line.contains(0x0A) && !line.contains(0x0D), "a record of two lines")
    let second: [UInt8]
    do throws(RecordFailure) {
      second = try rewrite(line[...])
    } catch {
      throw Broken(description: "cannot read what was written: \(error.detail)")
    }
    try hold(second == line, "written again: \(String(decoding: second, as: UTF8.self))")
  }

  /// JSON texts, by each of our readers.
  static let json = FuzzTarget(name: "json") { bytes throws(Broken) in
    if let value = try? JSONValue(bytes) {
      let written = value.written
      try hold((try? JSONValue(written)) == value, "written and read again, it is another value")
      try hold((try? JSONValue.documents(bytes)) == [value], "alone it is one value, in a list it is not")
    }
    let wrapped = Array(#"{"x":"#.utf8) + bytes + [UInt8(ascii: "}")]
    var reader = RecordReader(wrapped[...])
    var isRecord = true
    do throws(RecordFailure) {
      try reader.record { _, _ throws(RecordFailure) in false }
    } catch {
      isRecord = false
    }
    if isRecord { try isJSON(wrapped[...]) }
    try hold(isRecord || (try? JSONValue(wrapped)) == nil, "JSON that is no record")
    _ = try? Envelope(bytes)
    if let decoded = Base64.decode(bytes) {
      try hold(decoded.count <= bytes.count, "more bytes than digits")
    }
  }
}

extension JSONValue {
  /// The value as JSON.
  fileprivate var written: [UInt8] {
    switch self {
    case .null: Array("null".utf8)
    case .bool(let truth): Array((truth ? "true" : "false").utf8)
    case .number(let digits): Array(digits.utf8)
    case .string(let text): Self.quoted(text)
    case .array(let elements): [0x5B] + Array(elements.map(\.written).joined(separator: [0x2C])) + [0x5D]
    case .object(let members):
      [0x7B]
        + Array(members.map { Self.quoted($0.key) + [0x3A] + $0.value.written }.joined(separator: [0x2C]))
        + [0x7D]
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [0x22]
  }
}
