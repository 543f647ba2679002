/// Tells what a merge changed by itself, apart from what its parents bring.
///
/// A path is clean where the merge holds what a three-way merge of its parents gives: the side that changed it since
/// the merge base, or both sides' lines put together. Everything else, whole sides discarded included, was decided by
/// whoever made the merge.
public final class MergeInspection {
  private typealias Side = TreeChange.Side
  private typealias Change = [[UInt8]: TreeChange.Sides]

  private let repository: Repository
  private let trees: TreeComparison
  private let budget: Budget
  /// Files larger than this are not merged to see what comes out.
  private static let largestFile = 1 << 20

  public init(_ repository: Repository, _ trees: TreeComparison, budget: Budget) {
    self.repository = repository
    self.trees = trees
    self.budget = budget
  }

  /// What one other parent brings: its changes and those of the first parent since a merge base.
  private struct Branch {
    let own: Change
    let first: Change
  }

  /// Paths of a merge that do not follow from its parents, sorted.
  public func ownPaths(of merge: CommitRange.Commit) throws(CommitRange.Obstacle) -> [[UInt8]] {
    guard let first = merge.parents.first else { return [] }
    let firstTree = try tree(first)
    let result = try change(firstTree, merge.tree)
    var branches: [[Branch]] = []
    for parent in merge.parents.dropFirst() where parent != first {
      branches.append(try self.branches(first, firstTree, parent))
    }
    var paths = Set(result.keys)
    for branch in branches.joined() { paths.formUnion(branch.own.keys) }
    var own: [[UInt8]] = []
    for path in paths.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      if try !isClean(path, result, branches) { own.append(path) }
    }
    return own
  }

  private func branches(
    _ first: ObjectID, _ firstTree: ObjectID, _ other: ObjectID
  ) throws(CommitRange.Obstacle) -> [Branch] {
    let otherTree = try tree(other)
    var bases: [ObjectID?] = []
    for base in try CommitRange.mergeBases(first, other, in: repository, budget: budget) {
      bases.append(try tree(base))
    }
    // Histories without a common commit have nothing in common.
    if bases.isEmpty { bases = [nil] }
    var branches: [Branch] = []
    for base in bases {
      branches.append(Branch(own: try change(base, otherTree), first: try change(base, firstTree)))
    }
    return branches
  }

  private func isClean(
    _ path: [UInt8], _ result: Change, _ branches: [[Branch]]
  ) throws(CommitRange.Obstacle) -> Bool {
    let touching = branches.filter { bases in bases.contains { $0.own[path] != nil } }
    guard let bases = touching.first else { return result[path] == nil }
    let theirs = Set(touching.joined().map { $0.own[path]?.new })
    guard touching.count == 1 || theirs.count == 1 else { return false }
    for branch in bases {
      // Between several merge bases this one may know nothing of the change.
      guard let own = branch.own[path] else { return false }
      let ours = branch.first[path].map(\.new) ?? own.old
      let merged = result[path].map(\.new) ?? ours
      if try !isMerge(merged, base: own.old, ours: ours, theirs: own.new) { return false }
    }
    return true
  }

  private func isMerge(
    _ merged: Side?, base: Side?, ours: Side?, theirs: Side?
  ) throws(CommitRange.Obstacle) -> Bool {
    if ours == theirs || theirs == base { return merged == ours }
    if ours == base { return merged == theirs }
    guard let merged, let base, let ours, let theirs else { return false }
    let sides = [merged, base, ours, theirs]
    guard sides.allSatisfy({ $0.mode == .file || $0.mode == .executable }) else { return false }
    let mode = ours.mode == base.mode ? theirs.mode : ours.mode
    guard merged.mode == mode else { return false }
    do throws(GitError) {
      guard let old = try contents(base.id), let one = try contents(ours.id),
        let other = try contents(theirs.id), let found = try contents(merged.id)
      else { return false }
      return ContentMerge.clean(base: old, ours: one, theirs: other) == found
    } catch {
      throw .unreadable(merged.id, detail: error.message)
    }
  }

  /// Nil for a file that is too large to be merged here.
  private func contents(_ id: ObjectID) throws(GitError) -> [UInt8]? {
    guard let header = try repository.header(of: id), header.size <= Self.largestFile else { return nil }
    return try repository.bytes(id, as: .blob, limit: Self.largestFile)
  }

  private func tree(_ commit: ObjectID) throws(CommitRange.Obstacle) -> ObjectID {
    let found: ObjectID?
    do throws(GitError) {
      found = try repository.tree(ofCommit: commit)
    } catch {
      throw .unreadable(commit, detail: error.message)
    }
    guard let found else { throw .missing(commit) }
    return found
  }

  private func change(_ old: ObjectID?, _ new: ObjectID) throws(CommitRange.Obstacle) -> Change {
    guard let change = trees.change(from: old, to: new) else {
      throw .unreadable(new, detail: "a tree is missing, broken or too large")
    }
    return Dictionary(change.entries.map { ($0.path, $0.sides) }, uniquingKeysWith: { one, _ in one })
  }
}
