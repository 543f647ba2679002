import Facts
import Git

/// The commits of one target branch, each with the commit by which it came into the branch.
///
/// A commit came with the first commit of the branch's own line (its first-parent chain) that contains it.
struct TargetLine {
  private let history: History
  /// The branch's own line, oldest first.
  private let chain: [Int32]
  /// For each commit of the history the place in `chain` by which it came, or -1 when it is not in the branch.
  private let places: [Int32]
  /// For each place in `chain` the first merge made on the branch itself, there or later.
  private let merges: [Int32?]

  /// Without a tip, the branch holds nothing.
  init(_ history: History, tip: Int32?) {
    let line = Array((tip.map { history.firstParentChain(from: $0) } ?? []).reversed())
    var places = [Int32](repeating: -1, count: history.count)
    var waiting: [Int32] = []
    for (place, commit) in line.enumerated() {
      waiting.append(commit)
      while let commit = waiting.popLast() {
        guard places[Int(commit)] < 0 else { continue }
        places[Int(commit)] = Int32(place)
        waiting += history.parents(commit).filter { $0 >= 0 }
      }
    }
    var merges = [Int32?](repeating: nil, count: line.count)
    var merge: Int32?
    for place in line.indices.reversed() {
      if history.isMadeOnTarget(line[place]) { merge = line[place] }
      merges[place] = merge
    }
    self.merges = merges
    self.history = history
    self.places = places
    chain = line
  }

  func contains(_ commit: Int32) -> Bool { places[Int(commit)] >= 0 }

  /// The commit that brought another into the branch; itself when it lies on the branch's own line.
  func bringer(of commit: Int32) -> Int32? {
    let place = places[Int(commit)]
    return place < 0 ? nil : chain[Int(place)]
  }

  /// The next merge on the branch's own line that git-appraise or a forge made there, after the given commit.
  ///
  /// Other commits of the line may have been made elsewhere and come in by a fast-forward.
  func nextMerge(after commit: Int32) -> Int32? {
    let next = Int(places[Int(commit)]) + 1
    return next < chain.count ? merges[next] : nil
  }

  /// All commits that a merge brought, the merge itself left out, oldest first.
  func commits(broughtBy merge: Int32) -> [Int32] {
    let parents = history.parents(merge).filter { $0 >= 0 }
    return outside(from: parents) { places[Int($0)] != places[Int(merge)] }.found.sorted(by: >)
  }

  /// The commits reachable from a head but not in the branch, oldest first, and the commits of the branch where
  /// that part of history ends.
  ///
  /// Nil when there are more than `limit` of the former.
  func newCommits(from head: Int32, limit: Int) -> (found: [Int32], edge: Set<Int32>)? {
    let (found, edge) = outside(from: [head], limit: limit) { places[Int($0)] >= 0 }
    return found.count > limit ? nil : (found.sorted(by: >), edge)
  }

  private func outside(
    from start: [Int32], limit: Int = .max, _ isEdge: (Int32) -> Bool
  ) -> (found: [Int32], edge: Set<Int32>) {
    var seen: Set<Int32> = []
    var edge: Set<Int32> = []
    var found: [Int32] = []
    var waiting = start
    while let commit = waiting.popLast(), found.count <= limit {
      if isEdge(commit) {
        edge.insert(commit)
      } else if seen.insert(commit).inserted {
        found.append(commit)
        waiting += history.parents(commit).filter { $0 >= 0 }
      }
    }
    return (found, edge)
  }
}

extension History {
  /// Whether the commit is a merge by `git appraise submit` or by the merge button of a forge.
  fileprivate func isMadeOnTarget(_ commit: Int32) -> Bool {
    guard parentCount(commit) > 1 else { return false }
    let message = message(commit)
    return message.starts(with: "Submitting review ".utf8) || message.starts(with: "Merge pull request ".utf8)
  }
}
