internal import Facts
internal import Git
internal import Harvest
internal import Rules

/// `review approve` and `review reject`: a verdict on exactly one commit.
enum ReviewVerdictCommands {
  static func approve(_ arguments: Arguments, _ world: World) throws -> Ending {
    let (session, subject, head) = try begin("approve", arguments, world)
    let verdict = VerdictDraft(subject: subject, reading: session.reading, voice: session.voice)
    if let known = verdict.standingApproval(of: head.commit, subject.discussion), session.message.isEmpty,
      session.signer == nil || !known.record.signature.isEmpty
    {
      world.complain("tributary: you have approved \(head.commit.short) already; nothing was written")
      return .met
    }
    let written = try session.record(on: subject.annotated, "Approve \(head.commit.hex)") { discussion in
      try verdict.approval(of: head.commit, session.message, try open(discussion, subject))
    }
    return try session.report("approve", "Approved", subject, at: head.commit, written)
  }

  static func reject(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard arguments[Options.message] != nil else { throw missingMessage(.reviewReject) }
    let (session, subject, head) = try begin("reject", arguments, world)
    let verdict = VerdictDraft(subject: subject, reading: session.reading, voice: session.voice)
    let written = try session.record(on: subject.annotated, "Reject \(head.commit.hex)") { discussion in
      try verdict.rejection(of: head.commit, session.message, try open(discussion, subject))
    }
    return try session.report("reject", "Rejected", subject, at: head.commit, written)
  }

  static func missingMessage(_ command: CommandID) -> UsageProblem {
    UsageProblem(.missingOption([Options.message.declaration]), in: command.path)
  }

  private static func begin(
    _ what: String, _ arguments: Arguments, _ world: World
  ) throws -> (ReviewSession, ReviewSubject, ReviewHead) {
    let session = try ReviewSession(arguments, world)
    let subject = try ReviewSubject(arguments[Operands.id].first ?? "", in: session.reading)
    try subject.mustBeOpen(for: what)
    let head = try ReviewHead(
      of: subject, lookedAt: arguments[Options.revision], in: session.repository)
    return (session, subject, head)
  }

  /// What is noted at the moment of writing; somebody may just have withdrawn the review.
  private static func open(
    _ discussion: ReviewDiscussion?, _ subject: ReviewSubject
  ) throws -> ReviewDiscussion {
    guard let discussion, !discussion.isAbandoned else {
      throw CommandFailure.other("\(subject.id) was withdrawn meanwhile; nothing was written")
    }
    return discussion
  }
}

/// `review comment`: a word that is no verdict, on the change, a file, a line, or another comment.
enum ReviewCommentCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard arguments[Options.message] != nil else {
      throw ReviewVerdictCommands.missingMessage(.reviewComment)
    }
    if arguments[Options.line] != nil, arguments[Options.file] == nil {
      throw UsageProblem(.missingOption([Options.file.declaration]), in: CommandID.reviewComment.path)
    }
    let session = try ReviewSession(arguments, world)
    let subject = try ReviewSubject(arguments[Operands.id].first ?? "", in: session.reading)
    let commit = try commit(of: subject, arguments[Options.revision], session.repository)
    let place = arguments[Options.file].map {
      VerdictDraft.FilePlace(path: $0, line: arguments[Options.line])
    }
    let draft = VerdictDraft(subject: subject, reading: session.reading, voice: session.voice)
    let written = try session.record(on: subject.annotated, "Comment on \(commit.hex)") { discussion in
      try draft.comment(
        on: commit, session.message, at: place, answering: arguments[Options.parent],
        discussion ?? subject.discussion)
    }
    return try session.report("comment", "Commented on", subject, at: commit, written)
  }

  /// One may comment on a review that is over, of which the newest commit may be known only by what was said.
  private static func commit(
    of subject: ReviewSubject, _ revision: String?, _ repository: Repository
  ) throws -> ObjectID {
    let isOpen = subject.contribution.state == .open || subject.contribution.state == .draft
    guard isOpen else { return try ReviewHead(known: subject, in: repository).commit }
    return try ReviewHead(of: subject, lookedAt: revision, in: repository).commit
  }
}

/// `review withdraw`: takes back one's own request, or else one's own verdict.
enum ReviewWithdrawCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let session = try ReviewSession(arguments, world)
    let subject = try ReviewSubject(arguments[Operands.id].first ?? "", in: session.reading)
    try subject.mustBeOpen(for: "withdraw")
    let commit = try ReviewHead(known: subject, in: session.repository).commit
    let me = session.voice.author.email
    let isOwn = [subject.discussion.opening, subject.discussion.current].contains { request in
      session.reading.isSamePerson(request.requester, me)
    }
    let draft = VerdictDraft(subject: subject, reading: session.reading, voice: session.voice)
    let written = try session.record(
      on: subject.annotated, isOwn ? "Withdraw a request" : "Withdraw a verdict"
    ) { discussion in
      guard let discussion, !discussion.isAbandoned else {
        throw CommandFailure.other("\(subject.id) was withdrawn meanwhile; nothing was written")
      }
      if isOwn {
        return try RequestDraft.withdrawal(
          of: subject, discussion, session.message, at: commit, session.voice)
      }
      guard let draft = try draft.withdrawal(session.message, discussion) else {
        throw CommandFailure.other(
          "\(me) has neither requested \(subject.id) nor given a verdict on it that still stands")
      }
      return draft
    }
    let done = isOwn ? "Withdrew" : "Withdrew your verdict on"
    return try session.report("withdraw", done, subject, at: commit, written)
  }
}
