internal import Facts
internal import Git
internal import Harvest
internal import Reports

/// What a request for a review is about, and the records that it makes.
struct RequestDraft {
  /// What is proposed.
  struct Proposal {
    /// Full name of the branch; empty for a review of one commit.
    var branch: String
    var head: ObjectID
    var target: TargetBranch
    var range: ProposedRange
  }

  /// What the command line says.
  struct Wishes {
    var reviewers: [String]
    var message: String?
  }

  /// How the request stands to what is noted already.
  enum Relation: Hashable {
    case new
    /// Of the same branch, open, and about commits that the branch has.
    case goesOn
    /// Of the same branch, open, but the branch has other commits now.
    case rewritten
    /// It was withdrawn.
    case takenUpAgain
  }

  let proposal: Proposal
  let wishes: Wishes
  let reading: ReviewReading
  let voice: ReviewVoice
  /// The commit that the notes are on.
  let annotated: ObjectID
  let relation: Relation

  init(_ proposal: Proposal, _ wishes: Wishes, _ reading: ReviewReading, _ voice: ReviewVoice) throws {
    self.proposal = proposal
    self.wishes = wishes
    self.reading = reading
    self.voice = voice
    (annotated, relation) = try Self.place(proposal, reading)
  }

  // MARK: Which review

  /// The open reviews of a branch.
  private static func open(_ branch: String, _ reading: ReviewReading) -> [ReviewedBranch] {
    guard !branch.isEmpty else { return [] }
    return ReviewedBranch.all(in: reading).filter { $0.branch == branch && $0.isOpen }
  }

  private static func place(
    _ proposal: Proposal, _ reading: ReviewReading
  ) throws -> (ObjectID, Relation) {
    let open = open(proposal.branch, reading)
    let going = try open.filter { review in
      proposal.range.commits.contains(try review.start(in: reading.repository))
    }
    if let review = going.first, going.count == 1 { return (review.annotated, .goesOn) }
    if going.isEmpty, let review = open.first, open.count == 1 { return (review.annotated, .rewritten) }
    guard open.isEmpty else {
      let names = (going.isEmpty ? open : going).map { "review/\($0.annotated.short)" }.joined(
        separator: ", ")
      throw CommandFailure.other(
        "\(proposal.branch) has several open reviews: \(names); `tributary review withdraw` all but one")
    }
    return (proposal.range.first, try relation(toNotesOn: proposal.range.first, proposal, reading))
  }

  /// How the request stands to a review that lies on the same commit.
  private static func relation(
    toNotesOn first: ObjectID, _ proposal: Proposal, _ reading: ReviewReading
  ) throws -> Relation {
    guard let review = ReviewedBranch.all(in: reading).first(where: { $0.annotated == first }) else {
      return .new
    }
    let name = "review/\(first.short)"
    switch review.state {
    case .abandoned: return .takenUpAgain
    case .merged:
      throw CommandFailure.other(
        "\(name), which begins with the same commit, landed already; rebase onto \(proposal.target.name) first"
      )
    case .draft, .open, .undetermined:
      if review.branch == proposal.branch { return .goesOn }
      let other = review.branch.isEmpty ? "a single commit" : review.branch
      throw CommandFailure.other(
        "\(first.short) is under review already as \(name) (\(other)); what builds on it is reviewed against it: "
          + "--target \(review.branch.isEmpty ? "BRANCH" : review.branch)")
    }
  }

  // MARK: The records

  /// The request as one more line on the review, and what it needs beside.
  func draft(_ discussion: ReviewDiscussion?) throws -> ReviewDraft {
    var draft = ReviewDraft()
    var request = AppraiseRequest()
    request.timestamp = try voice.timestamp(following: discussion?.requests ?? [])
    request.reviewRef = proposal.branch
    request.targetRef = proposal.target.name
    request.requester = voice.author.email
    let known = discussion?.current
    request.reviewers = wishes.reviewers.isEmpty ? known?.reviewers ?? [] : wishes.reviewers
    request.description = try description(known)
    request.baseCommit = proposal.range.base.hex
    request.alias = relation == .rewritten ? proposal.head.hex : relation == .goesOn ? known?.alias ?? "" : ""
    draft.requests = [request]
    if relation == .rewritten, let discussion {
      draft.archive = try ReviewArchiving(reading.repository).chain(
        keeping: [annotated.hex] + discussion.requests.map(\.alias)
          + discussion.comments.compactMap { $0.record.location?.commit }, over: proposal.head)
      draft.remarks.append(
        "the branch was rewritten; approvals that are signed inside their records prove nothing from here on. "
          + "Where proof is needed, withdraw this review and request a new one")
    }
    if relation == .takenUpAgain, let discussion { draft.comments = try settled(discussion) }
    if let opener = discussion?.opening.requester, !opener.isEmpty,
      !reading.isSamePerson(opener, voice.author.email)
    {
      draft.remarks.append("the review was opened by \(opener), who stays its author")
    }
    return draft
  }

  /// The message given, else that of the request before, else that of the first commit, as git-appraise has it.
  private func description(_ known: AppraiseRequest?) throws -> String {
    if let message = wishes.message { return try ReviewVoice.checked(message) }
    if let known, !known.description.isEmpty { return known.description }
    let commit = try reading.repository.commit(annotated)
    let text = commit?.messageText.trimmed ?? ""
    // A message that is too long to record is still too long to lose: its beginning says what it is about.
    return text.utf8.count <= ReviewVoice.textLimit
      ? text : String(decoding: text.utf8.prefix(1_000), as: UTF8.self)
  }

  /// Answers to the rejections with which the review was withdrawn.
  private func settled(_ discussion: ReviewDiscussion) throws -> [AppraiseComment] {
    func isOwn(_ author: String) -> Bool { reading.isSamePerson(author, voice.author.email) }
    return try discussion.standing(.reject, by: isOwn).map { rejection in
      var answer = try voice.comment(
        "Taken up again.", on: proposal.head, after: discussion.timestamps(by: isOwn))
      answer.parent = rejection.id.hex
      answer.resolved = true
      return answer
    }
  }

  /// The records by which a review is given up, as git-appraise's `abandon` writes them, but at their own time.
  ///
  /// With the time of the request before, a merge of notes could open the review again.
  static func withdrawal(
    of subject: ReviewSubject, _ discussion: ReviewDiscussion, _ message: String, at head: ObjectID,
    _ voice: ReviewVoice
  ) throws -> ReviewDraft {
    var request = discussion.current
    request.timestamp = try voice.timestamp(following: discussion.requests)
    request.targetRef = ""
    request.signature = ""
    request.mark = nil
    var comment = try voice.comment(message.isEmpty ? "Withdrawn." : message, on: head, after: [])
    comment.timestamp = request.timestamp
    comment.resolved = false
    return ReviewDraft(requests: [request], comments: [comment])
  }
}

/// An open or closed review of a branch, by what the notes say of it.
struct ReviewedBranch {
  let annotated: ObjectID
  let branch: String
  let state: Contribution.State

  var isOpen: Bool { state == .open || state == .draft }

  /// The reviews of a repository that are git-appraise's own, sorted by their commits.
  static func all(in reading: ReviewReading) -> [ReviewedBranch] {
    var states: [ContributionID: Contribution.State] = [:]
    for entry in reading.entries {
      for name in [entry.contribution.id] + entry.contribution.aliases {
        states[name] = entry.contribution.state
      }
    }
    return reading.harvested.traces.compactMap { trace in
      guard trace.source == .appraise, case .review(let commit) = trace.id, let state = states[trace.id]
      else { return nil }
      return ReviewedBranch(
        annotated: ObjectID(name: commit), branch: trace.reviewRef ?? "", state: state)
    }.sorted { $0.annotated < $1.annotated }
  }

  /// The commit that the review starts from: the one after a rewriting, else the annotated one.
  func start(in repository: Repository) throws -> ObjectID {
    let ledger = try ReviewLedger.reading(repository, on: annotated)
    let discussion = ledger.notes[ObjectName(id: annotated)].flatMap(ReviewDiscussion.init)
    return discussion.flatMap { ObjectID(hex: $0.current.alias) } ?? annotated
  }
}
