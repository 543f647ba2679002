internal import Glibc

/// A file, directory or stream that could not be used, and why.
public struct FileFailure: Error, Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case read
    case list
    case write
    case createDirectory
  }

  public let action: Action
  public let path: String
  public let cause: Cause

  /// Why it could not be used.
  public enum Cause: Hashable, Sendable {
    /// A number of `errno`.
    case system(Int32)
    case notARegularFile
    case tooLarge(limit: Int)
  }

  public init(_ action: Action, _ path: String, _ cause: Cause) {
    self.action = action
    self.path = path
    self.cause = cause
  }

  /// Whether the reader of a pipe has gone away, which is no mistake of anybody.
  public var isBrokenPipe: Bool { action == .write && cause == .system(EPIPE) }

  /// Whether there is nothing of this name.
  var isMissing: Bool { cause == .system(ENOENT) }

  /// Output that could not be written ends a run differently from input that could not be read.
  public var ending: Ending {
    switch action {
    case .read, .list: .failed
    case .write, .createDirectory: .unwritable
    }
  }
}

extension FileFailure: CustomStringConvertible {
  public var description: String {
    let verb =
      switch action {
      case .read: "read"
      case .list: "list"
      case .write: "write"
      case .createDirectory: "create directory"
      }
    return "cannot \(verb) \(path): \(reason)"
  }

  private var reason: String {
    switch cause {
    case .system(let code): Posix.message(code)
    case .notARegularFile: "not a regular file"
    case .tooLarge(let limit): "larger than \(limit) bytes"
    }
  }
}
