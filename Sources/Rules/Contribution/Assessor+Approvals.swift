public import Facts

extension Observation.Kind {
  /// An accepting verdict, or a trailer that names an approver.
  public var isApproval: Bool {
    switch self {
    case .verdict(.approve, _), .approvedByTrailer: true
    default: false
    }
  }
}

extension Assessor {
  /// Every approval in the order of the events, counted or not, each with its reason.
  func judgeApprovals(of contribution: Contribution, asOf: Instant) -> [JudgedApproval] {
    var judged: [JudgedApproval] = []
    for (place, event) in contribution.events.enumerated() where event.kind.isApproval {
      guard let person = event.person else { continue }
      judged.append(judge(event, at: place, by: person, contribution, asOf))
    }
    return judged
  }

  private func judge(
    _ event: ReviewEvent, at place: Int, by person: PersonID, _ contribution: Contribution, _ asOf: Instant
  ) -> JudgedApproval {
    let moment = event.time.instant ?? contribution.landing?.at ?? contribution.latestActivity ?? asOf
    let inForce = policies.inForce(at: moment)
    let revision = event.kind.revision
    func verdict(_ authority: Authority, _ counted: Bool, _ reason: JudgedApproval.Reason) -> JudgedApproval {
      JudgedApproval(
        event: event, person: person, revision: revision, authority: authority, counted: counted,
        reason: reason)
    }
    if people.bots.contains(person) { return verdict(.unauthorised, false, .machine) }
    if contribution.isAuthor(person) {
      return verdict(.`self`, inForce.policy.delegation.selfApproval, .wroteTheChange)
    }
    let (authority, reason) = authority(of: person, at: moment, inForce, contribution)
    guard authority != .unauthorised else { return verdict(authority, false, reason) }
    if isSuperseded(place, by: person, contribution) { return verdict(authority, false, .superseded) }
    let replacement = replacement(of: revision, place, contribution, inForce.policy.delegation)
    var judged = verdict(authority, true, reason)
    if let replacement, !replacement.keepsApproval {
      judged = verdict(authority, false, .stale)
    } else if event.grade < inForce.policy.delegation.minimumGrade.reports {
      judged = verdict(authority, false, .gradeTooLow(event.grade))
    }
    judged.replacement = replacement
    return judged
  }

  func authority(
    of person: PersonID, at moment: Instant, _ inForce: PolicyHistory.InForce, _ contribution: Contribution
  ) -> (Authority, JudgedApproval.Reason) {
    let owned = ownerPlace(
      person, of: contribution.paths ?? [], contribution, inForce.policy, at: moment, everyone: true)
    guard let roster = inForce.policy.roster else {
      if let owned { return (.platform, .ownerByFile(owned)) }
      if let landings = hosts.landings[person] { return (.platform, .inferredHost(landings: landings)) }
      let isKnown = !hosts.isEmpty || hasKnownOwners(contribution, inForce.policy)
      return (.unauthorised, isKnown ? .inOtherTeams([]) : .noHostKnown)
    }
    let hosting = scope(of: inForce).hosts(of: contribution.paths)
    let teams = teams(of: person, at: moment, inForce.policy)
    if let team = teams.first(where: hosting.contains) { return (.platform, .hostMember(team: team)) }
    if let owned { return (.platform, .ownerByFile(owned)) }
    if let delegated = delegated(to: person, teams, at: moment, inForce, contribution) { return delegated }
    if case .handle(let handle) = people[person].key, let entry = roster.person(handle: handle) {
      if let other = entry.memberships.first(where: { hosting.contains($0.team) }) {
        return (.unauthorised, .hostMemberOnly(from: other.period.from, until: other.period.until))
      }
      return (.unauthorised, .inOtherTeams(teams))
    }
    return (.unauthorised, teams.isEmpty ? .notInRoster : .inOtherTeams(teams))
  }

  /// The authority that grants give over any touched path, or the grant that came nearest; nil for somebody to whom
  /// no grant was ever made.
  private func delegated(
    to person: PersonID, _ teams: [String], at moment: Instant, _ inForce: PolicyHistory.InForce,
    _ contribution: Contribution
  ) -> (Authority, JudgedApproval.Reason)? {
    let chains = chains(of: inForce)
    guard !chains.isEmpty, case .handle(let handle) = people[person].key else { return nil }
    let holder = GrantChains.Holder(handle: handle, teams: teams)
    var nearest = GrantMiss.noGrant
    for path in contribution.paths ?? [] {
      switch chains.right(of: holder, to: .approve, on: bytes(ofPath: path), at: moment) {
      case .held(let right): return (.delegated, .heldGrants(right.chain.map(\.id)))
      case .missed(let miss): nearest = max(nearest, miss)
      }
    }
    return nearest == .noGrant ? nil : (.unauthorised, .grantMissed(nearest))
  }

  /// Whether the same person rejected or withdrew after this approval.
  private func isSuperseded(_ place: Int, by person: PersonID, _ contribution: Contribution) -> Bool {
    contribution.events[(place + 1)...].contains { event in
      guard event.person == person else { return false }
      switch event.kind {
      case .verdictWithdrawn, .verdict(.reject, _): return true
      default: return false
      }
    }
  }

  /// Whether the counted approvals cover every touched path with the number of people that its rule asks for.
  func isAuthorised(
    _ contribution: Contribution, by approvals: [JudgedApproval], _ scope: TouchedPaths,
    widened: PathList = .nothing
  ) -> Bool {
    let counted = approvals.filter(\.counted)
    guard let paths = contribution.paths, !paths.isEmpty else {
      return Set(counted.map(\.person)).count
        >= max(1, scope.policy.delegation.approvals.map(\.count).max() ?? 1)
    }
    return paths.allSatisfy { path in
      var rule = scope.rule(ofPath: path)
      if !widened.entries.isEmpty, widened.matches(bytes(ofPath: path)) {
        rule = scope.policy.delegation.widened(rule, for: bytes(ofPath: path))
      }
      guard rule.count > 0 else { return true }
      guard !counted.isEmpty else { return false }
      let accepted = counted.filter { isAsked($0, by: rule) && covers($0, path, scope, contribution) }
      return Set(accepted.map(\.person)).count >= rule.count
    }
  }

  /// Whether a rule takes approvals of this authority; an author's own was let in by the policy already.
  private func isAsked(_ approval: JudgedApproval, by rule: DelegationPolicy.ApprovalRule) -> Bool {
    switch approval.authority {
    case .platform: rule.from.contains(.platform)
    case .delegated: rule.from.contains(.delegated)
    case .`self`: true
    case .unauthorised: false
    }
  }

  /// Whether an approval's authority reaches one path.
  private func covers(
    _ approval: JudgedApproval, _ path: Int32, _ scope: TouchedPaths, _ contribution: Contribution
  ) -> Bool {
    if approval.authority == .delegated { return hasGrant(approval, path, contribution) }
    guard approval.authority == .platform else { return approval.authority == .`self` }
    if case .inferredHost = approval.reason { return true }
    let moment = approval.event.time.instant ?? contribution.landing?.at
    guard let moment else { return true }
    let policy = policies.inForce(at: moment).policy
    let owned = ownerPlace(
      approval.person, of: [path], contribution, policy, at: moment, everyone: true)
    if owned != nil { return true }
    // Who lands the work of others hosts everything, as long as nobody says otherwise.
    guard policy.roster != nil else { return hosts.landings[approval.person] != nil }
    let hosting = scope.hosts(ofPath: path)
    return teams(of: approval.person, at: moment, policy).contains(where: hosting.contains)
  }
}

extension Assessor {
  /// Components of the touched paths that a delegate's right reaches, sorted.
  func components(coveredBy approval: JudgedApproval, _ contribution: Contribution) -> [String] {
    guard let moment = approval.event.time.instant ?? contribution.landing?.at else { return [] }
    let scope = scope(of: policies.inForce(at: moment))
    let covered = (contribution.paths ?? []).filter { hasGrant(approval, $0, contribution) }
    return scope.components(of: covered)
  }

  /// Whether a delegate's right reaches one path.
  private func hasGrant(_ approval: JudgedApproval, _ path: Int32, _ contribution: Contribution) -> Bool {
    guard case .handle(let handle) = people[approval.person].key,
      let moment = approval.event.time.instant ?? contribution.landing?.at
    else { return false }
    let inForce = policies.inForce(at: moment)
    let holder = GrantChains.Holder(
      handle: handle, teams: teams(of: approval.person, at: moment, inForce.policy))
    let answer = chains(of: inForce).right(of: holder, to: .approve, on: bytes(ofPath: path), at: moment)
    return answer.right != nil
  }
}

extension Observation.Kind {
  fileprivate var revision: ObjectName? {
    if case .verdict(_, let revision) = self { revision } else { nil }
  }
}
