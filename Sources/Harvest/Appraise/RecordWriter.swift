/// Writes one JSON object as Go's `json.Marshal` does: given order, no spaces, empty fields left out.
struct RecordWriter {
  /// How Go writes backspace and form feed: short since 1.22, as `\u0008` and `\u000c` before.
  enum Escapes {
    case current
    case before122
  }

  private(set) var bytes: [UInt8] = [0x7b]
  private let escapes: Escapes

  init(_ escapes: Escapes = .current) { self.escapes = escapes }

  /// The object, closed.
  var closed: [UInt8] { bytes + [0x7d] }

  /// Writes a text field, unless it is empty and need not be written.
  mutating func member(_ name: String, _ text: String, always: Bool = false) {
    guard always || !text.isEmpty else { return }
    open(name)
    append(text)
  }

  mutating func member(_ name: String, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    open(name)
    for (index, text) in texts.enumerated() {
      bytes.append(index == 0 ? 0x5b : 0x2c)
      append(text)
    }
    bytes.append(0x5d)
  }

  mutating func member(_ name: String, _ flag: Bool?) {
    guard let flag else { return }
    member(name, verbatim: Array((flag ? "true" : "false").utf8))
  }

  mutating func member(_ name: String, _ number: some FixedWidthInteger, always: Bool = false) {
    guard always || number != 0 else { return }
    member(name, verbatim: Array("\(number)".utf8))
  }

  /// Writes a field whose value is JSON already.
  mutating func member(_ name: String, verbatim value: [UInt8]) {
    open(name)
    bytes += value
  }

  private mutating func open(_ name: String) {
    if bytes.count > 1 { bytes.append(0x2c) }
    bytes += "\"\(name)\":".utf8
  }

  private mutating func append(_ text: String) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case "\u{8}" where escapes == .current: bytes += "\\b".utf8
      case "\u{c}" where escapes == .current: bytes += "\\f".utf8
      case "\u{0}"..<" ", "<", ">", "&", "\u{2028}", "\u{2029}": appendEscape(scalar.value)
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    bytes.append(0x22)
  }

  private mutating func appendEscape(_ value: UInt32) {
    let digits = String(value, radix: 16)
    bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
  }
}
