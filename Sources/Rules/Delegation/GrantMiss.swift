public import Facts

/// Why a right does not hold.
public enum GrantMiss: Hashable, Sendable {
  case noGrant
  /// The policy says of nobody that they may grant.
  case nobodyMayGrant
  case tooManyGrants
  case outOfScope(String)
  /// It is meant for other branches.
  case branchNotGranted(String)
  case verbMissing(String, Grant.Verb)
  /// The change touches more paths than the right may be used on.
  case tooManyPaths(String, limit: Int)
  case kindNotGranted(String, ChangeKind)
  case selfGranted(String)
  case circle(String)
  case chainTooLong(String)
  /// The link may not be passed on so often.
  case depthUsedUp(String)
  /// The policy has no rule by which a ladder gives this much.
  case noAutomaticRule(String)
  /// More grants of its rule are in force than may be.
  case overCap(String)
  /// Whoever gave it holds no right of their own to give it.
  case orphaned(String, grantor: String)
  /// The policy lets nobody grant this path.
  case pathNotGrantable(String)
  /// It runs longer than the policy allows, or without an end where one is asked for.
  case tooLong(String)
  case flawed(String, GrantFlaw)
  case notYet(String, from: Instant)
  case revoked(String, on: Instant)
  case expired(String, at: Instant)

  /// The grant that failed, where one did.
  public var grant: String? {
    switch self {
    case .noGrant, .nobodyMayGrant, .tooManyGrants: nil
    case .outOfScope(let id), .branchNotGranted(let id), .verbMissing(let id, _), .tooManyPaths(let id, _),
      .kindNotGranted(let id, _), .selfGranted(let id), .circle(let id), .chainTooLong(let id),
      .depthUsedUp(let id), .noAutomaticRule(let id), .overCap(let id), .orphaned(let id, _),
      .pathNotGrantable(let id), .tooLong(let id), .flawed(let id, _), .notYet(let id, _),
      .revoked(let id, _), .expired(let id, _):
      id
    }
  }
}

extension GrantMiss: Comparable {
  /// By how near it came to holding.
  public static func < (left: GrantMiss, right: GrantMiss) -> Bool { left.nearness < right.nearness }

  private var nearness: Int {
    switch self {
    case .noGrant: 0
    case .nobodyMayGrant: 1
    case .tooManyGrants: 2
    case .outOfScope: 3
    case .branchNotGranted: 4
    case .verbMissing: 5
    case .kindNotGranted: 6
    case .tooManyPaths: 7
    case .selfGranted: 8
    case .circle: 9
    case .chainTooLong: 10
    case .depthUsedUp: 11
    case .noAutomaticRule: 12
    case .overCap: 13
    case .orphaned: 14
    case .pathNotGrantable: 15
    case .tooLong: 16
    case .flawed: 17
    case .notYet: 18
    case .revoked: 19
    case .expired: 20
    }
  }
}

/// What the history of a policy says against a grant.
public enum GrantFlaw: String, Hashable, Sendable, CaseIterable {
  /// Nobody who may grant it wrote or approved the commit that brought it.
  case broughtByNobodyEntitled = "brought-by-nobody-entitled"
  /// An earlier grant of the same id had been taken away.
  case idReused = "id-reused"
}
