public import Facts

/// The figures of a health report, by their CHAOSS and InnerSource names.
public enum Metric: String, Hashable, Sendable, CaseIterable {
  case changeRequests = "change-requests"
  case accepted = "change-requests-accepted"
  case declined = "change-requests-declined"
  case acceptanceRatio = "change-request-acceptance-ratio"
  case closureRatio = "change-request-closure-ratio"
  case reviews = "change-request-reviews"
  case timeToFirstResponse = "time-to-first-response"
  case timeToClose = "time-to-close"
  case selfMergeRate = "self-merge-rate"
  case innerSourceRatio = "innersource-ratio"
  case organizationalDiversity = "organizational-diversity"
  case contributorAbsenceFactor = "contributor-absence-factor"
  case botActivity = "bot-activity"
  case newContributors = "new-contributors"
  case firstReviewAttainment = "first-review-attainment"
  /// Level 2: landed external contributions that the platform's approvals let in.
  case acceptedByPlatform = "external-accepted-by-platform"
  /// Those of level 2 that a delegate approved as well.
  case assistedAcceptances = "external-assisted"
  /// Level 3: landed external contributions that delegates let in alone.
  case acceptedByDelegates = "external-accepted-by-delegates"
  /// CHAOSS *Conversion Rate*, from contributor to delegate.
  case conversionToDelegate = "conversion-to-delegate"
  /// The same from delegate to approver.
  case conversionToApprover = "conversion-to-approver"
}

/// The value of a metric, or why there is none.
public struct Measurement: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case count(Int)
    /// Only limits are known: at least the first, at most the second.
    case countBetween(Int, Int)
    case ratio(hits: Int, of: Int)
    /// Median and 90th percentile in seconds by Kaplan and Meier (nil: not reached), how many waits ended, and the
    /// median of those alone.
    case wait(median: Int64?, p90: Int64?, ended: Int, medianOfEnded: Int64?)
    /// Limits of the median in seconds where some ends of waits are only bounded; nil where one is not reached.
    case waitBetween(Int64?, Int64?)
    case refused(Refusal)
  }

  public var metric: Metric
  public var value: Value
  /// Contributions or people that the value rests on.
  public var sample: Int
  /// The weakest grade among the inputs.
  public var grade: Grade
  /// What else a reader should know, in a stated order.
  public var remarks: [Remark]
  /// The sources whose facts went in, in the order of `SourceKind`; empty when refused.
  public var sources: [SourceUse]

  public init(
    _ metric: Metric, _ value: Value, sample: Int, grade: Grade, remarks: [Remark] = [],
    sources: [SourceUse] = []
  ) {
    self.metric = metric
    self.value = value
    self.sample = sample
    self.grade = grade
    self.remarks = remarks
    self.sources = sources
  }
}

/// What one source gave to a figure.
public struct SourceUse: Hashable, Sendable {
  public var source: SourceKind
  /// Contributions of which this source gave a fact that went in.
  ///
  /// Where a source keeps records and nothing happened, the requests that it keeps records of.
  public var records: Int
  /// The weakest grade among them.
  public var grade: Grade

  public init(source: SourceKind, records: Int, grade: Grade) {
    self.source = source
    self.records = records
    self.grade = grade
  }
}

/// Why a figure is not given, each with what would make it available.
public enum Refusal: String, Hashable, Sendable, CaseIterable {
  /// No source here records openings, so nothing can be counted from them.
  case noOpenings = "no-openings"
  /// No source here tells a declined request from an open one.
  case noDeclines = "no-declines"
  /// Reviews are not in this repository.
  case noReviews = "no-reviews"
  /// Who landed a change is not recorded (the forge itself is the committer).
  case noLanders = "no-landers"
  /// Neither a roster nor an inferred host team says who is external.
  case noHosts = "no-hosts"
  /// Neither teams nor addresses say for which organisation anybody works.
  case noOrganisations = "no-organisations"
  /// Nothing happened in the window.
  case nothingInWindow = "nothing-in-window"
  /// The clone is shallow, so who came earlier is not known.
  case shallowHistory = "shallow-history"
  /// No objective on the first review applied to anything that came due.
  case noObjective = "no-objective"
  /// Fewer items than the objective asks for before a share is told.
  case tooFew = "too-few"
  /// Nobody holds a right by a grant that counts.
  case noGrants = "no-grants"
}

/// A remark on a measurement.
public enum Remark: Hashable, Sendable {
  /// Items for which the input is known within limits only, which makes the value an interval.
  case boundedOnly(Int)
  /// The items whose input is known exactly, and the median of these alone in seconds; nil when not reached.
  case exactAlone(count: Int, median: Int64?)
  /// The clone is shallow: nothing before this moment is sure to be here, and the window begins earlier.
  case completeSince(Instant)
  /// Items that had no answer by the as-of moment: counted as longer than their age.
  case unanswered(Int)
  /// Proposals whose head is not in history; open or declined, Git cannot tell.
  case undetermined(Int)
  /// Items whose input is missing.
  case unknown(Int)
  /// The largest share that one organisation has.
  case largestShare(name: String, hits: Int, of: Int)
  /// The host team was inferred.
  case inferredHosts(Int)
  /// The share that the objective promises.
  case promised(objective: String, share: Double)
  /// The number of items below which the share is not told.
  case floor(Int)
}

/// A stretch of time that a report covers: from `since` up to and including `until`.
public struct Window: Hashable, Sendable {
  /// Nil for everything before `until`.
  public var since: Instant?
  public var until: Instant

  public init(since: Instant?, until: Instant) {
    self.since = since
    self.until = until
  }

  public func contains(_ instant: Instant) -> Bool {
    instant <= until && (since.map { instant >= $0 } ?? true)
  }

  /// The window of the same length just before; nil for an unlimited one.
  public var before: Window? {
    since.map { Window(since: $0.advanced(by: -until.since($0)), until: $0.advanced(by: -1)) }
  }
}
