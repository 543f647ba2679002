internal import Facts

extension DelegationAudit {
  /// Approvals in the window by people who did not hold the right, or used one beyond its limits.
  mutating func auditApprovals(_ judged: [Judged]) {
    for repository in judged {
      for assessment in repository.assessments {
        for approval in assessment.approvals {
          audit(approval, of: assessment, repository)
        }
      }
    }
  }

  private mutating func audit(
    _ approval: JudgedApproval, of assessment: Assessment, _ repository: Judged
  ) {
    let contribution = assessment.contribution
    let known = approval.event.time.notAfter ?? contribution.landing?.at
    guard known.map(isInWindow) ?? true else { return }
    countApproval()
    let hasLanded = contribution.landing != nil && !assessment.isAuthorised
    let person = repository.assessor.people[approval.person].key
    func add(_ kind: AuditFinding.Kind, _ severity: AuditFinding.Severity, _ reason: JudgedApproval.Reason) {
      let reference = ContributionReference(repository: repository.repository, id: contribution.id)
      let grant: String? = if case .grantMissed(let miss) = reason { miss.grant } else { nil }
      append(
        AuditFinding(
          kind, severity, grant: grant,
          .approval(
            by: person, at: approval.event.time.instant, reason: reason, landed: contribution.landing != nil),
          evidence: [reference]))
    }
    let severity: AuditFinding.Severity = hasLanded ? .error : .warning
    switch (approval.authority, approval.reason) {
    case (.unauthorised, .grantMissed(let miss)): add(Self.approvalKind(of: miss), severity, approval.reason)
    case (.unauthorised, .machine): return
    case (.unauthorised, _):
      // An opinion of somebody without rights is welcome, unless it is all that a landed change has.
      if hasLanded, contribution.hasReviewRecord { add(.approvalWithoutRight, .error, approval.reason) }
    case (.delegated, _):
      if let miss = repository.assessor.limitMiss(of: approval, contribution) {
        add(.approvalBeyondGrant, severity, .grantMissed(miss))
      }
    default: return
    }
  }

  static func approvalKind(of miss: GrantMiss) -> AuditFinding.Kind {
    switch miss {
    case .expired, .revoked, .notYet: .approvalUnderEndedGrant
    case .outOfScope, .branchNotGranted, .verbMissing, .tooManyPaths, .kindNotGranted: .approvalBeyondGrant
    case .noGrant: .approvalWithoutRight
    default: .approvalUnderVoidGrant
    }
  }
}

extension Assessor {
  /// What the limits of grants say against a delegate's approval that was within paths and dates.
  func limitMiss(of approval: JudgedApproval, _ contribution: Contribution) -> GrantMiss? {
    guard case .handle(let handle) = people[approval.person].key, let paths = contribution.paths,
      let moment = approval.event.time.instant ?? contribution.landing?.at
    else { return nil }
    let inForce = policies.inForce(at: moment)
    let chains = chains(of: inForce)
    let holder = GrantChains.Holder(
      handle: handle, teams: teams(of: approval.person, at: moment, inForce.policy))
    let change = GrantChains.Change(
      branch: contribution.target, pathCount: paths.count, kind: ChangeKind(title: contribution.title))
    for path in paths.map(bytes(ofPath:)) {
      let plain = chains.right(of: holder, to: .approve, on: path, at: moment)
      guard plain.right != nil,
        case .missed(let miss) = chains.right(of: holder, to: .approve, on: path, in: change, at: moment)
      else { continue }
      return miss
    }
    return nil
  }
}
