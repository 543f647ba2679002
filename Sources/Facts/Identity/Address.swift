/// An e-mail address or login as it is compared: ASCII letters in lower case, nothing else changed.
///
/// Equality is byte for byte. Swift's own `String` equality is Unicode canonical equivalence, under which the
/// Kelvin sign equals the letter K; an address that decides who may approve must not be open to that.
public struct Address: Hashable, Comparable, Sendable {
  /// The text after lower-casing.
  public let text: String

  public init(_ recorded: String) {
    let needsFolding = recorded.utf8.contains { (0x41...0x5A).contains($0) }
    text = needsFolding ? String(decoding: recorded.utf8.map(Address.lowercased), as: UTF8.self) : recorded
  }

  /// The part after the last `@`, or nil for a login or an address that ends in `@`.
  public var domain: String? {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let domain = text[text.utf8.index(after: at)...]
    return domain.isEmpty ? nil : String(domain)
  }

  /// The part before the last `@`; the whole text of a login.
  public var localPart: String {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return text }
    return String(text[..<at])
  }

  /// False for a login, which some review systems record in place of an address.
  public var hasAt: Bool { text.utf8.contains(UInt8(ascii: "@")) }

  public static func == (left: Address, right: Address) -> Bool {
    hasSameBytes(left.text, right.text)
  }

  public static func < (left: Address, right: Address) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}

/// Equality of two texts byte for byte.
func hasSameBytes(_ one: String, _ other: String) -> Bool {
  let (left, right) = (one.utf8Span, other.utf8Span)
  guard left.count == right.count else { return false }
  // Of plain ASCII no two texts are equivalent, and the library compares them much faster.
  if left.isKnownASCII, right.isKnownASCII { return one == other }
  return one.utf8.elementsEqual(other.utf8)
}

extension Address: CustomStringConvertible {
  public var description: String { text }
}
