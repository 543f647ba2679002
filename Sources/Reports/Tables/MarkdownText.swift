/// Text that is safe to put into a Markdown page, inline.
///
/// GitHub's and GitLab's Markdown turn much of what people write into links, mentions and images; a report
/// must not notify a stranger or load a picture because a commit title says so.
public struct MarkdownText: Hashable, Sendable {
  /// The Markdown source.
  public let source: String

  /// Foreign text as ordinary words: every character with a meaning in Markdown is escaped.
  ///
  /// Mentions, issue numbers, commit names and addresses are broken with an empty comment, because a backslash
  /// does not stop GitHub from linking them.
  public init(escaping foreign: String) {
    var source = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    var hexRun = 0
    for scalar in EscapedText(escaping: foreign).text.unicodeScalars {
      hexRun = scalar.properties.isASCIIHexDigit ? hexRun + 1 : 0
      if Self.mayLink(scalar, after: last) || hexRun == Self.shortestCommitName {
        source.append(contentsOf: "<!-- -->".unicodeScalars)
        hexRun = 1
      }
      Self.append(scalar, to: &source)
      last = scalar
    }
    self.source = String(source)
  }

  private static func append(_ scalar: Unicode.Scalar, to source: inout String.UnicodeScalarView) {
    switch scalar {
    case "<": source.append(contentsOf: "&lt;".unicodeScalars)
    case ">": source.append(contentsOf: "&gt;".unicodeScalars)
    case "&": source.append(contentsOf: "&amp;".unicodeScalars)
    default:
      if special.contains(scalar) { source.append("\\") }
      source.append(scalar)
    }
  }

  /// Foreign text in a code span, whose fence is longer than any run of backticks in it.
  ///
  /// Right for names and ids: nothing in a code span is linked.
  public init(code foreign: String) {
    let text = EscapedText(escaping: foreign).text
    guard !text.isEmpty else {
      source = ""
      return
    }
    // Bytes, because to `Character` a backtick with an accent upon it is no backtick.
    let bytes = text.utf8
    let backtick = UInt8(ascii: "`")
    let longest = bytes.split(whereSeparator: { $0 != backtick }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    // One space on each side is taken off by readers; it is needed where a backtick or a space is at an end.
    let needsSpace =
      bytes.first == backtick || bytes.last == backtick || (bytes.first == 0x20 && bytes.last == 0x20)
    let space = needsSpace ? " " : ""
    source = fence + space + text + space + fence
  }

  private init(trusted: String) { source = trusted }

  public static func + (left: MarkdownText, right: MarkdownText) -> MarkdownText {
    MarkdownText(trusted: left.source + right.source)
  }

  private static let special = Set("\\`*_{}[]()#+-.!|~$:".unicodeScalars)

  /// GitHub links runs of this many hexadecimal digits to commits.
  private static let shortestCommitName = 7

  /// Whether the two neighbours may be the heart of a mention, an issue or merge request number, or an address.
  private static func mayLink(_ scalar: Unicode.Scalar, after last: Unicode.Scalar) -> Bool {
    switch (last, scalar) {
    case ("H", "-"), ("h", "-"), ("w", "."), ("W", "."): true
    case ("@", _), ("#", _), ("!", _), ("$", _), ("%", _), ("~", _):
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
    default: false
    }
  }
}

extension MarkdownText: ExpressibleByStringInterpolation {
  public init(stringLiteral literal: String) { self.init(trusted: literal) }

  public init(stringInterpolation: Interpolation) { self.init(trusted: stringInterpolation.source) }

  /// Collects our own Markdown as it is and foreign text escaped.
  public struct Interpolation: StringInterpolationProtocol {
    var source = ""

    public init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }

    public mutating func appendLiteral(_ literal: String) { source += literal }

    public mutating func appendInterpolation(_ foreign: String) {
      source += MarkdownText(escaping: foreign).source
    }

    public mutating func appendInterpolation(code foreign: String) {
      source += MarkdownText(code: foreign).source
    }

    public mutating func appendInterpolation(_ text: MarkdownText) { source += text.source }

    public mutating func appendInterpolation(_ number: some FixedWidthInteger) { source += String(number) }
  }
}
