import Facts
import Git

/// Finds a commit that was approved by itself, without what it builds on, in an update.
///
/// A review of git-appraise or of a forge is about a commit and all below it. A change of Gerrit is about one commit:
/// each of those that it builds on has votes of its own.
struct SingleBindings {
  private let updates: ProposalReader
  private let update: ProposedUpdate
  private let places: [ObjectName: Int]
  private var known: [ObjectName: RevisionBindings.Answer] = [:]

  init(_ updates: ProposalReader, _ update: ProposedUpdate) {
    self.updates = updates
    self.update = update
    places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
  }

  mutating func binding(of revision: ObjectName) throws(UpdateObstacle) -> RevisionBindings.Answer {
    if let answer = known[revision] { return answer }
    let answer: RevisionBindings.Answer
    if let place = places[revision] {
      let commit = update.commits[place]
      answer = .init(
        binding: .sameCommit, covers: [place], contributors: commit.contributors,
        unrecorded: commit.needsApproval && commit.arrival == .unrecorded ? commit.name : nil)
    } else {
      answer = try equivalent(revision)
    }
    known[revision] = answer
    return answer
  }

  /// The first commit of the update that makes the same change of the same contents as another one that was approved.
  private func equivalent(_ revision: ObjectName) throws(UpdateObstacle) -> RevisionBindings.Answer {
    guard let approved = try approved(revision) else { return .init() }
    for (place, commit) in update.commits.enumerated() where !commit.isMerge && !commit.paths.isEmpty {
      guard commit.paths.count == approved.entries.count,
        let landing = try change(ofCommit: ObjectID(commit.name)), landing.entries == approved.entries
      else { continue }
      // Whoever only put the same change into a new commit had no hand in it.
      let hands = commit.contributors.filter { $0.role != .committer && $0.role != .pusher }
      let (brought, unrecorded) = try bringers(of: ObjectID(revision), on: approved.parent)
      return .init(
        binding: landing.tree == approved.tree ? .sameTree : .sameChange, covers: [place],
        contributors: approved.contributors + brought + hands,
        unrecorded: unrecorded ? revision : nil)
    }
    return .init()
  }

  /// What a commit with one parent does by itself.
  private struct Change {
    let parent: ObjectID
    /// The tree that it was made on.
    let tree: ObjectID
    let entries: [TreeChange.Entry]
    let contributors: [ProposedContributor]
  }

  /// An approved commit that is not here covers nothing; that is no obstacle to judging the others.
  private func approved(_ revision: ObjectName) throws(UpdateObstacle) -> Change? {
    do throws(UpdateObstacle) {
      return try change(ofCommit: ObjectID(revision))
    } catch {
      if case .missingObject = error { return nil }
      throw error
    }
  }

  private func change(ofCommit id: ObjectID) throws(UpdateObstacle) -> Change? {
    let commit = CommitObject.parse(try updates.bytes(of: id))
    guard commit.parents.count == 1, let parent = commit.parents.first, let tree = commit.tree else {
      return nil
    }
    let base = try updates.tree(ofCommit: parent)
    guard let made = updates.trees.change(from: base, to: tree), !made.entries.isEmpty else { return nil }
    return Change(
      parent: parent, tree: base, entries: made.entries,
      contributors: commit.contributors(of: ObjectName(git: id)))
  }

  /// Whoever brought the approved commit to the server, and whether that should be on record but is not.
  private func bringers(
    of revision: ObjectID, on parent: ObjectID
  ) throws(UpdateObstacle) -> (people: [ProposedContributor], isUnrecorded: Bool) {
    let commits = try updates.commits(from: [parent], to: revision).commits
    let arrivals = try updates.arrivalsOf(commits)
    let people = zip(commits, arrivals).flatMap { updates.hands($1, in: ObjectName(git: $0.id)) }
    return (people, arrivals.contains(.unrecorded))
  }
}
