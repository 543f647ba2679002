public import Facts

/// What a push may do to the references of a repository: the key `gate` of `delegation.json5`.
public struct GatePolicy: Hashable, Sendable {
  /// A person or service that may land changes of some paths without approvals.
  public struct Robot: Hashable, Sendable {
    /// A handle of the roster; nothing that only looks like it counts.
    public var person: String
    public var paths: PathList

    public init(person: String, paths: PathList) {
      self.person = person
      self.paths = paths
    }
  }

  /// What becomes of a change by people whom the roster does not know.
  public enum UnknownContributors: String, Hashable, Sendable, CaseIterable {
    /// It may land; the verdict says so.
    case report
    case refuse
  }

  /// Full names of the references that are guarded, as globs; nil: the branches of the platform file, or the
  /// repository's main one.
  public var branches: PathList?
  /// Full names of tags that are never moved or deleted, and only made on what a guarded branch holds.
  public var tags: PathList
  /// Guarded branches that may be rewound.
  public var rewindable: PathList
  /// What a change of the policy itself needs.
  public var policyChange: DelegationPolicy.ApprovalRule
  public var robots: [Robot]
  public var unknownContributors: UnknownContributors
  /// The systems whose records of approvals count.
  ///
  /// Naming one also guards the references that hold its records, because who can write them can approve.
  public var approvalsFrom: Set<ApprovalSource>

  public init(
    branches: PathList? = nil, tags: PathList = .nothing, rewindable: PathList = .nothing,
    policyChange: DelegationPolicy.ApprovalRule = .policyChange, robots: [Robot] = [],
    unknownContributors: UnknownContributors = .report, approvalsFrom: Set<ApprovalSource> = [.appraise]
  ) {
    self.branches = branches
    self.tags = tags
    self.rewindable = rewindable
    self.policyChange = policyChange
    self.robots = robots
    self.unknownContributors = unknownContributors
    self.approvalsFrom = approvalsFrom
  }
}

extension DelegationPolicy.ApprovalRule {
  /// One approval by the platform: no delegate decides who is one.
  public static let policyChange = DelegationPolicy.ApprovalRule(
    paths: .everything, count: 1, from: [.platform])
}
