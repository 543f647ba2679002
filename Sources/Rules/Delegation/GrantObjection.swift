public import Facts

/// What speaks against a grant that is about to be made, or was made, with what would be allowed instead.
public enum GrantObjection: Hashable, Sendable {
  /// The policy says of nobody that they may grant.
  case nobodyMayGrant
  case toOneself
  /// An earlier grant had this id.
  case idUsedBefore(String)
  /// Whoever gives it holds nothing that may be passed on.
  case nothingToGive(grantor: String)
  /// The giver may not give this verb; those they may give.
  case verbNotHeld(Grant.Verb, held: [Grant.Verb])
  /// A path that the grant covers, and the verbs that the giver may not give there.
  case pathNotHeld([Grant.Verb], example: [UInt8])
  /// The patterns are too involved to tell whether the giver's cover them.
  case pathsNotComparable
  /// A branch that the grant covers and the giver may not give.
  case branchNotHeld(example: [UInt8])
  /// Of the most paths that a change may touch.
  case changesTooLarge(most: Int)
  case kindsNotHeld(allowed: [ChangeKind])
  /// It would outlive the giver's own right.
  case endsTooLate(latest: Instant)
  /// The policy or the giver's own right asks for an end.
  case noEnd(latest: Instant)
  /// It runs longer than the policy allows, in seconds.
  case tooLong(most: Int64)
  /// The policy limits how long grants run, so they need a beginning.
  case noBeginning
  case alreadyOver(Instant)
  case tooDeep(most: Int)
  /// One right gives these paths, another this time or size: no single one gives all.
  case noSingleRight
  /// No rule of the policy lets this ladder give so much.
  case noAutomaticRule(ladder: String)
  /// So many grants of the rule are in force already.
  case overCap(ladder: String, most: Int)
  /// The ladder is not climbed.
  case notEarned(ladder: String)
  /// What the chains say of it as it would stand.
  case doesNotHold(GrantMiss)
}

extension GrantChains {
  /// What speaks against a grant by a person, judged by what they hold at a moment: nobody gives more than they have,
  /// in verbs, paths, branches, size, time or depth.
  ///
  /// The policy is the one in force before the grant; the grant itself need not be part of it. Empty when all is well.
  public func objections(to grant: Grant, at moment: Instant) -> [GrantObjection] {
    guard let granting = policy.delegation.granting else { return [.nobodyMayGrant] }
    guard let giver = grant.grantedBy else { return [] }
    if grant.grantee == .person(giver) { return [.toOneself] }
    let rights = grantingRights(of: giver, at: moment, without: grant.id)
    guard !rights.isEmpty else { return [.nothingToGive(grantor: giver)] }
    var found = grant.timeObjections(granting, at: moment)
    for verb in Grant.Verb.allCases where grant.verbs.contains(verb) {
      let able = rights.filter { $0.verbs.contains(verb) }
      if able.isEmpty {
        let held = rights.reduce(into: Set<Grant.Verb>()) { $0.formUnion($1.verbs) }
        found.append(.verbNotHeld(verb, held: Grant.Verb.allCases.filter(held.contains)))
        continue
      }
      for objection in RightComparison(grant: grant, verb: verb, rights: able).objections {
        found.join(objection)
      }
    }
    return found
  }
}

extension [GrantObjection] {
  /// Appends an objection; one that differs in the verb alone becomes one with several.
  fileprivate mutating func join(_ objection: GrantObjection) {
    guard !contains(objection) else { return }
    if case .pathNotHeld(let more, let example) = objection {
      for place in indices {
        guard case .pathNotHeld(let verbs, example) = self[place] else { continue }
        self[place] = .pathNotHeld(verbs + more, example: example)
        return
      }
    }
    append(objection)
  }
}

extension Grant {
  /// What the policy's own limits of time say.
  fileprivate func timeObjections(_ granting: DelegationPolicy.Granting, at moment: Instant)
    -> [GrantObjection]
  {
    if let end, end <= moment { return [.alreadyOver(end)] }
    guard let longest = granting.maxDuration else { return [] }
    guard let from = period.from else { return [.noBeginning] }
    guard let until = period.until else { return [.noEnd(latest: from.advanced(by: longest))] }
    return until.since(from) > longest ? [.tooLong(most: longest)] : []
  }
}

/// One verb of a grant beside the rights that may give it.
private struct RightComparison {
  let grant: Grant
  let verb: Grant.Verb
  let rights: [HeldRight]

  var objections: [GrantObjection] {
    switch missing(from: rights) {
    case .found(let path): return [.pathNotHeld([verb], example: path)]
    case .undecided: return [.pathsNotComparable]
    case .none: break
    }
    if covers(rights.filter { lasts($0) && isDeep($0) && isSmall($0) && isOnBranches($0) }) { return [] }
    let found = [time, depth, size, kinds, branches].compactMap { $0 }
    return found.isEmpty ? [.noSingleRight] : found
  }

  /// A path of the grant that none of some rights covers.
  private func missing(from rights: [HeldRight]) -> PathAnswer {
    PathRegion.list(grant.paths).example(outside: .any(rights.map(\.paths)))
  }

  private func covers(_ rights: [HeldRight]) -> Bool { missing(from: rights) == .none }

  private func lasts(_ right: HeldRight) -> Bool {
    guard let last = right.until else { return true }
    return grant.end.map { $0 <= last } ?? false
  }

  private func isDeep(_ right: HeldRight) -> Bool { grant.depth <= right.depth }

  private func isSmall(_ right: HeldRight) -> Bool { grant.limits.isInside(right.limits) }

  private func isOnBranches(_ right: HeldRight) -> Bool {
    PathRegion.list(grant.branches).example(outside: .all(right.branches.map { .list($0) })) == .none
  }

  private var time: GrantObjection? {
    guard !covers(rights.filter(lasts)) else { return nil }
    let ends = Set(rights.compactMap(\.until)).sorted(by: >)
    let latest = ends.first { end in covers(rights.filter { $0.until.map { $0 >= end } ?? true }) }
    guard let latest else { return nil }
    return grant.end == nil ? .noEnd(latest: latest) : .endsTooLate(latest: latest)
  }

  private var depth: GrantObjection? {
    guard !covers(rights.filter(isDeep)) else { return nil }
    let most = Set(rights.map(\.depth)).sorted(by: >).first { depth in
      covers(rights.filter { $0.depth >= depth })
    }
    return most.map { .tooDeep(most: $0) }
  }

  private var size: GrantObjection? {
    func fits(_ right: HeldRight) -> Bool {
      guard let most = right.limits.paths else { return true }
      return grant.limits.paths.map { $0 <= most } ?? false
    }
    guard !covers(rights.filter(fits)) else { return nil }
    let most = Set(rights.compactMap(\.limits.paths)).sorted(by: >).first { most in
      covers(rights.filter { $0.limits.paths.map { $0 >= most } ?? true })
    }
    return most.map { .changesTooLarge(most: $0) }
  }

  private var kinds: GrantObjection? {
    let able = rights.filter { right in
      right.limits.kinds.map { all in grant.limits.kinds?.isSubset(of: all) ?? false } ?? true
    }
    guard !covers(able) else { return nil }
    let allowed = rights.compactMap(\.limits.kinds).reduce(into: Set<ChangeKind>()) { $0.formUnion($1) }
    return .kindsNotHeld(allowed: ChangeKind.allCases.filter(allowed.contains))
  }

  private var branches: GrantObjection? {
    guard !covers(rights.filter(isOnBranches)) else { return nil }
    let all = PathRegion.any(rights.map { .all($0.branches.map { .list($0) }) })
    guard case .found(let branch) = PathRegion.list(grant.branches).example(outside: all) else { return nil }
    return .branchNotHeld(example: branch)
  }
}
