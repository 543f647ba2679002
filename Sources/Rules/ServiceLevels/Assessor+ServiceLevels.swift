public import Facts

extension Assessor {
  /// Every clock of a contribution for which an objective holds, judged as of a moment.
  ///
  /// For each clock the first objective that fits applies, by the policy in force when the wait started, and stays.
  /// A commit that landed without any trace of a proposal waited for nobody and has no items. With `explaining`, each
  /// item tells step by step what happened to its clock.
  public func serviceLevels(
    of assessment: Assessment, asOf: Instant, explaining: Bool = false
  ) -> [ServiceLevelItem] {
    guard let book, isProposal(assessment.contribution) else { return [] }
    var items: [ServiceLevelItem] = []
    for clock in ServiceLevels.Clock.allCases where book.clocks.contains(clock) {
      for wait in reading(of: assessment, asOf: asOf).waits(on: clock) {
        let inForce = policies.inForce(at: moment(of: wait, assessment, asOf))
        guard let objective = objective(for: assessment, clock, inForce),
          let calendar = book.calendar(objective.calendar, inForce)
        else { continue }
        items.append(judge(wait, assessment, objective, calendar, inForce, asOf, explaining))
      }
    }
    return items
  }

  /// The items that an objective would have if it applied to everything, for comparing groups of contributions.
  ///
  /// Objective and calendar are taken as they are as of the moment. Empty where the policy names no such calendar.
  public func serviceLevels(
    of assessment: Assessment, under objective: ServiceLevels.Objective, asOf: Instant
  ) -> [ServiceLevelItem] {
    let inForce = policies.inForce(at: asOf)
    guard isProposal(assessment.contribution),
      let calendar = book?.calendar(objective.calendar, inForce)
    else { return [] }
    return reading(of: assessment, asOf: asOf).waits(on: objective.clock).map { wait in
      judge(wait, assessment, objective, calendar, inForce, asOf, false)
    }
  }

  private func moment(of wait: Wait, _ assessment: Assessment, _ asOf: Instant) -> Instant {
    wait.start.notAfter ?? wait.start.notBefore ?? assessment.contribution.latestActivity ?? asOf
  }

  private func judge(
    _ wait: Wait, _ assessment: Assessment, _ objective: ServiceLevels.Objective, _ calendar: WorkingCalendar,
    _ inForce: PolicyHistory.InForce, _ asOf: Instant, _ explaining: Bool
  ) -> ServiceLevelItem {
    WaitJudging(
      assessment: assessment, objective: objective, calendar: calendar, inForce: inForce, asOf: asOf,
      policies: policies, keepsSteps: explaining, touches: { self.touches($0, assessment.contribution) }
    ).item(of: wait, without: obstacle(for: objective.clock, assessment))
  }

  /// Whether a change touches any of some paths; nil where it is not known what it touches.
  private func touches(_ list: PathList, _ contribution: Contribution) -> Bool? {
    contribution.paths.map { paths in paths.contains { list.matches(bytes(ofPath: $0)) } }
  }

  func reading(of assessment: Assessment, asOf: Instant) -> ClockReading {
    let contribution = assessment.contribution
    let timeline = Timeline(contribution, bots: people.bots)
    let handOff = policies.inForce(at: contribution.earliestOpening ?? asOf).policy.serviceLevels.handOff
    var reading = ClockReading(timeline: timeline, handOff: handOff)
    reading.isEntitled = { self.isEntitled($0, contribution, asOf) }
    reading.isAuthorised = { self.isAuthorised(contribution, after: $0, asOf) }
    return reading
  }

  /// The first objective on this clock whose scope fits.
  private func objective(
    for assessment: Assessment, _ clock: ServiceLevels.Clock, _ inForce: PolicyHistory.InForce
  ) -> ServiceLevels.Objective? {
    let policy = inForce.policy
    return policy.serviceLevels.objectives.first { objective in
      guard objective.clock == clock else { return false }
      let scope = objective.appliesTo
      if !scope.origins.isEmpty, !scope.origins.contains(assessment.origin.kind) { return false }
      if !scope.components.isEmpty, Set(scope.components).isDisjoint(with: assessment.components) {
        return false
      }
      if !scope.teams.isEmpty {
        let teams = assessment.authorTeams.flatMap { policy.roster?.lineage(of: $0) ?? [$0] }
        if Set(scope.teams).isDisjoint(with: teams) { return false }
      }
      if !scope.kinds.isEmpty, !scope.kinds.contains(ChangeKind(title: assessment.contribution.title)) {
        return false
      }
      guard !scope.sizes.isEmpty else { return true }
      return assessment.contribution.paths.map {
        scope.sizes.contains(policy.serviceLevels.sizes.size(ofPaths: $0.count))
      } ?? false
    }
  }

  /// What keeps an unanswered wait from being judged, if anything does.
  func obstacle(
    for clock: ServiceLevels.Clock, _ assessment: Assessment
  ) -> ServiceLevelItem.Obstacle? {
    let contribution = assessment.contribution
    let hasRecord = contribution.hasReviewRecord
    switch clock {
    case .firstResponse, .firstReview, .eachResponse:
      if !hasRecord { return .reviewsNotInGit }
    case .decision:
      if !hasRecord { return contribution.state == .undetermined ? .stateUnknown : .turnsNotInGit }
    case .landing: break
    }
    return contribution.state == .undetermined ? .stateUnknown : nil
  }

  /// Whether whoever caused the event held authority over a touched path at that moment.
  ///
  /// Where neither a roster nor an ownership file says who may review, everybody may: the inferred host team is that
  /// of the last year, and would turn the reviews of its forerunners into none.
  private func isEntitled(_ event: ReviewEvent, _ contribution: Contribution, _ asOf: Instant) -> Bool {
    guard let person = event.person else { return false }
    let moment = event.time.notAfter ?? contribution.landing?.at ?? asOf
    let inForce = policies.inForce(at: moment)
    guard inForce.policy.roster != nil || hasKnownOwners(contribution, inForce.policy) else { return true }
    return authority(of: person, at: moment, inForce, contribution).0 != .unauthorised
  }

  /// Whether the approvals up to an event, that one included, suffice by the policy then in force.
  private func isAuthorised(_ contribution: Contribution, after place: Int, _ asOf: Instant) -> Bool {
    var known = contribution
    known.events = Array(contribution.events[...place])
    let moment = contribution.events[place].time.notAfter ?? asOf
    let approvals = judgeApprovals(of: known, asOf: moment)
    return isAuthorised(known, by: approvals, scope(of: policies.inForce(at: moment)))
  }
}
