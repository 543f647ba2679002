import Facts
import Foundation

extension Cursor {
  /// A key of a person: an SSH key as a text, or an object with a key or a fingerprint, and dates.
  func signingKey() -> SigningKey? {
    if case .string = node.value { return sshKey().map { SigningKey($0) } }
    guard case .object = node.value else {
      return mismatch("an SSH public key, or an object with `key` or `fingerprint` and dates")
    }
    guard let fields = fields(.signingKey) else { return nil }
    let period = fields.period()
    let vouches = fields["vouches"]?.bool() ?? false
    switch (fields["key"], fields["fingerprint"]) {
    case (let key?, nil):
      return key.sshKey().map { SigningKey($0, period: period, vouches: vouches) }
    case (nil, let fingerprint?):
      return fingerprint.fingerprint().map { SigningKey($0, period: period, vouches: vouches) }
    case (nil, nil):
      error("neither `key` nor `fingerprint`, expected one of them")
    case (.some, let fingerprint?):
      fingerprint.error("beside `key`, expected only one of them")
    }
    return nil
  }

  /// `TYPE BASE64 [COMMENT]`, as in a file that ends in `.pub`.
  private func sshKey() -> SigningKey.Material? {
    let expected = "an SSH public key such as \"ssh-ed25519 AAAA…\""
    guard let text = string(expected) else { return nil }
    let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
    guard parts.count >= 2, let key = SSHKeyText(type: parts[0], base64: parts[1]) else {
      error("\(quoted(String(text.prefix(40)), asciiOnly: true)) is no SSH public key, expected \(expected)")
      return nil
    }
    return .ssh(type: key.type, base64: key.base64)
  }

  private func fingerprint() -> SigningKey.Material? {
    let expected = "an OpenPGP fingerprint of 40 or 64 hexadecimal digits"
    guard let text = string(expected) else { return nil }
    let digits = text.utf8.filter { $0 != 0x20 }
    guard digits.count == 40 || digits.count == 64, digits.allSatisfy(isHexDigit) else {
      error("\(quoted(String(text.prefix(80)), asciiOnly: true)) is no fingerprint, expected \(expected)")
      return nil
    }
    return .openPGP(fingerprint: String(decoding: digits, as: UTF8.self).uppercased())
  }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
}

extension SigningKey.Material {
  /// The key as a policy file writes it, without dates.
  var written: (name: String, text: String) {
    switch self {
    case .ssh(let type, let base64): ("key", "\(type) \(base64)")
    case .openPGP(let fingerprint): ("fingerprint", fingerprint)
    }
  }
}

/// An SSH public key whose text is what it says it is.
private struct SSHKeyText {
  let type: String
  /// As `ssh-keygen` writes it, with padding.
  let base64: String

  /// The types that `ssh-keygen -Y` takes; DSA is not among them.
  private static let types = [
    "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
  ]

  /// Nil unless the type is known and the key itself begins with it (RFC 4253, section 6.6).
  init?(type: String, base64: String) {
    guard Self.types.contains(type), base64.utf8.count <= 8192, let bytes = Data(base64Encoded: base64) else {
      return nil
    }
    let length = UInt8(truncatingIfNeeded: type.utf8.count)
    let head: [UInt8] = [0, 0, 0, length] + Array(type.utf8)
    guard bytes.starts(with: head), bytes.count > head.count else { return nil }
    self.type = type
    self.base64 = bytes.base64EncodedString()
  }
}

/// Who has a key, so that nobody else can have it.
struct KeyClaims {
  private var owners: [SigningKey.Material: (handle: String, place: String)] = [:]

  mutating func claim(_ key: SigningKey?, by handle: String, isBot: Bool, at cursor: Cursor) -> SigningKey? {
    guard let key else { return nil }
    if let owner = owners[key.material] {
      cursor.error(
        owner.handle == handle
          ? "the key is given twice, expected it once; first given at \(owner.place)"
          : "the key belongs to \(quoted(owner.handle)) at \(owner.place), expected it only once")
      return nil
    }
    owners[key.material] = (handle, cursor.place)
    if key.vouches, !isBot {
      cursor.error("`vouches` on the key of a person, expected it only for somebody with `bot: true`")
    }
    return key
  }
}
