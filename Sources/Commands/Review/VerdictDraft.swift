internal import Facts
internal import Git
internal import Harvest
internal import Rules

/// What an approval, a rejection, a comment or a withdrawal adds to the discussion of a review.
struct VerdictDraft {
  let subject: ReviewSubject
  let reading: ReviewReading
  let voice: ReviewVoice

  private var address: String { voice.author.email }
  private func isOwn(_ author: String) -> Bool { reading.isSamePerson(author, address) }

  /// An accepting comment on the head, and an answer to each rejection of one's own that still stands.
  ///
  /// git-appraise counts every rejection until an answer to it says that it is done, whatever its author says later.
  func approval(
    of head: ObjectID, _ message: String, _ discussion: ReviewDiscussion
  ) throws -> ReviewDraft {
    var draft = ReviewDraft(remarks: selfApproval())
    let own = discussion.timestamps(by: isOwn)
    for rejection in discussion.standing(.reject, by: isOwn) {
      var answer = try voice.comment("Settled by my approval.", on: head, after: own)
      answer.parent = rejection.id.hex
      answer.resolved = true
      draft.comments.append(answer)
    }
    var approval = try voice.comment(message, on: head, after: own)
    approval.resolved = true
    draft.comments.append(approval)
    for other in discussion.standing(.reject, by: { !isOwn($0) }) {
      draft.remarks.append(
        "the rejection by \(other.record.author) (\(other.id.short)) still stands")
    }
    return draft
  }

  /// An approval by the same person of the same commit that is in force already.
  func standingApproval(of head: ObjectID, _ discussion: ReviewDiscussion) -> ReviewDiscussion.Comment? {
    guard discussion.standing(.reject, by: isOwn).isEmpty else { return nil }
    return discussion.standing(.approve, by: isOwn).last { $0.record.location?.commit == head.hex }
  }

  func rejection(
    of head: ObjectID, _ message: String, _ discussion: ReviewDiscussion
  ) throws -> ReviewDraft {
    var rejection = try voice.comment(message, on: head, after: discussion.timestamps(by: isOwn))
    rejection.resolved = false
    return ReviewDraft(comments: [rejection])
  }

  /// A place in a file, by its line or as a whole.
  struct FilePlace {
    let path: String
    let line: Int?
  }

  func comment(
    on head: ObjectID, _ message: String, at place: FilePlace?, answering parent: String?,
    _ discussion: ReviewDiscussion
  ) throws -> ReviewDraft {
    var comment = try voice.comment(message, on: head, after: discussion.timestamps(by: isOwn))
    if let place {
      try check(place, in: head)
      comment.location?.path = place.path
      if let line = place.line {
        var range = AppraiseComment.Range()
        range.startLine = UInt32(clamping: line)
        comment.location?.range = range
      }
    }
    if let parent { comment.parent = try Self.id(of: parent, in: discussion).hex }
    return ReviewDraft(comments: [comment])
  }

  /// New versions of one's own verdicts without an opinion; the words stay.
  ///
  /// A new version is what both git-appraise and our own reader take as the last word on a verdict. An answer could
  /// not take an approval back: one that is done leaves it, one that is not would reject.
  func withdrawal(_ message: String, _ discussion: ReviewDiscussion) throws -> ReviewDraft? {
    let own = discussion.timestamps(by: isOwn)
    let verdicts = discussion.standing(.approve, by: isOwn) + discussion.standing(.reject, by: isOwn)
    guard !verdicts.isEmpty else { return nil }
    return ReviewDraft(
      comments: try verdicts.map { verdict in
        var version = AppraiseComment()
        version.timestamp = try voice.timestamp(after: own)
        version.author = address
        version.original = verdict.id.hex
        version.location = verdict.record.location
        let reason = message.isEmpty ? "Withdrawn." : "Withdrawn: \(message)"
        let words = verdict.record.description
        version.description = try ReviewVoice.checked(words.isEmpty ? reason : "\(reason)\n\n\(words)")
        return version
      })
  }

  private func selfApproval() -> [String] {
    guard reading.isAuthor(address, of: subject.contribution), !reading.policy.delegation.selfApproval else {
      return []
    }
    return ["you wrote part of this change, and the policy does not count approvals by authors"]
  }

  /// As git-appraise checks a place (`Location.Check` in comment.go): the file is in the commit, and has the line.
  private func check(_ place: FilePlace, in head: ObjectID) throws {
    let limit = 64 << 20
    switch try reading.repository.file(atPath: place.path, inCommit: head, limit: limit) {
    case .found(let bytes, _):
      guard let line = place.line else { return }
      let ends = bytes.count { $0 == 0x0A }
      let lines = bytes.last == 0x0A || bytes.isEmpty ? ends : ends + 1
      guard line <= lines else {
        throw CommandFailure.other(
          "\(place.path) has \(lines) lines in \(head.short), so there is no line \(line)")
      }
    case .notThere:
      throw CommandFailure.other(
        "there is no file \(place.path) in \(head.short); paths begin at the top folder")
    case .notAFile: throw CommandFailure.other("\(place.path) is no file in \(head.short)")
    case .missingObject(let id): throw CommandFailure.other("object \(id.hex) is not in this clone")
    case .oversized(_, let size):
      throw CommandFailure.other("\(place.path) has \(size) bytes, too many to count its lines")
    }
  }

  /// The comment that the first digits of an id name.
  static func id(of text: String, in discussion: ReviewDiscussion) throws -> ObjectName {
    let digits = text.lowercased()
    guard digits.utf8.count >= 4, digits.allSatisfy(\.isHexDigit) else {
      throw CommandFailure.other(
        "--parent: '\(text)' is no id of a comment; `tributary review show` lists them")
    }
    let found = discussion.comments.map(\.id).filter { $0.hex.hasPrefix(digits) }
    let versions = discussion.versions.filter { $0.key.hex.hasPrefix(digits) }
    guard let first = found.first else {
      if let version = versions.min(by: { $0.key < $1.key }) {
        throw CommandFailure.other(
          "--parent: \(text) is a new version of \(version.value.short); answer that one")
      }
      throw CommandFailure.other(
        "--parent: no comment of this review has an id that begins with \(text); `tributary review show` lists them"
      )
    }
    guard found.count == 1 else {
      throw CommandFailure.other(
        "--parent: \(text) begins several ids: \(found.map(\.short).joined(separator: ", "))")
    }
    return first
  }
}
