import Commands
import Facts
import Foundation
import Support
import Testing

/// `sla replay` on the small platform: the past under a stricter promise, another roster, and no good policy at all.
@Suite struct ReplayCommandTests {
  private func replay(_ draft: DraftStory, _ more: String...) -> [String] {
    ["sla", "replay", "--with", draft.draft, "--format", "json"] + more
  }

  @Test func `a stricter promise is missed where the one in force was kept`() throws {
    let draft = try DraftStory()
    let json = try draft.json(replay(draft, "--window", "90d"))
    #expect(json["schema"] as? String == "tributary/sla-replay/1")
    #expect((json["replayed"] as? [String: Any])?["source"] as? String == "directory:draft")
    #expect((json["policy"] as? [String: Any])?["source"] as? String == "refs/heads/main:policies")
    let objectives = try #require(json["objectives"] as? [[String: Any]])
    #expect(objectives.compactMap { $0["name"] as? String } == ["first-review", "decision"])
    let (before, after) = (
      objectives[0]["before"] as? [String: Any], objectives[0]["after"] as? [String: Any]
    )
    #expect(before?["missed"] as? Int == 0)
    #expect((after?["missed"] as? Int ?? 0) > 0)
    #expect(objectives[1]["before"] is NSNull)
    let items = try #require(json["items"] as? [[String: Any]])
    #expect(items.contains { ($0["changes"] as? [String])?.contains("state") == true })
    let one = draft.run("sla", "replay", "--with", draft.draft, "--jobs", "1")
    #expect(one.output == draft.run("sla", "replay", "--with", draft.draft, "--jobs", "4").output)
  }

  @Test func `the policy in force replayed changes nothing`() throws {
    let draft = try DraftStory()
    let json = try draft.json(["sla", "replay", "--with", "main:policies", "--format", "json"])
    #expect((json["items"] as? [Any])?.isEmpty == true)
    #expect((json["replayed"] as? [String: Any])?["source"] as? String == "main:policies")
    let text = draft.run("sla", "replay", "--with", "main:policies").output
    #expect(text.contains("  None of "))
    #expect(text.contains("What people did is held fixed"))
    #expect(text.contains("The other policy is applied to all of time"))
  }

  @Test func `another roster makes the author a host`() throws {
    let draft = try DraftStory([:])
    let roster = try draft.onBranch("roster.json5")
    try draft.write(
      "roster.json5", roster.replacing("{ team: \"payments\" }", with: "{ team: \"platform\" }"))
    let json = try draft.json(replay(draft, "--window", "90d"))
    let levels = try #require(json["levels"] as? [[String: Any]])
    #expect(levels.contains { $0["before"] as? Int != 1 && $0["after"] as? Int == 1 })
    let items = try #require(json["items"] as? [[String: Any]])
    let changes = Set(items.flatMap { $0["changes"] as? [String] ?? [] })
    #expect(changes.isSuperset(of: ["level", "state"]))
    let csv = draft.run("sla", "replay", "--with", draft.draft, "--format", "csv")
    #expect(csv.output.hasPrefix("repository,id,title,what,start,"))
    let markdown = draft.run("sla", "replay", "--with", draft.draft, "--format", "markdown")
    #expect(markdown.output.contains("## Levels that changed"))
  }

  @Test func `a policy with mistakes is told with their places and nothing is judged`() throws {
    let draft = try DraftStory(["service-levels.json5": "{ version: 1, objectves: [] }"])
    let run = draft.run("sla", "replay", "--with", draft.draft)
    #expect(run.ending == .failed)
    #expect(run.output == "")
    #expect(run.complaints.count == 2)
    #expect(run.complaints.last?.contains("service-levels.json5:1:15: at objectves: unknown key") == true)
  }

  @Test func `a place without a policy is an error, and so is none`() throws {
    let draft = try DraftStory([:], withBranch: false)
    #expect(draft.run("sla", "replay", "--with", draft.draft).ending == .failed)
    #expect(draft.run("sla", "replay", "--with", "\(draft.draft)/gone").ending == .failed)
    #expect(draft.run("sla", "replay", "--with", "main:docs").ending == .failed)
    let run = draft.run("sla", "replay")
    #expect(run.ending == .misused)
    #expect(run.complaints.first == "tributary sla replay: --with is missing")
  }
}
