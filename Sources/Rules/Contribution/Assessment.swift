public import Facts

/// What the rules say of one contribution at one moment.
public struct Assessment: Sendable {
  public var contribution: Contribution
  public var origin: JudgedOrigin
  /// Teams of the author when the change was opened, sorted; empty without a roster entry.
  public var authorTeams: [String]
  /// Components that the change touches, sorted by name.
  public var components: [String]
  /// Teams that take contributions to the touched paths, sorted; empty without a roster.
  public var hostTeams: [String]
  public var approvals: [JudgedApproval]
  /// Whether the counted approvals cover every touched path with the required number of people.
  public var isAuthorised: Bool
  public var level: Level
  public var findings: [Finding]
  public var turn: Turn?
  /// Since when it has been that turn.
  public var waitingSince: KnownTime
  public var firstResponse: Timeline.Answer?
  public var firstReview: Timeline.Answer?
  /// The policy that judged: its commit, or nil for one from outside Git or none at all.
  public var policy: PolicyVersion
  /// Who may speak for a change that waits, by the ownership files that the policy names; nil where none is read.
  public var owners: ChangeOwners?
  /// The clocks of the objectives that apply, in the order of `ServiceLevels.Clock`, then of their waits.
  public var serviceLevels: [ServiceLevelItem] = []
  /// Paths on which a breach lets delegates act alone, by objective and moment.
  public var widenings: [Widening] = []
}

/// A step of the escalation ladder that lets delegates act alone on some paths.
public struct Widening: Hashable, Sendable {
  /// The objective that was missed by so much.
  public var objective: String
  /// Since when.
  public var at: Instant
  public var paths: PathList

  public init(objective: String, at: Instant, paths: PathList) {
    self.objective = objective
    self.at = at
    self.paths = paths
  }
}

/// Which policy judged an event.
public struct PolicyVersion: Hashable, Sendable {
  /// The commit of the target branch that brought it; nil when it does not come from Git.
  public var commit: ObjectName?
  /// The event lies before the first policy: the first one was used.
  public var isBeforeFirst: Bool

  public init(commit: ObjectName?, isBeforeFirst: Bool = false) {
    self.commit = commit
    self.isBeforeFirst = isBeforeFirst
  }
}

/// Where a contribution comes from, by its primary author at the moment it was opened, and why.
public struct JudgedOrigin: Hashable, Sendable {
  /// What the kind rests on.
  public enum Basis: Hashable, Sendable {
    case membership(team: String)
    /// Known to the roster, in these teams, none of which hosts what is touched.
    case otherTeams([String])
    case botRule
    /// Inferred without a roster: the number of contributions of others that the person landed in 365 days.
    case inferredHost(landings: Int)
    case inferredGuest
    /// No roster, and this line names the author as owner of a touched path.
    case ownerByFile(OwnershipPlace)
    /// No roster, nobody lands the work of others, and ownership files name others.
    case notOwnerByFile
    case notInRoster
    /// No roster, and nobody could be inferred as host.
    case noHostKnown
    case noAuthor
  }

  public var kind: Origin
  public var basis: Basis

  public init(_ kind: Origin, _ basis: Basis) {
    self.kind = kind
    self.basis = basis
  }
}

/// In whose name an approval counts.
public enum Authority: String, Hashable, Sendable, CaseIterable {
  /// By an author, co-author or committer of the change, by identity and not by address.
  case `self`
  /// By a member of the host team at that moment.
  case platform
  /// By the holder of a grant.
  case delegated
  case unauthorised
}

/// One approval and what it is worth.
public struct JudgedApproval: Hashable, Sendable {
  /// Why an approval does not count, or on what its authority rests.
  public enum Reason: Hashable, Sendable {
    case hostMember(team: String)
    case inferredHost(landings: Int)
    /// This line of an ownership file names the person as owner of a touched path.
    case ownerByFile(OwnershipPlace)
    case wroteTheChange
    case notInRoster
    /// In these teams at that moment, none of which hosts the paths.
    case inOtherTeams([String])
    /// Was in the host team, but not at that moment.
    case hostMemberOnly(from: Instant?, until: Instant?)
    case noHostKnown
    /// Held the right to approve by these grants, the first granter's at the front.
    case heldGrants([String])
    /// Held none that counts; this one came nearest.
    case grantMissed(GrantMiss)
    case machine
    /// A later revision replaced the one approved.
    case stale
    /// The same person rejected or withdrew afterwards.
    case superseded
    case gradeTooLow(Grade)
  }

  public var event: ReviewEvent
  public var person: PersonID
  public var revision: ObjectName?
  public var authority: Authority
  public var counted: Bool
  public var reason: Reason
  /// What came after the revision approved, where the policy lets that end an approval.
  public var replacement: Replacement?

  public init(
    event: ReviewEvent, person: PersonID, revision: ObjectName?, authority: Authority, counted: Bool,
    reason: Reason
  ) {
    self.event = event
    self.person = person
    self.revision = revision
    self.authority = authority
    self.counted = counted
    self.reason = reason
  }
}

extension JudgedApproval {
  /// A later revision than the one approved, and what becomes of the approval.
  public struct Replacement: Hashable, Sendable {
    /// The two revisions, and against what they are compared.
    public var question: RevisionQuestion
    /// Nil where the policy lets no approval pass on, so that nobody asks.
    public var likeness: RevisionLikeness?

    public init(_ question: RevisionQuestion, _ likeness: RevisionLikeness?) {
      self.question = question
      self.likeness = likeness
    }

    /// Whether the approval holds for the later revision as well.
    public var keepsApproval: Bool { likeness == .sameChange }
  }
}

/// At which step of the maturity model a contribution stands.
public struct Level: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    case writtenByHostTeam = "written-by-host-team"
    /// Level 1 with a stakeholder's input on record.
    case requestedByStakeholder = "requested-by-stakeholder"
    case authorisedByPlatform = "authorised-by-platform"
    /// Level 3: approvals of delegates alone suffice.
    case authorisedByDelegates = "authorised-by-delegates"
    case unreviewed
    case unauthorised
    case selfApproved = "self-approved"
    case reviewNotInGit = "review-not-in-git"
    case unknownAuthor = "unknown-author"
    case bot
  }

  /// 1, 2 or 3; nil when the contribution cannot be placed.
  public var number: Int?
  public var reason: Reason
  /// Level 2 with a delegate's approval as well.
  public var isAssisted = false

  public init(_ number: Int?, _ reason: Reason) {
    self.number = number
    self.reason = reason
  }
}

/// Something about a contribution that somebody should look at.
public enum Finding: String, Hashable, Sendable, CaseIterable {
  case landedWithoutAcceptance = "landed-without-acceptance"
  case landedDespiteRejection = "landed-despite-rejection"
  case selfApproval = "self-approval"
  case selfMerged = "self-merged"
  case unauthorisedApproval = "unauthorised-approval"
  case staleApproval = "stale-approval"
  case responseBeforeOpening = "response-before-opening"
  case reverted
  case missingObject = "missing-object"
  case notFoundInHistory = "not-found-in-history"
  case nameNotVerified = "name-not-verified"
  case beforeFirstPolicy = "before-first-policy"
  /// The objective on the first review was missed.
  case lateFirstReview = "late-first-review"
}
