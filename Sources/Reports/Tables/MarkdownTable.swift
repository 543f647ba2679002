/// A table in GitHub's Markdown, one line for each row.
public struct MarkdownTable {
  /// A column with its heading; numbers belong on the right.
  public struct Column: Hashable, Sendable {
    public let header: MarkdownText
    public let alignment: TextTable.Alignment

    public init(_ header: MarkdownText, align alignment: TextTable.Alignment = .left) {
      self.header = header
      self.alignment = alignment
    }
  }

  /// The lines so far, each ended by a line feed.
  public private(set) var text = ""
  private let columnCount: Int

  public init(_ columns: [Column]) {
    columnCount = columns.count
    append(columns.map(\.header))
    text += "|" + columns.map { $0.alignment == .right ? " ---: |" : " --- |" }.joined() + "\n"
  }

  /// Appends a row; missing cells are empty, surplus ones are left out.
  public mutating func append(_ row: [MarkdownText]) {
    text += "|"
    for index in 0..<columnCount { text += " \(index < row.count ? Self.cell(row[index]) : "") |" }
    text += "\n"
  }

  /// A bar ends the cell even within a code span, and a line break ends the row.
  private static func cell(_ text: MarkdownText) -> String {
    var cell = ""
    var isEscaped = false
    for scalar in text.source.unicodeScalars {
      switch scalar {
      case "|" where !isEscaped: cell += "\\|"
      case "\n", "\r": cell += " "
      default: cell.unicodeScalars.append(scalar)
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return cell
  }
}
