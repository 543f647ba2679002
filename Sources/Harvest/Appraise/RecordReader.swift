/// Why one line of a note is no record.
struct RecordFailure: Error, Hashable {
  let detail: String
}

/// Reads one JSON text the way Go's `encoding/json` fills a struct.
///
/// The rules that matter for notes: field names match without regard to case, unknown fields are skipped (but must
/// be JSON), a wrong type fails the whole text, of repeated keys the last wins, `null` leaves a plain field as it
/// is, and each byte that is not UTF-8 becomes U+FFFD. Nesting beyond `maximumDepth` fails, as in Go. Nothing here
/// recurses with the input, so no text can exhaust the stack.
struct RecordReader {
  /// Go's `maxNestingDepth`.
  static let maximumDepth = 10_000

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var depth = 0
  /// The field being read, for messages.
  private var field = "record"

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Reads the whole text as one object (or `null`, which sets nothing).
  ///
  /// `member` receives the name of each field in lower case and reads its value; it returns false, without having
  /// read anything, for a field it does not know.
  mutating func record(
    _ member: (inout RecordReader, String) throws(RecordFailure) -> Bool
  ) throws(RecordFailure) {
    if try !null() { try object(member) }
    skipSpace()
    guard position == bytes.endIndex else { throw broken("text after the record") }
  }

  /// Reads an object; see `record(_:)` for `member`.
  mutating func object(
    _ member: (inout RecordReader, String) throws(RecordFailure) -> Bool
  ) throws(RecordFailure) {
    guard take(0x7b) else { throw wrongType("an object") }
    depth += 1
    defer { depth -= 1 }
    if take(0x7d) { return }
    repeat {
      let name = String(decoding: try text(), as: UTF8.self)
      guard take(0x3a) else { throw broken("no colon after a name") }
      field = name
      if try !member(&self, Self.folded(name)) { try skipValue() }
    } while take(0x2c)
    guard take(0x7d) else { throw broken("object not closed") }
  }

  /// Reads `null` if it comes next.
  mutating func null() throws(RecordFailure) -> Bool {
    skipSpace()
    guard peek == 0x6e else { return false }
    try literal("null")
    return true
  }

  /// Whether a string comes next.
  var isAtString: Bool {
    mutating get { isNext(0x22) }
  }

  mutating func string(into value: inout String) throws(RecordFailure) {
    if try null() { return }
    guard peek == 0x22 else { throw wrongType("a string") }
    value = String(decoding: try text(), as: UTF8.self)
  }

  mutating func boolean(into value: inout Bool?) throws(RecordFailure) {
    if try null() {
      value = nil
      return
    }
    switch peek {
    case 0x74:
      try literal("true")
      value = true
    case 0x66:
      try literal("false")
      value = false
    default: throw wrongType("true or false")
    }
  }

  mutating func integer<Number: FixedWidthInteger>(into value: inout Number) throws(RecordFailure) {
    if try null() { return }
    guard peek == 0x2d || isDigit(peek) else { throw wrongType("a number") }
    let digits = try number()
    let negative = digits.first == 0x2d
    guard Number.isSigned || !negative, let read = Number(String(decoding: digits, as: UTF8.self)) else {
      throw wrongType("a whole number in range")
    }
    value = read
  }

  /// Reads an array of strings; a `null` element keeps what the field held there before, as in Go.
  mutating func strings(into value: inout [String]) throws(RecordFailure) {
    if try null() {
      value = []
      return
    }
    guard take(0x5b) else { throw wrongType("an array") }
    var read: [String] = []
    if !take(0x5d) {
      repeat {
        var element = read.count < value.count ? value[read.count] : ""
        try string(into: &element)
        read.append(element)
      } while take(0x2c)
      guard take(0x5d) else { throw broken("array not closed") }
    }
    value = read
  }

  // MARK: Values of unknown fields

  /// Skips one value of any kind, checking its syntax.
  private mutating func skipValue() throws(RecordFailure) {
    var open: [UInt8] = []
    value: while true {
      if take(0x7b) {
        try enter(&open, 0x7d)
        if !isNext(0x7d) {
          try skipName()
          continue value
        }
      } else if take(0x5b) {
        try enter(&open, 0x5d)
        if !isNext(0x5d) { continue value }
      } else {
        try skipScalar()
      }
      while let closing = open.last {
        if take(closing) {
          open.removeLast()
          continue
        }
        guard take(0x2c) else { throw broken("value not closed") }
        if closing == 0x7d { try skipName() }
        continue value
      }
      return
    }
  }

  private func enter(_ open: inout [UInt8], _ closing: UInt8) throws(RecordFailure) {
    open.append(closing)
    guard depth + open.count <= Self.maximumDepth else { throw RecordFailure(detail: "nested too deeply") }
  }

  private mutating func skipName() throws(RecordFailure) {
    _ = try text()
    guard take(0x3a) else { throw broken("no colon after a name") }
  }

  private mutating func skipScalar() throws(RecordFailure) {
    skipSpace()
    switch peek {
    case 0x22: _ = try text()
    case 0x74: try literal("true")
    case 0x66: try literal("false")
    case 0x6e: try literal("null")
    default: _ = try number()
    }
  }

  // MARK: Tokens

  private mutating func literal(_ word: String) throws(RecordFailure) {
    for byte in word.utf8 {
      guard peek == byte else { throw broken("unknown word") }
      position += 1
    }
  }

  /// Takes a number by JSON's grammar; returns its characters.
  private mutating func number() throws(RecordFailure) -> ArraySlice<UInt8> {
    let start = position
    if peek == 0x2d { position += 1 }
    if peek == 0x30 { position += 1 } else { try digits() }
    if peek == 0x2e {
      position += 1
      try digits()
    }
    if peek == 0x65 || peek == 0x45 {
      position += 1
      if peek == 0x2b || peek == 0x2d { position += 1 }
      try digits()
    }
    return bytes[start..<position]
  }

  private mutating func digits() throws(RecordFailure) {
    guard isDigit(peek) else { throw broken("no value") }
    while isDigit(peek) { position += 1 }
  }

  /// Takes a quoted string; returns its content as valid UTF-8.
  private mutating func text() throws(RecordFailure) -> ArraySlice<UInt8> {
    skipSpace()
    guard peek == 0x22 else { throw broken("no string") }
    position += 1
    let start = position
    while let byte = peek, byte >= 0x20, byte < 0x80, byte != 0x22, byte != 0x5c { position += 1 }
    if peek == 0x22 {
      position += 1
      return bytes[start..<(position - 1)]
    }
    var content = StringContent(bytes: bytes, position: position, taken: Array(bytes[start..<position]))
    guard content.takeToQuote() else {
      position = content.position
      throw broken("string not closed or badly escaped")
    }
    position = content.position
    return content.taken[...]
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
  }

  private mutating func isNext(_ byte: UInt8) -> Bool {
    skipSpace()
    return peek == byte
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard isNext(byte) else { return false }
    position += 1
    return true
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    if let byte { byte >= 0x30 && byte <= 0x39 } else { false }
  }

  private func broken(_ what: String) -> RecordFailure {
    RecordFailure(detail: "not JSON at byte \(position - bytes.startIndex + 1): \(what)")
  }

  private func wrongType(_ expected: String) -> RecordFailure {
    RecordFailure(detail: "field \"\(field.prefix(40))\" is not \(expected)")
  }

  /// Go's case folding as far as it can meet an ASCII field name: `ſ` is an s and the Kelvin sign a k.
  private static func folded(_ name: String) -> String {
    var folded = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "A"..."Z": folded.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
      case "\u{17f}": folded.unicodeScalars.append("s")
      case "\u{212a}": folded.unicodeScalars.append("k")
      default: folded.unicodeScalars.append(scalar)
      }
    }
    return folded
  }
}
