internal import Glibc

/// Runs another program to its end with files for its input and output, so that neither side can wait for the other.
struct ChildProcess {
  /// Variables of this process by name.
  let environment: (String) -> String?

  /// The largest output that is read, in bytes.
  private static let outputLimit = 1 << 20

  func run(_ call: ProgramCall) -> ProgramOutcome {
    guard let path = Self.find(call, in: environment("PATH") ?? "/usr/bin:/bin") else {
      return .missing
    }
    do throws(Posix.Failure) {
      let folder = try PrivateFolder(
        in: environment("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp")
      defer { withExtendedLifetime(folder) {} }
      let input = try folder.write(call.input)
      let output = try folder.write([])
      var arguments = [call.program]
      for argument in call.arguments {
        switch argument {
        case .text(let text): arguments.append(text)
        case .file(let bytes): arguments.append(try folder.write(bytes))
        }
      }
      let errors = call.tellsErrors ? try folder.write([]) : "/dev/null"
      let child = try spawn(
        path, arguments, Streams(input: input, output: output, errors: errors), variables(for: call))
      guard let status = try Self.wait(for: child, seconds: call.seconds) else { return .killed }
      let told = call.tellsErrors && status != 0 ? errors : output
      let bytes = try Posix.readAll(try Posix.open(told, O_RDONLY | O_NOFOLLOW), limit: Self.outputLimit)
      return .ended(status: status, output: bytes)
    } catch {
      return .failed(Posix.message(error.code))
    }
  }

  private func variables(for call: ProgramCall) -> [String] {
    var variables = call.environment
    for name in ["PATH", "HOME"] { variables[name] = environment(name) }
    variables["TZ"] = "UTC"
    variables["LC_ALL"] = "C"
    return variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  /// A folder of the search path that is not absolute may be anybody's, such as the repository that is read.
  private static func find(_ call: ProgramCall, in search: String) -> String? {
    let program = call.program
    if call.allowsPath, program.hasPrefix("/") { return unsafe access(program, X_OK) == 0 ? program : nil }
    guard !program.isEmpty, !program.contains("/") else { return nil }
    return search.split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }
      .first { unsafe access($0, X_OK) == 0 }
  }

  /// Paths of the files that the program reads from and writes to.
  private struct Streams {
    let input: String
    let output: String
    let errors: String
  }

  private func spawn(
    _ path: String, _ arguments: [String], _ streams: Streams, _ variables: [String]
  ) throws(Posix.Failure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, streams.input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, streams.output, O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, streams.errors, O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that what it starts ends with it.
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var settings = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe words.forEach { unsafe free($0) }
      unsafe settings.forEach { unsafe free($0) }
    }
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, path, &actions, &attributes, &words, &settings)
    guard code == 0 else { throw Posix.Failure(code: code) }
    return child
  }

  /// The exit status; nil when a signal ended it, or the time was over and it was killed.
  private static func wait(for child: pid_t, seconds: Int) throws(Posix.Failure) -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    var pause: UInt32 = 100
    while true {
      var status: Int32 = 0
      if try Posix.check({ unsafe waitpid(child, &status, WNOHANG) }) == child {
        return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
      }
      if ContinuousClock.now >= end {
        kill(-child, SIGKILL)
        try Posix.check { unsafe waitpid(child, &status, 0) }
        return nil
      }
      usleep(pause)
      pause = min(pause * 2, 5_000)
    }
  }
}

/// A folder that only this user can enter, with files that only this user can read; removed at the end of its scope.
private final class PrivateFolder {
  private let path: String
  private var files: [String] = []

  init(in parent: String) throws(Posix.Failure) {
    var template = Array("\(parent)/tributary-\(String(repeating: "X", count: 6))".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> Bool in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw Posix.Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a new file and answers its path.
  func write(_ bytes: [UInt8]) throws(Posix.Failure) -> String {
    let name = "\(path)/\(files.count)"
    let file = try Posix.create(name)
    files.append(name)
    try Posix.write(bytes, to: file.number)
    return name
  }

  deinit {
    // What cannot be removed stays behind in the folder for temporary files, where nobody else can read it.
    for file in files { _ = unsafe unlink(file) }
    _ = unsafe rmdir(path)
  }
}
