/// Text that is safe to show on one line of a terminal or a log.
///
/// The only way from a `String` that came out of a repository to the terminal leads through here, so that a
/// commit title can neither move the cursor nor turn the reading order nor hide a part of itself. Literals in
/// our own source are taken as they are; everything interpolated into them is escaped.
public struct EscapedText: Hashable, Sendable {
  /// The text as it will be shown.
  public let text: String

  /// The longest piece of foreign text that is shown, in code points.
  public static let lengthLimit = 500

  /// Escapes foreign text and cuts it, with an ellipsis, after `limit` code points of the original.
  ///
  /// Controls become `\xNN`, other hazardous code points `\u{…}`. A backslash stays as it is: the result is
  /// for reading, not for decoding.
  public init(escaping foreign: String, limit: Int = EscapedText.lengthLimit) {
    if foreign.utf8.count <= limit, foreign.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
      text = foreign
      return
    }
    var shown = String.UnicodeScalarView()
    for (position, scalar) in foreign.unicodeScalars.enumerated() {
      guard position < limit else {
        shown.append("…")
        break
      }
      Self.append(scalar, to: &shown)
    }
    text = String(shown)
  }

  /// Escapes bytes of unknown encoding: valid UTF-8 as text, every other byte as `\xNN`.
  public init(bytes: [UInt8], limit: Int = EscapedText.lengthLimit) {
    var shown = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    var position = 0
    scanning: while position <= limit {
      let result = parser.parseScalar(from: &iterator)
      if case .emptyInput = result { break }
      guard position < limit else {
        shown.append("…")
        break
      }
      switch result {
      case .valid(let encoded):
        Self.append(Unicode.UTF8.decode(encoded), to: &shown)
        offset += encoded.count
      case .error(let length):
        for byte in bytes[offset..<min(offset + length, bytes.count)] {
          shown.append(contentsOf: Self.hexEscape(UInt32(byte)))
        }
        offset += length
      case .emptyInput: break scanning
      }
      position += 1
    }
    text = String(shown)
  }

  private static func append(_ scalar: Unicode.Scalar, to shown: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: shown.append(contentsOf: hexEscape(scalar.value))
    case _ where scalar.isHazardous:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      shown.append(contentsOf: "\\u{\(digits)}".unicodeScalars)
    default: shown.append(scalar)
    }
  }

  private static func hexEscape(_ value: UInt32) -> String.UnicodeScalarView {
    let digits = String(value, radix: 16, uppercase: true)
    return "\\x\(digits.count < 2 ? "0" : "")\(digits)".unicodeScalars
  }

  private init(trusted: String) { text = trusted }

  /// The texts one after the other with a separator of ours between them.
  public static func joined(_ texts: [EscapedText], by separator: StaticString) -> EscapedText {
    EscapedText(trusted: texts.map(\.text).joined(separator: "\(separator)"))
  }

  public static func + (left: EscapedText, right: EscapedText) -> EscapedText {
    EscapedText(trusted: left.text + right.text)
  }

  /// The piece of this text between two positions in it.
  func piece(_ range: Range<String.Index>) -> EscapedText { EscapedText(trusted: String(text[range])) }
}

extension EscapedText: ExpressibleByStringInterpolation {
  public init(stringLiteral literal: String) { self.init(trusted: literal) }

  public init(stringInterpolation: Interpolation) { self.init(trusted: stringInterpolation.text) }

  /// Collects our own words as they are and foreign ones escaped.
  public struct Interpolation: StringInterpolationProtocol {
    var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    public mutating func appendLiteral(_ literal: String) { text += literal }

    public mutating func appendInterpolation(_ foreign: String) {
      text += EscapedText(escaping: foreign).text
    }

    public mutating func appendInterpolation(_ safe: EscapedText) { text += safe.text }

    public mutating func appendInterpolation(_ number: some FixedWidthInteger) { text += String(number) }
  }
}

extension EscapedText: CustomStringConvertible {
  public var description: String { text }
}

extension EscapedText {
  /// A path as `git` shows it to people: bare when plain, else quoted in C style with octal bytes.
  ///
  /// The rules of git's `quote.c` with `core.quotePath` on, so that the text can be found in git's own output.
  public init(path bytes: [UInt8]) {
    let plain = bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    guard !plain else {
      self.init(trusted: String(decoding: bytes, as: UTF8.self))
      return
    }
    self.init(trusted: "\"" + bytes.map(Self.quoted).joined() + "\"")
  }

  private static func quoted(_ byte: UInt8) -> String {
    switch byte {
    case 0x07: "\\a"
    case 0x08: "\\b"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0B: "\\v"
    case 0x0C: "\\f"
    case 0x0D: "\\r"
    case 0x22: "\\\""
    case 0x5C: "\\\\"
    case 0x20...0x7E: String(Unicode.Scalar(byte))
    default: "\\" + String(repeating: "0", count: byte < 8 ? 2 : byte < 64 ? 1 : 0) + String(byte, radix: 8)
    }
  }
}
