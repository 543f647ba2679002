import PolicyFiles
import Rules
import Testing

/// Calendars that nobody should write: refused with their place, or read as what they say, and never for long.
@Suite struct HostileCalendarTests {
  private let hours = #"hours: { monday: ["09:00-17:00"] }"#

  private func load(
    _ text: String, files: [(path: String, bytes: [UInt8])] = []
  ) -> (policy: Policy?, problems: [String]) {
    let (policy, problems) = PolicyFiles.load([("service-levels.json5", Array(text.utf8))] + files)
    return (policy, problems.map(\.description))
  }

  private func calendar(_ fields: String) -> (policy: Policy?, problems: [String]) {
    load("{ version: 1, calendars: { a: { \(fields) } } }")
  }

  @Test(arguments: [
    "BST", "GMT+2", "UTC+2", "utc", "europe/berlin", "posix/Europe/Berlin", "right/Europe/Berlin",
    "../../etc/passwd", "Europe/Berlin/../Paris", "Europe/../Europe/Berlin", "/Europe/Berlin",
    "Europe//Berlin",
    "Europe/Berlin/", "Europe/Berlin\\u0000", "Europe/Berlin ", "Europe\\\\Berlin", "", "A/B/C/D",
    "Europe/Be\\u0301rlin",
  ])
  func `refuses a zone that is no name of the database, with its place`(zone: String) {
    let (policy, problems) = calendar(#"timeZone: "\#(zone)", \#(hours)"#)
    #expect(policy == nil)
    #expect(problems.count == 1)
    #expect(
      problems.first?.hasPrefix("service-levels.json5:1:43: at calendars.a.timeZone: ") == true, "\(problems)"
    )
  }

  @Test func `refuses a zone with a name of a megabyte in few words`() {
    let (policy, problems) = calendar(
      "timeZone: \"Europe/\(String(repeating: "x", count: 900_000))\", \(hours)")
    #expect(policy == nil)
    #expect(problems.count == 1 && (problems.first?.utf8.count ?? .max) < 500)
  }

  @Test(arguments: [
    "2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "-2026-01-01", "99999-01-01", "2026-1-1",
  ])
  func `refuses a date that no calendar has, wherever it stands`(date: String) {
    let (policy, problems) = calendar(
      """
      timeZone: "UTC", \(hours), holidays: ["\(date)"], exceptions: { "\(date)": [] },
      freezes: [{ from: "\(date)", until: "2030-01-01" }, { from: "2020-01-01", until: "\(date)" }]
      """)
    #expect(policy == nil)
    #expect(problems.count == 4)
    #expect(problems.allSatisfy { $0.contains(date) && $0.hasPrefix("service-levels.json5:") }, "\(problems)")
  }

  @Test(arguments: [
    "0h", "0d", "0 business days", "-1 business days", "365000000d", "1000000y", "9223372036854775807s",
  ])
  func `refuses a length of nothing and one of a million years`(length: String) {
    let (policy, problems) = load(
      #"{ version: 1, objectives: [{ name: "a", clock: "first-review", target: "\#(length)" }] }"#)
    #expect(policy == nil)
    #expect(problems.count == 1)
    #expect(
      problems.first?.hasPrefix("service-levels.json5:1:72: at objectives[0].target: ") == true, "\(problems)"
    )
  }

  @Test(arguments: ["0d", "365000000d", "1000000y"])
  func `refuses a window of nothing and one of a million years`(length: String) {
    let (policy, problems) = load(
      #"{ version: 1, objectives: [{ name: "a", clock: "first-review", target: "8h", window: "\#(length)" }] }"#
    )
    #expect(policy == nil)
    #expect(
      problems.first?.hasPrefix("service-levels.json5:1:86: at objectives[0].window: ") == true, "\(problems)"
    )
  }

  @Test(arguments: [
    "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=1", "FREQ=YEARLY;BYHOUR=1", "FREQ=YEARLY;BYMINUTE=1",
    "FREQ=YEARLY;BYSECOND=1", "FREQ=YEARLY;BYYEARDAY=1", "FREQ=YEARLY;BYWEEKNO=20",
    "FREQ=YEARLY;COUNT=100001", "FREQ=YEARLY;COUNT=99999999999999999999", "FREQ=YEARLY;INTERVAL=-1",
    "FREQ=YEARLY;UNTIL=never", "FREQ=YEARLY;BYDAY=99999999999999999999MO", "RSCALE=HEBREW;FREQ=YEARLY",
    "FREQ=DAILY;UNTIL=99991231", "FREQ=DAILY;COUNT=100000",
  ])
  func `refuses a rule of other kinds, or without an end in sight, at its line`(rule: String) {
    let found = HolidayImport(event: "DTSTART;VALUE=DATE:20240101", "RRULE:\(rule)")
    #expect(!found.isPolicy)
    #expect(found.problems.count == 1)
    #expect(found.problems.first?.hasPrefix("a.ics:") == true, "\(found.problems)")
  }

  @Test(.timeLimit(.minutes(2))) func `stops at the most closed days a file may give`() {
    let event = "BEGIN:VEVENT\nDTSTART:20240101\nDURATION:P300D\nEND:VEVENT\n"
    let text = "BEGIN:VCALENDAR\n\(String(repeating: event, count: 40_000))END:VCALENDAR\n"
    let found = HolidayImport(Array(text.utf8))
    #expect(!found.isPolicy)
    #expect(
      found.problems.count == 1 && found.problems.first?.hasPrefix("a.ics:") == true, "\(found.problems)")
  }

  @Test func `refuses unions that lead back to themselves, or nowhere`() {
    let own = load(#"{ version: 1, calendars: { a: { union: ["a"] } } }"#)
    #expect(
      own.problems == [
        "service-levels.json5:1:31: at calendars.a: circle of unions a → a, expected an end in a region"
      ])
    let ring = (0..<50).map { "c\($0): { union: [\"c\(($0 + 1) % 50)\", \"24x7\"] }" }.joined(separator: ", ")
    let round = load("{ version: 1, calendars: { \(ring) } }")
    #expect(round.policy == nil && round.problems.count == 1, "\(round.problems)")
    let lost = load(#"{ version: 1, calendars: { a: { union: ["nowhere"] } } }"#)
    #expect(
      lost.policy == nil && lost.problems.first?.hasPrefix("service-levels.json5:1:41: ") == true,
      "\(lost.problems)")
  }

  @Test(.timeLimit(.minutes(2))) func `adds up unions of unions without doubling the work at each`() throws {
    var all = ["c0: { timeZone: \"UTC\", \(hours) }"]
    all += (1..<50).map { "c\($0): { union: [\"c\($0 - 1)\", \"c\(max($0 - 2, 0))\"] }" }
    let (policy, problems) = load("{ version: 1, calendars: { \(all.joined(separator: ", ")) } }")
    #expect(problems == [])
    let calendars = WorkingCalendars(try #require(policy).serviceLevels.calendars, zones: .builtIn)
    #expect(calendars["c49"]?.neverOpens == false)
  }

  @Test func `refuses a waiver of an objective that does not exist`() {
    let waiver =
      #"{ version: 1, id: "w", objective: "nothing", contribution: "pr/1", reason: "x", by: "bo", until: "2026-01-01" }"#
    let objectives = #"{ version: 1, objectives: [{ name: "a", clock: "landing", target: "1h" }] }"#
    let found = load(objectives, files: [("waivers/w.json5", Array(waiver.utf8))])
    #expect(found.policy == nil)
    #expect(
      found.problems.first?.hasPrefix("waivers/w.json5:1:35: at objective: unknown objective \"nothing\"")
        == true,
      "\(found.problems)")
  }
}
