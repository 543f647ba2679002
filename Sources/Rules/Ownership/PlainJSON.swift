/// A JSON text of objects, lists, texts and truth values, as far as an OWNERS file needs it.
enum PlainJSON: Hashable {
  case object([String: PlainJSON])
  case list([PlainJSON])
  case text(String)
  case truth(Bool)
  /// A number or null, which no key of an OWNERS file takes.
  case other

  /// Nil for anything that is not exactly one JSON value.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }

  subscript(key: String) -> PlainJSON? { if case .object(let members) = self { members[key] } else { nil } }

  /// The texts of a list; nil when it is none, or holds anything else.
  var texts: [String]? {
    guard case .list(let items) = self else { return nil }
    var texts: [String] = []
    for item in items {
      guard case .text(let text) = item else { return nil }
      texts.append(text)
    }
    return texts
  }

  private struct Reader {
    static let depthLimit = 16
    let bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func skipBlanks() {
      while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    var isAtEnd: Bool { mutating get { skipBlanks(); return place == bytes.count } }

    private mutating func take(_ character: Character) -> Bool {
      skipBlanks()
      guard place < bytes.count, bytes[place] == character.asciiValue else { return false }
      place += 1
      return true
    }

    private mutating func take(word: String) -> Bool {
      skipBlanks()
      guard bytes[place...].starts(with: word.utf8) else { return false }
      place += word.utf8.count
      return true
    }

    mutating func value(depth: Int) -> PlainJSON? {
      guard depth < Self.depthLimit else { return nil }
      if take("{") { return object(depth) }
      if take("[") { return list(depth) }
      if take("\"") { return text().map { .text($0) } }
      if take(word: "true") { return .truth(true) }
      if take(word: "false") { return .truth(false) }
      if take(word: "null") { return .other }
      let start = place
      while place < bytes.count, "+-.0123456789eE".utf8.contains(bytes[place]) { place += 1 }
      return place > start ? .other : nil
    }

    private mutating func object(_ depth: Int) -> PlainJSON? {
      var members: [String: PlainJSON] = [:]
      if take("}") { return .object(members) }
      repeat {
        guard take("\""), let key = text(), take(":"), let value = value(depth: depth + 1) else { return nil }
        // Readers disagree on which of two counts.
        guard members.updateValue(value, forKey: key) == nil else { return nil }
      } while take(",")
      return take("}") ? .object(members) : nil
    }

    private mutating func list(_ depth: Int) -> PlainJSON? {
      var items: [PlainJSON] = []
      if take("]") { return .list(items) }
      repeat {
        guard let value = value(depth: depth + 1) else { return nil }
        items.append(value)
      } while take(",")
      return take("]") ? .list(items) : nil
    }

    /// The rest of a text whose first quote was taken; escapes of UTF-16 units are not needed for names and refused.
    private mutating func text() -> String? {
      var text: [UInt8] = []
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
        case ..<0x20: return nil
        case UInt8(ascii: "\\"):
          guard place < bytes.count, let escaped = Self.escapes[bytes[place]] else { return nil }
          text.append(escaped)
          place += 1
        default: text.append(byte)
        }
      }
      return nil
    }

    private static let escapes: [UInt8: UInt8] = [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D,
      UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    ]
  }
}
