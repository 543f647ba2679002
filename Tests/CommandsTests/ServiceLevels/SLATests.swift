import Commands
import Facts
import Foundation
import Support
import Testing

/// `sla` on the small platform: one change answered late and landed, one asked back to its author.
@Suite struct SLATests {
  /// The story with a policy of service levels in a directory beside it.
  private struct Platform {
    let story: CommandsStory
    let files: [String: String]

    init(_ serviceLevels: String = Platform.hours(8)) throws {
      story = try CommandsStory()
      files = [
        "promises/roster.json5": CommandsStory.roster, "promises/platform.json5": CommandsStory.platform,
        "promises/service-levels.json5": serviceLevels,
      ]
    }

    static func hours(_ hours: Int, window: String = "90d") -> String {
      """
      { version: 1, objectives: [
        { name: "first-review", clock: "first-review", target: "\(hours)h", calendar: "24x7", window: "\(window)" },
        { name: "landing", clock: "landing", target: "1d", calendar: "24x7", window: "\(window)" } ],
        escalation: [{ at: 1.0, do: "name-lead" }] }
      """
    }

    /// Runs `sla` on the story, or on a clone of it.
    func run(_ arguments: [String], on path: String? = nil) -> Run {
      Run(["sla", "--policies", "promises"] + arguments + [path ?? story.path], files: files)
    }

    func run(_ arguments: String...) -> Run { run(arguments) }
  }

  private func objectives(_ run: Run) throws -> [[String: Any]] {
    try #require(try run.json["objectives"] as? [[String: Any]])
  }

  @Test func `tells what was promised, missed and waited for`() throws {
    let run = try Platform().run("--width", "120")
    #expect(run.ending == .met, "\(run.complaints)")
    try expectSnapshot(run.output, "sla.txt")
  }

  @Test func `writes the same as a page`() throws {
    try expectSnapshot(try Platform().run("--format", "markdown").output, "sla.md")
  }

  @Test func `writes one line for each item and each wait`() throws {
    try expectSnapshot(try Platform().run("--format", "csv").output, "sla.csv")
  }

  @Test func `shows for every breach what started the clock and what answered`() throws {
    let platform = try Platform()
    let objective = try #require(try objectives(platform.run("--format", "json")).first)
    let breaches = try #require(objective["breaches"] as? [[String: Any]])
    #expect(!breaches.isEmpty)
    for breach in breaches {
      for key in ["startEvidence", "answerEvidence"] {
        let evidence = try #require(breach[key] as? String)
        let object = try #require(evidence.split(separator: "@").last)
        #expect(try platform.story.fixture.git("cat-file", "-t", String(object)).hasPrefix("commit"))
      }
      #expect(breach["lateWorkingSeconds"] as? Int == 40 * 3600)
    }
  }

  @Test(arguments: [
    (["breach"], 8, Ending.notMet), (["at-risk"], 8, .notMet), (["budget"], 8, .notMet),
    (["breach", "at-risk"], 10_000, .met), (["budget"], 10_000, .met),
  ])
  func `ends with a status when a judgement is asked for`(wanted: [String], hours: Int, ending: Ending) throws
  {
    let platform = try Platform(Platform.hours(hours))
    let run = platform.run(["--objective", "first-review"] + wanted.flatMap { ["--fail-on", $0] })
    #expect(run.ending == ending, "\(run.complaints)")
    #expect(run.output.contains("first-review"))
  }

  @Test func `a shallow clone is no pass and no failure`() throws {
    let platform = try Platform()
    let clone = platform.story.fixture.folder + "/shallow"
    try platform.story.fixture.git(
      "clone", "-q", "--depth", "2", "--no-single-branch", "file://" + platform.story.path, clone)
    #expect(platform.run(["--fail-on", "breach"], on: clone).ending == .incomplete)
    #expect(platform.run([], on: clone).ending == .met)
  }

  @Test func `an empty repository has nothing to hold against anything`() throws {
    let fixture = try TemporaryRepository()
    let run = Run(["sla", "--fail-on", "breach", fixture.path])
    #expect(run.ending == .met)
    #expect(run.output.contains("the repository has no commit yet"))
    #expect(run.output.contains("applies to none of the 0 proposals"))
  }

  @Test func `without a host the promise applies to none, and waits are shown all the same`() throws {
    let story = try CommandsStory(policies: false)
    let run = Run(["sla", "--window", "all", story.path])
    #expect(run.ending == .met)
    #expect(run.output.contains("applies to none of the"))
    #expect(run.output.contains("so every review of another human counts"))
    #expect(run.output.contains("all, origin unknown"))
  }

  @Test func `a policy without objectives says so`() throws {
    let run = try Platform("{ version: 1, objectives: [] }").run()
    #expect(run.ending == .met)
    #expect(run.output.contains("The policy promises nothing"))
  }

  @Test func `a broken policy and an unknown objective fail`() throws {
    let broken = try Platform("{ version: 1, objectives: 7 }").run("--fail-on", "breach")
    #expect(broken.ending == .failed)
    #expect(broken.output.isEmpty)
    let unknown = try Platform().run("--objective", "first-revew")
    #expect(unknown.ending == .failed)
    #expect(unknown.complaints.first?.contains("did you mean first-review?") == true)
  }

  @Test func `filters by component, team and objective`() throws {
    let platform = try Platform()
    let all = try objectives(platform.run("--format", "json"))
    #expect(all.compactMap { $0["name"] as? String } == ["first-review", "landing"])
    let one = try objectives(platform.run("--format", "json", "--objective", "landing"))
    #expect(one.compactMap { $0["name"] as? String } == ["landing"])
    let filters = [("--component", "network", 4), ("--component", "docs", 1), ("--team", "payments", 4)]
    for (option, name, count) in filters {
      let found = try objectives(platform.run("--format", "json", option, name))
      #expect(found.first?["contributions"] as? Int == count, "\(name)")
    }
  }

  @Test func `takes a word after sla for a command only when it is one`() throws {
    let story = try CommandsStory()
    #expect(Run(["sla", "when", "--calendar", "24x7", "--target", "1h"]).output.contains("Due"))
    #expect(Run(["sla", "-q", "when", "--calendar", "24x7", "--target", "1h"]).output.contains("Due"))
    #expect(Run(["sla", story.path]).output.contains("Service levels"))
    let help = Run(["help", "sla"]).output
    #expect(help.contains("--fail-on WHAT"))
    #expect(help.contains("sla when"))
    #expect(Run(["sla", "when", "--help"]).output.contains("--target TARGET"))
  }
}
