import Commands
import Facts
import Foundation
import Support
import Testing

/// Objectives in backlog, status, contributions and explain: first reviews within 40 hours, decisions within 100.
@Suite struct CommandsObjectivesTests {
  private let story: CommandsStory
  private static let objectives = """
    { version: 1,
      objectives: [
        { name: "first-review", clock: "first-review", target: "40h", calendar: "24x7" },
        { name: "decision", clock: "decision", target: "100h", calendar: "24x7" } ] }
    """

  init() throws { story = try CommandsStory() }

  private func run(_ command: String, _ arguments: String..., asOf: String) -> Run {
    let place = command == "status" ? ["-C", story.path] : [story.path]
    return Run(
      [command, "--policies", "/promises", "--as-of", asOf] + arguments + place,
      files: ["/promises/service-levels.json5": Self.objectives])
  }

  private func titles(_ run: Run) throws -> [String] { try run.items.compactMap { $0["title"] as? String } }

  /// 36 hours after one request, 12 hours after the other was sent back.
  private static let noon = "2024-01-10T12:00:00Z"
  private static let evening = "2024-01-10T20:00:00Z"

  @Test func `a backlog holds what is at risk before what is paused, and filters by both`() throws {
    #expect(
      try titles(run("backlog", "--format", "json", asOf: Self.noon)) == ["Limit requests", "Cache answers"])
    #expect(
      try titles(run("backlog", "--at-risk", "--format", "json", asOf: Self.noon)) == ["Limit requests"])
    #expect(try titles(run("backlog", "--overdue", "--format", "json", asOf: Self.noon)) == [])
    #expect(
      try titles(run("backlog", "--overdue", "--format", "json", asOf: Self.evening)) == ["Limit requests"])
    #expect(try titles(run("backlog", "--at-risk", "--format", "json", asOf: Self.evening)) == [])
    let both = run("backlog", "--overdue", "--at-risk", "--format", "json", asOf: Self.evening)
    #expect(try titles(both) == ["Limit requests"])
  }

  @Test func `due times are told in the zone asked for, JSON stays in UTC`() throws {
    let text = run("backlog", "--zone", "Europe/Berlin", "--width", "200", asOf: Self.noon).output
    #expect(text.contains("2 open: 0 overdue, 1 at risk, next due 2024-01-10 17:00 +01:00 (review/"))
    #expect(text.contains("at risk"))
    #expect(text.contains("due (Europe/Berlin)"))
    let json = run("backlog", "--zone", "Europe/Berlin", "--format", "json", asOf: Self.noon)
    #expect(json.output == run("backlog", "--format", "json", asOf: Self.noon).output)
    let urgent = try #require(try json.items.first?["mostUrgent"] as? [String: Any])
    #expect(urgent["due"] as? String == "2024-01-10T16:00:00Z")
    #expect(urgent["remainingWorkingSeconds"] as? Int == 4 * 3600)
    #expect((try json.json["summary"] as? [String: Any])?["nextDue"] as? String == "2024-01-10T16:00:00Z")
  }

  @Test func `overdue and paused are told with the working time that is over and left`() {
    let text = run("backlog", "--width", "200", asOf: Self.evening).output
    #expect(text.contains("2 open: 1 overdue, 0 at risk, next due 2024-01-13 04:00 UTC (review/"))
    #expect(text.contains("overdue by 4h"))
    #expect(text.contains("working wait"))
    let paused = text.split(separator: "\n").first { $0.contains("Cache answers") } ?? ""
    #expect(paused.contains("paused"))
    #expect(paused.contains("52h"))
    let csv = run("backlog", "--format", "csv", asOf: Self.evening).output
    #expect(csv.contains("urgentObjective"))
    #expect(csv.contains(",first-review,missed,2024-01-10T16:00:00Z,0,14400"))
  }

  @Test(arguments: [
    "BST", "Europe/Berln", "europe/berlin", "GMT+2", "posix/Europe/Berlin", "../etc/passwd", "",
  ])
  func `a zone is named as policies name it`(zone: String) {
    let run = run("backlog", "--zone", zone, asOf: Self.noon)
    #expect(run.ending == .misused)
    #expect(run.output == "")
    if zone == "Europe/Berln" { #expect(run.complaints.contains { $0.contains("Europe/Berlin") }) }
  }

  @Test func `a status says what was promised, what is due and that too few can say more`() {
    let text = run("status", "--author", "cy@example.org", "--width", "300", asOf: Self.noon).output
    #expect(
      text.contains(
        "at risk, due 2024-01-10 16:00 UTC, 4h of working time left; promised: first review within 40h (calendar 24x7)"
      ))
    #expect(text.contains("paused with 52h of working time left"))
    #expect(text.contains("too few to say (n = 1, 5 needed): 1 wait on first-review"))
  }

  @Test func `late first reviews are a finding, a timeliness and a filter`() throws {
    let missed = run("contributions", "--objective-state", "missed", "--format", "json", asOf: Self.noon)
    #expect(try titles(missed) == ["Cache answers"])
    let item = try #require(try missed.items.first)
    #expect(item["timeliness"] as? String == "late")
    #expect((item["findings"] as? [String])?.contains("late-first-review") == true)
    let csv = run("contributions", "--format", "csv", asOf: Self.noon).output
    #expect(csv.contains("firstReviewObjectiveState,firstReviewDue,timeliness"))
    #expect(csv.contains("late-first-review,missed,2024-01-09T16:00:00Z,late"))
  }

  @Test func `an explanation lists what happened to each clock and the hours to add up`() throws {
    let id = try #require(
      try run("contributions", "--objective-state", "missed", "--format", "json", asOf: Self.noon).ids.first)
    let text = run("explain", id, "--zone", "Asia/Kolkata", "--width", "200", asOf: Self.noon).output
    #expect(text.contains("Clocks"))
    #expect(text.contains("2024-01-09 21:30 +05:30  target overdrawn"))
    #expect(text.contains("Mon 2024-01-08 05:30 to Tue 2024-01-09 21:30: 40h, in all 40h"))
    let json = try run("explain", id, "--format", "json", asOf: Self.noon).json
    let objectives = try #require((json["item"] as? [String: Any])?["objectives"] as? [[String: Any]])
    let kinds = objectives.map {
      ($0["steps"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
    }
    #expect(kinds == [["activate", "breach", "fulfil"], ["activate", "pause"]])
  }
}
