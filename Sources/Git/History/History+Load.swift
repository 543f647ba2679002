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
    var limit = Crew.firstChunk
    let queue = crew.queue
    var walk = HistoryWalk(
      repository.store, shallow: repository.shallowBoundary, checksSize: Library.isVerifying, options: options
    ) { job in
      chunk.append(job)
      if chunk.count >= limit {
        queue.put(chunk)
        chunk = []
        limit = min(limit * 2, Crew.chunk)
      }
    }
    crew.start()
    walk.run(from: roots)
    queue.close(with: chunk, workers: workers)
    // What needs no paths is put in order while the other threads still compare trees.
    var assembly = HistoryAssembly(walk)
    return assembly.history(crew.finish())
  }
}

/// The threads that compare trees, each with an object store of its own.
private final class Crew {
  static let chunk = 2048
  /// Smaller, so that the other threads have something to do at once; later ones double.
  static let firstChunk = 128

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
  ///
  /// The queue has to be closed before.
  func finish() -> [DiffResults] {
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
