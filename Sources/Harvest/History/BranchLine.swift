internal import Git

/// How each commit of a branch came to it: by which commit of the branch's own line, and inside which request.
///
/// The branch's own line is its first-parent chain. Going along it from the oldest commit, every merge brings the
/// commits that were not there before. The same holds inside a merged branch for the requests merged into it first.
struct BranchLine {
  /// The branch's own line, newest first.
  let line: [Int32]
  /// For each commit of the history, the commit of the line that brought it; −1 when the branch does not hold it.
  private(set) var landing: [Int32]
  /// For each commit, the innermost commit with a marker that it landed inside; −1 for none.
  private(set) var owner: [Int32]

  /// Follows the branch from its tip; `isRequest` says whether a commit carries the marker of a request.
  init(_ history: History, tip: Int32, isRequest: (Int32) -> Bool) {
    var line: [Int32] = []
    var next = tip
    while next >= 0 {
      line.append(next)
      next = history.firstParent(next) ?? -1
    }
    self.line = line
    landing = Array(repeating: -1, count: history.count)
    owner = landing
    for commit in line {
      landing[Int(commit)] = commit
      if isRequest(commit) { owner[Int(commit)] = commit }
    }
    for commit in line.reversed() { bring(history, commit, isRequest) }
  }

  /// Whether the commit is on the branch's own line.
  func isOnLine(_ commit: Int32) -> Bool { landing[Int(commit)] == commit }

  /// Whether the branch holds the commit.
  func holds(_ commit: Int32) -> Bool { commit >= 0 && landing[Int(commit)] >= 0 }

  /// Of commits given oldest first the last one of the run that begins with the first.
  ///
  /// A run came to the branch at once: with one commit of the line, or each directly upon the one before.
  func endOfRun(_ commits: [Int32], _ history: History) -> Int32 {
    var last = commits[0]
    for next in commits.dropFirst() {
      guard landing[Int(next)] == landing[Int(last)] || history.firstParent(next) == last else { break }
      last = next
    }
    return last
  }

  /// Commits that the branch holds, newest first.
  var held: some BidirectionalCollection<Int32> {
    landing.indices.lazy.filter { landing[$0] >= 0 }.map { Int32(truncatingIfNeeded: $0) }
  }

  /// Attributes everything that a commit of the line brought through its other parents.
  private mutating func bring(_ history: History, _ commit: Int32, _ isRequest: (Int32) -> Bool) {
    guard history.parentCount(commit) > 1 else { return }
    var waiting: [(tip: Int32, request: Int32)] = []
    addSides(history, of: commit, inside: owner[Int(commit)], to: &waiting)
    while let (tip, request) = waiting.popLast() {
      var side: [Int32] = []
      var next = tip
      while next >= 0, landing[Int(next)] < 0 {
        landing[Int(next)] = commit
        owner[Int(next)] = request
        side.append(next)
        next = history.firstParent(next) ?? -1
      }
      // The newest last, so that it is popped last: what an older merge brought is not taken by a newer one.
      for inner in side {
        let isOwn = history.parentCount(inner) > 1 && isRequest(inner)
        if isOwn { owner[Int(inner)] = inner }
        addSides(history, of: inner, inside: isOwn ? inner : request, to: &waiting)
      }
    }
  }

  /// Adds the other parents of a merge, the last first.
  private func addSides(
    _ history: History, of commit: Int32, inside request: Int32,
    to waiting: inout [(tip: Int32, request: Int32)]
  ) {
    for place in (1..<max(1, history.parentCount(commit))).reversed() {
      let parent = history.parent(commit, place)
      if parent >= 0, landing[Int(parent)] < 0 { waiting.append((parent, request)) }
    }
  }
}
