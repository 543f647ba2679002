public import Facts

/// The working hours of one region, or a union of regions, as a policy states them; nothing is computed here.
public struct CalendarPolicy: Hashable, Sendable {
  /// Working time within a day, in minutes from its midnight by the wall clock.
  public struct Hours: Hashable, Sendable {
    /// 0 to 1439.
    public var from: Int
    /// Greater than `from`; above 1440 for a window that ends on the next day.
    public var until: Int

    public init(from: Int, until: Int) {
      self.from = from
      self.until = until
    }
  }

  /// A moment that a policy may state as a day, which then begins when the calendar's zone says.
  public enum Boundary: Hashable, Sendable {
    case date(CivilDate)
    case instant(Instant)
  }

  /// A stretch of time without work.
  public struct Freeze: Hashable, Sendable {
    public var from: Boundary
    public var until: Boundary

    public init(from: Boundary, until: Boundary) {
      self.from = from
      self.until = until
    }
  }

  /// What a wall clock shows somewhere.
  public struct WallTime: Hashable, Sendable {
    /// Seconds since the clock showed 1970-01-01T00:00:00.
    public var seconds: Int64
    /// Where the clock hangs: an IANA name; nil for the calendar's own zone.
    public var timeZone: String?

    public init(seconds: Int64, timeZone: String? = nil) {
      self.seconds = seconds
      self.timeZone = timeZone
    }
  }

  /// A closed stretch of an imported calendar, by the clock.
  public struct Closure: Hashable, Sendable {
    public var from: WallTime
    public var until: WallTime
    /// True seconds after `until`, for lengths that are given in hours rather than days.
    public var extraSeconds: Int64

    public init(from: WallTime, until: WallTime, extraSeconds: Int64 = 0) {
      self.from = from
      self.until = until
      self.extraSeconds = extraSeconds
    }
  }

  /// Where hours come from.
  public enum Kind: Hashable, Sendable {
    /// One region with its own hours.
    case region(Region)
    /// Working when any of the named calendars works ("follow the sun").
    case union([String])
  }

  public struct Region: Hashable, Sendable {
    /// An IANA name such as `Europe/Berlin`, or `UTC`.
    public var timeZone: String
    /// By ISO weekday, 1 for Monday to 7 for Sunday; a day that is missing has no hours.
    public var hours: [Int: [Hours]]
    public var holidays: [CivilDate]
    /// iCalendar files, relative to the policy directory.
    public var holidayFiles: [String]
    /// Whether events that are marked as free time close days too; many feeds of public holidays mark them so.
    public var transparentHolidays = false
    /// Whole days that the holiday files close, sorted.
    public var importedHolidays: [CivilDate] = []
    /// Parts of days that the holiday files close, sorted by start.
    public var importedClosures: [Closure] = []
    /// Days whose hours differ from their weekday's; an empty list closes the day.
    public var exceptions: [CivilDate: [Hours]]
    public var freezes: [Freeze]

    public init(
      timeZone: String, hours: [Int: [Hours]], holidays: [CivilDate] = [], holidayFiles: [String] = [],
      exceptions: [CivilDate: [Hours]] = [:], freezes: [Freeze] = []
    ) {
      self.timeZone = timeZone
      self.hours = hours
      self.holidays = holidays
      self.holidayFiles = holidayFiles
      self.exceptions = exceptions
      self.freezes = freezes
    }
  }

  public var name: String
  public var kind: Kind

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// The names of the time zones that are needed to compute with the calendar.
  public var timeZones: Set<String> {
    guard case .region(let region) = kind else { return [] }
    let foreign = region.importedClosures.flatMap { [$0.from.timeZone, $0.until.timeZone] }
    return Set(foreign.compactMap { $0 } + [region.timeZone])
  }

  /// Whole days from Monday to Friday in UTC: the calendar of the default objectives.
  public static let weekdays = CalendarPolicy(
    name: "weekdays",
    kind: .region(
      Region(
        timeZone: "UTC",
        hours: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [Hours(from: 0, until: 1440)]) }))))
}

extension CalendarPolicy.Boundary: CustomStringConvertible {
  public var description: String {
    switch self {
    case .date(let date): date.description
    case .instant(let instant): instant.description
    }
  }
}
