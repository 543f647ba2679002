import Commands
import Facts
import Foundation
import Support
import Testing

/// `sla notice` on the small platform, under promises that it did not keep.
@Suite struct NoticeCommandTests {
  private func notice(_ draft: DraftStory, _ more: String...) -> [String] {
    ["sla", "notice", "--policies", draft.draft, "--window", "60d"] + more
  }

  @Test func `tells the team whose review and decision did not come in time`() throws {
    let draft = try DraftStory()
    let run = draft.run("sla", "notice", "--policies", draft.draft, "--window", "60d")
    #expect(run.ending == .met)
    #expect(run.complaints == [])
    #expect(run.output.hasPrefix("# Promises that were not kept\n\n"))
    #expect(run.output.contains("## Team payments"))
    #expect(run.output.contains("a first review within 24h, around the clock"))
    #expect(run.output.contains("a decision within 24h, around the clock"))
    #expect(run.output.contains("one policy is applied to all of time"))
    let again = draft.run("sla", "notice", "--policies", draft.draft, "--window", "60d", "--jobs", "4")
    #expect(run.output == again.output)
  }

  @Test func `lists misses with lasting references for scripts`() throws {
    let draft = try DraftStory()
    let json = try draft.json(notice(draft, "--format", "json"))
    #expect(json["schema"] as? String == "tributary/notice/1")
    let breaches = try #require(json["breaches"] as? [[String: Any]])
    let objectives = breaches.compactMap { ($0["promised"] as? [String: Any])?["objective"] as? String }
    #expect(Set(objectives) == ["first-review", "decision"])
    for (breach, objective) in zip(breaches, objectives) {
      #expect(breach["id"] as? String == "\(breach["contribution"] as? String ?? ""):\(objective):1:missed")
    }
    let decisions = try draft.json(notice(draft, "--format", "json", "--objective", "decision"))
    #expect((decisions["breaches"] as? [Any])?.count == objectives.count { $0 == "decision" })
  }

  @Test func `the default window is a week, in which only what is open is still told`() throws {
    let draft = try DraftStory()
    let json = try draft.json(["sla", "notice", "--policies", draft.draft, "--format", "json"])
    let breaches = try #require(json["breaches"] as? [[String: Any]])
    #expect(!breaches.isEmpty)
    #expect(breaches.allSatisfy { $0["open"] as? Bool == true })
  }

  @Test func `a mail for one team goes to those named and nobody else`() throws {
    let draft = try DraftStory()
    let run = draft.run(
      "sla", "notice", "--policies", draft.draft, "--format", "mail", "--team", "payments", "--from",
      "sla@example.org", "--to", "pay@example.org", "--to", "lead@example.org")
    #expect(run.ending == .met)
    let head = "From: sla@example.org\nTo: pay@example.org,\n lead@example.org\nSubject: Service levels: "
    #expect(run.output.hasPrefix(head))
    #expect(run.output.contains("\nMessage-ID: <notice.\(CommandsStory.now.seconds)."))
  }

  @Test(arguments: ["slack", "mattermost"])
  func `a chat gets one payload`(format: String) throws {
    let draft = try DraftStory()
    let json = try draft.json(notice(draft, "--format", format))
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
    #expect(Run(["sla", "notice", story.path]).output.contains("Nothing was missed"))
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
    (
      ["--format", "mail", "--from", "a@example.org"] + (0..<101).flatMap { ["--to", "b\($0)@example.org"] },
      "--to: '101 addresses' is not at most 100"
    ),
  ])
  func `a mail needs plain addresses, and not too many`(arguments: [String], complaint: String) throws {
    let run = Run(["sla", "notice"] + arguments)
    #expect(run.ending == .misused)
    #expect(run.complaints.first == "tributary sla notice: \(complaint)")
  }

  @Test func `an unknown objective is an error with the nearest name`() throws {
    let story = try CommandsStory()
    let run = Run(["sla", "notice", "--objective", "first-reveiw", story.path])
    #expect(run.ending == .failed)
    #expect(run.complaints.first?.contains("did you mean first-review?") == true)
  }
}
