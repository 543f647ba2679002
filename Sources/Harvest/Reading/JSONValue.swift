/// A JSON text as a tree (RFC 8259), for records that other programs wrote into Git.
///
/// Numbers keep their spelling, so that none is rounded. Of a repeated key the last one counts, as in the programs
/// that wrote these records.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Why a text is not JSON, with the place as a byte offset.
  public struct Problem: Error, Hashable {
    public let offset: Int
    public let what: String
  }

  /// The value of a whole text; white space around it is allowed, nothing else.
  public init(_ bytes: some Collection<UInt8>) throws(Problem) {
    var reader = JSONTextReader(Array(bytes))
    self = try reader.document()
  }

  /// The values of a text that holds any number of them one after the other, as paginating programs print them.
  ///
  /// Between them may be white space. Where one is broken, those before it are lost too: nobody can tell how much is missing.
  public static func documents(_ bytes: [UInt8]) throws(Problem) -> [JSONValue] {
    var reader = JSONTextReader(bytes)
    return try reader.documents()
  }

  /// A member of an object; nil for anything else.
  public subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
    return value
  }

  public var text: String? { if case .string(let text) = self { text } else { nil } }

  public var truth: Bool? { if case .bool(let truth) = self { truth } else { nil } }

  /// A whole number that fits; nil for fractions, exponents and other values.
  public var integer: Int64? { if case .number(let digits) = self { Int64(digits) } else { nil } }

  /// The members of a list; empty for anything else.
  public var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}

private struct JSONTextReader {
  /// Deeper nesting than this is refused, so that hostile text cannot exhaust the stack.
  private static let depthLimit = 64

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONValue.Problem) -> JSONValue {
    let value = try value(depth: 0)
    skipBlanks()
    guard place == bytes.count else { throw problem("text after the end of the value") }
    return value
  }

  mutating func documents() throws(JSONValue.Problem) -> [JSONValue] {
    var values: [JSONValue] = []
    skipBlanks()
    while place < bytes.count {
      values.append(try value(depth: 0))
      skipBlanks()
    }
    return values
  }

  private mutating func value(depth: Int) throws(JSONValue.Problem) -> JSONValue {
    guard depth < Self.depthLimit else { throw problem("nested more than \(Self.depthLimit) deep") }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(_ depth: Int) throws(JSONValue.Problem) -> JSONValue {
    place += 1
    var members: [String: JSONValue] = [:]
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object([:]) }
    while true {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw problem("a key in quotes was expected") }
      let key = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw problem("a colon was expected") }
      members[key] = try value(depth: depth + 1)
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing brace was expected") }
    }
  }

  private mutating func array(_ depth: Int) throws(JSONValue.Problem) -> JSONValue {
    place += 1
    var elements: [JSONValue] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing bracket was expected") }
    }
  }

  private mutating func string() throws(JSONValue.Problem) -> String {
    place += 1
    var text: [UInt8] = []
    var start = place
    while let byte = peek {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[start..<(place - 1)]
        return text.isEmpty
          ? String(decoding: rest, as: UTF8.self) : String(decoding: text + rest, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[start..<(place - 1)]
        text += try escaped()
        start = place
      case 0..<0x20: throw problem("a control character in a text")
      default: break
      }
    }
    throw problem("a text without its closing quote")
  }

  private mutating func escaped() throws(JSONValue.Problem) -> [UInt8] {
    guard let byte = peek else { throw problem("a text without its closing quote") }
    place += 1
    switch byte {
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
    default: throw problem("an unknown escape")
    }
  }

  /// The character behind `\u`; half of a pair alone becomes U+FFFD.
  private mutating func scalar() throws(JSONValue.Problem) -> Character {
    let first = try unit()
    if (0xD800..<0xDC00).contains(first), bytes[place...].starts(with: "\\u".utf8) {
      let start = place
      place += 2
      let second = try unit()
      if (0xDC00..<0xE000).contains(second) {
        return Character(Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}")
      }
      place = start
    }
    return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
  }

  private mutating func unit() throws(JSONValue.Problem) -> UInt32 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(isHexDigit),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits were expected") }
    place += 4
    return unit
  }

  private mutating func number() throws(JSONValue.Problem) -> JSONValue {
    let start = place
    _ = take(UInt8(ascii: "-"))
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[place - whole] != UInt8(ascii: "0") else {
      place = start
      throw problem("a value was expected")
    }
    if take(UInt8(ascii: ".")), digits() == 0 { throw problem("digits were expected after the point") }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if digits() == 0 { throw problem("digits were expected in the exponent") }
    }
    return .number(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = place
    while let byte = peek, byte >= 0x30, byte <= 0x39 { place += 1 }
    return place - start
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONValue.Problem) -> JSONValue {
    guard bytes[place...].starts(with: text.utf8) else { throw problem("a value was expected") }
    place += text.utf8.count
    return value
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  private func problem(_ what: String) -> JSONValue.Problem { .init(offset: place, what: what) }
}
