internal import Facts
internal import Git

/// The paths that a change would alter if it landed: those that differ between its head and where it left the branch.
final class HeadComparison {
  private let history: History
  private let line: BranchLine
  private let repository: Repository
  private let jobs: Int
  private let trees: TreeComparison
  /// Paths that no commit of the branch changed, numbered after those of the history.
  private(set) var additional: [String] = []
  private var known: [Int32: [Int32]?] = [:]
  /// Made when the first path is asked for: most readings of a window need none.
  private var numbers: [[UInt8]: Int32] = [:]

  /// Nothing is read yet; later `jobs` threads may read trees.
  init(_ repository: Repository, _ history: History, line: BranchLine, jobs: Int) {
    self.repository = repository
    self.jobs = jobs
    self.history = history
    self.line = line
    trees = TreeComparison(repository)
  }

  /// Reads the paths of many heads at once, so that they are known when they are asked for.
  func read(_ heads: [Int32]) {
    let (history, line) = (history, line)
    let found = TreeComparison.map(heads, in: repository, jobs: jobs) { trees, chunk in
      chunk.map { Self.paths(of: $0, history, line, trees) }
    }
    for (head, paths) in zip(heads, found) where known[head] == nil { keep(paths, of: head) }
  }

  /// Sorted numbers of the paths; nil when a tree is missing or the head has no commit in common with the branch.
  func paths(of head: Int32) -> [Int32]? {
    known[head] ?? keep(Self.paths(of: head, history, line, trees), of: head)
  }

  /// Sorted numbers of the paths that each commit changed against its first parent; left out where trees are missing.
  ///
  /// The commits need not be in the history: patch sets of changes that did not land are not.
  func paths(ofCommits commits: [ObjectName]) -> [ObjectName: [Int32]] {
    let found = TreeComparison.map(commits, in: repository, jobs: jobs) { trees, chunk in
      chunk.map { trees.changedPaths(ofCommit: ObjectID($0)) }
    }
    var paths: [ObjectName: [Int32]] = [:]
    for (commit, found) in zip(commits, found) { paths[commit] = found.map(numbers) }
    return paths
  }

  /// Sorted numbers of some paths.
  func numbers(_ paths: [[UInt8]]) -> [Int32] { paths.map(number).sorted() }

  private static func paths(
    of head: Int32, _ history: History, _ line: BranchLine, _ trees: TreeComparison
  ) -> [[UInt8]]? {
    line.base(of: head, in: history).flatMap { base in
      trees.changedPaths(from: history.tree(base), to: history.tree(head))
    }
  }

  @discardableResult
  private func keep(_ paths: [[UInt8]]?, of head: Int32) -> [Int32]? {
    let numbers = paths.map(numbers)
    known[head] = .some(numbers)
    return numbers
  }

  private func number(_ path: [UInt8]) -> Int32 {
    if numbers.isEmpty {
      numbers.reserveCapacity(history.paths.count)
      for known in 0..<Int32(history.paths.count) { numbers[history.paths.bytes(known)] = known }
    }
    if let known = numbers[path] { return known }
    let number = Int32(history.paths.count + additional.count)
    numbers[path] = number
    additional.append(String(decoding: path, as: UTF8.self))
    return number
  }
}
