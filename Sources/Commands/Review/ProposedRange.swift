internal import Git
internal import Harvest

/// The commits that a change brings to its target branch, and where they begin.
struct ProposedRange {
  /// The commit that a review of the change is noted on.
  let first: ObjectID
  /// The newest commit that the change and its target have in common.
  let base: ObjectID
  let commits: Set<ObjectID>

  /// Why there is no such range.
  enum Problem: Error {
    case nothingNew
    case nothingInCommon
    /// History was cut off within the change.
    case cutOff
    case tooMany(Int)
    case missing(ObjectID)
  }

  /// The largest number of commits of one review.
  private static let limit = AppraiseLimits().reviewCommits

  /// The first commit is the one that `git rev-list --reverse BASE..HEAD` lists first, as git-appraise takes it.
  init(head: ObjectID, targets: [ObjectID], in repository: Repository) throws {
    let history = try History.load(
      repository, roots: [head] + targets, options: .init(changedPaths: .none))
    guard let start = history.index(of: head) else { throw Problem.missing(head) }
    let held = history.reach(from: targets.compactMap { history.index(of: $0) })
    let walk = try Self.walk(history, from: start, outside: held)
    guard let last = walk.commits.last else { throw Problem.nothingNew }
    let isCut = walk.commits.contains { repository.shallowBoundary.contains(history.id($0)) }
    guard !isCut else { throw Problem.cutOff }
    guard let base = Self.base(history, walk.edge) else {
      throw repository.isShallow ? Problem.cutOff : Problem.nothingInCommon
    }
    first = history.id(last)
    self.base = history.id(base)
    commits = Set(walk.commits.map { history.id($0) })
  }

  /// The commits that are not held, in the order of git's walk by committer date, and the held ones they end at.
  private static func walk(
    _ history: History, from start: Int32, outside held: CommitSet
  ) throws -> (commits: [Int32], edge: Set<Int32>) {
    var commits: [Int32] = []
    var edge: Set<Int32> = []
    var seen: Set<Int32> = [start]
    // Newest first, and of the same date in the order in which they were met (commit.c, commit_list_insert_by_date).
    var waiting = held.contains(start) ? [] : [start]
    while !waiting.isEmpty {
      let commit = waiting.removeFirst()
      commits.append(commit)
      guard commits.count <= limit else { throw Problem.tooMany(limit) }
      for parent in history.parents(commit) where parent >= 0 {
        if held.contains(parent) {
          edge.insert(parent)
        } else if seen.insert(parent).inserted {
          let date = history.committerSeconds(parent)
          let place = waiting.firstIndex { history.committerSeconds($0) < date } ?? waiting.count
          waiting.insert(parent, at: place)
        }
      }
    }
    return (commits, edge)
  }

  /// Of the commits where the change leaves its target the newest that is no ancestor of another.
  private static func base(_ history: History, _ edge: Set<Int32>) -> Int32? {
    let sorted = edge.sorted()
    let best = sorted.filter { one in
      !sorted.contains { $0 != one && history.isAncestor(one, of: $0) }
    }
    return best.min {
      (-history.committerSeconds($0), $0) < (-history.committerSeconds($1), $1)
    }
  }
}
