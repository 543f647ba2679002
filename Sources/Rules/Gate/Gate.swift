public import Facts

/// Judges what a push or a range would do to a guarded reference, by the policy that was in force before it.
///
/// Pure: everything it knows is in its inputs, so a verdict can be given again. Nothing that anybody can write without
/// being entitled (a trailer, an address, a mailmap, an attribute, a push option) can turn a refusal into a pass.
public struct Gate {
  /// What the update would make of the policy.
  public enum PolicyChange: Sendable {
    case none
    /// Another policy that can be read, and what its history says against its grants.
    case changed(Policy, flaws: [String: GrantFlaw])
    /// Each problem as a line.
    case broken([String])
    case removed
  }

  /// Everything that is the same for all updates of one push.
  public struct Context: Sendable {
    public var policy: Policy
    /// The commit that the policy was read from; nil for one from outside Git.
    public var commit: ObjectName?
    /// What the history of the policy says against its grants.
    public var flaws: [String: GrantFlaw]
    /// The repository's name in the platform file.
    public var repository: String?
    /// The branch that holds the policy, by its full name; nil when the policy is not in this repository.
    public var policyBranch: String?
    /// The directory of the policy on its branch; nil when the policy is not in this repository.
    public var directory: String?
    /// Who pushes, by the transport's word; nil where nobody pushes or nothing tells.
    public var pusher: Identity?
    /// The server's own clock.
    public var now: Instant
    /// Paths on which an escalation lets delegates act alone now.
    public var widened: PathList

    public init(
      policy: Policy, commit: ObjectName?, flaws: [String: GrantFlaw] = [:], repository: String? = nil,
      policyBranch: String? = nil, directory: String? = "policies", pusher: Identity? = nil, now: Instant,
      widened: PathList = .nothing
    ) {
      self.policy = policy
      self.commit = commit
      self.flaws = flaws
      self.repository = repository
      self.policyBranch = policyBranch
      self.directory = directory
      self.pusher = pusher
      self.now = now
      self.widened = widened
    }
  }

  let context: Context
  let roster: Roster?
  let identities: GateIdentities
  let chains: GrantChains

  public init(_ context: Context) {
    self.context = context
    roster = context.policy.roster
    identities = GateIdentities(context.policy.roster ?? Roster())
    chains = GrantChains(context.policy, flaws: context.flaws)
  }

  /// The whole verdict on one update of a guarded branch.
  public func judge(_ update: ProposedUpdate, policyChange: PolicyChange = .none) -> UpdateVerdict {
    var verdict = UpdateVerdict(
      reference: update.reference, old: update.old, new: update.new, outcome: .passed, policy: context.commit)
    verdict.commitCount = update.commits.count
    verdict.pathCount = update.paths.count
    verdict.violations = movement(update) + flaws(update) + violations(of: policyChange)
    guard update.new != nil else { return closed(verdict) }
    guard roster != nil else {
      verdict.violations.append(GateViolation(.noRoster))
      return closed(verdict)
    }
    let judging = GateJudging(self, update, policyChange)
    verdict.requirements = judging.requirements
    verdict.approvals = judging.approvals
    for requirement in judging.requirements where !requirement.isMet {
      verdict.violations.append(
        GateViolation(
          isPolicy(requirement) ? .policyNotApproved(requirement) : .notApproved(requirement),
          commit: requirement.commit))
    }
    addUnknown(update, to: &verdict)
    return closed(verdict)
  }

  /// The verdict where nothing could be judged.
  public func verdict(_ update: ProposedUpdate, obstacle: UpdateObstacle) -> UpdateVerdict {
    UpdateVerdict(
      reference: update.reference, old: update.old, new: update.new, outcome: .incomplete,
      violations: [GateViolation(.obstacle(obstacle))], policy: context.commit)
  }

  private func closed(_ verdict: UpdateVerdict) -> UpdateVerdict {
    var verdict = verdict
    if verdict.violations.contains(where: \.isObstacle) {
      verdict.outcome = .incomplete
    } else if !verdict.violations.isEmpty {
      verdict.outcome = .refused
    }
    return verdict
  }

  private func movement(_ update: ProposedUpdate) -> [GateViolation] {
    guard update.old != nil else { return [] }
    guard update.new != nil else { return [GateViolation(.deletion)] }
    if update.isFastForward { return [] }
    // Who rewinds the policy's own branch brings an old policy back, and the history of its grants is gone.
    let isRewindable = context.policy.delegation.gate.rewindable.matches(update.reference)
    return isRewindable && update.reference != context.policyBranch ? [] : [GateViolation(.rewind)]
  }

  private func flaws(_ update: ProposedUpdate) -> [GateViolation] {
    update.flaws.compactMap { flaw in
      guard case .twin(let other) = flaw.kind else { return GateViolation(.flaw(flaw), commit: flaw.commit) }
      let sibling = flaw.path.dropLast(flaw.path.count - (folderEnd(flaw.path))) + other
      guard isDecisive(flaw.path, beside: Array(sibling)) else { return nil }
      return GateViolation(
        .protectedTwin(
          path: String(decoding: flaw.path, as: UTF8.self), of: String(decoding: sibling, as: UTF8.self)),
        commit: flaw.commit)
    }
  }

  /// How many bytes of a path its folder takes, with the slash.
  private func folderEnd(_ path: [UInt8]) -> Int {
    path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
  }

  /// Whether of two names for one place one is protected, part of the policy, or asks for other approvals.
  private func isDecisive(_ path: [UInt8], beside other: [UInt8]) -> Bool {
    let policy = context.policy
    return isDecisive(path) || isDecisive(other) || needs(path) != needs(other)
      || policy.hostTeams(of: path, in: context.repository)
        != policy.hostTeams(of: other, in: context.repository)
  }

  private func needs(_ path: [UInt8]) -> [DelegationPolicy.ApprovalRule] {
    let delegation = context.policy.delegation
    return [delegation.approvalRule(for: path), delegation.approvalRule(below: path)].map { rule in
      .init(paths: .nothing, count: rule.count, from: rule.from)
    }
  }

  /// Whether a path, or something below it, is protected or part of the policy.
  private func isDecisive(_ path: [UInt8]) -> Bool {
    let delegation = context.policy.delegation
    let lists = [delegation.protected] + delegation.floors.map(\.paths)
    if lists.contains(where: { $0.matches(path) || $0.mayMatch(below: path) }) { return true }
    guard let directory = context.directory.map({ Array($0.utf8) }) else { return false }
    let slash = [UInt8(ascii: "/")]
    return path == directory || path.starts(with: directory + slash) || directory.starts(with: path + slash)
  }

  private func violations(of change: PolicyChange) -> [GateViolation] {
    switch change {
    case .none: []
    case .broken(let problems): [GateViolation(.policyBroken(problems))]
    case .removed: [GateViolation(.policyRemoved)]
    case .changed(_, let flaws):
      // What stood against a grant before is no reason to refuse a change beside it.
      flaws.filter { context.flaws[$0.key] != $0.value }.sorted { $0.key < $1.key }
        .map { GateViolation(.grantFlawed($0.key, $0.value)) }
    }
  }

  private func isPolicy(_ requirement: GateRequirement) -> Bool {
    guard let directory = context.directory else { return false }
    return requirement.paths.first.map { isInPolicy(Array($0.utf8), directory) } ?? false
  }

  private func addUnknown(_ update: ProposedUpdate, to verdict: inout UpdateVerdict) {
    var unknown: [String: ObjectName] = [:]
    for contributor in update.commits.flatMap(\.contributors)
    where contributor.role != .pusher && !identities.isKnown(contributor.identity, at: context.now) {
      if unknown[contributor.identity.email] == nil {
        unknown[contributor.identity.email] = contributor.commit
      }
    }
    verdict.unknownContributors = unknown.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard context.policy.delegation.gate.unknownContributors == .refuse else { return }
    verdict.violations += verdict.unknownContributors.map {
      GateViolation(.unknownContributor($0), commit: unknown[$0])
    }
  }
}

/// Whether a path is the policy directory or lies in it.
func isInPolicy(_ path: [UInt8], _ directory: String) -> Bool {
  let directory = Array(directory.utf8)
  return path == directory || path.starts(with: directory + [UInt8(ascii: "/")])
}
