/// The bytes of a file, known to be UTF-8, and the way from a byte to its line and column.
struct SourceText {
  /// A place for people: line and column count from 1, the column in code points.
  struct Position: Hashable {
    var line: Int
    var column: Int
  }

  let bytes: [UInt8]
  private let lineStarts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (offset, byte) in bytes.enumerated() {
      let endsLine =
        byte == 0x0A || (byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A))
      if endsLine { starts.append(offset + 1) }
    }
    lineStarts = starts
  }

  /// The place of a byte; a line ends with LF, CR or CR LF, and a byte order mark takes no column.
  func position(of offset: Int) -> Position {
    let offset = min(max(offset, lineStarts[0]), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = bytes[lineStarts[low]..<max(offset, lineStarts[low])]
    return Position(line: low + 1, column: 1 + before.count { $0 & 0xC0 != 0x80 })
  }

  /// The offset of the first byte that cannot be part of UTF-8 (RFC 3629), or nil when all is well.
  static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset < bytes.count {
      let length = sequenceLength(at: offset, in: bytes)
      guard length > 0 else { return offset }
      offset += length
    }
    return nil
  }

  /// The length of the well-formed sequence at an offset, or 0 (Unicode Standard, table 3-7).
  private static func sequenceLength(at offset: Int, in bytes: [UInt8]) -> Int {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch bytes[offset] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
    for next in bytes[(offset + 2)..<(offset + length)] where !(0x80...0xBF).contains(next) { return 0 }
    return length
  }
}
