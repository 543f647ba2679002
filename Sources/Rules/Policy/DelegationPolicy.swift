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
    /// Never below `derived`: a gate that took trailers would let authors approve themselves.
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
    /// How long after leaving the granting team somebody's grants still hold, in seconds.
    public var grace: Int64
    /// After how long without an act a grant is reported as unused, in seconds.
    public var unusedAfter: Int64

    public init(
      teams: [String] = [], maxDepth: Int = 0, maxDuration: Int64? = nil, paths: PathList = .everything,
      grace: Int64 = 0, unusedAfter: Int64 = 90 * 86_400
    ) {
      self.teams = teams
      self.maxDepth = maxDepth
      self.maxDuration = maxDuration
      self.paths = paths
      self.grace = grace
      self.unusedAfter = unusedAfter
    }
  }

  /// In the order of the file; the last one that matches a path decides.
  public var approvals: [ApprovalRule]
  /// True when an author's own approval counts.
  public var selfApproval: Bool
  /// True when an approval ends with the next revision; a gate never takes one of another revision, whatever this says.
  public var staleOnNewRevision: Bool
  /// True when an approval holds for a later revision that makes the same change of the same contents.
  public var survivesTrivialRebase: Bool
  public var minimumGrade: MinimumGrade
  /// Paths on which delegates alone never suffice.
  public var protected: PathList
  /// The least that every path below them needs, whatever the rules, delegates or an escalation say.
  ///
  /// All that match hold. The authors' own approval never counts there.
  public var floors: [ApprovalRule]
  /// Nil: nobody but the host team approves, because nothing says who may grant.
  public var granting: Granting?
  public var ladders: [Ladder]
  public var automatic: [AutomaticGrant]
  public var gate: GatePolicy

  public init(
    approvals: [ApprovalRule] = [.standard], selfApproval: Bool = false, staleOnNewRevision: Bool = true,
    survivesTrivialRebase: Bool = false, minimumGrade: MinimumGrade = MinimumGrade(),
    protected: PathList = .nothing, floors: [ApprovalRule] = [], granting: Granting? = nil,
    ladders: [Ladder] = [], automatic: [AutomaticGrant] = [], gate: GatePolicy = GatePolicy()
  ) {
    self.approvals = approvals
    self.selfApproval = selfApproval
    self.staleOnNewRevision = staleOnNewRevision
    self.survivesTrivialRebase = survivesTrivialRebase
    self.minimumGrade = minimumGrade
    self.protected = protected
    self.floors = floors
    self.granting = granting
    self.ladders = ladders
    self.automatic = automatic
    self.gate = gate
  }

  /// One approval for every path, by the platform or a delegate, never by the author.
  ///
  /// It holds for exactly the revision approved.
  public static let defaults = DelegationPolicy()

  /// The ladder of a name: one of the file's own, else one that ships.
  public func ladder(_ name: String) -> Ladder? {
    (ladders + Ladder.shipped).first { $0.name == name }
  }

  /// What a path needs: the last rule that matches, or the default rule when none does, and never less than the floors.
  ///
  /// A policy that lists no rule for a path has forgotten it rather than opened it, so one approval is still
  /// asked for.
  public func approvalRule(for path: [UInt8]) -> ApprovalRule {
    let rule = approvals.last { $0.paths.matches(path) } ?? .standard
    return raised(rule, isProtected: protected.matches(path), by: floors.filter { $0.paths.matches(path) })
  }

  /// What everything below a path needs that stops being a directory: the most that any rule below it asks for.
  ///
  /// A link in the place of a directory changes all that lies below.
  public func approvalRule(below path: [UInt8]) -> ApprovalRule {
    var strictest = approvalRule(for: path)
    for rule in approvals where rule.paths.mayMatch(below: path) {
      strictest.count = max(strictest.count, rule.count)
      strictest.from.formIntersection(rule.from)
    }
    return raised(
      strictest, isProtected: protected.mayMatch(below: path),
      by: floors.filter { $0.paths.mayMatch(below: path) })
  }

  private func raised(_ rule: ApprovalRule, isProtected: Bool, by floors: [ApprovalRule]) -> ApprovalRule {
    var rule = rule
    if isProtected {
      rule.count = max(rule.count, 1)
      rule.from = [.platform]
    }
    for floor in floors {
      rule.count = max(rule.count, floor.count)
      rule.from.formIntersection(floor.from)
    }
    return rule
  }

  /// A rule where an escalation lets delegates act alone: neither a protected path nor a floor gives way.
  public func widened(_ rule: ApprovalRule, for path: [UInt8]) -> ApprovalRule {
    guard !protected.matches(path) else { return rule }
    var rule = rule
    rule.from.insert(.delegated)
    for floor in floors where floor.paths.matches(path) { rule.from.formIntersection(floor.from) }
    return rule
  }

  /// Whether a path, or for a link anything below it, is protected or has a floor.
  public func isRaised(_ path: [UInt8], isLink: Bool) -> Bool {
    ([protected] + floors.map(\.paths)).contains { list in
      list.matches(path) || (isLink && list.mayMatch(below: path))
    }
  }

  /// Whether an author's own approval counts on a path.
  public func takesSelfApproval(on path: [UInt8]) -> Bool {
    selfApproval && !floors.contains { $0.paths.matches(path) }
  }
}

extension DelegationPolicy.ApprovalRule {
  /// One approval by the platform or a delegate, on every path.
  public static let standard = DelegationPolicy.ApprovalRule(
    paths: .everything, count: 1, from: [.platform, .delegated])
}
