/// How a chat marks up text, and how foreign text is kept from being obeyed there.
///
/// Whatever is foreign comes in spans that name what it is (``Role``), and is shown as code: no chat looks for mentions,
/// links or pictures in there.
enum ChatDialect {
  /// Slack's `mrkdwn`: `&`, `<` and `>` are written as entities, which takes all control sequences (`<!channel>`) away.
  case slack
  /// Mattermost's Markdown: besides code, a letter after `@` gets an invisible space before it, so that it names nobody.
  case mattermost

  func text(_ text: StyledText) -> String { text.spans.map(span).joined() }

  func bold(_ text: StyledText) -> String {
    let mark = self == .slack ? "*" : "**"
    // Code within bold is left to itself: the marks stand around the words only.
    return text.spans.map { span in
      let shown = self.span(span)
      return Self.isCode(span.role) || shown.allSatisfy({ $0 == " " }) ? shown : wrapped(shown, in: mark)
    }.joined()
  }

  /// Marks must touch the words: spaces at the ends stay outside.
  private func wrapped(_ text: String, in mark: String) -> String {
    let head = text.prefix { $0 == " " }
    let rest = text.dropFirst(head.count)
    let tail = rest.reversed().prefix { $0 == " " }.count
    return head + mark + rest.dropLast(tail) + mark + String(repeating: " ", count: tail)
  }

  private static func isCode(_ role: Role) -> Bool { role == .id || role == .code || role == .person }

  private func span(_ span: Span) -> String {
    let text = span.text.text
    guard !text.isEmpty else { return "" }
    guard Self.isCode(span.role) else { return words(text) }
    switch self {
    case .slack: return "`" + entities(text) + "`"
    case .mattermost: return Self.withoutMentions(MarkdownText(code: text).source)
    }
  }

  private func words(_ text: String) -> String {
    switch self {
    case .slack: return entities(text)
    case .mattermost:
      let escaped = text.unicodeScalars.map {
        "\\`*_{}[]<>#|~!".unicodeScalars.contains($0) ? "\\\($0)" : "\($0)"
      }
      return Self.withoutMentions(escaped.joined())
    }
  }

  /// Entities for what Slack obeys, and apostrophes for backticks, which cannot be written within code.
  ///
  /// By code points: to `Character` a bracket with an accent upon it is no bracket.
  private func entities(_ text: String) -> String {
    let shown = text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "`": "'"
      default: String(scalar)
      }
    }
    return shown.joined()
  }

  private static func withoutMentions(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if last == "@", scalar.properties.isAlphabetic { shown.append("\u{200B}") }
      shown.append(scalar)
      last = scalar
    }
    return String(shown)
  }
}
