internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// Judges the updates of one push or range, all by the state of the repository before them.
struct GateSession {
  /// One line of a push.
  struct Update: Hashable {
    var reference: String
    var old: ObjectID?
    var new: ObjectID?
  }

  /// Where policy and words come from.
  struct Setting {
    /// Where the repository is.
    var path: String
    /// Shown in reports, and looked up in the platform file.
    var name: String
    /// Full name of the repository's main branch; nil where it has none.
    var main: String?
    /// The branch that holds the policy; nil for a policy from elsewhere.
    var policyBranch: String?
    /// The commit whose policy judges; nil where that branch is not there yet.
    var policyTip: ObjectID?
    var directory = "policies"
    /// A policy from elsewhere, which then judges in place of the branch's own.
    var fixed: (policy: Policy, source: GateReport.Source)?
    /// How that policy was named.
    var policies: String?
    /// The commit that may bring the first policy.
    var firstPolicy: String?
    var pusher: Identity?
    var seconds = 30
    var commits = 100_000
  }

  let repository: Repository
  let setting: Setting
  let world: World
  let budget: Budget
  private let source: GatePolicySource

  init(_ repository: Repository, _ setting: Setting, world: World) {
    self.repository = repository
    self.setting = setting
    self.world = world
    let start = ContinuousClock.now
    let limit = Duration.seconds(setting.seconds)
    budget = Budget(commits: setting.commits) { ContinuousClock.now - start > limit }
    source = GatePolicySource(repository, directory: setting.directory, budget: budget, world: world)
  }

  /// The whole report; an update that cannot be judged is told as such.
  func report(_ updates: [Update]) -> GateReport {
    let place: GateReport.Source? =
      setting.fixed?.source
      ?? setting.policyTip.map { tip in
        GateReport.Source(
          place: "\(setting.policyBranch ?? ""):\(setting.directory)", commit: ObjectName(git: tip))
      }
    var report = GateReport(repository: setting.name, asOf: world.now, policy: place, verdicts: [])
    do throws(UpdateObstacle) {
      let reading = try policy()
      for update in updates { report.verdicts.append(verdict(update, reading, &report)) }
    } catch {
      report.verdicts = updates.map { blank($0, .incomplete, [GateViolation(.obstacle(error))]) }
    }
    return report
  }

  private func policy() throws(UpdateObstacle) -> GatePolicySource.Reading {
    if let fixed = setting.fixed { return .policy(fixed.policy) }
    guard let tip = setting.policyTip else { return .none }
    return try source.read(at: tip)
  }

  private func verdict(
    _ update: Update, _ reading: GatePolicySource.Reading, _ report: inout GateReport
  ) -> UpdateVerdict {
    switch reading {
    case .policy(let policy):
      do throws(UpdateObstacle) {
        return try judge(update, policy, &report)
      } catch {
        return blank(update, .incomplete, [GateViolation(.obstacle(error))])
      }
    case .broken(let problems):
      return withoutPolicy(update, GateViolation(.policyBroken(problems)))
    case .none:
      let isFirst = update.reference == setting.policyBranch && update.new?.hex == setting.firstPolicy
      return isFirst ? blank(update, .passed) : withoutPolicy(update, GateViolation(.noPolicy))
    }
  }

  /// Without a policy only the main branch is known to be guarded; nothing may land there.
  private func withoutPolicy(_ update: Update, _ violation: GateViolation) -> UpdateVerdict {
    let guards = guards(.defaults)
    if guards.isAmbiguous(update.reference) {
      return blank(update, .refused, [GateViolation(.ambiguousName)])
    }
    guard guards.kind(of: update.reference) != .none else { return blank(update, .passed) }
    return blank(update, .refused, [violation])
  }

  private func guards(_ policy: Policy) -> GuardedReferences {
    GuardedReferences(
      policy, main: setting.main, policyBranch: setting.policyBranch, repository: setting.name)
  }

  private func blank(
    _ update: Update, _ outcome: UpdateVerdict.Outcome, _ violations: [GateViolation] = []
  ) -> UpdateVerdict {
    UpdateVerdict(
      reference: update.reference, old: update.old.map { ObjectName(git: $0) },
      new: update.new.map { ObjectName(git: $0) }, outcome: outcome, violations: violations,
      policy: setting.policyTip.map { ObjectName(git: $0) })
  }

  // MARK: By a policy

  private func context(_ policy: Policy, flaws: [String: GrantFlaw] = [:]) -> Gate.Context {
    Gate.Context(
      policy: policy,
      commit: setting.fixed == nil
        ? setting.policyTip.map { ObjectName(git: $0) } : setting.fixed?.source.commit,
      flaws: flaws, repository: setting.name,
      directory: setting.fixed == nil ? setting.directory : nil, pusher: setting.pusher, now: world.now)
  }

  private func judge(
    _ update: Update, _ policy: Policy, _ report: inout GateReport
  ) throws(UpdateObstacle) -> UpdateVerdict {
    let guards = guards(policy)
    let kind = guards.kind(of: update.reference)
    if kind != .branch, update.new != nil, guards.isAmbiguous(update.reference) {
      return blank(update, .refused, [GateViolation(.ambiguousName)])
    }
    switch kind {
    case .none: return blank(update, .passed)
    case .tag: return try tag(update, guards)
    case .serverNotes: return blank(update, .refused, [GateViolation(.notes(.serverOwn))])
    case .reviewNotes:
      let verifier = SignatureChecker(TrustedKeys(roster: policy.roster, allowedSigners: nil), world: world)
      let notes = try NotesPushReader(repository, budget: budget, verifier: verifier.check).read(
        reference: update.reference, old: update.old, new: update.new, at: world.now)
      return Gate(context(policy)).judge(notes)
    case .branch: return try branch(update, policy, guards, &report)
    }
  }

  private func branch(
    _ update: Update, _ policy: Policy, _ guards: GuardedReferences, _ report: inout GateReport
  ) throws(UpdateObstacle) -> UpdateVerdict {
    let reader = ProposalReader(repository, budget: budget, seconds: setting.seconds)
    var proposed = try reader.read(
      reference: update.reference, old: update.old, new: update.new,
      known: update.old == nil ? try guardedTips(guards) : [])
    let approvals = ApprovalReader(reader)
    try approvals.add(to: &proposed)
    report.diagnostics += approvals.diagnostics
    if policy.delegation.minimumGrade.gate == .signed {
      try approvals.prove(&proposed, by: verifier(policy, &report))
    }
    let change = try policyChange(update, proposed)
    var context = context(policy, flaws: try grantFlaws(policy, proposed))
    let verdict = Gate(context).judge(proposed, policyChange: change)
    guard verdict.outcome == .refused else { return verdict }
    context.widened = GateWidening(setting, world).paths(for: proposed, policy)
    return context.widened.entries.isEmpty ? verdict : Gate(context).judge(proposed, policyChange: change)
  }

  private func verifier(_ policy: Policy, _ report: inout GateReport) -> SignatureVerifier {
    let checker = SignatureChecker(TrustedKeys(roster: policy.roster, allowedSigners: nil), world: world)
    return checker.check
  }

  private func grantFlaws(
    _ policy: Policy, _ proposed: ProposedUpdate
  ) throws(UpdateObstacle) -> [String: GrantFlaw] {
    guard setting.fixed == nil, let tip = setting.policyTip, let branch = setting.policyBranch,
      !policy.grants.isEmpty, let roster = policy.roster
    else { return [:] }
    let holders = Set(proposed.approvals.compactMap { roster.resolve($0.person)?.handle })
    return try source.flaws(of: policy, upTo: tip, branch: branch, for: holders)
  }

  private func policyChange(
    _ update: Update, _ proposed: ProposedUpdate
  ) throws(UpdateObstacle) -> Gate.PolicyChange {
    guard setting.fixed == nil, update.reference == setting.policyBranch, let old = update.old,
      let new = update.new, let tip = setting.policyTip, try !source.line.isSame(old, new)
    else { return .none }
    switch try source.read(at: new) {
    case .none: return .removed
    case .broken(let problems): return .broken(problems)
    case .policy(let policy):
      let roster: Roster? =
        if case .policy(let before) = try source.read(at: tip) { before.roster } else { nil }
      let approvers = proposed.approvals.filter {
        $0.binding != .none && !$0.isEdited && !$0.isSuperseded && $0.grade >= .recorded
      }.map(\.person)
      let bringers = ([setting.pusher].compactMap { $0 } + approvers).compactMap {
        roster?.resolve($0).map { PersonKey.handle($0.handle) }
      }
      return .changed(
        policy,
        flaws: try source.flaws(
          of: policy, after: tip, in: new, branch: update.reference, by: bringers))
    }
  }

  /// A guarded tag is made once, on what guarded branches hold before the push.
  private func tag(_ update: Update, _ guards: GuardedReferences) throws(UpdateObstacle) -> UpdateVerdict {
    guard update.old == nil, let new = update.new else {
      return blank(update, .refused, [GateViolation(.tagMoved)])
    }
    let found: ObjectID?
    do throws(GitError) {
      found = try repository.peelToCommit(new)
    } catch {
      throw .unreadable(ObjectName(git: new), detail: error.message)
    }
    guard let commit = found else { throw .notACommit(ObjectName(git: new)) }
    let reader = ProposalReader(repository, budget: budget, seconds: setting.seconds)
    let isHeld = try reader.isHeld(commit, by: try guardedTips(guards))
    return isHeld ? blank(update, .passed) : blank(update, .refused, [GateViolation(.tagOutsideBranches)])
  }

  /// What guarded branches hold before the push.
  private func guardedTips(_ guards: GuardedReferences) throws(UpdateObstacle) -> [ObjectID] {
    do throws(GitError) {
      return try repository.references(under: "refs/heads/").filter { guards.kind(of: $0.name) == .branch }
        .compactMap(\.target)
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
  }
}
