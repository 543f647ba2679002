import Facts
import Testing

struct InstantTextTests {
  /// Seconds as `date -u -d @N +%Y-%m-%dT%H:%M:%SZ` writes them.
  static let known: [(Int64, String)] = [
    (0, "1970-01-01T00:00:00Z"),
    (-1, "1969-12-31T23:59:59Z"),
    (1_704_067_200, "2024-01-01T00:00:00Z"),
    (951_782_400, "2000-02-29T00:00:00Z"),
    (1_709_251_199, "2024-02-29T23:59:59Z"),
    (-2_203_891_200, "1900-03-01T00:00:00Z"),
    (-2_203_891_201, "1900-02-28T23:59:59Z"),
    (2_147_483_648, "2038-01-19T03:14:08Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"),
    (-62_135_596_800, "0001-01-01T00:00:00Z"),
    (-62_167_219_200, "0000-01-01T00:00:00Z"),
  ]

  @Test(arguments: known)
  func `writes and reads known moments`(seconds: Int64, text: String) {
    #expect(Instant(seconds: seconds).rfc3339 == text)
    #expect(Instant(text: text) == Instant(seconds: seconds))
  }

  @Test(arguments: [253_402_300_800, -62_167_219_201, Int64.max, Int64.min, Int64.max - 86_399])
  func `writes moments beyond four-digit years as seconds and reads them back`(seconds: Int64) {
    #expect(Instant(seconds: seconds).rfc3339 == "@\(seconds)")
    #expect(Instant(text: "@\(seconds)") == Instant(seconds: seconds))
  }

  @Test(arguments: [
    ("2026-03-01T01:30:00+02:00", "2026-02-28T23:30:00Z"),
    ("2026-02-28T20:00:00-05:30", "2026-03-01T01:30:00Z"),
    ("2026-03-01T09:00:00-00:00", "2026-03-01T09:00:00Z"),
    ("2026-03-01t09:00:00z", "2026-03-01T09:00:00Z"),
    ("2026-03-01T09:00:00.987654321Z", "2026-03-01T09:00:00Z"),
    ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59Z"),
    ("2026-03-01", "2026-03-01T00:00:00Z"),
    ("@-1", "1969-12-31T23:59:59Z"),
  ])
  func `reads offsets, fractions, days and seconds`(text: String, same: String) {
    #expect(Instant(text: text)?.rfc3339 == same)
  }

  @Test(arguments: [
    "", " ", "2026", "2026-3-01", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
    "2026-01-00", "2026-04-31", "+2026-01-01", "2026-01-01 ", " 2026-01-01", "2026-01-01T", "2026-01-01Z",
    "2026-01-01T10:00Z", "2026-01-01T10:00:00", "2026-01-01T24:00:00Z", "2026-01-01T23:59:60Z",
    "2026-01-01T10:60:00Z", "2026-01-01T10:00:00+2:00", "2026-01-01T10:00:00+0200",
    "2026-01-01T10:00:00+24:00", "2026-01-01T10:00:00+02:60", "2026-01-01T10:00:00Zxx", "12026-01-01",
    "2026-01-01T10:00:00.Z", "2026-01-01 10:00:00Z", "2026-01-01T10:00:00,5Z", "@", "@-", "@1.5", "@+1",
    "@ 1", "@--1", "@9223372036854775808", "@-9223372036854775809", "２０２６-01-01",
    "2026-01-01T10:00:00+02:00Z",
  ])
  func `refuses what is no moment`(text: String) {
    #expect(Instant(text: text) == nil)
  }

  @Test func `agrees with day-by-day counting over eight hundred years`() throws {
    var date = try #require(CivilDate(year: 1599, month: 12, day: 31))
    for _ in 0..<292_194 {
      let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
      let isSameMonth = next.month == date.month && next.day == date.day + 1 && next.year == date.year
      let isNextMonth =
        next.day == 1 && CivilDate(year: date.year, month: date.month, day: date.day + 1) == nil
      guard isSameMonth || isNextMonth, next.weekday == date.weekday % 7 + 1 else {
        Issue.record("\(date) is followed by \(next)")
        return
      }
      date = next
    }
    #expect(date.description == "2399-12-31")
  }

  @Test(arguments: [
    ("1970-01-01", 4), ("2000-01-01", 6), ("2026-11-21", 6), ("1969-12-29", 1), ("2024-02-29", 4),
  ])
  func `knows weekdays`(date: String, weekday: Int) {
    #expect(CivilDate(date)?.weekday == weekday)
  }

  @Test func `holds days at the ends of the range of seconds`() {
    #expect(CivilDate(daysSinceEpoch: Int64.max / 86_400).year == 292_277_026_596)
    #expect(CivilDate(daysSinceEpoch: .max).year > 0)
    #expect(CivilDate(daysSinceEpoch: .min).year < 0)
    #expect(Instant(startOf: CivilDate(daysSinceEpoch: .max)).seconds == .max)
    #expect(Instant(startOf: CivilDate(daysSinceEpoch: .min)).seconds == .min)
    #expect(Instant(seconds: .min).utcDate < Instant(seconds: .max).utcDate)
  }
}
