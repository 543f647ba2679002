public import Facts
public import Git

/// Finds the attested approvals that bear on a proposed update in `refs/gittuf/attestations`.
///
/// Anybody may push there, so nothing but a signature makes an approval more than claimed. An attestation is of one
/// move: from where the branch stands to a tree. It covers all that would land where that is one commit besides clean
/// merges; of several, nobody has attested the steps in between.
public struct GittufApprovals {
  private let updates: ProposalReader
  private let reader: GittufReader
  private let verifier: SignatureVerifier?
  private let now: Instant

  static let reference = "refs/gittuf/attestations"

  /// Takes the reader of the same repository's updates; nothing is proven without a verifier.
  init(
    _ updates: ProposalReader, _ reader: GittufReader, by verifier: SignatureVerifier?, now: Instant
  ) {
    self.updates = updates
    self.reader = reader
    self.verifier = verifier
    self.now = now
  }

  /// Approvals of moves that begin where the branch stands, or end in the tree that would land.
  func approvals(of update: ProposedUpdate) throws(UpdateObstacle) -> [ProposedApproval] {
    guard let old = update.old, let new = update.new, let ledger = try Self.ledger(reader) else { return [] }
    let tree = ObjectName(git: try updates.tree(ofCommit: ObjectID(new)))
    let candidates = ledger.entries.filter { $0.isApproval && ($0.move.from == old || $0.move.tree == tree) }
    var ended: Set<Standing> = []
    for entry in ledger.entries where !entry.isApproval { ended.insert(Standing(entry)) }
    var known: Set<Standing> = []
    var found: [ProposedApproval] = []
    for entry in candidates.prefix(Self.limit) where known.insert(Standing(entry)).inserted {
      if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
      var approval = ProposedApproval(
        review: new, target: entry.move.ref, revision: entry.move.tree, person: entry.voice.person,
        time: entry.isArrival ? .at(entry.at) : .between(nil, entry.at),
        grade: isSigned(entry) ? .signed : .claimed,
        evidence: Evidence(ref: Self.reference, object: entry.commit))
      approval.source = .gittuf
      // What was taken back once may be put there again by anybody, with the same signature.
      approval.isWithdrawn = ended.contains(Standing(entry))
      if entry.move.from == old, entry.move.tree == tree { cover(&approval, update) }
      found.append(approval)
    }
    return found
  }

  /// More approvals of one update than this are not looked at.
  private static let limit = 1_000

  /// Somebody's approval of a move, however often it came and went.
  private struct Standing: Hashable {
    let move: AttestationPath.Move
    let voice: ApprovalLedger.Voice

    init(_ entry: ApprovalLedger.Entry) { (move, voice) = (entry.move, entry.voice) }
  }

  private func cover(_ approval: inout ProposedApproval, _ update: ProposedUpdate) {
    let landing = update.commits.filter(\.needsApproval)
    guard landing.count == 1 else { return }
    approval.binding = .sameTree
    approval.covers = Array(update.commits.indices)
    approval.contributors = update.commits.flatMap(\.contributors)
    approval.unrecorded = landing.first { $0.arrival == .unrecorded }?.name
  }

  /// Whether the person's own key, or for what an app saw on a forge a service's key that vouches, signed it.
  private func isSigned(_ entry: ApprovalLedger.Entry) -> Bool {
    guard let verifier, let blob = entry.blob, let envelope = reader.envelope(blob, ref: Self.reference)
    else {
      return false
    }
    let signer: SignatureClaim.Signer = entry.voice.keyID == nil ? .service : .person(entry.voice.person)
    return envelope.signatures.contains { signature in
      guard entry.voice.keyID == nil || signature.keyID == entry.voice.keyID,
        signature.bytes.starts(with: "-----BEGIN SSH SIGNATURE-----".utf8)
      else { return false }
      return SignatureClaim(
        signature.bytes, over: envelope.signedBytes, by: signer, namespace: SignatureClaim.gitNamespace,
        at: entry.at
      ).isGood(by: verifier, now: now)
    }
  }

  private static func ledger(_ reader: GittufReader) throws(UpdateObstacle) -> ApprovalLedger? {
    let tip: ObjectID?
    do throws(GitError) {
      tip = try reader.repository.resolve(reference: reference)
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
    guard let tip else { return nil }
    let history = AttestationHistory(reader, ref: reference, tip: tip, asOf: nil)
    return ApprovalLedger(history, ref: reference, reader)
  }

  /// What a push of the attestations would do: whether the line of commits only grows, and whose approvals go.
  public static func proposed(
    _ repository: Repository, old: ObjectID?, new: ObjectID?
  ) throws(UpdateObstacle) -> ProposedAttestations {
    guard let new else { return ProposedAttestations(isFastForward: false) }
    guard let old else { return ProposedAttestations(isFastForward: true) }
    let reader = GittufReader(repository)
    let history = AttestationHistory(reader, ref: reference, tip: new, asOf: nil)
    guard let place = history.steps.firstIndex(where: { $0.commit == ObjectName(git: old) }) else {
      return ProposedAttestations(isFastForward: false)
    }
    let fresh = Set(history.steps[(place + 1)...].map(\.commit))
    let gone = ApprovalLedger(history, ref: reference, reader).entries.filter {
      !$0.isApproval && fresh.contains($0.commit)
    }
    let people = Dictionary(gone.map { ($0.voice.person.email, $0.voice.person) }) { one, _ in one }
    return ProposedAttestations(
      isFastForward: true, takingBack: people.values.sorted { $0.email.precedesInBytes($1.email) })
  }
}
