internal import Clibgit2
internal import Dispatch
internal import Synchronization

/// Questions about all commits of a history that need neither order nor paths.
public enum HistoryScan {
  /// An author, by the very name and address that commits have.
  public struct Author: Hashable, Sendable {
    public let identity: RawIdentity
    /// The place in the list of roots of the first one that reaches a commit by this author.
    public let firstRoot: Int
  }

  /// What a scan found.
  public struct Result: Hashable, Sendable {
    /// Sorted by the bytes of address and name.
    public let authors: [Author]
    public let commits: Int
    /// Commits that are missing or broken, sorted; what lies behind them was not seen.
    public let unread: [ObjectID]
  }

  /// Visits every commit reachable from the roots, one root after the other, each thread taking what comes next.
  ///
  /// Parents cut off by a shallow clone are not looked for.
  public static func authors(
    _ repository: Repository, roots: [ObjectID], jobs: Int = 1
  ) throws(GitError) -> Result {
    let frontier = Frontier(roots)
    let shallow = repository.shallowBoundary
    let workers = max(1, min(jobs, 64))
    let group = DispatchGroup()
    let (folders, loose) = (repository.objectDirectories, repository.looseObjects)
    for number in 1..<workers {
      DispatchQueue.global().async(group: group) {
        // The folders opened for the first thread; should they not open now, that one does all the work.
        guard
          let store = try? ObjectStore(
            folders: folders, loose: loose, spelling: RepositoryTwin.aside + number)
        else { return }
        AuthorScan(store, shallow).run(frontier)
      }
    }
    AuthorScan(repository.store, shallow).run(frontier)
    group.wait()
    return frontier.result
  }
}

/// Work shared by the threads: ids to visit, ids met, answers.
private final class Frontier: Sendable {
  struct Outcome: Sendable {
    var firstRoots: [RawIdentity: Int] = [:]
    var commits = 0
    var unread: [ObjectID] = []
  }

  private struct State {
    let roots: [ObjectID]
    /// How many roots were begun.
    var begun = 0
    var waiting: [ObjectID] = []
    var met = ObjectIDTable()
    var busy = 0
    var outcomes: [Outcome] = []
  }

  private let state: Mutex<State>
  private let changed = DispatchSemaphore(value: 0)
  private static let batch = 256

  init(_ roots: [ObjectID]) { state = Mutex(State(roots: roots)) }

  /// The next ids to visit, and the place of the root that reaches them; nil when there will be none.
  func take() -> (ids: [ObjectID], root: Int)? {
    while true {
      let (batch, isOver) = state.withLock { state -> ((ids: [ObjectID], root: Int)?, Bool) in
        if state.waiting.isEmpty, state.busy == 0 { Self.beginNextRoot(&state) }
        guard !state.waiting.isEmpty else { return (nil, state.busy == 0) }
        let count = min(Self.batch, (state.waiting.count + 1) / 2)
        let batch = Array(state.waiting.suffix(count))
        state.waiting.removeLast(count)
        state.busy += 1
        return ((batch, state.begun - 1), false)
      }
      if let batch { return batch }
      if isOver {
        changed.signal()
        return nil
      }
      changed.wait()
    }
  }

  /// Hands in the parents found in a batch.
  func put(_ parents: [ObjectID]) {
    state.withLock { state in
      state.busy -= 1
      Self.meet(parents, &state)
    }
    changed.signal()
  }

  func finish(_ outcome: Outcome) { state.withLock { $0.outcomes.append(outcome) } }

  var result: HistoryScan.Result {
    let outcomes = state.withLock { $0.outcomes }
    var firstRoots: [RawIdentity: Int] = [:]
    for outcome in outcomes { firstRoots.merge(outcome.firstRoots) { min($0, $1) } }
    let authors = firstRoots.map { HistoryScan.Author(identity: $0.key, firstRoot: $0.value) }
    return HistoryScan.Result(
      authors: authors.sorted { left, right in
        let (a, b) = (left.identity, right.identity)
        return a.emailBytes == b.emailBytes
          ? a.nameBytes.lexicographicallyPrecedes(b.nameBytes)
          : a.emailBytes.lexicographicallyPrecedes(b.emailBytes)
      },
      commits: outcomes.reduce(0) { $0 + $1.commits }, unread: outcomes.flatMap(\.unread).sorted())
  }

  /// A root begins when everything that the ones before it reach was visited.
  private static func beginNextRoot(_ state: inout State) {
    while state.waiting.isEmpty, state.begun < state.roots.count {
      meet([state.roots[state.begun]], &state)
      state.begun += 1
    }
  }

  private static func meet(_ ids: [ObjectID], _ state: inout State) {
    for id in ids where state.met.find(id) < 0 {
      state.met.append(id)
      state.waiting.append(id)
    }
  }
}

/// One thread's part of a scan.
private struct AuthorScan {
  private let store: ObjectStore
  private let shallow: Set<ObjectID>
  private var names = ByteInterner()
  private var firstRoots: [Int] = []
  private var outcome = Frontier.Outcome()

  init(_ store: ObjectStore, _ shallow: Set<ObjectID>) {
    self.store = store
    self.shallow = shallow
  }

  consuming func run(_ frontier: Frontier) {
    var scan = self
    while let batch = frontier.take() {
      var parents: [ObjectID] = []
      for id in batch.ids { scan.visit(id, batch.root, &parents) }
      frontier.put(parents)
    }
    for number in 0..<scan.names.count {
      let identity = RawIdentity(
        joined: scan.names.bytes(number), nameLength: Int(scan.names.prefix(number)))
      let known = scan.outcome.firstRoots[identity] ?? .max
      scan.outcome.firstRoots[identity] = min(scan.firstRoots[number], known)
    }
    frontier.finish(scan.outcome)
  }

  private mutating func visit(_ id: ObjectID, _ root: Int, _ parents: inout [ObjectID]) {
    // Missing or broken makes no difference here: both are listed as unread.
    guard let object = (try? store.object(id)) ?? nil else {
      outcome.unread.append(id)
      return
    }
    defer { git_odb_object_free(object) }
    let bytes = UnsafeBufferPointer(
      start: git_odb_object_data(object)?.assumingMemoryBound(to: UInt8.self),
      count: git_odb_object_size(object))
    let layout = CommitLayout(bytes, keepingExtra: false)
    guard git_odb_object_type(object) == GIT_OBJECT_COMMIT, layout.tree != nil else {
      outcome.unread.append(id)
      return
    }
    outcome.commits += 1
    if !shallow.contains(id) {
      for index in 0..<layout.parentCount { parents.append(layout.parent(index, in: bytes)) }
    }
    let encoding = layout.encoding.map { Array(bytes[$0]) }
    let number = Int(names.intern(identity: layout.author, in: bytes, encoding: encoding))
    // Roots come one after the other, so that the first commit met has the first of them.
    if number == firstRoots.count { firstRoots.append(root) }
  }
}
