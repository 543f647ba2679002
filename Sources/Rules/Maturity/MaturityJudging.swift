import Facts

/// The criteria of one scope.
struct MaturityJudging {
  let calculator: MaturityCalculator
  let scope: MaturityStanding.Scope
  /// Places of the repositories in scope.
  let repositories: [Int]
  /// Places of the contributions in scope.
  let places: [Int]
  let policy: Policy
  let window: Window

  var asOf: Instant { calculator.asOf }

  func item(_ place: Int) -> MaturityCalculator.Item { calculator.items[place] }

  /// Contributions by people that landed in the window, by the origin of their authors.
  func landed(_ origin: Origin) -> [Int] {
    places.filter { item($0).assessment.origin.kind == origin && item($0).landed(in: window) }
  }

  var landed: MaturityStanding.Landed {
    var landed = MaturityStanding.Landed()
    landed.byHost = self.landed(.platform).count
    landed.unknown = self.landed(.unknown).count
    for place in self.landed(.external) {
      let level = item(place).assessment.level
      switch level.number {
      case 2: landed.byPlatform += 1
      case 3: landed.byDelegates += 1
      default: landed.unplaced += 1
      }
      if level.isAssisted { landed.assisted += 1 }
    }
    return landed
  }

  /// The objective that attainment is asked of, as it is now.
  var objective: ServiceLevels.Objective? {
    policy.serviceLevels.objectives.first { $0.name == objectiveName }
  }

  /// Its name; that of the defaults where waits are asked about, but not attainment.
  var objectiveName: String {
    policy.maturity.levelTwo.attainment ?? MaturityPolicy.defaults.levelTwo.attainment ?? ""
  }

  /// A share of fewer contributions than the policy asks for is no evidence.
  var floor: Int { policy.maturity.levelTwo.externalLanded ?? SampleFloor.median.count }

  /// Every criterion that the policy asks for.
  func criteria() -> [CriterionResult] {
    let (two, three) = (policy.maturity.levelTwo, policy.maturity.levelThree)
    let results: [CriterionResult?] = [
      two.externalLanded.map(externalLanded), two.reviewedShare.map(reviewedShare),
      two.attainment.map { _ in attainment() }, two.oldestWaitFactor.map(oldestWait),
      three.delegatedShare.map(delegatedShare), three.delegatesPerComponent.map(delegatesPerComponent),
      three.unauthorisedApprovals.map(unauthorisedApprovals), three.attainmentGap.map(attainmentGap),
      three.openEndedGrants.map(openEndedGrants),
    ]
    return results.compactMap { $0 }.map(withIncompleteInput)
  }

  /// Takes back what an incomplete clone cannot show: what is missing could only add to what was counted.
  private func withIncompleteInput(_ result: CriterionResult) -> CriterionResult {
    // Grants are read from the policy, which is whole or was refused.
    guard result.criterion != .openEndedGrants else { return result }
    let gaps = inputGaps
    guard !gaps.isEmpty else { return result }
    var result = result
    result.gaps += gaps
    let isCertain: Bool
    switch result.criterion {
    case .externalLanded: isCertain = result.verdict == .met
    case .oldestWait, .unauthorisedApprovals: isCertain = result.verdict == .notMet
    default: isCertain = false
    }
    if !isCertain { result.verdict = .notEnoughEvidence }
    return result
  }

  private var inputGaps: [EvidenceGap] {
    var gaps: [EvidenceGap] = []
    let own = repositories.map { calculator.repositories[$0] }
    let cut = own.compactMap(\.completeSince).max()
    if let cut, window.since.map({ $0 < cut }) ?? true { gaps.append(.historyCut(since: cut)) }
    let missing = own.reduce(0) { $0 + $1.missingObjects }
    if missing > 0 { gaps.append(.missingObjects(missing)) }
    return gaps
  }
}

// MARK: Level 2

extension MaturityJudging {
  private func externalLanded(_ threshold: Int) -> CriterionResult {
    let known = landed(.external).count
    let unknown = landed(.unknown)
    let verdict: CriterionVerdict =
      known >= threshold ? .met : known + unknown.count < threshold ? .notMet : .notEnoughEvidence
    var result = CriterionResult(
      .externalLanded, threshold: Double(threshold), sample: known, verdict: verdict)
    result.value = Double(known)
    if !unknown.isEmpty {
      result.gaps = [.unknownOrigin(unknown.count)]
      result.responsible = unknown.map(unknownOrigin)
    }
    return result
  }

  private func reviewedShare(_ threshold: Double) -> CriterionResult {
    var tally = MaturityTally()
    var responsible: [Responsible] = []
    for place in landed(.external) {
      let level = item(place).assessment.level
      switch level.reason {
      case .authorisedByPlatform, .authorisedByDelegates:
        tally.hits += 1
        continue
      case .reviewNotInGit: tally.undecided += 1
      default: tally.misses += 1
      }
      responsible.append(
        .contribution(place, .notAuthorised(level.reason), item(place).landingEvidence))
    }
    for place in landed(.unknown) {
      switch review(ofUnknown: place) {
      case true?: tally.outsideHits += 1
      case false?: tally.outsideMisses += 1
      case nil: tally.outsideUndecided += 1
      }
      responsible.append(unknownOrigin(place))
    }
    return share(.reviewedShare, tally, threshold, floor: floor, responsible.sorted(by: Responsible.precedes))
  }

  /// Whether a contribution had an authorised review, whoever wrote it; nil where reviews are not in Git.
  func review(ofUnknown place: Int) -> Bool? {
    let assessment = item(place).assessment
    if assessment.isAuthorised, assessment.approvals.contains(where: \.counted) { return true }
    let isOnRecord = assessment.contribution.hasReviewRecord || !assessment.approvals.isEmpty
    return isOnRecord ? false : nil
  }

  private func attainment() -> CriterionResult {
    guard let objective else {
      var result = CriterionResult(.attainment, threshold: 0, sample: 0, verdict: .notEnoughEvidence)
      result.gaps = [.noObjective(objectiveName)]
      return result
    }
    var tally = MaturityTally()
    var responsible: [Responsible] = []
    for place in places where item(place).assessment.origin.kind != .bot {
      let assessment = item(place).assessment
      guard assessment.contribution.state != .undetermined else { continue }
      let isUnknown = assessment.origin.kind == .unknown
      for item in items(of: place, objective, isUnknown: isUnknown) {
        guard item.moment.map(window.contains) ?? false else { continue }
        tally.add(item, isOutside: isUnknown)
        if let cause = item.cause { responsible.append(.contribution(place, cause, evidence(item, place))) }
      }
    }
    return share(.attainment, tally, objective.share, floor: objective.minimumSample, responsible)
  }

  /// The items of an objective; for an author of whom nobody knows whether they are external, those that it would have.
  private func items(
    of place: Int, _ objective: ServiceLevels.Objective, isUnknown: Bool
  ) -> [ServiceLevelItem] {
    let (assessment, assessor) = (item(place).assessment, item(place).assessor)
    let own = assessment.serviceLevels.filter { $0.objective.name == objective.name }
    guard own.isEmpty, isUnknown, objective.appliesTo.origins == [.external] else { return own }
    return assessor.serviceLevels(of: assessment, under: objective, asOf: asOf)
  }

  /// The event that answered, else that from which the clock ran.
  func evidence(_ item: ServiceLevelItem, _ place: Int) -> Evidence? {
    let contribution = self.item(place).assessment.contribution
    if let answer = item.answer { return contribution.events[answer].evidence }
    return item.startEvent.map { contribution.events[$0].evidence } ?? contribution.opened.evidence
  }

  func unknownOrigin(_ place: Int) -> Responsible {
    .contribution(
      place, .unknownOrigin(item(place).assessment.origin.basis), item(place).landingEvidence)
  }

  /// A share with its interval, and what about it is not known.
  func share(
    _ criterion: MaturityCriterion, _ tally: MaturityTally, _ threshold: Double, floor: Int,
    _ responsible: [Responsible]
  ) -> CriterionResult {
    var result = CriterionResult(
      criterion, threshold: threshold, sample: tally.count,
      verdict: tally.verdict(atLeast: threshold, floor: floor))
    result.value = tally.share.value
    if tally.count > 0 { result.interval = tally.share.low...tally.share.high }
    result.responsible = responsible
    let outside = tally.outsideHits + tally.outsideMisses + tally.outsideUndecided
    if tally.count == 0, tally.undecided + outside == 0 {
      result.gaps = [.nothingToJudge]
    } else if tally.count < floor {
      result.gaps = [.belowFloor(floor)]
    }
    if tally.undecided > 0 {
      result.gaps.append(
        criterion == .attainment ? .notIdentifiable(tally.undecided) : .reviewsNotInGit(tally.undecided))
    }
    if outside > 0 { result.gaps.append(.unknownOrigin(outside)) }
    return result
  }
}

extension MaturityTally {
  fileprivate mutating func add(_ item: ServiceLevelItem, isOutside: Bool) {
    switch (item.state, isOutside) {
    case (.met, false): hits += 1
    case (.missed, false): misses += 1
    case (.notIdentifiable, false): undecided += 1
    case (.met, true): outsideHits += 1
    case (.missed, true): outsideMisses += 1
    case (.notIdentifiable, true): outsideUndecided += 1
    default: break
    }
  }
}

extension ServiceLevelItem {
  /// Why the item is named beside an attainment.
  var cause: Responsible.Cause? {
    switch state {
    case .missed: .missed(lateness: lateness)
    case .notIdentifiable: obstacle.map { .notIdentifiable($0) }
    default: nil
    }
  }
}

extension Responsible {
  /// In the order of the contributions.
  static func precedes(_ left: Responsible, _ right: Responsible) -> Bool {
    guard case .contribution(let one, _, _) = left, case .contribution(let other, _, _) = right else {
      return false
    }
    return one < other
  }
}
