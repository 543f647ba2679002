/// A mail address that can stand in a header as it is: a plain `local@domain` of RFC 5321, in ASCII.
///
/// Display names, comments, quoted local parts and address literals are refused: whatever could end a header or begin
/// another never gets in.
public struct MailAddress: Hashable, Sendable {
  public let text: String
  /// The part after the `@`.
  public let domain: String

  public init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count),
      Self.isDotted(parts[0], by: Self.isAtom), Self.isDotted(parts[1], by: Self.isLabel),
      parts[1].split(separator: ".").allSatisfy({ $0.utf8.count <= 63 && $0.first != "-" && $0.last != "-" })
    else { return nil }
    self.text = text
    domain = String(parts[1])
  }

  /// Non-empty parts between dots, each of allowed characters only.
  private static func isDotted(_ text: Substring, by isAllowed: (UInt8) -> Bool) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
  }

  private static func isLabel(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
    default: false
    }
  }

  /// `atext` of RFC 5322.
  private static func isAtom(_ byte: UInt8) -> Bool {
    isLabel(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
  }
}
