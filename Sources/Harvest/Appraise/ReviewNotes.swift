import Facts

/// What the notes say of one review: its requests and its comments, without a look at the commits.
struct ReviewNotes {
  /// Ordered by timestamp text, those without a timestamp first; never empty.
  let requests: [NoteRecord<AppraiseRequest>]
  /// All comments in the order of the note.
  let comments: [NoteRecord<AppraiseComment>]
  /// Threads as git-appraise sees them.
  let threads: CommentThreads
  /// Threads in which answers are also found by the SHA-1 of the stored line; used for events.
  let allThreads: CommentThreads

  /// Nil when no line is a request: then there is no review.
  init?(
    requests: [NoteRecord<AppraiseRequest>], comments: [NoteRecord<AppraiseComment>]
  ) {
    guard !requests.isEmpty else { return nil }
    self.requests = requests.enumerated().sorted { one, other in
      let (first, second) = (one.element.record.timestamp, other.element.record.timestamp)
      if first.precedesInBytes(second) { return true }
      if second.precedesInBytes(first) { return false }
      return (one.element.record.mark?.rank ?? 0, one.offset) < (
        other.element.record.mark?.rank ?? 0, other.offset
      )
    }.map(\.element)
    self.comments = comments
    threads = CommentThreads(comments, naming: .canonical)
    allThreads = threads.orphans.isEmpty ? threads : CommentThreads(comments, naming: .either)
  }

  /// The request in force: the last one.
  var current: AppraiseRequest { requests[requests.count - 1].record }

  /// The request that opened the review: the earliest with a timestamp, else the first.
  ///
  /// Of several with the same timestamp it is one that neither abandons nor renames, because the official tool
  /// copies the old timestamp into requests that do.
  var opening: NoteRecord<AppraiseRequest> {
    var best: (record: NoteRecord<AppraiseRequest>, at: Instant)?
    for request in requests {
      guard let at = request.record.timestamp.appraiseInstant else { continue }
      guard let known = best, known.at < at || (known.at == at && !known.record.record.isCopy) else {
        best = (request, at)
        continue
      }
    }
    return best?.record ?? requests.first { !$0.record.isCopy } ?? requests[0]
  }

  var isAbandoned: Bool { current.targetRef.isEmpty }

  /// git-appraise's own word for the review (`getStatusString` in `commands/output/output.go`).
  func status(submitted: Bool) -> AppraiseStatus {
    switch (threads.resolved, submitted) {
    case (nil, true): .submittedWithoutAcceptance
    case (nil, false): .pending
    case (true, true): .submitted
    case (true, false): .accepted
    case (false, true): .submittedDespiteRejection
    case (false, false): isAbandoned ? .abandoned : .rejected
    }
  }

  /// Whether the record of some fact is only in the history of the notes: a time, a person, or the order of
  /// requests that share a timestamp.
  var needsHistory: Bool {
    let own = requests.filter { $0.record.mark == nil }
    let repeated = own.count > 1 && own.contains { $0.record.isCopy }
    return repeated || own.last?.record.targetRef.isEmpty ?? false
      || own.contains { $0.record.timestamp.appraiseInstant == nil || $0.record.requester.isEmpty }
  }

  /// Whether any comment accepts the change.
  var holdsApproval: Bool { allThreads.nodes.contains { $0.source.record.isApproval } }

  /// Whether that holds for a comment.
  var commentsNeedHistory: Bool {
    allThreads.nodes.contains {
      guard $0.source.record.mark == nil else { return false }
      return $0.source.record.timestamp.appraiseInstant == nil || $0.source.record.author.isEmpty
    }
  }
}

extension AppraiseRequest {
  /// Written by `abandon` or `rebase`, which copy the timestamp of the request before.
  var isCopy: Bool { targetRef.isEmpty || !alias.isEmpty }
}
