import Facts
import Git

/// The notes of one repository, read and counted, and dated by their own history where that is needed.
struct AppraiseCollection {
  private let reader: TolerantReader
  private(set) var summary = AppraiseSummary()
  private(set) var reviews: [AppraiseReview] = []
  /// The references read, with the usual names where there is none.
  private(set) var reviewsRef = NoteSource.Kind.reviews.reference
  private(set) var discussRef = NoteSource.Kind.discuss.reference
  /// By annotated object.
  private(set) var requestArrivals: [ObjectName: LineArrivals] = [:]
  private(set) var commentArrivals: [ObjectName: LineArrivals] = [:]

  /// Reads all notes of all four references, and the history of those that do not say everything themselves.
  ///
  /// With `asOf` the reviews are those of that moment. With `provesApprovals` the history is also read for notes that
  /// hold approvals, to know which commits brought them.
  init(_ reader: TolerantReader, asOf: Instant? = nil, provesApprovals: Bool = false) {
    self.reader = reader
    let requests = NoteSource(.reviews, in: reader)
    let comments = NoteSource(.discuss, in: reader)
    if let requests {
      reviewsRef = requests.ref
      collect(requests, comments)
      let undated = reviews.filter(\.notes.needsHistory).map(\.annotated)
      requestArrivals = NoteHistory(reader, of: requests, wanted: Set(undated)).arrivals
    }
    if let comments {
      discussRef = comments.ref
      for object in comments.annotated where requests?.hasNote(on: object) != true {
        countUnattached(comments, on: object)
      }
      let undated = reviews.filter {
        $0.notes.commentsNeedHistory || (provesApprovals && $0.notes.holdsApproval)
      }.map(\.annotated)
      commentArrivals = NoteHistory(reader, of: comments, wanted: Set(undated)).arrivals
    }
    countReports()
    guard let asOf else { return }
    reviews = reviews.compactMap { review in
      review.standing(
        at: asOf, requestArrivals: requestArrivals[review.annotated] ?? [:],
        commentArrivals: commentArrivals[review.annotated] ?? [:])
    }
  }

  private mutating func collect(_ requests: NoteSource, _ comments: NoteSource?) {
    var collected = CollectedReviews()
    for object in requests.annotated {
      summary.annotated += 1
      let asked = records(of: requests, on: object, read: AppraiseRequest.init(line:))
      let isImported = !asked.isEmpty && asked.allSatisfy { $0.record.mark != nil }
      guard let annotated = annotatedObject(object, ref: requests.ref, isImported: isImported) else {
        continue
      }
      guard !asked.isEmpty else {
        summary.withoutRequest += 1
        continue
      }
      let said = comments.map { records(of: $0, on: object, read: AppraiseComment.init(line:)) } ?? []
      noteLatest(asked.map(\.record.timestamp) + said.map(\.record.timestamp))
      for review in CollectedReview.divide(asked, said, on: object, commit: annotated.commit) {
        collected.add(review)
      }
    }
    for review in collected.reviews {
      let isShared = (collected.sharing[review.annotated] ?? 0) > 1
      complete(review, isShared: isShared, ref: comments?.ref)
    }
  }

  private mutating func complete(_ review: CollectedReview, isShared: Bool, ref: String?) {
    guard let notes = ReviewNotes(requests: review.requests, comments: review.comments) else { return }
    let missing = notes.allThreads.orphans.map { orphan in
      let comment = notes.allThreads.nodes[orphan].source.record
      return comment.original.isEmpty ? comment.parent : comment.original
    }
    reader.reportDangling(missing, ref: ref, object: review.annotated)
    reviews.append(
      AppraiseReview(
        annotated: review.annotated, notes: notes, commit: review.commit,
        group: isShared ? review.group : nil))
  }

  /// An annotated object: its commit, or nothing where it is missing.
  private struct Annotated {
    var commit: CommitObject?
  }

  /// Nil when the object is here but is no commit; git-appraise ignores notes on such.
  ///
  /// An imported request tells everything by itself, and a plain clone of a forge's repository lacks most of the
  /// commits: that is counted apart, and nothing is amiss.
  private mutating func annotatedObject(_ object: ObjectName, ref: String, isImported: Bool) -> Annotated? {
    let id = ObjectID(object)
    let header = reader.attempt(ref: ref, object: object) { repository throws(GitError) in
      try repository.header(of: id)
    }
    guard let header else {
      guard !isImported else {
        summary.importedWithoutCommit += 1
        return Annotated()
      }
      summary.missing += 1
      reader.report(.missingObject, ref: ref, object: object)
      return Annotated()
    }
    guard header.kind == .commit else {
      summary.notCommits += 1
      reader.report(.notACommit, ref: ref, object: object)
      return nil
    }
    return Annotated(commit: reader.commit(id, ref: ref))
  }

  private mutating func records<Record>(
    of source: NoteSource, on object: ObjectName,
    read: (ArraySlice<UInt8>) throws(RecordFailure) -> Record
  ) -> [NoteRecord<Record>] {
    let records = source.records(on: object, from: reader, read: read)
    summary.unreadableLines += records.failures.count
    reader.report(records.diagnostics(ref: source.ref, object: object))
    return records.records
  }

  /// Counts comments that belong to no review: on a path, or on anything else without a request.
  private mutating func countUnattached(_ comments: NoteSource, on object: ObjectName) {
    for record in comments.records(on: object, from: reader, read: AppraiseComment.init(line:)).records {
      let path = record.record.location?.path ?? ""
      if !path.isEmpty, WellKnownCommit.name(forPath: path) == object {
        summary.detachedComments += 1
      } else {
        summary.commentsWithoutRequest += 1
      }
    }
  }

  private mutating func countReports() {
    if let builds = NoteSource(.builds, in: reader) {
      for object in builds.annotated {
        summary.buildReports +=
          builds.records(on: object, from: reader, read: CIReport.init(line:)).records.count
      }
    }
    if let analyses = NoteSource(.analyses, in: reader) {
      for object in analyses.annotated {
        summary.analysisReports +=
          analyses.records(on: object, from: reader, read: AnalysisReport.init(line:)).records.count
      }
    }
  }

  private mutating func noteLatest(_ timestamps: [String]) {
    for timestamp in timestamps {
      guard let at = timestamp.appraiseInstant else { continue }
      summary.latest = max(at, summary.latest ?? at)
    }
  }
}
