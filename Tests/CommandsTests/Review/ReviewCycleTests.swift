import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// A change from its request to its landing, recorded with nothing but this program and git.
@Suite struct ReviewCycleTests {
  @Test func `goes from request to landing, and every report follows`() throws {
    let story = try ReviewStory()
    let first = try story.fixture.git("rev-parse", "HEAD~1")
    let id = try story.request("--reviewer", "bo")
    #expect(id == "review/\(first.prefix(12))")
    #expect(try story.contribution()["state"] as? String == "open")
    #expect(try story.contribution()["turn"] as? String == "reviewers")

    try story.review(as: "bo", "comment", id, "--file", "cache", "--line", "2", "-m", "Why two?")
    let rejected = try story.review(as: "bo", "reject", id, "-m", "Leaks.")
    #expect(rejected["revision"] as? String == (try story.fixture.git("rev-parse", "HEAD")))
    #expect(try story.contribution()["turn"] as? String == "author")
    story.run(as: "", ["status", id, "--format", "json", "--branch", "main"])
    #expect(story.output.contains("\"turn\": \"author\""))

    try story.fixture.commit("Leak no more", files: ["cache": "one\ntwo\nthree\n"])
    try story.request("-m", "Please look again")
    #expect(try story.contribution()["title"] as? String == "Please look again")
    try story.review(as: "cy", "approve", id, "-m", "Good.")
    #expect(try story.approvals() == ["cy recorded counted"])
    #expect(try story.review(as: "", "show", id)["accepted"] as? Bool == false)
    let settled = try story.review(as: "bo", "approve", id)
    #expect((settled["records"] as? [Any])?.count == 2)
    #expect(try story.review(as: "", "show", id)["accepted"] as? Bool == true)

    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git(
      "merge", "-q", "--no-ff", "-m", "Submitting review \(first.prefix(12))", "ada/cache")
    let landed = try story.contribution()
    #expect(landed["state"] as? String == "merged")
    #expect(try story.approvals() == ["cy recorded counted", "bo recorded counted"])
    #expect(landed["level"] as? Int == 2)
    let events = try story.events(of: id).filter { !$0.hasPrefix("revision") }
    #expect(
      events == [
        "opened ada@example.org", "review-requested ada@example.org", "comment bo@example.org",
        "comment bo@example.org", "reject bo@example.org", "comment cy@example.org",
        "approve cy@example.org", "comment bo@example.org", "verdict-withdrawn bo@example.org",
        "approve bo@example.org", "landed ada@example.org",
      ])
  }

  @Test func `writes the lines that git-appraise's own Go types would write`() throws {
    let story = try ReviewStory()
    let head = try story.fixture.git("rev-parse", "HEAD")
    let base = try story.fixture.git("rev-parse", "main")
    let id = try story.request("--reviewer", "bo@example.org,cy", "--reviewer", "cy@example.org")
    let asked = story.now
    // Field order, omitted fields and escapes as `encoding/json` has them for request.Request and comment.Comment.
    #expect(
      try story.lines(ReviewStory.reviews, on: "HEAD~1") == [
        #"{"timestamp":"\#(asked)","reviewRef":"refs/heads/ada/cache","targetRef":"refs/heads/main","#
          + #""requester":"ada@example.org","reviewers":["bo@example.org","cy@example.org"],"#
          + #""description":"Add cache\n\nIt is \u003cfast\u003e \u0026 small.","baseCommit":"\#(base)"}"#
      ])
    try story.review(as: "bo", "reject", id, "-m", "<No>\n\u{2028}\"x\"\u{7}\u{8}é")
    let rejected = story.now
    let record =
      #"{"timestamp":"\#(rejected)","author":"bo@example.org","location":{"commit":"\#(head)"},"#
      + #""description":"\u003cNo\u003e\n\u2028\"x\"\u0007\bé","resolved":false}"#
    #expect(try story.lines(ReviewStory.discuss, on: "HEAD~1") == [record])
    let answer = try story.review(as: "ada", "comment", id, "--parent", try sha1(record, story), "-m", "Oh.")
    #expect(
      try story.lines(ReviewStory.discuss, on: "HEAD~1").last
        == #"{"timestamp":"\#(story.now)","author":"ada@example.org","parent":"\#(try sha1(record, story))","#
        + #""location":{"commit":"\#(head)"},"description":"Oh."}"#)
    let told = try #require((answer["records"] as? [[String: Any]])?.first)
    #expect(told["id"] as? String == (try sha1(try #require(told["line"] as? String), story)))
    #expect(try story.fixture.git("fsck", "--strict", "--no-dangling") == "")
  }

  /// The digest as another program computes it.
  private func sha1(_ text: String, _ story: ReviewStory) throws -> String {
    let name = "digest-\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: story.fixture.folder + "/" + name))
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha1sum")
    process.arguments = [story.fixture.folder + "/" + name]
    process.standardOutput = pipe
    try process.run()
    process.waitUntilExit()
    return String(decoding: try #require(try pipe.fileHandleForReading.readToEnd()).prefix(40), as: UTF8.self)
  }

  @Test func `goes on with the same review after the branch was rewritten, and keeps the old commits`() throws
  {
    let story = try ReviewStory()
    let id = try story.request()
    let (first, old) = (try story.fixture.id(of: "HEAD~1"), try story.fixture.id(of: "HEAD"))
    try story.review(as: "bo", "reject", id, "-m", "No.")
    try story.fixture.git("reset", "-q", "--soft", "main")
    let new = try story.fixture.commit("Add cache, anew")
    let refusal = try story.refusal(as: "bo", "approve", id)
    #expect(refusal.contains("was rewritten after the review of it was requested"))
    #expect(try story.request() == id)
    #expect(
      try story.lines(ReviewStory.reviews, on: first.hex).last?.contains("\"alias\":\"\(new.hex)\"") == true)
    let archive = "refs/devtools/archives/reviews"
    #expect(try story.fixture.git("log", "-1", "--format=%s %P", archive) == "Archive \(old.hex) \(old.hex)")
    #expect(
      try story.fixture.git("rev-parse", archive + "^{tree}", old.hex + "^{tree}").split(separator: "\n")
        .count == 2)
    try story.fixture.git("reflog", "expire", "--expire=all", "--all")
    try story.fixture.git("gc", "-q", "--prune=now")
    #expect(try story.fixture.git("cat-file", "-t", first.hex) == "commit")
    let approved = try story.review(as: "bo", "approve", id)
    #expect(approved["revision"] as? String == new.hex)
    // Asked once more, nothing is left to archive, and the review stays where it is.
    let tip = try story.fixture.id(of: archive)
    #expect(try story.request() == id)
    #expect(try story.fixture.id(of: archive) == tip)
    #expect(
      try story.lines(ReviewStory.reviews, on: first.hex).last?.contains("\"alias\":\"\(new.hex)\"") == true)
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git("merge", "-q", "--no-ff", "-m", "Merge", "ada/cache")
    #expect(try story.contribution()["state"] as? String == "merged")
    #expect(try story.approvals() == ["bo recorded counted"])
  }

  @Test func `withdraws a request for good in every order of lines, and takes it up again`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    try story.review(as: "ada", "withdraw", id, "-m", "Not now")
    #expect(try story.contribution()["state"] as? String == "abandoned")
    let lines = try story.lines(ReviewStory.reviews, on: "HEAD~1")
    #expect(lines.count == 2)
    // A merge of notes sorts the lines; the last one by time must still be the withdrawal.
    #expect(lines.sorted().last?.contains("\"targetRef\":\"\"") == true)
    #expect(try story.review(as: "", "show", id)["accepted"] as? Bool == false)
    for verb in ["approve", "withdraw"] {
      #expect(try story.refusal(as: "bo", verb, id).contains("was withdrawn, so there is nothing to \(verb)"))
    }
    try story.review(as: "bo", "comment", id, "-m", "A pity.")
    #expect(try story.request() == id)
    #expect(try story.contribution()["state"] as? String == "open")
    try story.review(as: "bo", "approve", id)
    #expect(try story.review(as: "", "show", id)["accepted"] as? Bool == true)
    #expect(try story.approvals() == ["bo recorded counted"])
    #expect(try story.events(of: id).contains("restored ada@example.org"))
  }

  @Test func `takes back a verdict by a new version of it, for git-appraise and for us`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    try story.review(as: "bo", "approve", id, "-m", "Good.")
    let withdrawn = try story.review(as: "bo", "withdraw", id, "-m", "I was wrong")
    let record = try #require((withdrawn["records"] as? [[String: Any]])?.first?["line"] as? String)
    #expect(record.contains("\"original\":\"") && !record.contains("\"resolved\""))
    #expect(record.contains("Withdrawn: I was wrong\\n\\nGood."))
    #expect(try story.approvals() == ["bo recorded not counted"])
    let shown = try story.review(as: "", "show", id)
    #expect(shown["accepted"] is NSNull)
    #expect((shown["comments"] as? [Any])?.count == 1)
    #expect(
      try story.refusal(as: "bo", "withdraw", id).contains("nor given a verdict on it that still stands"))
    try story.review(as: "bo", "reject", id, "-m", "No.")
    try story.review(as: "bo", "withdraw", id)
    #expect(try story.review(as: "", "show", id)["accepted"] is NSNull)
    try story.review(as: "bo", "approve", id)
    #expect(try story.approvals() == ["bo recorded not counted", "bo recorded counted"])
  }
}
