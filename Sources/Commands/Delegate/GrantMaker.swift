internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// Makes grants and judges them as if they were proposed already.
struct GrantMaker {
  let scene: DelegationScene
  let files: GrantFiles

  /// The policy that judges: the one in force before the grant; where there is none yet, the files themselves.
  private var judge: (policy: Policy, chains: GrantChains) {
    let inForce = scene.policies.inForce(at: scene.asOf)
    let isStated = !inForce.policy.stated.isEmpty
    guard isStated else { return (files.policy, GrantChains(files.policy)) }
    return (inForce.policy, scene.chains(at: scene.asOf))
  }

  /// Ids that no new grant may have.
  private var usedIDs: Set<String> { scene.policies.grantIDs.union(files.policy.grants.map(\.id)) }

  /// The grant under an id: the one asked for, else one made of its first path and its holder.
  func named(_ grant: Grant, _ wanted: String?) -> Grant {
    var grant = grant
    grant.id = wanted ?? Self.freeID(for: grant, used: usedIDs)
    return grant
  }

  /// An id made of the grant's first path and its holder, with a number if it was used before.
  static func freeID(for grant: Grant, used: Set<String>) -> String {
    let holder =
      switch grant.grantee {
      case .person(let name), .team(let name): name
      }
    let first = grant.paths.entries.first { !$0.isExclusion }?.pattern.text ?? ""
    let words = first.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.prefix(3)
    let stem = ((words.isEmpty ? ["all"] : words.map { $0.lowercased() }) + [holder]).joined(separator: "-")
    let base = String(stem.prefix(56))
    guard used.contains(base) else { return base }
    var number = 2
    while used.contains("\(base)-\(number)") { number += 1 }
    return "\(base)-\(number)"
  }

  /// What speaks against a grant.
  func objections(to grant: Grant) -> [GrantObjection] {
    let (policy, chains) = judge
    if usedIDs.contains(grant.id) { return [.idUsedBefore(grant.id)] }
    let found = chains.objections(to: grant, at: scene.asOf)
    guard found.isEmpty else { return found }
    // Whatever else the chains may say once it is there.
    var proposed = policy
    proposed.grants = (policy.grants + [grant]).sorted { $0.id < $1.id }
    let moment = max(scene.asOf, grant.period.from ?? scene.asOf)
    let flaws = scene.grants?.flaws(inVersion: scene.policies.inForce(at: scene.asOf).place) ?? [:]
    switch GrantChains(proposed, flaws: flaws).standing(of: grant, at: moment) {
    case .held: return []
    case .missed(let miss): return [.doesNotHold(miss)]
    }
  }

  /// What the giver of a grant could give.
  private func allowed(to grant: Grant) -> [HeldRight] {
    guard let giver = grant.grantedBy else { return [] }
    return judge.chains.grantingRights(of: giver, at: scene.asOf, without: grant.id)
  }

  /// The files of some grants with what speaks against each; the whole policy with them must load.
  func report(on grants: [Grant], remarks: [GrantDraftReport.Remark]) throws -> GrantDraftReport {
    let drafts = grants.map { grant in
      let objections = objections(to: grant)
      return GrantDraftReport.File(
        grant: grant, path: files.path(of: grant.id), text: PolicyWriter.grant(grant),
        objections: objections, allowed: objections.isEmpty ? [] : allowed(to: grant))
    }
    if drafts.allSatisfy(\.objections.isEmpty) {
      _ = try files.policy(
        with: drafts.map { (path: "grants/\($0.grant.id).json5", bytes: Array($0.text.utf8)) })
    }
    return GrantDraftReport(
      action: .grant, files: drafts,
      commands: drafts.isEmpty
        ? [] : files.commands(for: drafts.map(\.path), message: Self.message(grants)), remarks: remarks,
      isWritten: false)
  }

  private static func message(_ grants: [Grant]) -> String {
    guard grants.count == 1, let grant = grants.first else {
      return "Grant \(grants.map(\.id).joined(separator: ", "))"
    }
    let holder =
      switch grant.grantee {
      case .person(let name), .team(let name): name
      }
    let verbs = Grant.Verb.allCases.filter(grant.verbs.contains).map(\.rawValue).joined(separator: ", ")
    return
      "Grant \(grant.id): \(holder) may \(verbs) \(grant.paths.entries.map(\.text).joined(separator: " "))"
  }

  /// What whoever commits should know.
  func remarks(
    committing grants: [Grant], _ plan: AnalysisPlan, _ world: World
  ) throws -> [GrantDraftReport.Remark] {
    var remarks: [GrantDraftReport.Remark] = []
    let address = try world.ownAddress(repository: plan.repositories.first ?? ".")
    let committer = address.flatMap { RosterLookup(roster: scene.roster).known($0)?.handle }
    let chains = judge.chains
    let alien = grants.first { grant in
      committer.map { !chains.mayBring(grant, .handle($0), at: scene.asOf) } ?? true
    }
    if let alien { remarks.append(.needsEntitled(committer: committer ?? address, giver: alien.giver)) }
    let inForce = scene.policies.inForce(at: scene.asOf).policy
    if plan.policies == nil, !inForce.stated.isEmpty, inForce != files.policy {
      remarks.append(.directoryDiffers)
    }
    return remarks
  }
}

extension GrantMaker {
  /// The grants that the policy's automatic rules give now to whoever has climbed their ladders.
  func automaticGrants() -> (grants: [Grant], remarks: [GrantDraftReport.Remark]) {
    let policy = judge.policy
    let book = scene.book()
    var grants: [Grant] = []
    var remarks: [GrantDraftReport.Remark] = []
    for rule in policy.delegation.automatic {
      guard let ladder = policy.delegation.ladder(rule.ladder) else { continue }
      let given = (policy.grants + grants).count { rule.counts($0, at: scene.asOf) }
      var room = max(0, rule.most - given)
      let question = ReadinessJudge.Question(
        paths: rule.paths, ladder: ladder, verbs: rule.verbs, asOf: scene.asOf)
      let judging = ReadinessJudge(book, question, chains: scene.chains(at:))
      for person in judging.people where judging.readiness(of: person).standing == .ready {
        guard case .handle(let handle) = person else { continue }
        guard room > 0 else {
          remarks.append(.overCap(person: handle, ladder: rule.ladder, most: rule.most))
          continue
        }
        room -= 1
        grants.append(grant(by: rule, to: handle, taken: Set(grants.map(\.id))))
      }
    }
    if grants.isEmpty, remarks.isEmpty { remarks.append(.nobodyClimbed) }
    return (grants, remarks)
  }

  private func grant(
    by rule: DelegationPolicy.AutomaticGrant, to handle: String, taken: Set<String>
  ) -> Grant {
    let from = Instant(startOf: scene.asOf.utcDate)
    var grant = Grant(
      id: "", grantee: .person(handle), verbs: rule.verbs, paths: rule.paths, giver: .ladder(rule.ladder),
      limits: rule.limits, period: Period(from: from, until: from.advanced(by: rule.duration)),
      reason: "climbed the ladder \(rule.ladder)")
    grant.id = Self.freeID(for: grant, used: usedIDs.union(taken))
    return grant
  }
}

extension DelegationPolicy.AutomaticGrant {
  /// Whether a grant takes one of the places of this rule at a moment.
  fileprivate func counts(_ grant: Grant, at moment: Instant) -> Bool {
    grant.giver == .ladder(ladder) && grant.verbs.isSubset(of: verbs) && grant.isInForce(at: moment)
  }
}
