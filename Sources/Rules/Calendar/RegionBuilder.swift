internal import Facts

/// Works out the open stretches of one region, day by day.
struct RegionBuilder {
  /// The days that a calendar knows: 1970-01-01 to 2199-12-31.
  static let days: ClosedRange<Int64> = 0...84_005

  /// The days of the years given that lie in the years known.
  static func days(of years: ClosedRange<Int>) -> ClosedRange<Int64> {
    let first = CivilDate(year: max(years.lowerBound, 1970), month: 1, day: 1)?.daysSinceEpoch ?? 0
    let last = CivilDate(year: min(years.upperBound, 2199), month: 12, day: 31)?.daysSinceEpoch ?? 0
    return first <= last ? first...last : days
  }

  private let zone: ZoneTable
  private let days: ClosedRange<Int64>
  /// By ISO weekday less one.
  private var week: [[CalendarPolicy.Hours]]
  /// Days with hours of their own, ascending.
  private var special: [(day: Int64, hours: [CalendarPolicy.Hours])]
  private let closed: Stretches
  private var open = Stretches()
  private var working = WorkingDays()
  private var cursor = 0
  /// Wall times that need no search, and the offset there.
  private var plain: (from: Int64, until: Int64, offset: Int64) = (0, -1, 0)
  private var nextClosed = 0
  /// When the next closed stretch begins.
  private var closedFrom: Int64 = .min

  init(_ region: CalendarPolicy.Region, zones: TimeZones, zone: ZoneTable, days: ClosedRange<Int64> = days) {
    self.zone = zone
    self.days = days
    week = (1...7).map { Self.sorted(region.hours[$0] ?? []) }
    var hours: [Int64: [CalendarPolicy.Hours]] = [:]
    for date in region.holidays + region.importedHolidays { hours[date.daysSinceEpoch] = [] }
    // What a policy says of a single day wins over any list of holidays.
    for (date, windows) in region.exceptions { hours[date.daysSinceEpoch] = Self.sorted(windows) }
    special = hours.map { ($0.key, $0.value) }.sorted { $0.day < $1.day }
    closed = Self.closed(region, zones, zone)
  }

  /// Windows in the order of their starts, without those that are no time at all.
  private static func sorted(_ hours: [CalendarPolicy.Hours]) -> [CalendarPolicy.Hours] {
    hours.filter { $0.until > $0.from }.sorted { ($0.from, $0.until) < ($1.from, $1.until) }
  }

  private static func closed(
    _ region: CalendarPolicy.Region, _ zones: TimeZones, _ zone: ZoneTable
  ) -> Stretches {
    var parts: [(from: Int64, until: Int64)] = region.freezes.map {
      (start(of: $0.from, in: zone), start(of: $0.until, in: zone))
    }
    var tables: [String: ZoneTable] = [:]
    func instant(_ wall: CalendarPolicy.WallTime) -> Instant {
      guard let name = wall.timeZone, name != zone.name else { return zone.instant(ofWall: wall.seconds) }
      let table = tables[name] ?? zones[name] ?? zone
      tables[name] = table
      return table.instant(ofWall: wall.seconds)
    }
    for closure in region.importedClosures {
      parts.append(
        (instant(closure.from).seconds, instant(closure.until).advanced(by: closure.extraSeconds).seconds))
    }
    // Open time lies within the years known, and so does all that can be closed; sums stay small this way.
    let limits = (days.lowerBound - 2) * 86_400...(days.upperBound + 3) * 86_400
    var closed = Stretches()
    for part in parts.sorted(by: { $0.from < $1.from }) {
      closed.append(
        min(max(part.from, limits.lowerBound), limits.upperBound),
        min(max(part.until, limits.lowerBound), limits.upperBound))
    }
    return closed
  }

  private static func start(of boundary: CalendarPolicy.Boundary, in zone: ZoneTable) -> Int64 {
    switch boundary {
    case .date(let date): zone.instant(ofWall: Instant(startOf: date).seconds).seconds
    case .instant(let instant): instant.seconds
    }
  }

  /// Every open stretch and working day of the years known.
  mutating func build() -> WorkingCalendar.Shared {
    let windows = week.reduce(0) { $0 + $1.count }
    open.reserve(days.count / 7 * windows)
    working.reserve(days.count / 7 * week.count { !$0.isEmpty })
    var weekday = Int((days.lowerBound + 3) % 7)
    var next = special.partitioningIndex { $0.day >= days.lowerBound }
    for day in days {
      if next < special.count, special[next].day == day {
        add(special[next].hours, on: day)
        next += 1
      } else {
        add(week[weekday], on: day)
      }
      weekday = weekday == 6 ? 0 : weekday + 1
    }
    return WorkingCalendar.Shared(open: open, days: working)
  }

  private mutating func add(_ hours: [CalendarPolicy.Hours], on day: Int64) {
    for window in hours {
      let (start, end) = (
        instant(day * 86_400 + seconds(window.from)), instant(day * 86_400 + seconds(window.until))
      )
      if end <= closedFrom { addOpen(start, end, on: day) } else { add(start, end, on: day) }
    }
  }

  /// Seconds of so many minutes; a policy built by a program may hold any number.
  private func seconds(_ minutes: Int) -> Int64 { Int64(min(max(minutes, 0), 2880)) * 60 }

  /// The moment of a wall time; most lie far from any change of the clock.
  private mutating func instant(_ wall: Int64) -> Int64 {
    if wall >= plain.from, wall <= plain.until { return wall - plain.offset }
    let instant = zone.instant(ofWall: wall, &cursor)
    plain = zone.plainStretch(at: cursor)
    return instant
  }

  /// Adds what is left of a window when the closed stretches are taken out.
  private mutating func add(_ start: Int64, _ end: Int64, on day: Int64) {
    // Windows come in the order of their starts, so a closed stretch that ended before this one is done with.
    while nextClosed < closed.count, closed[nextClosed].until <= start { nextClosed += 1 }
    closedFrom = nextClosed < closed.count ? closed[nextClosed].from : .max
    var start = start
    var index = nextClosed
    while start < end, index < closed.count, closed[index].from < end {
      addOpen(start, closed[index].from, on: day)
      start = max(start, closed[index].until)
      index += 1
    }
    addOpen(start, end, on: day)
  }

  private mutating func addOpen(_ start: Int64, _ end: Int64, on day: Int64) {
    guard end > start else { return }
    open.append(start, end)
    working.append(day, end: end)
  }
}
