import Facts
import Testing

@testable import Rules

/// What must hold on any calendar, tried on calendars and moments drawn from a fixed seed.
@Suite struct CalendarPropertyTests {
  /// Days enough for the moments drawn and ten years after them.
  private static let days: ClosedRange<Int64> = 18_000...24_500
  private static let zones = [
    "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Gaza", "Pacific/Apia", "UTC",
    "Asia/Kolkata",
  ]

  private struct Draw {
    var random: SeededGenerator

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }

    mutating func moment() -> Instant { Instant(seconds: number(18_100 * 86_400...20_500 * 86_400)) }

    mutating func region() -> CalendarPolicy.Region {
      let zone = CalendarPropertyTests.zones[Int(number(0...6))]
      var region = CalendarPolicy.Region(timeZone: zone, hours: [:])
      for weekday in 1...7 where number(0...3) > 0 {
        region.hours[weekday] = (0...number(0...2)).map { _ in
          let from = Int(number(0...1439))
          return CalendarPolicy.Hours(from: from, until: from + Int(number(1...1440)))
        }
      }
      for _ in 0..<number(0...20) {
        region.holidays.append(CivilDate(daysSinceEpoch: number(18_100...20_600)))
        let start = number(18_100 * 86_400...20_600 * 86_400)
        region.freezes.append(
          .init(
            from: .instant(Instant(seconds: start)),
            until: .instant(Instant(seconds: start + number(1...500_000)))))
      }
      return region
    }

    mutating func calendar() -> WorkingCalendar { calendar(region()) }

    func calendar(_ region: CalendarPolicy.Region) -> WorkingCalendar {
      WorkingCalendar(name: "", region, zones: .builtIn, days: CalendarPropertyTests.days)
    }
  }

  @Test(arguments: 0..<40)
  func `adds up, keeps order and agrees with itself`(seed: UInt64) {
    var draw = Draw(random: SeededGenerator(seed: seed))
    let calendar = draw.calendar()
    for _ in 0..<100 {
      let moments = [draw.moment(), draw.moment(), draw.moment()].sorted()
      let (a, b, c) = (moments[0], moments[1], moments[2])
      #expect(
        calendar.elapsed(from: a, to: c) == calendar.elapsed(from: a, to: b)
          + calendar.elapsed(from: b, to: c))
      #expect(calendar.elapsed(from: a, to: c) <= c.since(a))
      let (one, two) = (draw.number(1...400_000), draw.number(1...400_000))
      guard let due = calendar.due(from: a, after: one), let later = calendar.due(from: a, after: one + two)
      else {
        #expect(calendar.neverOpens)
        continue
      }
      #expect(calendar.elapsed(from: a, to: due) == one)
      #expect(calendar.elapsed(from: a, to: due.advanced(by: -1)) == one - 1)
      #expect(due <= later && due <= calendar.due(from: b, after: one) ?? due)
      #expect(calendar.due(from: due, after: two) == later)
      checkBreach(calendar, a, one, due)
      checkWindows(calendar, a, b)
    }
  }

  private func checkBreach(_ calendar: WorkingCalendar, _ start: Instant, _ seconds: Int64, _ due: Instant) {
    guard let breach = calendar.breaches(from: start, after: seconds) else { return }
    #expect(breach >= due && calendar.isOpen(at: breach))
    #expect(calendar.elapsed(from: start, to: breach) == seconds)
    #expect(calendar.elapsed(from: start, to: breach.advanced(by: 1)) == seconds + 1)
    #expect(calendar.nextOpening(from: due) == breach)
  }

  private func checkWindows(_ calendar: WorkingCalendar, _ start: Instant, _ end: Instant) {
    let windows = calendar.windows(from: start, to: end)
    #expect(windows.reduce(0) { $0 + $1.1.since($1.0) } == calendar.elapsed(from: start, to: end))
    #expect(windows.allSatisfy { calendar.isOpen(at: $0.0) && $0.0 >= start && $0.1 <= end })
    #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.1 < $1.0 })
  }

  @Test(arguments: 0..<20)
  func `is open as a union when any member is`(seed: UInt64) {
    var draw = Draw(random: SeededGenerator(seed: 1000 + seed))
    let members = [draw.calendar(), draw.calendar(), draw.calendar()]
    let union = WorkingCalendar(name: "", unionOf: members)
    for _ in 0..<100 {
      let (a, b) = (draw.moment(), draw.moment())
      #expect(union.isOpen(at: a) == members.contains { $0.isOpen(at: a) })
      let parts = members.map { $0.elapsed(from: a, to: b) }
      #expect(union.elapsed(from: a, to: b) <= parts.reduce(0, +))
      #expect(union.elapsed(from: a, to: b) >= parts.max() ?? 0)
      if let end = union.endOfBusinessDay(1, after: a) { #expect(end > a) }
    }
  }

  @Test func `moves by whole weeks where no clock changes`() {
    let office = working(in: "Asia/Kolkata", weekdays(window(0930, 1800)))
    var draw = Draw(random: SeededGenerator(seed: 7))
    for _ in 0..<200 {
      let (start, seconds, shift) = (draw.moment(), draw.number(0...500_000), draw.number(1...50) * 604_800)
      #expect(
        office.due(from: start.advanced(by: shift), after: seconds)
          == office.due(from: start, after: seconds)?.advanced(by: shift))
    }
  }

  @Test func `does not notice that a window is split in two`() {
    for (index, zone) in Self.zones.enumerated() {
      var draw = Draw(random: SeededGenerator(seed: UInt64(index)))
      let whole = working(in: zone, daily(window(0100, 0900)))
      let split = working(in: zone, daily(window(0100, 0230), window(0230, 0300), window(0200, 0900)))
      for _ in 0..<50 {
        let (a, b) = (draw.moment(), draw.moment())
        #expect(whole.elapsed(from: a, to: b) == split.elapsed(from: a, to: b))
        #expect(whole.due(from: a, after: 90_000) == split.due(from: a, after: 90_000))
      }
    }
  }

  @Test func `lets every second count on 24x7`() {
    var draw = Draw(random: SeededGenerator(seed: 24))
    let always = WorkingCalendar.alwaysOpen
    for _ in 0..<200 {
      let (a, b) = (draw.moment(), draw.moment())
      #expect(always.elapsed(from: a, to: b) == max(0, b.since(a)))
      #expect(always.due(from: a, after: 1000) == a.advanced(by: 1000))
      #expect(always.breaches(from: a, after: 1000) == a.advanced(by: 1000))
      #expect(always.endOfBusinessDay(2, after: a) == Instant(seconds: (a.seconds / 86_400 + 3) * 86_400))
    }
  }
}
