/// One logical line of an iCalendar file: `NAME;PARAMETER=VALUE:VALUE` (RFC 5545, 3.1).
struct ContentLine {
  /// In capitals.
  var name: String
  /// Names in capitals; of several values of a parameter, the text as it stands.
  var parameters: [String: String]
  var value: [UInt8]
  /// Where the line begins in the file.
  var offset: Int

  /// The value as text; bytes that are not UTF-8 become U+FFFD.
  var text: String { String(decoding: value, as: UTF8.self) }
}

/// Takes an iCalendar file apart into logical lines.
///
/// A line break followed by a space or a tab continues the line. Lines are joined as bytes, because a break may
/// stand within a character.
struct ContentLines {
  /// The longest logical line, in bytes.
  static let lengthLimit = 1 << 16

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  enum Reading {
    case line(ContentLine)
    case flaw(String, offset: Int)
  }

  /// The next line that is not empty; nil at the end.
  mutating func next() -> Reading? {
    while place < bytes.count {
      let offset = place
      var line: [UInt8] = []
      repeat { line += physicalLine() } while continues() && line.count <= Self.lengthLimit
      guard !line.isEmpty else { continue }
      guard line.count <= Self.lengthLimit else {
        place = bytes.count
        return .flaw("a line that is too long, expected at most \(Self.lengthLimit) bytes", offset: offset)
      }
      guard let parsed = Self.parse(line, offset) else {
        return .flaw("a line without name and value, expected `NAME:VALUE`", offset: offset)
      }
      return .line(parsed)
    }
    return nil
  }

  /// The bytes up to the next line break, which is passed over.
  private mutating func physicalLine() -> ArraySlice<UInt8> {
    let start = place
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    place = min(end + 1, bytes.count)
    let hasReturn = end > start && bytes[end - 1] == 0x0D
    return bytes[start..<(hasReturn ? end - 1 : end)]
  }

  /// Whether the next line continues this one; its first byte is then passed over.
  private mutating func continues() -> Bool {
    guard place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 else { return false }
    place += 1
    return true
  }

  private static func parse(_ line: [UInt8], _ offset: Int) -> ContentLine? {
    // Colons, semicolons and equals signs within double quotes separate nothing.
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    for (index, byte) in line.enumerated() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ";") where !isQuoted: parts.append([])
      case UInt8(ascii: ":") where !isQuoted:
        guard let name = parts.first.flatMap(word) else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
          let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
          guard sides.count == 2, let name = word(Array(sides[0])) else { return nil }
          parameters[name] = String(decoding: sides[1], as: UTF8.self)
        }
        return ContentLine(
          name: name, parameters: parameters, value: Array(line[(index + 1)...]), offset: offset)
      default: parts[parts.count - 1].append(byte)
      }
    }
    return nil
  }

  /// A name of letters, digits and hyphens, in capitals.
  private static func word(_ bytes: [UInt8]) -> String? {
    guard !bytes.isEmpty, bytes.allSatisfy({ Identifier.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self).uppercased()
  }
}
