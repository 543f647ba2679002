public import Facts
public import Rules

/// What somebody who waits may expect of one open item, as words and moments.
public struct Expectation: Hashable, Sendable {
  public var wait: ExpectedWait
  /// When the median will have passed if the clock runs on; nil while it is paused, and where nothing is told.
  public var by: Instant?

  public init(_ wait: ExpectedWait, by: Instant?) {
    self.wait = wait
    self.by = by
  }
}

extension Expectation {
  /// The group, how many it holds and what it says; seconds are working time.
  func write(into json: inout JSONObject) {
    json.string("origin", wait.origin?.rawValue)
    json.integer("waits", wait.sample)
    json.integer("longer", wait.left)
    json.integer("waitedWorkingSeconds", Int(wait.waited))
    switch wait.remaining {
    case .value(.at(let seconds, let low, let high)):
      json.integer("remainingWorkingSeconds", Int(seconds))
      json.integer("low", Int(low))
      json.integer("high", high.map(Int.init))
      json.time("by", by)
    case .value(.notReached(_, let low)):
      json.null("remainingWorkingSeconds")
      json.integer("low", low.map(Int.init))
      json.string("refused", "not-reached")
    case .tooFew(_, let floor):
      json.null("remainingWorkingSeconds")
      json.string("refused", "too-few")
      json.integer("needed", floor)
    }
  }

  /// One sentence with the group and its size.
  func words(for item: ServiceLevelItem, in zone: ReaderZone) -> StyledText {
    let group: StyledText = wait.origin.map { " by \($0.rawValue) authors" } ?? " of all authors"
    let base: StyledText = """
      \(Words.counted(wait.left, "wait")) on \(item.objective.name)\(group) that lasted longer than this one has, \
      of \(wait.sample) in \(Int(WaitHistory.days)) days
      """
    switch wait.remaining {
    case .value(.at(let seconds, let low, let high)):
      let upper: StyledText = high.map { "to \(DurationWords.working($0))" } ?? "or more"
      let moment: StyledText = by.map { ", that is by \(zone.words($0))" } ?? ""
      return
        """
        \(DurationWords.working(seconds), .label) more working time in half of the cases (95 %: \
        \(DurationWords.working(low)) \(upper))\(moment); from \(base)
        """
    case .value(.notReached(let followUp, _)):
      return "not within the \(DurationWords.working(followUp)) seen: most still went on; from \(base)"
    case .tooFew(let count, let floor):
      return "too few to say (n = \(count), \(floor) needed): \(base)"
    }
  }
}
