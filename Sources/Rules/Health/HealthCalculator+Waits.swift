public import Facts

extension HealthCalculator {
  /// From the opening to the first response by another human, for requests opened in the window.
  ///
  /// A request without an answer counts as longer than its age (or than its life, if it landed or was abandoned
  /// unanswered). Where an opening or a response is only bounded, the median is an interval; a request that may have
  /// been opened in the window counts.
  func timeToFirstResponse() -> Measurement {
    let candidates = recordedRequests
    guard !candidates.isEmpty else { return refused(.timeToFirstResponse, .noReviews) }
    var waits = BoundedWaits()
    var carriers = Carriers()
    var unanswered = 0
    for item in candidates where item.opening(in: window) != .outside {
      let contribution = item.assessment.contribution
      let answer = item.assessment.firstResponse
      let end = answer?.event.time ?? contribution.closingTime ?? .at(asOf)
      // A response whose time no source tells ends the wait by now at the latest.
      let limit = end == .unknown ? KnownTime.between(nil, asOf) : end
      guard let wait = BoundedWaits.Item(from: contribution.opened.time, to: limit, ended: answer != nil)
      else {
        continue
      }
      waits.add(wait)
      carriers.add([item.openingFact] + (answer.map { [($0.event.source, $0.event.grade)] } ?? []))
      if answer == nil { unanswered += 1 }
    }
    let remarks = unanswered > 0 ? [Remark.unanswered(unanswered)] : []
    return wait(.timeToFirstResponse, waits, grade: .recorded, remarks, carriers)
  }

  /// From the opening to landing or abandonment, for requests closed in the window.
  ///
  /// With recorded openings the wait is exact. Otherwise the opening lies somewhere between the first commit's author
  /// time and the landing, and the median is an interval.
  func timeToClose() -> Measurement {
    let closed = requests.filter { $0.assessment.contribution.closing.map(window.contains) ?? false }
    guard !closed.isEmpty else { return refused(.timeToClose, .nothingInWindow, remarks: undeterminedRemark) }
    var waits = BoundedWaits()
    var carriers = Carriers()
    for item in closed {
      let contribution = item.assessment.contribution
      guard let end = contribution.closingTime,
        let wait = BoundedWaits.Item(from: contribution.opened.time, to: end, ended: true)
      else { continue }
      waits.add(wait)
      carriers.add([item.openingFact, item.closingFact])
    }
    return wait(.timeToClose, waits, grade: .derived, [], carriers)
  }

  /// The median of waits: a point where all are exact, an interval where some are bounded, refused where nothing
  /// limits it.
  private func wait(
    _ metric: Metric, _ waits: BoundedWaits, grade: Grade, _ remarks: [Remark], _ carriers: Carriers
  ) -> Measurement {
    guard !waits.items.isEmpty else { return refused(metric, .nothingInWindow, remarks: remarks) }
    let exact = waits.exact
    guard waits.boundedCount > 0 else {
      let value = Measurement.Value.wait(
        median: exact.quantile(0.5).seconds, p90: exact.quantile(0.9).seconds, ended: exact.endedCount,
        medianOfEnded: exact.medianOfEnded)
      return Measurement(
        metric, value, sample: waits.items.count, grade: grade, remarks: remarks, sources: carriers.list)
    }
    let (low, high) = waits.median
    let limitless = waits.items.count { $0.longest == nil }
    let notes =
      remarks + [.boundedOnly(waits.boundedCount)] + (limitless > 0 ? [.unknown(limitless)] : [])
      + (exact.waits.isEmpty
        ? [] : [.exactAlone(count: exact.waits.count, median: exact.quantile(0.5).seconds)])
    if low == 0, high == nil { return refused(metric, .noOpenings, remarks: notes) }
    return Measurement(
      metric, .waitBetween(low, high), sample: waits.items.count, grade: .bounded, remarks: notes,
      sources: carriers.list)
  }
}

extension Contribution {
  /// When the change stopped waiting: landed or abandoned; nil while it waits or where Git cannot tell.
  public var closing: Instant? {
    if let landing { return landing.at }
    switch closingTime {
    case .at(let instant): return instant
    case .between(_, let latest): return latest
    case .unknown, nil: return nil
    }
  }

  /// What is known of when it landed or was given up; nil while it waits or where Git cannot tell.
  public var closingTime: KnownTime? {
    if let landing { return landing.time }
    for event in events.reversed() {
      if event.kind == .restored { return nil }
      if event.kind == .abandoned { return event.time }
    }
    return nil
  }
}
