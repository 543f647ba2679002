public import Facts

/// A stretch of working time that a clock ran through, for adding up.
public struct ClockWindow: Hashable, Sendable {
  public let from: Instant
  /// Not included.
  public let until: Instant
  /// Working seconds used up at its end, all earlier stretches included.
  public let used: Int64

  /// Working seconds of this stretch alone.
  public var seconds: Int64 { until.since(from) }
}

extension Assessor {
  /// The open hours of the objective's calendar from the start of a clock to its due time, without those in
  /// which it was paused.
  ///
  /// They add up to the target. Where nothing is due they reach to the end of the wait, or to the as-of moment.
  /// The item must have been made with its steps; of one that is not identifiable there are none.
  public func windows(of item: ServiceLevelItem, asOf: Instant) -> [ClockWindow] {
    guard item.state != .notIdentifiable, let calendar = calendar(of: item) else { return [] }
    var windows: [ClockWindow] = []
    var used: Int64 = 0
    for run in item.runs(asOf: asOf) {
      for (from, until) in calendar.windows(from: run.from, to: run.until) {
        used += until.since(from)
        windows.append(ClockWindow(from: from, until: until, used: used))
      }
    }
    return windows
  }

  /// The moment at which so much more working time of an item's calendar will have passed; nil beyond ten years.
  public func moment(after workingSeconds: Int64, from start: Instant, for item: ServiceLevelItem) -> Instant?
  {
    calendar(of: item)?.due(from: start, after: workingSeconds)
  }

  private func calendar(of item: ServiceLevelItem) -> WorkingCalendar? {
    guard let start = item.start.notAfter ?? item.start.notBefore else { return nil }
    return book?.calendar(item.objective.calendar, policies.inForce(at: start))
  }
}

extension ServiceLevelItem {
  /// When the clock ran, up to its due time; the last run reaches it even where that lies ahead.
  fileprivate func runs(asOf: Instant) -> [(from: Instant, until: Instant)] {
    var runs: [(from: Instant, until: Instant)] = []
    var since: Instant?
    for step in steps {
      switch step.kind {
      case .activate, .resume, .reopen: since = since ?? step.at
      case .pause, .fulfil, .cancel:
        if let from = since { runs.append((from, step.at)) }
        since = nil
      case .breach: continue
      }
    }
    if let from = since { runs.append((from, max(from, due ?? asOf))) }
    guard let due else { return runs }
    // What came after the due time adds nothing to the target, and an early answer leaves some of it.
    runs = runs.filter { $0.from <= due }.map { ($0.from, min($0.until, due)) }
    if let last = runs.last, end != nil, last.until < due { runs[runs.count - 1].until = due }
    return runs
  }
}
