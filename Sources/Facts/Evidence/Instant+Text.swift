extension Instant {
  /// The moment as RFC 3339 in UTC: `2026-03-01T09:30:00Z`.
  ///
  /// RFC 3339 has four digits for the year; a moment outside the years 0 to 9999 is written as `@SECONDS`,
  /// which `init(text:)` reads as well, so writing and reading always give the same moment back.
  public var rfc3339: String {
    var bytes: [UInt8] = []
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `rfc3339` gives, as ASCII.
  public func appendRFC3339(to bytes: inout [UInt8]) {
    let date = CivilDate(daysSinceEpoch: daysSinceEpoch)
    guard (0...9999).contains(date.year) else {
      bytes.append(contentsOf: "@\(seconds)".utf8)
      return
    }
    let second = Int64(secondOfDay)
    let parts: [(value: Int64, width: Int, end: UInt8)] = [
      (Int64(date.year), 4, UInt8(ascii: "-")), (Int64(date.month), 2, UInt8(ascii: "-")),
      (Int64(date.day), 2, UInt8(ascii: "T")), (second / 3600, 2, UInt8(ascii: ":")),
      (second / 60 % 60, 2, UInt8(ascii: ":")), (second % 60, 2, UInt8(ascii: "Z")),
    ]
    for part in parts {
      var divisor: Int64 = part.width == 4 ? 1000 : 10
      while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part.value / divisor % 10))
        divisor /= 10
      }
      bytes.append(part.end)
    }
  }

  /// The UTC day that contains the moment.
  public var utcDate: CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch) }

  /// The first second of a day in UTC.
  public init(startOf date: CivilDate) {
    let (seconds, overflow) = date.daysSinceEpoch.multipliedReportingOverflow(by: 86_400)
    self.init(seconds: overflow ? (date.year < 0 ? .min : .max) : seconds)
  }

  /// Reads RFC 3339 with an offset, `YYYY-MM-DD` (start of that day in UTC), or `@SECONDS` since 1970.
  ///
  /// Strict: no white space, no second 60 (POSIX time has no leap seconds), no day that the month lacks,
  /// hours to 23, offsets to ±23:59. A fraction of a second is read and dropped, because Git records whole
  /// seconds.
  public init?(text: String) {
    if text.utf8.first == UInt8(ascii: "@") {
      self.init(secondsText: text)
      return
    }
    var reader = DigitReader(text)
    guard let date = reader.date() else { return nil }
    let start = Instant(startOf: date)
    if reader.isAtEnd {
      self = start
      return
    }
    guard reader.take("T") || reader.take("t"), let clock = reader.clock(), let offset = reader.offset(),
      reader.isAtEnd
    else { return nil }
    self = start.advanced(by: Int64(clock) - Int64(offset))
  }

  private init?(secondsText text: String) {
    let digits =
      text.utf8.dropFirst().first == UInt8(ascii: "-") ? text.utf8.dropFirst(2) : text.utf8.dropFirst()
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int64(text.dropFirst())
    else { return nil }
    self.init(seconds: seconds)
  }

  private var daysSinceEpoch: Int64 {
    let days = seconds / 86_400
    return seconds % 86_400 < 0 ? days - 1 : days
  }

  /// 0 to 86 399, counted from midnight UTC.
  private var secondOfDay: Int {
    let rest = Int(seconds % 86_400)
    return rest < 0 ? rest + 86_400 : rest
  }
}

extension Instant: CustomStringConvertible {
  public var description: String { rfc3339 }
}

/// Reads fixed-width decimal numbers from the front of a text.
struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = rest.first, UInt32(byte) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
      rest.removeFirst()
    }
    return value
  }

  mutating func date() -> CivilDate? {
    guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
      let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// `HH:MM:SS` with an optional fraction, as seconds since midnight.
  mutating func clock() -> Int? {
    guard let hour = number(digits: 2), hour < 24, take(":"), let minute = number(digits: 2), minute < 60,
      take(":"), let second = number(digits: 2), second < 60
    else { return nil }
    if take(".") {
      guard number(digits: 1) != nil else { return nil }
      while number(digits: 1) != nil {}
    }
    return hour * 3600 + minute * 60 + second
  }

  /// `Z` or `±HH:MM`, as seconds east of UTC.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isEast = take("+")
    guard isEast || take("-"), let hour = number(digits: 2), hour < 24, take(":"),
      let minute = number(digits: 2), minute < 60
    else { return nil }
    let seconds = hour * 3600 + minute * 60
    return isEast ? seconds : -seconds
  }
}
