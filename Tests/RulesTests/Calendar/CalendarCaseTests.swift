import Facts
import Testing

@testable import Rules

/// Hard cases of working time; every expected value was computed by an independent script on Python's zoneinfo.
@Suite struct CalendarCaseTests {
  private static let hour: Int64 = 3600
  private let office = working(weekdays(window(0900, 1700)))

  @Test func `carries what is left of Friday over to Monday`() {
    let calendar = working(weekdays(window(0800, 1700)))
    let due = calendar.due(from: at("2026-04-10T16:00:00-04:00"), after: 4 * Self.hour)
    #expect(due == at("2026-04-13T15:00:00Z"))
  }

  @Test func `is due at closing time but breached at the next opening`() {
    let start = at("2026-04-10T17:00:00-04:00")
    #expect(office.due(from: start, after: 8 * Self.hour) == at("2026-04-13T21:00:00Z"))
    #expect(office.breaches(from: start, after: 8 * Self.hour) == at("2026-04-14T13:00:00Z"))
  }

  @Test func `is due on Friday and breached on Monday when time runs out as the window closes`() {
    let start = at("2026-04-10T16:00:00-04:00")
    #expect(office.due(from: start, after: Self.hour) == at("2026-04-10T21:00:00Z"))
    #expect(office.breaches(from: start, after: Self.hour) == at("2026-04-13T13:00:00Z"))
    #expect(office.elapsed(from: start, to: at("2026-04-11T12:00:00Z")) == Self.hour)
  }

  @Test func `starts counting at the next opening`() {
    let start = at("2026-04-11T12:00:00-04:00")
    #expect(office.due(from: start, after: Self.hour) == at("2026-04-13T14:00:00Z"))
    #expect(office.due(from: start, after: 0) == start)
    #expect(office.breaches(from: start, after: 0) == at("2026-04-13T13:00:00Z"))
    #expect(office.nextOpening(from: start) == at("2026-04-13T13:00:00Z"))
    #expect(office.nextOpening(from: at("2026-04-13T13:30:00Z")) == at("2026-04-13T13:30:00Z"))
  }

  @Test func `loses an hour of a window that the clock jumps over`() {
    let calendar = working([7: [window(0100, 0400)]])
    let day = (at("2025-03-09T00:00:00-05:00"), at("2025-03-10T00:00:00-04:00"))
    #expect(calendar.elapsed(from: day.0, to: day.1) == 7200)
    #expect(calendar.due(from: day.0, after: 2 * Self.hour) == at("2025-03-09T08:00:00Z"))
    #expect(calendar.breaches(from: day.0, after: 2 * Self.hour) == at("2025-03-16T05:00:00Z"))
  }

  @Test func `gains the hour that the clock shows twice`() {
    let calendar = working([7: [window(0100, 0400)]])
    let day = (at("2025-11-02T00:00:00-04:00"), at("2025-11-03T00:00:00-05:00"))
    #expect(calendar.elapsed(from: day.0, to: day.1) == 14_400)
    #expect(calendar.due(from: day.0, after: 12_600) == at("2025-11-02T08:30:00Z"))
  }

  @Test func `has nothing of a window that lies in the hour left out`() {
    let calendar = working([7: [window(0200, 0300)]])
    let day = (at("2025-03-09T00:00:00-05:00"), at("2025-03-10T00:00:00-04:00"))
    #expect(calendar.elapsed(from: day.0, to: day.1) == 0)
    #expect(calendar.windows(from: day.0, to: day.1).isEmpty)
  }

  @Test func `begins a window at the jump when it was to begin within it`() {
    let calendar = working([7: [window(0230, 0400)]])
    #expect(calendar.elapsed(from: at("2025-03-09T05:00:00Z"), to: at("2025-03-10T04:00:00Z")) == 3600)
  }

  @Test func `counts an hour twice that happens twice`() {
    let calendar = working([7: [window(0100, 0200)]])
    #expect(calendar.elapsed(from: at("2025-11-02T04:00:00Z"), to: at("2025-11-03T05:00:00Z")) == 7200)
  }

  @Test(arguments: [
    ("America/New_York", "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", 82_800),
    ("America/New_York", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z", 90_000),
    ("Australia/Lord_Howe", "2025-10-04T13:30:00Z", "2025-10-05T13:00:00Z", 84_600),
  ])
  func `gives a whole day the length it has`(zone: String, from: String, to: String, seconds: Int64) {
    let calendar = working(in: zone, daily(window(0000, 2400)))
    #expect(calendar.elapsed(from: at(from), to: at(to)) == seconds)
    #expect(calendar.windows(from: at(from), to: at(to)).count == 1)
  }

  @Test func `knows that Samoa had no 30 December 2011`() {
    let calendar = working(in: "Pacific/Apia", daily(window(0900, 1700)))
    let from = at("2011-12-29T00:00:00-10:00")
    #expect(calendar.elapsed(from: from, to: at("2012-01-01T00:00:00+14:00")) == 57_600)
    #expect(calendar.endOfBusinessDay(1, after: from) == at("2011-12-31T17:00:00+14:00"))
  }

  @Test func `loses an hour to a gap at midnight`() {
    let calendar = working(in: "America/Sao_Paulo", daily(window(0000, 0800)))
    #expect(calendar.elapsed(from: at("2018-11-04T02:00:00Z"), to: at("2018-11-05T02:00:00Z")) == 25_200)
  }

  @Test(arguments: [
    ("2025-03-08T12:00:00Z", 25_200), ("2025-11-01T12:00:00Z", 32_400), ("2026-04-11T12:00:00Z", 28_800),
  ])
  func `lets a night shift last as long as the night`(from: String, seconds: Int64) {
    let calendar = working([6: [window(2200, 3000)]])
    #expect(calendar.elapsed(from: at(from), to: at(from).advanced(by: 86_400)) == seconds)
  }

  @Test func `works through the holidays of Berlin`() {
    let calendar = working(
      in: "Europe/Berlin", weekdays(window(0900, 1700)),
      exceptions: ["2026-12-24": [window(0900, 1200)], "2026-12-31": [window(0900, 1200)]],
      holidays: ["2026-12-25", "2027-01-01"])
    let due = calendar.due(from: at("2026-12-23T16:00:00+01:00"), after: 8 * Self.hour)
    #expect(due == at("2026-12-28T13:00:00+01:00"))
  }

  @Test(arguments: [[:], [1: [CalendarPolicy.Hours(from: 540, until: 540)]]])
  func `is never due on a calendar that never opens`(hours: [Int: [CalendarPolicy.Hours]]) {
    let calendar = working(hours)
    let start = at("2026-04-10T12:00:00Z")
    #expect(calendar.neverOpens)
    #expect(calendar.due(from: start, after: 1) == nil)
    #expect(calendar.breaches(from: start, after: 0) == nil)
    #expect(calendar.nextOpening(from: start) == nil)
    #expect(calendar.endOfBusinessDay(1, after: start) == nil)
    #expect(calendar.elapsed(from: start, to: at("2126-04-10T12:00:00Z")) == 0)
    #expect(!calendar.isOpen(at: start))
  }

  @Test func `goes on at the end of the century`() {
    let start = at("2099-12-31T23:59:59Z")
    #expect(office.due(from: start, after: 8 * Self.hour) == at("2100-01-01T22:00:00Z"))
    #expect(office.breaches(from: start, after: 8 * Self.hour) == at("2100-01-04T14:00:00Z"))
  }

  @Test func `counts nothing of a weekend`() {
    let from = at("2026-04-11T00:00:00-04:00")
    #expect(office.elapsed(from: from, to: at("2026-04-12T23:00:00-04:00")) == 0)
  }

  @Test func `counts nothing between moments in the wrong order or at the same second`() {
    let moment = at("2026-04-10T16:00:00Z")
    #expect(office.elapsed(from: moment, to: moment.advanced(by: -7200)) == 0)
    #expect(office.elapsed(from: moment, to: moment) == 0)
    #expect(office.elapsed(from: Instant(seconds: .max), to: Instant(seconds: .min)) == 0)
  }

  @Test func `looks ten years ahead and no further`() {
    let once = working([:], exceptions: ["2026-04-10": [window(0900, 1700)]])
    let opening = at("2026-04-10T13:00:00Z")
    #expect(once.nextOpening(from: opening.advanced(by: -WorkingCalendar.horizon)) == opening)
    #expect(once.nextOpening(from: opening.advanced(by: -WorkingCalendar.horizon - 1)) == nil)
    #expect(once.due(from: opening, after: 8 * Self.hour) == at("2026-04-10T21:00:00Z"))
    #expect(once.due(from: opening, after: 8 * Self.hour + 1) == nil)
    #expect(once.breaches(from: opening, after: 8 * Self.hour) == nil)
  }

  @Test(arguments: [Int64.min, .min + 1, -1, 0, 1, 7_258_118_399, 7_258_118_400, .max - 1, .max])
  func `answers for any moment and any length`(seconds: Int64) {
    let moment = Instant(seconds: seconds)
    for calendar in [office, .alwaysOpen, working(in: "Europe/Dublin", daily(window(2200, 3000)))] {
      for length in [Int64.min, -1, 0, 1, 28_800, .max] {
        if let due = calendar.due(from: moment, after: length) { #expect(due >= moment) }
        if let breach = calendar.breaches(from: moment, after: length) { #expect(breach >= moment) }
      }
      for count in [Int.min, 0, 1, 4001, .max] {
        if let end = calendar.endOfBusinessDay(count, after: moment) { #expect(end > moment && count > 0) }
      }
      #expect(calendar.elapsed(from: Instant(seconds: .min), to: moment) >= 0)
      #expect(calendar.elapsed(from: moment, to: Instant(seconds: .max)) >= 0)
      _ = (calendar.isOpen(at: moment), calendar.nextOpening(from: moment))
    }
  }
}
