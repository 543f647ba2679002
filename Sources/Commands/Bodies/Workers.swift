internal import Dispatch
internal import Synchronization

/// Threads that do independent pieces of work; the results stand in the order of the pieces, however many there are.
struct Workers {
  private let count: Int

  /// - Parameter count: threads, this one included; 1 does everything here.
  init(_ count: Int) { self.count = count }

  /// The results of all pieces in order.
  func run(_ pieces: Int, _ piece: @Sendable (Int) -> [UInt8]) -> [[UInt8]] {
    guard count > 1, pieces > 1 else { return (0..<pieces).map(piece) }
    let results = Mutex<[[UInt8]]>(Array(repeating: [], count: pieces))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < pieces else { return }
        let result = piece(number)
        results.withLock { $0[number] = result }
      }
    }
    return results.withLock { $0 }
  }
}
