import Commands
import Facts
import Foundation
import Git
import Support
import Testing

@Suite struct ReviewWritingTests {
  @Test func `shows what it would write, and writes nothing`() throws {
    let story = try ReviewStory()
    let tips = try story.tips()
    #expect(story.run(as: "ada", ["review", "request", "--dry-run"]) == .met)
    let first = try story.fixture.git("rev-parse", "HEAD~1")
    #expect(story.output.contains("refs/notes/devtools/reviews \(first)\n{\"timestamp\":"))
    #expect(try story.tips() == tips)
    #expect(!FileManager.default.fileExists(atPath: story.path + "/.git/tributary.lock"))
    #expect(try story.review(as: "ada", "request", "--dry-run")["written"] as? Bool == false)
    #expect(story.run(as: "ada", ["review", "request", "-q"]) == .met)
    #expect(story.output == "review/\(first.prefix(12))\n")
  }

  @Test func `keeps lines of a note that are no records`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    try story.fixture.git("notes", "--ref", ReviewStory.discuss, "add", "-m", "not {json", "HEAD~1")
    try story.fixture.git("notes", "--ref", ReviewStory.discuss, "add", "-m", "on another", "main")
    try story.review(as: "bo", "approve", id)
    let note = try story.fixture.git("notes", "--ref", ReviewStory.discuss, "show", "HEAD~1")
    #expect(note.hasPrefix("not {json\n{\"timestamp\""))
    #expect(try story.fixture.git("notes", "--ref", ReviewStory.discuss, "show", "main") == "on another")
    #expect(try story.approvals() == ["bo recorded counted"])
  }

  @Test func `ends with 74 and writes nothing where it may not write`() throws {
    let story = try ReviewStory()
    let tips = try story.tips()
    let lock = story.path + "/.git/tributary.lock"
    try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: true)
    #expect(story.run(as: "ada", ["review", "request"]) == .unwritable)
    #expect(story.complaints.joined().contains("nothing was written"))
    try FileManager.default.removeItem(atPath: lock)
    #expect(try story.tips() == tips)
  }

  @Test func `refuses a note that readers would not take any more`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    let big = story.fixture.folder + "/big"
    try Data((String(repeating: "x", count: (4 << 20) - 40) + "\n").utf8).write(to: URL(fileURLWithPath: big))
    try story.fixture.git("notes", "--ref", ReviewStory.discuss, "add", "-F", big, "HEAD~1")
    #expect(try story.refusal(as: "bo", "approve", id).contains("is full"))
  }

  @Test func `loses nothing when several approve at once`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    let people = (1...8).map { "reviewer\($0)@example.org" }
    let runs = try people.map { address in
      try ProgramProcess(
        ["review", "approve", id, "-C", story.path], input: "/dev/null", folder: story.fixture.folder,
        environment: ["GIT_AUTHOR_EMAIL": address, "GIT_AUTHOR_NAME": "R"])
    }
    for run in runs {
      run.process.waitUntilExit()
      #expect(run.process.terminationStatus == 0)
    }
    let lines = try story.lines(ReviewStory.discuss, on: "HEAD~1")
    #expect(lines.count == people.count)
    for address in people { #expect(lines.contains { $0.contains("\"\(address)\"") }) }
    #expect(try story.fixture.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test func `prints commands that a shell takes as they are, and that lose no line`() throws {
    let story = try ReviewStory()
    try story.fixture.git("branch", "-m", "ada/$(touch${IFS}oops)'s")
    let server = story.fixture.folder + "/server.git"
    try story.fixture.git("clone", "-q", "--bare", story.path, server)
    try story.fixture.git("remote", "add", "origin", server)
    let asked = try story.review(as: "ada", "request")
    let id = try #require(asked["id"] as? String)
    try shell(asked["push"], in: story.path, story)
    var told: [[String: Any]] = []
    let clones = ["bo", "cy"].map { story.fixture.folder + "/" + $0 }
    for (person, clone) in zip(["bo", "cy"], clones) {
      try story.fixture.git("clone", "-q", server, clone)
      try story.fixture.git(
        "-C", clone, "fetch", "-q", "origin", "refs/notes/devtools/*:refs/notes/devtools/*")
      told.append(try story.review(as: person, "approve", id, "-m", "By \(person)", in: clone))
    }
    try shell(told[0]["push"], in: clones[0], story)
    #expect(throws: (any Error).self) { try shell(told[1]["push"], in: clones[1], story) }
    for command in try #require(told[1]["merge"] as? [String]) { try shell(command, in: clones[1], story) }
    try shell(told[1]["push"], in: clones[1], story)
    #expect(try story.approvals(in: clones[1]) == ["bo recorded counted", "cy recorded counted"])
    #expect(!FileManager.default.fileExists(atPath: story.path + "/oops"))
  }

  private func shell(_ command: Any?, in folder: String, _ story: ReviewStory) throws {
    let text = try #require(command as? String)
    try story.fixture.run("sh", "-c", "cd '\(folder)' && \(text)")
  }
}
