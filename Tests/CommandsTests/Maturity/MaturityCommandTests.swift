import Commands
import Facts
import Foundation
import Support
import Testing

/// `maturity` on the small platform: what it asks, how it ends, and what it cannot tell.
@Suite struct MaturityCommandTests {
  /// Policies beside the repository that ask for little: one landed contribution of a known guest.
  private static let easy = [
    "easy/roster.json5": CommandsStory.roster, "easy/platform.json5": CommandsStory.platform,
    "easy/maturity.json5": """
    { version: 1, window: "365d", levels: { "2": { externalLanded: 1, reviewedShare: 0.3, attainment: null, oldestWaitFactor: null } } }
    """,
  ]

  private func run(_ path: String, _ arguments: String...) -> Run {
    Run(["maturity", path] + arguments, files: Self.easy)
  }

  @Test func `tells level, criteria and what is in the way`() throws {
    let story = try CommandsStory()
    let run = run(story.path, "--width", "110")
    #expect(run.ending == .met, "\(run.complaints)")
    try expectSnapshot(run.output, "maturity.txt")
    try expectSnapshot(self.run(story.path, "--format", "csv").output, "maturity.csv")
    try expectSnapshot(self.run(story.path, "--format", "markdown").output, "maturity.md")
  }

  @Test func `gives the same bytes with any number of threads`() throws {
    let story = try CommandsStory()
    for format in ["text", "json", "csv"] {
      let arguments = ["--trend", "--months", "4", "--format", format, "--jobs"]
      let outputs = ["1", "2", "5"].map { Run(["maturity", story.path] + arguments + [$0]).output }
      #expect(!outputs[0].isEmpty)
      #expect(Set(outputs).count == 1)
    }
  }

  @Test(arguments: [
    (["--require", "2"], Ending.met), (["--require", "3"], .notMet), ([], .met),
    (["--require", "2", "--component", "docs"], .notMet),
    (["--require", "2", "--component", "network"], .met), (["--require", "2", "--team", "payments"], .met),
  ])
  func `ends with a status when a level is required`(arguments: [String], ending: Ending) throws {
    let story = try CommandsStory()
    let run = Run(["maturity", "--policies", "easy", story.path] + arguments, files: Self.easy)
    #expect(run.ending == ending, "\(run.output)")
  }

  @Test func `a clone that is cut off within the window is no pass, and says so`() throws {
    let story = try CommandsStory()
    let clone = try TemporaryRepository()
    try clone.git("fetch", "--quiet", "--depth", "3", "file://\(story.path)", "main:copy")
    let run = Run(
      ["maturity", "--policies", "easy", "--branch", "copy", "--require", "2", clone.path], files: Self.easy)
    #expect(run.ending == .incomplete, "\(run.output)\(run.complaints)")
    #expect(run.output.contains("cannot be told"))
    #expect(run.output.contains("git fetch --unshallow"))
    let unasked = Run(["maturity", "--policies", "easy", "--branch", "copy", clone.path], files: Self.easy)
    #expect(unasked.ending == .met)
  }

  @Test func `a name that no policy knows is a failure, with what was probably meant`() throws {
    let story = try CommandsStory()
    let component = run(story.path, "--component", "netwrok", "--require", "2")
    #expect(component.ending == .failed)
    #expect(component.complaints.contains { $0.contains("no component 'netwrok'") && $0.contains("network") })
    #expect(run(story.path, "--team", "payment").complaints.contains { $0.contains("payments") })
    #expect(run(story.path, "--require", "1").ending == .misused)
  }

  @Test func `without a policy nobody is known to be external, and no level rises on it`() throws {
    let story = try CommandsStory(policies: false)
    let run = run(story.path, "--format", "json")
    let item = try #require(try run.items.first)
    #expect(item["level"] as? Int == 1)
    let criteria = try #require(item["criteria"] as? [[String: Any]])
    let first = try #require(criteria.first)
    #expect(first["verdict"] as? String == "not-enough-evidence")
    #expect((first["gaps"] as? [[String: Any]])?.first?["gap"] as? String == "unknown-origin")
  }

  @Test func `every contribution that is named comes with an object that is there`() throws {
    let story = try CommandsStory()
    let run = Run(["maturity", story.path, "--format", "json"])
    var seen = 0
    for item in try run.items {
      for criterion in try #require(item["criteria"] as? [[String: Any]]) {
        for named in criterion["responsible"] as? [[String: Any]] ?? [] {
          guard let evidence = named["evidence"] as? String else { continue }
          let object = try #require(evidence.split(separator: "@").last)
          #expect(try story.fixture.git("cat-file", "-t", String(object)).hasPrefix("commit"))
          seen += 1
        }
      }
    }
    #expect(seen > 0)
  }

  @Test func `two repositories are told each by itself, components and teams together`() throws {
    let (one, two) = (try CommandsStory(), try CommandsStory())
    let run = Run(["maturity", one.path, two.path, "--format", "json"])
    let scopes = try run.items.compactMap { $0["scope"] as? [String: Any] }
    #expect(
      scopes.map { $0["kind"] as? String ?? "" }.prefix(3) == ["repository", "repository", "component"])
    func landed(_ kind: String) throws -> [Int] {
      try run.items.filter { ($0["scope"] as? [String: Any])?["kind"] as? String == kind }
        .compactMap { ($0["landed"] as? [String: Any])?["external"] as? Int }
    }
    let own = try landed("repository")
    #expect(own.count == 2)
    #expect(own[0] == own[1])
    #expect(try landed("team") == [own[0] + own[1]])
  }
}
