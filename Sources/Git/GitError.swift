internal import Clibgit2

/// A failure reported by libgit2 or found in an object, copied out of thread-local storage.
public struct GitError: Error, Hashable, Sendable {
  /// What kind of failure: the return value of the C function, unknown values kept as they are.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// libgit2 gave no closer reason.
    public static let generic = Code(rawValue: -1)
    public static let notFound = Code(rawValue: -3)
    public static let ambiguous = Code(rawValue: -5)
    public static let invalidName = Code(rawValue: -12)
    /// The reference no longer had the value that was expected.
    public static let modified = Code(rawValue: -15)
    /// Another process holds the lock that is needed.
    public static let locked = Code(rawValue: -14)
    /// The bytes of an object break its format; ours, not libgit2's.
    public static let corrupt = Code(rawValue: -9001)
    /// A stated limit was reached; ours, not libgit2's.
    public static let tooLarge = Code(rawValue: -9002)
    /// The object exists but is of another kind; ours, not libgit2's.
    public static let wrongKind = Code(rawValue: -9003)
  }

  public let code: Code
  /// The function that failed: a C function, or one of this module for our own codes.
  public let function: String
  public let message: String

  public init(code: Code, function: String, message: String) {
    self.code = code
    self.function = function
    self.message = message
  }

  /// Reads and clears the thread-local message; must run on the thread of the failing call.
  static func last(_ status: Int32, in function: StaticString) -> GitError {
    let message = git_error_last().flatMap { $0.pointee.message.map { String(cString: $0) } }
    git_error_clear()
    return GitError(code: Code(rawValue: status), function: "\(function)", message: message ?? "no message")
  }
}

extension GitError: CustomStringConvertible {
  /// The message; libgit2's short ones with the function that failed.
  public var description: String { function.hasPrefix("git_") ? "\(message) (\(function))" : message }
}

/// Runs one C call and turns a negative return value into an error.
@discardableResult
func check(_ function: StaticString, _ call: () -> Int32) throws(GitError) -> Int32 {
  let status = call()
  guard status >= 0 else { throw GitError.last(status, in: function) }
  return status
}
