/// A glob over whole paths of a repository, matched byte for byte from the root.
///
/// | token | matches |
/// |---|---|
/// | `**` as a whole segment | any number of whole segments; one or more at the end |
/// | `*` | any run of bytes without `/` |
/// | `?` | one byte other than `/` |
/// | `\` and a byte | that byte |
/// | any other byte | itself |
///
/// The meaning is that of git's wildmatch with `WM_PATHNAME` for an anchored pattern; classes (`[…]`) are
/// refused, as are `**` beside other characters and empty, `.` or `..` segments. Matching is iterative and
/// takes time in proportion to pattern times path at worst.
public struct PathPattern: Hashable, Sendable {
  /// The pattern as written.
  public let text: String
  let tokens: [Token]

  /// Why a text is no pattern.
  public enum Flaw: Error, Hashable, Sendable {
    case empty
    case longerThan(bytes: Int)
    case moreWildcardsThan(Int)
    case leadingSlash
    case trailingSlash
    case emptySegment
    case dotSegment
    case partialDoubleStar
    case bracket
    case danglingEscape
    case control
  }

  /// The longest pattern, in bytes.
  public static let byteLimit = 1024
  /// The most `*` and `**` in one pattern.
  public static let wildcardLimit = 16

  enum Token: Hashable, Sendable {
    case byte(UInt8)
    case anyByte
    case anyRun
    /// `**/`: whole segments, each with its slash, or none.
    case anySegments
    /// `**` at the end: everything that is left, and something must be.
    case anyRest
  }

  public init(_ text: String) throws(Flaw) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= Self.byteLimit else { throw .longerThan(bytes: Self.byteLimit) }
    guard bytes.first != Self.slash else { throw .leadingSlash }
    guard bytes.last != Self.slash else { throw .trailingSlash }
    let segments = bytes.split(separator: Self.slash, omittingEmptySubsequences: false)
    var tokens: [Token] = []
    for (number, segment) in segments.enumerated() {
      let isLast = number == segments.count - 1
      if segment.elementsEqual("**".utf8) {
        tokens.append(isLast ? .anyRest : .anySegments)
      } else {
        try Self.append(segment, to: &tokens)
        if !isLast { tokens.append(.byte(Self.slash)) }
      }
    }
    let wildcards = tokens.count { $0 == .anyRun || $0 == .anySegments || $0 == .anyRest }
    guard wildcards <= Self.wildcardLimit else { throw .moreWildcardsThan(Self.wildcardLimit) }
    self.text = text
    self.tokens = tokens
  }

  private init(text: String, tokens: [Token]) {
    self.text = text
    self.tokens = tokens
  }

  /// `**`: every path.
  public static let everything = PathPattern(text: "**", tokens: [.anyRest])

  private static func append(_ segment: ArraySlice<UInt8>, to tokens: inout [Token]) throws(Flaw) {
    guard !segment.isEmpty else { throw .emptySegment }
    let start = tokens.count
    var index = segment.startIndex
    while index < segment.endIndex {
      switch segment[index] {
      case UInt8(ascii: "*"):
        guard tokens.last != .anyRun || index == segment.startIndex else { throw .partialDoubleStar }
        tokens.append(.anyRun)
      case UInt8(ascii: "?"): tokens.append(.anyByte)
      case UInt8(ascii: "["), UInt8(ascii: "]"): throw .bracket
      case UInt8(ascii: "\\"):
        index += 1
        guard index < segment.endIndex else { throw .danglingEscape }
        guard !isControl(segment[index]) else { throw .control }
        tokens.append(.byte(segment[index]))
      case let byte where isControl(byte): throw .control
      case let byte: tokens.append(.byte(byte))
      }
      index += 1
    }
    let isDots = tokens[start...].allSatisfy { $0 == .byte(UInt8(ascii: ".")) }
    guard !isDots || tokens.count - start > 2 else { throw .dotSegment }
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  public static func == (left: PathPattern, right: PathPattern) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static let slash = UInt8(ascii: "/")
}
