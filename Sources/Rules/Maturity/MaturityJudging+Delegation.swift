import Facts

/// The criteria of level 3: what the people did to whom the team gave rights.
extension MaturityJudging {
  func delegatedShare(_ threshold: Double) -> CriterionResult {
    var tally = MaturityTally()
    var responsible: [Responsible] = []
    for place in landed(.external) {
      let level = item(place).assessment.level
      switch level.reason {
      case .authorisedByDelegates: tally.hits += 1
      case .authorisedByPlatform:
        tally.misses += 1
        responsible.append(
          .contribution(
            place, .acceptedByPlatform(isAssisted: level.isAssisted), acceptance(of: place)))
      case .reviewNotInGit:
        tally.undecided += 1
        responsible.append(.contribution(place, .notAuthorised(level.reason), item(place).landingEvidence))
      default: continue
      }
    }
    for place in landed(.unknown) where review(ofUnknown: place) != false {
      tally.outsideUndecided += 1
      responsible.append(unknownOrigin(place))
    }
    return share(
      .delegatedShare, tally, threshold, floor: floor, responsible.sorted(by: Responsible.precedes))
  }

  /// The platform's approval that let a contribution land.
  private func acceptance(of place: Int) -> Evidence? {
    let approvals = item(place).assessment.approvals
    return approvals.last { $0.counted && $0.authority == .platform }?.event.evidence
      ?? item(place).landingEvidence
  }

  func unauthorisedApprovals(_ most: Int) -> CriterionResult {
    var (count, judged, hostless, unrecorded) = (0, 0, 0, 0)
    var responsible: [Responsible] = []
    for place in places {
      let assessment = item(place).assessment
      guard assessment.origin.kind != .bot, assessment.contribution.state != .undetermined else { continue }
      if item(place).landed(in: window), assessment.level.reason == .reviewNotInGit { unrecorded += 1 }
      for approval in assessment.approvals where isInWindow(approval, assessment.contribution) {
        guard approval.reason != .machine else { continue }
        judged += 1
        if approval.reason == .noHostKnown { hostless += 1 }
        guard approval.authority == .unauthorised, approval.reason != .noHostKnown else { continue }
        count += 1
        responsible.append(
          .contribution(
            place, .approvedWithoutRight(approval.person, approval.reason), approval.event.evidence))
      }
    }
    let isOpen = hostless > 0 || unrecorded > 0 || judged == 0
    var result = CriterionResult(
      .unauthorisedApprovals, threshold: Double(most), sample: judged,
      verdict: count > most ? .notMet : isOpen ? .notEnoughEvidence : .met)
    result.value = judged > 0 ? Double(count) : nil
    result.responsible = responsible
    if judged == 0, unrecorded == 0 { result.gaps.append(.nothingToJudge) }
    if unrecorded > 0 { result.gaps.append(.reviewsNotInGit(unrecorded)) }
    if hostless > 0 { result.gaps.append(.noHostKnown(hostless)) }
    return result
  }

  /// Whether an approval was given in the window; one without a moment counts from the landing.
  private func isInWindow(_ approval: JudgedApproval, _ contribution: Contribution) -> Bool {
    (approval.event.time.instant ?? contribution.landing?.at ?? approval.event.time.notAfter)
      .map(window.contains) ?? false
  }

  /// Attainment of what delegates accepted alone, less that of what needed the platform.
  func attainmentGap(_ most: Double) -> CriterionResult {
    guard let objective else {
      var result = CriterionResult(.attainmentGap, threshold: -most, sample: 0, verdict: .notEnoughEvidence)
      result.gaps = [.noObjective(objectiveName)]
      return result
    }
    var (delegated, platform) = (MaturityTally(), MaturityTally())
    var responsible: [Responsible] = []
    for place in places {
      let assessment = item(place).assessment
      guard let level = assessment.level.number, level > 1 else { continue }
      for item in assessment.serviceLevels where item.objective.name == objective.name {
        guard item.moment.map(window.contains) ?? false else { continue }
        if level == 3 { delegated.add(item) } else { platform.add(item) }
        guard level == 3, let cause = item.cause else { continue }
        responsible.append(.contribution(place, cause, evidence(item, place)))
      }
    }
    return gap(delegated, platform, most, objective, responsible)
  }

  private func gap(
    _ delegated: MaturityTally, _ platform: MaturityTally, _ most: Double,
    _ objective: ServiceLevels.Objective, _ responsible: [Responsible]
  ) -> CriterionResult {
    var result = CriterionResult(
      .attainmentGap, threshold: -most, sample: delegated.count, verdict: .notEnoughEvidence)
    result.responsible = responsible
    let difference = ShareDifference(delegated.share, platform.share)
    result.value = difference?.value
    result.interval = difference.map { $0.low...$0.high }
    let undecided = delegated.undecided + platform.undecided
    if undecided > 0 { result.gaps.append(.notIdentifiable(undecided)) }
    guard let difference, min(delegated.count, platform.count) >= objective.minimumSample else {
      result.gaps.insert(.belowFloor(objective.minimumSample), at: 0)
      return result
    }
    let worst = Self.difference(delegated, plus: 0, platform, plus: platform.undecided) ?? difference.value
    let best = Self.difference(delegated, plus: delegated.undecided, platform, plus: 0) ?? difference.value
    result.verdict = worst >= -most ? .met : best < -most ? .notMet : .notEnoughEvidence
    return result
  }

  /// The difference where so many of the undecided were met.
  private static func difference(
    _ one: MaturityTally, plus hits: Int, _ other: MaturityTally, plus otherHits: Int
  ) -> Double? {
    ShareDifference(
      Share(hits: one.hits + hits, of: one.count + one.undecided),
      Share(hits: other.hits + otherHits, of: other.count + other.undecided))?.value
  }

  func openEndedGrants(_ most: Int) -> CriterionResult {
    var seen: Set<String> = []
    let grants = repositories.flatMap { place in
      calculator.policy(of: calculator.repositories[place]).grants
        .filter { $0.isInForce(at: asOf) && concerns($0, place) && seen.insert($0.id).inserted }
    }
    let open = grants.filter { $0.period.until == nil && $0.revokedOn == nil }
    var result = CriterionResult(
      .openEndedGrants, threshold: Double(most), sample: grants.count,
      verdict: grants.isEmpty ? .notEnoughEvidence : open.count <= most ? .met : .notMet)
    result.responsible = open.map { .grant($0.id) }
    if grants.isEmpty { result.gaps = [.noGrants] } else { result.value = Double(open.count) }
    return result
  }

  /// Whether a grant covers a path of the component that is judged; any grant concerns a repository or a team.
  private func concerns(_ grant: Grant, _ place: Int) -> Bool {
    guard case .component(let name) = scope else { return true }
    let repository = calculator.repositories[place]
    guard
      let component = calculator.policy(of: repository).platform.components.first(where: { $0.id == name })
    else { return false }
    return repository.paths.contains { component.paths.matches($0) && grant.paths.matches($0) }
  }
}

extension MaturityTally {
  fileprivate mutating func add(_ item: ServiceLevelItem) {
    switch item.state {
    case .met: hits += 1
    case .missed: misses += 1
    case .notIdentifiable: undecided += 1
    default: break
    }
  }
}

// MARK: Active delegates

extension MaturityJudging {
  /// A component, or a repository that has none.
  private enum Area: Hashable {
    case component(String)
    case repository(Int)
  }

  func delegatesPerComponent(_ least: Int) -> CriterionResult {
    let active = activeAreas
    let delegates = activeDelegates(in: Set(active.keys))
    let areas = active.keys.sorted { Self.order($0) < Self.order($1) }
    var result = CriterionResult(
      .delegatesPerComponent, threshold: Double(least), sample: areas.count, verdict: .met)
    result.value = areas.map { delegates[$0]?.count ?? 0 }.min().map { Double($0) }
    let short = areas.filter { (delegates[$0]?.count ?? 0) < least }
    result.responsible = short.map { area in
      let names = (delegates[area] ?? []).map(\.description)
      if case .component(let name) = area { return .component(name, delegates: names.sorted()) }
      return .component(nil, delegates: names.sorted())
    }
    let unrecorded = short.map { active[$0] ?? 0 }
    if areas.isEmpty {
      result.gaps = [.noActiveComponent]
      result.verdict = .notEnoughEvidence
    } else if !short.isEmpty {
      // Where a component is short and all its reviews are on record, nothing unknown can help it.
      result.verdict = unrecorded.contains(0) ? .notMet : .notEnoughEvidence
      let sum = unrecorded.reduce(0, +)
      if sum > 0 { result.gaps = [.reviewsNotInGit(sum)] }
    }
    return result
  }

  /// Where an external contribution landed in the window, with how many of them have no review on record.
  private var activeAreas: [Area: Int] {
    var areas: [Area: Int] = [:]
    for place in landed(.external) {
      let item = item(place)
      let isUnrecorded = item.assessment.level.reason == .reviewNotInGit
      for area in self.areas(of: item) { areas[area, default: 0] += isUnrecorded ? 1 : 0 }
    }
    return areas
  }

  private func areas(of item: MaturityCalculator.Item) -> [Area] {
    let repository = calculator.repositories[item.repository]
    guard !calculator.policy(of: repository).platform.components.isEmpty else {
      return [.repository(item.repository)]
    }
    if case .component(let name) = scope { return [.component(name)] }
    return item.assessment.components.map { .component($0) }
  }

  /// Who gave an approval as delegate in the window that counts for an area, on any contribution to it.
  private func activeDelegates(in wanted: Set<Area>) -> [Area: Set<PersonKey>] {
    var found: [Area: Set<PersonKey>] = [:]
    guard !wanted.isEmpty else { return found }
    for item in calculator.items {
      let contribution = item.assessment.contribution
      for approval in item.assessment.approvals
      where approval.counted && approval.authority == .delegated && isInWindow(approval, contribution) {
        let key = item.people[approval.person].key
        if wanted.contains(.repository(item.repository)) {
          found[.repository(item.repository), default: []].insert(key)
        }
        for name in item.assessor.components(coveredBy: approval, contribution) {
          let area = Area.component(name)
          if wanted.contains(area) { found[area, default: []].insert(key) }
        }
      }
    }
    return found
  }

  private static func order(_ area: Area) -> String {
    switch area {
    case .component(let name): "1" + name
    case .repository(let place): "0" + String(place)
    }
  }
}
