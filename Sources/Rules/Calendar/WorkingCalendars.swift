/// The calendars of a policy by name, ready to compute with.
///
/// A region costs a few milliseconds to work out, so a set is made once for each version of a policy.
public struct WorkingCalendars: Sendable {
  private var calendars: [String: WorkingCalendar] = [:]

  /// Works all of them out; `24x7` is always among them.
  ///
  /// Only the years given are worked out, at most 1970 to 2199; the calendars are closed outside them. A region whose
  /// zone is unknown never opens, and a union leaves out members that are unknown or lead back to
  /// it; the reader of policy files lets neither through.
  public init(_ calendars: [CalendarPolicy], zones: TimeZones, years: ClosedRange<Int> = 1970...2199) {
    let days = RegionBuilder.days(of: years)
    self.calendars[ServiceLevels.alwaysOpen] = .alwaysOpen
    let policies = Dictionary(calendars.map { ($0.name, $0) }) { first, _ in first }
    for calendar in calendars {
      var path: Set<String> = []
      _ = resolve(calendar.name, policies, zones, days, &path)
    }
  }

  /// Nil for a name that the policy does not declare.
  public subscript(name: String) -> WorkingCalendar? { calendars[name] }

  private mutating func resolve(
    _ name: String, _ policies: [String: CalendarPolicy], _ zones: TimeZones, _ days: ClosedRange<Int64>,
    _ path: inout Set<String>
  ) -> WorkingCalendar? {
    if let known = calendars[name] { return known }
    guard let policy = policies[name], path.insert(name).inserted else { return nil }
    defer { path.remove(name) }
    let calendar: WorkingCalendar
    switch policy.kind {
    case .region(let region): calendar = WorkingCalendar(name: name, region, zones: zones, days: days)
    case .union(let members):
      let known = members.compactMap { resolve($0, policies, zones, days, &path) }
      calendar = WorkingCalendar(name: name, unionOf: known)
    }
    calendars[name] = calendar
    return calendar
  }
}

extension WorkingCalendar {
  /// Works out a region; `days` since 1970-01-01 limits what it knows.
  init(
    name: String, _ region: CalendarPolicy.Region, zones: TimeZones,
    days: ClosedRange<Int64> = RegionBuilder.days
  ) {
    guard let zone = zones[region.timeZone] else {
      self.init(name: name, unionOf: [])
      return
    }
    var builder = RegionBuilder(region, zones: zones, zone: zone, days: days)
    self.init(name: name, zone: zone, shared: builder.build())
  }
}
