public import Facts

/// A moment as reports show it: always in UTC, with a year of four digits.
public struct UTCTime: Hashable, Sendable {
  private let moment: Instant

  /// Moments outside the years 0–9999 show as the nearest end of them.
  ///
  /// RFC 3339 has four digits for the year, and a broken clock can write any number into a commit.
  public init(_ moment: Instant) {
    self.moment = Instant(seconds: min(max(moment.seconds, -62_167_219_200), 253_402_300_799))
  }

  /// The date alone: `2026-03-01`.
  public var date: String { moment.utcDate.description }

  /// Date and time for people: `2026-03-01 14:05 UTC`.
  public var words: String {
    let time = rfc3339.dropFirst("YYYY-MM-DDT".count).prefix("HH:MM".count)
    return "\(date) \(time) UTC"
  }

  /// Date and time for programs, RFC 3339: `2026-03-01T14:05:09Z`.
  public var rfc3339: String { moment.rfc3339 }

  /// Appends what `rfc3339` gives, as ASCII.
  func appendRFC3339(to bytes: inout [UInt8]) { moment.appendRFC3339(to: &bytes) }
}

extension Instant {
  /// The moment as reports show it.
  public var shown: UTCTime { UTCTime(self) }
}
