internal import Foundation

/// The parts of an armoured SSH signature that say whose and what for it is (OpenSSH `PROTOCOL.sshsig`).
///
/// Nothing is proven by them: `ssh-keygen` checks the rest.
struct SSHSignature {
  /// The public key as in a `.pub` file: type and base 64.
  let keyType: String
  let keyBase64: String
  let namespace: String

  private static let begin = "-----BEGIN SSH SIGNATURE-----"
  private static let end = "-----END SSH SIGNATURE-----"

  /// Whether a text is meant to be such a signature.
  static func isArmour(_ bytes: [UInt8]) -> Bool { bytes.starts(with: begin.utf8) }

  /// Nil when the text is not one whole signature.
  init?(_ armour: [UInt8]) {
    let text = String(decoding: armour, as: UTF8.self)
    guard armour.count <= 1 << 16, text.hasPrefix(Self.begin), let close = text.range(of: Self.end),
      text[close.upperBound...].allSatisfy(\.isWhitespace)
    else { return nil }
    let body = text[..<close.lowerBound].dropFirst(Self.begin.count).filter { !$0.isWhitespace }
    guard let blob = Data(base64Encoded: body) else { return nil }
    var reader = WireReader(Array(blob))
    guard reader.take(6) == Array("SSHSIG".utf8), reader.take(4) == [0, 0, 0, 1], let key = reader.string(),
      let space = reader.string()
    else { return nil }
    var inner = WireReader(key)
    guard let type = inner.string() else { return nil }
    keyType = String(decoding: type, as: UTF8.self)
    keyBase64 = Data(key).base64EncodedString()
    namespace = String(decoding: space, as: UTF8.self)
  }
}

/// Reads the lengths and strings of RFC 4251, section 5.
private struct WireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func string() -> [UInt8]? {
    guard let length = take(4) else { return nil }
    return take(length.reduce(0) { $0 << 8 | Int($1) })
  }
}
