public import Facts
public import Git

/// Tells whether two revisions of a contribution make the same change.
///
/// They do when the same paths change from the same contents to the same contents, as a gate asks it, and when the later
/// one does so in one commit or in the very steps of the other. Merges that only catch up with the branch are no steps.
public struct RevisionComparison {
  /// The most commits of one revision.
  private static let commitLimit = 10_000

  private let repository: Repository
  private let tip: ObjectName?

  /// `tip` is the newest commit of the branch read, against which revisions stand that did not land.
  public init(_ repository: Repository, tip: ObjectName?) {
    self.repository = repository
    self.tip = tip
  }

  /// Answers every question; `jobs` threads may read trees.
  public func answers(
    to questions: Set<RevisionQuestion>, jobs: Int
  ) -> [RevisionQuestion: RevisionLikeness] {
    let questions = Array(questions)
    let asked = questions.map { question in
      Asked(
        approved: change(question.approved, question.base), later: change(question.later, question.base))
    }
    let found = TreeComparison.map(asked, in: repository, jobs: jobs) { trees, chunk in
      chunk.map { $0.likeness(trees) }
    }
    return Dictionary(zip(questions, found)) { first, _ in first }
  }

  private func change(_ revision: ObjectName, _ base: RevisionQuestion.Base) -> RevisionChange? {
    switch base {
    case .parent: patchSet(ObjectID(revision))
    case .branch(let landing, let commits): branch(ObjectID(revision), before(landing, commits))
    }
  }

  private func patchSet(_ revision: ObjectID) -> RevisionChange? {
    guard let commit = commit(revision), let tree = commit.tree else { return nil }
    guard let parent = commit.parents.first else { return RevisionChange(whole: .init(old: nil, new: tree)) }
    guard let old = self.commit(parent)?.tree else { return nil }
    return RevisionChange(whole: .init(old: old, new: tree))
  }

  /// What the head of a branch would change on another one.
  private func branch(_ head: ObjectID, _ target: ObjectID?) -> RevisionChange? {
    guard let target, let tree = commit(head)?.tree else { return nil }
    let budget = Budget(commits: Self.commitLimit)
    // Where history ends early nothing can be said; that it does is told by whoever reads the branch.
    let bases = try? CommitRange.mergeBases(target, head, in: repository, budget: budget)
    guard let bases, bases.count == 1, let old = commit(bases[0])?.tree else { return nil }
    // The same holds for what lies between them.
    let range = try? CommitRange(of: repository, from: [target], to: head, budget: budget)
    guard let range else { return nil }
    var change = RevisionChange(whole: .init(old: old, new: tree), steps: [])
    for commit in range.commits where commit.parents.count == 1 {
      guard let old = self.commit(commit.parents[0])?.tree else { return nil }
      change.steps.append(.init(old: old, new: commit.tree))
    }
    return change
  }

  /// The newest commit of the branch as it stood before a change landed.
  private func before(_ landing: ObjectName?, _ commits: [ObjectName]) -> ObjectID? {
    guard let landing else { return tip.map { ObjectID($0) } }
    let own = Set(commits)
    var next = commit(ObjectID(landing))?.parents.first
    while let parent = next, own.contains(ObjectName(git: parent)) { next = commit(parent)?.parents.first }
    return next
  }

  private func commit(_ id: ObjectID) -> CommitObject? {
    // What is wrong with an object is told where it is read first; here it only leaves a question open.
    (try? repository.commit(id)) ?? nil
  }
}

/// What a revision changes, as pairs of trees.
private struct RevisionChange: Sendable {
  struct Trees: Hashable, Sendable {
    let old: ObjectID?
    let new: ObjectID
  }

  let whole: Trees
  /// One for each commit but the merges, parents first.
  var steps: [Trees]

  init(whole: Trees, steps: [Trees]? = nil) {
    self.whole = whole
    self.steps = steps ?? [whole]
  }
}

/// Both revisions of a question; nil for one that cannot be read.
private struct Asked: Sendable {
  let approved: RevisionChange?
  let later: RevisionChange?

  func likeness(_ trees: TreeComparison) -> RevisionLikeness {
    guard let approved, let later, let old = entries(approved.whole, trees),
      let new = entries(later.whole, trees), !old.isEmpty, !new.isEmpty
    else { return .notKnown }
    guard old == new else { return .otherChange }
    if later.steps.count == 1 { return .sameChange }
    guard later.steps.count == approved.steps.count else { return .otherChange }
    for (one, other) in zip(approved.steps, later.steps) where one != other {
      guard let one = entries(one, trees), let other = entries(other, trees) else { return .notKnown }
      guard one == other else { return .otherChange }
    }
    return .sameChange
  }

  private func entries(_ pair: RevisionChange.Trees, _ trees: TreeComparison) -> [TreeChange.Entry]? {
    trees.change(from: pair.old, to: pair.new)?.entries
  }
}
