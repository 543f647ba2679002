public import Facts
internal import Git

/// Finds the approvals that bear on a proposed update among git-appraise's notes of one repository.
///
/// First the reviews of the commits that would land are looked at; where these do not suffice, all other reviews of the
/// same branch, because a rebase or squash lands under new names.
public struct ApprovalReader {
  private let updates: ProposalReader
  private let reader: TolerantReader
  private let requests: NoteSource?
  private let comments: NoteSource?

  /// Takes the reader of the same repository's updates, so that trees are compared once.
  public init(_ updates: ProposalReader) {
    self.updates = updates
    reader = TolerantReader(updates.repository, limits: AppraiseLimits())
    // What was fetched from elsewhere lies where anybody may push.
    requests = NoteSource(.reviews, in: reader, takesFetched: false)
    comments = NoteSource(.discuss, in: reader, takesFetched: false)
  }

  /// What of the notes could not be read so far.
  public var diagnostics: [Diagnostic] { reader.diagnostics }

  /// Raises the grade of those approvals whose own signature verifies, by a key that is still good now.
  public func prove(
    _ update: inout ProposedUpdate, by verifier: SignatureVerifier, now: Instant
  ) throws(UpdateObstacle) {
    guard let comments else { return }
    var claims: [(place: Int, claim: SignatureClaim)] = []
    for (place, approval) in update.approvals.enumerated() where approval.grade == .recorded {
      let lines = records(of: comments, on: approval.review, read: AppraiseComment.init(line:)).map(\.record)
      for line in lines where line.isApproval && !line.signature.isEmpty {
        guard Identity(appraise: line.author) == approval.person,
          line.location?.commit.fullObjectName == approval.revision,
          line.timestamp.appraiseInstant == approval.time.instant
        else { continue }
        claims.append((place, line.claim(by: approval.person, at: now)))
      }
    }
    for (place, claim) in claims where claim.isGood(by: verifier, now: now) {
      update.approvals[place].grade = .signed
    }
  }

  /// Adds the approvals in reviews of the update's own commits.
  public func add(to update: inout ProposedUpdate) throws(UpdateObstacle) {
    guard let requests, let comments, !update.commits.isEmpty else { return }
    let places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let direct = update.commits.map(\.name).filter { requests.hasNote(on: $0) }
    update.approvals += try approvals(direct, requests, comments, update, places)
  }

  /// Adds the approvals in other reviews of the same branch that bear on the update; false where there are none.
  public func addOthers(to update: inout ProposedUpdate) throws(UpdateObstacle) -> Bool {
    guard let requests, let comments, !update.commits.isEmpty else { return false }
    let places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let others = requests.annotated.filter { places[$0] == nil }
    let found = try approvals(others, requests, comments, update, places, onlyOfTarget: true)
      .filter { $0.binding != .none }
    update.approvals += found
    return !found.isEmpty
  }

  private func approvals(
    _ annotated: [ObjectName], _ requests: NoteSource, _ comments: NoteSource, _ update: ProposedUpdate,
    _ places: [ObjectName: Int], onlyOfTarget: Bool = false
  ) throws(UpdateObstacle) -> [ProposedApproval] {
    var found: [ProposedApproval] = []
    for object in annotated where comments.hasNote(on: object) {
      if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
      let asked = records(of: requests, on: object, read: AppraiseRequest.init(line:))
      let said = records(of: comments, on: object, read: AppraiseComment.init(line:))
      guard let notes = ReviewNotes(requests: asked, comments: said), !notes.isAbandoned else { continue }
      if onlyOfTarget, notes.current.targetRef != update.reference { continue }
      found += ReviewApprovals(object, notes, ref: comments.ref).list
    }
    var bindings = RevisionBindings(updates, update, places)
    var bound: [ProposedApproval] = []
    for var approval in found {
      if let revision = approval.revision {
        let answer = try bindings.binding(of: revision)
        (approval.binding, approval.covers) = (answer.binding, answer.covers)
        approval.contributors += answer.contributors
        approval.unrecorded = answer.unrecorded
      }
      bound.append(approval)
    }
    return bound
  }

  private func records<Record>(
    of source: NoteSource, on object: ObjectName,
    read: (ArraySlice<UInt8>) throws(RecordFailure) -> Record
  ) -> [NoteRecord<Record>] {
    let records = source.records(on: object, from: reader, read: read)
    reader.report(records.diagnostics(ref: source.ref, object: object))
    return records.records
  }
}

/// The approvals in the notes of one review.
private struct ReviewApprovals {
  private(set) var list: [ProposedApproval] = []

  init(_ review: ObjectName, _ notes: ReviewNotes, ref: String) {
    let threads = notes.allThreads
    let evidence = Evidence(ref: ref, object: review)
    let rejections = Self.lastRejections(threads)
    let requesters = Set(notes.requests.map(\.record.requester)).sorted { $0.precedesInBytes($1) }
    let hands = requesters.compactMap { requester in
      Identity(appraise: requester).map { ProposedContributor($0, .requester, of: review) }
    }
    for root in Self.lastApprovals(threads) {
      let record = threads.nodes[root].source.record
      guard let person = Identity(appraise: record.author) else { continue }
      let at = record.timestamp.appraiseInstant
      list.append(
        ProposedApproval(
          review: review, target: notes.current.targetRef.isEmpty ? nil : notes.current.targetRef,
          revision: record.location?.commit.fullObjectName, person: person,
          time: at.map { .at($0) } ?? .unknown, grade: at == nil ? .bounded : .recorded, evidence: evidence,
          isEdited: threads.nodes[root].current != root,
          rejections: rejections.filter { !$0.value.precedesInBytes(record.timestamp) }
            .compactMap { Identity(appraise: $0.key) }.sorted { $0.email.precedesInBytes($1.email) },
          otherTargets: Self.otherTargets(notes), contributors: hands))
    }
  }

  /// When everybody asked for changes last.
  ///
  /// Edited away or answered, a rejection stays one: whoever thinks otherwise now approves again.
  private static func lastRejections(_ threads: CommentThreads) -> [String: String] {
    var last: [String: String] = [:]
    for record in threads.nodes.map(\.source.record) where record.opinion == .reject {
      let known = last[record.author]
      if known.map({ $0.precedesInBytes(record.timestamp) }) != false {
        last[record.author] = record.timestamp
      }
    }
    return last
  }

  /// Of everybody the last approval of each revision, the latest ones of as many revisions as any review has.
  ///
  /// So nobody's records can make the judging of others' changes long.
  private static func lastApprovals(_ threads: CommentThreads) -> [Int] {
    var last: [String: [String: Int]] = [:]
    func isLater(_ one: Int, _ other: Int) -> Bool {
      let (first, second) = (threads.nodes[one].source.record, threads.nodes[other].source.record)
      return second.timestamp.precedesInBytes(first.timestamp)
    }
    for root in threads.roots {
      let record = threads.nodes[root].source.record
      guard record.opinion == .approve else { continue }
      let revision = record.location?.commit ?? ""
      if let known = last[record.author]?[revision], isLater(known, root) { continue }
      last[record.author, default: [:]][revision] = root
    }
    return last.values.flatMap { $0.values.sorted(by: isLater).prefix(revisionLimit) }.sorted()
  }

  /// The most revisions of one review of which one person's approvals are looked at.
  private static let revisionLimit = 64

  /// Branches that the review asked for at any time, apart from the one it asks for now.
  ///
  /// Records state their own times, so nobody can tell which of them an approval was given for.
  private static func otherTargets(_ notes: ReviewNotes) -> [String] {
    let targets = notes.requests.map(\.record.targetRef).filter { !$0.isEmpty }
    let others = targets.filter { !$0.utf8.elementsEqual(notes.current.targetRef.utf8) }
    return Set(others).sorted { $0.precedesInBytes($1) }
  }
}
