import PolicyFiles
import Rules
import Testing

@Suite struct CalendarFileTests {
  private func problems(
    _ calendar: String, files: [(path: String, bytes: [UInt8])] = [], hasZone: ((String) -> Bool)? = nil
  ) -> [String] {
    let text = "{ version: 1, calendars: { a: { \(calendar) } } }"
    let all = [("p/service-levels.json5", Array(text.utf8))] + files
    guard let hasZone else { return PolicyFiles.load(all).problems.map(\.description) }
    return PolicyFiles.load(all, hasZone: hasZone).problems.map(\.description)
  }

  private let hours = #"hours: { monday: ["09:00-17:00"] }"#

  @Test(arguments: [
    ("Europe/Berln", #"unknown time zone "Europe/Berln", expected "Europe/Berlin""#),
    ("Europe/berlin", #"unknown time zone "Europe/berlin", expected "Europe/Berlin""#),
    ("America/NewYork", #"unknown time zone "America/NewYork", expected "America/New_York""#),
    ("BST", #""BST" is no time zone, expected "UTC" or an IANA name such as "Europe/Berlin""#),
    ("GMT+2", #""GMT+2" is no time zone, expected "UTC" or an IANA name such as "Europe/Berlin""#),
    (
      "europe/berlin",
      #""europe/berlin" is no time zone, expected "UTC" or an IANA name such as "Europe/Berlin""#
    ),
    ("posix/UTC", #""posix/UTC" is no time zone, expected "UTC" or an IANA name such as "Europe/Berlin""#),
    ("../UTC", #""../UTC" is no time zone, expected "UTC" or an IANA name such as "Europe/Berlin""#),
  ])
  func `says which zone was probably meant`(zone: String, message: String) {
    #expect(
      problems("timeZone: \"\(zone)\", \(hours)") == [
        "p/service-levels.json5:1:43: at calendars.a.timeZone: " + message
      ])
  }

  @Test func `asks its caller which zones there are`() {
    #expect(problems("timeZone: \"Mars/Olympus\", \(hours)") { $0 == "Mars/Olympus" }.isEmpty)
    #expect(!problems("timeZone: \"Europe/Berlin\", \(hours)") { _ in false }.isEmpty)
  }

  @Test func `says which holiday file was probably meant`() {
    let calendar = "timeZone: \"UTC\", \(hours), holidayFiles: [\"ed.ics\", \"nowhere.txt\"]"
    let file = Array("BEGIN:VCALENDAR\nEND:VCALENDAR\n".utf8)
    #expect(
      problems(calendar, files: [("p/de.ics", file), ("q/ed.ics", file)]) == [
        #"p/service-levels.json5:1:101: at calendars.a.holidayFiles[0]: no file "ed.ics", expected "de.ics""#,
        #"p/service-levels.json5:1:111: at calendars.a.holidayFiles[1]: no file "nowhere.txt", expected an "#
          + "iCalendar file (*.ics) below the directory of this file",
      ])
  }

  @Test func `reads a file once for all calendars that name it`() {
    let text = """
      { version: 1, calendars: {
        a: { timeZone: "UTC", \(hours), holidayFiles: ["x/de.ics"] },
        b: { timeZone: "Europe/Berlin", \(hours), holidayFiles: ["x/de.ics"] } } }
      """
    let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2024\nEND:VEVENT\nEND:VCALENDAR\n"
    let found = PolicyFiles.load([("service-levels.json5", Array(text.utf8)), ("x/de.ics", Array(file.utf8))])
    #expect(
      found.problems.map(\.description) == [
        #"x/de.ics:3:1: "2024" is no time, expected one such as 20261224 or 20261224T180000Z"#
      ])
  }

  @Test func `has limits on calendars and on the windows of a day`() {
    let windows = Array(repeating: #""09:00-10:00""#, count: 25).joined(separator: ",")
    #expect(
      problems("timeZone: \"UTC\", hours: { monday: [\(windows)], tuesday: [\"09:00-10:00\"] }") == [
        "p/service-levels.json5:1:67: at calendars.a.hours.monday: 25 elements, expected at most 24"
      ])
    let many = (0...50).map { "c\($0): { union: [\"24x7\"] }" }.joined(separator: ", ")
    let text = "{ version: 1, calendars: { \(many) } }"
    #expect(
      PolicyFiles.load([("service-levels.json5", Array(text.utf8))]).problems.map(\.description) == [
        "service-levels.json5:1:26: at calendars: 51 calendars, expected at most 50"
      ])
  }

  @Test(arguments: [
    ("8h", ServiceLevels.Target.workingTime(seconds: 28_800)), ("1 business day", .businessDays(1)),
  ])
  func `reads a target`(text: String, target: ServiceLevels.Target) {
    #expect(PolicyFiles.target(text) == target)
  }

  @Test(arguments: ["", "8", "0h", "business days", "-1h", "8 hours", "99999999999d"])
  func `reads nothing else as a target`(text: String) { #expect(PolicyFiles.target(text) == nil) }
}
