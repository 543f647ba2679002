import Facts
import Rules

/// A day or a time of an iCalendar file, as its clock shows it.
struct EventTime: Hashable {
  var isDate: Bool
  /// Seconds since the clock showed 1970-01-01T00:00:00.
  var wall: Int64
  /// `UTC` or an IANA name; nil for a time without zone, and for a day.
  var zone: String?

  /// Days since 1970-01-01.
  var day: Int64 { wall >= 0 ? wall / 86_400 : (wall - 86_399) / 86_400 }

  var wallTime: CalendarPolicy.WallTime { CalendarPolicy.WallTime(seconds: wall, timeZone: zone) }

  func advanced(by seconds: Int64) -> EventTime {
    EventTime(isDate: isDate, wall: Instant(seconds: wall).advanced(by: seconds).seconds, zone: zone)
  }

  /// Reads `20261224`, `20261224T180000` or `20261224T180000Z`, a day and a second that exist.
  init?(_ text: some Sequence<UInt8>, zone: String?) {
    let bytes = Array(text)
    guard let date = Self.date(bytes.prefix(8)) else { return nil }
    let start = Instant(startOf: date).seconds
    if bytes.count == 8 {
      self.init(isDate: true, wall: start, zone: nil)
      return
    }
    let isUTC = bytes.count == 16 && bytes[15] == UInt8(ascii: "Z")
    guard bytes.count == 15 || isUTC, bytes[8] == UInt8(ascii: "T"), let hour = Self.number(bytes[9..<11]),
      let minute = Self.number(bytes[11..<13]), let second = Self.number(bytes[13..<15]), hour < 24,
      minute < 60,
      second < 60
    else { return nil }
    self.init(
      isDate: false, wall: start + Int64(hour * 3600 + minute * 60 + second), zone: isUTC ? "UTC" : zone)
  }

  init(isDate: Bool, wall: Int64, zone: String?) {
    self.isDate = isDate
    self.wall = wall
    self.zone = zone
  }

  private static func date(_ digits: ArraySlice<UInt8>) -> CivilDate? {
    guard digits.count == 8, let year = number(digits[0..<4]), let month = number(digits[4..<6]),
      let day = number(digits[6..<8])
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

/// A length of an event: days by the calendar, then seconds by the clock (RFC 5545, 3.3.6).
struct EventDuration: Hashable {
  var days: Int64
  var seconds: Int64

  /// Reads `P3D`, `P1W`, `PT8H`, `P1DT12H30M`; nil for anything else, for nothing, and for lengths below zero.
  init?(_ text: some Sequence<UInt8>) {
    var rest = Array(text)[...]
    if rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard rest.popFirst() == UInt8(ascii: "P") else { return nil }
    (days, seconds) = (0, 0)
    var units = Array("WD".utf8)[...]
    var (isTime, count) = (false, 0)
    while let first = rest.first {
      if first == UInt8(ascii: "T"), !isTime {
        rest.removeFirst()
        (isTime, units) = (true, Array("HMS".utf8)[...])
        continue
      }
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard (1...6).contains(digits.count), let unit = rest.dropFirst(digits.count).first,
        let index = units.firstIndex(of: unit)
      else { return nil }
      let number = digits.reduce(0 as Int64) { $0 * 10 + Int64($1 - 0x30) }
      switch unit {
      case UInt8(ascii: "W"): days += number * 7
      case UInt8(ascii: "D"): days += number
      case UInt8(ascii: "H"): seconds += number * 3600
      case UInt8(ascii: "M"): seconds += number * 60
      default: seconds += number
      }
      units = units[(index + 1)...]
      rest = rest.dropFirst(digits.count + 1)
      count += 1
    }
    guard count > 0 else { return nil }
  }
}
