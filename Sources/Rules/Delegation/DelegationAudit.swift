public import Facts

/// Looks for what is wrong with the grants in force, and with approvals under grants.
public struct DelegationAudit: Sendable {
  /// Judged contributions of one repository, with whoever judged them.
  public struct Judged {
    public var repository: String
    public var assessments: [Assessment]
    public var assessor: Assessor

    public init(repository: String, assessments: [Assessment], assessor: Assessor) {
      self.repository = repository
      self.assessments = assessments
      self.assessor = assessor
    }
  }

  /// A path of a repository with those whom its ownership files name.
  public struct OwnedPath: Hashable, Sendable {
    public var path: String
    public var repository: String
    /// Handles.
    public var owners: Set<String>

    public init(path: String, repository: String, owners: Set<String>) {
      self.path = path
      self.repository = repository
      self.owners = owners
    }
  }

  /// What is asked.
  public struct Question: Sendable {
    public var asOf: Instant
    /// Approvals before this moment are let be; nil for all of time.
    public var since: Instant?
    /// How long before its end a grant is said to expire, in seconds.
    public var notice: Int64
    /// What the repositories hold, where ownership files name approvers; nil where that is not known.
    public var owned: [OwnedPath]?

    public init(
      asOf: Instant, since: Instant? = nil, notice: Int64 = 30 * 86_400, owned: [OwnedPath]? = nil
    ) {
      self.asOf = asOf
      self.since = since
      self.notice = notice
      self.owned = owned
    }
  }

  /// The most serious first.
  public private(set) var findings: [AuditFinding] = []
  public private(set) var refusals: [AuditRefusal] = []
  /// Grants of the policy in force at the moment.
  public let grants: [GrantStatus]
  /// Approvals that were looked at.
  public private(set) var approvals = 0

  private let question: Question
  private let policies: PolicyHistory
  private let history: GrantHistory?
  let policy: Policy
  private let chains: GrantChains
  private let book: DeedBook

  public init(
    _ policies: PolicyHistory, _ history: GrantHistory?, _ judged: [Judged], _ book: DeedBook,
    _ question: Question
  ) {
    let inForce = policies.inForce(at: question.asOf)
    self.question = question
    self.policies = policies
    self.history = history
    self.book = book
    policy = inForce.policy
    chains = GrantChains(inForce.policy, flaws: history?.flaws(inVersion: inForce.place) ?? [:])
    let arrivals = policies.arrivals(until: question.asOf)
    let chains = chains
    grants = policy.grants.map {
      chains.status(of: $0, at: question.asOf, arrived: arrivals[$0.id])
    }
    for status in grants where !status.isOver { auditGrant(status) }
    auditPairs()
    auditApprovals(judged)
    auditReviewers()
    refuse()
    findings.sort(by: AuditFinding.precedes)
    refusals.sort { ($0.kind.rawValue, $0.reason.rawValue) < ($1.kind.rawValue, $1.reason.rawValue) }
  }

  var asOf: Instant { question.asOf }

  var owned: [OwnedPath]? { question.owned }

  var chainsInForce: GrantChains { chains }

  mutating func append(_ finding: AuditFinding) { findings.append(finding) }

  mutating func refuse(_ kind: AuditFinding.Kind, _ reason: AuditRefusal.Reason) {
    refusals.append(AuditRefusal(kind, reason))
  }

  mutating func countApproval() { approvals += 1 }

  func isInWindow(_ moment: Instant) -> Bool {
    moment <= question.asOf && question.since.map { $0 <= moment } ?? true
  }

  /// The gravest finding; nil of none.
  public var worst: AuditFinding.Severity? { findings.map(\.severity).max() }

  private mutating func refuse() {
    if !book.hasReviewRecords {
      refusals += [.approvalUnderEndedGrant, .approvalBeyondGrant, .unused, .unusedPaths].map {
        AuditRefusal($0, .reviewsNotInGit)
      }
    }
    if policy.roster == nil { refusals.append(AuditRefusal(.granteeNotInRoster, .noRoster)) }
    refusals = Array(Set(refusals))
  }
}

// MARK: Grants one by one

extension DelegationAudit {
  private mutating func auditGrant(_ status: GrantStatus) {
    let grant = status.grant
    auditGrantee(grant)
    if status.state == .doesNotHold, let miss = status.miss {
      findings.append(
        AuditFinding(Self.kind(of: miss), .error, grant: grant.id, .doesNotHold(miss)))
      return
    }
    for objection in chains.objections(to: grant, at: question.asOf) where !objection.isOfTheLink {
      let severity: AuditFinding.Severity = objection == .pathsNotComparable ? .note : .warning
      findings.append(AuditFinding(.widerThanGrantor, severity, grant: grant.id, .wider(objection)))
    }
    if grant.end == nil { findings.append(AuditFinding(.openEnded, .warning, grant: grant.id, .openEnded)) }
    if status.state == .inForce, let until = status.until, until.since(question.asOf) <= question.notice {
      findings.append(AuditFinding(.expiring, .note, grant: grant.id, .expires(until)))
    }
    auditPaths(grant)
    auditUse(status)
    auditLadder(status)
  }

  private mutating func auditGrantee(_ grant: Grant) {
    guard case .person(let handle) = grant.grantee, let roster = policy.roster else { return }
    guard let person = roster.person(handle: handle) else {
      findings.append(AuditFinding(.granteeNotInRoster, .error, grant: grant.id, .grantee(handle)))
      return
    }
    if person.isBot {
      findings.append(AuditFinding(.granteeIsMachine, .warning, grant: grant.id, .grantee(handle)))
    }
  }

  private mutating func auditPaths(_ grant: Grant) {
    guard grant.verbs.contains(.approve) || grant.verbs.contains(.land) else { return }
    let own = PathRegion.list(grant.paths)
    let protected = ApprovalRegions(policy.delegation).platformOnly
    switch PathRegion.all([own, protected]).example() {
    case .found(let path):
      findings.append(AuditFinding(.coversProtected, .warning, grant: grant.id, .path(path)))
    case .undecided: refusals.append(AuditRefusal(.coversProtected, .pathsNotComparable))
    case .none: break
    }
    let all = PathRegion.list(policy.delegation.granting?.paths ?? .everything)
    if all.isInside(own) == true {
      findings.append(AuditFinding(.coversEverything, .warning, grant: grant.id, .everything))
    }
  }

  /// What its holder did under it, as far as reviews are on record.
  private mutating func auditUse(_ status: GrantStatus) {
    let grant = status.grant
    guard status.state == .inForce, book.hasReviewRecords,
      grant.verbs.contains(.approve) || grant.verbs.contains(.review)
    else { return }
    let span = policy.delegation.granting?.unusedAfter ?? DelegationPolicy.Granting().unusedAfter
    let start = max(
      grant.period.from ?? Instant(seconds: .min), status.arrived ?? Instant(seconds: .min))
    let since = question.asOf.advanced(by: -span)
    let holders = holders(of: grant)
    let deeds = book.deeds(in: .list(grant.paths))
    func acts(_ deed: Deed, since moment: Instant) -> Bool {
      holders.contains { holder in
        deed.parts[holder]?.acts.contains { $0 >= moment && $0 <= question.asOf } ?? false
      }
    }
    if start <= since, !deeds.contains(where: { acts($0, since: since) }) {
      findings.append(AuditFinding(.unused, .warning, grant: grant.id, .unused(since: since)))
      return
    }
    guard start <= since else { return }
    let used = deeds.filter { acts($0, since: start) }
    let idle = grant.paths.entries.filter { entry in
      !entry.isExclusion
        && !used.contains { deed in book.paths(of: deed).contains { entry.pattern.matches($0) } }
    }
    guard !idle.isEmpty, !used.isEmpty else { return }
    findings.append(
      AuditFinding(.unusedPaths, .note, grant: grant.id, .unusedPaths(idle.map(\.text))))
  }

  private func holders(of grant: Grant) -> [PersonKey] {
    switch grant.grantee {
    case .person(let handle): [.handle(handle)]
    case .team(let team): policy.members(of: team, at: question.asOf).map { .handle($0) }
    }
  }

  /// Whether a grant that a ladder gave had been earned when it came.
  private mutating func auditLadder(_ status: GrantStatus) {
    guard case .ladder(let name) = status.grant.giver else { return }
    let arrival = status.arrived ?? status.grant.period.from ?? question.asOf
    let place = policies.inForce(at: arrival).place
    // A change of policy never authorises itself: the ladder is the one that stood before.
    let before = policies.versions[max(0, place - 1)].policy.delegation
    guard let ladder = before.ladder(name) ?? policy.delegation.ladder(name) else { return }
    guard case .person(let handle) = status.grant.grantee else {
      findings.append(
        AuditFinding(.notEarned, .error, grant: status.grant.id, .notEarned(ladder: name, [], .notYet)))
      return
    }
    let judge = ReadinessJudge(
      book,
      .init(paths: status.grant.paths, ladder: ladder, verbs: [], asOf: arrival), chains: chains(at:))
    let readiness = judge.readiness(of: .handle(handle))
    let missing = readiness.items.filter { $0.outcome == .notMet || $0.outcome == .notEnoughEvidence }
    guard !missing.isEmpty else { return }
    let isKnown = missing.contains { $0.outcome == .notMet }
    findings.append(
      AuditFinding(
        .notEarned, isKnown ? .error : .warning, grant: status.grant.id,
        .notEarned(
          ladder: name, missing.map(\.criterion), isKnown ? .notYet : .notEnoughEvidence)))
  }

  private func chains(at moment: Instant) -> GrantChains {
    let inForce = policies.inForce(at: moment)
    return GrantChains(inForce.policy, flaws: history?.flaws(inVersion: inForce.place) ?? [:])
  }

  /// The word for a grant that does not hold.
  public static func kind(of miss: GrantMiss) -> AuditFinding.Kind {
    switch miss {
    case .flawed(_, .broughtByNobodyEntitled): .broughtByNobodyEntitled
    case .flawed(_, .idReused): .idReused
    case .selfGranted: .selfGranted
    case .circle: .circle
    case .chainTooLong: .chainTooLong
    case .depthUsedUp: .tooDeep
    case .tooLong: .tooLong
    case .noAutomaticRule: .noAutomaticRule
    case .overCap: .overCap
    case .tooManyGrants: .tooManyGrants
    case .nobodyMayGrant: .nobodyMayGrant
    default: .orphaned
    }
  }
}

extension GrantObjection {
  /// What the chain itself says as well, so that it is not told twice.
  fileprivate var isOfTheLink: Bool {
    switch self {
    case .nobodyMayGrant, .toOneself, .nothingToGive, .alreadyOver, .tooLong, .noBeginning: true
    default: false
    }
  }
}

extension Policy {
  /// Handles of those who are in a team at a moment, sorted; machines left out.
  public func members(of team: String, at moment: Instant) -> [String] {
    guard let roster else { return [] }
    return roster.people.filter { !$0.isBot && roster.teams(of: $0, at: moment).contains(team) }
      .map(\.handle).sorted()
  }
}
