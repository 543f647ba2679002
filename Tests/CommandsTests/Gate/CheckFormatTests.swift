import Commands
import Foundation
import Support
import Testing

/// What `check` ends with and writes in each format, of real changes with hostile paths.
@Suite struct CheckFormatTests {
  private static let formats = ["text", "json", "sarif", "junit", "github", "step-summary", "gitlab"]
  private static let paths = ["docs/a,b:c%0A::error::d", "docs/x\n::error file=y::z", "docs/z<b>&\"'`|"]

  private let server: GateServer
  private let place: PushPlace

  /// A change of three files with names that attack formats, on the branch `topic` of the server.
  init() throws {
    server = try GateServer()
    place = try PushPlace()
    try server.branch("topic")
    let files = Self.paths.map { ($0, "x\n") }
    let commit = try server.commit("names", Dictionary(files) { first, _ in first })
    try server.git("push", "--quiet", server.server.path, "topic:refs/heads/topic")
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
  }

  private func check(_ format: String, in path: String) -> (ending: Ending, output: String) {
    let ending = place.run(
      [
        "check", "--range", "origin/main..origin/topic", "--branch", "main", "--format", format, "-C", path,
      ], now: server.now)
    return (ending, place.output)
  }

  private func clone(_ options: String...) throws -> String {
    let path = server.server.folder + "/other"
    try server.server.git(["clone", "--quiet"] + options + ["file://" + server.server.path, path])
    try server.server.git("-C", path, "fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*")
    return path
  }

  private func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

  @Test func `what may land ends with 0 in every format`() throws {
    try server.approve(try server.id("topic"), by: "al")
    let path = try clone()
    for format in Self.formats {
      let (ending, output) = check(format, in: path)
      #expect(ending == .met, "\(format): \(output) \(place.complaints)")
      #expect(!output.isEmpty)
    }
    #expect(check("gitlab", in: path).output == "[]\n")
    #expect(check("github", in: path).output == "::notice::may land: refs/heads/main\n")
    #expect(!check("junit", in: path).output.contains("<failure"))
  }

  @Test func `what may not land ends with 1, and every path stays a path`() throws {
    let path = try clone()
    var outputs: [String: String] = [:]
    for format in Self.formats {
      let (ending, output) = check(format, in: path)
      #expect(ending == .notMet, "\(format): \(output) \(place.complaints)")
      outputs[format] = output
    }
    let first = Self.paths[0]
    let report = try #require(try json(outputs["json"] ?? "") as? [String: Any])
    let update = try #require((report["updates"] as? [[String: Any]])?.first)
    let requirements = try #require(update["requirements"] as? [[String: Any]])
    #expect(Set(requirements.flatMap { $0["paths"] as? [String] ?? [] }) == Set(Self.paths))
    let issues = try #require(try json(outputs["gitlab"] ?? "") as? [[String: Any]])
    #expect(issues.map { ($0["location"] as? [String: Any])?["path"] as? String } == [first])
    #expect(outputs["sarif"]?.contains("\"uri\": \"docs/a%2Cb%3Ac%250A%3A%3Aerror%3A%3Ad\"") == true)
    #expect(
      outputs["github"]?.hasPrefix(
        "::error file=docs/a%2Cb%3Ac%250A%3A%3Aerror%3A%3Ad,line=1,title=not-approved::")
        == true)
    #expect(outputs["junit"]?.contains("type=\"not-approved\"") == true)
    for (format, output) in outputs where format != "github" {
      #expect(!output.split(separator: "\n").contains { $0.hasPrefix("::") }, "\(format)")
    }
    #expect(outputs["github"]?.split(separator: "\n").count == 1)
  }

  @Test func `what cannot be judged ends with 3, never with a pass`() throws {
    try server.approve(try server.id("topic"), by: "al")
    let path = try clone("--depth", "1", "--no-single-branch")
    for format in Self.formats {
      let (ending, output) = check(format, in: path)
      #expect(ending == .incomplete, "\(format): \(output) \(place.complaints)")
      #expect(
        output.contains(format == "text" || format == "step-summary" ? "cannot be judged" : "incomplete"))
    }
  }
}
