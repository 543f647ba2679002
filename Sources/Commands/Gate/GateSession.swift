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
    /// Whether references would really move, so that each must stand where the update says.
    var isPush = false
    /// The repository without what the push brings.
    var before: Repository?
    var seconds = 30
    var commits = 100_000
  }

  let repository: Repository
  var setting: Setting
  let world: World
  let budget: Budget
  private let source: GatePolicySource
  /// Symbolic references, by what a push to them really moves.
  private let aliases: [String: [String]]

  init(_ repository: Repository, _ setting: Setting, world: World) {
    self.repository = repository
    self.setting = setting
    self.world = world
    aliases = setting.isPush ? repository.aliases() : [:]
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
      let updates = try updates.map { update throws(UpdateObstacle) in try resolved(update) }
      let names = Dictionary(grouping: updates, by: \.reference)
      for update in updates {
        let isOnlyOne = names[update.reference]?.count == 1
        let isThere = try stands(update)
        let isMoved = setting.isPush && !(isOnlyOne && isThere)
        report.verdicts.append(
          isMoved ? blank(update, .refused, [GateViolation(.moved)]) : verdict(update, reading, &report))
      }
    } catch {
      report.verdicts = updates.map { blank($0, .incomplete, [GateViolation(.obstacle(error))]) }
    }
    return report
  }

  /// The update with the name that it really moves; a push to a symbolic reference moves another one.
  private func resolved(_ update: Update) throws(UpdateObstacle) -> Update {
    guard setting.isPush else { return update }
    var update = update
    do throws(GitError) {
      update.reference = try repository.finalName(of: update.reference)
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
    return update
  }

  /// Whether the reference is where the push says; who pushes chooses what git passes on as old.
  private func stands(_ update: Update) throws(UpdateObstacle) -> Bool {
    guard setting.isPush else { return true }
    do throws(GitError) {
      return try repository.resolve(reference: update.reference) == update.old
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
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
    case .broken(let problems): return blank(update, .refused, [GateViolation(.policyUnreadable(problems))])
    case .none:
      // What is guarded is not known, so everything is.
      guard update.reference == setting.policyBranch, let new = update.new, new.hex == setting.firstPolicy
      else { return blank(update, .refused, [GateViolation(.noPolicy)]) }
      return first(update, new)
    }
  }

  /// The first policy is taken on trust, but not one by which nothing could ever land.
  private func first(_ update: Update, _ new: ObjectID) -> UpdateVerdict {
    do throws(UpdateObstacle) {
      switch try source.read(at: new) {
      case .broken(let problems): return blank(update, .refused, [GateViolation(.policyBroken(problems))])
      case .policy(let policy) where policy.roster == nil:
        return blank(update, .refused, [GateViolation(.noRoster)])
      case .policy, .none: return blank(update, .passed)
      }
    } catch {
      return blank(update, .incomplete, [GateViolation(.obstacle(error))])
    }
  }

  private func guards(_ policy: Policy) -> GuardedReferences {
    GuardedReferences(
      policy, main: setting.main, policyBranch: setting.policyBranch, repository: setting.name)
  }

  func blank(
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
      policyBranch: setting.fixed == nil ? setting.policyBranch : nil,
      directory: setting.fixed == nil ? setting.directory : nil, pusher: setting.pusher, now: world.now)
  }

  private func judge(
    _ update: Update, _ policy: Policy, _ report: inout GateReport
  ) throws(UpdateObstacle) -> UpdateVerdict {
    let guards = guards(policy)
    let (kind, name) = guarded(update, guards)
    if kind != .branch, update.new != nil, guards.isAmbiguous(update.reference) {
      return blank(update, .refused, [GateViolation(.ambiguousName)])
    }
    switch kind {
    case .none: return blank(update, .passed)
    case .tag: return try tag(update, guards)
    case .serverNotes: return blank(update, .refused, [GateViolation(.notes(.serverOwn))])
    case .reviewNotes:
      let verifier = checker(policy)
      let notes = try NotesPushReader(repository, budget: budget, verifier: verifier.check).read(
        reference: name, old: update.old, new: update.new, at: world.now)
      report.remarks += [verifier.remark].compactMap { $0 }
      return Gate(context(policy)).judge(notes)
    case .records(let system):
      let gate = Gate(context(policy))
      guard system == .gittuf else { return gate.judge(recordsOf: system, blank(update, .passed)) }
      let attestations = try GittufApprovals.proposed(repository, old: update.old, new: update.new)
      return gate.judge(attestations, blank(update, .passed))
    case .branch: return try branch(update, policy, guards, &report)
    }
  }

  /// How a reference is guarded, and under which name: its own, or that of one which stands for it.
  private func guarded(
    _ update: Update, _ guards: GuardedReferences
  ) -> (kind: GuardedReferences.Guard, name: String) {
    let own = guards.kind(of: update.reference)
    guard own == .none else { return (own, update.reference) }
    let others = (aliases[update.reference] ?? []).map { (kind: guards.kind(of: $0), name: $0) }
    return others.first { $0.kind == .branch } ?? others.first { $0.kind != .none }
      ?? (own, update.reference)
  }

  private func branch(
    _ update: Update, _ policy: Policy, _ guards: GuardedReferences, _ report: inout GateReport
  ) throws(UpdateObstacle) -> UpdateVerdict {
    let arrivals = CommitArrivals(log: repository, before: setting.before, pusher: setting.pusher)
    let reader = ProposalReader(repository, budget: budget, seconds: setting.seconds, arrivals: arrivals)
    var proposed = try reader.read(
      reference: update.reference, old: update.old, new: update.new,
      known: update.old == nil ? try mainTips() : [])
    let checker = checker(policy)
    let approvals = ApprovalSources(
      reader, named: policy.delegation.gate.approvalsFrom, by: checker.check, now: world.now)
    let accounts = GateAccounts(repository)
    try approvals.add(to: &proposed)
    defer {
      report.diagnostics += approvals.diagnostics
      report.remarks += [checker.remark].compactMap { $0 }
    }
    func verdict(widened: PathList = .nothing) throws(UpdateObstacle) -> UpdateVerdict {
      let grade = policy.delegation.minimumGrade.gate
      if grade == .signed { approvals.prove(&proposed) }
      if grade <= .derived { accounts.name(&proposed) }
      let change = try policyChange(update, proposed)
      var context = context(policy, flaws: try grantFlaws(policy, proposed))
      context.widened = widened
      return Gate(context).judge(proposed, policyChange: change)
    }
    let first = try verdict()
    guard first.outcome == .refused else { return first }
    // The same change may have been approved under another name, and paths may be widened: only asked where it matters.
    let hasMore = try approvals.addOthers(to: &proposed)
    let second = hasMore ? try verdict() : first
    guard second.outcome == .refused else { return second }
    let widened = GateWidening(setting, arrivals, world).paths(for: proposed, policy)
    return widened.entries.isEmpty ? second : try verdict(widened: widened)
  }

  /// By the keys of the roster; a program that hangs must leave time to say so.
  private func checker(_ policy: Policy) -> SignatureChecker {
    SignatureChecker(
      TrustedKeys(roster: policy.roster, allowedSigners: nil), world: world,
      patience: min(20, max(1, setting.seconds / 3)))
  }

  private func grantFlaws(
    _ policy: Policy, _ proposed: ProposedUpdate
  ) throws(UpdateObstacle) -> [String: GrantFlaw] {
    guard setting.fixed == nil, let tip = setting.policyTip, let branch = setting.policyBranch,
      !policy.grants.isEmpty, let roster = policy.roster
    else { return [:] }
    let people = proposed.approvals.flatMap { [$0.person] + [$0.account?.identity].compactMap { $0 } }
    let holders = Set(people.compactMap { roster.resolve($0)?.handle })
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
      let before: Policy? = if case .policy(let policy) = try source.read(at: tip) { policy } else { nil }
      let roster = before?.roster
      let named = before?.delegation.gate.approvalsFrom ?? []
      let approvers = proposed.approvals.filter {
        $0.stands(from: named, on: update.reference) && $0.isOnly(for: update.reference)
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
}
