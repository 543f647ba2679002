internal import Rules

/// The cells of a plot: strokes above marks above shades.
struct PlotCanvas {
  private struct Cell: Hashable {
    var glyph: Character
    var role: Role
  }

  let axis: TimeAxis
  let rows: Int
  private var cells: [[Cell]]

  init(axis: TimeAxis, rows: Int) {
    self.axis = axis
    self.rows = rows
    cells = Array(
      repeating: Array(repeating: Cell(glyph: " ", role: .plain), count: axis.columns), count: rows)
  }

  /// The row in which a share lies, from 0 for everything.
  private func row(_ share: Double) -> Int {
    Int(((1 - min(1, max(0, share))) * Double(rows - 1)).rounded())
  }

  /// The share that has ended at each column, with its limits, as far as it is known.
  private func shares(_ curve: Survival) -> [(share: Double, low: Double, high: Double)] {
    let isComplete = curve.steps.last?.survival == 0
    return (0..<axis.columns).prefix { isComplete || axis.time($0) <= curve.followUp }.map { column in
      guard let step = curve.step(at: axis.time(column)) else { return (0, 0, 0) }
      return (1 - step.survival, 1 - step.high, 1 - step.low)
    }
  }

  /// Shades the room between the limits.
  mutating func shade(_ curve: Survival, isFirst: Bool) {
    for (column, point) in shares(curve).enumerated() where point.low < point.high {
      for row in row(point.high)...row(point.low) {
        let isShaded = cells[row][column].glyph != " "
        cells[row][column] = Cell(glyph: isFirst ? isShaded ? "▒" : "░" : "·", role: .muted)
      }
    }
  }

  /// Draws a vertical rule at a time.
  mutating func mark(_ time: Int64) {
    guard let column = axis.column(time) else { return }
    for row in 0..<rows { cells[row][column] = Cell(glyph: "┊", role: .warning) }
  }

  /// Draws the curve in steps.
  mutating func draw(_ curve: Survival, isFirst: Bool) {
    let strokes: [Character] = isFirst ? ["─", "│", "┘", "┌"] : ["═", "║", "╝", "╔"]
    let role = isFirst ? Role.curve : .otherCurve
    var last: Int?
    for (column, point) in shares(curve).enumerated() {
      let row = row(point.share)
      if let last, row < last {
        cells[last][column] = Cell(glyph: strokes[2], role: role)
        for between in (row + 1)..<last { cells[between][column] = Cell(glyph: strokes[1], role: role) }
        cells[row][column] = Cell(glyph: strokes[3], role: role)
      } else {
        cells[row][column] = Cell(glyph: strokes[0], role: role)
      }
      last = row
    }
  }

  /// One row, neighbours of one role together.
  func line(_ row: Int) -> StyledText {
    var spans: [Span] = []
    var rest = cells[row][...]
    while let role = rest.first?.role {
      let run = rest.prefix { $0.role == role }
      spans.append(Span(EscapedText(stringLiteral: String(run.map(\.glyph))), role))
      rest = rest.dropFirst(run.count)
    }
    return StyledText(spans)
  }

  /// The line below the plot, with a notch at each mark.
  var axisLine: EscapedText {
    let notches = Set(axis.ticks.compactMap(axis.column))
    let line = (0..<axis.columns).map { notches.contains($0) ? "┬" : "─" }.joined()
    return EscapedText(stringLiteral: line)
  }
}
