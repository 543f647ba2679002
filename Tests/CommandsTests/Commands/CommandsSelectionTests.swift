import Commands
import Facts
import Foundation
import Support
import Testing

/// Filters, windows, moments and names.
@Suite struct CommandsSelectionTests {
  private func ids(_ arguments: String..., in story: CommandsStory) throws -> [String] {
    try Run(["contributions", "--format", "json"] + arguments + [story.path]).ids.map { id in
      id.contains("/") && id.count > 12 ? String(id.prefix { $0 != "/" }) : id
    }
  }

  @Test func `filters of one kind widen each other, those of different kinds narrow`() throws {
    let story = try CommandsStory()
    #expect(
      try ids(in: story) == ["pr/5", "pr/6", "pr/7", "pr/8", "review", "review", "commit", "commit"])
    #expect(try ids("--state", "merged", in: story).count == 6)
    #expect(try ids("--state", "open", "--state", "undetermined", in: story) == ["pr/7", "review"])
    #expect(try ids("--origin", "external", in: story) == ["pr/5", "pr/6", "review", "review"])
    #expect(try ids("--origin", "external", "--state", "open", in: story) == ["review"])
    #expect(try ids("--origin", "bot", in: story) == ["pr/8"])
    #expect(try ids("--origin", "unknown", in: story) == ["pr/7"])
    #expect(try ids("--component", "docs", in: story) == ["pr/6", "commit"])
    #expect(try ids("--component", "docs", "--level", "1", in: story) == ["commit"])
    #expect(try ids("--team", "payments", in: story) == ["pr/5", "pr/6", "review", "review"])
    #expect(try ids("--level", "2", in: story) == ["pr/5", "review"])
    #expect(try ids("--level", "none", in: story) == ["pr/6", "pr/7", "pr/8", "review"])
    #expect(try ids("--author", "BEN@example.org", in: story) == ["commit"])
    #expect(try ids("--author", "Dee Fox", in: story) == ["pr/7"])
    #expect(try ids("--id", "pr/5", "--id", "PR/6", in: story) == ["pr/5", "pr/6"])
    #expect(try ids("--author", "nobody", in: story) == [])
  }

  @Test func `a window takes in what was open or happened in it`() throws {
    let story = try CommandsStory()
    #expect(
      try ids("--since", "2024-01-04", "--until", "2024-01-05", in: story) == ["pr/5"])
    #expect(try ids("--until", "2024-01-04", in: story) == ["commit"])
    #expect(try ids("--since", "2024-01-15", in: story) == ["pr/8", "review"])
    let empty = Run(["contributions", "--since", "2024-02-20", "--state", "merged", story.path])
    #expect(empty.ending == .met)
    #expect(empty.output.contains("nothing in this window"))
  }

  @Test func `as of a past moment nothing later is known`() throws {
    let story = try CommandsStory()
    #expect(try ids("--as-of", "2024-01-04", in: story).contains("pr/5"))
    #expect(try ids("--as-of", "2024-01-03T23:59:59Z", in: story) == ["pr/5", "commit"])
    #expect(try ids("--as-of", "2024-01-03T23:59:59Z", "--state", "merged", in: story) == ["commit"])
    let open = Run(["backlog", "--format", "json", "--as-of", "2024-01-10T12:00:00Z", story.path])
    let turns = try open.items.map { "\($0["title"] as? String ?? "") \($0["turn"] as? String ?? "-")" }
    #expect(turns == ["Limit requests reviewers", "Cache answers author"])
    let nothing = Run(["contributions", "--format", "json", "--as-of", "2020-01-01", story.path])
    #expect(nothing.ending == .met)
    #expect(try nothing.ids == [])
  }

  @Test func `extreme moments are answered, never a crash`() throws {
    let story = try CommandsStory()
    let ends = ["@-9223372036854775808", "@9223372036854775807", "@0", "0000-01-01", "9999-12-31"]
    for moment in ends {
      for command in ["health", "contributions", "backlog"] {
        #expect(Run([command, "--as-of", moment, story.path]).ending == .met, "\(command) as of \(moment)")
      }
      for until in ends {
        let run = Run(["health", "--since", moment, "--until", until, story.path])
        #expect(run.ending == .met, "from \(moment) until \(until)")
      }
      #expect(Run(["health", "--as-of", "@0", "--since", moment, story.path]).ending == .met)
      #expect(Run(["health", "--window", "365000d", "--as-of", moment, story.path]).ending == .met)
    }
  }

  @Test func `health compares with the window of the same length before`() throws {
    let story = try CommandsStory()
    let run = Run([
      "health", "--format", "json", "--since", "2024-01-10", "--until", "2024-01-20", story.path,
    ])
    let json = try run.json
    let window = try #require(json["window"] as? [String: Any])
    #expect(window["since"] as? String == "2024-01-10T00:00:00Z")
    #expect(window["until"] as? String == "2024-01-19T23:59:59Z")
    let group = try #require((json["groups"] as? [[String: Any]])?.first)
    let metrics = try #require(group["metrics"] as? [[String: Any]])
    let accepted = try #require(metrics.first { $0["metric"] as? String == "change-requests-accepted" })
    #expect(accepted["value"] as? Int == 1)
    #expect((accepted["before"] as? [String: Any])?["value"] as? Int == 2)
  }

  @Test func `without policy files the host team is inferred or unknown, and the report says so`() throws {
    let story = try CommandsStory(policies: false)
    let run = Run(["contributions", "--format", "json", story.path])
    #expect(
      try run.items.compactMap { ($0["author"] as? [String: Any])?["origin"] as? String }.filter {
        $0 == "unknown"
      }.count == 7)
    #expect((try run.json["policy"] as? [String: Any])?["source"] as? String == "none")
    #expect(try (run.json["notes"] as? [String])?.contains { $0.contains("no roster") } == true)
  }

  @Test func `a branch is named as people name it`() throws {
    let story = try CommandsStory()
    for name in ["review", "refs/heads/review"] {
      #expect(try ids("--branch", name, in: story).contains("pr/6"))
    }
    let unknown = Run(["contributions", "--branch", "nope", story.path])
    #expect(unknown.ending == .failed)
    #expect(unknown.output == "")
    #expect(
      unknown.complaints == [
        "tributary: \(story.path): no branch, remote branch or tag 'nope'; `git branch -a` lists them"
      ])
  }

  @Test func `a contribution that is not there is told with the nearest`() throws {
    let story = try CommandsStory()
    for arguments in [["explain", "mr/5", story.path], ["status", "mr/5", "-C", story.path]] {
      let run = Run(arguments)
      #expect(run.ending == .failed)
      #expect(run.complaints == ["tributary: no contribution 'mr/5' here; did you mean pr/5?"])
    }
    #expect(
      Run(["explain", "x", story.path]).complaints == ["tributary: no contribution 'x' here"])
    let commit = try #require(try Run(["contributions", "--format", "json", story.path]).ids.last)
    #expect(Run(["explain", String(commit.prefix(11)), story.path]).ending == .met)
    #expect(Run(["explain", commit.uppercased(), story.path]).ending == .met)
  }

  @Test func `mine is the address that git would commit with`() throws {
    let story = try CommandsStory()
    let run = Run(
      ["status", "--mine", "-C", story.path], variables: ["GIT_AUTHOR_EMAIL": "dee@elsewhere.example.net"])
    #expect(run.ending == .met)
    #expect(run.output.contains("pr/7"))
    #expect(!run.output.contains("pr/5"))
    let nobody = Run(["status", "-C", story.path])
    #expect(nobody.ending == .failed)
    #expect(nobody.complaints.first?.contains("git knows no address of yours here") == true)
  }

  @Test(arguments: [
    ["contributions", "--state", "closed"], ["contributions", "--since", "yesterday"],
    ["contributions", "--jobs", "0"],
    ["explain"], ["contributions", "--window", "1d", "--since", "2024-01-01"],
    ["health", "--format", "html"],
  ])
  func `a wrong command line is told as such and nothing is read`(arguments: [String]) {
    let run = Run(arguments)
    #expect(run.ending == .misused)
    #expect(run.output == "")
    #expect(!run.complaints.isEmpty)
  }
}
