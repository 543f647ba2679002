import Foundation
import Support
import Testing

extension GateServer {
  /// What became of a push.
  struct Push {
    let status: Int32
    /// Everything that git showed, in one line.
    let words: String
    let output: String
    /// Whether any reference of the server changed.
    let moved: Bool
  }

  /// Pushes from the clone as somebody; `who` nil when the transport tells nothing.
  func push(
    _ what: String..., by who: String?, options: [String] = [], environment: [String: String] = [:]
  ) throws -> Push {
    let before = try server.git("for-each-ref")
    var variables = environment
    if let who { variables["TEST_PUSHER"] = Self.email(who) }
    var (status, output): (Int32, String) = (0, "")
    do {
      try server.git(
        ["-C", clone, "push", "--porcelain", "--force"] + options + [server.path] + what,
        environment: variables)
    } catch let failure as Support.CommandFailure {
      (status, output) = (failure.status, failure.complaint)
    }
    let words = output.replacing("remote: ", with: " ").split(whereSeparator: \.isWhitespace)
    return Push(
      status: status, words: words.joined(separator: " "), output: output,
      moved: try server.git("for-each-ref") != before)
  }

  /// Calls the hook by hand with some input; nil closes standard input.
  func hook(_ input: String?, environment: [String: String] = [:]) throws -> Push {
    let before = try server.git("for-each-ref")
    let process = try hookProcess(input, environment: environment)
    process.waitUntilExit()
    let output = String(decoding: try Data(contentsOf: URL(fileURLWithPath: byHand + ".err")), as: UTF8.self)
    return Push(
      status: process.terminationStatus,
      words: output.split(whereSeparator: \.isWhitespace).joined(separator: " "),
      output: output, moved: try server.git("for-each-ref") != before)
  }

  private var byHand: String { server.folder + "/by-hand" }

  /// The same, still running.
  func hookProcess(_ input: String?, environment: [String: String] = [:]) throws -> Process {
    try hookProcess(bytes: input.map { Array($0.utf8) }, environment: environment)
  }

  /// The same with any bytes.
  func hookProcess(bytes input: [UInt8]?, environment: [String: String] = [:]) throws -> Process {
    try Data(input ?? []).write(to: URL(fileURLWithPath: byHand))
    try Data().write(to: URL(fileURLWithPath: byHand + ".err"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let reading = input == nil ? "<&-" : "<\"$1\""
    process.arguments = ["-c", "exec \"$0\" hook pre-receive \(reading)", try ProgramProcess.path(), byHand]
    process.currentDirectoryURL = URL(fileURLWithPath: server.path)
    process.environment = [
      "HOME": server.folder, "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_DIR": ".",
      "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: byHand + ".err"))
    (process.standardError, process.standardOutput) = (output, output)
    try process.run()
    return process
  }
}

/// Holds that a push was refused as a whole, in words that name all of this.
func expectRefused(
  _ push: GateServer.Push, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(push.status != 0, "the push was taken", sourceLocation: sourceLocation)
  #expect(!push.moved, "a reference moved", sourceLocation: sourceLocation)
  for word in words {
    #expect(push.words.contains(word), "\(push.output)", sourceLocation: sourceLocation)
  }
}

/// Holds that a push was taken.
func expectTaken(_ push: GateServer.Push, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(push.status == 0, "\(push.output)", sourceLocation: sourceLocation)
  #expect(push.moved, sourceLocation: sourceLocation)
}
