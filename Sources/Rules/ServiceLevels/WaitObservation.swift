public import Facts

/// One wait of a contribution as statistics take it: how long it was seen to last, and how it ended.
public struct WaitObservation: Hashable, Sendable {
  /// What a wait tells.
  public enum Content: Hashable, Sendable {
    /// Working seconds on the objective's calendar; without an ending the wait went on when it was last seen.
    case seen(seconds: Int64, ending: CumulativeIncidence.Ending?)
    /// Nothing that a curve could take, because of this.
    case leftOut(ServiceLevelItem.Obstacle)
  }

  /// Counts the waits of one contribution, from 1.
  public var cycle: Int
  public var content: Content
  /// When the wait began, at the latest; nil where nothing is known of it.
  public var start: Instant?
}

extension Assessor {
  /// Every wait of a contribution on the clock of an objective, whether or not the objective applies to it.
  ///
  /// What keeps an unanswered wait from being judged leaves an answered one out as well: kept by their answer, the
  /// waits would look shorter than they are. So does a time that is known within limits only.
  public func waits(
    of assessment: Assessment, under objective: ServiceLevels.Objective, asOf: Instant
  ) -> [WaitObservation] {
    let obstacle = obstacle(for: objective.clock, assessment)
    return serviceLevels(of: assessment, under: objective, asOf: asOf).map { item in
      WaitObservation(
        cycle: item.cycle, content: obstacle.map { .leftOut($0) } ?? item.observed,
        start: item.start.notAfter ?? item.start.notBefore ?? assessment.contribution.latestActivity)
    }
  }

  /// What a target comes to in working seconds, going by the calendar alone; nil where the calendar gives nothing.
  ///
  /// A business day counts as the mean of the twenty that end before the as-of moment, because days may have different hours.
  public func nominalTarget(of objective: ServiceLevels.Objective, asOf: Instant) -> Int64? {
    let inForce = policies.inForce(at: asOf)
    guard let calendar = book?.calendar(objective.calendar, inForce), !calendar.neverOpens else { return nil }
    guard case .businessDays(let days) = objective.target else {
      if case .workingTime(let seconds) = objective.target { return seconds }
      return nil
    }
    let start = asOf.advanced(by: -Self.calendarSample * 86_400)
    guard let first = calendar.endOfBusinessDay(1, after: start),
      let last = calendar.endOfBusinessDay(1 + Self.daysInSample, after: start)
    else { return nil }
    let sampled = calendar.elapsed(from: first, to: last)
    let (product, overflow) = sampled.multipliedReportingOverflow(by: Int64(days))
    return overflow ? nil : product / Int64(Self.daysInSample)
  }

  /// Days before the as-of moment at which the working days that are averaged begin.
  private static var calendarSample: Int64 { 28 }
  private static var daysInSample: Int { 20 }
}

extension ServiceLevelItem {
  /// What the item tells a curve of waits.
  fileprivate var observed: WaitObservation.Content {
    if let obstacle { return .leftOut(obstacle) }
    guard elapsed.lowerBound == elapsed.upperBound else { return .leftOut(.boundedTimes) }
    let ending: CumulativeIncidence.Ending? = isAnswered ? .answered : end == nil ? nil : .withdrawn
    return .seen(seconds: elapsed.upperBound, ending: ending)
  }
}
