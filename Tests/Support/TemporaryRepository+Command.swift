import Foundation

/// Runs a program with an environment of its own; input and output go through files, so nothing can block.
struct HermeticCommand {
  let folder: String
  let workingDirectory: String
  let now: Int64

  func run(
    _ program: String, _ arguments: [String], stdin: [UInt8], environment: [String: String]
  ) throws -> [UInt8] {
    let exchange = folder + "/exchange-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: exchange, withIntermediateDirectories: true)
    defer {
      // The folder goes away with the repository in any case.
      try? FileManager.default.removeItem(atPath: exchange)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: workingDirectory)
    process.environment = base.merging(environment) { $1 }
    process.standardInput = try file(exchange + "/in", holding: stdin)
    process.standardOutput = try file(exchange + "/out", holding: [])
    process.standardError = try file(exchange + "/err", holding: [])
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let complaint = String(decoding: try bytes(of: exchange + "/err"), as: UTF8.self)
      throw CommandFailure(
        "\(program) \(arguments.joined(separator: " "))", process.terminationStatus, complaint)
    }
    return try bytes(of: exchange + "/out")
  }

  private var base: [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TZ": "UTC", "LC_ALL": "C",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
      "GIT_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no",
      "GIT_AUTHOR_NAME": "Ada Ray", "GIT_AUTHOR_EMAIL": "ada@example.org",
      "GIT_AUTHOR_DATE": "@\(now) +0000",
      "GIT_COMMITTER_NAME": "Ada Ray", "GIT_COMMITTER_EMAIL": "ada@example.org",
      "GIT_COMMITTER_DATE": "@\(now) +0000",
    ]
  }

  private func file(_ path: String, holding bytes: [UInt8]) throws -> FileHandle {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try FileHandle(forUpdating: URL(fileURLWithPath: path))
  }

  private func bytes(of path: String) throws -> [UInt8] {
    // `Data(contentsOf:)` loses a buffer for each empty file, which would hide our own leaks.
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    return Array(try file.readToEnd() ?? Data())
  }
}
