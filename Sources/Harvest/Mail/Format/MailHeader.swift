/// The header of a mail or of a MIME part, its fields as recorded (RFC 5322 §2.2).
struct MailHeader {
  struct Field {
    let name: ArraySlice<UInt8>
    /// Still folded and encoded.
    let value: ArraySlice<UInt8>
  }

  private(set) var fields: [Field] = []
  /// What follows the header.
  let body: ArraySlice<UInt8>

  /// Splits a message; a line that is no field ends the header, as in Python's and public-inbox's readers.
  ///
  /// An mbox `From ` line in front is left out. Fields beyond the limit are left out.
  init(_ message: ArraySlice<UInt8>, limits: MailLimits) {
    var lines = MailLines(message)
    var name: ArraySlice<UInt8> = []
    var value: Range<Int>?
    var body = message[message.endIndex...]
    var isFirst = true
    while true {
      let before = lines.remaining
      guard let line = lines.next() else { break }
      defer { isFirst = false }
      if isFirst, line.starts(with: "From ".utf8) { continue }
      if let first = line.first, first == 0x20 || first == 0x09, let known = value {
        value = known.lowerBound..<line.endIndex
        continue
      }
      if let known = value, fields.count < limits.fields {
        fields.append(Field(name: name, value: message[known]))
      }
      value = nil
      guard let colon = Self.colon(in: line) else {
        body = line.isEmpty ? lines.remaining : before
        break
      }
      name = line[..<colon].trimmedEnd
      value = (colon + 1)..<line.endIndex
    }
    if let known = value, fields.count < limits.fields {
      fields.append(Field(name: name, value: message[known]))
    }
    self.body = body
  }

  /// Where the name of a field ends: printable ASCII without blanks, then at most blanks, then a colon.
  private static func colon(in line: ArraySlice<UInt8>) -> Int? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return nil }
    let name = line[..<colon].trimmedEnd
    return !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? colon : nil
  }

  /// The first field of a name (in lower case), unfolded and trimmed, at most `limit` bytes of it.
  func first(_ name: String, limit: Int = 64 << 10) -> [UInt8]? {
    fields.first { $0.name.isFolded(name) }.map { Self.unfold($0.value.prefix(limit)) }
  }

  /// All fields of a name (in lower case), unfolded and trimmed.
  func all(_ name: String, limit: Int = 64 << 10) -> [[UInt8]] {
    fields.filter { $0.name.isFolded(name) }.map { Self.unfold($0.value.prefix(limit)) }
  }

  private static func unfold(_ value: ArraySlice<UInt8>) -> [UInt8] {
    let trimmed = value.trimmed
    guard trimmed.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return Array(trimmed) }
    return trimmed.filter { $0 != 0x0A && $0 != 0x0D }
  }
}
