internal import Glibc

/// A child process run to its end, with what the kernel accounts to it.
struct MeasuredProcess {
  /// Seconds from start to end.
  let wall: Double
  /// Seconds of processor time, user and system together.
  let cpu: Double
  /// Largest resident memory in bytes.
  let peak: Int
  let status: Int32

  /// Runs a program with its output thrown away.
  ///
  /// `command` is the program, looked up on `PATH`, with its arguments; `environment` holds variables in the form
  /// `NAME=value`, and nothing else is passed on.
  init(_ command: [String], environment: [String]) throws(Posix.Failure) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe arguments.forEach { unsafe free($0) }
      unsafe variables.forEach { unsafe free($0) }
    }
    var child: pid_t = 0
    let start = ContinuousClock.now
    let code = unsafe posix_spawnp(&child, command[0], &actions, nil, &arguments, &variables)
    guard code == 0 else { throw Posix.Failure(code: code) }
    var usage = rusage()
    var status: Int32 = 0
    while unsafe wait4(child, &status, 0, &usage) == -1 {
      guard errno == EINTR else { throw Posix.Failure(code: errno) }
    }
    wall = (ContinuousClock.now - start).seconds
    cpu = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    peak = Int(usage.ru_maxrss) * 1024
    self.status = status
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

extension Duration {
  /// The length as a floating-point number of seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
