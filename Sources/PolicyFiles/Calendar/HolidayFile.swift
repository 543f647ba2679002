import Facts
import Rules

/// What an iCalendar file closes.
struct Holidays {
  /// Whole days, by the zone of whichever calendar uses them.
  var days: Set<CivilDate> = []
  /// Parts of days.
  var closures: [CalendarPolicy.Closure] = []
}

/// Reads an iCalendar file of holidays: the part of RFC 5545 that closed days need, and nothing by half.
///
/// Events of whole days close these days, events with times close the time between. Cancelled events close nothing.
/// Time zones are IANA names; VTIMEZONE is not read. Whatever cannot be understood is an error at its line.
struct HolidayFile {
  /// The largest file, in bytes.
  static let sizeLimit = 4 << 20
  /// The most events in a file.
  static let eventLimit = 50_000
  /// The most closed days and stretches in a file.
  static let closureLimit = 200_000
  /// The most days that an event may last.
  static let lengthLimit: Int64 = 366
  /// The deepest nesting of components.
  private static let depthLimit = 16

  /// From events that take up time.
  private(set) var busy = Holidays()
  /// From events that are marked as free time.
  private(set) var free = Holidays()

  private let report: FileReport
  private let hasZone: (String) -> Bool
  private var events: [CalendarEvent] = []
  /// Days that rules may still look at.
  private var budget = 4_000_000
  private var closures = 0
  private var tables: [String: ZoneTable] = [:]

  /// Adds every problem to the report.
  init(_ bytes: [UInt8], _ report: FileReport, hasZone: @escaping (String) -> Bool) {
    self.report = report
    self.hasZone = hasZone
    guard bytes.count <= Self.sizeLimit else {
      report.add(.error, "the file is too large, expected at most \(Self.sizeLimit) bytes", at: 0, trail: nil)
      return
    }
    if readEvents(bytes) { expandEvents() }
  }

  // MARK: Components

  /// False when the file is so broken that its events are not worth reading.
  private mutating func readEvents(_ bytes: [UInt8]) -> Bool {
    var lines = ContentLines(bytes)
    var open: [(name: String, offset: Int)] = []
    var event: EventReader?
    var hasCalendar = false
    while let reading = lines.next() {
      guard case .line(let line) = reading else {
        if case .flaw(let words, let offset) = reading { report.add(.error, words, at: offset, trail: nil) }
        return false
      }
      let name = line.text.uppercased()
      switch line.name {
      case "BEGIN":
        guard open.count < Self.depthLimit else { return fail(line, "too many components within each other") }
        open.append((name, line.offset))
        if open.count == 1 {
          guard name == "VCALENDAR" else {
            return fail(line, "found \(quoted(name)), expected BEGIN:VCALENDAR")
          }
          hasCalendar = true
        } else if name == "VEVENT", open.count == 2 {
          guard events.count < Self.eventLimit else {
            return fail(line, "too many events, expected at most \(Self.eventLimit)")
          }
          event = EventReader(at: line.offset, report, hasZone: hasZone)
        }
      case "END":
        guard open.last?.name == name else {
          return fail(
            line, "END:\(quoted(name)), expected the end of \(quoted(open.last?.name ?? "nothing"))")
        }
        open.removeLast()
        if open.count == 1, var finished = event {
          events.append(finished.finish())
          event = nil
        }
      case "CALSCALE" where open.count == 1 && name != "GREGORIAN":
        return fail(line, "calendar scale \(quoted(name)) is not supported, expected GREGORIAN")
      default:
        guard !open.isEmpty else { return fail(line, "found \(quoted(line.name)), expected BEGIN:VCALENDAR") }
        // Lines of an alarm within an event are not the event's own.
        if open.count == 2 { event?.take(line) }
      }
    }
    if let last = open.last {
      report.add(
        .error, "\(quoted(last.name)) without end, expected END:\(last.name)", at: last.offset, trail: nil)
      return false
    }
    if !hasCalendar { report.add(.error, "an empty file, expected BEGIN:VCALENDAR", at: 0, trail: nil) }
    return hasCalendar
  }

  private func fail(_ line: ContentLine, _ message: String) -> Bool {
    report.add(.error, message, at: line.offset, trail: nil)
    return false
  }

  // MARK: Repetition

  private mutating func expandEvents() {
    var replaced: [[UInt8]: [EventTime]] = [:]
    for event in events {
      if let instance = event.replaced { replaced[event.uid, default: []].append(instance.time) }
    }
    for event in events where !event.isBroken {
      guard budget > 0, closures <= Self.closureLimit else { return }
      if event.isCancelled { continue }
      let isMaster = event.replaced == nil
      expand(event, without: isMaster ? replaced[event.uid] ?? [] : [])
    }
  }

  private mutating func expand(_ event: CalendarEvent, without replaced: [EventTime]) {
    guard let start = event.start?.time else { return }
    var times = [start]
    for rule in event.rules {
      guard let found = days(of: rule, event, start) else { return }
      times += found.dropFirst(found.first == start ? 1 : 0)
    }
    times += event.additions.map(\.time)
    let known = Set(times)
    var removed = Set(replaced.map { asClock($0, of: start) })
    for exclusion in event.exclusions {
      let time = asClock(exclusion.time, of: start)
      removed.insert(time)
      if known.contains(time) { continue }
      report.add(
        .warning, "EXDATE names no day of this event, expected one of them", at: exclusion.offset, trail: nil)
    }
    var seen: Set<EventTime> = []
    for time in times where seen.insert(time).inserted && !removed.contains(time) {
      close(time, event, start)
    }
    checkLimits(event)
  }

  /// The same moment by the clock of the event's start.
  private mutating func asClock(_ time: EventTime, of start: EventTime) -> EventTime {
    guard let zone = start.zone, let other = time.zone, zone != other, let mine = table(zone),
      let theirs = table(other)
    else { return time }
    let moment = theirs.instant(ofWall: time.wall)
    return EventTime(isDate: false, wall: mine.wallSeconds(at: moment), zone: zone)
  }

  /// The built-in table is near enough to tell one instance of an event from another.
  private mutating func table(_ name: String) -> ZoneTable? {
    if let known = tables[name] { return known }
    tables[name] = TimeZones.builtIn[name]
    return tables[name]
  }

  private func checkLimits(_ event: CalendarEvent) {
    if closures > Self.closureLimit {
      report.add(
        .error, "too many closed days, expected at most \(Self.closureLimit) in a file", at: event.offset,
        trail: nil)
    } else if budget <= 0 {
      report.add(
        .error, "rules that take too long, expected fewer or simpler ones", at: event.offset, trail: nil)
    }
  }

  /// The times of a rule; nil when it was refused.
  private mutating func days(
    of rule: CalendarEvent.Rule, _ event: CalendarEvent, _ start: EventTime
  ) -> [EventTime]? {
    do throws(RecurrenceRule.Flaw) {
      let parsed = try RecurrenceRule(rule.text)
      var last: Int64?
      if let until = parsed.until { last = try lastDay(until, start) }
      let days = try parsed.days(from: start.day, last: last, budget: &budget)
      if days.first != start.day {
        report.add(
          .warning,
          "DTSTART is no day of its own rule, expected a rule that includes it; the day counts all the same",
          at: rule.offset, trail: nil)
      }
      return days.map { start.advanced(by: ($0 - start.day) * 86_400) }
    } catch {
      report.add(.error, "rule: \(error.words)", at: rule.offset, trail: nil)
      return nil
    }
  }

  /// The last day on which the event may begin by UNTIL, whose kind must be that of the start.
  private mutating func lastDay(_ text: [UInt8], _ start: EventTime) throws(RecurrenceRule.Flaw) -> Int64 {
    let shown = quoted(String(decoding: text, as: UTF8.self))
    guard var until = EventTime(text, zone: start.zone) else {
      throw RecurrenceRule.Flaw(words: "UNTIL=\(shown) is no time, expected one such as 20261224")
    }
    guard until.isDate == start.isDate, start.zone != nil || until.zone == nil else {
      throw RecurrenceRule.Flaw(
        words: "UNTIL=\(shown) is of another kind than DTSTART, expected the same kind")
    }
    until = asClock(until, of: start)
    let isLater = until.wall - until.day * 86_400 >= start.wall - start.day * 86_400
    return isLater ? until.day : until.day - 1
  }

  // MARK: Closing

  private mutating func close(_ time: EventTime, _ event: CalendarEvent, _ start: EventTime) {
    var found = Holidays()
    let shift = time.wall - start.wall
    if time.isDate {
      let length = event.end.map { $0.time.day - start.day } ?? event.duration?.days ?? 1
      guard length <= Self.lengthLimit else {
        report.add(
          .error, "an event of \(length) days, expected at most \(Self.lengthLimit)", at: event.offset,
          trail: nil)
        return
      }
      for day in time.day..<(time.day + max(length, 0)) { found.days.insert(CivilDate(daysSinceEpoch: day)) }
    } else if let end = event.end?.time {
      found.closures = [
        CalendarPolicy.Closure(from: time.wallTime, until: end.advanced(by: shift).wallTime)
      ]
    } else if let duration = event.duration {
      found.closures = [
        CalendarPolicy.Closure(
          from: time.wallTime, until: time.advanced(by: duration.days * 86_400).wallTime,
          extraSeconds: duration.seconds)
      ]
    }
    closures += found.days.count + found.closures.count
    if event.isTransparent { free.add(found) } else { busy.add(found) }
  }
}

extension Holidays {
  var isEmpty: Bool { days.isEmpty && closures.isEmpty }

  mutating func add(_ other: Holidays) {
    days.formUnion(other.days)
    closures += other.closures
  }
}
