/// A set of commits of one history.
public struct CommitSet: Hashable, Sendable {
  private var words: [UInt64]

  /// An empty set for a history of this many commits.
  public init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

  public func contains(_ commit: Int32) -> Bool {
    words[Int(commit) >> 6] & (1 << UInt64(commit & 63)) != 0
  }

  /// Adds a commit and says whether it is new.
  @discardableResult
  public mutating func insert(_ commit: Int32) -> Bool {
    let bit: UInt64 = 1 << UInt64(commit & 63)
    defer { words[Int(commit) >> 6] |= bit }
    return words[Int(commit) >> 6] & bit == 0
  }

  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether no commit is in the set.
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
}

extension History {
  public func parentCount(_ commit: Int32) -> Int { Int(rows[Int(commit)].parentCount) }

  /// The parents in order; -1 for one that was not loaded: missing, cut off, or before the cutoff.
  public func parents(_ commit: Int32) -> [Int32] { links(commit).map { max($0, -1) } }

  /// The parent at a place below `parentCount`, or -1 for one that was not loaded.
  public func parent(_ commit: Int32, _ place: Int) -> Int32 {
    max(parents.links[Int(rows[Int(commit)].parentStart) + place], -1)
  }

  /// The ids of all parents in order, loaded or not.
  public func parentIDs(_ commit: Int32) -> [ObjectID] {
    links(commit).map { $0 >= 0 ? table.ids[Int($0)] : parents.absent[Int(~$0)] }
  }

  /// The first parent; nil when there is none, or it was not loaded.
  public func firstParent(_ commit: Int32) -> Int32? { links(commit).first.flatMap { $0 >= 0 ? $0 : nil } }

  /// 1 for a commit without loaded parents, otherwise one more than its highest parent.
  public func generation(_ commit: Int32) -> Int32 { rows[Int(commit)].generation }

  /// The commit, its first parent, that one's first parent, and so on as far as loaded.
  public func firstParentChain(from commit: Int32) -> [Int32] {
    var chain: [Int32] = []
    var current: Int32? = commit
    while let commit = current {
      chain.append(commit)
      current = firstParent(commit)
    }
    return chain
  }

  /// The given commits and all their loaded ancestors.
  public func reach(from roots: [Int32]) -> CommitSet {
    var set = CommitSet(count: count)
    for root in roots { set.insert(root) }
    guard let first = roots.min() else { return set }
    for commit in first..<Int32(count) where set.contains(commit) {
      for link in links(commit) where link >= 0 { set.insert(link) }
    }
    return set
  }

  /// Whether one commit is the other or an ancestor of it, as far as loaded.
  public func isAncestor(_ ancestor: Int32, of commit: Int32) -> Bool {
    let floor = generation(ancestor)
    var seen: Set<Int32> = [commit]
    var stack = [commit]
    while let current = stack.popLast() {
      if current == ancestor { return true }
      for link in links(current) where link >= 0 && link <= ancestor && generation(link) >= floor {
        if seen.insert(link).inserted { stack.append(link) }
      }
    }
    return false
  }

  private func links(_ commit: Int32) -> ArraySlice<Int32> {
    let start = Int(rows[Int(commit)].parentStart)
    return parents.links[start..<start + Int(rows[Int(commit)].parentCount)]
  }
}
