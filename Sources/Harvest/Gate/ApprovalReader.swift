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

  /// Adds the approvals to an update.
  public func add(to update: inout ProposedUpdate) throws(UpdateObstacle) {
    guard let requests, let comments, !update.commits.isEmpty else { return }
    let places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let direct = update.commits.map(\.name).filter { requests.hasNote(on: $0) }
    update.approvals += try approvals(direct, requests, comments, update, places)
    let covered = Set(update.approvals.flatMap(\.covers))
    guard
      update.commits.indices.contains(where: { !covered.contains($0) && update.commits[$0].needsApproval })
    else { return }
    let others = requests.annotated.filter { places[$0] == nil }
    update.approvals += try approvals(others, requests, comments, update, places, onlyOfTarget: true).filter {
      $0.binding != .none
    }
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
    // Edited away or answered, a rejection stays one: whoever thinks otherwise now approves again.
    let rejections = threads.nodes.map(\.source.record).filter { $0.opinion == .reject }
    let requesters = Set(notes.requests.map(\.record.requester)).sorted { $0.precedesInBytes($1) }
    let hands = requesters.compactMap { requester in
      Identity(appraise: requester).map { ProposedContributor($0, .requester, of: review) }
    }
    for root in threads.roots {
      let record = threads.nodes[root].source.record
      guard record.opinion == .approve, let person = Identity(appraise: record.author) else { continue }
      let at = record.timestamp.appraiseInstant
      list.append(
        ProposedApproval(
          review: review, target: notes.current.targetRef.isEmpty ? nil : notes.current.targetRef,
          revision: record.location?.commit.fullObjectName, person: person,
          time: at.map { .at($0) } ?? .unknown, grade: at == nil ? .bounded : .recorded, evidence: evidence,
          isEdited: threads.nodes[root].current != root,
          rejections: rejections.filter { !$0.timestamp.precedesInBytes(record.timestamp) }
            .compactMap { Identity(appraise: $0.author) },
          otherTargets: Self.otherTargets(notes), contributors: hands))
    }
  }

  /// Branches that the review asked for at any time, apart from the one it asks for now.
  ///
  /// Records state their own times, so nobody can tell which of them an approval was given for.
  private static func otherTargets(_ notes: ReviewNotes) -> [String] {
    let targets = notes.requests.map(\.record.targetRef).filter { !$0.isEmpty }
    let others = targets.filter { !$0.utf8.elementsEqual(notes.current.targetRef.utf8) }
    return Set(others).sorted { $0.precedesInBytes($1) }
  }
}

/// Finds approved revisions in an update.
private struct RevisionBindings {
  struct Answer {
    var binding = ProposedApproval.Binding.none
    var covers: [Int] = []
    var contributors: [ProposedContributor] = []
    var unrecorded: ObjectName?
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
    let commits = covers.map { update.commits[$0] }
    return Answer(
      binding: .sameCommit, covers: covers, contributors: commits.flatMap(\.contributors),
      unrecorded: commits.first { $0.needsApproval && $0.arrival == .unrecorded }?.name)
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
    if let whole = try approved.binding(from: ObjectID(old), to: update.new.map { ObjectID($0) }, updates),
      try isSameSeries(approved)
    {
      return Answer(
        binding: whole, covers: Array(update.commits.indices),
        contributors: approved.contributors + landedContributors(update.commits.indices),
        unrecorded: approved.unrecorded)
    }
    for (place, commit) in update.commits.enumerated() where !commit.isMerge && !commit.paths.isEmpty {
      let parent = CommitObject.parse(try updates.bytes(of: ObjectID(commit.name))).parents.first
      guard let parent, commit.paths.count == approved.change.count,
        let binding = try approved.binding(from: parent, to: ObjectID(commit.name), updates)
      else { continue }
      return Answer(
        binding: binding, covers: [place],
        contributors: approved.contributors + landedContributors(place..<place + 1),
        unrecorded: approved.unrecorded)
    }
    return Answer()
  }

  /// Whether the update does what was approved in one commit, or in the very steps that were approved.
  ///
  /// What a commit does and the next one takes back again would else land without anybody's having seen it.
  private func isSameSeries(_ approved: ApprovedChange) throws(UpdateObstacle) -> Bool {
    let landing = update.commits.filter(\.needsApproval)
    if landing.count == 1 { return true }
    guard landing.count == approved.steps.count else { return false }
    for (commit, step) in zip(landing, approved.steps) {
      let object = CommitObject.parse(try updates.bytes(of: ObjectID(commit.name)))
      guard !commit.isMerge, let parent = object.parents.first, let tree = object.tree,
        let made = updates.trees.change(from: try updates.tree(ofCommit: parent), to: tree),
        made.entries == step
      else { return false }
    }
    return true
  }

  /// Whoever only put the same change into a new commit had no hand in it.
  private func landedContributors(_ places: Range<Int>) -> [ProposedContributor] {
    places.flatMap { update.commits[$0].contributors }.filter { $0.role != .committer && $0.role != .pusher }
  }
}

/// What an approved revision would change on the branch.
private struct ApprovedChange {
  let base: ObjectID
  let change: [TreeChange.Entry]
  let contributors: [ProposedContributor]
  /// What each commit but the merges changes, parents first; empty where that cannot be told.
  let steps: [[TreeChange.Entry]]
  let unrecorded: ObjectName?

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
    var steps: [[TreeChange.Entry]] = []
    let arrivals = try updates.arrivalsOf(range.commits)
    for (commit, arrival) in zip(range.commits, arrivals) {
      let name = ObjectName(git: commit.id)
      contributors += CommitObject.parse(try updates.bytes(of: commit.id)).contributors(of: name)
      contributors += updates.hands(arrival, in: name)
      guard commit.parents.count == 1 else { continue }
      steps.append(
        updates.trees.change(from: try updates.tree(ofCommit: commit.parents[0]), to: commit.tree)?.entries
          ?? [])
    }
    self.contributors = contributors
    self.steps = steps
    unrecorded = zip(range.commits, arrivals).first { $1 == .unrecorded }.map { ObjectName(git: $0.0.id) }
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
