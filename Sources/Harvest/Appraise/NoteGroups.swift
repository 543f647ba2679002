import Facts
import Git

/// The records about one review, before they are put together.
struct CollectedReview {
  var annotated: ObjectName
  /// The annotated commit; nil when it is not in this repository.
  var commit: CommitObject?
  /// The imported request that the review is, by its mark's group; nil for a review of git-appraise alone.
  var group: String?
  var requests: [NoteRecord<AppraiseRequest>]
  var comments: [NoteRecord<AppraiseComment>]
}

extension CollectedReview {
  /// The reviews that the records on one object are about.
  ///
  /// git-appraise knows one review for each commit. But a commit may be proposed twice, and a forge has then two
  /// requests, so records with marks are divided by the request they name. Records without a mark, as
  /// git-appraise writes them, belong to the first.
  static func divide(
    _ requests: [NoteRecord<AppraiseRequest>], _ comments: [NoteRecord<AppraiseComment>],
    on annotated: ObjectName, commit: CommitObject?
  ) -> [CollectedReview] {
    let groups = Set(requests.compactMap { $0.record.mark?.group }).sorted { $0.precedesInBytes($1) }
    guard let first = groups.first else {
      return [CollectedReview(annotated: annotated, commit: commit, requests: requests, comments: comments)]
    }
    return groups.map { group in
      func belongs(_ mark: ForgeMark?) -> Bool { mark.map { $0.group == group } ?? (group == first) }
      return CollectedReview(
        annotated: annotated, commit: commit, group: group,
        requests: requests.filter { belongs($0.record.mark) },
        comments: comments.filter { belongs($0.record.mark) })
    }
  }
}

/// All reviews as they are collected: an imported request is one, on however many commits its records lie.
///
/// Two people may import the same request from clones that hold different commits, and merge their notes.
struct CollectedReviews {
  private(set) var reviews: [CollectedReview] = []
  private var places: [String: Int] = [:]
  /// How many reviews lie on a commit.
  private(set) var sharing: [ObjectName: Int] = [:]

  mutating func add(_ review: CollectedReview) {
    guard let group = review.group else { return append(review) }
    guard let place = places[group] else {
      places[group] = reviews.count
      return append(review)
    }
    reviews[place].requests += review.requests
    reviews[place].comments += review.comments
    if reviews[place].commit == nil, review.commit != nil {
      sharing[reviews[place].annotated, default: 1] -= 1
      (reviews[place].annotated, reviews[place].commit) = (review.annotated, review.commit)
      sharing[review.annotated, default: 0] += 1
    }
  }

  private mutating func append(_ review: CollectedReview) {
    reviews.append(review)
    sharing[review.annotated, default: 0] += 1
  }
}
