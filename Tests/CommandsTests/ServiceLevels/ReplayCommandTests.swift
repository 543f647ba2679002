import Commands
import Facts
import Foundation
import Support
import Testing

/// `sla replay` on the small platform: the past under a longer promise, another roster, and no good policy at all.
@Suite struct ReplayCommandTests {
  private static let levels = """
    { version: 1, objectives: [{ name: "first-review", clock: "first-review", appliesTo: { origin: ["external"] },
      target: "90d", share: 0.5, window: "60d", minimumSample: 1 }] }
    """

  /// The story with a directory of another policy beside it.
  private func story(_ files: [String: String]) throws -> (CommandsStory, String) {
    let story = try CommandsStory()
    let directory = "\(story.fixture.folder)/draft"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)")) }
    return (story, directory)
  }

  private func roster(_ story: CommandsStory) throws -> String {
    try story.fixture.git("show", "main:policies/roster.json5")
  }

  private func platform(_ story: CommandsStory) throws -> String {
    try story.fixture.git("show", "main:policies/platform.json5")
  }

  @Test func `a longer promise is kept where the one in force was not`() throws {
    let known = try CommandsStory()
    let (story, draft) = try story([
      "roster.json5": try roster(known), "platform.json5": try platform(known),
      "service-levels.json5": Self.levels,
    ])
    let run = Run(["sla", "replay", "--under", draft, "--format", "json", "--window", "60d", story.path])
    #expect(run.ending == .met, "\(run.complaints)")
    let json = try run.json
    #expect(json["schema"] as? String == "tributary/sla-replay/1")
    #expect((json["replayed"] as? [String: Any])?["source"] as? String == "directory:draft")
    let objective = try #require((json["objectives"] as? [[String: Any]])?.first)
    let (before, after) = (objective["before"] as? [String: Any], objective["after"] as? [String: Any])
    #expect((before?["missed"] as? Int ?? 0) > 0)
    #expect(after?["missed"] as? Int == 0)
    #expect(!(try run.items.isEmpty))
    #expect(
      run
        == Run([
          "sla", "replay", "--under", draft, "--format", "json", "--window", "60d", "--jobs", "4", story.path,
        ]))
  }

  @Test func `the policy in force replayed changes nothing`() throws {
    let story = try CommandsStory()
    let run = Run(["sla", "replay", "--under", "main:policies", "--format", "json", story.path])
    #expect(run.ending == .met, "\(run.complaints)")
    #expect(try run.items.isEmpty)
    let text = Run(["sla", "replay", "--under", "main:policies", story.path]).output
    #expect(text.contains("None of"))
    #expect(text.contains("What people did is held fixed"))
  }

  @Test func `another roster makes the author a host`() throws {
    let known = try CommandsStory()
    let (story, draft) = try story([
      "roster.json5": try roster(known).replacing(
        "memberships: [{ team: \"payments\" }]", with: "memberships: [{ team: \"platform\" }]"),
      "platform.json5": try platform(known),
    ])
    let run = Run(["sla", "replay", "--under", draft, "--format", "json", story.path])
    let levels = try #require(try run.json["levels"] as? [[String: Any]])
    #expect(levels.contains { $0["before"] as? Int != $0["after"] as? Int })
    let changes = try run.items.flatMap { $0["changes"] as? [String] ?? [] }
    #expect(changes.contains("level") && changes.contains("state"))
    let csv = Run(["sla", "replay", "--under", draft, "--format", "csv", story.path])
    #expect(csv.output.hasPrefix("repository,id,title,what,start,"))
    let markdown = Run(["sla", "replay", "--under", draft, "--format", "markdown", story.path])
    #expect(markdown.output.contains("## Levels that changed"))
  }

  @Test func `a policy with mistakes is told with their places and nothing is judged`() throws {
    let (story, draft) = try story(["service-levels.json5": "{ version: 1, objectves: [] }"])
    let run = Run(["sla", "replay", "--under", draft, story.path])
    #expect(run.ending == .failed)
    #expect(run.output == "")
    #expect(run.complaints.count == 2)
    #expect(run.complaints.last?.contains("service-levels.json5:1:15: at objectves: unknown key") == true)
  }

  @Test func `a place without a policy is an error, and so is none`() throws {
    let story = try CommandsStory()
    #expect(Run(["sla", "replay", "--under", "\(story.fixture.folder)/gone", story.path]).ending != .met)
    #expect(Run(["sla", "replay", "--under", "main:docs", story.path]).ending == .failed)
    let run = Run(["sla", "replay", story.path])
    #expect(run.ending == .misused)
    #expect(run.complaints.first == "tributary sla replay: --under is missing")
  }
}
