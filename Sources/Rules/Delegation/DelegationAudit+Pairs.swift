internal import Facts

/// Grants beside one another.
extension DelegationAudit {
  /// More grants to one person than this are not compared with one another.
  private static let pairLimit = 100

  mutating func auditPairs() {
    let standing = grants.filter { $0.state == .inForce || $0.state == .notYet }
    for group in Dictionary(grouping: standing, by: \.grant.grantee).values {
      let sorted = group.map(\.grant).sorted { $0.id < $1.id }.prefix(Self.pairLimit)
      for (place, one) in sorted.enumerated() {
        for other in sorted[(place + 1)...] { audit(one, beside: other) }
      }
    }
  }

  /// Finds that one grant gives nothing beyond another at the same time.
  private mutating func audit(_ one: Grant, beside other: Grant) {
    guard one.period.meets(other.period), !one.verbs.isDisjoint(with: other.verbs) else { return }
    let (left, right) = (PathRegion.list(one.paths), PathRegion.list(other.paths))
    guard left.meets(right) == true else { return }
    let contains = (one.covers(other), other.covers(one))
    switch contains {
    case (true, true):
      append(AuditFinding(.duplicate, .warning, grant: other.id, .beside(one.id)))
    case (true, false):
      append(AuditFinding(.overlapping, .note, grant: other.id, .beside(one.id)))
    case (false, true), (false, false):
      append(AuditFinding(.overlapping, .note, grant: one.id, .beside(other.id)))
    }
  }
}

extension Grant {
  /// Whether it gives everything that another one gives, dates aside.
  fileprivate func covers(_ other: Grant) -> Bool {
    other.verbs.isSubset(of: verbs) && other.limits.isInside(limits) && other.depth <= depth
      && PathRegion.list(other.paths).isInside(.list(paths)) == true
      && PathRegion.list(other.branches).isInside(.list(branches)) == true
  }
}

extension Period {
  /// Whether some moment lies in both.
  fileprivate func meets(_ other: Period) -> Bool {
    let from = [from, other.from].compactMap { $0 }.max()
    let until = [until, other.until].compactMap { $0 }.min()
    guard let from, let until else { return true }
    return from < until
  }
}
