import Facts
import PolicyFiles
import Rules
import Testing

private func wall(_ text: String, _ zone: String?) -> CalendarPolicy.WallTime {
  CalendarPolicy.WallTime(seconds: Instant(text: text)?.seconds ?? .min, timeZone: zone)
}

@Suite struct HolidayFileTests {
  @Test(arguments: [
    (["DTSTART;VALUE=DATE:20241224"], ["2024-12-24"]),
    (
      ["DTSTART;VALUE=DATE:20241224", "DTEND;VALUE=DATE:20241227"],
      ["2024-12-24", "2024-12-25", "2024-12-26"]
    ),
    (["DTSTART;VALUE=DATE:20241224", "DURATION:P3D"], ["2024-12-24", "2024-12-25", "2024-12-26"]),
    (["DTSTART:20241224", "duration:P1D"], ["2024-12-24"]),
    (
      ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;UNTIL=20310101"], ["2024-02-29", "2028-02-29"]
    ),
    (
      ["DTSTART;VALUE=DATE:20241128", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=5"],
      ["2024-11-28", "2025-11-27", "2026-11-26", "2027-11-25", "2028-11-23"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240527", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=5"],
      ["2024-05-27", "2025-05-26", "2026-05-25", "2027-05-31", "2028-05-29"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=YEARLY;UNTIL=20260101"],
      ["2024-01-01", "2025-01-01", "2026-01-01"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=YEARLY;COUNT=4", "EXDATE;VALUE=DATE:20250101"],
      ["2024-01-01", "2026-01-01", "2027-01-01"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240131", "RRULE:FREQ=MONTHLY;COUNT=5"],
      ["2024-01-31", "2024-03-31", "2024-05-31", "2024-07-31", "2024-08-31"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240131", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"],
      ["2024-01-31", "2024-02-29", "2024-03-31"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240105", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU;WKST=SU;COUNT=4"],
      ["2024-01-05", "2024-01-14", "2024-01-19", "2024-01-28"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=DAILY;INTERVAL=10;BYMONTH=1;COUNT=4"],
      ["2024-01-01", "2024-01-11", "2024-01-21", "2024-01-31"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240131", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"],
      ["2024-01-31", "2024-02-29", "2024-03-29"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240513", "RRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=2"], ["2024-05-13", "2025-05-19"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240913", "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3"],
      ["2024-09-13", "2024-12-13", "2025-06-13"]
    ),
    (
      ["DTSTART;VALUE=DATE:20240101", "RDATE;VALUE=DATE:20240301,20240401"],
      ["2024-01-01", "2024-03-01", "2024-04-01"]
    ),
    (["DTSTART;VALUE=DATE:20240101", "STATUS:CANCELLED"], []),
    (["DTSTART:20240101T090000Z"], []),
  ])
  func `closes the days of an event`(lines: [String], days: [String]) {
    let all = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT", "END:VCALENDAR", ""]
    let found = HolidayImport(Array(all.joined(separator: "\n").utf8))
    #expect(found.problems.isEmpty)
    #expect(found.days == days)
    #expect(found.closures.isEmpty)
  }

  @Test func `closes the time between two times, by the clock of each`() {
    let berlin = HolidayImport(event: "DTSTART;TZID=Europe/Berlin:20241224T120000", "DTEND:20241224T170000Z")
    #expect(
      berlin.closures == [
        .init(from: wall("2024-12-24T12:00:00Z", "Europe/Berlin"), until: wall("2024-12-24T17:00:00Z", "UTC"))
      ])
    let floating = HolidayImport(
      event: "DTSTART:20241224T220000", "DURATION:P1DT8H", "RRULE:FREQ=YEARLY;UNTIL=20251224T220000")
    #expect(
      floating.closures == [
        .init(
          from: wall("2024-12-24T22:00:00Z", nil), until: wall("2024-12-25T22:00:00Z", nil),
          extraSeconds: 28_800),
        .init(
          from: wall("2025-12-24T22:00:00Z", nil), until: wall("2025-12-25T22:00:00Z", nil),
          extraSeconds: 28_800),
      ])
    #expect(berlin.problems.isEmpty && floating.problems.isEmpty)
  }

  @Test func `takes an exception in UTC for the same moment elsewhere`() {
    let found = HolidayImport(
      event: "DTSTART;TZID=America/New_York:20240101T090000", "DTEND;TZID=America/New_York:20240101T100000",
      "RRULE:FREQ=DAILY;UNTIL=20240103T140000Z", "EXDATE:20240102T140000Z")
    #expect(found.problems.isEmpty)
    #expect(found.closures.map(\.from.seconds) == [1_704_099_600, 1_704_272_400])
  }

  @Test func `lets an event stand in for one instance of another`() {
    let file = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:x
      RECURRENCE-ID;VALUE=DATE:20250101
      DTSTART;VALUE=DATE:20250102
      END:VEVENT
      BEGIN:VEVENT
      UID:x
      DTSTART;VALUE=DATE:20240101
      RRULE:FREQ=YEARLY;COUNT=3
      END:VEVENT
      BEGIN:VEVENT
      UID:x
      RECURRENCE-ID;VALUE=DATE:20260101
      DTSTART;VALUE=DATE:20260101
      STATUS:CANCELLED
      END:VEVENT
      END:VCALENDAR
      """
    let found = HolidayImport(Array(file.utf8))
    #expect(found.problems.isEmpty)
    #expect(found.days == ["2024-01-01", "2025-01-02"])
  }

  @Test func `closes days of free time only when asked to, and says when that leaves nothing`() {
    let lines = ["DTSTART;VALUE=DATE:20240101", "TRANSP:TRANSPARENT"]
    let plain = HolidayImport(event: lines[0], lines[1])
    #expect(plain.days.isEmpty)
    #expect(
      plain.problems == [
        #"service-levels.json5:2:18: warning: at calendars.a.holidayFiles[0]: all events of "a.ics" are marked as "#
          + "free time and close nothing, expected transparentHolidays: true"
      ])
    let asked = HolidayImport(event: lines[0], lines[1], transparent: true)
    #expect(asked.days == ["2024-01-01"] && asked.problems.isEmpty)
  }

  @Test func `joins folded lines as bytes, and passes over what it does not know`() {
    let file =
      "begin:vcalendar\r\nX-NAME;X=\"a:b;c\":ä\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\n"
      + "DTSTART:16010101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nSUMMARY:"
    var bytes = Array(file.utf8) + [0xC3] + Array("\r\n ".utf8) + [0xA4]
    bytes += Array(
      "\r\nDTST\r\n\tART;VALUE=DATE:2024\r\n 0101\r\nBEGIN:VALARM\r\nDTSTART:never\r\nEND:VALARM\r\n".utf8)
    bytes += Array("END:VEVENT\r\nEND:VCALENDAR\r\n".utf8)
    let found = HolidayImport(bytes)
    #expect(found.problems.isEmpty)
    #expect(found.days == ["2024-01-01"])
  }

  @Test func `counts a start that its own rule does not name, and warns`() {
    let found = HolidayImport(
      event: "DTSTART;VALUE=DATE:20240102", "RRULE:FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=1;COUNT=3")
    #expect(found.days == ["2024-01-02", "2025-01-01", "2026-01-01", "2027-01-01"])
    #expect(
      found.problems == [
        "a.ics:6:1: warning: DTSTART is no day of its own rule, expected a rule that includes it; the day counts "
          + "all the same"
      ])
  }

  @Test func `keeps to its limits`() {
    #expect(
      HolidayImport([UInt8](repeating: 0x20, count: (4 << 20) + 1)).problems == [
        "a.ics:1:1: the file is too large, expected at most 4194304 bytes"
      ])
    let long = "BEGIN:VCALENDAR\nX:" + String(repeating: "a\n ", count: 70_000) + "\nEND:VCALENDAR\n"
    #expect(
      HolidayImport(Array(long.utf8)).problems == [
        "a.ics:2:1: a line that is too long, expected at most 65536 bytes"
      ])
    let many = String(repeating: "BEGIN:VEVENT\nDTSTART:20240101\nEND:VEVENT\n", count: 50_001)
    #expect(
      HolidayImport(Array("BEGIN:VCALENDAR\n\(many)END:VCALENDAR\n".utf8)).problems == [
        "a.ics:150002:1: too many events, expected at most 50000"
      ])
  }

  @Test(.timeLimit(.minutes(1))) func `gives up on rules that take too long`() {
    let event = "BEGIN:VEVENT\nDTSTART:20240101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
    let found = HolidayImport(
      Array("BEGIN:VCALENDAR\n\(String(repeating: event, count: 500))END:VCALENDAR\n".utf8))
    #expect(!found.isPolicy)
    #expect(found.problems.contains { $0.contains("rules that take too long") })
  }

  @Test func `survives any change to its bytes`() {
    let file = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:x
      DTSTART;TZID=Europe/Berlin:20240101T090000
      DTEND;TZID=Europe/Berlin:20240101T170000
      RRULE:FREQ=YEARLY;BYMONTH=1,2;BYDAY=1MO,-1FR;COUNT=30;INTERVAL=2
      EXDATE;TZID=Europe/Berlin:20260105T090000
      END:VEVENT
      BEGIN:VEVENT
      UID:y
      DTSTART;VALUE=DATE:20240229
      DURATION:P2D
      RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;BYSETPOS=1;UNTIL=20300101
      END:VEVENT
      END:VCALENDAR
      """
    var random = Damage(state: 55)
    var refused = 0
    for _ in 0..<3000 {
      var bytes = Array(file.utf8)
      for _ in 0...random.below(3) { bytes = random.damage(bytes) }
      let found = HolidayImport(bytes)
      if !found.isPolicy { refused += 1 }
      #expect(found.isPolicy || !found.problems.isEmpty)
    }
    #expect((500..<3000).contains(refused))
  }
}

/// Numbers that look random and are the same in every run (Knuth's linear congruence).
private struct Damage {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return [0x7B] }
    var bytes = bytes
    let at = below(bytes.count)
    let end = min(at + 1 + below(12), bytes.count)
    switch below(6) {
    case 0: bytes[at] = UInt8(below(256))
    case 1: bytes.removeSubrange(at..<end)
    case 2: bytes.insert(contentsOf: bytes[at..<end], at: below(bytes.count))
    case 3: bytes.insert(Array("=;:,\n\"\r -9T".utf8)[below(11)], at: at)
    case 4: bytes.removeSubrange(at...)
    default: bytes.swapAt(at, below(bytes.count))
    }
    return bytes
  }
}
