internal import Dispatch
internal import Synchronization

extension Repository {
  /// Does the same work for each number from 0 below `count` on several threads, and gives the results in order.
  ///
  /// Each thread reads through a repository of its own over the same folders, so that none waits for another. The
  /// work must not depend on which thread does it; then the results are the same whatever `jobs` is. Only object
  /// folders that cannot be opened again make it slower, never wrong: the calling thread then does all the work.
  /// A thread takes `chunk` numbers at a time; neighbours share what they read from a pack.
  public func concurrently<Value: Sendable>(
    _ count: Int, jobs: Int, chunk: Int = 16, _ work: @escaping @Sendable (Repository, Int) -> Value
  ) -> [Value] {
    let share = WorkShare<Value>(count: count, chunk: max(1, chunk))
    let workers = max(1, min(jobs, 64, share.chunks))
    let group = DispatchGroup()
    let twin = RepositoryTwin(of: self)
    for number in 1..<max(1, workers) {
      DispatchQueue.global().async(group: group) {
        do {
          share.run(try twin.open(spelling: number), work)
        } catch {
          // The folders open in this thread's parent, which then does this one's share as well.
        }
      }
    }
    share.run(self, work)
    group.wait()
    return share.results
  }
}

extension Repository {
  /// Does something with this repository in another thread, while this one goes on with other things.
  ///
  /// The other thread's object store shares nothing with those of `concurrently` and of readings of the history.
  public func meanwhile<Value: Sendable>(
    _ work: @escaping @Sendable (Repository) -> Value
  ) -> Meanwhile<Value> {
    let twin = RepositoryTwin(of: self)
    return Meanwhile {
      // Should the folders not open again, nobody did the work.
      (try? twin.open(spelling: RepositoryTwin.aside)).map(work)
    }
  }
}

/// What another thread finds out, for whoever asked it.
public final class Meanwhile<Value: Sendable>: Sendable {
  private let group = DispatchGroup()
  private let found = Mutex<Value?>(nil)

  init(_ work: @escaping @Sendable () -> Value?) {
    // A queue of its own gets a thread of its own: the shared ones are as few as there are cores, and may wait for
    // each other.
    DispatchQueue(label: "meanwhile").async(group: group) { [self] in
      let value = work()
      found.withLock { $0 = value }
    }
  }

  /// Waits until the other thread is done; nil when it could not begin.
  public var value: Value? {
    group.wait()
    return found.withLock { $0 }
  }
}

/// What another thread needs to open the same repository.
struct RepositoryTwin: Sendable {
  /// The first spelling that is left to threads beside those that work together, which are 64 at most.
  static let aside = 64

  let gitDirectory: String
  let commonDirectory: String
  let workTree: String?
  let objectDirectories: [String]
  let hasPromisor: Bool
  let shallowBoundary: Set<ObjectID>
  let looseObjects: LooseObjects

  init(of repository: Repository) {
    gitDirectory = repository.gitDirectory
    commonDirectory = repository.commonDirectory
    workTree = repository.workTree
    objectDirectories = repository.objectDirectories
    hasPromisor = repository.hasPromisor
    shallowBoundary = repository.shallowBoundary
    looseObjects = repository.looseObjects
  }

  /// Opens the object folders under a spelling of their paths that no other thread uses.
  func open(spelling: Int) throws(GitError) -> Repository {
    Repository(
      self, store: try ObjectStore(folders: objectDirectories, loose: looseObjects, spelling: spelling))
  }
}

/// Numbers to work on, handed out in chunks, and what came of them.
private final class WorkShare<Value: Sendable>: Sendable {
  private struct State {
    var next = 0
    var done: [[Value]]
  }

  private let count: Int
  private let chunk: Int
  let chunks: Int
  private let state: Mutex<State>

  init(count: Int, chunk: Int) {
    self.count = max(0, count)
    self.chunk = chunk
    chunks = (self.count + chunk - 1) / chunk
    state = Mutex(State(done: Array(repeating: [], count: chunks)))
  }

  /// Works until nothing is left to be handed out.
  func run(_ repository: Repository, _ work: (Repository, Int) -> Value) {
    while let place = take() {
      let end = min(count, (place + 1) * chunk)
      var values: [Value] = []
      values.reserveCapacity(end - place * chunk)
      for number in place * chunk..<end { values.append(work(repository, number)) }
      state.withLock { $0.done[place] = values }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < chunks else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  var results: [Value] { state.withLock { Array($0.done.joined()) } }
}
