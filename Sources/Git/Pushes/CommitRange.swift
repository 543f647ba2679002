/// The commits that one history holds and another does not, as `git rev-list NEW ^OLD` lists them.
public struct CommitRange: Sendable {
  /// One commit of the range, reduced to what walking needs.
  public struct Commit: Hashable, Sendable {
    public let id: ObjectID
    public let tree: ObjectID
    public let parents: [ObjectID]
  }

  /// What ended a walk before it was whole.
  public enum Obstacle: Error, Hashable, Sendable {
    /// The object is not here.
    case missing(ObjectID)
    /// The history was cut on purpose behind this commit.
    case shallow(ObjectID)
    /// Not a commit, or one that cannot be read.
    case unreadable(ObjectID, detail: String)
    /// More commits than the limit.
    case tooMany(Int)
    /// The time for it is used up.
    case outOfTime
  }

  /// Parents before their children.
  public let commits: [Commit]
  /// Whether the old commit is part of the new side; of several old ones, whether all were found to be.
  public let isFastForward: Bool

  /// Walks from `new` down to what `old` holds; an empty `old` means everything.
  public init(
    of repository: Repository, from old: [ObjectID], to new: ObjectID, budget: Budget
  ) throws(Obstacle) {
    var walk = CommitPainting(repository, budget)
    try walk.paint(old: old, new: [new], until: .newSideIsWhole)
    commits = walk.newSide
    isFastForward = old.allSatisfy { walk.isNew($0) }
  }

  /// The best common ancestors of two commits, as `git merge-base --all` lists them, in no stated order.
  public static func mergeBases(
    _ one: ObjectID, _ other: ObjectID, in repository: Repository, budget: Budget
  ) throws(Obstacle) -> [ObjectID] {
    guard one != other else { return [one] }
    var walk = CommitPainting(repository, budget)
    try walk.paint(old: [one], new: [other], until: .basesAreKnown)
    return try best(walk.bases, in: repository, budget)
  }

  /// Leaves out what lies below another one: dates can make a walk meet it first.
  private static func best(
    _ bases: [ObjectID], in repository: Repository, _ budget: Budget
  ) throws(Obstacle) -> [ObjectID] {
    guard bases.count > 1 else { return bases }
    var best: [ObjectID] = []
    for base in bases {
      var isBelow = false
      for other in bases where other != base && !isBelow {
        isBelow = try CommitRange(of: repository, from: [base], to: other, budget: budget).isFastForward
      }
      if !isBelow { best.append(base) }
    }
    return best
  }
}

/// How much a judgement may cost.
public struct Budget {
  /// The most commits that one walk looks at on its new side.
  public var commits: Int
  /// Asked now and then; true when there is no time left.
  public var isSpent: () -> Bool

  public init(commits: Int = 100_000, isSpent: @escaping () -> Bool = { false }) {
    self.commits = commits
    self.isSpent = isSpent
  }
}
