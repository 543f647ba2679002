/// The calendars of every version of a policy, made once and shared by all judgements.
public struct ServiceLevelBook: Sendable {
  /// Calendars by the position of the policy's version.
  private let calendars: [WorkingCalendars]
  /// The clocks that an objective of any version names.
  let clocks: Set<ServiceLevels.Clock>

  /// Versions that state the same calendars share them.
  public init(_ policies: PolicyHistory, zones: TimeZones) {
    clocks = Set(policies.versions.flatMap { $0.policy.serviceLevels.objectives.map(\.clock) })
    var known: [[CalendarPolicy]: WorkingCalendars] = [:]
    calendars = policies.versions.map { version in
      let stated = version.policy.serviceLevels.calendars
      if let made = known[stated] { return made }
      let made = WorkingCalendars(stated, zones: zones)
      known[stated] = made
      return made
    }
  }

  /// The calendar of that name under the version in force; nil when there is none, which a read policy excludes.
  func calendar(_ name: String, _ inForce: PolicyHistory.InForce) -> WorkingCalendar? {
    calendars.indices.contains(inForce.place) ? calendars[inForce.place][name] : nil
  }
}
