/// Something wrong in a policy file, with the place where to mend it.
public struct PolicyProblem: Error, Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    /// Worth a look; the policy holds all the same.
    case warning
    /// The policy cannot be used.
    case error
  }

  public var severity: Severity
  /// The path as the caller gave it.
  public var file: String
  /// Counts from 1.
  public var line: Int
  /// Counts from 1, in code points.
  public var column: Int
  /// The way from the top of the file, such as `people.ada.memberships[0].team`; empty at the top itself.
  public var keyPath: String
  /// What is wrong, and what was expected.
  public var message: String

  public init(
    severity: Severity = .error, file: String, line: Int = 1, column: Int = 1, keyPath: String = "",
    message: String
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.keyPath = keyPath
    self.message = message
  }
}

extension PolicyProblem: CustomStringConvertible {
  /// `FILE:LINE:COLUMN: at KEY.PATH: what is wrong, what was expected`.
  ///
  /// The part with the key path is left out at the top of a file; a warning says `warning: ` after the
  /// column.
  public var description: String {
    let mark = severity == .warning ? "warning: " : ""
    let place = keyPath.isEmpty ? "" : "at \(keyPath): "
    return "\(file):\(line):\(column): \(mark)\(place)\(message)"
  }
}
