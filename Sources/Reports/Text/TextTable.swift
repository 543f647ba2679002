/// A table that fits the width it is given: it first narrows, then leaves out what matters least.
public struct TextTable: Hashable, Sendable {
  /// On which side of its column a cell stands.
  public enum Alignment: Hashable, Sendable {
    case left
    case right
  }

  /// What is known of a column before its cells.
  public struct Column: Hashable, Sendable {
    public let header: EscapedText
    public let alignment: Alignment
    /// 0 is never left out; of the others the highest number goes first, and of equals the rightmost.
    public let priority: Int
    /// The columns below which the cells are not cut; nil means that they are never cut.
    public let shrinksTo: Int?

    public init(
      _ header: EscapedText, align alignment: Alignment = .left, priority: Int = 0, shrinksTo: Int? = nil
    ) {
      self.header = header
      self.alignment = alignment
      self.priority = priority
      self.shrinksTo = shrinksTo
    }
  }

  public let columns: [Column]
  public private(set) var rows: [[StyledText]] = []

  public init(_ columns: [Column]) { self.columns = columns }

  /// Appends a row; missing cells are empty, surplus ones are not shown.
  public mutating func append(_ row: [StyledText]) {
    let missing = max(0, columns.count - row.count)
    rows.append(row.prefix(columns.count) + Array(repeating: StyledText(), count: missing))
  }

  static let gap = 2

  /// Header, rows and, if columns were left out, a line that names them.
  func lines(width: Int) -> [StyledText] {
    let layout = TableLayout(self, width: width)
    let header = layout.line(columns.map { StyledText($0.header, .label) }, of: self)
    var lines = [header] + rows.map { layout.line($0, of: self) }
    if !layout.omitted.isEmpty {
      let names = EscapedText.joined(layout.omitted.map { columns[$0].header }, by: ", ")
      lines += Wrapping.lines(StyledText("Not shown for want of width: \(names)", .muted), width: width)
    }
    return lines
  }
}

/// Which columns of a table are shown in a given width, and how wide each is.
struct TableLayout {
  /// Indices of shown columns with their widths, left to right.
  private(set) var shown: [(column: Int, width: Int)]
  /// Indices of columns left out, left to right.
  private(set) var omitted: [Int] = []

  init(_ table: TextTable, width: Int) {
    let natural = table.columns.indices.map { column in
      table.rows.reduce(DisplayWidth.of(table.columns[column].header.text)) { max($0, $1[column].width) }
    }
    let least = table.columns.indices.map { column in
      min(natural[column], max(1, table.columns[column].shrinksTo ?? natural[column]))
    }
    var kept = Array(table.columns.indices)
    while Self.total(kept.map { least[$0] }) > width,
      let victim = kept.filter({ table.columns[$0].priority > 0 })
        .max(by: { (table.columns[$0].priority, $0) < (table.columns[$1].priority, $1) })
    {
      kept.removeAll { $0 == victim }
      omitted.append(victim)
    }
    omitted.sort()
    var widths = Self.narrowed(kept.map { natural[$0] }, least: kept.map { least[$0] }, to: width)
    // Even the columns that are never cut must be, when the terminal is narrower than they are.
    widths = Self.narrowed(widths, least: kept.map { _ in 1 }, to: width)
    shown = zip(kept, widths).map { (column: $0, width: $1) }
  }

  /// One row as a line; nothing follows its last visible character.
  func line(_ cells: [StyledText], of table: TextTable) -> StyledText {
    var spans: [Span] = []
    var pending = 0
    for (position, (column, width)) in shown.enumerated() {
      if position > 0 { pending += TextTable.gap }
      let cell = cells[column].truncated(to: width)
      let room = max(0, width - cell.width)
      if table.columns[column].alignment == .right { pending += room }
      if cell.width > 0 {
        if pending > 0 { spans.append(Span(Wrapping.blank(pending))) }
        pending = 0
        spans += cell.spans
      }
      pending += table.columns[column].alignment == .left ? room : cell.width > 0 ? 0 : width - room
    }
    return StyledText(spans)
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + TextTable.gap * max(0, widths.count - 1)
  }

  /// Takes columns away from the widest cell first until the sum fits or nothing may be taken any more.
  private static func narrowed(_ widths: [Int], least: [Int], to width: Int) -> [Int] {
    var widths = widths
    var surplus = total(widths) - width
    while surplus > 0 {
      let candidates = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = candidates.max(by: { (widths[$0], $0) < (widths[$1], $1) }) else { break }
      let next = candidates.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max() ?? 0
      let step = min(surplus, max(1, widths[widest] - max(least[widest], next)))
      widths[widest] -= step
      surplus -= step
    }
    return widths
  }
}
