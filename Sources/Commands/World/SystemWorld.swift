internal import Facts
internal import Foundation
internal import Glibc

extension World {
  /// The real one, in which the clock has just been read, once.
  ///
  /// From here on a reader that goes away is an error of the write, not a signal that ends the process.
  public static func system() -> World {
    reserveStandardStreams()
    signal(SIGPIPE, SIG_IGN)
    let standardOutput = BufferedOutput(STDOUT_FILENO, name: "standard output")
    let kept = KeptValues()
    let environment = ProcessInfo.processInfo.environment
    let columns = environment["COLUMNS"]
    var world = World(
      now: Instant(seconds: Int64(Date().timeIntervalSince1970.rounded(.down))),
      output: { (bytes) throws(FileFailure) in try standardOutput.append(bytes) },
      finishOutput: { () throws(FileFailure) in try standardOutput.finish() },
      keep: { kept.values.append($0) },
      complaint: { line in
        // Standard error is where failures are reported; its own have no other place to go.
        try? Posix.write(Array("\(line)\n".utf8), to: STDERR_FILENO)
      },
      readFile: { (path) throws(FileFailure) in try FileAccess.read(path) },
      listDirectory: { (path) throws(FileFailure) in try FileAccess.list(path) },
      writeFile: { (path, bytes) throws(FileFailure) in try AtomicFile.write(bytes, to: path) },
      createFiles: { (directory, files) throws(FileFailure) in try NewFiles.create(files, in: directory) },
      createDirectory: { (path) throws(FileFailure) in try FileAccess.createDirectory(path) },
      environment: { environment[$0] },
      outputTerminal: .connected(to: STDOUT_FILENO, columnsVariable: columns),
      complaintTerminal: .connected(to: STDERR_FILENO, columnsVariable: columns))
    world.readInput = { (limit) throws(FileFailure) in try FileAccess.readInput(limit: limit) }
    world.writeProgram = { (path, bytes) throws(FileFailure) in
      try AtomicFile.write(bytes, to: path, executable: true)
    }
    world.isExecutable = { unsafe access($0, X_OK) == 0 }
    world.programPath = Posix.linkTarget("/proc/self/exe")
    world.limitRun = { seconds, memory in Posix.limitRun(seconds: seconds, memory: memory) }
    world.runProgram = ChildProcess { environment[$0] }.run
    return world
  }

  /// Fills the places of closed standard streams.
  ///
  /// Else the next file opened, perhaps one of the repository, would get the number of standard output. The
  /// stand-in cannot be written to, so that lost output is still an error.
  private static func reserveStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", O_RDONLY)
    }
  }
}

/// What `World.keep` was given.
private final class KeptValues {
  var values: [Any] = []
}

extension Terminal {
  /// What a descriptor is connected to; the size comes from the terminal, else from `COLUMNS`, else it is 80.
  static func connected(to descriptor: Int32, columnsVariable: String?) -> Terminal {
    guard isatty(descriptor) == 1 else { return .none }
    var size = winsize()
    if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Terminal(isTerminal: true, columns: Int(size.ws_col))
    }
    return Terminal(isTerminal: true, columns: columnsVariable.flatMap(Int.init) ?? 80)
  }
}
