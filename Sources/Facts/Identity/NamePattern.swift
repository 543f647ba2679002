/// A glob over names, logins, addresses and mail domains: `*` stands for any run of bytes, `?` for one byte.
///
/// ASCII letters match in either case; everything else is compared byte for byte. There are no classes and no
/// escapes, so `[bot]` in a pattern means these five characters. Matching takes time in proportion to pattern
/// times text at worst (one backtrack point), never more.
public struct NamePattern: Hashable, Sendable {
  /// The pattern as written.
  public let text: String
  private let bytes: [UInt8]

  public init(_ text: String) {
    self.text = text
    bytes = text.utf8.map(Address.lowercased)
  }

  /// True when the pattern holds a wildcard.
  public var isGlob: Bool { bytes.contains(Self.star) || bytes.contains(Self.any) }

  /// The number of bytes that stand for themselves; the larger of two patterns is the more specific.
  public var literalCount: Int { bytes.count { $0 != Self.star && $0 != Self.any } }

  /// True when the pattern covers the whole of the text.
  public func matches(_ candidate: Address) -> Bool { matches(Array(candidate.text.utf8)) }

  private func matches(_ text: [UInt8]) -> Bool {
    var patternIndex = 0
    var textIndex = 0
    var retry: (pattern: Int, text: Int)?
    while textIndex < text.count {
      if patternIndex < bytes.count, bytes[patternIndex] == Self.star {
        retry = (patternIndex + 1, textIndex)
        patternIndex += 1
      } else if patternIndex < bytes.count,
        bytes[patternIndex] == text[textIndex] || bytes[patternIndex] == Self.any
      {
        patternIndex += 1
        textIndex += 1
      } else if let last = retry {
        retry = (last.pattern, last.text + 1)
        patternIndex = last.pattern
        textIndex = last.text + 1
      } else {
        return false
      }
    }
    return bytes[patternIndex...].allSatisfy { $0 == Self.star }
  }

  public static func == (left: NamePattern, right: NamePattern) -> Bool { left.bytes == right.bytes }

  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  private static let star = UInt8(ascii: "*")
  private static let any = UInt8(ascii: "?")
}
