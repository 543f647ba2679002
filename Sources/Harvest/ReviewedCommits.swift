internal import Facts

/// Puts plain commits that belong to a review into the review, so that no change is told twice.
///
/// A review record names its commits; on the branch each of them would otherwise be a contribution of its own. A note
/// of Gerrit's reviewnotes plugin names the landed commit in the same way; where another record has it under another
/// name, the note takes that name as well.
struct ReviewedCommits {
  private var reviews: [Trace]
  private var reviewOf: [ObjectName: Int] = [:]
  /// Notes by the commit that they annotate.
  private var noteOf: [ObjectName: Int] = [:]

  /// Commits of changes that were over before the window.
  private let earlier: Set<ObjectName>

  init(_ reviews: [Trace], earlier: Set<ObjectName> = []) {
    self.reviews = reviews
    self.earlier = earlier
    for (place, review) in reviews.enumerated() where review.source.recordsReviews {
      if case .review(let first) = review.id { claim(first, for: place) }
      for commit in review.commits { claim(commit, for: place) }
    }
    for (place, note) in reviews.enumerated() where note.source == .reviewNotes {
      for commit in note.commits {
        if let review = reviewOf[commit] { tie(note: place, to: review, by: commit) }
        claim(commit, for: place)
        if noteOf[commit] == nil { noteOf[commit] = place }
      }
    }
  }

  private mutating func claim(_ commit: ObjectName, for place: Int) {
    if reviewOf[commit] == nil { reviewOf[commit] = place }
  }

  /// Gives a note the name of a review of the same commit.
  ///
  /// One commit may land as two changes on two branches, so a note with a number of its own is another change unless
  /// the review landed with the commit, and on no other branch.
  private mutating func tie(note: Int, to review: Int, by commit: ObjectName) {
    let (one, other) = (reviews[note], reviews[review])
    guard one.id != other.id, !one.aliases.contains(other.id) else { return }
    if case .commit = one.id {
      reviews[note].aliases.append(other.id)
    } else if other.landedCommit == commit, other.target == nil || one.target == other.target {
      reviews[note].aliases.append(other.id)
    }
  }

  /// All traces, those of plain commits under review left out; the reviews gain their paths, authors and reverts.
  mutating func absorb(_ traces: [Trace]) -> [Trace] {
    guard !reviewOf.isEmpty || !earlier.isEmpty else { return traces + reviews }
    nameNotes(by: traces)
    var kept: [Trace] = []
    for trace in traces {
      guard let place = review(of: trace) else {
        if !isEarlier(trace) { kept.append(trace) }
        continue
      }
      take(trace, into: place)
    }
    return kept + reviews
  }

  /// Gives notes the names of requests that landed with the commit they annotate, alone and as a whole.
  private mutating func nameNotes(by traces: [Trace]) {
    guard !noteOf.isEmpty else { return }
    var landings: [ObjectName: Int] = [:]
    var parts: [ContributionID: Int] = [:]
    for trace in traces where trace.source == .history {
      guard let commit = trace.landedCommit else { continue }
      landings[commit, default: 0] += 1
      parts[trace.id, default: 0] += 1
    }
    for trace in traces where trace.source == .history && review(of: trace) == nil {
      guard let commit = trace.landedCommit, let note = noteOf[commit], landings[commit] == 1,
        parts[trace.id] == 1, reviews[note].id != trace.id
      else { continue }
      reviews[note].aliases.append(trace.id)
    }
  }

  /// The name of the review that a plain commit belongs to.
  func name(ofCommit id: ContributionID) -> ContributionID? {
    guard case .commit(let commit) = id else { return nil }
    return reviewOf[commit].map { reviews[$0].id }
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

  /// Whether a trace tells a change again that landed before the window, as the merge of a stable branch does.
  private func isEarlier(_ trace: Trace) -> Bool {
    guard !earlier.isEmpty, trace.source == .history else { return false }
    switch trace.id {
    case .commit(let commit): return earlier.contains(commit)
    case .change: return trace.commits.contains(where: earlier.contains)
    default: return false
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

extension Trace {
  /// The commit with which the change landed.
  fileprivate var landedCommit: ObjectName? {
    for observation in observations {
      if case .landed(let commit) = observation.kind { return commit }
    }
    return nil
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
      ]
        + [
          Count("imported-without-commit", summary.importedWithoutCommit),
          Count("signatures", summary.signatures), Count("verified", summary.verified),
        ].filter { $0.value > 0 })
  }
}
