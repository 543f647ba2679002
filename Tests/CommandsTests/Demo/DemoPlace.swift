import Commands
import Facts
import Foundation
import Support
import Testing

/// A temporary folder in which `demo` runs on the real disk, with nothing else of the machine having a say.
final class DemoPlace {
  private let repository: TemporaryRepository
  let folder: String
  private(set) var output = ""
  private(set) var complaints: [String] = []

  /// Looks at the sample that another place has built in a folder, or at none yet.
  init(sharing folder: String? = nil) throws {
    repository = try TemporaryRepository()
    self.folder = folder ?? repository.folder
  }

  /// The directory that is given to `demo`.
  var directory: String { folder + "/sample" }

  var path: String { directory + "/platform.git" }

  /// Years after the story, so that nothing can come from the clock.
  var world: World {
    var world = World.system()
    world.now = Instant(seconds: 1_900_000_000)
    world.output = { (bytes) throws(FileFailure) in self.output += String(decoding: bytes, as: UTF8.self) }
    world.finishOutput = { () throws(FileFailure) in }
    world.complaint = { self.complaints.append($0) }
    world.environment = { _ in nil }
    world.outputTerminal = .none
    world.complaintTerminal = .none
    return world
  }

  /// Runs one command line; what it said before is forgotten.
  func run(_ arguments: [String]) -> Ending {
    (output, complaints) = ("", [])
    return Program.tributary.run(arguments: arguments, world: world)
  }

  /// Builds the sample.
  func build() throws {
    guard run(["demo", directory]) == .met else { throw NotBuilt(complaints: complaints) }
  }

  /// What a command says in JSON of the sample, as of the end of the story.
  func report(_ words: String...) throws -> DemoReport {
    _ = run(words + ["--format", "json", "--as-of", "2026-04-01", path])
    return try JSONDecoder().decode(DemoReport.self, from: Data(output.utf8))
  }

  func git(_ arguments: String...) throws -> String { try repository.git(["--git-dir", path] + arguments) }

  func gitLines(_ arguments: String...) throws -> [Substring] {
    try repository.git(["--git-dir", path] + arguments).split(separator: "\n")
  }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private struct NotBuilt: Error {
    let complaints: [String]
  }

  /// The sample that is built once for all tests that only look at it.
  struct Sample: Sendable {
    var folder: String
    /// What `demo` said when it built the sample.
    var output: String
    var contributions: DemoReport
    var backlog: DemoReport
  }

  @TaskLocal static var sample: Sample?

  /// Looks at the sample of the suite.
  static func shared() throws -> DemoPlace { try DemoPlace(sharing: #require(sample).folder) }
}

/// The parts of a JSON report that these tests look at.
struct DemoReport: Decodable {
  var policy: Policy
  var repositories: [Repository]
  var items: [Item]

  struct Policy: Decodable {
    var versions: Int?
  }

  struct Repository: Decodable {
    var diagnostics: [Diagnostic]

    struct Diagnostic: Decodable {}
  }

  struct Item: Decodable {
    var id: String
    var title: String
    var state: String
    var turn: String?
    var level: Int?
    var levelReason: String
    var landed: Moment?
    var opened: Moment
    var firstResponse: Moment?
    var approvals: [Approval]
    var findings: [String]
    /// Of a backlog only.
    var mostUrgent: Urgent?

    struct Urgent: Decodable {
      var state: String
    }

    struct Moment: Decodable {
      var at: String?
    }
  }

  struct Approval: Decodable {
    var by: String
    var authority: String
    var counted: Bool
    var reason: String
  }
}
