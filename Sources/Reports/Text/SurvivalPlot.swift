public import Rules

/// The share of waits that have ended by each time, as curves on a terminal.
///
/// Drawn is 1 − S of ``Survival``, in steps, with the limits shaded, up to where it is known. Below the axis stands
/// how many still waited, as a curve that rests on three waits looks like one that rests on three hundred. No meaning
/// is in the colours alone: each curve has its own strokes.
public struct SurvivalPlot: Hashable, Sendable {
  /// A curve with its name.
  public struct Series: Hashable, Sendable {
    public let name: EscapedText
    public let curve: Survival

    public init(_ name: EscapedText, _ curve: Survival) {
      self.name = name
      self.curve = curve
    }
  }

  /// What a second of a wait is.
  public enum Unit: Hashable, Sendable {
    /// Days have 24 hours.
    case elapsed
    /// Seconds of working time, told in hours.
    case working
  }

  /// One or two.
  public let series: [Series]
  /// What has happened to a wait that ended, such as `answered`.
  public let ending: EscapedText
  /// Where the target is marked, in seconds.
  public let target: Int64?
  public let unit: Unit

  public init(
    _ first: Series, _ second: Series? = nil, ending: EscapedText = "answered", target: Int64? = nil,
    unit: Unit = .elapsed
  ) {
    series = [first] + (second.map { [$0] } ?? [])
    self.ending = ending
    self.target = target.flatMap { $0 >= 0 ? $0 : nil }
    self.unit = unit
  }

  /// The widest plot; a wider terminal shows no more.
  public static let mostColumns = 72
  /// The narrowest plot; in less room there are only words.
  public static let leastColumns = 36
  /// Waits below which no curve is drawn.
  public static let floor = SampleFloor.median

  /// One for each tenth, with both ends.
  static let rows = 11
  private static let widestName = 12

  func lines(width: Int) -> [StyledText] {
    let shown = series.enumerated().filter { $1.curve.waits.count >= Self.floor.count }
    let words = series.flatMap { told($0, isDrawn: $0.curve.waits.count >= Self.floor.count, width) }
    let columns = min(width, Self.mostColumns)
    guard columns >= Self.leastColumns, !shown.isEmpty else {
      return words.flatMap { Wrapping.lines($0, width: width) }
    }
    let names = shown.map { item in
      let name: StyledText = series.count == 1 ? "waiting" : "n \(item.element.name)"
      return name.truncated(to: Self.widestName)
    }
    let margin = max(4, names.map(\.width).max() ?? 0)
    let axis = TimeAxis(columns: columns - margin - 3, reaching: lastTime(shown.map(\.element.curve)))
    var canvas = PlotCanvas(axis: axis, rows: Self.rows)
    for (index, item) in shown.reversed() { canvas.shade(item.curve, isFirst: index == 0) }
    if let target { canvas.mark(target) }
    for (index, item) in shown.reversed() { canvas.draw(item.curve, isFirst: index == 0) }
    return Wrapping.lines(legend(shown), width: columns) + words.flatMap { Wrapping.lines($0, width: width) }
      + plotted(canvas, margin) + below(axis, shown.map(\.element.curve), names, margin)
  }

  /// The rows of the plot with percents beside every second one, and the axis.
  private func plotted(_ canvas: PlotCanvas, _ margin: Int) -> [StyledText] {
    let rows = (0..<Self.rows).map { row -> StyledText in
      let percent = 100 - row * 100 / (Self.rows - 1)
      let label = row % 2 == 0 ? "\(percent)%" : ""
      return Self.left(label, margin) + StyledText(row % 2 == 0 ? " ┤" : " │", .muted) + canvas.line(row)
    }
    return rows + [Self.left("", margin) + StyledText(" └" + canvas.axisLine, .muted)]
  }

  /// The times of the axis, and how many waited at each.
  private func below(
    _ axis: TimeAxis, _ curves: [Survival], _ names: [StyledText], _ margin: Int
  ) -> [StyledText] {
    let times = Self.left("", margin) + "  \(axis.labels(words))"
    let counts = zip(names, curves).map { name, curve in
      Self.left("", margin - name.width) + name.withRole(.label)
        + "  \(axis.labels { String(curve.atRisk(at: $0)) })"
    }
    return [times] + counts
  }

  private func legend(_ shown: [(offset: Int, element: Series)]) -> StyledText {
    let curves = shown.map { index, item in
      StyledText(index == 0 ? "─ " : "═ ", index == 0 ? .curve : .otherCurve) + StyledText(name(item))
    }
    let percent = shown.first?.element.curve.confidence.percent ?? 95
    let shades = shown.map { $0.offset == 0 ? "░" : "·" }.joined(separator: " ")
    var parts = curves + [StyledText(EscapedText(stringLiteral: shades), .muted) + " \(percent)% limits"]
    if let target { parts.append(StyledText("┊", .warning) + " target \(words(target))") }
    if series.count > 1 { parts.append("n: still waiting") }
    return StyledText.joined(parts, by: "   ")
  }

  /// A single curve is named by what it shows, since there is nothing to tell it from.
  private func name(_ item: Series) -> EscapedText { series.count == 1 ? ending : item.name }

  /// What is said of a series that is not drawn, or of which there is no room to draw anything.
  private func told(_ item: Series, isDrawn: Bool, _ width: Int) -> [StyledText] {
    let count = item.curve.waits.count
    guard isDrawn else {
      return ["\(item.name): n = \(count), too few for a curve (at least \(Self.floor.count))."]
    }
    guard width < Self.leastColumns else { return [] }
    let median = item.curve.quantile(0.5).seconds.map { "half \(ending.text) within \(words($0))" }
    return ["\(item.name): n = \(count), \(median ?? "half not yet \(ending.text)")."]
  }

  /// Where the plot may end: the target with some room, and for each curve the time by which 90 % have ended, or at
  /// which only as many wait as are needed for a curve.
  private func lastTime(_ curves: [Survival]) -> Int64 {
    let times = curves.map { curve in
      max(curve.quantile(0.9).seconds ?? 0, curve.waits[curve.waits.count - Self.floor.count].seconds)
    }
    let beyondTarget = target.map { $0.addingReportingOverflow($0 / 4) }
    return max(times.max() ?? 0, beyondTarget.map { $0.overflow ? .max : $0.partialValue } ?? 0)
  }

  private func words(_ seconds: Int64) -> String {
    switch unit {
    case .elapsed: DurationWords.elapsed(seconds)
    case .working: DurationWords.working(seconds)
    }
  }

  private static func left(_ label: String, _ margin: Int) -> StyledText {
    StyledText(Wrapping.blank(max(0, margin - label.count))) + StyledText(label, .label)
  }
}
