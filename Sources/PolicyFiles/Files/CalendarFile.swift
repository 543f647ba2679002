import Facts
import Rules

/// Reads the `calendars` of `service-levels.json5`.
enum CalendarFile {
  static func read(_ cursor: Cursor) -> [CalendarPolicy] {
    var unions: [(name: String, next: [String])] = []
    var calendars: [CalendarPolicy] = []
    var places: [String: Cursor] = [:]
    for entry in cursor.entries() ?? [] {
      if entry.key == ServiceLevels.alwaysOpen {
        entry.keyError("\(quoted(entry.key)) is built in, expected another name")
        continue
      }
      guard let name = entry.identifier(), let kind = kind(entry.value) else { continue }
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

  private static func kind(_ cursor: Cursor) -> CalendarPolicy.Kind? {
    guard let fields = cursor.fields(.calendar) else { return nil }
    guard let union = fields["union"] else { return region(fields, at: cursor).map { .region($0) } }
    let other = Shape.calendar.keys.first { $0 != "union" && fields[$0] != nil }
    if let other, let value = fields[other] {
      value.error("\(quoted(other)) beside \"union\", expected either a region or a union")
    }
    if union.isEmptyList { union.error("empty list, expected at least one calendar") }
    return .union(union.list { $0.reference(.calendar) })
  }

  private static func region(_ fields: Fields, at cursor: Cursor) -> CalendarPolicy.Region? {
    guard let zone = fields["timeZone"] else {
      cursor.error("missing key \"timeZone\", expected a zone such as \"Europe/Berlin\"")
      return nil
    }
    let region = CalendarPolicy.Region(
      timeZone: zone.timeZone() ?? "", hours: fields["hours"].map(hours) ?? [:],
      holidays: fields["holidays"]?.list { $0.date() } ?? [],
      holidayFiles: fields["holidayFiles"]?.list { $0.text("the name of an iCalendar file") } ?? [],
      exceptions: fields["exceptions"].map(exceptions) ?? [:],
      freezes: fields["freezes"]?.list(freeze) ?? [])
    if region.hours.values.allSatisfy(\.isEmpty), region.exceptions.values.allSatisfy(\.isEmpty) {
      cursor.warn("no hours on any day, expected some; nothing is ever due on this calendar")
    }
    return region
  }

  private static func hours(_ cursor: Cursor) -> [Int: [CalendarPolicy.Hours]] {
    guard let fields = cursor.fields(.hours) else { return [:] }
    var hours: [Int: [CalendarPolicy.Hours]] = [:]
    for (index, day) in Shape.weekdays.enumerated() {
      if let cursor = fields[day] { hours[index + 1] = cursor.list { $0.hours() } }
    }
    return hours
  }

  private static func exceptions(_ cursor: Cursor) -> [CivilDate: [CalendarPolicy.Hours]] {
    var exceptions: [CivilDate: [CalendarPolicy.Hours]] = [:]
    for entry in cursor.entries() ?? [] {
      let hours = entry.value.list { $0.hours() }
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

  /// `UTC` or `Area/Location`; whether the zone exists is told by whoever has the zone tables.
  ///
  /// Abbreviations are refused because they mislead: `BST` is Bangladesh to some libraries, London to others.
  fileprivate func timeZone() -> String? {
    let expected = "\"UTC\" or an IANA name such as \"Europe/Berlin\""
    guard let text = string(expected) else { return nil }
    let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isName =
      segments.count >= 2 && segments.count <= 3 && text.utf8.count <= 64
      && segments.allSatisfy { segment in
        !segment.isEmpty && segment.allSatisfy { Identifier.isLetterOrDigit($0) || "_+-".utf8.contains($0) }
      } && (0x41...0x5A).contains(text.utf8.first ?? 0)
    guard text == "UTC" || isName else {
      error("\(quoted(text)) is no time zone, expected \(expected)")
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
