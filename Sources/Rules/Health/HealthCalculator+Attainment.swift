internal import Facts

extension HealthCalculator {
  /// Of the first reviews that came due in the window, the share that came in time.
  ///
  /// Each item counts by the moment at which it came due, under the objective in force when it started. Below the
  /// largest minimum sample among these objectives no share is told.
  func firstReviewAttainment() -> Measurement {
    var due: [(item: Item, level: ServiceLevelItem)] = []
    var unknown = 0
    var applies = false
    for item in requests {
      guard let level = item.assessment.firstReviewItem else { continue }
      applies = true
      guard level.moment.map(window.contains) ?? false else { continue }
      switch level.state {
      case .met, .missed: due.append((item, level))
      case .notIdentifiable: unknown += 1
      default: continue
      }
    }
    var remarks = unknown > 0 ? [Remark.unknown(unknown)] : []
    let newest = due.max { ($0.level.moment ?? window.until) < ($1.level.moment ?? window.until) }
    guard let objective = newest?.level.objective else {
      if !applies { return refused(.firstReviewAttainment, .noObjective) }
      return refused(
        .firstReviewAttainment, unknown > 0 ? .noReviews : .nothingInWindow, remarks: remarks)
    }
    let floor = due.reduce(0) { max($0, $1.level.objective.minimumSample) }
    remarks.insert(.promised(objective: objective.name, share: objective.share), at: 0)
    guard due.count >= floor else {
      var few = refused(.firstReviewAttainment, .tooFew, remarks: remarks + [.floor(floor)])
      few.sample = due.count
      return few
    }
    var carriers = Carriers()
    for (item, level) in due {
      let event = level.answer.map { item.assessment.contribution.events[$0] }
      carriers.add([item.openingFact] + (event.map { [($0.source, $0.grade)] } ?? []))
    }
    return Measurement(
      .firstReviewAttainment, .ratio(hits: due.count { $0.level.state == .met }, of: due.count),
      sample: due.count, grade: weakest(due.map(\.level.grade)), remarks: remarks, sources: carriers.list)
  }
}
