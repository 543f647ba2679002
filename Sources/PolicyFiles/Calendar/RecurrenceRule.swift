import Facts

/// When an event comes again: the part of `RRULE` that holidays need (RFC 5545, 3.3.10).
///
/// Yearly, monthly, weekly and daily rules with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS and
/// WKST. Anything else is refused, because a rule that is read by half closes the wrong days.
struct RecurrenceRule {
  enum Frequency: String {
    case yearly = "YEARLY"
    case monthly = "MONTHLY"
    case weekly = "WEEKLY"
    case daily = "DAILY"
  }

  /// A weekday, 1 for Monday, and which of its kind: 0 for each, negative from the end.
  struct Weekday: Hashable {
    var day: Int
    var nth: Int
  }

  /// Why a rule is refused: what is wrong, and what was expected.
  struct Flaw: Error {
    var words: String
  }

  /// The longest list in a rule.
  static let listLimit = 366

  var frequency: Frequency
  var interval: Int64 = 1
  var count: Int?
  /// The text after `UNTIL=`, to be read as the start of the event was.
  var until: [UInt8]?
  var months: [Int] = []
  var monthDays: [Int] = []
  var weekdays: [Weekday] = []
  var positions: [Int] = []
  var weekStart = 1

  /// Reads the value of an `RRULE` line.
  init(_ text: some Sequence<UInt8>) throws(Flaw) {
    var parts: [String: String] = [:]
    for part in Array(text).split(separator: UInt8(ascii: ";")) {
      let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else { throw Flaw(words: "a part without value, expected `NAME=VALUE`") }
      let name = String(decoding: sides[0], as: UTF8.self).uppercased()
      guard parts.updateValue(String(decoding: sides[1], as: UTF8.self).uppercased(), forKey: name) == nil
      else { throw Flaw(words: "\(quoted(name)) is given twice, expected it once") }
    }
    let given = parts.removeValue(forKey: "FREQ") ?? ""
    guard let frequency = Frequency(rawValue: given) else {
      throw Flaw(words: "FREQ=\(quoted(given)), expected YEARLY, MONTHLY, WEEKLY or DAILY")
    }
    self.frequency = frequency
    for (name, value) in parts.sorted(by: { $0.key < $1.key }) { try read(name, value) }
    try checkParts()
  }

  private mutating func read(_ name: String, _ value: String) throws(Flaw) {
    switch name {
    case "INTERVAL": interval = Int64(try number(name, value, 1...10_000))
    case "COUNT": count = try number(name, value, 1...100_000)
    case "UNTIL": until = Array(value.utf8)
    case "BYMONTH": months = try numbers(name, value, 1...12)
    case "BYMONTHDAY": monthDays = try numbers(name, value, -31...31)
    case "BYSETPOS": positions = try numbers(name, value, -366...366)
    case "BYDAY":
      for text in try list(name, value) { weekdays.append(try weekday(text)) }
    case "WKST":
      let day = try weekday(value[...])
      guard day.nth == 0 else { throw Flaw(words: "WKST=\(quoted(value)), expected a weekday such as MO") }
      weekStart = day.day
    default:
      throw Flaw(
        words:
          "\(quoted(name)) is not supported, expected INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, "
          + "BYSETPOS or WKST")
    }
  }

  private func checkParts() throws(Flaw) {
    if count != nil, until != nil { throw Flaw(words: "COUNT beside UNTIL, expected one of them") }
    let hasNth = weekdays.contains { $0.nth != 0 }
    if hasNth, frequency == .weekly || frequency == .daily {
      throw Flaw(words: "BYDAY with a number in a \(frequency.rawValue) rule, expected plain weekdays")
    }
    if frequency == .weekly, !monthDays.isEmpty {
      throw Flaw(words: "BYMONTHDAY in a WEEKLY rule, expected BYDAY")
    }
    if !positions.isEmpty, months.isEmpty, monthDays.isEmpty, weekdays.isEmpty {
      throw Flaw(words: "BYSETPOS alone, expected a list of days to choose from")
    }
  }

  private func list(_ name: String, _ value: String) throws(Flaw) -> [Substring] {
    let parts = value.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= Self.listLimit else {
      throw Flaw(words: "\(name) with \(parts.count) values, expected at most \(Self.listLimit)")
    }
    return parts
  }

  private func numbers(_ name: String, _ value: String, _ range: ClosedRange<Int>) throws(Flaw) -> [Int] {
    var numbers: [Int] = []
    for part in try list(name, value) {
      let number = try number(name, String(part), range)
      guard number != 0 else { throw Flaw(words: "\(name)=0, expected a number from 1 or below 0") }
      numbers.append(number)
    }
    return numbers
  }

  private func number(_ name: String, _ value: String, _ range: ClosedRange<Int>) throws(Flaw) -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw Flaw(
        words: "\(name)=\(quoted(value)), expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private func weekday(_ text: Substring) throws(Flaw) -> Weekday {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    let digits = text.dropLast(2)
    let nth = digits.isEmpty ? 0 : Int(digits)
    guard let index = names.firstIndex(of: String(text.suffix(2))), let nth, (-53...53).contains(nth),
      digits.isEmpty || nth != 0
    else { throw Flaw(words: "\(quoted(String(text))) is no weekday, expected MO, 4TH or -1MO") }
    return Weekday(day: index + 1, nth: nth)
  }
}
