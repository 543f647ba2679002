/// One run of another program: no shell, an input, and private files that last as long as the run.
public struct ProgramCall: Hashable, Sendable {
  /// An argument as given, or the path of a private file that holds these bytes.
  public enum Argument: Hashable, Sendable {
    case text(String)
    case file([UInt8])
  }

  /// A plain name, looked up in the absolute folders of `PATH` only; see also `allowsPath`.
  public var program: String
  public var arguments: [Argument]
  /// What the program reads from standard input.
  public var input: [UInt8]
  /// Variables that it gets beside `PATH`, `HOME`, `TZ=UTC` and `LC_ALL=C`.
  public var environment: [String: String]
  /// How long it may take.
  public var seconds: Int
  /// Whether a run that fails gives what it wrote to standard error as its output.
  public var tellsErrors: Bool
  /// Whether the program may also be an absolute path, because git's own configuration names it.
  public var allowsPath: Bool

  public init(
    _ program: String, _ arguments: [Argument], input: [UInt8], environment: [String: String] = [:],
    seconds: Int = 20, tellsErrors: Bool = false, allowsPath: Bool = false
  ) {
    self.program = program
    self.arguments = arguments
    self.input = input
    self.environment = environment
    self.seconds = seconds
    self.tellsErrors = tellsErrors
    self.allowsPath = allowsPath
  }
}

/// How a run of another program ended.
public enum ProgramOutcome: Hashable, Sendable {
  /// Its exit status, and what it wrote to standard output (or to standard error, see `tellsErrors`).
  case ended(status: Int32, output: [UInt8])
  /// Killed by a signal, or because it took too long.
  case killed
  /// There is no such program.
  case missing
  /// It could not be run, for the reason told.
  case failed(String)
}
