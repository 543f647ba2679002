internal import Glibc

/// A stream that keeps output back until there is enough of it, and reports every failed write.
///
/// `print` loses output silently when the disk is full; this throws instead.
final class BufferedOutput {
  private let descriptor: Int32
  private let name: String
  private let capacity: Int
  private var pending: [UInt8] = []
  private var hasWritten = false

  init(_ descriptor: Int32, name: String, capacity: Int = 1 << 16) {
    self.descriptor = descriptor
    self.name = name
    self.capacity = capacity
  }

  func append(_ bytes: [UInt8]) throws(FileFailure) {
    // What fills the buffer by itself is written from where it is.
    guard bytes.count < capacity else {
      try flush()
      return try write(bytes)
    }
    pending += bytes
    if pending.count >= capacity { try flush() }
  }

  /// Writes what is pending and asks the file system whether all writes so far have arrived.
  func finish() throws(FileFailure) {
    try flush()
    guard hasWritten else { return }
    do throws(Posix.Failure) {
      // Some file systems tell of a failed write only when a descriptor is closed. A copy does.
      let copy = try Posix.check { dup(descriptor) }
      try Posix.check { close(copy) }
    } catch {
      throw FileFailure(.write, name, .system(error.code))
    }
  }

  private func flush() throws(FileFailure) {
    guard !pending.isEmpty else { return }
    // Taken out first: what failed to be written is not tried again.
    let bytes = pending
    pending = []
    try write(bytes)
  }

  private func write(_ bytes: [UInt8]) throws(FileFailure) {
    hasWritten = true
    do throws(Posix.Failure) {
      try Posix.write(bytes, to: descriptor)
    } catch {
      throw FileFailure(.write, name, .system(error.code))
    }
  }
}
