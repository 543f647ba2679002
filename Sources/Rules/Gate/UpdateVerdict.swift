public import Facts

/// The answer to "may this land here now?", with everything it rests on.
public struct UpdateVerdict: Sendable {
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    case passed
    case refused
    /// What is needed to judge is not there; never a pass.
    case incomplete
  }

  public var reference: String
  public var old: ObjectName?
  public var new: ObjectName?
  public var outcome: Outcome
  /// What stands against it; the worst kind first, then by path.
  public var violations: [GateViolation]
  /// What each touched path needs and has; paths with the same answer stand together.
  public var requirements: [GateRequirement]
  /// Every approval that was looked at, counted or not.
  public var approvals: [GateApproval]
  /// Addresses of contributors whom the roster does not know, sorted.
  public var unknownContributors: [String]
  /// The commit of the policy that judged; nil for one from outside Git.
  public var policy: ObjectName?
  public var commitCount: Int
  public var pathCount: Int

  public init(
    reference: String, old: ObjectName?, new: ObjectName?, outcome: Outcome,
    violations: [GateViolation] = [], policy: ObjectName? = nil
  ) {
    self.reference = reference
    self.old = old
    self.new = new
    self.outcome = outcome
    self.violations = violations
    requirements = []
    approvals = []
    unknownContributors = []
    self.policy = policy
    commitCount = 0
    pathCount = 0
  }
}

/// One thing that stands against an update.
public struct GateViolation: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Fewer people than needed have approved the change of these paths.
    case notApproved(GateRequirement)
    /// The change of policy is not approved as such a change must be.
    case policyNotApproved(GateRequirement)
    /// The policy would be unreadable afterwards; each problem as a line.
    case policyBroken([String])
    /// The policy that should judge cannot be read; each problem as a line.
    case policyUnreadable([String])
    /// The policy would be gone.
    case policyRemoved
    /// A grant in it does not stand.
    case grantFlawed(String, GrantFlaw)
    case flaw(ObjectFlaw)
    /// A name that some file systems take for a protected one.
    case protectedTwin(path: String, of: String)
    case rewind
    /// It does not stand where the push says it does.
    case moved
    case deletion
    case tagMoved
    case tagOutsideBranches
    /// A reference name that programs may take for another.
    case ambiguousName
    case unknownContributor(String)
    /// Nothing says who may approve anything.
    case noPolicy
    case noRoster
    /// Nothing can be said, and why.
    case obstacle(UpdateObstacle)
    /// A record of somebody else's word, or one taken away.
    case notes(NotesFlaw)
  }

  public var kind: Kind
  /// Where it was found.
  public var commit: ObjectName?

  public init(_ kind: Kind, commit: ObjectName? = nil) {
    self.kind = kind
    self.commit = commit
  }

  /// Whether it means that judging was not possible, rather than that something is wrong.
  public var isObstacle: Bool { if case .obstacle = kind { true } else { false } }
}

/// What is wrong with a push to the notes that hold reviews.
public enum NotesFlaw: Hashable, Sendable {
  /// The history of the notes would be rewritten.
  case rewritten
  /// A line that stood in the note on this object would be gone.
  case lineRemoved(ObjectName)
  /// A verdict in somebody's name that neither they pushed nor their key signed.
  case notTheirOwn(ObjectName, author: String)
  case unreadable(ObjectName, detail: String)
  /// What the server itself records is nobody's to push.
  case serverOwn
  /// What a review system records is its service's alone to push.
  case systemOwn(ApprovalSource)
  /// This person's approval would be taken back by somebody else.
  case takenBack(author: String)
}

/// What a set of paths needs, and what of it is there.
public struct GateRequirement: Hashable, Sendable {
  /// For people; the first ones, sorted.
  public var paths: [String]
  public var pathCount: Int
  /// Distinct people.
  public var needed: Int
  public var from: Set<DelegationPolicy.Source>
  /// Handles of those whose approvals count, sorted.
  public var approvedBy: [String]
  /// The first commit that is not approved; nil where all are.
  public var commit: ObjectName?
  /// Who could approve it: host teams of the paths, sorted.
  public var hostTeams: [String]

  public var isMet: Bool { approvedBy.count >= needed }

  public init(
    paths: [String], pathCount: Int, needed: Int, from: Set<DelegationPolicy.Source>, approvedBy: [String],
    commit: ObjectName?, hostTeams: [String]
  ) {
    self.paths = paths
    self.pathCount = pathCount
    self.needed = needed
    self.from = from
    self.approvedBy = approvedBy
    self.commit = commit
    self.hostTeams = hostTeams
  }
}

/// One approval and what a gate makes of it.
public struct GateApproval: Hashable, Sendable {
  /// Why it counts nowhere; nil where it counts for some path at least.
  public enum Objection: Hashable, Sendable {
    /// The policy does not name the system that keeps the record.
    case systemNotNamed(ApprovalSource)
    /// The record does not say which commit was approved.
    case namesNoRevision
    /// What was approved is not what would land.
    case otherRevision
    /// Given for another branch, by its full name; nil where the record names none.
    case otherBranch(String?)
    /// The review asked for another branch as well, at some time.
    case severalBranches(String)
    case edited
    case superseded
    /// Taken back by whoever gave it, or dismissed.
    case withdrawn
    case gradeTooLow(Grade, needed: Grade)
    /// Approved the same change, but the policy does not let approvals outlive a rebase.
    case rebased
    /// The address is not, byte for byte, one of the roster.
    case unknownPerson
    case machine
    /// Had a hand in the change: as what, and in which commit.
    case contributor(ProposedContributor.Role, ObjectName)
    /// Approves and pushes, and nobody else is on record as having brought this commit.
    case broughtByNobodyElse(ObjectName)
    /// Neither in the host team nor holding a grant for any of the paths; the nearest miss.
    case noAuthority(GrantMiss)
    /// Entitled when it was given, not any more.
    case noAuthorityNow(GrantMiss)
    /// Dated in the future.
    case notYetGiven
    case undated
  }

  public var approval: ProposedApproval
  /// The handle; nil for an address that the roster does not know.
  public var person: String?
  public var objection: Objection?
  /// By what right it counts, over all paths for which it does.
  public var authority: Set<DelegationPolicy.Source>
  /// Grants that it rests on, sorted.
  public var grants: [String]

  public init(_ approval: ProposedApproval, person: String?, objection: Objection? = nil) {
    self.approval = approval
    self.person = person
    self.objection = objection
    authority = []
    grants = []
  }

  public var counts: Bool { objection == nil }
}
