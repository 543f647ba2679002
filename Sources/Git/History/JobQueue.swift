internal import Dispatch
internal import Synchronization

/// One pair of trees to compare.
struct DiffJob: Sendable {
  let commit: Int32
  let tree: ObjectID
  /// Nil for a commit without parents.
  let parentTree: ObjectID?
}

/// Hands chunks of work from the thread that finds them to those that do them.
final class JobQueue: Sendable {
  private struct State {
    var chunks: [[DiffJob]] = []
    var next = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let ready = DispatchSemaphore(value: 0)

  func put(_ chunk: [DiffJob]) {
    state.withLock { $0.chunks.append(chunk) }
    ready.signal()
  }

  /// The size of the pieces in which the last chunks are handed out, so that no thread waits long for another.
  private static let lastPiece = 256

  /// Takes the last chunk; nothing more will come.
  func close(with chunk: [DiffJob], workers: Int) {
    state.withLock { state in
      state.isClosed = true
      let last = max(state.next, state.chunks.count - workers)
      let jobs = state.chunks[last...].flatMap { $0 } + chunk
      state.chunks.removeSubrange(last...)
      for start in stride(from: 0, to: jobs.count, by: Self.lastPiece) {
        state.chunks.append(Array(jobs[start..<min(jobs.count, start + Self.lastPiece)]))
      }
    }
    for _ in 0..<workers { ready.signal() }
  }

  /// The next chunk, waiting for it if need be; nil when there will be none.
  func take() -> [DiffJob]? {
    while true {
      let (chunk, isOver) = state.withLock { state -> ([DiffJob]?, Bool) in
        guard state.next < state.chunks.count else { return (nil, state.isClosed) }
        let chunk = state.chunks[state.next]
        state.chunks[state.next] = []
        state.next += 1
        return (chunk, false)
      }
      if let chunk { return chunk }
      if isOver { return nil }
      ready.wait()
    }
  }
}
