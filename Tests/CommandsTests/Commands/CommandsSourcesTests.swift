import Commands
import Facts
import Foundation
import Support
import Testing

/// What a clone holds, what it can tell, and what would bring the rest.
@Suite struct CommandsSourcesTests {
  @Test(arguments: [
    (["sources"], "sources.txt"), (["sources", "--format", "json"], "sources.json"),
    (["sources", "--format", "markdown"], "sources.md"),
  ])
  func `tells the sources of a small platform`(arguments: [String], snapshot: String) throws {
    let story = try CommandsStory()
    let run = Run(arguments + [story.path])
    #expect(run.ending == .met)
    #expect(run.complaints == [])
    try expectSnapshot(run.output, snapshot)
  }

  @Test func `one thread and four give the same bytes`() throws {
    let story = try CommandsStory()
    for format in ["json", "text"] {
      let arguments = ["sources", "--format", format, story.path]
      #expect(Run(arguments + ["--jobs", "1"]) == Run(arguments + ["--jobs", "4"]))
    }
  }

  private func item(_ path: String, config: String? = nil, now: Instant = CommandsStory.now) throws
    -> [String: Any]
  {
    let world = RecordedWorld()
    world.now = now
    if let config { world.files[path + "/config"] = Array(config.utf8) }
    #expect(world.tributary(["sources", "--format", "json", path]) == .met)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(world.output.utf8)) as? [String: Any])
    return try #require((json["items"] as? [[String: Any]])?.first)
  }

  private func commands(_ item: [String: Any]) throws -> [String] {
    try #require(item["missing"] as? [[String: Any]]).compactMap { $0["command"] as? String }
  }

  /// Four requests merged on GitHub's page, in a bare repository without `refs/pull/*`.
  private func plainClone() throws -> TemporaryRepository {
    let fixture = try TemporaryRepository(bare: true)
    var stream = StoryStream()
    stream.commit("main", 1, "Start", day: 0, by: "bo", files: ["a": "0\n"])
    for number in 1...4 {
      stream.commit(
        "main", number + 1, "Change (#\(number))\n", day: Int64(number), by: "cy",
        committer: "GitHub <noreply@github.com>", from: number, files: ["a": "\(number)\n"])
    }
    try fixture.git(["fast-import", "--quiet"], stdin: stream.bytes)
    return fixture
  }

  private static let pipe =
    "--state all --limit 100000 --json number,title,author,state,isDraft,createdAt,closedAt "
    + "--json mergedAt,mergedBy,mergeCommit --json headRefName,headRefOid,baseRefName,reviewRequests,reviews,comments "
    + "| tributary import github"

  @Test func `a plain clone is told what to fetch and import, from where it was cloned`() throws {
    let fixture = try plainClone()
    let config = "[remote \"hub\"]\n\turl = https://bo:secret@github.com/acme/platform.git\n"
    let found = try commands(item(fixture.path, config: config))
    #expect(
      found == [
        "git fetch hub '+refs/pull/*/head:refs/pull/*/head'", "gh pr list --repo acme/platform \(Self.pipe)",
        "git fetch hub '+refs/notes/*:refs/notes/*' '+refs/devtools/*:refs/devtools/*'",
        "tributary policy init",
      ])
    #expect(try commands(item(fixture.path))[1] == "gh pr list --repo OWNER/REPO \(Self.pipe)")
  }

  @Test func `names from a hostile configuration cannot become commands`() throws {
    let fixture = try plainClone()
    let config = "[remote \"x; rm -rf 'y\"]\n\turl = \"https://github.com/acme/$(id)\"\n"
    let found = try commands(item(fixture.path, config: config))
    #expect(found[0] == "git fetch 'x; rm -rf '\\''y' '+refs/pull/*/head:refs/pull/*/head'")
    #expect(found[1] == "gh pr list --repo OWNER/REPO \(Self.pipe)")
  }

  @Test func `the fetch that is proposed brings what was missing`() throws {
    let story = try CommandsStory(policies: false)
    let clone = story.fixture.folder + "/clone"
    try story.fixture.git("clone", "-q", "--no-local", "--single-branch", story.path, clone)
    let world = RecordedWorld()
    #expect(world.tributary(["sources", "--format", "json", clone]) == .met)
    #expect(!world.output.contains("git-appraise\""))
    let refs = ["+refs/pull/*/head:refs/pull/*/head", "+refs/notes/*:refs/notes/*"]
    try story.fixture.git(["-C", clone, "fetch", "-q", "origin"] + refs)
    let places = try #require(item(clone)["places"] as? [[String: Any]])
    let names = places.compactMap { $0["place"] as? String }
    #expect(names.contains("refs/pull/*/head"))
    #expect(names.contains("refs/notes/devtools/reviews"))
  }

  @Test func `a source that ended while work went on is said to be frozen`() throws {
    let fixture = try TemporaryRepository(bare: true)
    var stream = StoryStream()
    stream.commit("main", 1, "Start", day: 0, by: "bo", files: ["a": "0\n"])
    for number in 1...40 {
      stream.commit(
        "main", number + 1, "Change\n\nSee merge request acme/platform!\(number)\n", day: Int64(number) * 30,
        by: "cy", from: number, files: ["a": "\(number)\n"])
      if number <= 20 { stream.reference("refs/merge-requests/\(number)/head", number + 1) }
    }
    try fixture.git(["fast-import", "--quiet"], stdin: stream.bytes)
    let now = Instant(seconds: TemporaryRepository.start + 41 * 30 * 86_400)
    let found = try item(fixture.path, now: now)
    let places = try #require(found["places"] as? [[String: Any]])
    let heads = try #require(places.first { $0["namespace"] as? String == "merge-request-heads" })
    let frozen = try #require(heads["frozen"] as? [String: Any])
    #expect(frozen["landedSince"] as? Int == 20)
    #expect(frozen["newest"] as? String == "2025-08-23T00:00:00Z")
    #expect(heads["records"] as? Int == 20)
    let messages = try #require(places.first)
    #expect(messages["source"] as? String == "history")
    #expect(messages["frozen"] is NSNull)
    #expect(
      try commands(found).contains(
        "git fetch origin '+refs/merge-requests/*/head:refs/merge-requests/*/head'"))
    let text = Run(["sources", fixture.path], now: now).output
    #expect(text.contains("refs/merge-requests/*/head is frozen: it ends with 2025-08-23"))
  }

  @Test func `health refuses with the command that would end the refusal`() throws {
    let fixture = try plainClone()
    let run = Run(["health", "--format", "json", fixture.path])
    let group = try #require((try run.json["groups"] as? [[String: Any]])?.first)
    let metrics = try #require(group["metrics"] as? [[String: Any]])
    let first = try #require(metrics.first { $0["metric"] as? String == "time-to-first-response" })
    #expect(first["refused"] as? String == "no-reviews")
    let available = try #require(first["available"] as? [String])
    #expect(available.count == 2)
    #expect(available.first?.hasSuffix("| tributary import github") ?? false)
    let ratio = try #require(metrics.first { $0["metric"] as? String == "innersource-ratio" })
    #expect(ratio["available"] as? [String] == ["tributary policy init"])
  }

  @Test func `a shallow clone says in its figures where it ends`() throws {
    let fixture = try plainClone()
    let clone = fixture.folder + "/shallow"
    try fixture.git("clone", "-q", "--depth", "2", "file://\(fixture.path)", clone)
    let run = Run(["health", "--width", "200", clone])
    #expect(run.output.contains("shallow clone: nothing before 2024-01-04"))
    #expect(run.output.contains("git fetch --unshallow origin"))
    let source = try item(clone + "/.git")
    #expect(try commands(source).first == "git fetch --unshallow origin")
  }
}
