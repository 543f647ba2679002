public import Facts
public import Git

/// Reads what a push would do to git-appraise's notes: which lines would come, and whether any would go.
public struct NotesPushReader {
  private let repository: Repository
  private let budget: Budget
  private let verifier: SignatureVerifier?

  /// A signature inside a line, and the line that holds it.
  private typealias Claim = (line: Int, claim: SignatureClaim, signed: [UInt8])

  /// The most bytes of one note: as much as is read of it when a change lands.
  private static let noteLimit = AppraiseLimits().noteBytes

  public init(_ repository: Repository, budget: Budget, verifier: SignatureVerifier?) {
    self.repository = repository
    self.budget = budget
    self.verifier = verifier
  }

  public func read(
    reference: String, old: ObjectID?, new: ObjectID?, at moment: Instant
  ) throws(UpdateObstacle) -> ProposedNotes {
    var notes = ProposedNotes(
      reference: reference, old: old.map { ObjectName(git: $0) }, new: new.map { ObjectName(git: $0) })
    guard let new else {
      notes.isFastForward = false
      return notes
    }
    if let old { notes.isFastForward = try isFastForward(from: old, to: new) }
    try checkForm(of: new, besides: old)
    let isRequests = reference.hasSuffix("/reviews")
    var claims: [Claim] = []
    let several = try severalNotes(in: new)
    for change in try changes(from: old, to: new) {
      if budget.isSpent() { throw .outOfTime(seconds: 0) }
      let name = ObjectName(git: change.annotated)
      if several.contains(change.annotated) { notes.unreadable[name] = "there are two notes on it" }
      let (before, after) = (try lines(of: change.old, on: name), try lines(of: change.new, on: name))
      if before.contains(where: { (after[$0.key] ?? 0) < $0.value }) { notes.losing.append(name) }
      let added = after.keys.filter { before[$0] == nil }
      for line in added.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        add(line, on: name, isRequests: isRequests, moment, to: &notes, &claims)
      }
    }
    try prove(claims, besides: old, moment, in: &notes)
    return notes
  }

  private func add(
    _ line: [UInt8], on annotated: ObjectName, isRequests: Bool, _ moment: Instant,
    to notes: inout ProposedNotes, _ claims: inout [Claim]
  ) {
    do throws(RecordFailure) {
      if isRequests {
        let request = try AppraiseRequest(line: line[...])
        notes.lines.append(.init(annotated: annotated, author: request.requester, isSigned: false))
        return
      }
      let comment = try AppraiseComment(line: line[...])
      notes.lines.append(.init(annotated: annotated, author: comment.author, isSigned: false))
      guard !comment.signature.isEmpty, let person = Identity(appraise: comment.author) else { return }
      claims.append((notes.lines.count - 1, comment.claim(by: person, at: moment), line))
    } catch {
      notes.unreadable[annotated] = error.detail
    }
  }

  /// Marks the lines whose signatures are good.
  ///
  /// A signature does not cover the object that the line is on. What somebody has said of one object is therefore not
  /// taken from others as said of another one.
  private func prove(
    _ claims: [Claim], besides old: ObjectID?, _ moment: Instant, in notes: inout ProposedNotes
  ) throws(UpdateObstacle) {
    guard let verifier, !claims.isEmpty else { return }
    let standing = try places(of: Set(claims.map(\.signed)), in: old)
    for (number, claim, signed) in claims where claim.isGood(by: verifier, now: moment) {
      let here = notes.lines[number].annotated
      notes.lines[number].isSigned = standing[signed]?.allSatisfy { $0 == here } ?? true
    }
  }

  private func isFastForward(from old: ObjectID, to new: ObjectID) throws(UpdateObstacle) -> Bool {
    do throws(CommitRange.Obstacle) {
      return try CommitRange(of: repository, from: [old], to: new, budget: budget).isFastForward
    } catch {
      throw .unreadable(ObjectName(git: new), detail: "the history of the notes is not whole")
    }
  }
}

// MARK: Trees and lines

extension NotesPushReader {
  /// A tree that programs read differently says different things to them.
  private func checkForm(of new: ObjectID, besides old: ObjectID?) throws(UpdateObstacle) {
    let known = try old.map { old throws(UpdateObstacle) in try tree(of: old) }
    let root = try tree(of: new)
    let flaws: [TreeInspection.Finding]
    do throws(TreeInspection.Obstacle) {
      flaws = try TreeInspection(repository, budget: budget)
        .findings(in: root, besides: [known].compactMap { $0 })
    } catch {
      switch error {
      case .missing(let id): throw .missingObject(ObjectName(git: id))
      case .tooManyEntries(let limit): throw .tooManyPaths(limit: limit)
      case .outOfTime: throw .outOfTime(seconds: 0)
      }
    }
    guard flaws.isEmpty else { throw .unreadable(ObjectName(git: new), detail: "its tree is malformed") }
  }

  private func tree(of commit: ObjectID) throws(UpdateObstacle) -> ObjectID {
    let found = try reading(commit) { repository throws(GitError) in try repository.tree(ofCommit: commit) }
    guard let found else { throw .missingObject(ObjectName(git: commit)) }
    return found
  }

  private func changes(from old: ObjectID?, to new: ObjectID) throws(UpdateObstacle) -> [NoteChange] {
    try reading(new) { repository throws(GitError) in try repository.noteChanges(from: old, to: new) }
  }

  /// Objects on which there is more than one note.
  private func severalNotes(in new: ObjectID) throws(UpdateObstacle) -> Set<ObjectID> {
    let tree = try reading(new) { repository throws(GitError) in try repository.notes(inCommit: new) }
    return Set(tree.entries.filter { $0.blobs.count > 1 }.map(\.annotated))
  }

  /// The objects on which some lines stand already.
  private func places(
    of wanted: Set<[UInt8]>, in old: ObjectID?
  ) throws(UpdateObstacle) -> [[UInt8]: [ObjectName]] {
    guard let old else { return [:] }
    var found: [[UInt8]: [ObjectName]] = [:]
    let tree = try reading(old) { repository throws(GitError) in try repository.notes(inCommit: old) }
    for entry in tree.entries {
      if budget.isSpent() { throw .outOfTime(seconds: 0) }
      let name = ObjectName(git: entry.annotated)
      for line in try lines(of: entry.blobs, on: name).keys where wanted.contains(line) {
        found[line, default: []].append(name)
      }
    }
    return found
  }

  /// How often each line stands in the notes on one object.
  private func lines(of blobs: [ObjectID], on object: ObjectName) throws(UpdateObstacle) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    for blob in blobs {
      let read = try reading(blob) { repository throws(GitError) in
        try repository.read(blob, limit: Self.noteLimit)
      }
      guard let read else { throw .missingObject(ObjectName(git: blob)) }
      for line in read.bytes.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
        counts[Array(line), default: 0] += 1
      }
    }
    return counts
  }

  private func reading<Value>(
    _ object: ObjectID, _ body: (Repository) throws(GitError) -> Value
  ) throws(UpdateObstacle) -> Value {
    do throws(GitError) {
      return try body(repository)
    } catch {
      throw .unreadable(ObjectName(git: object), detail: error.message)
    }
  }
}

extension AppraiseComment {
  /// What its own signature claims.
  func claim(by person: Identity, at moment: Instant) -> SignatureClaim {
    var unsigned = self
    unsigned.signature = "gpgsig"
    return SignatureClaim(
      Array(signature.utf8), over: unsigned.line, by: .person(person),
      namespace: SignatureClaim.recordNamespace, at: timestamp.appraiseInstant ?? moment)
  }
}

extension SignatureClaim {
  /// Whether a signature is good both for the time that its record states, which its writer chose, and now: a key that
  /// was taken back or has run out proves nothing any more.
  func isGood(by verify: SignatureVerifier, now: Instant) -> Bool {
    var today = self
    today.moment = now
    return verify([self, today]).allSatisfy { $0 == .good }
  }
}
