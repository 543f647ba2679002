import Facts

extension AppraiseReview {
  /// The review as it stood at a moment; nil when it had not been requested yet.
  ///
  /// A record counts from its own time on, one without a time from the notes commit that brought it.
  func standing(
    at moment: Instant, requestArrivals: LineArrivals, commentArrivals: LineArrivals
  ) -> AppraiseReview? {
    let requests = notes.requests.filter { $0.dating(requestArrivals).isKnown(at: moment) }
    let comments = notes.comments.filter { $0.dating(commentArrivals).isKnown(at: moment) }
    guard let notes = ReviewNotes(requests: requests, comments: comments) else { return nil }
    return AppraiseReview(annotated: annotated, notes: notes, commit: commit, group: group)
  }
}

extension Dating {
  /// Whether the record was there at a moment; one that nothing dates counts as old.
  fileprivate func isKnown(at moment: Instant) -> Bool {
    switch time {
    case .at(let instant): instant <= moment
    case .between(_, let latest): latest.map { $0 <= moment } ?? true
    case .unknown: true
    }
  }
}
