import Facts
import Git

/// Where the commits of one review are found in the repository.
struct ReviewPlace {
  /// By git-appraise's rule: the first commit is in the target branch.
  var isSubmitted = false
  /// The commit that brought the review, and the next merge that was made on the branch itself.
  var landing: (id: ObjectName, commit: CommitObject, next: CommitObject?)?
  /// The tip of the branch under review, while that branch contains the review and it is open.
  var head: ReviewedCommit?
  /// Heads that were archived before they were rewritten.
  var archived: [ReviewArchive.Head] = []
  /// The commits of the change, oldest first, as far as they are known.
  var commits: [ObjectName] = []
}

/// Looks for the reviews in the branches they are meant for.
struct ReviewPlaces {
  private let reader: TolerantReader
  private let history: History
  private let archive: ReviewArchive
  private let asOf: Instant?
  private var places: [AppraiseReview.Key: ReviewPlace] = [:]

  init(
    _ reader: TolerantReader, reviews: [AppraiseReview], history: History?, asOf: Instant? = nil
  ) throws {
    self.reader = reader
    self.asOf = asOf
    archive = ReviewArchive(reader)
    var tips: [String: ObjectID] = [:]
    var heads: [AppraiseReview.Key: ObjectID] = [:]
    for review in reviews where review.commit != nil {
      for ref in [review.target, review.reviewRef].compactMap(\.self) where tips[ref] == nil {
        tips[ref] = ReviewPlaces.commit(named: ref, in: reader)
      }
      heads[review.key] = review.reviewRef.flatMap { tips[$0] }
    }
    let roots = ReviewPlaces.roots(tips: tips, reviews: reviews, archive: archive)
    if let history, roots.allSatisfy({ history.index(of: $0) != nil }) {
      self.history = history
    } else {
      self.history = try History.load(reader.repository, roots: roots, options: .init(changedPaths: .none))
    }
    place(reviews, tips: tips, heads: heads)
  }

  /// Where the commits of a review are; nothing is known of a review whose commit is missing.
  subscript(review: AppraiseReview) -> ReviewPlace { places[review.key] ?? ReviewPlace() }

  private static func roots(
    tips: [String: ObjectID], reviews: [AppraiseReview], archive: ReviewArchive
  ) -> [ObjectID] {
    let annotated = reviews.filter { $0.commit != nil }.map { ObjectID($0.annotated) }
    let archived = archive.heads.map { ObjectID($0.commit) }
    return Set(Array(tips.values) + annotated + archived).sorted()
  }

  /// The commit that `git rev-list NAME` would start from: a full name, or one below the usual folders.
  private static func commit(named name: String, in reader: TolerantReader) -> ObjectID? {
    reader.attempt(ref: String(name.unicodeScalars.prefix(64))) { repository throws(GitError) in
      guard name.utf8.count < 1024 else { return nil }
      for folder in ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"] {
        guard let id = try repository.resolve(reference: folder + name) else { continue }
        return try repository.peelToCommit(id)
      }
      return nil
    }
  }

  /// Works through the reviews branch by branch, so that only one branch is in memory at a time.
  private mutating func place(
    _ reviews: [AppraiseReview], tips: [String: ObjectID], heads: [AppraiseReview.Key: ObjectID]
  ) {
    let present = reviews.filter { $0.commit != nil }
    let byTarget = Dictionary(grouping: present) { $0.target ?? "" }
    for target in byTarget.keys.sorted(by: { $0.precedesInBytes($1) }) {
      guard let group = byTarget[target] else { continue }
      let tip = tips[target].flatMap { history.index(of: $0) }
      if tip == nil, !target.isEmpty {
        reader.reportDangling([target])
      }
      let line = TargetLine(history, tip: tip)
      for review in group {
        place(review, in: line, head: heads[review.key].flatMap { history.index(of: $0) })
      }
      shareCommits(group, in: line)
      assignArchive(to: group, in: line)
    }
  }

  private mutating func place(_ review: AppraiseReview, in line: TargetLine, head: Int32?) {
    var place = ReviewPlace()
    let start = review.start.flatMap { history.index(of: ObjectID($0)) }
    place.commits = [start.map { name($0) } ?? review.annotated]
    if let start, !review.notes.isAbandoned, let bringer = line.bringer(of: start), isKnown(bringer) {
      place.isSubmitted = true
      if let commit = reader.commit(history.id(bringer)) {
        let next = line.nextMerge(after: bringer).flatMap { reader.commit(history.id($0)) }
        place.landing = (name(bringer), commit, next)
      }
    } else if let start, let head,
      let found = line.newCommits(from: head, limit: reader.limits.reviewCommits)?.found,
      found.contains(start)
    {
      place.commits = found.map { name($0) }
      place.head = ReviewedCommit(
        id: name(head), committed: Instant(seconds: history.committerSeconds(head)))
    }
    places[review.key] = place
  }

  private func isKnown(_ commit: Int32) -> Bool {
    asOf.map { history.committerSeconds(commit) <= $0.seconds } ?? true
  }

  /// Gives each review all commits of the merge that brought it, unless that merge brought several reviews.
  private mutating func shareCommits(_ group: [AppraiseReview], in line: TargetLine) {
    let landings = group.compactMap { places[$0.key]?.landing?.id }
    let counts = landings.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for review in group {
      guard let landing = places[review.key]?.landing, counts[landing.id] == 1,
        landing.commit.parents.count > 1, let merge = history.index(of: ObjectID(landing.id))
      else { continue }
      let brought = line.commits(broughtBy: merge).map { name($0) }
      places[review.key]?.commits = brought
    }
  }

  /// Gives archived heads to the reviews they belong to: those whose first commit they contain as new.
  ///
  /// Of reviews that build on one another it is the last. A review that lies on the branch's own line is no
  /// candidate, because everything later contains it.
  private mutating func assignArchive(to group: [AppraiseReview], in line: TargetLine) {
    var byCommit: [Int32: AppraiseReview.Key] = [:]
    for review in group {
      guard let index = history.index(of: ObjectID(review.annotated)), line.bringer(of: index) != index else {
        continue
      }
      byCommit[index] = review.key
    }
    for head in archive.heads {
      guard let index = history.index(of: ObjectID(head.commit)),
        let new = line.newCommits(from: index, limit: reader.limits.reviewCommits)
      else { continue }
      let candidates = (new.found + new.edge).filter { byCommit[$0] != nil && $0 != index }.sorted(by: >)
      guard let last = candidates.last, let review = byCommit[last] else { continue }
      places[review]?.archived.append(head)
    }
  }

  private func name(_ commit: Int32) -> ObjectName { ObjectName(git: history.id(commit)) }
}
