import Commands
import Facts
import Foundation
import Support
import Testing

/// `sla notice` on the small platform, where a review that was asked for has waited for weeks.
@Suite struct NoticeCommandTests {
  private static let window = ["--window", "60d"]

  @Test func `tells the team whose review nobody gave in time`() throws {
    let story = try CommandsStory()
    let run = Run(["sla", "notice", story.path] + Self.window)
    #expect(run.ending == .met)
    #expect(run.complaints == [])
    #expect(run.output.hasPrefix("# Promises that were not kept\n\n"))
    #expect(run.output.contains("## Team payments"))
    #expect(run.output.contains("a first review within 2 business days, counted on the calendar"))
    #expect(run == Run(["sla", "notice", "--jobs", "4", story.path] + Self.window))
  }

  @Test func `lists misses with lasting references for scripts`() throws {
    let story = try CommandsStory()
    let run = Run(["sla", "notice", "--format", "json", story.path] + Self.window)
    let json = try run.json
    #expect(json["schema"] as? String == "tributary/notice/1")
    let breaches = try #require(json["breaches"] as? [[String: Any]])
    #expect(!breaches.isEmpty)
    for breach in breaches {
      let (id, name) = (breach["id"] as? String, breach["contribution"] as? String)
      #expect(id == "\(name ?? ""):first-review:1:missed")
    }
    let all = try #require(
      Run(["sla", "notice", "--format", "json", "--window", "all", story.path]).json["breaches"])
    #expect((all as? [Any])?.count ?? 0 >= breaches.count)
  }

  @Test func `a mail for one team goes to those named and nobody else`() throws {
    let story = try CommandsStory()
    let run = Run(
      [
        "sla", "notice", "--format", "mail", "--team", "payments", "--from", "sla@example.org", "--to",
        "pay@example.org", "--to", "lead@example.org", story.path,
      ] + Self.window)
    #expect(run.ending == .met)
    #expect(
      run.output.hasPrefix(
        "From: sla@example.org\nTo: pay@example.org,\n lead@example.org\nSubject: Service levels: "))
    #expect(run.output.contains("\nMessage-ID: <notice.\(CommandsStory.now.seconds)."))
  }

  @Test(arguments: ["slack", "mattermost"])
  func `a chat gets one payload`(format: String) throws {
    let story = try CommandsStory()
    let json = try Run(["sla", "notice", "--format", format, story.path] + Self.window).json
    #expect(json["text"] is String)
    #expect((json["blocks"] is [Any]) == (format == "slack"))
  }

  @Test(arguments: ["mail", "slack", "mattermost"])
  func `nothing to tell writes nothing, says so aside and is no failure`(format: String) throws {
    let story = try CommandsStory()
    let arguments = [
      "sla", "notice", "--format", format, "--team", "nobody", "--from", "a@example.org", "--to",
      "b@example.org", story.path,
    ]
    let run = Run(arguments)
    #expect(run.ending == .met)
    #expect(run.output == "")
    #expect(run.complaints == ["nothing to tell, so no message was written"])
    #expect(Run(arguments + ["--quiet"]).complaints == [])
  }

  @Test func `nothing to tell is a sentence on a page`() throws {
    let story = try CommandsStory()
    #expect(Run(["sla", "notice", "--team", "nobody", story.path]).output.contains("Nothing was missed"))
  }

  @Test(arguments: [
    (["--format", "mail", "--to", "b@example.org"], "--from is missing"),
    (["--format", "mail", "--from", "b@example.org"], "--to is missing"),
    (
      ["--format", "mail", "--from", "a@example.org\nBcc: c@example.org", "--to", "b@example.org"],
      "--from: 'a@example.org\\x0ABcc: c@example.org' is not a plain mail address such as sla@example.org"
    ),
    (
      ["--format", "mail", "--from", "a@example.org", "--to", "B <b@example.org>"],
      "--to: 'B <b@example.org>' is not a plain mail address such as sla@example.org"
    ),
  ])
  func `a mail needs plain addresses`(arguments: [String], complaint: String) throws {
    let run = Run(["sla", "notice"] + arguments)
    #expect(run.ending == .misused)
    #expect(run.complaints.first == "tributary sla notice: \(complaint)")
  }

  @Test func `an unknown objective is an error with the nearest name`() throws {
    let story = try CommandsStory()
    let run = Run(["sla", "notice", "--objective", "first-reveiw", story.path])
    #expect(run.ending == .failed)
    #expect(run.complaints.first?.contains("first-review") == true)
  }
}
