public import Facts

/// Everything a command may touch besides Git, handed in once so that tests can replace it.
public struct World {
  /// The only clock reading of a run.
  public var now: Instant
  /// Appends to standard output, which may be kept back until `finishOutput`.
  public var output: ([UInt8]) throws(FileFailure) -> Void
  /// Makes sure that everything given to `output` has been written.
  public var finishOutput: () throws(FileFailure) -> Void
  /// Keeps a value until the process ends.
  ///
  /// To take a large one apart just before that would only cost time.
  public var keep: (Any) -> Void
  /// Writes a line to standard error; there is nobody to tell if that fails.
  public var complaint: (String) -> Void
  /// Reads standard input to its end; more than so many bytes are refused.
  public var readInput: (Int) throws(FileFailure) -> [UInt8] = { (_) throws(FileFailure) in [] }
  /// Runs another program to its end.
  public var runProgram: (ProgramCall) -> ProgramOutcome = { _ in .missing }
  /// Reads a whole regular file.
  public var readFile: (String) throws(FileFailure) -> [UInt8]
  /// The entries of a directory, sorted by the bytes of their names.
  public var listDirectory: (String) throws(FileFailure) -> [DirectoryEntry]
  /// Replaces a file or creates it; afterwards it holds either the old or the new bytes, never a part.
  public var writeFile: (String, [UInt8]) throws(FileFailure) -> Void
  /// The same for a program: afterwards the file may be executed.
  public var writeProgram: (String, [UInt8]) throws(FileFailure) -> Void = { (_, _) throws(FileFailure) in }
  /// Whether a file may be executed.
  public var isExecutable: (String) -> Bool = { _ in false }
  /// Ends the process, without a pass, when it runs longer than so many seconds or takes more memory than so many MiB.
  public var limitRun: (Int, Int) -> Void = { _, _ in }
  /// Where this program itself is; nil when the system does not tell.
  public var programPath: String?
  /// Creates files in a directory, which is made if need be: all of them or none, and never in the place of another.
  public var createFiles: (String, [(name: String, bytes: [UInt8])]) throws(FileFailure) -> Void
  /// Creates a directory and those above it; one that exists already is fine.
  public var createDirectory: (String) throws(FileFailure) -> Void
  /// A variable of the environment.
  public var environment: (String) -> String?
  public var outputTerminal: Terminal
  public var complaintTerminal: Terminal

  public init(
    now: Instant,
    output: @escaping ([UInt8]) throws(FileFailure) -> Void,
    finishOutput: @escaping () throws(FileFailure) -> Void = { () throws(FileFailure) in },
    keep: @escaping (Any) -> Void = { _ in },
    complaint: @escaping (String) -> Void,
    readFile: @escaping (String) throws(FileFailure) -> [UInt8],
    listDirectory: @escaping (String) throws(FileFailure) -> [DirectoryEntry],
    writeFile: @escaping (String, [UInt8]) throws(FileFailure) -> Void,
    createFiles: @escaping (String, [(name: String, bytes: [UInt8])]) throws(FileFailure) -> Void,
    createDirectory: @escaping (String) throws(FileFailure) -> Void,
    environment: @escaping (String) -> String? = { _ in nil },
    outputTerminal: Terminal = .none,
    complaintTerminal: Terminal = .none
  ) {
    self.now = now
    self.output = output
    self.finishOutput = finishOutput
    self.keep = keep
    self.complaint = complaint
    self.readFile = readFile
    self.listDirectory = listDirectory
    self.writeFile = writeFile
    self.createFiles = createFiles
    self.createDirectory = createDirectory
    self.environment = environment
    self.outputTerminal = outputTerminal
    self.complaintTerminal = complaintTerminal
  }
}

/// A name in a directory.
public struct DirectoryEntry: Hashable, Sendable {
  public let name: String
  /// True for a link to a directory as well.
  public let isDirectory: Bool
  public let isLink: Bool

  public init(name: String, isDirectory: Bool, isLink: Bool = false) {
    self.name = name
    self.isDirectory = isDirectory
    self.isLink = isLink
  }
}

/// What a stream is connected to.
public struct Terminal: Hashable, Sendable {
  public let isTerminal: Bool
  /// Columns to lay text out for.
  public let columns: Int

  public init(isTerminal: Bool, columns: Int) {
    self.isTerminal = isTerminal
    self.columns = min(max(columns, 20), 1_000)
  }

  /// A file or a pipe; wide enough for a table, narrow enough for a mail.
  public static let none = Terminal(isTerminal: false, columns: 100)
}
