internal import Facts
internal import Git
internal import Harvest

/// A record as it stands in the notes, or would.
struct ReviewRecord {
  let reference: String
  let object: ObjectID
  /// What answers call it; nil for a request.
  let id: ObjectName?
  let line: [UInt8]
}

/// What was written, or would be.
struct WrittenReview {
  var records: [ReviewRecord]
  /// The commits that were made, by reference; empty when nothing was written.
  var commits: [(reference: String, commit: ObjectName)] = []
  var remarks: [String]
  /// Whether older heads were archived.
  var archives: Bool
}

/// Signs records and adds them to the notes on one commit, all of them or none.
struct ReviewWriting {
  let repository: Repository
  let annotated: ObjectID
  let author: GitSettings.Author
  let now: Instant
  /// Nil when the records are not signed.
  let signer: RecordSigner?

  /// What is to be recorded, given what is noted already.
  typealias Plan = (ReviewDiscussion?) throws -> ReviewDraft

  /// The largest note that readers take, in bytes.
  private static let noteLimit = AppraiseLimits().noteBytes
  /// How often the plan is made anew when somebody else is faster.
  private static let attempts = 20
  /// How long others are waited for, in seconds.
  private static let patience = 60

  /// The records as they would be, with `gpgsig` where a signature would be; nothing is signed or written.
  func rehearse(_ plan: Plan) throws -> WrittenReview {
    let (ledger, draft) = try drafted(plan)
    let written = written(draft) { _ in signer == nil ? "" : "gpgsig" }
    try check(written, fits: ledger)
    return written
  }

  /// Signs without keeping others waiting, then writes, if what was signed is still what is to be recorded.
  func write(_ plan: Plan, message: String) throws -> WrittenReview {
    for _ in 0..<Self.attempts {
      try sign(try drafted(plan).draft)
      let lock = try lock()
      let (ledger, draft) = try drafted(plan)
      guard signer.map({ signer in draft.payloads.allSatisfy(signer.hasSigned) }) ?? true else { continue }
      var written = try written(draft) { payload in try signer?.sign(payload) ?? "" }
      try check(written, fits: ledger)
      guard let commits = try commit(written, draft.archive, onto: ledger, lock, message) else { continue }
      written.commits = commits
      return written
    }
    throw CommandFailure.unwritable("somebody else keeps moving the notes; try again")
  }

  private func drafted(_ plan: Plan) throws -> (ledger: ReviewLedger, draft: ReviewDraft) {
    let ledger = try ReviewLedger.reading(repository, on: annotated)
    return (ledger, try plan(ledger.notes[ObjectName(id: annotated)].flatMap(ReviewDiscussion.init)))
  }

  private func sign(_ draft: ReviewDraft) throws {
    guard let signer else { return }
    for payload in draft.payloads { _ = try signer.sign(payload) }
  }

  private func written(
    _ draft: ReviewDraft, signature: ([UInt8]) throws -> String
  ) rethrows -> WrittenReview {
    let comments = try draft.comments.map { comment in
      var comment = comment
      comment.signature = try signature(comment.signedLine)
      return ReviewRecord(
        reference: ReviewLedger.discussRef, object: annotated, id: comment.id, line: comment.line)
    }
    let requests = try draft.requests.map { request in
      var request = request
      request.signature = try signature(request.signedLine)
      return ReviewRecord(
        reference: ReviewLedger.reviewsRef, object: annotated, id: nil, line: request.line)
    }
    return WrittenReview(
      records: comments + requests, remarks: draft.remarks, archives: draft.archive != nil)
  }

  /// A note that has become too large would not be read any more, with everything in it.
  private func check(_ written: WrittenReview, fits ledger: ReviewLedger) throws {
    let note = ledger.notes[ObjectName(id: annotated)] ?? ReviewLedger.Note()
    for (reference, bytes) in [
      (ReviewLedger.reviewsRef, note.requestBytes), (ReviewLedger.discussRef, note.commentBytes),
    ] {
      let added = written.records.filter { $0.reference == reference }.reduce(0) { $0 + $1.line.count + 1 }
      guard added == 0 || bytes + added <= Self.noteLimit else {
        throw CommandFailure.other(
          "the note in \(reference) on \(annotated.short) is full (\(bytes) of \(Self.noteLimit) bytes)")
      }
    }
  }

  private func lock() throws -> WriterLock {
    do throws(GitError) {
      return try WriterLock(repository, waiting: Self.patience)
    } catch { throw CommandFailure.unwritable("nothing was written: \(error.message)") }
  }

  /// Comments go before requests, so that nobody sees a review closed without the word that closes it.
  ///
  /// Nil when somebody moved a reference meanwhile.
  private func commit(
    _ written: WrittenReview, _ archive: CommitChain?, onto ledger: ReviewLedger, _ lock: WriterLock,
    _ message: String
  ) throws -> [(reference: String, commit: ObjectName)]? {
    let changes = [
      (ReviewLedger.discussRef, ledger.discussTip), (ReviewLedger.reviewsRef, ledger.reviewsTip),
    ].map { reference, tip in
      let lines = written.records.filter { $0.reference == reference }.map(\.line)
      return NotesChange(
        reference: reference, expected: tip, lines: lines.isEmpty ? [:] : [annotated: lines],
        message: "\(message)\n\nWritten by tributary.\n")
    }
    let ident = NotesWriter.ident(name: author.name, email: author.email, seconds: now.seconds)
    do throws(GitError) {
      let commits = try NotesWriter(repository, lock: lock).write(changes, after: archive, ident: ident)
      return zip(changes, commits).compactMap { change, commit in
        commit.map { (change.reference, ObjectName(id: $0)) }
      }
    } catch  where error.code == .modified {
      return nil
    } catch { throw CommandFailure.unwritable("nothing was written: \(error.message)") }
  }
}

extension ReviewDraft {
  /// What there is to sign.
  fileprivate var payloads: [[UInt8]] { comments.map(\.signedLine) + requests.map(\.signedLine) }
}
