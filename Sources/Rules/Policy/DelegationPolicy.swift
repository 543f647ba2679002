public import Facts

/// Whose approval lets a change land, and who may pass that right on: the content of `delegation.json5`.
public struct DelegationPolicy: Hashable, Sendable {
  /// By what right an approval counts.
  public enum Source: String, Hashable, Sendable, CaseIterable {
    /// As a member of the path's host team.
    case platform
    /// As the holder of a grant for the path.
    case delegated
  }

  /// How many people have to approve a change of a path.
  public struct ApprovalRule: Hashable, Sendable {
    public var paths: PathList
    /// Distinct people; 0 means that no approval is asked for.
    public var count: Int
    public var from: Set<Source>

    public init(paths: PathList, count: Int, from: Set<Source>) {
      self.paths = paths
      self.count = count
      self.from = from
    }
  }

  /// How well an approval must be known to count.
  public struct MinimumGrade: Hashable, Sendable {
    public var reports: Grade
    /// Never below `recorded`: a gate that took trailers would let authors approve themselves.
    public var gate: Grade

    public init(reports: Grade = .claimed, gate: Grade = .recorded) {
      self.reports = reports
      self.gate = gate
    }
  }

  /// Who may grant what to others.
  public struct Granting: Hashable, Sendable {
    /// Ids of the teams whose members may grant; empty means the host teams.
    public var teams: [String]
    /// How often a grant may be passed on.
    public var maxDepth: Int
    /// The longest time a grant may run, in seconds; nil for no limit.
    public var maxDuration: Int64?
    /// What may be granted at all.
    public var paths: PathList

    public init(
      teams: [String] = [], maxDepth: Int = 0, maxDuration: Int64? = nil, paths: PathList = .everything
    ) {
      self.teams = teams
      self.maxDepth = maxDepth
      self.maxDuration = maxDuration
      self.paths = paths
    }
  }

  /// What somebody must have done to be proposed for a right; nil is not asked for.
  public struct Ladder: Hashable, Sendable {
    public var name: String
    public var landed: Int?
    public var reviews: Int?
    public var months: Int?
    /// The least share (0 to 1) of reviews that agreed with the later decision.
    public var agreement: Double?

    public init(
      name: String, landed: Int? = nil, reviews: Int? = nil, months: Int? = nil, agreement: Double? = nil
    ) {
      self.name = name
      self.landed = landed
      self.reviews = reviews
      self.months = months
      self.agreement = agreement
    }
  }

  /// A grant that is made without a person in between once a ladder is climbed.
  public struct AutomaticGrant: Hashable, Sendable {
    public var ladder: String
    public var paths: PathList
    public var verbs: Set<Grant.Verb>
    /// How long the grant runs, in seconds.
    public var duration: Int64

    public init(ladder: String, paths: PathList, verbs: Set<Grant.Verb>, duration: Int64) {
      self.ladder = ladder
      self.paths = paths
      self.verbs = verbs
      self.duration = duration
    }
  }

  /// In the order of the file; the last one that matches a path decides.
  public var approvals: [ApprovalRule]
  /// True when an author's own approval counts.
  public var selfApproval: Bool
  /// True when an approval holds for a later revision with the same patch id.
  public var survivesTrivialRebase: Bool
  public var minimumGrade: MinimumGrade
  /// Paths on which delegates alone never suffice.
  public var protected: PathList
  /// Nil: nobody but the host team approves, because nothing says who may grant.
  public var granting: Granting?
  public var ladders: [Ladder]
  public var automatic: [AutomaticGrant]

  public init(
    approvals: [ApprovalRule] = [.standard], selfApproval: Bool = false, survivesTrivialRebase: Bool = false,
    minimumGrade: MinimumGrade = MinimumGrade(), protected: PathList = PathList([] as [PathList.Entry]),
    granting: Granting? = nil, ladders: [Ladder] = [], automatic: [AutomaticGrant] = []
  ) {
    self.approvals = approvals
    self.selfApproval = selfApproval
    self.survivesTrivialRebase = survivesTrivialRebase
    self.minimumGrade = minimumGrade
    self.protected = protected
    self.granting = granting
    self.ladders = ladders
    self.automatic = automatic
  }

  /// One approval for every path, by the platform or a delegate, never by the author.
  ///
  /// It holds for exactly the revision approved.
  public static let defaults = DelegationPolicy()

  /// The rule for a path: the last one that matches, or the default rule when none does.
  ///
  /// A policy that lists no rule for a path has forgotten it rather than opened it, so one approval is still
  /// asked for.
  public func approvalRule(for path: [UInt8]) -> ApprovalRule {
    let rule = approvals.last { $0.paths.matches(path) } ?? .standard
    guard protected.matches(path) else { return rule }
    return ApprovalRule(paths: rule.paths, count: max(rule.count, 1), from: [.platform])
  }
}

extension DelegationPolicy.ApprovalRule {
  /// One approval by the platform or a delegate, on every path.
  public static let standard = DelegationPolicy.ApprovalRule(
    paths: .everything, count: 1, from: [.platform, .delegated])
}
