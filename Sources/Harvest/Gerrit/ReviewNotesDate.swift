internal import Facts

/// Dates as mail writes them (RFC 5322, section 3.3): `Mon, 04 Mar 2024 10:20:30 +0100`.
///
/// Names are English whatever the server's own language; the name of the day is not compared with the date, because
/// the date alone counts.
enum ReviewNotesDate {
  /// The moment; nil for anything that is not exactly of this form, or no day of the calendar.
  static func instant(_ text: ArraySlice<UInt8>) -> Instant? {
    let words = text.split(whereSeparator: isBlank)
    guard words.count == 6, words[0].last == UInt8(ascii: ","), words[0].count == 4,
      let day = number(words[1], digits: 1...2), let month = month(words[2]),
      let year = number(words[3], digits: 4...4), let date = CivilDate(year: year, month: month, day: day),
      let clock = clock(words[4]), let offset = offset(words[5])
    else { return nil }
    return Instant(startOf: date).advanced(by: Int64(clock - offset))
  }

  private static func month(_ word: ArraySlice<UInt8>) -> Int? {
    let name = word.map { $0 | 0x20 }
    return months.firstIndex { $0.elementsEqual(name) }.map { $0 + 1 }
  }

  private static let months: [String.UTF8View] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ].map(\.utf8)

  /// `HH:MM:SS` as seconds since midnight.
  private static func clock(_ word: ArraySlice<UInt8>) -> Int? {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 2...2), hour < 24,
      let minute = number(parts[1], digits: 2...2), minute < 60,
      let second = number(parts[2], digits: 2...2), second < 61
    else { return nil }
    return hour * 3600 + minute * 60 + min(second, 59)
  }

  /// `±HHMM` as seconds east of UTC.
  private static func offset(_ word: ArraySlice<UInt8>) -> Int? {
    guard let sign = word.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let digits = number(word.dropFirst(), digits: 4...4), digits % 100 < 60, digits < 2400
    else { return nil }
    let seconds = digits / 100 * 3600 + digits % 100 * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func number(_ digits: ArraySlice<UInt8>, digits allowed: ClosedRange<Int>) -> Int? {
    guard allowed.contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
