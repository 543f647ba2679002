internal import Facts

/// Puts plain commits that belong to a review into the review, so that no change is told twice.
///
/// A review record names its commits; on the branch each of them would otherwise be a contribution of its own.
struct ReviewedCommits {
  private var reviews: [Trace]
  private var reviewOf: [ObjectName: Int] = [:]

  init(_ reviews: [Trace]) {
    self.reviews = reviews
    for (place, review) in reviews.enumerated() {
      guard review.source.recordsReviews else { continue }
      if case .review(let first) = review.id { claim(first, for: place) }
      for commit in review.commits { claim(commit, for: place) }
    }
  }

  private mutating func claim(_ commit: ObjectName, for place: Int) {
    if reviewOf[commit] == nil { reviewOf[commit] = place }
  }

  /// All traces, those of plain commits under review left out; the reviews gain their paths, authors and reverts.
  mutating func absorb(_ traces: [Trace]) -> [Trace] {
    guard !reviewOf.isEmpty else { return traces + reviews }
    var kept: [Trace] = []
    for trace in traces {
      guard let place = review(of: trace) else {
        kept.append(trace)
        continue
      }
      take(trace, into: place)
    }
    return kept + reviews
  }

  /// The review that a trace of the history belongs to, where only its commit can say so.
  private func review(of trace: Trace) -> Int? {
    switch trace.id {
    case .commit(let commit): reviewOf[commit]
    // A Change-Id alone is no name of one change: the same one is used for every branch that it is picked to.
    case .change(let name) where name.utf8.first == UInt8(ascii: "I"):
      trace.commits.lazy.compactMap { reviewOf[$0] }.first
    default: nil
    }
  }

  private mutating func take(_ trace: Trace, into place: Int) {
    if let paths = trace.paths {
      reviews[place].paths = Set(paths).union(reviews[place].paths ?? []).sorted()
    }
    if let author = trace.author, author != reviews[place].author { reviews[place].coauthors.append(author) }
    reviews[place].coauthors += trace.coauthors
    reviews[place].observations += trace.observations.filter { observation in
      switch observation.kind {
      case .reverted, .approvedByTrailer, .inputBy: true
      default: false
      }
    }
  }
}

extension SourceReport {
  /// git-appraise's notes: reviews by the tool's own words, then what else was counted.
  init(_ summary: AppraiseSummary) {
    let states = AppraiseStatus.allCases.compactMap { status -> Count? in
      summary.status[status].map { Count(status.rawValue, $0) }
    }
    self.init(
      .appraise, place: "refs/notes/devtools/*", records: summary.annotated,
      unreadable: summary.missing + summary.unreadableLines,
      counts: [Count("reviews", summary.reviews)] + states + [
        Count("comments", summary.comments), Count("inline-comments", summary.inlineComments),
        Count("orphans", summary.orphans), Count("without-timestamp", summary.withoutTimestamp),
        Count("missing-objects", summary.missing),
        Count("imported-without-commit", summary.importedWithoutCommit),
      ])
  }
}
