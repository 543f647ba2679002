/// An event of an iCalendar file, before its repetitions are worked out.
struct CalendarEvent {
  /// A rule and where it stands.
  struct Rule {
    var text: [UInt8]
    var offset: Int
  }

  /// A time and where it stands.
  struct Dated {
    var time: EventTime
    var offset: Int
  }

  /// Where the event begins in the file.
  var offset: Int
  var uid: [UInt8] = []
  var start: Dated?
  var end: Dated?
  var duration: EventDuration?
  var rules: [Rule] = []
  var additions: [Dated] = []
  var exclusions: [Dated] = []
  /// The instance that this event stands in for.
  var replaced: Dated?
  var isCancelled = false
  var isTransparent = false
  /// Whether a part of it could not be read; the rest is then of no use.
  var isBroken = false
}

/// Reads the lines of one event and reports what is wrong with them.
struct EventReader {
  private(set) var event: CalendarEvent
  private let report: FileReport
  private let hasZone: (String) -> Bool

  init(at offset: Int, _ report: FileReport, hasZone: @escaping (String) -> Bool) {
    event = CalendarEvent(offset: offset)
    self.report = report
    self.hasZone = hasZone
  }

  /// Takes a line of the event itself; names that closing days do not need are passed over.
  mutating func take(_ line: ContentLine) {
    switch line.name {
    case "UID": event.uid = line.value
    case "DTSTART": event.start = once(line, event.start) ?? event.start
    case "DTEND": event.end = once(line, event.end) ?? event.end
    case "DURATION": duration(line)
    case "RRULE": event.rules.append(CalendarEvent.Rule(text: line.value, offset: line.offset))
    case "RDATE": event.additions += list(line)
    case "EXDATE": event.exclusions += list(line)
    case "EXRULE": fail(line, "EXRULE is not supported, expected EXDATE")
    case "RECURRENCE-ID":
      if line.parameters["RANGE"] != nil {
        fail(line, "RECURRENCE-ID with RANGE is not supported, expected one event for each change")
      }
      event.replaced = once(line, event.replaced)
    case "STATUS": event.isCancelled = line.text.uppercased() == "CANCELLED"
    case "TRANSP": event.isTransparent = line.text.uppercased() == "TRANSPARENT"
    default: break
    }
  }

  /// Checks what only the whole event shows.
  mutating func finish() -> CalendarEvent {
    guard let start = event.start else {
      if !event.isBroken { fail(at: event.offset, "an event without DTSTART, expected its first day") }
      return event
    }
    if let end = event.end {
      if event.duration != nil { fail(at: end.offset, "DTEND beside DURATION, expected one of them") }
      if end.time.isDate != start.time.isDate {
        fail(at: end.offset, "DTEND and DTSTART are not of the same kind, expected two days or two times")
      } else if end.time.zone == start.time.zone, end.time.wall <= start.time.wall {
        fail(at: end.offset, "the end is not after the start, expected a later one")
      }
    }
    if let duration = event.duration, start.time.isDate, duration.seconds != 0 {
      fail(at: start.offset, "a length in hours for an event of whole days, expected one such as P1D")
    }
    return event
  }

  private mutating func duration(_ line: ContentLine) {
    event.duration = EventDuration(line.value)
    if event.duration == nil {
      fail(line, "\(quoted(line.text)) is no length, expected one such as P1D or PT8H")
    }
  }

  private mutating func once(_ line: ContentLine, _ earlier: CalendarEvent.Dated?) -> CalendarEvent.Dated? {
    if earlier != nil { fail(line, "\(line.name) is given twice, expected it once") }
    return time(line.value, line)
  }

  private mutating func list(_ line: ContentLine) -> [CalendarEvent.Dated] {
    line.value.split(separator: UInt8(ascii: ",")).compactMap { time(Array($0), line) }
  }

  private mutating func time(_ value: [UInt8], _ line: ContentLine) -> CalendarEvent.Dated? {
    let isDate = line.parameters["VALUE"]?.uppercased() == "DATE"
    if line.parameters["VALUE"]?.uppercased() == "PERIOD" {
      fail(line, "\(line.name) with periods is not supported, expected days or times")
      return nil
    }
    let zone = zone(line)
    guard let time = EventTime(value, zone: zone), !isDate || time.isDate else {
      let expected = isDate ? "20261224" : "20261224 or 20261224T180000Z"
      fail(
        line, "\(quoted(String(decoding: value, as: UTF8.self))) is no time, expected one such as \(expected)"
      )
      return nil
    }
    return CalendarEvent.Dated(time: time, offset: line.offset)
  }

  /// The IANA name of the line's TZID; what VTIMEZONE says of it is not read.
  private mutating func zone(_ line: ContentLine) -> String? {
    guard let name = line.parameters["TZID"] else { return nil }
    if ZoneNames.isKnown(name, hasZone) { return name }
    fail(line, ZoneNames.complaint(about: name))
    return nil
  }

  private mutating func fail(_ line: ContentLine, _ message: @autoclosure () -> String) {
    fail(at: line.offset, message())
  }

  private mutating func fail(at offset: Int, _ message: @autoclosure () -> String) {
    event.isBroken = true
    report.add(.error, message(), at: offset, trail: nil)
  }
}
