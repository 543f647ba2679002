import Facts

extension RecurrenceRule {
  /// How far the days of a rule may lie after its first, in days: a hundred years.
  static let horizon: Int64 = 36_525
  /// The most days that one rule may give.
  static let instanceLimit = 10_000

  /// The days of the rule from `start` on, ascending; `last` is the last one allowed by UNTIL.
  ///
  /// Days are numbers since 1970-01-01. Each day looked at is taken from `budget`; a rule that gives too many days, or
  /// exhausts the budget, is refused.
  func days(from start: Int64, last: Int64?, budget: inout Int) throws(Flaw) -> [Int64] {
    let first = CivilDate(daysSinceEpoch: start)
    let end = min(last ?? .max, start + Self.horizon)
    var found: [Int64] = []
    var period: Int64 = 0
    while let candidates = candidates(first, start, period, until: end) {
      budget -= candidates.count + weekdays.count + 1
      guard budget > 0 else { throw Flaw(words: "rules that take too long, expected fewer or simpler ones") }
      for day in chosen(candidates) where day >= start && day <= end {
        guard found.count < count ?? .max else { return found }
        found.append(day)
        guard found.count <= Self.instanceLimit else {
          throw Flaw(
            words: "more than \(Self.instanceLimit) days in \(Self.horizon / 365) years, expected fewer")
        }
      }
      guard found.count < count ?? .max else { return found }
      period += interval
    }
    return found
  }

  /// The days of one period, ascending; nil when it begins after the end.
  private func candidates(
    _ first: CivilDate, _ start: Int64, _ period: Int64, until end: Int64
  ) -> [Int64]? {
    switch frequency {
    case .daily:
      let day = start + period
      return day > end ? nil : [day].filter { allows($0) }
    case .weekly:
      let shift = (Int64(first.weekday - weekStart) + 7) % 7
      let week = start - shift + period * 7
      guard week <= end else { return nil }
      let wanted = weekdays.isEmpty ? [first.weekday] : weekdays.map(\.day)
      return (week..<(week + 7)).filter { day in
        let date = CivilDate(daysSinceEpoch: day)
        return wanted.contains(date.weekday) && (months.isEmpty || months.contains(date.month))
      }
    case .monthly:
      let months = Int64(first.year) * 12 + Int64(first.month - 1) + period
      let (year, month) = (Int(months / 12), Int(months % 12) + 1)
      guard let days = Self.month(year, month), days.lowerBound <= end else { return nil }
      guard self.months.isEmpty || self.months.contains(month) else { return [] }
      return ofMonth(days, first)
    case .yearly:
      let year = first.year + Int(period)
      guard let days = Self.year(year), days.lowerBound <= end else { return nil }
      return ofYear(year, days, first)
    }
  }

  private func ofYear(_ year: Int, _ days: ClosedRange<Int64>, _ first: CivilDate) -> [Int64] {
    if months.isEmpty, monthDays.isEmpty, !weekdays.isEmpty { return matching(days) }
    let wanted =
      !months.isEmpty ? Array(Set(months)).sorted() : monthDays.isEmpty ? [first.month] : Array(1...12)
    return wanted.flatMap { month in Self.month(year, month).map { ofMonth($0, first) } ?? [] }
  }

  /// By BYMONTHDAY and BYDAY, else the day of the month on which the event began, if the month has it.
  private func ofMonth(_ days: ClosedRange<Int64>, _ first: CivilDate) -> [Int64] {
    if monthDays.isEmpty, !weekdays.isEmpty { return matching(days) }
    let wanted = monthDays.isEmpty ? [first.day] : monthDays
    let numbers = Set(
      wanted.map { $0 > 0 ? days.lowerBound + Int64($0) - 1 : days.upperBound + Int64($0) + 1 })
    let found = numbers.filter(days.contains).sorted()
    guard !weekdays.isEmpty else { return found }
    let allowed = Set(matching(days))
    return found.filter(allowed.contains)
  }

  /// The days of a month or a year that BYDAY names.
  private func matching(_ days: ClosedRange<Int64>) -> [Int64] {
    var found: Set<Int64> = []
    for weekday in weekdays {
      let toFirst = Int64(weekday.day - CivilDate(daysSinceEpoch: days.lowerBound).weekday + 7) % 7
      let all = Array(stride(from: days.lowerBound + toFirst, through: days.upperBound, by: 7))
      let index = weekday.nth > 0 ? weekday.nth - 1 : all.count + weekday.nth
      if weekday.nth == 0 {
        found.formUnion(all)
      } else if all.indices.contains(index) {
        found.insert(all[index])
      }
    }
    return found.sorted()
  }

  /// Whether a day passes the lists of a daily rule.
  private func allows(_ day: Int64) -> Bool {
    let date = CivilDate(daysSinceEpoch: day)
    guard months.isEmpty || months.contains(date.month) else { return false }
    guard weekdays.isEmpty || weekdays.contains(where: { $0.day == date.weekday }) else { return false }
    guard !monthDays.isEmpty else { return true }
    guard let month = Self.month(date.year, date.month) else { return false }
    return monthDays.contains(date.day) || monthDays.contains(Int(day - month.upperBound) - 1)
  }

  /// Those that BYSETPOS names, by their place in the period.
  private func chosen(_ days: [Int64]) -> [Int64] {
    guard !positions.isEmpty else { return days }
    let indices = Set(positions.map { $0 > 0 ? $0 - 1 : days.count + $0 })
    return indices.filter(days.indices.contains).sorted().map { days[$0] }
  }

  private static func month(_ year: Int, _ month: Int) -> ClosedRange<Int64>? {
    guard let first = CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch else { return nil }
    let length = (28...31).last { CivilDate(year: year, month: month, day: $0) != nil } ?? 28
    return first...(first + Int64(length) - 1)
  }

  private static func year(_ year: Int) -> ClosedRange<Int64>? {
    guard let first = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch,
      let last = CivilDate(year: year, month: 12, day: 31)?.daysSinceEpoch
    else { return nil }
    return first...last
  }
}
