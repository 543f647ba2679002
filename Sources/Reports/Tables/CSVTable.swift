/// A table as comma-separated values: RFC 4180, UTF-8, lines ended by CR LF.
///
/// Spreadsheets run a cell that starts like a formula, whoever wrote it. Unless `raw` is asked for, such a cell
/// gets an apostrophe in front, control characters and line breaks within cells become spaces, and characters
/// that hide or reorder text are shown as escapes.
public struct CSVTable {
  public private(set) var bytes: [UInt8] = []
  private let isRaw: Bool
  private let columnCount: Int

  /// A table with its header line; `raw` leaves every cell as it is, for programs that read it back.
  public init(_ columns: [String], raw: Bool = false) {
    isRaw = raw
    columnCount = columns.count
    append(columns)
  }

  /// Appends a row; nil is an empty cell, missing cells are empty, surplus ones are left out.
  public mutating func append(_ row: [String?]) {
    for index in 0..<columnCount {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if index < row.count, let cell = row[index] { append(cell: cell) }
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }

  private mutating func append(cell: String) {
    if Self.isHarmless(cell) {
      bytes.append(contentsOf: cell.utf8)
    } else {
      append(quotedIfNeeded: isRaw ? cell : Self.guarded(cell))
    }
  }

  /// Whether nothing in the cell needs a second look, as in nearly all cells.
  private static func isHarmless(_ cell: String) -> Bool {
    guard let first = cell.utf8.first, let last = cell.utf8.last else { return false }
    guard last != 0x20, Unicode.Scalar(first).properties.isAlphabetic || (0x30...0x39).contains(first) else {
      return false
    }
    return cell.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x2C }
  }

  private mutating func append(quotedIfNeeded cell: String) {
    // Readers trim spaces at the ends, and skip the empty line that a single empty cell would be.
    let needsQuotes =
      cell.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      || cell.utf8.first == 0x20 || cell.utf8.last == 0x20 || (cell.isEmpty && columnCount == 1)
    guard needsQuotes || CommandGuard.startsLikeCommand(cell) else {
      bytes.append(contentsOf: cell.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The cell made harmless for a spreadsheet and a terminal.
  static func guarded(_ cell: String) -> String {
    var text = startsFormula(cell) ? "'" : ""
    for scalar in cell.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: text += " "
      case _ where scalar.isHazardous: text += EscapedText(escaping: String(scalar)).text
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Whether a spreadsheet may take the cell for a formula: the characters named by OWASP's page on CSV
  /// injection, and their full-width twins, after any white space and quotes.
  private static func startsFormula(_ cell: String) -> Bool {
    if let first = cell.unicodeScalars.first, first == "\t" || first == "\r" { return true }
    let start = cell.unicodeScalars.first {
      !$0.properties.isWhitespace && !$0.isHazardous && $0 != "\"" && $0 != "'"
    }
    switch start {
    case "=", "+", "-", "@", "＝", "＋", "－", "＠": return !isNumber(cell)
    default: return false
    }
  }

  /// A plain negative number is no formula.
  private static func isNumber(_ cell: String) -> Bool {
    let digits = cell.utf8.dropFirst()
    return cell.utf8.first == UInt8(ascii: "-") && !digits.isEmpty
      && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
  }
}
