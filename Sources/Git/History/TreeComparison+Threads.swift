internal import Dispatch
internal import Synchronization

extension TreeComparison {
  /// Turns items into results, in several threads that take one chunk after the other.
  ///
  /// Each thread has a comparison of its own, for nothing else to use. The results stand in the order of the items,
  /// whatever `jobs` is, as long as `transform` gives one result for each item of its chunk and looks at nothing else.
  public static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], in repository: Repository, jobs: Int, chunk: Int = 64,
    _ transform: @escaping @Sendable (TreeComparison, ArraySlice<Item>) -> [Result]
  ) -> [Result] {
    let work = ChunkedWork<Item, Result>(items, size: max(1, chunk))
    let workers = max(1, min(jobs, 64, work.chunks))
    let group = DispatchGroup()
    let (folders, loose) = (repository.objectDirectories, repository.looseObjects)
    for number in 1..<workers {
      DispatchQueue.global().async(group: group) {
        // The folders opened for the first thread; should they not open now, that one does all the work.
        guard let store = try? ObjectStore(folders: folders, loose: loose, spelling: number) else { return }
        work.run(TreeComparison(store), transform)
      }
    }
    work.run(TreeComparison(repository), transform)
    group.wait()
    return work.results
  }
}

/// Items in chunks that threads take, and the results of those that are done.
private final class ChunkedWork<Item: Sendable, Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var done: [Int: [Result]] = [:]
  }

  private let items: [Item]
  private let size: Int
  private let state = Mutex(State())

  init(_ items: [Item], size: Int) {
    self.items = items
    self.size = size
  }

  var chunks: Int { (items.count + size - 1) / size }

  func run(_ comparison: TreeComparison, _ transform: (TreeComparison, ArraySlice<Item>) -> [Result]) {
    while let chunk = take() {
      let start = chunk * size
      let found = transform(comparison, items[start..<min(start + size, items.count)])
      state.withLock { $0.done[chunk] = found }
    }
  }

  var results: [Result] {
    let done = state.withLock { $0.done }
    return (0..<chunks).flatMap { done[$0] ?? [] }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < chunks else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }
}
