import Commands
import Facts
import Foundation
import Support
import Testing

/// What each command writes, in each of its forms, on one small repository.
@Suite struct CommandsOutputTests {
  @Test(arguments: [
    (["contributions"], "contributions.txt"), (["contributions", "--format", "json"], "contributions.json"),
    (["contributions", "--format", "csv"], "contributions.csv"),
    (["contributions", "--format", "markdown"], "contributions.md"), (["backlog"], "backlog.txt"),
    (["backlog", "--format", "json"], "backlog.json"), (["backlog", "--format", "csv"], "backlog.csv"),
    (["backlog", "--format", "markdown"], "backlog.md"), (["health"], "health.txt"),
    (["health", "--format", "json"], "health.json"), (["health", "--format", "csv"], "health.csv"),
    (["health", "--format", "markdown"], "health.md"),
  ])
  func `tells the story of a small platform`(arguments: [String], snapshot: String) throws {
    let story = try CommandsStory()
    let run = Run(arguments + [story.path])
    #expect(run.ending == .met)
    #expect(run.complaints == [])
    try expectSnapshot(run.output, snapshot)
  }

  @Test(arguments: [
    (["status", "--author", "cy"], "status.txt"),
    (["status", "--author", "cy", "--format", "json"], "status.json"),
    (["status", "--author", "cy", "--format", "markdown"], "status.md"),
  ])
  func `tells a contributor where the own work stands`(arguments: [String], snapshot: String) throws {
    let story = try CommandsStory()
    let run = Run(arguments + ["-C", story.path])
    #expect(run.ending == .met)
    try expectSnapshot(run.output, snapshot)
  }

  @Test(arguments: [
    ([], "explain.txt"), (["--format", "json"], "explain.json"), (["--format", "markdown"], "explain.md"),
  ])
  func `explains a contribution event by event`(arguments: [String], snapshot: String) throws {
    let story = try CommandsStory()
    let review = try #require(try Run(["backlog", "--format", "json", story.path]).ids.first)
    let run = Run(["explain", review, story.path] + arguments)
    #expect(run.ending == .met)
    try expectSnapshot(run.output, snapshot)
  }

  @Test func `every item has the keys of its documented sample`() throws {
    let story = try CommandsStory()
    let items = try Run(["contributions", "--format", "json", story.path]).items
    #expect(items.count == 8)
    let keys: Set<String> = [
      "id", "aliases", "repository", "title", "state", "turn", "author", "opened", "firstResponse",
      "firstReview",
      "landed", "revisions", "components", "pathCount", "approvals", "level", "levelReason", "assisted",
      "findings",
      "objectives",
    ]
    for item in items { #expect(keys.subtracting(item.keys) == []) }
    let inner: [(String, Set<String>)] = [
      ("author", ["name", "email", "person", "team", "origin"]), ("opened", ["at", "grade", "evidence"]),
      ("firstResponse", ["at", "by", "grade", "evidence"]),
      ("firstReview", ["at", "by", "grade", "evidence"]),
      ("landed", ["at", "by", "commit", "grade", "evidence"]),
    ]
    for (key, wanted) in inner {
      let objects = items.compactMap { $0[key] as? [String: Any] }
      #expect(!objects.isEmpty, "no item has \(key)")
      for object in objects { #expect(wanted.subtracting(object.keys) == [], "\(key)") }
    }
    let approvals = items.flatMap { $0["approvals"] as? [[String: Any]] ?? [] }
    #expect(approvals.count == 2)
    for approval in approvals {
      let wanted: Set<String> = ["by", "at", "revision", "authority", "grade", "counted"]
      #expect(wanted.subtracting(approval.keys) == [])
    }
  }

  @Test func `every piece of evidence can be shown by git`() throws {
    let story = try CommandsStory()
    let output = Run(["contributions", "--format", "json", story.path]).output
    let pieces = output.components(separatedBy: "\"evidence\": \"").dropFirst().map {
      $0.prefix { $0 != "\"" }
    }
    #expect(pieces.count > 10)
    for piece in Set(pieces) {
      let parts = piece.split(separator: "@").map(String.init)
      try #require(parts.count == 2, "\(piece)")
      #expect(try story.fixture.git("cat-file", "-t", parts[1]) == "commit")
      if parts[0] != "commit" { try story.fixture.git("rev-parse", "--verify", parts[0]) }
    }
  }

  @Test(arguments: ["contributions", "backlog", "health"])
  func `one thread and four give the same bytes`(command: String) throws {
    let story = try CommandsStory()
    for format in ["json", "text"] {
      let one = Run([command, "--jobs", "1", "--format", format, story.path])
      #expect(one == Run([command, "--jobs", "2", "--format", format, story.path]))
      #expect(one == Run([command, "--jobs", "4", "--format", format, story.path]))
    }
  }

  @Test func `two repositories are told side by side under names of their own`() throws {
    let (one, two) = (try CommandsStory(), try CommandsStory(policies: false))
    let copy = one.fixture.folder + "/other.git"
    try FileManager.default.copyItem(atPath: two.path, toPath: copy)
    let run = Run(["contributions", "--format", "json", one.path, copy])
    #expect(run.ending == .met)
    let names = try run.items.compactMap { $0["repository"] as? String }
    #expect(names == names.sorted(by: >))
    #expect(Set(names) == ["repository", "other"])
    #expect(try run.ids.count == 16)
    let shared = Run(["explain", "pr/5", one.path, copy])
    #expect(shared.ending == .failed)
    #expect(
      shared.complaints == [
        "tributary: 'pr/5' is the name of several contributions: repository/pr/5, other/pr/5"
      ])
    let same = Run(["contributions", "--format", "json", one.path, one.path])
    #expect(Set(try same.items.compactMap { $0["repository"] as? String }).count == 2)
  }
}
