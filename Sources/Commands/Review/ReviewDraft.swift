internal import Facts
internal import Git
internal import Harvest

/// Records that are to be added to one review, not signed and not written yet.
struct ReviewDraft {
  var requests: [AppraiseRequest] = []
  var comments: [AppraiseComment] = []
  /// Older heads that would be lost with a rewritten branch.
  var archive: CommitChain?
  /// What whoever records this should know.
  var remarks: [String] = []
}

/// Who records, and when: the beginning of every record.
struct ReviewVoice {
  let author: GitSettings.Author
  let now: Instant

  /// The largest text of a record, in bytes; forges take no longer ones either.
  static let textLimit = 65_536
  /// How far another clock may be ahead before its records are not outdone, in seconds.
  private static let tolerance: Int64 = 60

  /// A comment by this person, to be filled in.
  func comment(_ text: String, on commit: ObjectID, after own: [String]) throws -> AppraiseComment {
    var comment = AppraiseComment()
    comment.timestamp = try timestamp(after: own)
    comment.author = author.email
    comment.location = AppraiseComment.Location()
    comment.location?.commit = commit.hex
    comment.description = try Self.checked(text)
    return comment
  }

  /// The time of a new record as git-appraise writes it, later than one's own records of this moment.
  ///
  /// Equal times would leave the order to the order of lines, which a merge of notes changes. What claims to be from
  /// the future is left aside: anybody could have written it.
  func timestamp(after own: [String]) throws -> String {
    guard (1_000_000_000...9_999_999_999).contains(now.seconds) else {
      throw CommandFailure.other(
        "the clock of this machine says \(now.rfc3339), which is no time for a review")
    }
    let recent = own.compactMap { Int64($0) }.filter {
      (now.seconds...now.seconds + Self.tolerance).contains($0)
    }
    return "\(recent.max().map { $0 + 1 } ?? now.seconds)"
  }

  /// The time of a new request, which must be the latest of them to be in force.
  func timestamp(following requests: [AppraiseRequest]) throws -> String {
    let others = requests.map(\.timestamp)
    let own = try timestamp(after: others)
    let later = others.filter { !$0.utf8.lexicographicallyPrecedes(own.utf8) }
    guard let latest = later.max(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) else { return own }
    let told = Int64(latest).map { Instant(seconds: $0).rfc3339 } ?? "'\(latest)'"
    throw CommandFailure.other(
      "an earlier request of this review is dated \(told), later than this machine's clock (\(now.rfc3339)); "
        + "correct the clock that is wrong")
  }

  static func checked(_ text: String) throws -> String {
    let text = text.trimmed
    guard text.utf8.count <= textLimit else {
      throw CommandFailure.other(
        "the message has \(text.utf8.count) bytes; at most \(textLimit) are recorded")
    }
    return text
  }
}

extension ReviewDiscussion {
  /// The comments that begin a thread and accept or reject the change, by one person, still in force.
  ///
  /// A rejection whose answers are all done is not.
  func standing(_ opinion: Opinion, by isOwn: (String) -> Bool) -> [Comment] {
    comments.filter { comment in
      guard comment.depth == 0, isOwn(comment.record.author) else { return false }
      switch opinion {
      case .approve: return comment.record.resolved == true
      case .reject: return comment.record.resolved == false && comment.resolved == false
      case .neutral: return false
      }
    }
  }

  /// The timestamps of everything that somebody has said.
  func timestamps(by isOwn: (String) -> Bool) -> [String] {
    comments.filter { isOwn($0.record.author) }.map(\.record.timestamp)
  }
}
