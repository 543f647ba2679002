internal import Facts
internal import Git

/// The paths that a change would alter if it landed: those that differ between its head and where it left the branch.
final class HeadComparison {
  private let history: History
  private let line: BranchLine
  private let trees: TreeComparison
  /// Paths that no commit of the branch changed, numbered after those of the history.
  private(set) var additional: [String] = []
  private var known: [Int32: [Int32]?] = [:]
  /// Made when the first path is asked for: most readings of a window need none.
  private var numbers: [[UInt8]: Int32] = [:]

  init(_ repository: Repository, _ history: History, line: BranchLine) {
    self.history = history
    self.line = line
    trees = TreeComparison(repository)
  }

  /// Sorted numbers of the paths; nil when a tree is missing or the head has no commit in common with the branch.
  func paths(of head: Int32) -> [Int32]? {
    if let known = known[head] { return known }
    let found = line.base(of: head, in: history).flatMap { base in
      trees.changedPaths(from: history.tree(base), to: history.tree(head))?.map(number).sorted()
    }
    known[head] = .some(found)
    return found
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
