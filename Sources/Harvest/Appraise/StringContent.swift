/// The inside of a JSON string that holds escapes or bytes beyond ASCII, decoded as Go's `unquote` does.
struct StringContent {
  let bytes: ArraySlice<UInt8>
  private(set) var position: Int
  /// What was decoded so far: always valid UTF-8.
  private(set) var taken: [UInt8]

  init(bytes: ArraySlice<UInt8>, position: Int, taken: [UInt8]) {
    self.bytes = bytes
    self.position = position
    self.taken = taken
  }

  /// Decodes up to the closing quote and steps over it; false when the string is malformed.
  mutating func takeToQuote() -> Bool {
    while position < bytes.endIndex {
      let byte = bytes[position]
      switch byte {
      case 0x22:
        position += 1
        return true
      case 0x5c:
        guard takeEscape() else { return false }
      case 0..<0x20: return false
      case 0x20..<0x80:
        taken.append(byte)
        position += 1
      default: takeSequence()
      }
    }
    return false
  }

  private mutating func takeEscape() -> Bool {
    position += 1
    guard position < bytes.endIndex else { return false }
    let letter = bytes[position]
    position += 1
    switch letter {
    case 0x22, 0x5c, 0x2f: taken.append(letter)
    case 0x62: taken.append(0x08)
    case 0x66: taken.append(0x0c)
    case 0x6e: taken.append(0x0a)
    case 0x72: taken.append(0x0d)
    case 0x74: taken.append(0x09)
    case 0x75:
      guard let unit = hexUnit(at: position) else { return false }
      position += 4
      append(unit)
    default: return false
    }
    return true
  }

  /// Appends the character of a `\u` escape; joins surrogates, and replaces a single one.
  private mutating func append(_ unit: UInt32) {
    var value = unit
    if 0xd800..<0xdc00 ~= unit, let low = escapedUnit(at: position), 0xdc00..<0xe000 ~= low {
      value = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
      position += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{fffd}"
    taken.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private func escapedUnit(at start: Int) -> UInt32? {
    guard start + 6 <= bytes.endIndex, bytes[start] == 0x5c, bytes[start + 1] == 0x75 else { return nil }
    return hexUnit(at: start + 2)
  }

  private func hexUnit(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.endIndex else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[start..<(start + 4)] {
      switch byte {
      case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
      case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x57)
      case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x37)
      default: return nil
      }
    }
    return unit
  }

  /// Takes one UTF-8 sequence, or one byte of what is none as U+FFFD (Go's `utf8.DecodeRune`).
  private mutating func takeSequence() {
    let length = sequenceLength
    if length > 0 {
      taken.append(contentsOf: bytes[position..<(position + length)])
      position += length
    } else {
      taken.append(contentsOf: UTF8.encodedReplacementCharacter)
      position += 1
    }
  }

  /// The length of the well-formed sequence beyond ASCII at the position (Unicode table 3-7), else 0.
  private var sequenceLength: Int {
    let first = bytes[position]
    let second: ClosedRange<UInt8>
    let length: Int
    switch first {
    case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
    default: return 0
    }
    guard position + length <= bytes.endIndex, second ~= bytes[position + 1] else { return 0 }
    let rest = bytes[(position + 2)..<(position + length)]
    return rest.allSatisfy { 0x80...0xbf ~= $0 } ? length : 0
  }
}
