import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// A clone on the real disk into which fixtures are imported, and what the program said there.
final class ImportPlace {
  let fixture: TemporaryRepository
  /// The commits of the branch by the placeholder that stands for them in fixtures.
  private var names: [String: String] = [:]
  private(set) var output = ""
  private(set) var complaints: [String] = []
  /// What stands on standard input.
  var input: [UInt8] = []
  var variables: [String: String] = [:]

  static let reviews = "refs/notes/devtools/reviews"
  static let discuss = "refs/notes/devtools/discuss"
  static let moment = "2024-02-01T00:00:00Z"

  /// Starts with one commit on the branch, dated 2024-01-01.
  init() throws {
    fixture = try TemporaryRepository()
    try fixture.commit("Start", files: ["README": "Platform\n"])
  }

  var path: String { fixture.path }

  private var world: World {
    var world = World.system()
    world.now = Instant(seconds: 1_900_000_000)
    world.output = { (bytes) throws(FileFailure) in self.output += String(decoding: bytes, as: UTF8.self) }
    world.finishOutput = { () throws(FileFailure) in }
    world.complaint = { self.complaints.append($0) }
    world.environment = { self.variables[$0] }
    world.readInput = { (_) throws(FileFailure) in self.input }
    world.outputTerminal = .none
    world.complaintTerminal = .none
    return world
  }

  /// Runs one command line; what it said before is forgotten.
  @discardableResult
  func run(_ arguments: String...) -> Ending {
    (output, complaints) = ("", [])
    return Program.tributary.run(arguments: arguments, world: world)
  }

  /// Imports a fixture, with the commits of this clone in the places of those it names.
  @discardableResult
  func importing(_ name: String, from forge: String, at moment: String = moment, _ more: String...) throws
    -> Ending
  {
    input = try bytes(name)
    (output, complaints) = ("", [])
    let arguments = ["import", forge, "--at", moment, "-C", path] + more
    return Program.tributary.run(arguments: arguments, world: world)
  }

  /// Imports a text.
  @discardableResult
  func importing(text: String, from forge: String, at moment: String = moment, _ more: String...) -> Ending {
    input = Array(text.utf8)
    (output, complaints) = ("", [])
    return Program.tributary.run(
      arguments: ["import", forge, "--at", moment, "-C", path] + more, world: world)
  }

  /// Lets a commit stand in the place of one that fixtures name.
  func use(_ commit: ObjectID, for placeholder: String) { names[placeholder] = commit.hex }

  func bytes(_ name: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var text = String(
      decoding: try Data(contentsOf: root.appendingPathComponent("fixtures/import/\(name)")), as: UTF8.self)
    for (placeholder, commit) in names { text = text.replacing(placeholder, with: commit) }
    return Array(text.utf8)
  }

  /// The lines of the notes on all objects, as `git` shows them.
  func lines(_ reference: String, in path: String? = nil) throws -> [String] {
    let git = ["--git-dir", path ?? self.path + "/.git", "notes", "--ref", reference]
    let list = try fixture.git(git + ["list"]).split(separator: "\n")
    return try list.flatMap { entry in
      try fixture.git(git + ["show", String(entry.split(separator: " ")[1])]).split(separator: "\n").map(
        String.init)
    }
  }

  /// The commits of both references.
  func tips() throws -> [String] {
    try [Self.reviews, Self.discuss].map { try fixture.git("rev-parse", "--verify", $0) }
  }

  /// The contributions as JSON, by id; plain commits left out.
  func contributions(_ more: String...) throws -> [String: [String: Any]] {
    (output, complaints) = ("", [])
    let arguments = ["contributions", "--format", "json", "--as-of", "2024-03-01", "-C", path] + more
    _ = Program.tributary.run(arguments: arguments, world: world)
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let items = try #require(object?["items"] as? [[String: Any]], "\(complaints)")
    return Dictionary(
      try items.filter { ($0["id"] as? String)?.hasPrefix("commit/") == false }.map {
        (try #require($0["id"] as? String), $0)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Lines of `explain`, without the objects that show the events.
  func events(of id: String, _ more: String...) throws -> [String] {
    (output, complaints) = ("", [])
    let arguments = ["explain", id, "--format", "json", "--as-of", "2024-03-01", "-C", path] + more
    _ = Program.tributary.run(arguments: arguments, world: world)
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let item = try #require(object?["item"] as? [String: Any], "\(complaints)")
    return try #require(item["events"] as? [[String: Any]]).map(Self.words)
  }

  private static func words(_ event: [String: Any]) -> String {
    let earliest = (event["notBefore"] as? String ?? "").dropLast(4)
    let at =
      (event["at"] as? String)?.dropLast(4)
      ?? "\(earliest)..\((event["notAfter"] as? String ?? "").dropLast(4))"
    let by = (event["email"] as? String) ?? "-"
    return "\(at) \(event["kind"] as? String ?? "?") \(by) \(event["grade"] as? String ?? "?")"
  }
}
