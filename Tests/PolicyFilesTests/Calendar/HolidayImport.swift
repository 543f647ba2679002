import Facts
import PolicyFiles
import Rules

/// What a holiday file closes, and what is said of it.
struct HolidayImport {
  var days: [String]
  var closures: [CalendarPolicy.Closure]
  var problems: [String]
  var isPolicy: Bool

  init(_ bytes: [UInt8], transparent: Bool = false, zone: String = "Europe/Berlin") {
    let policy = """
      { version: 1, calendars: { a: { timeZone: "\(zone)", hours: { monday: ["09:00-17:00"] },
        holidayFiles: ["a.ics"], transparentHolidays: \(transparent) } } }
      """
    let (loaded, problems) = PolicyFiles.load([
      ("service-levels.json5", Array(policy.utf8)), ("a.ics", bytes),
    ])
    var region: CalendarPolicy.Region?
    if case .region(let found) = loaded?.serviceLevels.calendars.first?.kind { region = found }
    days = region?.importedHolidays.map(\.description) ?? []
    closures = region?.importedClosures ?? []
    self.problems = problems.map(\.description)
    isPolicy = loaded != nil
  }

  /// A file of one event with these lines.
  init(event: String..., transparent: Bool = false) {
    let lines =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1"] + event + ["END:VEVENT", "END:VCALENDAR"]
    self.init(Array(lines.joined(separator: "\r\n").utf8), transparent: transparent)
  }
}
