internal import Facts

extension Assessor {
  /// Lets delegates act alone where the escalation ladder has come to that, and judges anew what rests on it.
  ///
  /// A change that landed before the breach was not widened by it. Neither a protected path nor a floor gives way.
  func widen(_ assessment: inout Assessment, _ timeline: Timeline, _ scope: TouchedPaths, asOf: Instant) {
    let end = assessment.contribution.landing?.at ?? asOf
    assessment.widenings = assessment.serviceLevels.flatMap { item in
      item.escalations.filter { $0.step.action == .widenApprovers && $0.at <= end }.map { reached in
        Widening(objective: item.objective.name, at: reached.at, paths: reached.step.paths)
      }
    }
    guard !assessment.widenings.isEmpty, !assessment.isAuthorised else { return }
    let contribution = assessment.contribution
    let widened = PathList(assessment.widenings.flatMap(\.paths.entries))
    guard isAuthorised(contribution, by: assessment.approvals, scope, widened: widened) else { return }
    assessment.isAuthorised = true
    assessment.level = level(
      of: contribution, origin: assessment.origin, approvals: assessment.approvals, isAuthorised: true, scope,
      widened: widened)
    let handOff = policies.inForce(at: asOf).policy.serviceLevels.handOff
    (assessment.turn, assessment.waitingSince) = turn(timeline, handOff, isAuthorised: true)
  }
}
