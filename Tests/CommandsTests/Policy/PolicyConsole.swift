import Commands
import Facts
import Foundation
import Support

/// The program on the real disk, without environment, its words kept.
final class PolicyConsole {
  private(set) var output = ""
  private(set) var complaints: [String] = []

  /// Runs one command line as of 2024-06-01 unless it says otherwise.
  func run(_ arguments: String...) -> Ending { run(arguments) }

  func run(_ arguments: [String]) -> Ending {
    output = ""
    complaints = []
    var bytes: [UInt8] = []
    var world = World.system()
    world.now = Instant(seconds: 1_717_200_000)
    world.output = { (more) throws(FileFailure) in bytes += more }
    world.finishOutput = { () throws(FileFailure) in }
    world.complaint = { self.complaints.append($0) }
    world.environment = { _ in nil }
    world.outputTerminal = .none
    world.complaintTerminal = .none
    let ending = Program.tributary.run(arguments: arguments, world: world)
    output = String(decoding: bytes, as: UTF8.self)
    return ending
  }
}

extension TemporaryRepository {
  /// Reads a file of the folder that belongs to this test.
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

  /// A link in the work tree, to whatever.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// Changes by the author that Bo lands, numbered as a forge would.
  func land(_ count: Int, by author: String, in folder: String, from number: Int = 1) throws {
    for step in number..<(number + count) {
      try commit(
        "Change \(step) (#\(step))", files: ["\(folder)/\(step)": "\(step)"], author: author,
        committer: "Bo Host <bo@example.org>", at: clock)
      tick()
    }
  }
}
