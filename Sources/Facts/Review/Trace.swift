/// Everything one source in Git says of one contribution.
///
/// The same contribution may leave several traces (a merge commit that names `#76`, `refs/pull/76/head`, a
/// git-appraise request on that ref); they are joined later by the ids they share.
public struct Trace: Hashable, Sendable {
  public var source: SourceKind
  /// The contribution's name in this source.
  public var id: ContributionID
  /// Other names by which this source knows it, for joining.
  public var aliases: [ContributionID] = []
  public var title: String = ""
  /// Who proposed the change, as recorded.
  public var author: Identity?
  public var coauthors: [Identity] = []
  /// The branch the change is meant for (full ref name), where the source says so.
  public var target: String?
  /// The ref that holds the change while it is under review (full name), where the source says so.
  public var reviewRef: String?
  public var observations: [Observation] = []
  /// Commits that belong to the change, oldest first, as far as this source knows them.
  public var commits: [ObjectName] = []
  /// Changed paths as indices into the repository's path table, sorted; nil where not known.
  public var paths: [Int32]?
  /// How well the paths are known: `derived` from trees, `claimed` where they are only what a sender's diff lists.
  public var pathsGrade = Grade.derived
  /// The source's own word for where the change stands.
  public var standing: Standing?

  public init(source: SourceKind, id: ContributionID) {
    self.source = source
    self.id = id
  }
}

/// Where a change stands, in the words of the source that tells it.
public enum Standing: Hashable, Sendable {
  /// How a `refs/pull/N/head` or `refs/merge-requests/N/head` is found again in history.
  case head(HeadClass)
  /// git-appraise's own status word for the review.
  case appraise(AppraiseStatus)
  /// The status that Gerrit records for the change.
  case change(ChangeStatus)
  /// How far a patch series on a mailing list has come.
  case series(SeriesStatus)
}

/// Gerrit's status of a change.
public enum ChangeStatus: String, Hashable, Sendable, CaseIterable {
  case new
  case merged
  case abandoned
}

/// What a mail archive shows of the end of a patch series; a list never says that one was declined.
public enum SeriesStatus: String, Hashable, Sendable, CaseIterable {
  /// A mail says that the series, or every patch of it, was applied.
  case applied
  /// No mail says so.
  case posted
}

/// How the last pushed head of a pull or merge request is found again in history; first match wins.
public enum HeadClass: String, Hashable, Sendable, CaseIterable {
  /// A merge commit on the branch's own line names the number and contains the head.
  case mergeCommit = "merge-commit"
  /// The same off the branch's own line (first-parent chain).
  case mergeNested = "merge-nested"
  /// A merge by bors, a merge queue or a script names the number and contains the head.
  case namedMerge = "named-merge"
  /// A single-parent commit on the branch's own line names the number.
  case squash
  /// Named by a landed commit, which does not contain the head: rewritten on the way.
  case namedNotVerified = "named-not-verified"
  /// The head is in history, but no landed commit names the number.
  case ancestor
  /// A commit in history has the head's author, author time and subject.
  case rebased
  /// A commit in history makes the same change (patch id).
  case samePatch = "same-patch"
  /// The head is contained in another branch only.
  case otherBranch = "other-branch"
  /// A commit message in history refers to the number as closed or reviewed.
  case mentioned
  /// None of these. Git cannot tell an open proposal from a declined one.
  case notFound = "not-found-in-history"
}

/// git-appraise's status of a review, by the rules of its Go source.
public enum AppraiseStatus: String, Hashable, Sendable, CaseIterable {
  case submitted
  /// "tbr": landed without an accepting comment.
  case submittedWithoutAcceptance = "submitted-without-acceptance"
  /// "danger": landed although rejected.
  case submittedDespiteRejection = "submitted-despite-rejection"
  case accepted
  case pending
  case rejected
  case abandoned
  /// The annotated object is not in this repository.
  case unknown
}
