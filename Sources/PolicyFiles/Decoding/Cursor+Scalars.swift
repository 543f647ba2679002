import Facts
import Rules

extension Cursor {
  func string(_ expected: String = "a string") -> String? {
    guard case .string(let text) = node.value else { return mismatch(expected) }
    return text
  }

  func bool() -> Bool? {
    guard case .bool(let value) = node.value else { return mismatch("true or false") }
    return value
  }

  var isNull: Bool { if case .null = node.value { true } else { false } }

  /// A text that is shown to people: not empty, without characters that hide or turn others.
  func text(_ expected: String = "a text") -> String? {
    guard let text = string(expected) else { return nil }
    guard text.unicodeScalars.contains(where: { $0 != " " && !isHidden($0) }) else {
      error("empty text, expected \(expected)")
      return nil
    }
    guard !text.unicodeScalars.contains(where: isHidden) else {
      error("\(quoted(text)) holds control or invisible characters, expected visible text on one line")
      return nil
    }
    return text
  }

  /// A whole number in a range.
  func count(_ range: ClosedRange<Int>) -> Int? {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .number(let number) = node.value else { return mismatch(expected) }
    guard let whole = wholeNumber(number), range.contains(whole) else {
      error("\(shown(number)) is out of range, expected \(expected)")
      return nil
    }
    return whole
  }

  /// A number in a range; the lower end itself only when `aboveLower` is false.
  func number(_ range: ClosedRange<Double>, aboveLower: Bool = false) -> Double? {
    let lower = aboveLower ? "above \(shown(range.lowerBound))" : "from \(shown(range.lowerBound))"
    let expected = "a number \(lower) to \(shown(range.upperBound))"
    guard case .number(let number) = node.value else { return mismatch(expected) }
    guard range.contains(number), !(aboveLower && number == range.lowerBound) else {
      error("\(shown(number)) is out of range, expected \(expected)")
      return nil
    }
    return number
  }

  /// The number without a fraction, as far as a `Double` holds every whole number.
  private func wholeNumber(_ number: Double) -> Int? {
    guard number.magnitude <= 9_007_199_254_740_992 else { return nil }
    let whole = Int(number)
    return Double(whole) == number ? whole : nil
  }

  private func shown(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
    return wholeNumber(number).map(String.init) ?? "\(number)"
  }

  /// One word of a closed set.
  func choice<Word: RawRepresentable & CaseIterable>(
    of words: [Word] = Array(Word.allCases)
  ) -> Word? where Word.RawValue == String {
    let known = words.map(\.rawValue)
    guard let text = string(alternatives(known)) else { return nil }
    if let word = words.first(where: { $0.rawValue == text }) { return word }
    error("unknown word \(quoted(text)), expected \(alternatives(known))")
    return nil
  }

  /// A list without a value twice.
  func choices<Word: RawRepresentable & CaseIterable & Hashable>() -> Set<Word>?
  where Word.RawValue == String {
    guard let elements = elements() else { return nil }
    var words: Set<Word> = []
    for element in elements {
      guard let word: Word = element.choice() else { continue }
      if !words.insert(word).inserted {
        element.error("\(quoted(word.rawValue)) is given twice, expected it once")
      }
    }
    return words
  }

  /// A list of texts, each read by the closure.
  func list<Item>(_ read: (Cursor) -> Item?) -> [Item] { (elements() ?? []).compactMap(read) }
}

extension Cursor {
  /// A moment: RFC 3339, a day (its start in UTC), or `@SECONDS`.
  func instant() -> Instant? {
    let expected = "YYYY-MM-DD or a time such as \"2026-03-01T09:00:00Z\""
    guard let text = string(expected) else { return nil }
    if let instant = Instant(text: text) { return instant }
    error("\(quoted(text)) is no date, expected \(expected)")
    return nil
  }

  func date() -> CivilDate? {
    guard let text = string("a date as YYYY-MM-DD") else { return nil }
    if let date = CivilDate(text) { return date }
    error("\(quoted(text)) is no date, expected YYYY-MM-DD")
    return nil
  }

  /// Seconds, from a text such as `90s`, `45m`, `8h`, `3d`.
  func duration() -> Int64? {
    let expected = "a duration such as \"90s\", \"45m\", \"8h\" or \"3d\""
    guard let text = string(expected) else { return nil }
    if let seconds = DurationText.seconds(text) { return seconds }
    error("\(quoted(text)) is no duration, expected \(expected)")
    return nil
  }

  /// A duration or a number of business days.
  func target() -> ServiceLevels.Target? {
    let expected = "a duration such as \"8h\", or \"2 business days\""
    guard let text = string(expected) else { return nil }
    if let seconds = DurationText.seconds(text) { return .workingTime(seconds: seconds) }
    if let days = DurationText.businessDays(text) { return .businessDays(days) }
    error("\(quoted(text)) is no target, expected \(expected)")
    return nil
  }
}

extension Fields {
  /// `from` and `until` of an object; a period that ends before it begins is reported.
  func period() -> Period {
    let period = Period(from: self["from"]?.instant(), until: self["until"]?.instant())
    if let from = period.from, let until = period.until, from >= until {
      self["until"]?.error("the end \(until) is not after the start \(from), expected a later moment")
    }
    return period
  }
}

/// The texts for lengths of time.
enum DurationText {
  /// A hundred years: longer is a slip.
  private static let limit: Int64 = 36_525 * 86_400

  /// A whole number above 0 and one unit of s, m, h, d (24 hours).
  static func seconds(_ text: String) -> Int64? {
    let digits = text.utf8.dropLast()
    let unit: Int64? =
      switch text.utf8.last {
      case UInt8(ascii: "s"): 1
      case UInt8(ascii: "m"): 60
      case UInt8(ascii: "h"): 3600
      case UInt8(ascii: "d"): 86_400
      default: nil
      }
    guard let unit, let count = number(digits), count <= limit / unit else { return nil }
    return count * unit
  }

  /// `1 business day`, `2 business days`.
  static func businessDays(_ text: String) -> Int? {
    for ending in [" business days", " business day"] where text.hasSuffix(ending) {
      guard let count = number(text.utf8.dropLast(ending.utf8.count)), count <= 1000 else { return nil }
      return Int(count)
    }
    return nil
  }

  private static func number(_ digits: Substring.UTF8View) -> Int64? {
    guard (1...12).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    let value = digits.reduce(0 as Int64) { $0 * 10 + Int64($1 - 0x30) }
    return value > 0 ? value : nil
  }
}
