/// Which paths a policy leaves to whom, as regions.
struct ApprovalRegions {
  /// Paths on which delegates alone never suffice.
  let platformOnly: PathRegion
  /// Paths on which the host team's approval is not asked for.
  let delegatedOnly: PathRegion
  /// Paths that need no approval.
  let free: PathRegion

  init(_ policy: DelegationPolicy) {
    func decided(_ wanted: (DelegationPolicy.ApprovalRule) -> Bool) -> [PathRegion] {
      policy.approvals.enumerated().filter { wanted($1) }.map { place, rule in
        let later = policy.approvals[(place + 1)...].map { PathRegion.list($0.paths) }
        return .all([.list(rule.paths), .except(.any(later))])
      }
    }
    let floors = policy.floors
    platformOnly = .any(
      decided { !$0.from.contains(.delegated) } + [.list(policy.protected)]
        + floors.filter { !$0.from.contains(.delegated) }.map { .list($0.paths) })
    delegatedOnly = .all([
      .any(
        decided { !$0.from.contains(.platform) }
          + floors.filter { !$0.from.contains(.platform) }.map { .list($0.paths) }),
      .except(.list(policy.protected)),
    ])
    let raised = [PathRegion.list(policy.protected)] + floors.filter { $0.count > 0 }.map { .list($0.paths) }
    free = .all([.any(decided { $0.count == 0 }), .except(.any(raised))])
  }

  /// What somebody may approve who is in a host team of some paths, and holds rights on others.
  func approvable(hosted: PathRegion, held: PathRegion) -> PathRegion {
    .any([.all([hosted, .except(delegatedOnly)]), .all([held, .except(platformOnly)])])
  }
}
