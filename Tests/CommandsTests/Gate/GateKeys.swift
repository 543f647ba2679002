import Foundation
import Support

@testable import Commands

/// Keys of people, made and used with `ssh-keygen`.
final class GateKeys {
  let folder = NSTemporaryDirectory() + "gate-keys-\(UUID().uuidString)"
  private let tool = ChildProcess { ProcessInfo.processInfo.environment[$0] }
  /// The public halves, by name.
  private(set) var known: [String: String] = [:]

  init(_ names: String...) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in names {
      _ = try run(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path(name)])
      known[name] = try String(contentsOfFile: path(name) + ".pub", encoding: .utf8)
        .trimmingCharacters(in: .newlines)
    }
  }

  deinit {
    // What is left of it in the temporary folder harms nobody.
    try? FileManager.default.removeItem(atPath: folder)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The key's entry in a roster.
  func entry(_ name: String) -> String { "\"\(known[name] ?? "")\"" }

  func sign(_ bytes: [UInt8], by name: String, namespace: String = "git") throws -> String {
    try run(["-Y", "sign", "-n", namespace, "-f", path(name)], input: bytes)
  }

  private func run(_ words: [String], input: [UInt8] = []) throws -> String {
    let outcome = tool.run(ProgramCall("ssh-keygen", words.map { .text($0) }, input: input, seconds: 60))
    guard case .ended(status: 0, let output) = outcome else {
      throw SigningStory.StoryProblem(what: "\(outcome)")
    }
    return String(decoding: output, as: UTF8.self)
  }
}
