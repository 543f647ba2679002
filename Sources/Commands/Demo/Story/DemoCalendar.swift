internal import Facts

/// Where somebody of the story works, and when.
enum DemoZone {
  case berlin
  case bengaluru

  /// Seconds to add to UTC.
  func offset(at moment: Instant) -> Int64 {
    switch self {
    case .bengaluru: 19_800
    case .berlin: Self.summers.contains { $0.contains(moment.seconds) } ? 7_200 : 3_600
    }
  }

  /// European summer time in the years of the story: last Sunday of March to that of October, 01:00 UTC.
  private static let summers: [Range<Int64>] = [
    1_711_846_800..<1_729_990_800, 1_743_296_400..<1_761_440_400, 1_774_746_000..<1_792_890_000,
  ]

  /// The moment as Git writes it in a commit: seconds since 1970 and the offset of the zone.
  func stamp(_ moment: Instant) -> String {
    let minutes = offset(at: moment) / 60
    let digits = minutes / 60 * 100 + minutes % 60
    return "\(moment.seconds) +\(digits < 1_000 ? "0" : "")\(digits)"
  }
}

/// The days and hours of the story.
///
/// Nothing in it happens on a weekend, at night, or after its end.
enum DemoCalendar {
  /// The moment as of which the demonstration is shown: 2026-04-01T00:00:00Z, after everything in it.
  static let end = Instant(seconds: 1_775_001_600)
  /// From here on reviews are recorded in the repository: 2025-04-07.
  static let reviewsBegin = Instant(seconds: 1_743_984_000)

  /// The first day of the story, 2024-04-02, as days since 1970.
  private static let firstDay: Int64 = 19_815
  /// The length of the story in weeks.
  private static let weeks = 104

  /// A working day so many thousandths into the story.
  static func day(atPermille share: Int) -> CivilDate {
    let workdays = weeks * 5 * min(max(share, 0), 1_000) / 1_000
    return workday(CivilDate(daysSinceEpoch: firstDay), plus: workdays)
  }

  /// The working day so many working days later; a weekend counts as the Monday after it.
  static func workday(_ day: CivilDate, plus count: Int) -> CivilDate {
    var day = day
    while day.weekday > 5 { day = CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1) }
    for _ in 0..<max(count, 0) {
      day = CivilDate(daysSinceEpoch: day.daysSinceEpoch + (day.weekday == 5 ? 3 : 1))
    }
    return day
  }

  /// A minute of a local day; clocks change on Sundays only, so noon tells the offset of the whole day.
  static func moment(_ day: CivilDate, minute: Int, in zone: DemoZone, second: Int = 0) -> Instant {
    let midnight = Instant(startOf: day)
    let offset = zone.offset(at: midnight.advanced(by: 43_200))
    return midnight.advanced(by: Int64(minute) * 60 + Int64(second) - offset)
  }

  /// A moment in somebody's working hours, so many working days after another one.
  static func moment(
    after earlier: Instant, workdays: Int, of person: DemoPerson, _ random: inout DemoRandom
  ) -> Instant {
    let zone = person.zone
    let today = earlier.advanced(by: zone.offset(at: earlier)).utcDate
    var day = workday(today, plus: workdays)
    let (minute, second) = (random.number(in: 545...1_045), random.below(60))
    // Somebody who is asked late in the day answers on the next.
    while moment(day, minute: minute, in: zone, second: second) < earlier.advanced(by: 900) {
      day = workday(day, plus: 1)
    }
    return moment(day, minute: minute, in: zone, second: second)
  }

  /// A moment of the story written as `2025-12-04 10:20`, in UTC.
  static func at(_ text: String) throws(DemoFlaw) -> Instant {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let instant = Instant(text: "\(parts[0])T\(parts[1]):00Z") else {
      throw DemoFlaw.noMoment(text)
    }
    return instant
  }
}

/// A mistake in the story itself.
enum DemoFlaw: Error, CustomStringConvertible {
  case noMoment(String)
  /// A contribution takes back one that has not landed.
  case nothingToRevert(String)
  case noCommits(String)

  var description: String {
    switch self {
    case .noMoment(let text): "the story of the sample has no moment '\(text)'"
    case .nothingToRevert(let title): "the story of the sample takes back '\(title)', which has not landed"
    case .noCommits(let title): "the story of the sample has no commit for '\(title)'"
    }
  }
}
