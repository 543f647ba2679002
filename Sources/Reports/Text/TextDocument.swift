/// A report for people as a tree of blocks that say what they are, not how they look.
///
/// `lines(width:)` lays it out, `Painter` turns the lines into characters. Neither reads anything else, so the
/// same document in the same width is the same text.
public struct TextDocument: Hashable, Sendable {
  public var blocks: [Block]

  public init(_ blocks: [Block] = []) { self.blocks = blocks }

  public mutating func append(_ block: Block) { blocks.append(block) }

  /// One part of a document.
  public indirect enum Block: Hashable, Sendable {
    case title(StyledText)
    case paragraph(StyledText)
    /// Lines of name and value, the values aligned.
    case fields([Field])
    case table(TextTable)
    case list([StyledText])
    /// A remark on what stands above, such as where figures come from.
    case note(StyledText)
    /// Lines shown as they are, such as an example to copy; they are cut, never wrapped.
    case verbatim([StyledText])
    /// Lines to copy, such as a command or a file: neither cut nor wrapped, however long they are.
    case exact([StyledText])
    /// Curves, drawn as wide as there is room, or what there is to say instead.
    case plot(SurvivalPlot)
    /// A heading with the blocks under it, indented.
    case section(StyledText, [Block])
    /// Blocks that stand together without empty lines between them.
    case group([Block])
  }

  /// A named value.
  public struct Field: Hashable, Sendable {
    public let label: EscapedText
    public let value: StyledText

    public init(_ label: EscapedText, _ value: StyledText) {
      self.label = label
      self.value = value
    }
  }

  /// The narrowest layout; a narrower request gets this.
  public static let leastWidth = 20

  /// The document as lines of at most `width` columns, with one empty line between blocks.
  public func lines(width: Int) -> [StyledText] {
    Self.stacked(blocks, width: max(width, Self.leastWidth), separated: true)
  }

  private static func stacked(_ blocks: [Block], width: Int, separated: Bool) -> [StyledText] {
    var lines: [StyledText] = []
    for block in blocks {
      let own = block.lines(width: width)
      if separated, !lines.isEmpty, !own.isEmpty { lines.append(StyledText()) }
      lines += own
    }
    return lines
  }

  fileprivate static func body(_ blocks: [Block], width: Int) -> [StyledText] {
    stacked(blocks, width: width, separated: true)
  }

  fileprivate static func together(_ blocks: [Block], width: Int) -> [StyledText] {
    stacked(blocks, width: width, separated: false)
  }
}

extension TextDocument.Block {
  /// Foreign lines to copy, whole however long they are.
  public static func copied(_ lines: [String], _ role: Role = .code) -> TextDocument.Block {
    .exact(lines.map { StyledText(EscapedText(escaping: $0, limit: .max), role) })
  }

  private static let indent = 2

  fileprivate func lines(width: Int) -> [StyledText] {
    switch self {
    case .title(let text): Wrapping.lines(text.withRole(.title), width: width)
    case .paragraph(let text): Wrapping.lines(text, width: width)
    case .fields(let fields): Self.lines(of: fields, width: width)
    case .table(let table): table.lines(width: width)
    case .list(let items): items.flatMap { Self.hanging("- ", $0, width: width) }
    case .note(let text): Wrapping.lines(text.withRole(.muted), width: width)
    case .verbatim(let lines): lines.map { $0.truncated(to: width) }
    case .exact(let lines): lines
    case .plot(let plot): plot.lines(width: width)
    case .section(let heading, let blocks):
      Wrapping.lines(heading.withRole(.heading), width: width)
        + TextDocument.body(blocks, width: Self.inner(width)).map { $0.indented(by: Self.indent) }
    case .group(let blocks): TextDocument.together(blocks, width: width)
    }
  }

  /// Deep nesting must not squeeze the text to nothing.
  private static func inner(_ width: Int) -> Int { max(width - indent, TextDocument.leastWidth / 2) }

  private static func lines(of fields: [TextDocument.Field], width: Int) -> [StyledText] {
    let widest = fields.map { DisplayWidth.of($0.label.text) }.max() ?? 0
    let column = min(widest, width / 2)
    return fields.flatMap { field in
      let label = StyledText(field.label, .label).truncated(to: column)
      return hanging(label.padded(to: column) + "  ", field.value, width: width)
    }
  }

  /// The text after a lead, its later lines aligned with its first.
  private static func hanging(_ lead: StyledText, _ text: StyledText, width: Int) -> [StyledText] {
    Wrapping.lines(text, width: max(width - lead.width, TextDocument.leastWidth / 4)).enumerated().map {
      index, line in
      index == 0 ? lead + line : line.indented(by: lead.width)
    }
  }
}

extension StyledText {
  /// The same text, its plain parts in the given role.
  func withRole(_ role: Role) -> StyledText {
    StyledText(spans.map { $0.role == .plain ? Span($0.text, role) : $0 })
  }

  /// The same line moved right; an empty line stays empty.
  func indented(by columns: Int) -> StyledText {
    spans.isEmpty ? self : StyledText([Span(Wrapping.blank(columns))] + spans)
  }

  /// The same line filled with spaces on the right.
  func padded(to columns: Int) -> StyledText {
    let missing = columns - width
    return missing > 0 ? self + StyledText(Wrapping.blank(missing)) : self
  }
}
