public import Facts

extension HealthCalculator {
  /// From the opening to the first response by another human, for requests opened in the window.
  ///
  /// Only recorded openings count; a request without an answer counts as longer than its age (or than its life, if
  /// it landed or was abandoned unanswered). Requests whose opening is only bounded are told apart.
  func timeToFirstResponse() -> Measurement {
    let candidates = requests.filter(\.hasReviewRecord)
    guard !candidates.isEmpty else { return refused(.timeToFirstResponse, .noReviews) }
    var waits: [WaitingTimes.Item] = []
    var unanswered = 0
    for item in candidates where item.opening(in: window) == .certain {
      guard let opened = item.assessment.contribution.opened.time.instant else { continue }
      if let answer = item.assessment.firstResponse, case .exact(let seconds) = answer.wait {
        waits.append(.init(seconds: seconds, ended: true))
      } else {
        unanswered += 1
        let end = item.assessment.contribution.closing ?? asOf
        waits.append(.init(seconds: max(0, end.since(opened)), ended: false))
      }
    }
    let bounded = candidates.count {
      $0.assessment.contribution.opened.time.instant == nil && $0.opening(in: window) != .outside
    }
    let remarks =
      (unanswered > 0 ? [Remark.unanswered(unanswered)] : []) + (bounded > 0 ? [.boundedOnly(bounded)] : [])
    guard !waits.isEmpty else { return refused(.timeToFirstResponse, .nothingInWindow, remarks: remarks) }
    return wait(.timeToFirstResponse, waits, grade: .recorded, remarks: remarks)
  }

  /// From the opening to landing or abandonment, for requests closed in the window.
  ///
  /// With recorded openings the wait is exact. Otherwise the opening lies somewhere between the first commit's author
  /// time and the landing, and the medians of both limits are given.
  func timeToClose() -> Measurement {
    let closed = requests.filter { $0.assessment.contribution.closing.map(window.contains) ?? false }
    guard !closed.isEmpty else { return refused(.timeToClose, .nothingInWindow, remarks: undeterminedRemark) }
    var exact: [WaitingTimes.Item] = []
    var longest: [Int64] = []
    var unknown = 0
    for item in closed {
      guard let end = item.assessment.contribution.closing else { continue }
      switch item.assessment.contribution.opened.time {
      case .at(let start): exact.append(.init(seconds: max(0, end.since(start)), ended: true))
      case .between(let earliest?, _): longest.append(max(0, end.since(earliest)))
      case .between(nil, _), .unknown: unknown += 1
      }
    }
    let missing = unknown > 0 ? [Remark.unknown(unknown)] : []
    if exact.isEmpty {
      guard !longest.isEmpty else { return refused(.timeToClose, .noOpenings, remarks: missing) }
      let middle = longest.sorted()[(longest.count - 1) / 2]
      return Measurement(
        .timeToClose, .waitBetween(0, middle), sample: longest.count, grade: .bounded, remarks: missing)
    }
    let bounded = longest.isEmpty ? [] : [Remark.boundedOnly(longest.count)]
    return wait(.timeToClose, exact, grade: .derived, remarks: bounded + missing)
  }

  private func wait(
    _ metric: Metric, _ items: [WaitingTimes.Item], grade: Grade, remarks: [Remark]
  ) -> Measurement {
    let times = WaitingTimes(items)
    let value = Measurement.Value.wait(
      median: times.quantile(0.5), p90: times.quantile(0.9), ended: times.endedCount,
      medianOfEnded: times.medianOfEnded)
    return Measurement(metric, value, sample: items.count, grade: grade, remarks: remarks)
  }
}

extension Contribution {
  /// When the change stopped waiting: landed or abandoned; nil while it waits or where Git cannot tell.
  public var closing: Instant? {
    if let landing { return landing.at }
    for event in events.reversed() {
      if event.kind == .restored { return nil }
      guard event.kind == .abandoned else { continue }
      switch event.time {
      case .at(let instant): return instant
      case .between(_, let latest): return latest
      case .unknown: return nil
      }
    }
    return nil
  }
}
