/// What a push, or a range of commits, would do to one reference, as Git shows it.
public struct ProposedUpdate: Sendable {
  /// Full name of the reference.
  public var reference: String
  /// Nil when the reference would be made.
  public var old: ObjectName?
  /// Nil when it would be deleted.
  public var new: ObjectName?
  /// Whether everything that the reference holds now stays part of it.
  public var isFastForward: Bool
  /// Commits that would be new to the reference, parents first.
  public var commits: [ProposedCommit]
  /// Every path that one of them changes, sorted by bytes.
  public var paths: [ProposedPath]
  /// Approvals on record of any of these commits, or of the same change under another name.
  public var approvals: [ProposedApproval]
  /// Objects that programs read differently, or that no honest program makes.
  public var flaws: [ObjectFlaw]

  public init(
    reference: String, old: ObjectName?, new: ObjectName?, isFastForward: Bool = true,
    commits: [ProposedCommit] = [], paths: [ProposedPath] = [], approvals: [ProposedApproval] = [],
    flaws: [ObjectFlaw] = []
  ) {
    self.reference = reference
    self.old = old
    self.new = new
    self.isFastForward = isFastForward
    self.commits = commits
    self.paths = paths
    self.approvals = approvals
    self.flaws = flaws
  }
}

/// A path that a proposed commit changes.
public struct ProposedPath: Hashable, Sendable {
  /// Raw bytes from the root.
  public var bytes: [UInt8]
  /// Whether a link or a submodule would stand here: it takes the place of everything that could lie below.
  public var isLink: Bool
  /// Whether a submodule stands or stood here.
  public var isSubmodule: Bool

  public init(_ bytes: [UInt8], isLink: Bool = false, isSubmodule: Bool = false) {
    self.bytes = bytes
    self.isLink = isLink
    self.isSubmodule = isSubmodule
  }

  /// For people; bytes that are no UTF-8 are replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// One commit that would be new to a reference.
public struct ProposedCommit: Hashable, Sendable {
  public var name: ObjectName
  public var title: String
  public var isMerge: Bool
  /// Places in the update's paths of what the commit changed by itself, ascending.
  ///
  /// Both ends of a rename are among them; a merge that only puts its parents together has none.
  public var paths: [Int]
  public var contributors: [ProposedContributor]
  public var arrival = Arrival.unknown

  /// How a commit came to the server.
  public enum Arrival: Hashable, Sendable {
    /// It was not there before this push.
    case withThisPush
    /// The server's own record names whoever brought it first; several who did within one second.
    case pushed(by: [Identity])
    /// It was there before, and the server's record names nobody who brought it.
    case unrecorded
    /// Nothing is recorded here, or nothing is pushed.
    case unknown
  }

  public init(
    name: ObjectName, title: String, isMerge: Bool = false, paths: [Int], contributors: [ProposedContributor]
  ) {
    self.name = name
    self.title = title
    self.isMerge = isMerge
    self.paths = paths
    self.contributors = contributors
  }

  /// False for a merge that only puts its parents together; a commit without changes still says something.
  public var needsApproval: Bool { !isMerge || !paths.isEmpty }
}

/// Somebody who had a hand in a proposed change.
public struct ProposedContributor: Hashable, Sendable {
  public enum Role: String, Hashable, Sendable, CaseIterable {
    case author
    case committer
    case coauthor
    /// Brought it to the server: pushes it now, or did so first as the server's own record says.
    case pusher
    /// Asked for the review of it.
    case requester
  }

  public var identity: Identity
  public var role: Role
  public var commit: ObjectName

  public init(_ identity: Identity, _ role: Role, of commit: ObjectName) {
    self.identity = identity
    self.role = role
    self.commit = commit
  }
}

/// One approval on record that bears on a proposed update.
public struct ProposedApproval: Hashable, Sendable {
  /// How the approved revision is found in the update.
  public enum Binding: Hashable, Sendable {
    /// The approved commit is one of those that would land.
    case sameCommit
    /// The same change of the same contents, on the same base.
    case sameTree
    /// The same change of the same contents, on another base.
    case sameChange
    /// Nothing that would land is what was approved.
    case none
  }

  /// The system that keeps the record.
  public var source = ApprovalSource.appraise
  /// The commit that the review is about.
  public var review: ObjectName
  /// The contribution's name in that system; nil where the commit above is its name.
  public var contribution: ContributionID?
  /// The request of a forge that an imported record is about, in the words of its mark; nil for all others.
  public var forgeRequest: String?
  /// Full name of the branch that the review asked to change.
  public var target: String?
  /// The commit approved, or the tree for a system that approves trees; nil where the record names none.
  public var revision: ObjectName?
  public var person: Identity
  /// Who is taken to be behind the person's account by what other records say; nil where nobody asked, or none can tell.
  public var account: AccountName?
  public var time: KnownTime
  public var grade: Grade
  public var evidence: Evidence
  /// The record was replaced by another one later.
  public var isEdited: Bool
  /// It was taken back, by whoever gave it or by somebody who may.
  public var isWithdrawn = false
  /// As whom the change was rejected at that time or later, whatever became of those records.
  public var rejections: [Identity]
  /// Other branches that the review asked for at some time.
  public var otherTargets: [String]
  /// The first approved commit of which nobody knows who brought it, though the server records that.
  public var unrecorded: ObjectName?
  public var binding: Binding
  /// Places of the commits that it covers, ascending.
  public var covers: [Int]
  /// Everybody who had a hand in what was approved.
  public var contributors: [ProposedContributor]

  public init(
    review: ObjectName, target: String?, revision: ObjectName?, person: Identity, time: KnownTime,
    grade: Grade, evidence: Evidence, isEdited: Bool = false, rejections: [Identity] = [],
    otherTargets: [String] = [], binding: Binding = .none, covers: [Int] = [],
    contributors: [ProposedContributor] = []
  ) {
    self.review = review
    self.target = target
    self.revision = revision
    self.person = person
    self.time = time
    self.grade = grade
    self.evidence = evidence
    self.isEdited = isEdited
    self.rejections = rejections
    self.otherTargets = otherTargets
    self.binding = binding
    self.covers = covers
    self.contributors = contributors
  }

  /// Whether the review asks for this branch, and never asked for another.
  public func isOnly(for reference: String) -> Bool {
    otherTargets.isEmpty && target.map { $0.utf8.elementsEqual(reference.utf8) } == true
  }

  /// Whether the same address rejected the change afterwards.
  public var isSuperseded: Bool { rejections.contains { $0.address == person.address } }
}

/// Something about an object because of which no gate lets it in.
public struct ObjectFlaw: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The commit's headers break Git's form; programs read them differently.
    case malformedCommit(String)
    /// Text behind it is not shown by Git.
    case nulInMessage
    case tooManyParents(Int)
    /// Two signatures of one kind: programs disagree on which counts.
    case severalSignatures
    /// An entry of a tree that no honest program writes, and what is wrong with it.
    case malformedTree(String)
    /// A name that some file systems take for that of another entry beside it.
    case twin(of: [UInt8])
  }

  public var commit: ObjectName
  /// Raw bytes; empty for a flaw of the commit itself.
  public var path: [UInt8]
  public var kind: Kind

  public init(commit: ObjectName, path: [UInt8] = [], _ kind: Kind) {
    self.commit = commit
    self.path = path
    self.kind = kind
  }
}

/// Why nothing can be said of a proposed update.
public enum UpdateObstacle: Error, Hashable, Sendable {
  case missingObject(ObjectName)
  /// The clone's history was cut on purpose.
  case shallow(ObjectName)
  case unreadable(ObjectName, detail: String)
  case notACommit(ObjectName)
  case tooManyCommits(limit: Int)
  case tooManyPaths(limit: Int)
  case outOfTime(seconds: Int)
}
