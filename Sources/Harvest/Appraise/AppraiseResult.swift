public import Facts

/// What git-appraise's notes in one repository say.
public struct AppraiseResult: Sendable {
  /// One per annotated object with a request, sorted by the object's name.
  public var traces: [Trace] = []
  public var diagnostics: [Diagnostic] = []
  public var summary = AppraiseSummary()

  public init() {}
}

/// Counts over all reviews of one repository.
///
/// A comment is a distinct record: identical lines are one. Numbers of comments are those of reviews whose commit
/// is here.
public struct AppraiseSummary: Hashable, Sendable {
  /// Objects with a note in the reviews reference.
  public var annotated = 0
  /// Annotated objects that are not in this repository.
  public var missing = 0
  /// Annotated objects that are not in this repository although an imported request is about them.
  public var importedWithoutCommit = 0
  /// Annotated objects that are here but are no commits; git-appraise ignores them, and so do we.
  public var notCommits = 0
  /// Notes on commits of this repository without any readable request.
  public var withoutRequest = 0
  /// Reviews by git-appraise's own word for them; those of missing commits are `unknown`, unless they were imported.
  public var status: [AppraiseStatus: Int] = [:]
  public var comments = 0
  /// Comments placed on a file.
  public var inlineComments = 0
  /// Comments that answer or replace one that is not there, by git-appraise's rule.
  public var orphans = 0
  /// The same when a comment may also be named by the SHA-1 of its stored line.
  public var orphansByEitherName = 0
  /// Lines of requests and comments that are no such record.
  public var unreadableLines = 0
  /// Reviews of which no request has a timestamp.
  public var withoutTimestamp = 0
  /// Reviews that are abandoned by the order in which the notes arrived, though git-appraise calls them open.
  public var abandonedByHistoryOnly = 0
  /// Reviews whose verdict would be another if answers were also found by the SHA-1 of the stored line.
  public var verdictByEitherName = 0
  /// Comments on a path that belong to no review, by their well-known commits.
  public var detachedComments = 0
  /// Comments on other objects that have no request.
  public var commentsWithoutRequest = 0
  /// Signatures inside records that approve, checked or not.
  public var signatures = 0
  /// Approvals that a signature proves: the record's own, or that of the notes commit that brought it.
  public var verified = 0
  public var buildReports = 0
  public var analysisReports = 0
  /// The latest timestamp in any request or comment.
  public var latest: Instant?

  public init() {}

  /// Annotated commits of this repository with a request.
  public var reviews: Int { status.reduce(0) { $0 + ($1.key == .unknown ? 0 : $1.value) } }
}
