internal import Dispatch
internal import Synchronization

/// Threads that do independent pieces of work; the results stand in the order of the pieces, however many there are.
public struct Workers: Sendable {
  private let count: Int

  /// - Parameter count: threads, this one included; 1 does everything here.
  public init(_ count: Int) { self.count = max(1, count) }

  /// The results of all pieces in order.
  public func run<Result: Sendable>(_ pieces: Int, _ piece: @Sendable (Int) -> Result) -> [Result] {
    guard count > 1, pieces > 1 else { return (0..<pieces).map(piece) }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: pieces))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < pieces else { return }
        let result = piece(number)
        results.withLock { $0[number] = result }
      }
    }
    return results.withLock { $0 }.compactMap { $0 }
  }

  /// Does two things at the same time where there are two threads, else one after the other.
  public func both<Own, Other: Sendable>(
    _ own: () throws -> Own, _ other: @escaping @Sendable () -> Other
  ) rethrows -> (Own, Other) {
    guard count > 1 else { return (try own(), other()) }
    let meanwhile = Meanwhile(other)
    let result = try own()
    return (result, meanwhile.value ?? other())
  }

  /// The results of slices of a list of this length in order, each slice about as long as the others.
  ///
  /// There are more slices than threads, because not all of them take equally long. One thread gets one slice.
  public func slices<Result: Sendable>(
    of length: Int, _ slice: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let pieces = count == 1 ? 1 : max(1, min(count * 2, length / 64))
    return run(pieces) { slice(length * $0 / pieces..<length * ($0 + 1) / pieces) }
  }
}
