/// The SHA-1 name of an object: 20 bytes, kept as three words so that a copy costs no allocation.
public struct ObjectID: Hashable, Comparable, Sendable {
  let high: UInt64
  let middle: UInt64
  let low: UInt32

  /// Twenty bytes as three big-endian words, so that word order is name order.
  public init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads exactly 40 hexadecimal digits of either case; anything else is no name.
  public init?(hex: some StringProtocol) {
    self.init(hexBytes: Array(hex.utf8)[...])
  }

  /// The words given to `init(high:middle:low:)`.
  public var words: (high: UInt64, middle: UInt64, low: UInt32) { (high, middle, low) }

  /// All 40 digits, lower case.
  public var hex: String { String(decoding: hexBytes, as: UTF8.self) }

  /// All 40 digits as ASCII bytes.
  public var hexBytes: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(40)
    for shift in stride(from: 60, through: 0, by: -4) { digits.append(Self.ascii(high >> UInt64(shift))) }
    for shift in stride(from: 60, through: 0, by: -4) { digits.append(Self.ascii(middle >> UInt64(shift))) }
    for shift in stride(from: 28, through: 0, by: -4) {
      digits.append(Self.ascii(UInt64(low) >> UInt64(shift)))
    }
    return digits
  }

  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.middle != right.middle { return left.middle < right.middle }
    return left.low < right.low
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(high) }

  private static func ascii(_ value: UInt64) -> UInt8 {
    let nibble = UInt8(truncatingIfNeeded: value & 15)
    return nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }
}

extension ObjectID: CustomStringConvertible {
  public var description: String { hex }
}

extension ObjectID {
  /// Reads exactly 40 hexadecimal digits given as ASCII bytes.
  public init?(hexBytes: ArraySlice<UInt8>) {
    let parsed = hexBytes.withUnsafeBufferPointer { ObjectID(hexDigits: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads exactly 40 hexadecimal digits in place.
  init?(hexDigits: UnsafeBufferPointer<UInt8>) {
    guard hexDigits.count == 40 else { return nil }
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var wrong: UInt8 = 0
    for index in 0..<16 {
      let value = Self.hexTable[Int(hexDigits[index])]
      wrong |= value
      words.0 = words.0 << 4 | UInt64(value & 15)
    }
    for index in 16..<32 {
      let value = Self.hexTable[Int(hexDigits[index])]
      wrong |= value
      words.1 = words.1 << 4 | UInt64(value & 15)
    }
    for index in 32..<40 {
      let value = Self.hexTable[Int(hexDigits[index])]
      wrong |= value
      words.2 = words.2 << 4 | UInt64(value & 15)
    }
    guard wrong & 0xF0 == 0 else { return nil }
    self.init(high: words.0, middle: words.1, low: UInt32(truncatingIfNeeded: words.2))
  }

  /// The value of each hexadecimal digit; 0xFF for all other bytes.
  private static let hexTable: [UInt8] = (0...255).map { byte in Bytes.hexValue(UInt8(byte)) ?? 0xFF }
}
