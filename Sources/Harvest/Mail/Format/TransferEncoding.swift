/// The encodings in which mails carry bytes through seven-bit channels (RFC 2045 §6).
enum TransferEncoding {
  /// Base64 without regard to what is no base64 digit; ends at the padding.
  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count / 4 * 3)
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      guard let value = digit(byte) else {
        if byte == UInt8(ascii: "=") { break }
        continue
      }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        decoded.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
        buffer &= (1 << UInt32(bits)) - 1
      }
    }
    return decoded
  }

  /// Quoted-printable: `=XX` and soft line ends; a broken `=` stays as it is.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "=") else {
        decoded.append(byte)
        index += 1
        continue
      }
      if let end = softLineEnd(bytes, after: index) {
        index = end
      } else if let value = hexByte(bytes, after: index) {
        decoded.append(value)
        index += 3
      } else {
        decoded.append(byte)
        index += 1
      }
    }
    return decoded
  }

  /// The Q form of encoded words (RFC 2047 §4.2): as above, and `_` stands for a blank.
  static func q(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    quotedPrintable(bytes[...]).map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
  }

  /// Behind `=`, blanks and a line end, if that is what follows.
  private static func softLineEnd(_ bytes: ArraySlice<UInt8>, after equals: Int) -> Int? {
    var index = equals + 1
    while index < bytes.endIndex, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0D {
      index += 1
    }
    return index < bytes.endIndex && bytes[index] == 0x0A ? index + 1 : nil
  }

  private static func hexByte(_ bytes: ArraySlice<UInt8>, after equals: Int) -> UInt8? {
    guard equals + 2 < bytes.endIndex, let high = hexDigit(bytes[equals + 1]),
      let low = hexDigit(bytes[equals + 2])
    else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }
}
