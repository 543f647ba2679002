internal import Facts
internal import Git
internal import Harvest
internal import Rules

/// What every command that records on a review begins with: the repository, who speaks, and how they sign.
struct ReviewSession {
  let repository: Repository
  let reading: ReviewReading
  let voice: ReviewVoice
  let signer: RecordSigner?
  private let arguments: Arguments
  private let world: World

  /// Reads everything; `branch` is the one that changes are meant for, where the command line tells it.
  init(_ arguments: Arguments, branch: String? = nil, _ world: World) throws {
    self.arguments = arguments
    self.world = world
    repository = try world.openReviewed(arguments)
    let settings = try GitSettings(of: repository, world: world)
    let author = try settings.author()
    let choice: RecordSigner.Choice =
      arguments[Options.sign] ? .always : arguments[Options.noSign] ? .never : .automatic
    signer = try RecordSigner(choice, settings, author: author, world: world)
    voice = ReviewVoice(author: author, now: world.now)
    reading = try ReviewReading(arguments, repository, branch: branch, world: world)
  }

  /// The message of the command line, or no words at all.
  var message: String { arguments[Options.message] ?? "" }

  /// Adds what a plan says to the notes on a commit, or only says what would be added.
  func record(
    on annotated: ObjectID, _ message: String, _ plan: ReviewWriting.Plan
  ) throws -> WrittenReview {
    let writing = ReviewWriting(
      repository: repository, annotated: annotated, author: voice.author, now: voice.now, signer: signer)
    var written =
      try arguments[Options.dryRun]
      ? writing.rehearse(plan) : writing.write(plan, message: message)
    written.remarks = reading.remarks + written.remarks + signatureRemarks(written)
    return written
  }

  /// Reports what was recorded on a review.
  func report(
    _ action: String, _ done: String, _ subject: ReviewSubject, at revision: ObjectID,
    _ written: WrittenReview
  ) throws -> Ending {
    let report = ReviewReport(
      action: action, done: done, annotated: subject.annotated, title: subject.contribution.title,
      revision: revision, branch: subject.discussion.current.reviewRef,
      target: subject.discussion.requests.last { !$0.targetRef.isEmpty }?.targetRef ?? "",
      author: voice.author, signer: signer, written: written, isRehearsal: arguments[Options.dryRun],
      remote: reading.remote)
    return try report.write(arguments, world)
  }

  /// Why a signature that was just made will prove nothing to those who read with this roster.
  private func signatureRemarks(_ written: WrittenReview) -> [String] {
    guard signer != nil, !arguments[Options.dryRun],
      let record = written.records.first(where: { $0.id != nil }),
      let roster = reading.policy.roster
    else { return [] }
    let keys = TrustedKeys(roster: roster, allowedSigners: nil)
    guard !keys.isEmpty, let comment = AppraiseComment(storedLine: record.line) else { return [] }
    let checker = SignatureChecker(keys, world: world)
    let claim = SignatureClaim(
      Array(comment.signature.utf8), over: comment.signedLine,
      by: .person(Identity(name: "", email: comment.author)), namespace: SignatureClaim.recordNamespace,
      at: voice.now)
    guard case .refused(let reason)? = checker.check([claim]).first else { return [] }
    return ["the roster does not make this signature a proof: \(reason)"]
  }
}
