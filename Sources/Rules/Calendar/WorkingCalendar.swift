public import Facts

/// Working time: which moments count, how many lie between two, and when so many will have passed.
///
/// Whole seconds and half-open stretches throughout. A calendar knows the years 1970 to 2199 and is closed outside
/// them; `24x7` is open always (moments more than 73 thousand million years away count as that far). Looking
/// ahead ends after ten years (3660 days): what does not come by then is nil. Copies share what was computed, and
/// every question costs a binary search.
public struct WorkingCalendar: Sendable {
  /// How far ahead of its start an answer may lie, in seconds.
  public static let horizon: Int64 = 3660 * 86_400

  /// As the policy names it.
  public let name: String
  /// The zone that says on which day a moment falls: the region's, for a union the first member's, for 24x7 UTC.
  public let zone: ZoneTable
  private let shared: Shared

  /// What copies share.
  final class Shared: Sendable {
    let open: Stretches
    /// Nil when every day of the zone is a working day from midnight to midnight.
    let days: WorkingDays?

    init(open: Stretches, days: WorkingDays?) {
      self.open = open
      self.days = days
    }
  }

  init(name: String, zone: ZoneTable, shared: Shared) {
    self.name = name
    self.zone = zone
    self.shared = shared
  }

  /// The calendar `24x7`: every second counts, and days are those of UTC.
  public static let alwaysOpen = WorkingCalendar(
    name: "24x7", zone: .utc, shared: Shared(open: everything, days: nil))

  private static let everything = {
    var open = Stretches()
    open.append(-(1 << 61), 1 << 61)
    return open
  }()

  /// True when no moment counts, so that nothing is ever due.
  public var neverOpens: Bool { shared.open.isEmpty }

  public func isOpen(at moment: Instant) -> Bool { shared.open.contains(moment.seconds) }

  /// The first open moment from one on, which is itself when it is open.
  public func nextOpening(from moment: Instant) -> Instant? { breaches(from: moment, after: 0) }

  /// Working seconds between two moments, the first included and the second not; 0 when they are out of order.
  public func elapsed(from start: Instant, to end: Instant) -> Int64 {
    guard end > start else { return 0 }
    return shared.open.seconds(before: end.seconds) - shared.open.seconds(before: start.seconds)
  }

  /// The first moment by which so many working seconds have passed: the start itself for none.
  ///
  /// Seconds that run out as a window closes give the closing time; `breaches` then gives the next opening.
  public func due(from start: Instant, after workingSeconds: Int64) -> Instant? {
    guard workingSeconds > 0 else { return start }
    let (total, overflow) = workingSeconds.addingReportingOverflow(shared.open.seconds(before: start.seconds))
    guard !overflow else { return nil }
    return shared.open.moment(reaching: total).flatMap { within(start, $0) }
  }

  /// The moment after which more than so many working seconds have passed.
  ///
  /// It is open; a stop at it still has exactly that many, a stop one second later has more.
  public func breaches(from start: Instant, after workingSeconds: Int64) -> Instant? {
    let (total, overflow) = max(workingSeconds, 0).addingReportingOverflow(
      shared.open.seconds(before: start.seconds))
    guard !overflow else { return nil }
    return shared.open.moment(exceeding: total).flatMap { within(start, $0) }
  }

  /// When work ends on the n-th working day (1 or more) after the day on which `start` falls.
  ///
  /// A window belongs to the day on which it begins. Of a union, a date is a working day when any member works on
  /// it, and ends with the last of them. Of 24x7, every day of UTC is one.
  public func endOfBusinessDay(_ count: Int, after start: Instant) -> Instant? {
    guard count >= 1 else { return nil }
    let date = zone.date(at: start).daysSinceEpoch
    if let days = shared.days {
      return days.end(ofDay: count, after: date, start: start.seconds).flatMap { within(start, $0) }
    }
    // Further away than the horizon, whatever the day.
    guard count <= 4000 else { return nil }
    let (end, overflow) = (date + Int64(count) + 1).multipliedReportingOverflow(by: 86_400)
    return overflow ? nil : within(start, end)
  }

  /// The open stretches between two moments, cut off at them.
  public func windows(from start: Instant, to end: Instant) -> [(Instant, Instant)] {
    shared.open.clipped(from: start.seconds, to: end.seconds).map {
      (Instant(seconds: $0.from), Instant(seconds: $0.until))
    }
  }

  private func within(_ start: Instant, _ moment: Int64) -> Instant? {
    moment <= start.advanced(by: Self.horizon).seconds ? Instant(seconds: moment) : nil
  }
}

extension WorkingCalendar {
  /// Working when any of several works; days are those of the first one's zone.
  ///
  /// A member that never closes makes the union never close. Without members it never opens.
  init(name: String, unionOf members: [WorkingCalendar]) {
    if let endless = members.first(where: { $0.shared.days == nil }) {
      self.init(name: name, zone: endless.zone, shared: endless.shared)
      return
    }
    var open = Stretches()
    var days = WorkingDays()
    for member in members {
      open = open.isEmpty ? member.shared.open : open.union(member.shared.open)
      days = member.shared.days.map(days.union) ?? days
    }
    self.init(name: name, zone: members.first?.zone ?? .utc, shared: Shared(open: open, days: days))
  }
}
