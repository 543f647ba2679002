import Commands
import Foundation
import Support
import Testing

@Suite struct SLAWhenTests {
  private let console = PolicyConsole()

  private static let policy = """
    { version: 1, calendars: {
      berlin: { timeZone: "Europe/Berlin", holidayFiles: ["holidays/de.ics"],
        hours: { monday: ["09:00-17:00"], tuesday: ["09:00-17:00"], wednesday: ["09:00-17:00"],
                 thursday: ["09:00-17:00"], friday: ["09:00-17:00"] } },
      never: { timeZone: "UTC" },
      all: { union: ["berlin", "never"] } } }
    """
  private static let holidays = """
    BEGIN:VCALENDAR
    BEGIN:VEVENT
    DTSTART;VALUE=DATE:20261225
    RRULE:FREQ=YEARLY
    END:VEVENT
    BEGIN:VEVENT
    DTSTART:20261224T120000
    DTEND:20261225T000000
    END:VEVENT
    END:VCALENDAR
    """

  /// A repository whose branch holds the policy and its holidays.
  private func repository() throws -> TemporaryRepository {
    let fixture = try TemporaryRepository()
    try fixture.commit(
      "Policy",
      files: ["policies/service-levels.json5": Self.policy, "policies/holidays/de.ics": Self.holidays])
    return fixture
  }

  @Test func `counts around the holidays of a file on the branch`() throws {
    let fixture = try repository()
    let ending = console.run(
      "sla", "when", "--calendar", "berlin", "--start", "2026-12-23T16:00:00+01:00", "--target", "8h",
      fixture.path)
    #expect(ending == .met)
    #expect(
      console.output.hasPrefix(
        """
        berlin, Europe/Berlin

        Start         Wednesday 2026-12-23T16:00:00+01:00, 2026-12-23 15:00 UTC
        Target        8h of working time
        Due           Monday 2026-12-28T13:00:00+01:00, 2026-12-28 12:00 UTC
        Breaches at   Monday 2026-12-28T13:00:00+01:00, 2026-12-28 12:00 UTC
        Working time  8h (28800 seconds)

        Open
          - 2026-12-23T16:00:00+01:00 to 2026-12-23T17:00:00+01:00, 1h
          - 2026-12-24T09:00:00+01:00 to 2026-12-24T12:00:00+01:00, 3h
          - 2026-12-28T09:00:00+01:00 to 2026-12-28T13:00:00+01:00, 4h

        Time zones 20
        """))
    #expect(console.complaints == [])
  }

  @Test func `reads the same from a directory and from a commit`() throws {
    let fixture = try repository()
    for place in ["\(fixture.path)/policies", "main:policies"] {
      let ending = console.run(
        "sla", "when", "--calendar", "all", "--start", "2026-12-23T16:00:00+01:00", "--target",
        "2 business days",
        "--policies", place, "-C", fixture.path, "--format", "json")
      #expect(ending == .met, "\(console.complaints)")
      #expect(console.output.contains("\"at\": \"2026-12-28T16:00:00Z\""))
      #expect(console.output.contains("\"targetBusinessDays\": 2"))
    }
  }

  @Test func `writes every key, null where there is nothing to say`() throws {
    #expect(
      console.run(
        "sla", "when", "--calendar", "24x7", "--start", "2026-03-01", "--target", "36h", "--format", "json")
        == .met)
    let text = console.output.replacing(#/"(version|source)": "[^"]*"/#) { "\"\($0.1)\": \"…\"" }
    #expect(
      text == """
        {
          "schema": "tributary/sla-when/1",
          "calendar": {
            "name": "24x7",
            "timeZone": "UTC",
            "neverOpens": false
          },
          "timeZones": {
            "version": "…",
            "source": "…",
            "substituted": []
          },
          "start": {
            "at": "2026-03-01T00:00:00Z",
            "local": "2026-03-01T00:00:00+00:00"
          },
          "targetWorkingSeconds": 129600,
          "targetBusinessDays": null,
          "until": null,
          "due": {
            "at": "2026-03-02T12:00:00Z",
            "local": "2026-03-02T12:00:00+00:00"
          },
          "breachesAt": {
            "at": "2026-03-02T12:00:00Z",
            "local": "2026-03-02T12:00:00+00:00"
          },
          "elapsedWorkingSeconds": 129600,
          "windowCount": 1,
          "windows": [
            {
              "from": "2026-03-01T00:00:00+00:00",
              "until": "2026-03-02T12:00:00+00:00",
              "seconds": 129600
            }
          ]
        }

        """)
  }

  @Test func `says that nothing is due on a calendar that never opens`() throws {
    let fixture = try repository()
    #expect(console.run("sla", "when", "--calendar", "never", "--target", "1h", "-C", fixture.path) == .met)
    #expect(console.output.contains("Due     never: the calendar never opens\n"))
  }

  @Test func `fails with the nearest name when there is no such calendar`() throws {
    let fixture = try repository()
    #expect(
      console.run("sla", "when", "--calendar", "berln", "--target", "1h", "-C", fixture.path) == .failed)
    #expect(console.complaints == ["tributary: no calendar 'berln' in the policy; did you mean berlin?"])
    #expect(console.run("sla", "when", "--calendar", "x-y", "--target", "1h", "-C", fixture.path) == .failed)
    #expect(
      console.complaints == ["tributary: no calendar 'x-y' in the policy; there is berlin, never, all, 24x7"])
  }

  @Test func `needs a calendar, a target or an end, and a target it can read`() {
    #expect(console.run("sla", "when", "--target", "8h") == .misused)
    #expect(console.complaints.first == "tributary sla when: --calendar is missing")
    #expect(console.run("sla", "when", "--calendar", "24x7") == .misused)
    #expect(console.complaints.first == "tributary sla when: --target or --until is missing")
    #expect(console.run("sla", "when", "--calendar", "24x7", "--target", "soon") == .misused)
    #expect(
      console.complaints.first
        == "tributary sla when: --target: 'soon' is not a target such as 8h or 2 business days")
    #expect(
      console.run("sla", "when", "--calendar", "24x7", "--target", "8h", "--until", "2027-01-01") == .misused)
  }

  @Test func `names a holiday file's problem by its line`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(Self.policy.utf8), to: "p/service-levels.json5")
    try fixture.write(Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n".utf8), to: "p/holidays/de.ics")
    #expect(console.run("policy", "check", "\(fixture.path)/p") == .failed)
    #expect(
      console.output.contains("p/holidays/de.ics:1:1: \"VCALENDAR\" without end, expected END:VCALENDAR\n"))
  }
}
