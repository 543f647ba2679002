extension Parser {
  /// Reads a string in either kind of quotes.
  mutating func string() throws(SyntaxError) -> String {
    let start = offset
    guard let quote = peek else { throw unexpected("a string") }
    offset += 1
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case quote:
        offset += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0x0A, 0x0D:
        throw SyntaxError(
          offset: offset,
          message:
            "line break in a string, expected `\(Unicode.Scalar(quote))`, or `\\` before the break"
        )
      default:
        text.append(byte)
        offset += 1
      }
    }
    throw SyntaxError(
      offset: start, message: "string without an end, expected `\(Unicode.Scalar(quote))`")
  }

  /// Reads a backslash and what it stands for, as UTF-8; a line continuation stands for nothing.
  private mutating func escape() throws(SyntaxError) -> [UInt8] {
    let start = offset
    offset += 1
    guard let (value, length) = scalar else { throw unexpected("a character after `\\`") }
    offset += length
    switch value {
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "v": return [0x0B]
    case "x": return Array(String(Character(try hexEscape(digits: 2, from: start))).utf8)
    case "u": return Array(String(Character(try unicodeEscape(from: start))).utf8)
    case "0":
      if let next = peek, (0x30...0x39).contains(next) { throw unknownEscape(start) }
      return [0]
    case "1"..."9": throw unknownEscape(start)
    case "\r":
      _ = take(0x0A)
      return []
    case "\n", "\u{2028}", "\u{2029}": return []
    default: return Array(bytes[(offset - length)..<offset])
    }
  }

  private func unknownEscape(_ start: Int) -> SyntaxError {
    SyntaxError(offset: start, message: "octal escape, expected `\\x` and two digits or `\\u` and four")
  }

  /// Reads the digits after `\u`, and the second half of a surrogate pair.
  mutating func unicodeEscape(from start: Int) throws(SyntaxError) -> Unicode.Scalar {
    let high = try hexDigits(4, from: start)
    if let value = Unicode.Scalar(high) { return value }
    let alone = SyntaxError(
      offset: start, message: "half of a surrogate pair, expected two `\\u` escapes or the character itself")
    guard (0xD800...0xDBFF).contains(high), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw alone
    }
    let low = try hexDigits(4, from: start)
    guard (0xDC00...0xDFFF).contains(low),
      let value = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    else { throw alone }
    return value
  }

  private mutating func hexEscape(digits: Int, from start: Int) throws(SyntaxError) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(truncatingIfNeeded: try hexDigits(digits, from: start)))
  }

  private mutating func hexDigits(_ count: Int, from start: Int) throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = peek.flatMap(Self.hexDigit) else {
        throw SyntaxError(offset: start, message: "broken escape, expected \(count) hexadecimal digits")
      }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }
}
