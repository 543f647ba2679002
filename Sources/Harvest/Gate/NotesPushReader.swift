public import Facts
public import Git

/// Reads what a push would do to git-appraise's notes: which lines would come, and whether any would go.
public struct NotesPushReader {
  private let repository: Repository
  private let budget: Budget
  private let verifier: SignatureVerifier?

  /// The most bytes of one note.
  private static let noteLimit = 8 << 20

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
    let isRequests = reference.hasSuffix("/reviews")
    var claims: [(line: Int, claim: SignatureClaim)] = []
    for change in try changes(from: old, to: new) {
      if budget.isSpent() { throw .outOfTime(seconds: 0) }
      let name = ObjectName(git: change.annotated)
      let (before, after) = (try lines(of: change.old, on: name), try lines(of: change.new, on: name))
      if before.contains(where: { (after[$0.key] ?? 0) < $0.value }) { notes.losing.append(name) }
      let added = after.keys.filter { before[$0] == nil }
      for line in added.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        add(line, on: name, isRequests: isRequests, moment, to: &notes, &claims)
      }
    }
    let findings = verifier?(claims.map(\.claim)) ?? []
    for (finding, claim) in zip(findings, claims) where finding == .good {
      notes.lines[claim.line].isSigned = true
    }
    return notes
  }

  private func add(
    _ line: [UInt8], on annotated: ObjectName, isRequests: Bool, _ moment: Instant,
    to notes: inout ProposedNotes, _ claims: inout [(line: Int, claim: SignatureClaim)]
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
      claims.append((notes.lines.count - 1, comment.claim(by: person, at: moment)))
    } catch {
      notes.unreadable[annotated] = error.detail
    }
  }

  private func isFastForward(from old: ObjectID, to new: ObjectID) throws(UpdateObstacle) -> Bool {
    do throws(CommitRange.Obstacle) {
      return try CommitRange(of: repository, from: [old], to: new, budget: budget).isFastForward
    } catch {
      throw .unreadable(ObjectName(git: new), detail: "the history of the notes is not whole")
    }
  }

  private func changes(from old: ObjectID?, to new: ObjectID) throws(UpdateObstacle) -> [NoteChange] {
    do throws(GitError) {
      return try repository.noteChanges(from: old, to: new)
    } catch {
      throw .unreadable(ObjectName(git: new), detail: error.message)
    }
  }

  /// How often each line stands in the notes on one object.
  private func lines(of blobs: [ObjectID], on object: ObjectName) throws(UpdateObstacle) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    for blob in blobs {
      let read: RawObject?
      do throws(GitError) {
        read = try repository.read(blob, limit: Self.noteLimit)
      } catch {
        throw .unreadable(ObjectName(git: blob), detail: error.message)
      }
      guard let read else { throw .missingObject(ObjectName(git: blob)) }
      for line in read.bytes.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
        counts[Array(line), default: 0] += 1
      }
    }
    return counts
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
