/// A row of columns that stand for times from zero on, with marks at round ones.
struct TimeAxis: Hashable, Sendable {
  /// At least two.
  let columns: Int
  /// The time of the last column, in seconds.
  let end: Int64
  /// The marked times, from zero on, evenly spaced.
  let ticks: [Int64]

  /// A mark every so many columns at the most, so that their labels stay apart.
  private static let columnsPerTick = 9
  private static let hour: Int64 = 3_600
  private static let day: Int64 = 24 * hour
  private static let steps: [Int64] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800]
    + [1, 2, 3, 4, 6, 8, 12].map { $0 * hour } + [1, 2, 3, 4, 5, 7, 14, 28].map { $0 * day }

  /// The axis that reaches to the first mark at or after a time.
  init(columns: Int, reaching last: Int64) {
    self.columns = max(2, columns)
    let last = max(1, last)
    let most = Int64(max(1, self.columns / Self.columnsPerTick))
    // Twice as long until there are few enough; it ends because the step approaches the axis's length.
    var step = Self.steps.first { Self.count($0, to: last) <= most } ?? Self.steps[Self.steps.count - 1]
    while Self.count(step, to: last) > most, step <= .max / 2 { step *= 2 }
    let count = Self.count(step, to: last)
    let (rounded, overflow) = count.multipliedReportingOverflow(by: step)
    end = overflow ? last : rounded
    ticks = (0...count).compactMap { index in
      let (time, overflow) = index.multipliedReportingOverflow(by: step)
      return overflow ? nil : time
    }
  }

  /// Steps that reach a time.
  private static func count(_ step: Int64, to last: Int64) -> Int64 {
    last / step + (last % step > 0 ? 1 : 0)
  }

  /// The time of a column.
  func time(_ column: Int) -> Int64 {
    Int64(clamping: Int128(end) * Int128(column) / Int128(columns - 1))
  }

  /// The nearest column of a time from zero on; nil beyond the end.
  func column(_ time: Int64) -> Int? {
    guard time >= 0, time <= end else { return nil }
    return Int((Int128(time) * Int128(columns - 1) * 2 + Int128(end)) / (Int128(end) * 2))
  }

  /// The marks' texts below their columns, each with a space between it and the next; those for which there is
  /// no room are left out.
  func labels(_ text: (Int64) -> String) -> String {
    var line = ""
    for tick in ticks {
      guard let column = column(tick) else { continue }
      let label = text(tick)
      let start = tick == 0 ? 0 : min(column - (label.count - 1) / 2, columns - label.count)
      guard start >= (line.isEmpty ? 0 : line.count + 1) else { continue }
      line += String(repeating: " ", count: start - line.count) + label
    }
    return line
  }
}
