public import Facts
public import Rules

/// The time zone in which a reader wants to see due times; never the machine's own.
public struct ReaderZone: Hashable, Sendable {
  private let table: ZoneTable

  public init(_ table: ZoneTable) { self.table = table }

  public static let utc = ReaderZone(.utc)

  public var name: String { table.name }

  public var isUTC: Bool { self == .utc }

  /// Date and time with the offset then: `2026-03-01 16:05 +02:00`, or `2026-03-01 14:05 UTC`.
  public func words(_ moment: Instant) -> String {
    isUTC ? moment.shown.words : "\(dateAndTime(moment)) \(offset(at: moment))"
  }

  /// The same where a table's header names the zone already: with an offset unless that is UTC.
  func cell(_ moment: Instant) -> String { isUTC ? dateAndTime(moment) : words(moment) }

  /// The same with the day of the week in front: `Mon 2026-03-02 09:00`, without the offset.
  func day(_ moment: Instant) -> String {
    "\(Self.days[max(0, min(6, table.date(at: moment).weekday - 1))]) \(dateAndTime(moment))"
  }

  /// The date alone: `2026-03-02`.
  func date(_ moment: Instant) -> String { String(dateAndTime(moment).prefix("YYYY-MM-DD".count)) }

  /// The time of the day alone: `09:00`.
  func time(_ moment: Instant) -> String { String(dateAndTime(moment).suffix("HH:MM".count)) }

  /// Whether two moments show the same date.
  func isSameDay(_ one: Instant, _ other: Instant) -> Bool { table.date(at: one) == table.date(at: other) }

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private func dateAndTime(_ moment: Instant) -> String {
    let wall = Instant(seconds: table.wallSeconds(at: moment)).shown
    return "\(wall.date) \(wall.rfc3339.dropFirst("YYYY-MM-DDT".count).prefix("HH:MM".count))"
  }

  /// `+02:00`; seconds stand there only where an old offset has some.
  private func offset(at moment: Instant) -> String {
    let offset = table.offset(at: moment)
    let size = offset.magnitude
    let parts = [size / 3_600, size / 60 % 60] + (size % 60 == 0 ? [] : [size % 60])
    let digits = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }
    return (offset < 0 ? "-" : "+") + digits.joined(separator: ":")
  }
}
