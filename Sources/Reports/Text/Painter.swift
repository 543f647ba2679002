/// Turns laid-out lines into characters, with or without colours.
public enum Painter {
  /// Whether roles are visible as ANSI colours.
  public enum Palette: Hashable, Sendable {
    case plain
    case ansi
  }

  /// The document laid out to `width` columns, each line ended by a line feed.
  public static func text(_ document: TextDocument, width: Int, palette: Palette) -> String {
    document.lines(width: width).map { text($0, palette: palette) + "\n" }.joined()
  }

  /// One line, safe to print where a build server watches the output for commands.
  public static func text(_ line: StyledText, palette: Palette) -> String {
    switch palette {
    case .plain: CommandGuard.disarmed(line.plain.trimmingTrailingSpaces)
    case .ansi: CommandGuard.disarmed(line.spans.map(painted).joined().trimmingTrailingSpaces)
    }
  }

  private static func painted(_ span: Span) -> String {
    guard let code = code(of: span.role), !span.text.text.isEmpty else { return span.text.text }
    return "\u{1B}[\(code)m\(span.text.text)\u{1B}[0m"
  }

  /// The "select graphic rendition" parameters of ECMA-48; the eight colours that every theme defines.
  private static func code(of role: Role) -> String? {
    switch role {
    case .plain: nil
    case .title: "1"
    case .heading: "1"
    case .label: "2"
    case .id: "36"
    case .person: "35"
    case .code: "36"
    case .good: "32"
    case .warning: "33"
    case .bad: "1;31"
    case .muted: "2"
    case .curve: "36"
    case .otherCurve: "35"
    }
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    guard last == " " else { return self }
    return String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
