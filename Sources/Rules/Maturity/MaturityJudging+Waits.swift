import Facts

/// How long open contributions wait for reviewers.
extension MaturityJudging {
  /// What an open contribution tells of its wait.
  private enum Waiting {
    /// Times the target, at least and at most.
    case multiple(ClosedRange<Double>, since: Instant?)
    case notIdentifiable(ServiceLevelItem.Obstacle)
    /// Nobody waits for reviewers, or nothing was promised.
    case no
  }

  func oldestWait(_ factor: Double) -> CriterionResult {
    guard let objective else {
      var result = CriterionResult(.oldestWait, threshold: factor, sample: 0, verdict: .notEnoughEvidence)
      result.gaps = [.noObjective(objectiveName)]
      return result
    }
    var found = WaitsFound()
    for place in places {
      let assessment = item(place).assessment
      let isUnknown = assessment.origin.kind == .unknown
      guard assessment.origin.kind == .external || isUnknown else { continue }
      if assessment.contribution.state == .undetermined {
        guard isCurrent(assessment.contribution) else { continue }
        found.undetermined += 1
        found.responsible.append(.contribution(place, .undetermined, assessment.contribution.opened.evidence))
        continue
      }
      guard item(place).isOpen, assessment.turn == .reviewers else { continue }
      found.add(waiting(place, objective), place, isUnknown: isUnknown, factor, assessment)
    }
    return result(found, factor)
  }

  private struct WaitsFound {
    var longest: ClosedRange<Double>?
    var count = 0
    var isOver = false
    var isMaybeOver = false
    var undetermined = 0
    var notIdentifiable = 0
    var unknown = 0
    var responsible: [Responsible] = []

    mutating func add(
      _ waiting: Waiting, _ place: Int, isUnknown: Bool, _ factor: Double, _ assessment: Assessment
    ) {
      let evidence = assessment.contribution.opened.evidence
      switch waiting {
      case .no: return
      case .notIdentifiable(let obstacle):
        if isUnknown { unknown += 1 } else { notIdentifiable += 1 }
        responsible.append(.contribution(place, .notIdentifiable(obstacle), evidence))
      case .multiple(let multiple, let since):
        if isUnknown {
          guard multiple.upperBound > factor else { return }
          unknown += 1
        } else {
          count += 1
          longest =
            longest.map { max($0.lowerBound, multiple.lowerBound)...max($0.upperBound, multiple.upperBound) }
            ?? multiple
          if multiple.lowerBound > factor { isOver = true }
          if multiple.upperBound > factor { isMaybeOver = true }
        }
        guard multiple.upperBound > factor else { return }
        responsible.append(
          .contribution(place, .waits(multiple: multiple.upperBound, since: since), evidence))
      }
    }
  }

  private func result(_ found: WaitsFound, _ factor: Double) -> CriterionResult {
    let isRecorded = repositories.contains(where: calculator.recordsReviews)
    let isOpen =
      found.isMaybeOver || found.undetermined + found.notIdentifiable + found.unknown > 0 || !isRecorded
    var result = CriterionResult(
      .oldestWait, threshold: factor, sample: found.count,
      verdict: found.isOver ? .notMet : isOpen ? .notEnoughEvidence : .met)
    if let longest = found.longest {
      result.value = longest.upperBound
      if longest.lowerBound < longest.upperBound { result.interval = longest }
    } else if isRecorded {
      result.value = 0
    }
    result.responsible = found.responsible
    if !isRecorded { result.gaps.append(.noReviewRecords) }
    if found.notIdentifiable > 0 { result.gaps.append(.notIdentifiable(found.notIdentifiable)) }
    if found.undetermined > 0 { result.gaps.append(.undetermined(found.undetermined)) }
    if found.unknown > 0 { result.gaps.append(.unknownOrigin(found.unknown)) }
    return result
  }

  /// Whether a proposal of which nobody can tell whether it is open was touched in the window.
  private func isCurrent(_ contribution: Contribution) -> Bool {
    (contribution.latestActivity ?? contribution.earliestOpening).map(window.contains) ?? true
  }

  /// How long a contribution waits for its reviewers now, by the promise that was made for it.
  ///
  /// What counts is the oldest hand-off that nobody has answered, in working time on the calendar of the promise.
  private func waiting(_ place: Int, _ named: ServiceLevels.Objective) -> Waiting {
    let (assessment, assessor) = (item(place).assessment, item(place).assessor)
    let own = assessment.serviceLevels.filter { $0.objective.clock == named.clock }
    let isUnknown = assessment.origin.kind == .unknown
    guard var promise = own.last?.objective ?? (isUnknown ? named : nil) else { return .no }
    let firsts = own.isEmpty ? assessor.serviceLevels(of: assessment, under: promise, asOf: asOf) : own
    promise.clock = .eachResponse
    let later = assessor.serviceLevels(of: assessment, under: promise, asOf: asOf)
    guard let item = later.last(where: \.waits) ?? firsts.last(where: \.waits) else { return .no }
    if let obstacle = item.obstacle { return .notIdentifiable(obstacle) }
    guard let target = item.targetSeconds, target > 0 else { return .no }
    let low = Double(item.elapsed.lowerBound) / Double(target)
    let high = Double(item.elapsed.upperBound) / Double(target)
    return .multiple(low...high, since: item.start.notAfter ?? item.start.notBefore)
  }
}

extension ServiceLevelItem {
  /// Whether somebody still waits for an answer, or that cannot be told; what a waiver excuses does not count.
  fileprivate var waits: Bool { state == .notIdentifiable || (isOpen && state != .waived) }
}
