internal import Facts
internal import Rules

/// What may stand as the value of an option or as an operand.
///
/// One kind answers three questions: is this text acceptable, what was expected, and how does a shell complete it.
public enum ValueKind: Hashable, Sendable {
  case file
  case directory
  /// One of a fixed set of words, in the order in which they are shown.
  case choice([String])
  /// RFC 3339, a date, or `now`.
  case time
  /// A length such as `180d`, or `all`.
  case span
  case integer(ClosedRange<Int>)
  /// A time zone as policies name it: `UTC`, or an area and a place.
  case timeZone
  /// Any words but none.
  case text

  /// What was expected, if the text is not of this kind.
  func expectation(unmetBy text: String) -> String? {
    switch self {
    case .file: text.isEmpty ? "a path" : nil
    case .directory: text.isEmpty ? "a directory" : nil
    case .choice(let words): words.contains(text) ? nil : "one of \(words.joined(separator: ", "))"
    case .time: TimeArgument(text) == nil ? "a time such as 2026-03-01, 2026-03-01T12:00:00Z or now" : nil
    case .span: SpanArgument(text) == nil ? "a duration such as 90s, 45m, 8h or 180d, or all" : nil
    case .integer(let range):
      Self.integer(text, in: range) == nil
        ? "a whole number from \(range.lowerBound) to \(range.upperBound)" : nil
    case .timeZone:
      TimeZones.isName(text) && TimeZones.builtIn[text] != nil
        ? nil : "a time zone, UTC or an IANA name such as Europe/Berlin"
    case .text: text.isEmpty ? "some text" : nil
    }
  }

  static func integer(_ text: String, in range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }), let number = Int(text) else {
      return nil
    }
    return range.contains(number) ? number : nil
  }
}
