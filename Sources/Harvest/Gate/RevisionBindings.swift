import Facts
import Git

/// Finds approved revisions in an update.
struct RevisionBindings {
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
  private var samples: ChangeSamples?

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
  private mutating func equivalent(_ revision: ObjectName) throws(UpdateObstacle) -> Answer {
    guard let old = update.old.map({ ObjectID($0) }) else { return Answer() }
    if samples == nil { samples = try ChangeSamples(update, updates) }
    guard try samples?.mayBeMade(by: revision, updates) == true else { return Answer() }
    let approved: ApprovedChange
    do throws(UpdateObstacle) {
      guard let found = try ApprovedChange(revision, against: old, updates) else { return Answer() }
      approved = found
    } catch {
      // What somebody named that is not here, no commit, or without end covers nothing; nobody's record shall be an
      // obstacle to judging what others have approved.
      if case .outOfTime = error { throw error }
      return Answer()
    }
    let answer = try answer(approved, old)
    guard answer.binding != .none, try isSpent(approved, old) else { return answer }
    return Answer()
  }

  /// Whether the branch has made the change since it was begun, under another name.
  ///
  /// Then the approval has done its work: what was taken back since does not come again by it.
  private func isSpent(_ approved: ApprovedChange, _ old: ObjectID) throws(UpdateObstacle) -> Bool {
    let first = approved.steps.first { !$0.isEmpty }
    for commit in try updates.commits(from: [approved.base], to: old).commits where commit.parents.count == 1
    {
      if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
      let made = updates.trees.change(from: try updates.tree(ofCommit: commit.parents[0]), to: commit.tree)
      guard let made, !made.entries.isEmpty else { continue }
      if made.entries == approved.change || made.entries == first { return true }
    }
    return false
  }

  private func answer(_ approved: ApprovedChange, _ old: ObjectID) throws(UpdateObstacle) -> Answer {
    if let whole = try approved.binding(from: old, to: update.new.map { ObjectID($0) }, updates),
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

extension ProposedApproval {
  /// Takes over where the approved revision was found in the update.
  mutating func bind(_ answer: RevisionBindings.Answer) {
    (binding, covers) = (answer.binding, answer.covers)
    contributors += answer.contributors
    unrecorded = answer.unrecorded
  }
}
