import Facts
import Git

/// One path each of what an update does as a whole and in its single commits, with what would stand there.
///
/// Told apart by them, most of the reviews that a branch ever had need no walk through its history: a commit that makes
/// the same change holds the same at the same path.
struct ChangeSamples {
  private struct Sample: Hashable {
    let path: [UInt8]
    let side: TreeChange.Side?
  }

  private let samples: [Sample]

  init(_ update: ProposedUpdate, _ updates: ProposalReader) throws(UpdateObstacle) {
    var samples: Set<Sample> = []
    if let old = update.old, let new = update.new {
      let (before, after) = (
        try updates.tree(ofCommit: ObjectID(old)), try updates.tree(ofCommit: ObjectID(new))
      )
      if let sample = Self.sample(updates.trees.change(from: before, to: after)) { samples.insert(sample) }
    }
    for commit in update.commits where !commit.isMerge && !commit.paths.isEmpty {
      let object = CommitObject.parse(try updates.bytes(of: ObjectID(commit.name)))
      guard let tree = object.tree, let parent = object.parents.first else { continue }
      let change = updates.trees.change(from: try updates.tree(ofCommit: parent), to: tree)
      if let sample = Self.sample(change) { samples.insert(sample) }
    }
    self.samples = samples.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// What is there says more than what is gone, and a path deep down more than one at the root.
  private static func sample(_ change: TreeChange?) -> Sample? {
    let entries = change?.entries ?? []
    let best = entries.last { $0.sides.new != nil } ?? entries.first
    return best.map { Sample(path: $0.path, side: $0.sides.new) }
  }

  /// False where a commit holds something else at every path.
  func mayBeMade(by commit: ObjectName, _ updates: ProposalReader) throws(UpdateObstacle) -> Bool {
    if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
    do throws(GitError) {
      guard let tree = try updates.repository.tree(ofCommit: ObjectID(commit)) else { return false }
      var known: [ObjectID: [[UInt8]: TreeEntry]] = [:]
      for sample in samples
      where try side(at: sample.path, in: tree, updates.repository, &known) == sample.side {
        return true
      }
      return false
    } catch {
      // What cannot be read, or is no commit, was not approved; that is no obstacle to judging the rest.
      return false
    }
  }

  private func side(
    at path: [UInt8], in tree: ObjectID, _ repository: Repository,
    _ known: inout [ObjectID: [[UInt8]: TreeEntry]]
  ) throws(GitError) -> TreeChange.Side? {
    var folder = tree
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      if known[folder] == nil {
        known[folder] = Dictionary(
          (try repository.tree(folder) ?? []).map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
      }
      guard let entry = known[folder]?[Array(part)] else { return nil }
      if place == parts.count - 1 { return TreeChange.Side(mode: entry.mode, id: entry.id) }
      guard entry.mode == .directory else { return nil }
      folder = entry.id
    }
    return nil
  }
}
