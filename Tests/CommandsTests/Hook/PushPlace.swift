import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// A server's bare repository and a clone from which is pushed.
final class PushPlace {
  let server: TemporaryRepository
  let clone: String
  private(set) var output = ""
  private(set) var complaints: [String] = []
  var variables: [String: String] = [:]
  static let log = "refs/notes/tributary/pushes"

  init() throws {
    server = try TemporaryRepository(bare: true)
    clone = server.folder + "/clone"
    try server.git("clone", "--quiet", server.path, clone)
  }

  /// Runs one command line of the program in this process.
  @discardableResult
  func run(_ arguments: [String], input: String = "", now: Int64 = 1_900_000_000) -> Ending {
    (output, complaints) = ("", [])
    var world = World.system()
    world.now = Instant(seconds: now)
    world.output = { (bytes) throws(FileFailure) in self.output += String(decoding: bytes, as: UTF8.self) }
    world.finishOutput = { () throws(FileFailure) in }
    world.complaint = { self.complaints.append($0) }
    world.environment = { self.variables[$0] }
    world.readInput = { (_) throws(FileFailure) in Array(input.utf8) }
    world.programPath = try? ProgramProcess.path()
    world.outputTerminal = .none
    world.complaintTerminal = .none
    return Program.tributary.run(arguments: arguments, world: world)
  }

  /// Runs `git` in the clone.
  @discardableResult
  func git(_ arguments: String..., environment: [String: String] = [:]) throws -> String {
    try server.git(["-C", clone] + arguments, environment: environment)
  }

  /// Commits in the clone at so many hours after the start.
  @discardableResult
  func commit(_ message: String, hours: Int64, by author: String = "ada") throws -> ObjectID {
    try Data(message.utf8).write(to: URL(fileURLWithPath: "\(clone)/\(message.filter { $0.isLetter })"))
    try git("add", "--all")
    let date = "@\(TemporaryRepository.start + hours * 3600) +0000"
    try git(
      "commit", "--quiet", "-m", message,
      environment: [
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "\(author)@example.org", "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "\(author)@example.org",
        "GIT_COMMITTER_DATE": date,
      ])
    return try id("HEAD")
  }

  func id(_ name: String) throws -> ObjectID {
    try #require(ObjectID(hex: try git("rev-parse", "--verify", name)))
  }

  /// Pushes, and records it as of so many hours after the start; nil deletes.
  func push(_ commit: ObjectID?, to ref: String, hours: Int64, by pusher: String) throws {
    let zero = String(repeating: "0", count: 40)
    let old = (try? server.git("rev-parse", "--verify", "--quiet", ref)) ?? zero
    try git("push", "--quiet", "--force", "origin", "\(commit?.hex ?? ""):\(ref)")
    run(
      ["hook", "post-receive", "-C", server.path, "--pusher", pusher],
      input: "\(old) \(commit?.hex ?? zero) \(ref)\n",
      now: TemporaryRepository.start + hours * 3600)
    try #require(complaints == [])
  }

  /// All lines of the log.
  func lines() throws -> [[String: String]] {
    let list = try server.git("notes", "--ref", Self.log, "list").split(separator: "\n")
    return try list.flatMap { entry in
      let object = String(entry.split(separator: " ")[1])
      return try server.git("notes", "--ref", Self.log, "show", object).split(separator: "\n").map { line in
        let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        return try #require(read).merging(["on": object]) { first, _ in first }
      }
    }
  }

  /// The contributions as JSON.
  func contributions(asOf: String = "2024-03-01") throws -> [[String: Any]] {
    run(["contributions", "--format", "json", "--as-of", asOf, "-C", server.path])
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return try #require(object?["items"] as? [[String: Any]], "\(complaints)")
  }

  /// The contribution with a title.
  func contribution(_ title: String, asOf: String = "2024-03-01") throws -> [String: Any] {
    try #require(try contributions(asOf: asOf).first { $0["title"] as? String == title })
  }

  /// Asks for a review of a commit, as git-appraise does.
  func request(_ commit: ObjectID, _ ref: String, hours: Int64) throws {
    let line = """
      {"timestamp":"\(TemporaryRepository.start + hours * 3600)","reviewRef":"\(ref)","targetRef":"refs/heads/main",\
      "requester":"ada@example.org","reviewers":["bo@example.org"],"description":"\(ref)"}
      """
    try server.git("notes", "--ref", "refs/notes/devtools/reviews", "append", "-m", line, commit.hex)
  }
}
