internal import Facts
internal import Git

extension ApprovalReader {
  /// Raises the grade of those approvals that a signature proves, by a key that is still good now.
  ///
  /// Two signatures can do that: one inside the record, and that of a notes commit which brought the line. A notes commit
  /// covers its whole tree, so it proves the lines that stand in none of its parents, and those of its signer only.
  func prove(
    _ update: inout ProposedUpdate, by verifier: SignatureVerifier, now: Instant
  ) {
    guard let comments else { return }
    let places = update.approvals.indices.filter { update.approvals[$0].isProvable }
    let history = NoteHistory(
      reader, of: comments, wanted: Set(places.map { update.approvals[$0].review }))
    for place in places {
      let approval = update.approvals[place]
      let arrivals = history.arrivals[approval.review] ?? [:]
      let lines = records(of: comments, on: approval.review, read: AppraiseComment.init(line:))
      let claims = lines.filter { $0.record.gives(approval) }.flatMap { line in
        [line.record.ownClaim(by: approval.person, at: now)].compactMap { $0 }
          + (arrivals[line.digest] ?? []).compactMap { commitClaim(line.record, approval, $0) }
      }
      if claims.contains(where: { $0.isGood(by: verifier, now: now) }) {
        update.approvals[place].grade = .signed
      }
    }
  }

  /// What the signature of a notes commit claims of a line that came with it.
  private func commitClaim(
    _ record: AppraiseComment, _ approval: ProposedApproval, _ arrival: LineArrival
  ) -> SignatureClaim? {
    guard let signed = arrival.signed, let comments else { return nil }
    let object = reader.attempt(in: signed.ledger, ref: comments.ref, object: ObjectName(git: signed.id)) {
      repository throws(GitError) in try repository.read(signed.id, limit: Limits.commit)
    }
    guard let object, let commit = CommitSignature(commit: object.bytes) else { return nil }
    return SignatureClaim(
      commit.signature, over: commit.payload, by: .personOrService(approval.person),
      namespace: SignatureClaim.gitNamespace, at: record.moment(within: arrival))
  }
}

extension ProposedApproval {
  /// Whether it is a record in the notes that a signature can still raise.
  fileprivate var isProvable: Bool {
    (source == .appraise || source == .forgeImport) && grade == .recorded && binding != .none
  }
}

extension AppraiseComment {
  /// Whether this is the line that an approval was read from.
  fileprivate func gives(_ approval: ProposedApproval) -> Bool {
    isApproval && Identity(appraise: author) == approval.person
      && location?.commit.fullObjectName == approval.revision
      && timestamp.appraiseInstant == approval.time.instant
  }

  /// What the signature inside the record claims; nil without one.
  fileprivate func ownClaim(by person: Identity, at moment: Instant) -> SignatureClaim? {
    signature.isEmpty ? nil : claim(by: person, at: moment)
  }
}
