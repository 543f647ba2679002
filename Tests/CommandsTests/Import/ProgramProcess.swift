import Foundation
import Testing

/// The program as a process of its own, as the build has made it.
struct ProgramProcess {
  /// Where the build put the program: beside the bundle of these tests.
  static func path() throws -> String {
    let tests = try #require(
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? ownFolder)
    let path = tests.deletingLastPathComponent().appendingPathComponent("tributary").path
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not there")
    return path
  }

  /// On Linux the tests are a program whose own path names the bundle.
  private static var ownFolder: URL? {
    CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }
  }

  let process = Process()
  private let folder: String

  /// Starts the program with a file on standard input and nothing of the machine's configuration.
  init(
    _ arguments: [String], input: String, folder: String, environment: [String: String] = [:]
  ) throws {
    self.folder = folder
    process.executableURL = URL(fileURLWithPath: try Self.path())
    process.arguments = arguments
    process.environment = [
      "HOME": folder, "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
  }
}
