/// A report as a Markdown page: the same blocks that a terminal shows, for issues, wikis and job summaries.
public enum MarkdownDocument {
  /// The page; everything foreign in it is escaped.
  public static func text(_ document: TextDocument) -> String {
    document.blocks.map { block($0, level: 2) }.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ block: TextDocument.Block, level: Int) -> String {
    switch block {
    case .title(let text): "# " + inline(text)
    case .paragraph(let text): inline(text)
    case .note(let text): "> " + inline(text)
    case .fields(let fields):
      fields.map { "- **\(MarkdownText(escaping: $0.label.text).source)**: \(inline($0.value))" }
        .joined(separator: "\n")
    case .list(let items): items.map { "- " + inline($0) }.joined(separator: "\n")
    case .verbatim(let lines), .exact(let lines): fenced(lines.map(\.plain))
    case .plot(let plot): fenced(plot.lines(width: SurvivalPlot.mostColumns).map(\.plain))
    case .table(let table): self.table(table)
    case .section(let heading, let blocks):
      ([String(repeating: "#", count: min(level, 6)) + " " + inline(heading)]
        + blocks.map { self.block($0, level: level + 1) })
        .filter { !$0.isEmpty }.joined(separator: "\n\n")
    case .group(let blocks):
      blocks.map { self.block($0, level: level) }.filter { !$0.isEmpty }.joined(separator: "\n")
    }
  }

  private static func table(_ table: TextTable) -> String {
    var markdown = MarkdownTable(
      table.columns.map { .init(MarkdownText(escaping: $0.header.text), align: $0.alignment) })
    for row in table.rows { markdown.append(row.map(cell)) }
    return markdown.text.trimmingLineEnd
  }

  private static func cell(_ text: StyledText) -> MarkdownText {
    text.spans.reduce(MarkdownText(escaping: "")) { $0 + span($1) }
  }

  private static func inline(_ text: StyledText) -> String { cell(text).source }

  private static func span(_ span: Span) -> MarkdownText {
    switch span.role {
    case .id, .code: MarkdownText(code: span.text.text)
    default: MarkdownText(escaping: span.text.text)
    }
  }

  private static func fenced(_ lines: [String]) -> String {
    let longest = lines.flatMap { $0.split(whereSeparator: { $0 != "`" }).map(\.count) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence] + lines + [fence]).joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
