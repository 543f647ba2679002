import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// A platform repository with a roster, in which people record reviews with the program.
final class ReviewStory {
  let fixture: TemporaryRepository
  private(set) var output = ""
  private(set) var complaints: [String] = []
  /// Variables beside those that say who works.
  var variables: [String: String] = [:]
  /// The clock of the program.
  var now = Int64(0)
  /// Stands in for other programs where a test says so.
  var runProgram: ((ProgramCall) -> ProgramOutcome)?

  static let reviews = "refs/notes/devtools/reviews"
  static let discuss = "refs/notes/devtools/discuss"
  static let roster = """
    { version: 1, teams: { platform: { host: true }, payments: {} }, people: {
      ada: { emails: ["ada@example.org"], memberships: [{ team: "payments" }] },
      bo: { emails: ["bo@example.org"], memberships: [{ team: "platform" }] },
      cy: { emails: ["cy@example.org"], memberships: [{ team: "platform" }] } } }
    """

  /// Starts with a policy on `main`; later there is a branch `ada/cache` with two commits, checked out.
  init(branch: Bool = true, roster: String = ReviewStory.roster) throws {
    fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["base": "1\n", "policies/roster.json5": roster])
    if branch { try branchOff() }
    now = fixture.clock
  }

  /// Makes the branch that is proposed.
  func branchOff() throws {
    try fixture.git("checkout", "-q", "-b", "ada/cache")
    try fixture.commit("Add cache\n\nIt is <fast> & small.\n", files: ["cache": "one\ntwo\n"])
    try fixture.commit("Use cache", files: ["use": "cache\n"])
  }

  var path: String { fixture.path }

  private func world(_ person: String) -> World {
    var world = World.system()
    world.now = Instant(seconds: now)
    world.output = { (bytes) throws(FileFailure) in self.output += String(decoding: bytes, as: UTF8.self) }
    world.finishOutput = { () throws(FileFailure) in }
    world.complaint = { self.complaints.append($0) }
    var known = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": fixture.folder, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null",
    ]
    if !person.isEmpty {
      known["GIT_AUTHOR_EMAIL"] = "\(person)@example.org"
      known["GIT_AUTHOR_NAME"] = person.capitalized
    }
    let environment = known.merging(variables) { $1 }
    world.environment = { environment[$0] }
    world.runProgram = runProgram ?? ReviewPrograms.running { environment[$0] }
    world.outputTerminal = .none
    world.complaintTerminal = .none
    return world
  }

  /// Runs one command line as somebody, an hour after the one before.
  @discardableResult
  func run(as person: String, _ arguments: [String], in path: String? = nil) -> Ending {
    (output, complaints) = ("", [])
    now = max(now, fixture.clock) + 3600
    fixture.tick(seconds: now - fixture.clock)
    return Program.tributary.run(arguments: arguments + ["-C", path ?? self.path], world: world(person))
  }

  /// Runs `review`, which must succeed, and gives its JSON.
  @discardableResult
  func review(as person: String, _ arguments: String..., in path: String? = nil) throws -> [String: Any] {
    let ending = run(as: person, ["review"] + arguments + ["--format", "json"], in: path)
    try #require(ending == .met, "\(complaints)")
    return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  /// Runs `review`, which must refuse and write nothing, and gives the reason.
  func refusal(as person: String, _ arguments: String..., in path: String? = nil) throws -> String {
    let before = try tips()
    let ending = run(as: person, ["review"] + arguments, in: path)
    #expect(ending == .failed, "\(output)")
    #expect(try tips() == before)
    return complaints.joined(separator: "\n")
  }

  /// Asks for a review of the branch that is checked out, and gives its name.
  @discardableResult
  func request(_ more: String...) throws -> String {
    let ending = run(as: "ada", ["review", "request", "--format", "json"] + more)
    try #require(ending == .met, "\(complaints)")
    let told = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return try #require(told?["id"] as? String)
  }

  /// All references with the objects they point to.
  func tips() throws -> String { try fixture.git("for-each-ref", "--format=%(refname) %(objectname)") }

  /// The lines of a note, as `git` shows them, each of which must be JSON.
  func lines(_ reference: String, on object: String, in path: String? = nil) throws -> [String] {
    let text = try fixture.git("-C", path ?? self.path, "notes", "--ref", reference, "show", object)
    return try text.split(separator: "\n").map { line in
      _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return String(line)
    }
  }

  /// The one contribution that is no plain commit, as `contributions` tells it.
  func contribution(in path: String? = nil) throws -> [String: Any] {
    run(as: "", ["contributions", "--format", "json", "--window", "all", "--branch", "main"], in: path)
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let items = try #require(object?["items"] as? [[String: Any]], "\(complaints)")
    let reviews = items.filter { ($0["id"] as? String)?.hasPrefix("commit/") == false }
    try #require(reviews.count == 1, "\(reviews.map { $0["id"] })")
    return reviews[0]
  }

  /// The approvals of the contribution as `WHO GRADE COUNTED`.
  func approvals(in path: String? = nil) throws -> [String] {
    let approvals = try contribution(in: path)["approvals"] as? [[String: Any]] ?? []
    return approvals.map { approval in
      let counted = approval["counted"] as? Bool ?? false
      return "\(approval["by"] ?? "-") \(approval["grade"] ?? "-") \(counted ? "counted" : "not counted")"
    }
  }

  /// What `explain` lists of a contribution, as `KIND WHO`.
  func events(of id: String, in path: String? = nil) throws -> [String] {
    run(as: "", ["explain", id, "--format", "json", "--branch", "main"], in: path)
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let item = try #require(object?["item"] as? [String: Any], "\(complaints)")
    return try #require(item["events"] as? [[String: Any]]).map {
      "\($0["kind"] ?? "?") \(($0["email"] as? String) ?? "-")"
    }
  }
}
