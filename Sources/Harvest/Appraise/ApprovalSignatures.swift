import Facts
import Git

/// Which approvals in the notes are proven by a signature.
///
/// Two signatures can do that: one inside the record, over the record with the text `gpgsig` in its place (as
/// google/git-appraise `review/gpg/signable.go` makes it), or that of the notes commit which brought the line.
struct ApprovalSignatures {
  private var good: [AppraiseReview.Key: Set<ObjectName>] = [:]
  /// Signatures inside approving records, checked or not.
  private(set) var present = 0
  /// Approvals that a signature proves.
  private(set) var verified = 0

  private struct Approval: Hashable {
    let review: AppraiseReview.Key
    let digest: ObjectName
  }

  private let reader: TolerantReader
  private let ref: String
  private var claims: [SignatureClaim] = []
  private var owners: [Approval] = []
  private var refused: [(approval: Approval, reason: String)] = []

  /// What of the past is asked for.
  struct Scope {
    /// Reviews that landed earlier need no proof.
    var since: Instant?
    /// Notes commits that are dated later do not exist.
    var asOf: Instant?
  }

  /// Nothing is proven without a verifier; signatures inside records are counted all the same.
  init(
    _ collection: AppraiseCollection, _ places: ReviewPlaces, _ reader: TolerantReader, _ scope: Scope,
    _ verifier: SignatureVerifier?
  ) {
    self.reader = reader
    ref = collection.discussRef
    for review in collection.reviews {
      let arrivals = collection.commentArrivals[review.annotated] ?? [:]
      let place = places[review]
      let isWanted = verifier != nil && scope.needsProof(landed: place.landing?.commit.committed)
      for node in review.notes.allThreads.nodes where node.source.record.isApproval {
        let isSigned = !node.source.record.signature.isEmpty
        if isSigned { present += 1 }
        guard isWanted, node.source.dating(arrivals).grade == .recorded,
          let person = Identity(appraise: node.source.record.author)
        else { continue }
        let approval = Approval(review: review.key, digest: node.source.digest)
        let known = (arrivals[node.source.digest] ?? []).filter(scope.includes)
        if isSigned {
          addRecord(
            node.source.record, approval, person, known.first, commits: review.commits(place))
        }
        for arrival in known { addCommit(node.source.record, approval, person, arrival) }
      }
    }
    if let verifier { judge(verifier(claims)) }
  }

  /// The approving records of a review that are proven, by the digests of their lines.
  subscript(review: AppraiseReview) -> Set<ObjectName> { good[review.key] ?? [] }

  /// A signature over a record proves nothing of another review into which the record was copied.
  private mutating func addRecord(
    _ record: AppraiseComment, _ approval: Approval, _ person: Identity, _ arrival: LineArrival?,
    commits: Set<ObjectName>
  ) {
    guard let named = record.location?.commit.fullObjectName, commits.contains(named) else {
      refused.append((approval, "the signed record names no commit of this review"))
      return
    }
    add(
      SignatureClaim(
        Array(record.signature.utf8), over: record.signedLine, by: .person(person),
        namespace: SignatureClaim.recordNamespace, at: record.moment(within: arrival)), approval)
  }

  /// The notes commit that brought the line, if it is signed.
  private mutating func addCommit(
    _ record: AppraiseComment, _ approval: Approval, _ person: Identity, _ arrival: LineArrival
  ) {
    guard let signed = arrival.signed else { return }
    let object = reader.attempt(in: signed.ledger, ref: ref, object: ObjectName(git: signed.id)) {
      repository throws(GitError) in try repository.read(signed.id, limit: Limits.commit)
    }
    guard let object, let commit = CommitSignature(commit: object.bytes) else { return }
    add(
      SignatureClaim(
        commit.signature, over: commit.payload, by: .personOrService(person),
        namespace: SignatureClaim.gitNamespace, at: record.moment(within: arrival)), approval)
  }

  private mutating func add(_ claim: SignatureClaim, _ approval: Approval) {
    claims.append(claim)
    owners.append(approval)
  }

  /// One good signature is enough; of an approval with none, the first reason is told.
  private mutating func judge(_ findings: [SignatureFinding]) {
    for (finding, owner) in zip(findings, owners) {
      switch finding {
      case .good: good[owner.review, default: []].insert(owner.digest)
      case .refused(let reason): refused.append((owner, reason))
      case .unchecked: continue
      }
    }
    verified = good.values.reduce(0) { $0 + $1.count }
    var told: Set<Approval> = []
    for (approval, reason) in refused {
      guard good[approval.review]?.contains(approval.digest) != true, told.insert(approval).inserted else {
        continue
      }
      reader.report(.unverifiedSignature(detail: reason), ref: ref, object: approval.review.annotated)
    }
  }
}

extension ApprovalSignatures.Scope {
  fileprivate func needsProof(landed: Instant?) -> Bool {
    guard let since, let landed else { return true }
    return landed >= since
  }

  fileprivate func includes(_ arrival: LineArrival) -> Bool {
    guard let asOf, let latest = arrival.latest else { return true }
    return latest <= asOf
  }
}

extension AppraiseComment {
  /// A root comment that accepts the change.
  var isApproval: Bool { parent.isEmpty && opinion == .approve }

  /// The record's own time, moved to within the limits that the history of the notes sets.
  func moment(within arrival: LineArrival?) -> Instant {
    let own = timestamp.appraiseInstant ?? arrival?.latest ?? Instant(seconds: .min)
    guard let latest = arrival?.latest else { return own }
    return min(latest, max(own, arrival?.earliest ?? own))
  }
}

extension AppraiseReview {
  /// The commits that a signed record may name: those of the change as Git has them.
  ///
  /// After a rebase only the first one, because the new name stands in a request that anybody can write.
  fileprivate func commits(_ place: ReviewPlace) -> Set<ObjectName> {
    guard notes.current.alias.isEmpty else { return [annotated] }
    let heads = [place.head?.id].compactMap(\.self) + place.archived.map(\.commit)
    return Set([annotated] + place.commits + heads)
  }
}
