/// One proposed change, from opening to landing or abandonment, joined from all its traces.
public struct Contribution: Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable {
    case draft
    case open
    case merged
    case abandoned
    /// Git cannot tell; the basis says why.
    case undetermined
  }

  /// Why the state is what it is.
  public enum Basis: Hashable, Sendable {
    /// A commit on the target branch brought the change.
    case landed
    /// The review record says so.
    case review(AppraiseStatus)
    /// Gerrit records this status.
    case change(ChangeStatus)
    /// The mail archive shows this much.
    case series(SeriesStatus)
    /// The last pushed head was looked for in history.
    case head(HeadClass)
    /// The object that the records are about is not in this clone.
    case missingObject
  }

  public var id: ContributionID
  /// The other names of the same contribution, sorted.
  public var aliases: [ContributionID]
  public var title: String
  public var state: State
  public var basis: Basis
  /// Full name of the branch the change is meant for, where a source says so.
  public var target: String?
  public var author: PersonID?
  /// The author as recorded.
  public var authorIdentity: Identity?
  /// Other people who wrote part of the change; approvals by them are by an author.
  public var coauthors: [PersonID]
  public var opened: Opening
  public var landing: Landing?
  /// All events in their total order.
  public var events: [ReviewEvent]
  /// Heads of the versions of the change that Git still knows, oldest first.
  public var revisions: [ObjectName]
  /// Commits that make up the change, oldest first.
  public var commits: [ObjectName]
  /// Changed paths as indices into the repository's path table, sorted; nil where the trees could not be read or
  /// were not asked for.
  public var paths: [Int32]?
  /// How well the paths are known: `derived` from trees, `claimed` where they are only what a sender's diff lists;
  /// nil where they are not known.
  public var pathsGrade: Grade?
  /// The words in which the sources themselves say where the change stands.
  public var standings: [Standing]
  public var sources: [SourceKind]

  /// When the change was proposed, with the evidence for it.
  public struct Opening: Hashable, Sendable {
    public var time: KnownTime
    public var grade: Grade
    public var evidence: Evidence?
    /// The source whose word counts; nil where none has any.
    public var source: SourceKind?
    /// All sources that tell it.
    public var sources: SourceKinds

    public init(
      time: KnownTime, grade: Grade, evidence: Evidence?, source: SourceKind? = nil, sources: SourceKinds = []
    ) {
      self.time = time
      self.grade = grade
      self.evidence = evidence
      self.source = source
      self.sources = sources
    }
  }

  /// How the change reached the target branch.
  public struct Landing: Hashable, Sendable {
    /// Committer time of the commit, as recorded; an interval where the commit is older than the request.
    public var time: KnownTime
    public var by: PersonID?
    /// The commit that brought the change.
    public var commit: ObjectName
    public var grade: Grade
    public var evidence: Evidence
    /// The source whose word counts.
    public var source: SourceKind
    /// All sources that tell it.
    public var sources: SourceKinds

    /// The moment, or the latest at which it can have been.
    public let at: Instant

    /// Nil when nothing at all is known of the time.
    public init?(
      time: KnownTime, by: PersonID?, commit: ObjectName, grade: Grade, evidence: Evidence,
      source: SourceKind = .history, sources: SourceKinds = []
    ) {
      switch time {
      case .at(let instant): at = instant
      case .between(let earliest, let latest):
        guard let known = latest ?? earliest else { return nil }
        at = known
      case .unknown: return nil
      }
      self.time = time
      self.by = by
      self.commit = commit
      self.grade = grade
      self.evidence = evidence
      self.source = source
      self.sources = sources
    }
  }
}

extension Contribution {
  /// The earliest moment at which the change can have been open, where anything is known.
  public var earliestOpening: Instant? {
    switch opened.time {
    case .at(let instant): instant
    case .between(let earliest, let latest): earliest ?? latest
    case .unknown: landing?.at
    }
  }

  /// The newest moment at which anything is known to have happened.
  public var latestActivity: Instant? {
    let times = events.compactMap { event -> Instant? in
      switch event.time {
      case .at(let instant): instant
      case .between(let earliest, let latest): latest ?? earliest
      case .unknown: nil
      }
    }
    return (times + [landing?.at].compactMap { $0 }).max()
  }

  /// Whether a source that records reviews knows the contribution, so that no review on record means none.
  public var hasReviewRecord: Bool { sources.contains(where: \.recordsReviews) }

  /// Whether a source that tells a declined change from an open one knows the contribution.
  public var hasAbandonmentRecord: Bool { sources.contains(where: \.recordsAbandonment) }

  /// True when `person` wrote any part of the change.
  public func isAuthor(_ person: PersonID) -> Bool { person == author || coauthors.contains(person) }
}
