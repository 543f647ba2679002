/// Walks through a zlib stream without producing its contents, to learn whether it was cut short.
///
/// libgit2 never returns from reading a loose object whose file ends too early, so that must be known before.
/// Follows RFC 1950 and RFC 1951; wrong codes are left for libgit2 to report.
struct DeflateScan {
  enum Outcome: Hashable {
    case complete
    case cutShort
    /// Broken in another way.
    case invalid
  }

  private enum Stop: Error {
    case cutShort
    case invalid
    case enough
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 2
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var produced = 0
  private let wanted: Int

  /// Looks at the stream until it ends or would have produced the wanted number of bytes.
  static func scan(_ bytes: [UInt8], until wanted: Int = .max) -> Outcome {
    bytes.withUnsafeBufferPointer { buffer in
      var scan = DeflateScan(buffer, wanted)
      do throws(Stop) {
        try scan.run()
        return .complete
      } catch {
        switch error {
        case .cutShort: return .cutShort
        case .invalid: return .invalid
        case .enough: return .complete
        }
      }
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ wanted: Int) {
    self.bytes = bytes
    self.wanted = wanted
  }

  private mutating func run() throws(Stop) {
    guard bytes.count > 2 else { throw .cutShort }
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try stored()
      case 1: try codes(Code.fixedLengths, Code.fixedDistances)
      case 2: try dynamic()
      default: throw .invalid
      }
    }
    guard bytes.count - position >= 4 else { throw .cutShort }
  }

  private mutating func take(_ count: Int) throws(Stop) -> Int {
    while bitCount < count {
      guard position < bytes.count else { throw .cutShort }
      bits |= UInt32(bytes[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func produce(_ count: Int) throws(Stop) {
    produced &+= count
    if produced >= wanted { throw .enough }
  }

  private mutating func stored() throws(Stop) {
    bits = 0
    bitCount = 0
    guard bytes.count - position >= 4 else { throw .cutShort }
    let length = Int(bytes[position]) | Int(bytes[position + 1]) << 8
    let check = Int(bytes[position + 2]) | Int(bytes[position + 3]) << 8
    guard length == ~check & 0xFFFF else { throw .invalid }
    position += 4
    guard bytes.count - position >= length else { throw .cutShort }
    position += length
    try produce(length)
  }

  private mutating func dynamic() throws(Stop) {
    let lengthCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let orderCount = try take(4) + 4
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<orderCount { lengths[Self.order[index]] = UInt8(try take(3)) }
    let code = Code(lengths[...])
    lengths = []
    while lengths.count < lengthCount + distanceCount {
      switch try decode(code) {
      case let symbol where symbol < 16: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else { throw .invalid }
        lengths += [UInt8](repeating: last, count: 3 + (try take(2)))
      case 17: lengths += [UInt8](repeating: 0, count: 3 + (try take(3)))
      default: lengths += [UInt8](repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard lengths.count == lengthCount + distanceCount else { throw .invalid }
    try codes(Code(lengths[..<lengthCount]), Code(lengths[lengthCount...]))
  }

  private mutating func codes(_ lengthCode: Code, _ distanceCode: Code) throws(Stop) {
    while true {
      let symbol = try decode(lengthCode)
      if symbol == 256 { return }
      if symbol < 256 {
        try produce(1)
        continue
      }
      guard symbol - 257 < Self.lengths.count else { throw .invalid }
      let (base, extra) = Self.lengths[symbol - 257]
      let length = base + (try take(extra))
      let distance = try decode(distanceCode)
      guard distance < 30 else { throw .invalid }
      _ = try take(distance < 4 ? 0 : distance / 2 - 1)
      try produce(length)
    }
  }

  private mutating func decode(_ code: Code) throws(Stop) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw .invalid
  }

  /// A canonical Huffman code: how many symbols there are of each length, and the symbols in order.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: ArraySlice<UInt8>) {
      for length in lengths where length > 0 { counts[Int(length) & 15] += 1 }
      for wanted in 1...15 {
        for (symbol, length) in lengths.enumerated() where length == wanted { symbols.append(symbol) }
      }
    }

    static let fixedLengths = Code(
      ([UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
        + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))[...])
    static let fixedDistances = Code([UInt8](repeating: 5, count: 30)[...])
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// The smallest length of each symbol and its extra bits.
  private static let lengths: [(Int, Int)] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1),
    (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4),
    (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
  ]
}
