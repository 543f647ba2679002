/// Turning recorded bytes into text, without ever failing.
///
/// Bytes that are UTF-8 are taken as such unless the commit names another encoding. Otherwise the named encoding
/// is used when it is one of those below, else ISO-8859-1: old histories hold far more unmarked Latin-1 names
/// than anything else, and each byte stays visible. The answer says which of these it was.
public enum Text {
  public enum Encoding: Hashable, Sendable {
    case utf8
    case ascii
    case latin1
    case latin9
    case windows1252

    /// Reads the value of an `encoding` header; nil for names that are not known here.
    public init?(header: [UInt8]) {
      switch String(decoding: header, as: UTF8.self).lowercased().filter({ $0 != "_" && $0 != "-" }) {
      case "utf8": self = .utf8
      case "usascii", "ascii": self = .ascii
      case "iso88591", "latin1", "latin", "l1", "iso8859.1": self = .latin1
      case "iso885915", "latin9", "latin0": self = .latin9
      case "windows1252", "cp1252": self = .windows1252
      default: return nil
      }
    }
  }

  /// Text with what had to be done for it.
  public struct Decoded: Hashable, Sendable {
    public let text: String
    public let encoding: Encoding
    /// The bytes were not UTF-8, and nothing known said what else: the text is a guess.
    public let isGuess: Bool
  }

  public static func decode(_ bytes: ArraySlice<UInt8>, encoding header: [UInt8]?) -> Decoded {
    let known = header.flatMap { Encoding(header: $0) }
    switch known {
    case .latin1, .latin9, .windows1252:
      let encoding = known ?? .latin1
      return Decoded(text: decode(bytes, as: encoding), encoding: encoding, isGuess: false)
    case .utf8, .ascii, nil:
      if let text = String(validating: bytes, as: UTF8.self) {
        return Decoded(text: text, encoding: .utf8, isGuess: false)
      }
      return Decoded(text: decode(bytes, as: .latin1), encoding: .latin1, isGuess: true)
    }
  }

  /// The same bytes as UTF-8 when a known header calls for it; otherwise unchanged.
  static func utf8(_ bytes: ArraySlice<UInt8>, encoding header: [UInt8]?) -> ArraySlice<UInt8> {
    guard let header, let known = Encoding(header: header), known != .utf8, known != .ascii,
      bytes.contains(where: { $0 >= 0x80 })
    else { return bytes }
    return Array(decode(bytes, as: known).utf8)[...]
  }

  private static func decode(_ bytes: ArraySlice<UInt8>, as encoding: Encoding) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: bytes.lazy.map { scalar($0, encoding) })
    return text
  }

  private static func scalar(_ byte: UInt8, _ encoding: Encoding) -> Unicode.Scalar {
    switch encoding {
    case .windows1252 where byte >= 0x80 && byte < 0xA0: windows1252[Int(byte) - 0x80]
    case .latin9: latin9[byte] ?? Unicode.Scalar(byte)
    default: Unicode.Scalar(byte)
    }
  }

  private static let latin9: [UInt8: Unicode.Scalar] = [
    0xA4: "\u{20AC}", 0xA6: "\u{160}", 0xA8: "\u{161}", 0xB4: "\u{17D}", 0xB8: "\u{17E}", 0xBC: "\u{152}",
    0xBD: "\u{153}", 0xBE: "\u{178}",
  ]

  /// 0x80 to 0x9F; the five bytes without a meaning stay control characters.
  private static let windows1252: [Unicode.Scalar] = [
    "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
    "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
    "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
    "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
  ]
}
