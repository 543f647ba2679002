internal import Dispatch
internal import Synchronization

extension History {
  /// Loads all commits reachable from the roots, within the options.
  ///
  /// Objects that are missing or broken become problems; only a failure to open the object folders throws.
  public static func load(
    _ repository: Repository, roots: [ObjectID], options: Options = Options()
  ) throws(GitError) -> History {
    let workers = max(1, min(options.jobs, 64))
    let crew = try Crew(repository, workers: options.changedPaths == .none ? 1 : workers)
    var chunk: [DiffJob] = []
    let queue = crew.queue
    var walk = HistoryWalk(
      repository.store, shallow: repository.shallowBoundary, checksSize: Library.isVerifying, options: options
    ) { job in
      chunk.append(job)
      if chunk.count >= Crew.chunk {
        queue.put(chunk)
        chunk = []
      }
    }
    crew.start()
    walk.run(from: roots)
    queue.put(chunk)
    let results = crew.finish()
    return HistoryAssembly(walk, results).history
  }
}

/// The threads that compare trees, each with an object store of its own.
private final class Crew {
  static let chunk = 2048

  let queue = JobQueue()
  private let workers: Int
  private let folders: [String]
  private let loose: LooseObjects
  private let own: TreeDiffer
  private let group = DispatchGroup()
  private let results = ResultBox()

  init(_ repository: Repository, workers: Int) throws(GitError) {
    self.workers = workers
    folders = repository.objectDirectories
    loose = repository.looseObjects
    own = TreeDiffer(repository.store)
  }

  /// Sets the other threads to work; should they never run, `finish` does it all.
  func start() {
    for number in 1..<max(1, workers) {
      let (queue, folders, loose, results) = (queue, folders, loose, results)
      DispatchQueue.global().async(group: group) {
        do {
          results.add(
            DiffResults(TreeDiffer(try ObjectStore(folders: folders, loose: loose, spelling: number)), queue))
        } catch {
          // The folders open in this thread, so they do in the first one, which then does this one's work.
        }
      }
    }
  }

  /// Helps with the rest of the work and collects what the threads found.
  func finish() -> [DiffResults] {
    queue.close(workers: workers)
    results.add(DiffResults(own, queue))
    group.wait()
    return results.all
  }
}

private final class ResultBox: Sendable {
  private let list = Mutex<[DiffResults]>([])

  func add(_ results: DiffResults) { list.withLock { $0.append(results) } }

  var all: [DiffResults] { list.withLock { $0 } }
}

/// What one thread found out.
struct DiffResults: Sendable {
  /// The changes of one commit, as a part of `changes`.
  struct Span: Sendable {
    let commit: Int32
    let range: Range<Int>
    let failure: TreeDiffer.Failure?
  }

  let spans: [Span]
  let changes: [History.Change]
  let paths: PathTable

  init(_ differ: TreeDiffer, _ queue: JobQueue) {
    var spans: [Span] = []
    while let chunk = queue.take() {
      for job in chunk {
        let start = differ.changes.count
        let failure = differ.compare(job.parentTree, job.tree)
        spans.append(Span(commit: job.commit, range: start..<differ.changes.count, failure: failure))
      }
    }
    self.spans = spans
    changes = differ.changes
    paths = differ.paths
  }
}
