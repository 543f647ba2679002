public import Facts

/// Something about grants, or about approvals under them, that somebody should look at.
public struct AuditFinding: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Worth knowing.
    case note
    /// To be put right in good time.
    case warning
    /// A right is used or claimed that nobody holds.
    case error

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case broughtByNobodyEntitled = "brought-by-nobody-entitled"
    case idReused = "id-reused"
    case orphaned
    case selfGranted = "self-granted"
    case circle
    case chainTooLong = "chain-too-long"
    case tooDeep = "too-deep"
    case tooLong = "too-long"
    case noAutomaticRule = "no-automatic-rule"
    case overCap = "over-cap"
    case tooManyGrants = "too-many-grants"
    case nobodyMayGrant = "nobody-may-grant"
    case notEarned = "not-earned"
    case granteeNotInRoster = "grantee-not-in-roster"
    case granteeIsMachine = "grantee-is-machine"
    case approvalUnderEndedGrant = "approval-under-ended-grant"
    case approvalBeyondGrant = "approval-beyond-grant"
    case approvalUnderVoidGrant = "approval-under-void-grant"
    case approvalWithoutRight = "approval-without-right"
    case widerThanGrantor = "wider-than-grantor"
    case coversProtected = "covers-protected"
    case coversEverything = "covers-everything"
    case openEnded = "open-ended"
    case unused
    case unusedPaths = "unused-paths"
    case duplicate
    case overlapping
    case expiring
    case fewReviewers = "few-reviewers"
  }

  /// What was found, as data to be worded.
  public enum Matter: Hashable, Sendable {
    case doesNotHold(GrantMiss)
    case wider(GrantObjection)
    /// The ladder, and what of it was not met when the grant came.
    case notEarned(ladder: String, [Readiness.Criterion], Readiness.Standing)
    case grantee(String)
    /// An approval by a person at a moment; `reason` says what it was worth.
    case approval(by: PersonKey, at: Instant?, reason: JudgedApproval.Reason, landed: Bool)
    /// A path, as an example.
    case path([UInt8])
    case everything
    case openEnded
    /// No act since this moment.
    case unused(since: Instant)
    case unusedPaths([String])
    /// Another grant that gives the same to the same, or part of it.
    case beside(String)
    case expires(Instant)
    /// A component, or nil for what is in none, and how many people may approve this path of it.
    case reviewers(component: String?, path: [UInt8], count: Int)
  }

  public var kind: Kind
  public var severity: Severity
  /// The grant concerned; nil where none is.
  public var grant: String?
  public var matter: Matter
  /// Contributions that show it.
  public var evidence: [ContributionReference]

  public init(
    _ kind: Kind, _ severity: Severity, grant: String? = nil, _ matter: Matter,
    evidence: [ContributionReference] = []
  ) {
    self.kind = kind
    self.severity = severity
    self.grant = grant
    self.matter = matter
    self.evidence = evidence
  }
}

extension AuditFinding {
  /// The most serious first, then by kind, grant and evidence.
  static func precedes(_ left: AuditFinding, _ right: AuditFinding) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.kind != right.kind { return left.kind.place < right.kind.place }
    if left.grant != right.grant { return (left.grant ?? "") < (right.grant ?? "") }
    if left.evidence != right.evidence { return left.evidence.lexicographicallyPrecedes(right.evidence) }
    return left.matter.order.lexicographicallyPrecedes(right.matter.order)
  }
}

extension AuditFinding.Kind {
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension AuditFinding.Matter {
  /// What tells findings apart that are the same otherwise.
  fileprivate var order: [String] {
    switch self {
    case .approval(let person, let at, _, _): [person.description, String(at?.seconds ?? 0)]
    case .beside(let id): [id]
    case .grantee(let handle): [handle]
    case .reviewers(let component, let path, _): [component ?? "", String(decoding: path, as: UTF8.self)]
    case .path(let path): [String(decoding: path, as: UTF8.self)]
    default: []
    }
  }
}

/// Findings that cannot be told here, and why.
public struct AuditRefusal: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// No source in this clone keeps reviews.
    case reviewsNotInGit = "reviews-not-in-git"
    /// Without a roster nobody can be told to hold a right.
    case noRoster = "no-roster"
    /// Ownership files name approvers as well, path by path.
    case ownersByFile = "owners-by-file"
    /// The patterns are too involved to be compared.
    case pathsNotComparable = "paths-not-comparable"
  }

  public var kind: AuditFinding.Kind
  public var reason: Reason

  public init(_ kind: AuditFinding.Kind, _ reason: Reason) {
    self.kind = kind
    self.reason = reason
  }
}
