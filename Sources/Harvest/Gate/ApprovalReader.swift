public import Facts
internal import Git

/// Finds the approvals that bear on a proposed update among git-appraise's notes of one repository.
///
/// First the reviews of the commits that would land are looked at; where these leave a commit without any approval,
/// all other reviews of the same branch, because a rebase or squash lands under new names.
public struct ApprovalReader {
  private let updates: ProposalReader
  private let reader: TolerantReader
  private let requests: NoteSource?
  private let comments: NoteSource?

  /// Takes the reader of the same repository's updates, so that trees are compared once.
  public init(_ updates: ProposalReader) {
    self.updates = updates
    reader = TolerantReader(updates.repository, limits: AppraiseLimits())
    requests = NoteSource(.reviews, in: reader)
    comments = NoteSource(.discuss, in: reader)
  }

  /// What of the notes could not be read so far.
  public var diagnostics: [Diagnostic] { reader.diagnostics }

  /// Raises the grade of those approvals whose own signature verifies.
  public func prove(_ update: inout ProposedUpdate, by verifier: SignatureVerifier) throws(UpdateObstacle) {
    guard let comments else { return }
    var claims: [(place: Int, claim: SignatureClaim)] = []
    for (place, approval) in update.approvals.enumerated() where approval.grade == .recorded {
      let lines = records(of: comments, on: approval.review, read: AppraiseComment.init(line:)).map(\.record)
      for line in lines where line.isApproval && !line.signature.isEmpty {
        guard Identity(appraise: line.author) == approval.person,
          line.location?.commit.fullObjectName == approval.revision,
          line.timestamp.appraiseInstant == approval.time.instant
        else { continue }
        claims.append(
          (place, line.claim(by: approval.person, at: approval.time.instant ?? Instant(seconds: .min))))
      }
    }
    for (finding, claim) in zip(verifier(claims.map(\.claim)), claims) where finding == .good {
      update.approvals[claim.place].grade = .signed
    }
  }

  /// Adds the approvals to an update.
  public func add(to update: inout ProposedUpdate) throws(UpdateObstacle) {
    guard let requests, let comments, !update.commits.isEmpty else { return }
    let places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let direct = update.commits.map(\.name).filter { requests.hasNote(on: $0) }
    update.approvals += try approvals(direct, requests, comments, update, places)
    let covered = Set(update.approvals.flatMap(\.covers))
    guard
      update.commits.indices.contains(where: { !covered.contains($0) && !update.commits[$0].paths.isEmpty })
    else { return }
    let others = requests.annotated.filter { places[$0] == nil }
    update.approvals += try approvals(others, requests, comments, update, places).filter {
      $0.binding != .none
    }
  }

  private func approvals(
    _ annotated: [ObjectName], _ requests: NoteSource, _ comments: NoteSource, _ update: ProposedUpdate,
    _ places: [ObjectName: Int]
  ) throws(UpdateObstacle) -> [ProposedApproval] {
    var found: [ProposedApproval] = []
    for object in annotated where comments.hasNote(on: object) {
      if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
      let asked = records(of: requests, on: object, read: AppraiseRequest.init(line:))
      let said = records(of: comments, on: object, read: AppraiseComment.init(line:))
      guard let notes = ReviewNotes(requests: asked, comments: said), !notes.isAbandoned else { continue }
      found += ReviewApprovals(object, notes, ref: comments.ref).list
    }
    var bindings = RevisionBindings(updates, update, places)
    var bound: [ProposedApproval] = []
    for var approval in found {
      if let revision = approval.revision {
        let answer = try bindings.binding(of: revision)
        (approval.binding, approval.covers) = (answer.binding, answer.covers)
        approval.contributors = answer.contributors
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
    let verdicts = threads.roots.filter { threads.nodes[$0].source.record.opinion != nil }
    for root in verdicts {
      let record = threads.nodes[root].source.record
      guard record.opinion == .approve, let person = Identity(appraise: record.author) else { continue }
      let at = record.timestamp.appraiseInstant
      let later = verdicts.filter { other in
        let verdict = threads.current(other).record
        return other != root && verdict.author == record.author && verdict.opinion == .reject
          && !verdict.timestamp.precedesInBytes(record.timestamp)
      }
      list.append(
        ProposedApproval(
          review: review, target: notes.current.targetRef.isEmpty ? nil : notes.current.targetRef,
          revision: record.location?.commit.fullObjectName, person: person,
          time: at.map { .at($0) } ?? .unknown, grade: at == nil ? .bounded : .recorded, evidence: evidence,
          isEdited: threads.nodes[root].current != root, isSuperseded: !later.isEmpty))
    }
  }
}

/// Finds approved revisions in an update.
private struct RevisionBindings {
  struct Answer {
    var binding = ProposedApproval.Binding.none
    var covers: [Int] = []
    var contributors: [ProposedContributor] = []
  }

  private let updates: ProposalReader
  private let update: ProposedUpdate
  private let places: [ObjectName: Int]
  private var known: [ObjectName: Answer] = [:]
  /// The commits of the update as git holds them, by place.
  private var lineage: [[Int]] = []

  init(_ updates: ProposalReader, _ update: ProposedUpdate, _ places: [ObjectName: Int]) {
    self.updates = updates
    self.update = update
    self.places = places
  }

  mutating func binding(of revision: ObjectName) throws(UpdateObstacle) -> Answer {
    if let answer = known[revision] { return answer }
    let answer: Answer
    if let place = places[revision] {
      answer = try landed(place)
    } else {
      answer = try equivalent(revision)
    }
    known[revision] = answer
    return answer
  }

  /// The approved commit itself would land: it covers itself and everything new below it.
  private mutating func landed(_ place: Int) throws(UpdateObstacle) -> Answer {
    if lineage.isEmpty { lineage = try parents() }
    var covered: Set<Int> = []
    var waiting = [place]
    while let next = waiting.popLast() {
      guard covered.insert(next).inserted else { continue }
      waiting += lineage[next]
    }
    let covers = covered.sorted()
    return Answer(
      binding: .sameCommit, covers: covers, contributors: covers.flatMap { update.commits[$0].contributors })
  }

  private func parents() throws(UpdateObstacle) -> [[Int]] {
    var lineage: [[Int]] = []
    for commit in update.commits {
      let object = CommitObject.parse(try updates.bytes(of: ObjectID(commit.name)))
      lineage.append(object.parents.compactMap { places[ObjectName(git: $0)] })
    }
    return lineage
  }

  /// Another commit was approved: where one that would land makes the same change of the same contents, it is covered.
  private func equivalent(_ revision: ObjectName) throws(UpdateObstacle) -> Answer {
    guard let old = update.old else { return Answer() }
    let approved: ApprovedChange
    do throws(UpdateObstacle) {
      guard let found = try ApprovedChange(revision, against: ObjectID(old), updates) else { return Answer() }
      approved = found
    } catch {
      // An approved commit that is not here any more covers nothing; that is no obstacle to judging the others.
      if case .missingObject = error { return Answer() }
      throw error
    }
    if let whole = try approved.binding(from: ObjectID(old), to: update.new.map { ObjectID($0) }, updates) {
      return Answer(
        binding: whole, covers: Array(update.commits.indices),
        contributors: approved.contributors + landedContributors(update.commits.indices))
    }
    for (place, commit) in update.commits.enumerated() where !commit.isMerge && !commit.paths.isEmpty {
      let parent = CommitObject.parse(try updates.bytes(of: ObjectID(commit.name))).parents.first
      guard let parent, commit.paths.count == approved.change.count,
        let binding = try approved.binding(from: parent, to: ObjectID(commit.name), updates)
      else { continue }
      return Answer(
        binding: binding, covers: [place],
        contributors: approved.contributors + landedContributors(place..<place + 1))
    }
    return Answer()
  }

  /// Whoever only put the same change into a new commit had no hand in it.
  private func landedContributors(_ places: Range<Int>) -> [ProposedContributor] {
    places.flatMap { update.commits[$0].contributors }.filter { $0.role != .committer }
  }
}

/// What an approved revision would change on the branch.
private struct ApprovedChange {
  let base: ObjectID
  let change: [TreeChange.Entry]
  let contributors: [ProposedContributor]

  /// Nil when it changes nothing, or has no common history with the branch.
  init?(_ revision: ObjectName, against old: ObjectID, _ updates: ProposalReader) throws(UpdateObstacle) {
    let id = ObjectID(revision)
    let tree = try updates.tree(ofCommit: id)
    let range = try updates.commits(from: [old], to: id)
    let bases: [ObjectID]
    do throws(CommitRange.Obstacle) {
      bases = try CommitRange.mergeBases(old, id, in: updates.repository, budget: updates.budget)
    } catch {
      throw updates.obstacle(error)
    }
    guard bases.count == 1, let base = bases.first, !range.commits.isEmpty,
      let change = updates.trees.change(from: try updates.tree(ofCommit: base), to: tree),
      !change.entries.isEmpty
    else { return nil }
    self.base = base
    self.change = change.entries
    var contributors: [ProposedContributor] = []
    for commit in range.commits {
      let object = CommitObject.parse(try updates.bytes(of: commit.id))
      contributors += object.contributors(of: ObjectName(git: commit.id))
    }
    self.contributors = contributors
  }

  /// How the change from one commit to another is this one; nil when it is another.
  func binding(
    from parent: ObjectID, to commit: ObjectID?, _ updates: ProposalReader
  ) throws(UpdateObstacle) -> ProposedApproval.Binding? {
    guard let commit else { return nil }
    let old = try updates.tree(ofCommit: parent)
    guard let made = updates.trees.change(from: old, to: try updates.tree(ofCommit: commit)) else {
      return nil
    }
    guard made.entries == change else { return nil }
    return try updates.tree(ofCommit: base) == old ? .sameTree : .sameChange
  }
}
