/// The entries of one Git configuration file, in order; includes are not followed.
///
/// Follows git's config.c: sections with an optional quoted part, values with quotes, escapes, comments and
/// continued lines. A line that breaks the rules is skipped.
struct ConfigFile {
  struct Entry: Hashable {
    /// Section and key in lower case, as in `core.bare`; a quoted part stays as written between them.
    let name: String
    /// Nil when the key stands alone, which means true.
    let value: String?
  }

  private(set) var entries: [Entry] = []
  private var section = ""
  private var reader: ByteReader

  init(_ bytes: [UInt8]) {
    reader = ByteReader(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.skip(3) }
    while let byte = reader.peek {
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: ";"): reader.skipLine()
      case UInt8(ascii: "["): readSection()
      case _ where Bytes.isLetter(byte): readEntry()
      default: reader.skip(1)
      }
    }
  }

  /// The value of the last entry of this name, "true" for one that stands alone.
  func last(_ name: String) -> String? {
    entries.last { $0.name == name }.map { $0.value ?? "true" }
  }

  /// Git's reading of a truth value.
  static func isTrue(_ value: String) -> Bool {
    switch value.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off", "": false
    default: (Int(value) ?? 0) != 0
    }
  }

  private mutating func readSection() {
    reader.skip(1)
    var name: [UInt8] = []
    while let byte = reader.peek, byte != UInt8(ascii: "]"), byte != UInt8(ascii: "\n") {
      reader.skip(1)
      if byte == UInt8(ascii: "\"") {
        name.append(UInt8(ascii: "."))
        readQuotedPart(into: &name)
      } else if byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") {
        name.append(Bytes.lowered(byte))
      }
    }
    if reader.peek == UInt8(ascii: "]") { reader.skip(1) }
    section = String(decoding: name, as: UTF8.self)
  }

  private mutating func readQuotedPart(into name: inout [UInt8]) {
    while let byte = reader.peek, byte != UInt8(ascii: "\n") {
      reader.skip(1)
      if byte == UInt8(ascii: "\"") { return }
      if byte == UInt8(ascii: "\\"), let next = reader.peek, next != UInt8(ascii: "\n") {
        name.append(next)
        reader.skip(1)
      } else {
        name.append(byte)
      }
    }
  }

  private mutating func readEntry() {
    var key: [UInt8] = []
    while let byte = reader.peek, Bytes.isLetterOrDigit(byte) || byte == UInt8(ascii: "-") {
      key.append(Bytes.lowered(byte))
      reader.skip(1)
    }
    let name = section + "." + String(decoding: key, as: UTF8.self)
    reader.skipBlanks()
    switch reader.peek {
    case UInt8(ascii: "="):
      reader.skip(1)
      if let value = readValue() { entries.append(Entry(name: name, value: value)) }
    case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"), UInt8(ascii: ";"):
      entries.append(Entry(name: name, value: nil))
      reader.skipLine()
    default:
      reader.skipLine()
    }
  }

  private mutating func readValue() -> String? {
    reader.skipBlanks()
    var value: [UInt8] = []
    var kept = 0
    var quoted = false
    while let byte = reader.peek, byte != UInt8(ascii: "\n") {
      reader.skip(1)
      switch byte {
      case UInt8(ascii: "\""):
        quoted.toggle()
        kept = value.count
      case UInt8(ascii: "\\"):
        guard let escape = readEscape(into: &value) else {
          reader.skipLine()
          return nil
        }
        if escape { kept = value.count }
      case UInt8(ascii: "#") where !quoted, UInt8(ascii: ";") where !quoted:
        reader.skipLine()
        return String(decoding: value.prefix(kept), as: UTF8.self)
      default:
        value.append(byte)
        if quoted || !Bytes.isSpace(byte) { kept = value.count }
      }
    }
    return quoted ? nil : String(decoding: value.prefix(kept), as: UTF8.self)
  }

  /// True when the escape added a byte, false for a continued line, nil for one that Git does not know.
  private mutating func readEscape(into value: inout [UInt8]) -> Bool? {
    guard let byte = reader.peek else { return nil }
    reader.skip(1)
    switch byte {
    case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): value.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "b"): value.append(8)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): value.append(byte)
    case UInt8(ascii: "\n"): return false
    case UInt8(ascii: "\r") where reader.peek == UInt8(ascii: "\n"):
      reader.skip(1)
      return false
    default: return nil
    }
    return true
  }
}

/// A position in bytes that never leaves them.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skip(_ count: Int) { position = min(position + count, bytes.count) }

  mutating func skipBlanks() {
    while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  mutating func skipLine() {
    while let byte = peek {
      position += 1
      if byte == UInt8(ascii: "\n") { return }
    }
  }
}
