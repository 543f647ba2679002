/// How many columns text takes on a terminal.
///
/// One user-perceived character at a time: wide and full-width characters and emoji take two columns, marks
/// none, everything else one. Terminals disagree on rare scripts; the figures are those of Unicode 18.0.
public enum DisplayWidth {
  /// The columns that `text` takes on one line.
  public static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns that one character takes.
  public static func of(_ character: Character) -> Int {
    guard !character.isASCII else { return 1 }
    var total = 0
    var last: Unicode.Scalar = " "
    for scalar in character.unicodeScalars {
      if isRegionalIndicator(scalar) { return 2 }
      switch scalar.value {
      case 0xFE0F where contains(DisplayWidthTable.widened, last): total = max(total, 2)
      case 0x1F3FB...0x1F3FF where total > 0: break
      case _ where last.value == 0x200D && scalar.properties.isEmoji: break
      default: total += of(scalar)
      }
      last = scalar
    }
    return total
  }

  /// The longest beginning of `text` that fits into `columns`, ended by `…` when anything was cut.
  ///
  /// A character is never split. With no columns at all the result is empty.
  public static func truncated(_ text: EscapedText, to columns: Int) -> EscapedText {
    guard of(text.text) > columns else { return text }
    guard columns > 0 else { return "" }
    var end = text.text.startIndex
    var used = 0
    for index in text.text.indices {
      let width = of(text.text[index])
      guard used + width <= columns - 1 else { break }
      used += width
      end = text.text.index(after: index)
    }
    return text.piece(text.text.startIndex..<end) + "…"
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    if contains(DisplayWidthTable.zero, scalar) { return 0 }
    return contains(DisplayWidthTable.wide, scalar) ? 2 : 1
  }

  private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  /// Binary search in a flat list of inclusive ranges.
  private static func contains(_ ranges: [UInt32], _ scalar: Unicode.Scalar) -> Bool {
    var low = 0
    var high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if scalar.value > ranges[2 * middle + 1] {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < ranges.count / 2 && ranges[2 * low] <= scalar.value
  }
}
