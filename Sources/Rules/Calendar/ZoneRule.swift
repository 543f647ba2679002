/// When a zone changes its clock in every year: the POSIX TZ string at the end of a TZif file (RFC 9636, 3.3.1).
///
/// Includes the extensions of RFC 9636: names in angle brackets, times of a change from −167 to 167 hours, and
/// daylight time that lasts all year.
struct ZoneRule: Hashable, Sendable {
  /// A day within any year.
  enum Day: Hashable {
    /// 1 to 365; 29 February is never counted.
    case withoutLeapDay(Int)
    /// 0 to 365; 29 February is counted.
    case ofYear(Int)
    /// The n-th weekday (0 for Sunday) of a month; the fifth is the last one.
    case weekday(Int, nth: Int, month: Int)
  }

  struct Change: Hashable {
    var day: Day
    /// Seconds after the midnight that begins the day, by the clock before the change.
    var time: Int64
  }

  struct Daylight: Hashable {
    /// Seconds east of UTC.
    var offset: Int64
    var start: Change
    var end: Change
  }

  /// Seconds east of UTC.
  var standard: Int64
  var daylight: Daylight?

  /// A change of the offset at a moment.
  struct Event {
    var at: Int64
    var offset: Int64
  }

  /// The changes that belong to a range of years, in the order of time.
  ///
  /// Where daylight time ends at the moment at which it begins again, it lasts all year.
  func events(in years: ClosedRange<Int>) -> [Event] {
    guard let daylight else { return [] }
    var events: [Event] = []
    for year in years {
      let start = Self.seconds(of: daylight.start, in: year) - standard
      let end = Self.seconds(of: daylight.end, in: year) - daylight.offset
      events += [Event(at: end, offset: standard), Event(at: start, offset: daylight.offset)]
    }
    return events.sorted { left, right in
      left.at == right.at ? left.offset == standard && right.offset != standard : left.at < right.at
    }
  }

  /// Wall-clock seconds since 1970-01-01T00:00 of a change in a year from 0 to 9999.
  private static func seconds(of change: Change, in year: Int) -> Int64 {
    let first = daysBefore(year)
    let isLeap = daysBefore(year + 1) - first == 366
    let day: Int64
    switch change.day {
    case .ofYear(let number): day = first + Int64(number)
    case .withoutLeapDay(let number): day = first + Int64(number) - (isLeap && number >= 60 ? 0 : 1)
    case .weekday(let weekday, let nth, let month):
      let start = first + daysBefore(month: month, isLeap: isLeap)
      let length = daysBefore(month: month + 1, isLeap: isLeap) - daysBefore(month: month, isLeap: isLeap)
      // 1970-01-01 was a Thursday.
      let weekdayOfStart = ((start + 4) % 7 + 7) % 7
      var shift = (Int64(weekday) - weekdayOfStart + 7) % 7 + Int64(nth - 1) * 7
      if shift >= length { shift -= 7 }
      day = start + shift
    }
    return day * 86_400 + change.time
  }

  /// Days from 1970-01-01 to the first of January.
  private static func daysBefore(_ year: Int) -> Int64 {
    let past = Int64(year) - 1
    return (Int64(year) - 1970) * 365 + past / 4 - past / 100 + past / 400 - 477
  }

  /// Days from the first of January to the first of a month, 1 to 13.
  private static func daysBefore(month: Int, isLeap: Bool) -> Int64 {
    let days: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]
    return days[month - 1] + (isLeap && month > 2 ? 1 : 0)
  }
}

extension ZoneRule {
  /// Reads a whole TZ string such as `CET-1CEST,M3.5.0,M10.5.0/3` or `<+03>-3`; nil when it is none.
  init?(_ text: some Sequence<UInt8>) {
    var reader = ZoneRuleReader(text)
    guard reader.name(), let west = reader.time(hours: 24) else { return nil }
    standard = -west
    guard !reader.isAtEnd else { return }
    guard reader.name() else { return nil }
    var offset = standard + 3600
    if !reader.isAt(",") {
      guard let west = reader.time(hours: 24) else { return nil }
      offset = -west
    }
    guard reader.take(","), let start = reader.change(), reader.take(","), let end = reader.change(),
      reader.isAtEnd
    else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }
}

/// Takes the parts of a TZ string from its front.
private struct ZoneRuleReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: some Sequence<UInt8>) { rest = Array(text)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  func isAt(_ character: Unicode.Scalar) -> Bool { rest.first.map(UInt32.init) == character.value }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    rest.removeFirst()
    return true
  }

  /// An abbreviation of three letters or more, or anything of letters, digits and signs in angle brackets.
  mutating func name() -> Bool {
    let isBracketed = take("<")
    let start = rest.startIndex
    while let byte = rest.first, Self.isLetter(byte) || (isBracketed && Self.isDigitOrSign(byte)) {
      rest.removeFirst()
    }
    guard rest.startIndex - start >= 3 else { return false }
    return !isBracketed || take(">")
  }

  /// `[+-]hh[:mm[:ss]]` as seconds.
  mutating func time(hours limit: Int64) -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(), hours <= limit else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] as [Int64] {
      guard take(":") else { break }
      guard let part = number(), part < 60 else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  mutating func change() -> ZoneRule.Change? {
    guard let day = day() else { return nil }
    guard take("/") else { return ZoneRule.Change(day: day, time: 7200) }
    return time(hours: 167).map { ZoneRule.Change(day: day, time: $0) }
  }

  private mutating func day() -> ZoneRule.Day? {
    if take("J") {
      guard let day = number(), (1...365).contains(day) else { return nil }
      return .withoutLeapDay(Int(day))
    }
    guard take("M") else {
      guard let day = number(), day <= 365 else { return nil }
      return .ofYear(Int(day))
    }
    guard let month = number(), (1...12).contains(month), take("."), let nth = number(),
      (1...5).contains(nth),
      take("."), let weekday = number(), weekday <= 6
    else { return nil }
    return .weekday(Int(weekday), nth: Int(nth), month: Int(month))
  }

  /// One to three digits.
  private mutating func number() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let byte = rest.first, (0x30...0x39).contains(byte), count < 3 {
      value = value * 10 + Int64(byte - 0x30)
      count += 1
      rest.removeFirst()
    }
    return count > 0 ? value : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

  private static func isDigitOrSign(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }
}
