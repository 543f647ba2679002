import Facts
import Rules

/// Reads the `calendars` of `service-levels.json5`.
enum CalendarFile {
  /// More calendars than any company has places; each costs memory.
  private static let countLimit = 50

  static func read(_ cursor: Cursor, _ holidays: HolidayFiles) -> [CalendarPolicy] {
    var unions: [(name: String, next: [String])] = []
    var calendars: [CalendarPolicy] = []
    var places: [String: Cursor] = [:]
    let entries = cursor.entries() ?? []
    guard entries.count <= countLimit else {
      cursor.error("\(entries.count) calendars, expected at most \(countLimit)")
      return []
    }
    for entry in entries {
      if entry.key == ServiceLevels.alwaysOpen {
        entry.keyError("\(quoted(entry.key)) is built in, expected another name")
        continue
      }
      guard let name = entry.identifier(), let kind = kind(entry.value, holidays) else { continue }
      calendars.append(CalendarPolicy(name: name, kind: kind))
      if case .union(let members) = kind { unions.append((name, members)) }
      places[name] = entry.value
    }
    for circle in circles(in: unions) {
      guard let first = circle.first else { continue }
      places[first]?.error("circle of unions \(shown(circle: circle)), expected an end in a region")
    }
    return calendars
  }

  private static func kind(_ cursor: Cursor, _ holidays: HolidayFiles) -> CalendarPolicy.Kind? {
    guard let fields = cursor.fields(.calendar) else { return nil }
    guard let union = fields["union"] else { return region(fields, at: cursor, holidays).map { .region($0) } }
    let other = Shape.calendar.keys.first { $0 != "union" && fields[$0] != nil }
    if let other, let value = fields[other] {
      value.error("\(quoted(other)) beside \"union\", expected either a region or a union")
    }
    if union.isEmptyList { union.error("empty list, expected at least one calendar") }
    return .union(union.list { $0.reference(.calendar) })
  }

  private static func region(
    _ fields: Fields, at cursor: Cursor, _ holidays: HolidayFiles
  ) -> CalendarPolicy.Region? {
    guard let zone = fields["timeZone"] else {
      cursor.error("missing key \"timeZone\", expected a zone such as \"Europe/Berlin\"")
      return nil
    }
    var region = CalendarPolicy.Region(
      timeZone: zone.timeZone(holidays.hasZone) ?? "", hours: fields["hours"].map(hours) ?? [:],
      holidays: fields["holidays"]?.list { $0.date() } ?? [],
      holidayFiles: fields["holidayFiles"]?.list { $0.text("the name of an iCalendar file") } ?? [],
      exceptions: fields["exceptions"].map(exceptions) ?? [:],
      freezes: fields["freezes"]?.list(freeze) ?? [])
    region.transparentHolidays = fields["transparentHolidays"]?.bool() ?? false
    fields["holidayFiles"]?.elements()?.forEach { add($0, holidays, to: &region) }
    if region.hours.values.allSatisfy(\.isEmpty), region.exceptions.values.allSatisfy(\.isEmpty) {
      cursor.warn("no hours on any day, expected some; nothing is ever due on this calendar")
    }
    return region
  }

  /// Adds what a holiday file closes.
  private static func add(_ name: Cursor, _ holidays: HolidayFiles, to region: inout CalendarPolicy.Region) {
    guard case .string(let text) = name.node.value else { return }
    guard let file = holidays.file(named: text, beside: name.report.path) else {
      let near = nearest(to: text, among: holidays.names(beside: name.report.path))
      let expected = near.map { quoted($0) } ?? "an iCalendar file (*.ics) below the directory of this file"
      return name.error("no file \(quoted(text)), expected \(expected)")
    }
    var found = file.busy
    if region.transparentHolidays { found.add(file.free) }
    if !region.transparentHolidays, !file.free.isEmpty, file.busy.isEmpty {
      name.warn(
        "all events of \(quoted(text)) are marked as free time and close nothing, expected transparentHolidays: true"
      )
    }
    region.importedHolidays = Set(region.importedHolidays).union(found.days).sorted()
    region.importedClosures += found.closures
  }

  private static func hours(_ cursor: Cursor) -> [Int: [CalendarPolicy.Hours]] {
    guard let fields = cursor.fields(.hours) else { return [:] }
    var hours: [Int: [CalendarPolicy.Hours]] = [:]
    for (index, day) in Shape.weekdays.enumerated() {
      if let cursor = fields[day] { hours[index + 1] = cursor.windows() }
    }
    return hours
  }

  private static func exceptions(_ cursor: Cursor) -> [CivilDate: [CalendarPolicy.Hours]] {
    var exceptions: [CivilDate: [CalendarPolicy.Hours]] = [:]
    for entry in cursor.entries() ?? [] {
      let hours = entry.value.windows()
      if let date = CivilDate(entry.key) {
        exceptions[date] = hours
      } else {
        entry.keyError("\(quoted(entry.key)) is no date, expected YYYY-MM-DD")
      }
    }
    return exceptions
  }

  private static func freeze(_ cursor: Cursor) -> CalendarPolicy.Freeze? {
    guard let fields = cursor.fields(.freeze) else { return nil }
    let from = fields["from"]?.boundary()
    let until = fields["until"]?.boundary()
    _ = fields["reason"]?.text("a reason")
    guard let from, let until else { return nil }
    if from.utcStart >= until.utcStart {
      fields["until"]?.error("the end \(until) is not after the start \(from), expected a later moment")
    }
    return CalendarPolicy.Freeze(from: from, until: until)
  }
}

extension CalendarPolicy.Boundary {
  /// The moment, with a day taken in UTC: near enough to tell a swapped pair.
  fileprivate var utcStart: Instant {
    switch self {
    case .date(let date): Instant(startOf: date)
    case .instant(let instant): instant
    }
  }
}

extension Cursor {
  fileprivate func boundary() -> CalendarPolicy.Boundary? {
    if case .string(let text) = node.value, let date = CivilDate(text) { return .date(date) }
    return instant().map { .instant($0) }
  }

  /// The hours of a day.
  fileprivate func windows() -> [CalendarPolicy.Hours] { atMost(24)?.list { $0.hours() } ?? [] }

  /// `UTC` or an `Area/Location` that there is data for.
  fileprivate func timeZone(_ hasZone: (String) -> Bool) -> String? {
    let expected = "\"UTC\" or an IANA name such as \"Europe/Berlin\""
    guard let text = string(expected) else { return nil }
    guard TimeZones.isName(text) else {
      error("\(quoted(text)) is no time zone, expected \(expected)")
      return nil
    }
    guard hasZone(text) else {
      error(ZoneNames.complaint(about: text))
      return nil
    }
    return text
  }

  /// `09:00-17:00`; an end before the start lies on the next day.
  fileprivate func hours() -> CalendarPolicy.Hours? {
    let expected = "hours such as \"09:00-17:00\""
    guard let text = string(expected) else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let from = minutes(ends[0]), let until = minutes(ends[1]), from < 1440 else {
      error("\(quoted(text)) are no hours, expected \(expected), from 00:00 to 24:00")
      return nil
    }
    guard from != until else {
      error("\(quoted(text)) is no time at all, expected an end after the start")
      return nil
    }
    return CalendarPolicy.Hours(from: from, until: until > from ? until : until + 1440)
  }

  /// `HH:MM` as minutes since midnight, `24:00` included.
  private func minutes(_ text: Substring) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
    let digits = [bytes[0], bytes[1], bytes[3], bytes[4]]
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let values = digits.map { Int($0 - 0x30) }
    let hour = values[0] * 10 + values[1]
    let minute = values[2] * 10 + values[3]
    guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else { return nil }
    return hour * 60 + minute
  }
}
