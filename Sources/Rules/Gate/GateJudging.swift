internal import Facts

/// Weighs the approvals of one update against what its paths need.
struct GateJudging {
  private let gate: Gate
  private let update: ProposedUpdate
  private let change: Gate.PolicyChange
  private let weights: [GateWeight]
  /// By commit: the weights that cover it.
  private let covering: [[Int]]
  private let pusher: Roster.Person?
  private(set) var requirements: [GateRequirement] = []
  private(set) var approvals: [GateApproval] = []

  init(_ gate: Gate, _ update: ProposedUpdate, _ change: Gate.PolicyChange) {
    self.gate = gate
    self.update = update
    self.change = change
    pusher = gate.context.pusher.flatMap { gate.identities.approver($0) }
    weights = update.approvals.map { GateWeight($0, gate, update) }
    var covering = [[Int]](repeating: [], count: update.commits.count)
    for (number, weight) in weights.enumerated() where weight.objection == nil {
      for place in weight.covers where covering.indices.contains(place) {
        covering[place].append(number)
      }
    }
    self.covering = covering
    judge()
  }

  /// What a path needs and has, apart from the path itself.
  private struct Answer: Hashable {
    var needed: Int
    var from: Set<DelegationPolicy.Source>
    var approvedBy: [String]
    var commit: ObjectName?
    var hostTeams: [String]
    var isPolicy: Bool
  }

  private mutating func judge() {
    var touching: [[UInt8]: (path: ProposedPath, commits: [Int])] = [:]
    for (place, commit) in update.commits.enumerated() {
      // Without changes it still speaks, in its author's name, on the branch.
      if commit.paths.isEmpty, commit.needsApproval {
        touching[[], default: (ProposedPath([]), [])].commits.append(place)
      }
      for number in commit.paths {
        for path in Self.judged(update.paths[number]) {
          touching[path.bytes, default: (path, [])].commits.append(place)
        }
      }
    }
    var used: [Int: Use] = [:]
    var groups: [Answer: [String]] = [:]
    for (bytes, touched) in touching {
      let answer = answer(touched.path, touched.commits, &used)
      groups[answer, default: []].append(String(decoding: bytes, as: UTF8.self))
    }
    requirements = groups.map { answer, paths in Self.requirement(answer, paths) }.sorted(by: Self.precedes)
    approvals = weights.enumerated().map { number, weight in
      weight.result(used[number]) { weight.miss(update.paths.lazy.prefix(1_000).map(\.bytes), gate) }
    }
  }

  /// A moved submodule also needs whoever answers for the file that says where it comes from.
  private static func judged(_ path: ProposedPath) -> [ProposedPath] {
    path.isSubmodule ? [path, ProposedPath(Array(".gitmodules".utf8))] : [path]
  }

  /// For what an approval counted.
  struct Use {
    var authority: Set<DelegationPolicy.Source> = []
    var grants: Set<String> = []
  }

  private func answer(_ path: ProposedPath, _ commits: [Int], _ used: inout [Int: Use]) -> Answer {
    let isPolicy = gate.context.directory.map { isInPolicy(path.bytes, $0) } ?? false
    let rule = rule(for: path, isPolicy: isPolicy)
    let hosts = gate.context.policy.hostTeams(of: path.bytes, in: gate.context.repository)
    var weakest = Answer(
      needed: rule.count, from: rule.from, approvedBy: [], commit: nil, hostTeams: hosts, isPolicy: isPolicy)
    guard rule.count > 0 else { return weakest }
    var isFirst = true
    for place in commits {
      if isOwnAct(path, place, isPolicy: isPolicy) { continue }
      var people: Set<String> = []
      for number in covering[place] {
        guard let right = weights[number].right(on: path, rule, gate) ?? bringing(path, number) else {
          continue
        }
        people.insert(weights[number].handle)
        used[number, default: Use()].authority.insert(right.source)
        used[number, default: Use()].grants.formUnion(right.grants)
      }
      guard isFirst || people.count < weakest.approvedBy.count else { continue }
      isFirst = false
      weakest.approvedBy = people.sorted()
      weakest.commit = people.count < rule.count ? update.commits[place].name : nil
    }
    // Every commit was an act that needs nobody else.
    if isFirst { weakest.needed = 0 }
    return weakest
  }

  private func rule(for path: ProposedPath, isPolicy: Bool) -> DelegationPolicy.ApprovalRule {
    let delegation = gate.context.policy.delegation
    var rule =
      path.isLink ? delegation.approvalRule(below: path.bytes) : delegation.approvalRule(for: path.bytes)
    if isPolicy {
      rule.count = max(rule.count, delegation.gate.policyChange.count)
      rule.from = delegation.gate.policyChange.from
    } else if gate.context.widened.matches(path.bytes) {
      rule = delegation.widened(rule, for: path.bytes)
    }
    return rule
  }

  /// Whether a commit needs no approval on a path: a listed robot's own work, or a grant that the pusher may give.
  ///
  /// Neither goes below what is protected or has a floor, and no robot decides on the policy.
  private func isOwnAct(_ path: ProposedPath, _ place: Int, isPolicy: Bool) -> Bool {
    guard let pusher, !isRaised(path) else { return false }
    let robots = gate.context.policy.delegation.gate.robots
    let isRobot = !isPolicy && robots.contains { $0.person == pusher.handle && $0.paths.matches(path.bytes) }
    let contributors = update.commits[place].contributors
    // That it did not come from somebody else must be known: an author's name is anybody's to write.
    let isBrought = contributors.contains { $0.role == .pusher }
    if isRobot, isBrought,
      contributors.allSatisfy({ gate.identities.contributor($0.identity) == pusher.handle })
    {
      return true
    }
    return mayBring(path.bytes, pusher.handle)
  }

  private func isRaised(_ path: ProposedPath) -> Bool {
    gate.context.policy.delegation.isRaised(path.bytes, isLink: path.isLink)
  }

  /// Whether somebody may give, change or take back the grant that a file holds.
  private func mayBring(_ path: [UInt8], _ handle: String) -> Bool {
    guard let directory = gate.context.directory, case .changed(let policy, _) = change else { return false }
    let text = String(decoding: path, as: UTF8.self)
    let start = "\(directory)/grants/"
    guard text.hasPrefix(start), text.hasSuffix(".json5") else { return false }
    let id = text.dropFirst(start.count).dropLast(".json5".count)
    let known = gate.context.policy.grants.first { $0.id == id }
    let grants = [known, policy.grants.first { $0.id == id }].compactMap { $0 }
    return !grants.isEmpty
      && grants.allSatisfy { gate.chains.mayBring($0, .handle(handle), at: gate.context.now) }
  }

  private func bringing(_ path: ProposedPath, _ number: Int) -> GateWeight.Right? {
    guard !isRaised(path), mayBring(path.bytes, weights[number].handle) else { return nil }
    return GateWeight.Right(source: .delegated, grants: [])
  }

  private static let shownPaths = 20

  private static func requirement(_ answer: Answer, _ paths: [String]) -> GateRequirement {
    let sorted = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return GateRequirement(
      paths: Array(sorted.prefix(shownPaths)), pathCount: sorted.count, needed: answer.needed,
      from: answer.from, approvedBy: answer.approvedBy, commit: answer.commit, hostTeams: answer.hostTeams)
  }

  /// What is lacking first, then by path.
  private static func precedes(_ one: GateRequirement, _ other: GateRequirement) -> Bool {
    if one.isMet != other.isMet { return !one.isMet }
    return (one.paths.first ?? "").utf8.lexicographicallyPrecedes((other.paths.first ?? "").utf8)
  }
}
