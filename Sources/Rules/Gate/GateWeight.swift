internal import Facts

/// One approval at a gate: whose it is, what speaks against it, and on which paths it carries a right.
struct GateWeight {
  struct Right {
    let source: DelegationPolicy.Source
    let grants: [String]
  }

  let approval: ProposedApproval
  /// Empty for somebody who is not in the roster.
  let handle: String
  /// Why it counts nowhere, whatever the path.
  private(set) var objection: GateApproval.Objection?
  /// Set where the person had a hand in the change, and the policy lets such approvals count on some paths.
  private let own: GateApproval.Objection?
  /// Places of the commits for which it may count, ascending.
  private(set) var covers: [Int]
  private let moment: Instant
  private let change: GrantChains.Change

  init(_ approval: ProposedApproval, _ gate: Gate, _ update: ProposedUpdate) {
    let (person, approval) = Self.weighed(approval, gate)
    self.approval = approval
    handle = person?.handle ?? ""
    moment = approval.time.instant ?? gate.context.now
    change = GrantChains.Change(
      branch: update.reference, pathCount: update.paths.count, kind: Self.kind(of: update))
    let hands = approval.contributors.filter { gate.isHand($0, person) }
    let others = Self.covers(approval, besides: hands, in: update)
    let isPartial = !hands.isEmpty && !others.isEmpty && !gate.context.policy.delegation.selfApproval
    covers = isPartial ? others : approval.covers
    own = isPartial ? nil : hands.first.map { .contributor($0.role, $0.commit) }
    objection =
      Self.objection(approval, gate.context, update.reference)
      ?? Self.objection(person, gate.context.policy.roster)
    if objection == nil, !gate.context.policy.delegation.selfApproval {
      objection = own ?? Self.objection(toLanding: approval, by: person, gate)
    }
    if objection == nil, gate.isRejected(approval, by: person) { objection = .superseded }
  }

  /// The person behind an approval; through what other records say of an account, the approval is derived at best.
  private static func weighed(
    _ approval: ProposedApproval, _ gate: Gate
  ) -> (Roster.Person?, ProposedApproval) {
    if let person = gate.identities.approver(approval.person) { return (person, approval) }
    guard let account = approval.account, let person = gate.identities.approver(account.identity) else {
      return (nil, approval)
    }
    var approval = approval
    approval.grade = min(approval.grade, .derived)
    return (person, approval)
  }

  /// What an approval covers apart from its giver's own commits.
  ///
  /// Nothing where they had a hand in the approved commit itself, or asked for the review.
  private static func covers(
    _ approval: ProposedApproval, besides hands: [ProposedContributor], in update: ProposedUpdate
  ) -> [Int] {
    guard !hands.isEmpty else { return approval.covers }
    guard approval.binding == .sameCommit,
      !hands.contains(where: { $0.role == .requester || $0.commit == approval.revision })
    else { return [] }
    let own = Set(hands.map(\.commit))
    return approval.covers.filter { place in
      update.commits.indices.contains(place) && !own.contains(update.commits[place].name)
    }
  }

  /// Of commits of several kinds none is named: the first title shall not speak for the others.
  private static func kind(of update: ProposedUpdate) -> ChangeKind {
    let kinds = Set(update.commits.filter(\.needsApproval).map { ChangeKind(title: $0.title) })
    return kinds.count == 1 ? kinds.first ?? .other : .other
  }

  /// Whoever approves and pushes is the only one known by more than a name in a commit, where nobody else is on
  /// record as having brought it.
  private static func objection(
    toLanding approval: ProposedApproval, by person: Roster.Person?, _ gate: Gate
  ) -> GateApproval.Objection? {
    guard let commit = approval.unrecorded, let person, let pusher = gate.context.pusher,
      gate.identities.contributor(pusher) == person.handle
    else { return nil }
    return .broughtByNobodyElse(commit)
  }

  private static func objection(
    _ approval: ProposedApproval, _ context: Gate.Context, _ reference: String
  ) -> GateApproval.Objection? {
    guard context.policy.delegation.gate.approvalsFrom.contains(approval.source) else {
      return .systemNotNamed(approval.source)
    }
    if approval.revision == nil { return .namesNoRevision }
    guard let target = approval.target, target.utf8.elementsEqual(reference.utf8) else {
      return .otherBranch(approval.target)
    }
    if let other = approval.otherTargets.first { return .severalBranches(other) }
    if approval.binding == .none { return .otherRevision }
    if approval.binding == .sameChange, !context.policy.delegation.survivesTrivialRebase { return .rebased }
    if approval.isEdited { return .edited }
    if approval.isWithdrawn { return .withdrawn }
    if approval.isSuperseded { return .superseded }
    let needed = context.policy.delegation.minimumGrade.gate
    if approval.grade < needed { return .gradeTooLow(approval.grade, needed: needed) }
    guard let at = approval.time.instant else { return .undated }
    return at > context.now ? .notYetGiven : nil
  }

  private static func objection(_ person: Roster.Person?, _ roster: Roster?) -> GateApproval.Objection? {
    guard let person, let roster else { return .unknownPerson }
    return BotRule(listed: roster.bots).covers(person) ? .machine : nil
  }

  /// By what right the approval counts on a path; nil where it does not.
  ///
  /// A link stands for all that may lie below: a grant that leaves out part of that gives no right to it.
  func right(on proposed: ProposedPath, _ rule: DelegationPolicy.ApprovalRule, _ gate: Gate) -> Right? {
    let path = proposed.bytes
    if own != nil, !gate.context.policy.delegation.takesSelfApproval(on: path) { return nil }
    if rule.from.contains(.platform), gate.isHost(handle, of: path, at: moment),
      gate.isHost(handle, of: path, at: gate.context.now)
    {
      return Right(source: .platform, grants: [])
    }
    guard rule.from.contains(.delegated),
      case .held(let then) = gate.right(of: handle, on: path, in: change, at: moment),
      case .held(let now) = gate.right(of: handle, on: path, in: change, at: gate.context.now)
    else { return nil }
    let chain = then.chain + now.chain
    if proposed.isLink, chain.contains(where: { $0.paths.mayExclude(below: path) }) { return nil }
    return Right(source: .delegated, grants: chain.map(\.id))
  }

  /// The approval as the verdict tells it.
  func result(_ use: GateJudging.Use?, _ misses: () -> GateApproval.Objection) -> GateApproval {
    var result = GateApproval(approval, person: handle.isEmpty ? nil : handle, objection: objection)
    if let use {
      result.authority = use.authority
      result.grants = use.grants.sorted()
    } else if objection == nil {
      result.objection = own ?? misses()
    }
    return result
  }

  /// Why it carries no right on any of the paths: the nearest miss, then or now.
  func miss(_ paths: some Sequence<[UInt8]>, _ gate: Gate) -> GateApproval.Objection {
    var (then, now) = (GrantMiss.noGrant, GrantMiss.noGrant)
    var heldThen = false
    for path in paths {
      switch gate.right(of: handle, on: path, in: change, at: moment) {
      case .held: heldThen = true
      case .missed(let miss): then = max(then, miss)
      }
      if case .missed(let miss) = gate.right(of: handle, on: path, in: change, at: gate.context.now) {
        now = max(now, miss)
      }
      if gate.isHost(handle, of: path, at: moment) { heldThen = true }
    }
    return heldThen ? .noAuthorityNow(now) : .noAuthority(then)
  }
}

extension Gate {
  /// Whether the person rejected the change as well, under whatever address, and not before they approved it.
  func isRejected(_ approval: ProposedApproval, by person: Roster.Person?) -> Bool {
    approval.rejections.contains { identities.contributor($0) == person?.handle && person != nil }
  }

  /// Whether a contributor is, or may be, this person.
  func isHand(_ contributor: ProposedContributor, _ person: Roster.Person?) -> Bool {
    guard let person else { return false }
    return identities.contributor(contributor.identity) == person.handle
  }

  func teams(of handle: String, at moment: Instant) -> [String] {
    guard let roster, let person = roster.person(handle: handle) else { return [] }
    return roster.teams(of: person, at: moment)
  }

  /// Whether somebody is in a host team of a path; where no component has it, in one of the platform's host teams.
  func isHost(_ handle: String, of path: [UInt8], at moment: Instant) -> Bool {
    let hosts = context.policy.hostTeams(of: path, in: context.repository)
    return !Set(hosts).isDisjoint(with: teams(of: handle, at: moment))
  }

  func right(
    of handle: String, on path: [UInt8], in change: GrantChains.Change, at moment: Instant
  ) -> GrantChains.Answer {
    let holder = GrantChains.Holder(handle: handle, teams: teams(of: handle, at: moment))
    return chains.right(of: holder, to: .approve, on: path, in: change, at: moment)
  }
}
