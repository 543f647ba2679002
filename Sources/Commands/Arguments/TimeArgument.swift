public import Facts

/// A moment as given on the command line.
public enum TimeArgument: Hashable, Sendable {
  /// The moment at which the run started.
  case now
  case at(Instant)

  /// Reads `now`, a date (its start in UTC), an RFC 3339 time with its offset, or `@` and seconds since 1970.
  public init?(_ text: String) {
    if text == "now" {
      self = .now
    } else if let moment = Instant(text: text) {
      self = .at(moment)
    } else {
      return nil
    }
  }

  /// The moment meant in a run that started at `now`.
  public func instant(now: Instant) -> Instant {
    switch self {
    case .now: now
    case .at(let moment): moment
    }
  }
}

/// A length of time as given on the command line.
public enum SpanArgument: Hashable, Sendable {
  /// No limit.
  case all
  case seconds(Int64)

  /// Reads a whole number with `s`, `m`, `h` or `d` (24 hours), or `all`; nothing and more than 1000 years are refused.
  public init?(_ text: String) {
    if text == "all" {
      self = .all
      return
    }
    guard let unit = text.utf8.last.flatMap(Self.unit), let count = Int64(text.dropLast()), count > 0,
      text.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
    guard !overflow, seconds <= 365_000 * 86_400 else { return nil }
    self = .seconds(seconds)
  }

  private static func unit(_ letter: UInt8) -> Int64? {
    switch letter {
    case UInt8(ascii: "s"): 1
    case UInt8(ascii: "m"): 60
    case UInt8(ascii: "h"): 3_600
    case UInt8(ascii: "d"): 86_400
    default: nil
    }
  }
}
