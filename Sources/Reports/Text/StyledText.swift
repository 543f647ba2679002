/// What a piece of text is, from which the terminal decides how it looks.
///
/// Nothing above the painter knows a colour. A new meaning is a new case here and one line in `Painter`.
public enum Role: Hashable, Sendable, CaseIterable {
  case plain
  /// The name of the whole report.
  case title
  case heading
  /// The name of a value, as in key–value lines and table headers.
  case label
  /// A contribution, a commit, a grant: something one can ask about.
  case id
  case person
  /// A command line or a file to copy.
  case code
  case good
  case warning
  case bad
  /// True, but rarely what one looks for.
  case muted
  /// The first curve of a plot.
  case curve
  /// The second curve of a plot.
  case otherCurve
}

/// A run of text with one role.
public struct Span: Hashable, Sendable {
  public let text: EscapedText
  public let role: Role

  public init(_ text: EscapedText, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }
}

/// Text on one line whose parts carry roles: `"waits on \(name, .person) since \(time, .warning)"`.
public struct StyledText: Hashable, Sendable {
  public var spans: [Span]

  public init(_ spans: [Span] = []) { self.spans = spans }

  /// Foreign text, escaped.
  public init(_ foreign: String, _ role: Role = .plain) {
    self.init([Span(EscapedText(escaping: foreign), role)])
  }

  public init(_ text: EscapedText, _ role: Role = .plain) { self.init([Span(text, role)]) }

  /// The text without roles.
  public var plain: String { spans.map(\.text.text).joined() }

  /// Columns on a terminal.
  public var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text.text) } }

  public static func + (left: StyledText, right: StyledText) -> StyledText {
    StyledText(left.spans + right.spans)
  }

  /// The texts one after the other with `separator` between them.
  public static func joined(_ texts: [StyledText], by separator: StyledText) -> StyledText {
    StyledText(Array(texts.map(\.spans).joined(separator: separator.spans)))
  }

  /// The longest beginning that fits into `columns`, ended by `…` when anything was cut.
  public func truncated(to columns: Int) -> StyledText {
    guard width > columns else { return self }
    var kept: [Span] = []
    var room = columns
    for (index, span) in spans.enumerated() {
      let needed = DisplayWidth.of(span.text.text)
      let isLast = index == spans.count - 1
      guard needed > room || (needed == room && !isLast) else {
        kept.append(span)
        room -= needed
        continue
      }
      // One more character than fits, so that the ellipsis is drawn even when this span alone would fit.
      kept.append(Span(DisplayWidth.truncated(span.text + "…", to: room), span.role))
      break
    }
    return StyledText(kept)
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  public init(stringLiteral literal: String) { self.init(EscapedText(stringLiteral: literal)) }

  public init(stringInterpolation: Interpolation) { self.init(stringInterpolation.spans) }

  /// Collects our own words as they are and foreign ones escaped, each with its role.
  public struct Interpolation: StringInterpolationProtocol {
    var spans: [Span] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      spans.reserveCapacity(2 * interpolationCount + 1)
    }

    public mutating func appendLiteral(_ literal: String) {
      guard !literal.isEmpty else { return }
      spans.append(Span(EscapedText(stringLiteral: literal)))
    }

    public mutating func appendInterpolation(_ foreign: String, _ role: Role = .plain) {
      spans.append(Span(EscapedText(escaping: foreign), role))
    }

    public mutating func appendInterpolation(_ safe: EscapedText, _ role: Role = .plain) {
      spans.append(Span(safe, role))
    }

    public mutating func appendInterpolation(_ number: some FixedWidthInteger, _ role: Role = .plain) {
      spans.append(Span(EscapedText(stringLiteral: String(number)), role))
    }

    public mutating func appendInterpolation(_ text: StyledText) { spans += text.spans }
  }
}
