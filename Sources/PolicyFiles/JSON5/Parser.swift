/// Reads one JSON5 text (spec.json5.org, version 1.0.0) into nodes that know their place.
///
/// All of the grammar is read. Stricter than the specification in one point, because a policy must mean the
/// same to every reader: half of a surrogate pair is an error. Keys given twice are kept here and refused by
/// the caller, who can say where each of them stands.
struct Parser {
  /// The deepest nesting of objects and lists.
  static let depthLimit = 64

  let bytes: [UInt8]
  var offset = 0
  private var depth = 0

  /// The bytes have to be well-formed UTF-8.
  init(_ source: SourceText) { bytes = source.bytes }

  /// Reads the whole text: one value, and nothing after it.
  mutating func parse() throws(SyntaxError) -> Node {
    let node = try value()
    try skipBlanks()
    guard offset == bytes.count else { throw unexpected("the end of the file") }
    return node
  }

  private mutating func value() throws(SyntaxError) -> Node {
    try skipBlanks()
    let start = offset
    guard let byte = peek else { throw unexpected("a value") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { parser throws(SyntaxError) in .object(try parser.members()) }
    case UInt8(ascii: "["): return try nested { parser throws(SyntaxError) in .array(try parser.elements()) }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return Node(value: .string(try string()), offset: start)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x30...0x39:
      return Node(value: .number(try number()), offset: start)
    default: return Node(value: try word(), offset: start)
    }
  }

  /// Reads what stands between brackets, one level deeper.
  private mutating func nested(
    _ read: (inout Parser) throws(SyntaxError) -> Node.Value
  ) throws(SyntaxError) -> Node {
    let start = offset
    guard depth < Self.depthLimit else {
      throw SyntaxError(
        offset: start, message: "nested too deep, expected at most \(Self.depthLimit) levels")
    }
    depth += 1
    offset += 1
    let value = try read(&self)
    depth -= 1
    return Node(value: value, offset: start)
  }

  private mutating func members() throws(SyntaxError) -> [Node.Member] {
    var members: [Node.Member] = []
    while true {
      try skipBlanks()
      if take(UInt8(ascii: "}")) { return members }
      let start = offset
      let key = try self.key()
      try skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw unexpected("`:` after the key") }
      members.append(Node.Member(key: key, keyOffset: start, node: try value()))
      guard try hasMore(before: UInt8(ascii: "}")) else { return members }
    }
  }

  private mutating func elements() throws(SyntaxError) -> [Node] {
    var elements: [Node] = []
    while true {
      try skipBlanks()
      if take(UInt8(ascii: "]")) { return elements }
      elements.append(try value())
      guard try hasMore(before: UInt8(ascii: "]")) else { return elements }
    }
  }

  /// Steps over a comma, or over the closing bracket and says that nothing follows.
  private mutating func hasMore(before closing: UInt8) throws(SyntaxError) -> Bool {
    try skipBlanks()
    if take(closing) { return false }
    guard take(UInt8(ascii: ",")) else { throw unexpected("`,` or `\(Unicode.Scalar(closing))`") }
    return true
  }

  private mutating func key() throws(SyntaxError) -> String {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try string()
    default: try identifier(expected: "a key or `}`")
    }
  }

  private mutating func word() throws(SyntaxError) -> Node.Value {
    let start = offset
    let word = try identifier(expected: "a value")
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "Infinity": return .number(.infinity)
    case "NaN": return .number(.nan)
    default:
      throw SyntaxError(
        offset: start, message: "unexpected \(quoted(word)), expected a value; texts need quotes")
    }
  }
}

extension Parser {
  var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  /// The code point at the offset and its length in bytes.
  var scalar: (value: Unicode.Scalar, length: Int)? {
    guard let first = peek else { return nil }
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for next in bytes[(offset + 1)..<min(offset + length, bytes.count)] {
      value = value << 6 | UInt32(next & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  /// The error for whatever stands at the offset.
  func unexpected(_ expected: String) -> SyntaxError {
    guard let (value, _) = scalar else {
      return SyntaxError(offset: offset, message: "unexpected end of the file, expected \(expected)")
    }
    return SyntaxError(
      offset: offset, message: "unexpected \(quoted(String(Character(value)))), expected \(expected)")
  }

  /// Steps over white space and comments.
  mutating func skipBlanks() throws(SyntaxError) {
    while let (value, length) = scalar {
      if Self.isBlank(value) {
        offset += length
      } else if value == "/" {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(SyntaxError) {
    let start = offset
    offset += 1
    if take(UInt8(ascii: "/")) {
      while let (value, length) = scalar, !Self.endsLine(value) { offset += length }
      return
    }
    guard take(UInt8(ascii: "*")) else {
      throw SyntaxError(offset: start, message: "unexpected \"/\", expected a value, `//` or `/*`")
    }
    while offset < bytes.count {
      if take(UInt8(ascii: "*")) {
        if take(UInt8(ascii: "/")) { return }
      } else {
        offset += 1
      }
    }
    throw SyntaxError(offset: start, message: "comment without an end, expected `*/`")
  }

  static func endsLine(_ value: Unicode.Scalar) -> Bool {
    switch value.value {
    case 0x0A, 0x0D, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isBlank(_ value: Unicode.Scalar) -> Bool {
    switch value.value {
    case 0x09...0x0D, 0x20, 0xA0, 0x2028, 0x2029, 0xFEFF: true
    case 0x00...0x7F: false
    default: value.properties.generalCategory == .spaceSeparator
    }
  }
}
