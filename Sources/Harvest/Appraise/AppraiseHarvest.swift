public import Facts
public import Git

/// Reads git-appraise's notes: requests, comments and verdicts, and what became of the reviews.
///
/// The rules are those of google/git-appraise (`review/review.go`, `review/request/request.go`,
/// `review/comment/comment.go`, `repository/git.go`, `commands/output/output.go`). Every review gets that tool's own
/// word as its standing; where the notes' history knows better, an observation says so beside it.
public enum AppraiseHarvest {
  static func read(_ context: SourceContext) throws -> SourceHarvest {
    let result = try read(
      context.repository, ledgers: context.companions,
      history: context.since == nil ? context.history : nil, asOf: context.asOf,
      since: context.since, verifier: context.verifier)
    return SourceHarvest(
      traces: result.traces, diagnostics: result.diagnostics,
      sources: result.summary.annotated > 0 ? [SourceReport(result.summary)] : [])
  }

  /// Everything the notes of one repository say; nothing when it has no such notes.
  ///
  /// Broken objects become diagnostics; only object folders that cannot be opened make it throw.
  /// `ledgers` are repositories that may hold further notes about this one's commits.
  /// With `asOf` nothing that happened later counts, neither records nor landings. `history` saves reading commits
  /// again. It must have been loaded without a cutoff; when it lacks the tip of a
  /// branch that a review is meant for, or a commit under review, it is not used. `verifier` checks the signatures of
  /// approvals, except of what landed before `since`.
  public static func read(
    _ repository: Repository, ledgers: [Repository] = [], history: History? = nil, asOf: Instant? = nil,
    limits: AppraiseLimits = AppraiseLimits(), since: Instant? = nil,
    verifier: SignatureVerifier? = nil
  ) throws -> AppraiseResult {
    let reader = TolerantReader(repository, ledgers: ledgers, limits: limits)
    let collection = AppraiseCollection(reader, asOf: asOf, provesApprovals: verifier != nil)
    var result = AppraiseResult()
    result.summary = collection.summary
    if !collection.reviews.isEmpty {
      let places = try ReviewPlaces(
        reader, reviews: collection.reviews, history: history, asOf: asOf)
      let signatures = ApprovalSignatures(
        collection, places, reader, .init(since: since, asOf: asOf), verifier)
      (result.summary.signatures, result.summary.verified) = (signatures.present, signatures.verified)
      for review in collection.reviews {
        var (trace, isAbandoned) = ReviewTrace(
          review, collection: collection, places: places, signatures: signatures
        ).build(reader)
        if let asOf { trace.observations.removeAll { $0.isEnding && !$0.isKnown(at: asOf) } }
        result.traces.append(trace)
        result.summary.count(review, trace: trace, isAbandonedByHistory: isAbandoned)
      }
    }
    result.diagnostics = reader.diagnostics
    return result
  }
}

extension AppraiseSummary {
  fileprivate mutating func count(_ review: AppraiseReview, trace: Trace, isAbandonedByHistory: Bool) {
    if case .appraise(let word)? = trace.standing { status[word, default: 0] += 1 }
    guard review.commit != nil else { return }
    let threads = review.notes.threads
    comments += threads.nodes.count
    inlineComments += threads.nodes.count { !($0.source.record.location?.path ?? "").isEmpty }
    orphans += threads.orphans.count
    orphansByEitherName += review.notes.allThreads.orphans.count
    if threads.resolved != review.notes.allThreads.resolved { verdictByEitherName += 1 }
    if review.notes.opening.record.timestamp.appraiseInstant == nil { withoutTimestamp += 1 }
    if isAbandonedByHistory, !review.notes.isAbandoned { abandonedByHistoryOnly += 1 }
  }
}

extension Observation {
  /// A line that arrived a second time gives the review up or takes it up again, whatever time it carries.
  fileprivate var isEnding: Bool { kind == .abandoned || kind == .restored }
}
