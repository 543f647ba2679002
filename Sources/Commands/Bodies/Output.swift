internal import Reports

extension Arguments {
  /// Writes a document for people: Markdown when asked for, else text laid out for the terminal.
  func write(_ document: TextDocument, to world: World) throws(FileFailure) {
    if self[Options.format] == .markdown {
      return try world.output(Array(MarkdownDocument.text(document).utf8))
    }
    let text = Painter.text(document, width: width(in: world), palette: palette(in: world))
    try world.output(Array(text.utf8))
  }
}
