import Facts
import Git

/// Puts together what is known of one review: the notes, their history, and the commits.
struct ReviewTrace {
  private let review: AppraiseReview
  private let place: ReviewPlace
  private let requestArrivals: LineArrivals
  private let commentArrivals: LineArrivals
  private let requestEvidence: Evidence
  private let commentEvidence: Evidence
  private let signed: Set<ObjectName>

  init(
    _ review: AppraiseReview, collection: AppraiseCollection, places: ReviewPlaces,
    signatures: ApprovalSignatures
  ) {
    self.review = review
    signed = signatures[review]
    place = places[review]
    requestArrivals = collection.requestArrivals[review.annotated] ?? [:]
    commentArrivals = collection.commentArrivals[review.annotated] ?? [:]
    requestEvidence = Evidence(ref: collection.reviewsRef, object: review.annotated)
    commentEvidence = Evidence(ref: collection.discussRef, object: review.annotated)
  }

  /// The trace, and whether the review is abandoned when the notes' history has the last word.
  func build(_ reader: TolerantReader) -> (trace: Trace, isAbandonedByHistory: Bool) {
    let opening = review.notes.opening.dating(requestArrivals)
    let requests = RequestObservations(
      review.notes, annotated: review.annotated, arrivals: requestArrivals, evidence: requestEvidence)
    let named = review.namedCommits(commentArrivals)
    let commits = resolve(named.keys, reader)
    let comments = CommentObservations(
      threads: review.notes.allThreads, arrivals: commentArrivals, evidence: commentEvidence,
      commits: commits,
      signed: signed)

    var trace = Trace(source: .appraise, id: review.id)
    trace.aliases = review.forgeNumbers.filter { $0 != review.id }
    trace.title = review.title
    trace.author = opening.person ?? review.commit?.authorIdentity
    trace.coauthors = coauthors(than: trace.author)
    trace.target = review.target
    trace.reviewRef = review.reviewRef
    trace.commits = place.commits
    trace.observations = requests.all()
    let told = requests.imported.revisions
    for (head, revision) in revisions(named, commits) where !told.contains(head) {
      trace.observations.append(revision)
    }
    trace.observations += comments.all()
    addLanding(to: &trace, requests.imported, opened: opening.time)
    trace.standing = .appraise(status(requests.imported))
    return (trace, requests.isAbandonedByHistory)
  }

  /// The landing as an import tells it, otherwise as history shows it.
  private func addLanding(to trace: inout Trace, _ imported: ImportedRequest, opened: KnownTime) {
    if let landed = imported.landed {
      if !place.commits.contains(landed) { trace.commits.append(landed) }
    } else if let landing = place.landing {
      trace.observations.append(
        ReviewLanding(of: review.start, landing.commit, landing.id, next: landing.next, opened: opened)
          .observation)
    }
  }

  private func status(_ imported: ImportedRequest) -> AppraiseStatus {
    if review.commit == nil, !review.isImported { return .unknown }
    return review.notes.status(submitted: place.isSubmitted || imported.landed != nil)
  }

  /// The author of the first commit, when somebody else (or the same person by a login) made the request.
  private func coauthors(than author: Identity?) -> [Identity] {
    guard let commit = review.commit, commit.parents.count < 2, let writer = commit.authorIdentity,
      writer.email != author?.email
    else { return [] }
    return [writer]
  }

  /// Later versions of the change: commits that comments name, archived heads, and the tip of an open branch.
  ///
  /// None of these says when it was pushed. That was not before it was committed, and not after somebody commented
  /// on it or archived it.
  private func revisions(
    _ named: [String: Instant], _ commits: [String: ReviewedCommit]
  ) -> [(head: ObjectName, observation: Observation)] {
    var latest: [ObjectName: (from: Instant, until: Instant?, evidence: Evidence)] = [:]
    for (text, at) in named {
      guard let commit = commits[text], isLater(commit) else { continue }
      let until = min(at, latest[commit.id]?.until ?? at)
      latest[commit.id] = (commit.committed, until, commentEvidence)
    }
    for head in place.archived where latest[head.commit] == nil {
      latest[head.commit] = (
        head.committed, head.archived, Evidence(ref: ReviewArchive.reference, object: head.commit)
      )
    }
    if let head = place.head, head.id != review.annotated, latest[head.id] == nil {
      latest[head.id] = (head.committed, nil, Evidence(ref: review.reviewRef, object: head.id))
    }
    for request in review.notes.requests {
      if let alias = request.record.alias.fullObjectName { latest[alias] = nil }
    }
    return latest.sorted { ($0.value.from, $0.key) < ($1.value.from, $1.key) }.map { id, known in
      let from = known.until.map { known.from <= $0 } ?? true ? known.from : nil
      return (id, Observation(.revision(id), .between(from, known.until), by: nil, .bounded, known.evidence))
    }
  }

  /// Not the first commit, and not something older on which the change is based.
  private func isLater(_ commit: ReviewedCommit) -> Bool {
    guard commit.id != review.annotated else { return false }
    return review.commit?.committed.map { commit.committed >= $0 } ?? true
  }

  /// Looks up the commits that comments name, at times by their first digits only.
  private func resolve(
    _ names: some Collection<String>, _ reader: TolerantReader
  ) -> [String: ReviewedCommit] {
    var commits: [String: ReviewedCommit] = [:]
    var unknown: [String] = []
    let imported = review.commitsOfImport
    for name in names.sorted(by: { $0.precedesInBytes($1) }) {
      // Looking up first digits costs file accesses, so a note cannot ask for any number of them.
      let isAffordable = unknown.count < 1_000 || name.utf8.count == 40
      if isAffordable, let id = commit(named: name, reader), let commit = reader.commit(id),
        let committed = commit.committed
      {
        commits[name] = ReviewedCommit(id: ObjectName(git: id), committed: committed)
      } else if !imported.contains(name) {
        unknown.append(name)
      }
    }
    reader.reportDangling(unknown, ref: commentEvidence.ref, object: review.annotated)
    return commits
  }

  private func commit(named name: String, _ reader: TolerantReader) -> ObjectID? {
    guard (4...40).contains(name.utf8.count), name.utf8.allSatisfy({ Self.isHex($0) }) else { return nil }
    return reader.attempt(ref: commentEvidence.ref, object: review.annotated) {
      repository throws(GitError) -> ObjectID? in
      if let id = ObjectID(hex: name) {
        return try repository.header(of: id)?.kind == .commit ? id : nil
      }
      do throws(GitError) {
        return try repository.commitish(name)
      } catch {
        guard error.code == .notFound || error.code == .ambiguous else { throw error }
        return nil
      }
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
  }
}
