/// Base 64 as RFC 4648 defines it (section 4), read without Foundation.
enum Base64 {
  /// The bytes behind a text; nil when it is not base 64.
  ///
  /// The alphabet of URLs is read as well. Line ends and blanks are passed over, padding may be missing.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var digits = 0
    var padding = 0
    for byte in text where !isBlank(byte) {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let digit = value(byte) else { return nil }
      pending = pending << 6 | digit
      digits += 1
      guard digits % 4 == 0 else { continue }
      for shift: UInt32 in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: pending >> shift)) }
      pending = 0
    }
    guard padding <= 2, padding == 0 || (digits + padding) % 4 == 0 else { return nil }
    switch digits % 4 {
    case 0: break
    case 2: bytes.append(UInt8(truncatingIfNeeded: pending >> 4))
    case 3: for shift: UInt32 in [10, 2] { bytes.append(UInt8(truncatingIfNeeded: pending >> shift)) }
    default: return nil
    }
    return bytes
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
