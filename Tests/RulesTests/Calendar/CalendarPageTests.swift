import Facts
import Testing

@testable import Rules

/// Every number of the page on calendars.
@Suite struct CalendarPageTests {
  private static let berlin = CalendarPolicy(
    name: "berlin",
    kind: .region(
      CalendarPolicy.Region(
        timeZone: "Europe/Berlin", hours: weekdays(window(0900, 1700)),
        holidays: ["2026-12-25", "2027-01-01"].compactMap { CivilDate($0) },
        exceptions: CivilDate("2026-12-24").map { [$0: [window(0900, 1200)]] } ?? [:])))
  private static let austin = CalendarPolicy(
    name: "austin",
    kind: .region(CalendarPolicy.Region(timeZone: "America/Chicago", hours: weekdays(window(0900, 1700)))))
  private static let tokyo = CalendarPolicy(
    name: "tokyo",
    kind: .region(CalendarPolicy.Region(timeZone: "Asia/Tokyo", hours: weekdays(window(0900, 1800)))))

  private let calendars = WorkingCalendars(
    [berlin, austin, tokyo, CalendarPolicy(name: "global", kind: .union(["berlin", "austin"]))],
    zones: .builtIn)

  private func named(_ name: String) throws -> WorkingCalendar { try #require(calendars[name]) }

  @Test func `works around Christmas`() throws {
    let berlin = try named("berlin")
    let start = at("2026-12-23T16:00:00+01:00")
    #expect(berlin.due(from: start, after: 28_800) == at("2026-12-28T13:00:00+01:00"))
    #expect(berlin.elapsed(from: start, to: at("2026-12-28T13:00:00+01:00")) == 28_800)
    #expect(berlin.endOfBusinessDay(2, after: start) == at("2026-12-28T17:00:00+01:00"))
  }

  @Test func `is due on Friday evening and breached on Monday morning`() throws {
    let berlin = try named("berlin")
    let start = at("2026-11-20T16:00:00+01:00")
    #expect(berlin.due(from: start, after: 3600) == at("2026-11-20T17:00:00+01:00"))
    #expect(berlin.breaches(from: start, after: 3600) == at("2026-11-23T09:00:00+01:00"))
    #expect(berlin.elapsed(from: start, to: at("2026-11-21T12:00:00+01:00")) == 3600)
    #expect(berlin.elapsed(from: start, to: at("2026-11-23T09:00:01+01:00")) == 3601)
  }

  @Test func `joins regions by moments and not by sums`() throws {
    let (from, to) = (at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"))
    #expect(try named("berlin").elapsed(from: from, to: to) == 28_800)
    #expect(try named("austin").elapsed(from: from, to: to) == 28_800)
    #expect(try named("global").elapsed(from: from, to: to) == 54_000)
    #expect(try named("global").endOfBusinessDay(1, after: from) == at("2026-11-24T17:00:00-06:00"))
  }

  @Test func `follows the sun from Tokyo to Los Angeles`() {
    let regions = [
      ("Asia/Tokyo", 0900, 1800), ("Europe/London", 0900, 1800), ("America/Los_Angeles", 0900, 1800),
    ]
    let members = regions.map { working(in: $0.0, weekdays(window($0.1, $0.2))) }
    let union = WorkingCalendar(name: "sun", unionOf: members)
    for (from, hours, sum) in [("2026-07-13T00:00:00Z", 120, 134), ("2026-01-12T00:00:00Z", 120, 133)]
      as [(String, Int64, Int64)]
    {
      // Monday to Friday in UTC, from midnight to midnight.
      let end = at(from).advanced(by: 5 * 86_400)
      #expect(union.elapsed(from: at(from), to: end) == hours * 3600)
      #expect(members.reduce(0) { $0 + $1.elapsed(from: at(from), to: end) } == sum * 3600)
    }
  }

  @Test func `names a union's days by its members' dates, and leaves out what cannot be resolved`() throws {
    let first = CalendarPolicy(name: "a", kind: .union(["b", "nowhere", "tokyo"]))
    let circle = CalendarPolicy(name: "b", kind: .union(["a"]))
    let open = CalendarPolicy(name: "c", kind: .union(["tokyo", "24x7"]))
    let all = WorkingCalendars([first, circle, open, Self.tokyo], zones: .builtIn)
    let start = at("2026-11-23T12:00:00Z")
    let tokyo = try #require(all["tokyo"])
    #expect(all["a"]?.endOfBusinessDay(1, after: start) == tokyo.endOfBusinessDay(1, after: start))
    #expect(all["c"]?.elapsed(from: start, to: start.advanced(by: 999_999)) == 999_999)
    #expect(all["24x7"]?.name == "24x7" && all["nowhere"] == nil)
  }

  @Test func `takes closed stretches out by the clock of their zone`() throws {
    var region = CalendarPolicy.Region(timeZone: "Europe/Berlin", hours: weekdays(window(0900, 1700)))
    region.importedHolidays = ["2026-11-24"].compactMap { CivilDate($0) }
    region.importedClosures = [
      // Noon in Berlin until 15:30 in London, and a minute.
      .init(
        from: .init(seconds: at("2026-11-23T12:00:00Z").seconds),
        until: .init(seconds: at("2026-11-23T15:30:00Z").seconds, timeZone: "Europe/London"), extraSeconds: 60
      )
    ]
    region.freezes = try [
      .init(from: .date(#require(CivilDate("2026-11-25"))), until: .date(#require(CivilDate("2026-11-26"))))
    ]
    let calendar = WorkingCalendar(name: "", region, zones: .builtIn)
    let week = (at("2026-11-23T00:00:00+01:00"), at("2026-11-27T00:00:00+01:00"))
    #expect(
      calendar.windows(from: week.0, to: week.1).map { "\($0.0) \($0.1)" } == [
        "2026-11-23T08:00:00Z 2026-11-23T11:00:00Z", "2026-11-23T15:31:00Z 2026-11-23T16:00:00Z",
        "2026-11-26T08:00:00Z 2026-11-26T16:00:00Z",
      ])
    #expect(calendar.endOfBusinessDay(1, after: week.0) == at("2026-11-26T17:00:00+01:00"))
    #expect(
      calendar.endOfBusinessDay(1, after: at("2026-11-22T12:00:00Z")) == at("2026-11-23T17:00:00+01:00"))
  }

  @Test func `is closed outside the years that it was worked out for`() {
    let some = WorkingCalendars([Self.berlin], zones: .builtIn, years: 2026...2027)["berlin"]
    let (from, to) = (at("2025-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"))
    #expect(some?.nextOpening(from: from) == at("2026-01-01T09:00:00+01:00"))
    #expect(some?.elapsed(from: at("2028-01-01T00:00:00Z"), to: to) == 0)
  }
}
