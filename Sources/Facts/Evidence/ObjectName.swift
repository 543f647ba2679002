/// The SHA-1 name of a Git object: 20 bytes, kept as three words so that a copy costs no allocation.
public struct ObjectName: Hashable, Comparable, Sendable {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// Twenty bytes as three big-endian words, so that word order is name order.
  public init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads exactly 40 hexadecimal digits of either case; anything else is no name.
  public init?(hex: some StringProtocol) {
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var count = 0
    for byte in hex.utf8 {
      guard let digit = ObjectName.digit(byte), count < 40 else { return nil }
      switch count {
      case 0..<16: words.0 = words.0 << 4 | digit
      case 16..<32: words.1 = words.1 << 4 | digit
      default: words.2 = words.2 << 4 | digit
      }
      count += 1
    }
    guard count == 40 else { return nil }
    self.init(high: words.0, middle: words.1, low: UInt32(truncatingIfNeeded: words.2))
  }

  /// The words given to `init(high:middle:low:)`.
  public var words: (high: UInt64, middle: UInt64, low: UInt32) { (high, middle, low) }

  /// All 40 digits, lower case.
  public var hex: String { String(decoding: hexBytes, as: UTF8.self) }

  /// All 40 digits as ASCII bytes.
  public var hexBytes: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(40)
    appendHex(to: &digits)
    return digits
  }

  /// Appends all 40 digits as ASCII.
  public func appendHex(to digits: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) { digits.append(Self.ascii(high >> UInt64(shift))) }
    for shift in stride(from: 60, through: 0, by: -4) { digits.append(Self.ascii(middle >> UInt64(shift))) }
    for shift in stride(from: 28, through: 0, by: -4) {
      digits.append(Self.ascii(UInt64(low) >> UInt64(shift)))
    }
  }

  /// The first twelve digits, as contribution ids show them.
  public var short: String { String(decoding: hexBytes.prefix(12), as: UTF8.self) }

  public static func < (left: ObjectName, right: ObjectName) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.middle != right.middle { return left.middle < right.middle }
    return left.low < right.low
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(high) }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x61...0x66: UInt64(byte - 0x61 + 10)
    case 0x41...0x46: UInt64(byte - 0x41 + 10)
    default: nil
    }
  }

  private static func ascii(_ value: UInt64) -> UInt8 {
    let nibble = UInt8(truncatingIfNeeded: value & 15)
    return nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }
}

extension ObjectName: CustomStringConvertible {
  public var description: String { hex }
}
