extension Parser {
  /// Reads an ECMAScript 5.1 `IdentifierName`, with its `\uHHHH` escapes.
  mutating func identifier(expected: String) throws(SyntaxError) -> String {
    var name = String.UnicodeScalarView()
    while let (value, length) = scalar {
      let start = offset
      var next = value
      if value == "\\" {
        offset += 1
        guard take(UInt8(ascii: "u")) else {
          throw SyntaxError(offset: start, message: "unexpected \"\\\", expected `\\u` and four digits")
        }
        next = try unicodeEscape(from: start)
      } else {
        offset += length
      }
      guard name.isEmpty ? Self.startsName(next) : Self.continuesName(next) else {
        offset = start
        if name.isEmpty || value == "\\" { throw unexpected(expected) }
        break
      }
      name.append(next)
    }
    guard !name.isEmpty else { throw unexpected(expected) }
    return String(name)
  }

  static func startsName(_ value: Unicode.Scalar) -> Bool {
    switch value {
    case "a"..."z", "A"..."Z", "$", "_": return true
    default: break
    }
    guard value.value >= 0x80 else { return false }
    switch value.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
      return true
    default: return false
    }
  }

  static func continuesName(_ value: Unicode.Scalar) -> Bool {
    if startsName(value) || ("0"..."9").contains(value) { return true }
    guard value.value >= 0x80 else { return false }
    switch value.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
    default: return value.value == 0x200C || value.value == 0x200D
    }
  }

  /// Reads a number; `Infinity` and `NaN` are values here and refused where a number is wanted.
  mutating func number() throws(SyntaxError) -> Double {
    let start = offset
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    let magnitude: Double
    switch peek {
    case UInt8(ascii: "I"), UInt8(ascii: "N"): magnitude = try namedNumber()
    case UInt8(ascii: "0") where offset + 1 < bytes.count && bytes[offset + 1] | 0x20 == UInt8(ascii: "x"):
      magnitude = try hexadecimal()
    default: magnitude = try decimal(from: start)
    }
    if let (value, _) = scalar, Self.continuesName(value) || value == "\\" {
      throw unexpected("the end of the number")
    }
    return isNegative ? -magnitude : magnitude
  }

  private mutating func namedNumber() throws(SyntaxError) -> Double {
    let start = offset
    switch try identifier(expected: "a digit") {
    case "Infinity": return .infinity
    case "NaN": return .nan
    case let word:
      throw SyntaxError(offset: start, message: "unexpected \(quoted(word)), expected a number")
    }
  }

  private mutating func hexadecimal() throws(SyntaxError) -> Double {
    offset += 2
    var value = 0.0
    var count = 0
    while let digit = peek.flatMap(Self.hexDigit) {
      value = value * 16 + Double(digit)
      count += 1
      offset += 1
    }
    guard count > 0 else { throw unexpected("a hexadecimal digit") }
    return value
  }

  private mutating func decimal(from start: Int) throws(SyntaxError) -> Double {
    let whole = digits()
    if whole.count > 1, whole.first == UInt8(ascii: "0") {
      throw SyntaxError(offset: start, message: "number with a leading zero, expected it without")
    }
    var text = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
    if take(UInt8(ascii: ".")) {
      let fraction = digits()
      guard !whole.isEmpty || !fraction.isEmpty else { throw unexpected("a digit") }
      text += "." + (fraction.isEmpty ? "0" : String(decoding: fraction, as: UTF8.self))
    } else if whole.isEmpty {
      throw unexpected("a digit")
    }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      offset += 1
      let isNegative = take(UInt8(ascii: "-"))
      if !isNegative { _ = take(UInt8(ascii: "+")) }
      let exponent = digits()
      guard !exponent.isEmpty else { throw unexpected("a digit of the exponent") }
      text += (isNegative ? "e-" : "e") + String(decoding: exponent, as: UTF8.self)
    }
    guard let value = Double(text) else {
      throw SyntaxError(offset: start, message: "number out of range, expected a smaller one")
    }
    return value
  }

  private mutating func digits() -> ArraySlice<UInt8> {
    let start = offset
    while let byte = peek, (0x30...0x39).contains(byte) { offset += 1 }
    return bytes[start..<offset]
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    default: nil
    }
  }
}
