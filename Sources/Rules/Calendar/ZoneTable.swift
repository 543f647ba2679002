public import Facts

/// The offsets of one time zone from UTC: a sorted list of moments at which they change, and a rule for ever after.
///
/// Whole seconds throughout. Changes before 1970 are left out: the offset of 1970-01-01 counts for all time before
/// it. The rule is written out beyond the end of 2201; later moments follow it as well, because the Gregorian calendar
/// repeats every 400 years.
public struct ZoneTable: Hashable, Sendable {
  /// An IANA name such as `Europe/Berlin`, or `UTC`.
  public let name: String
  /// Ascending; from each on, the offset of the same number plus one holds.
  let moments: [Int64]
  /// Seconds east of UTC, one more than there are moments.
  let offsets: [Int64]
  private let rule: ZoneRule?

  /// Coordinated Universal Time, which never changes.
  public static let utc = ZoneTable(name: "UTC", first: 0, changes: [], rule: nil)

  /// From 2202 on, the table is no longer written out.
  private static let horizon = Instant(startOf: CivilDate(daysSinceEpoch: 84_736)).seconds
  /// 400 years, after which dates and weekdays repeat.
  private static let cycle: Int64 = 146_097 * 86_400
  /// No offset is larger, in either direction (RFC 9636, 3.2).
  static let largestOffset: Int64 = 93_599

  /// Takes changes in ascending order; of two at the same moment the later one in the list holds.
  init(name: String, first: Int64, changes: [ZoneRule.Event], rule: ZoneRule?) {
    self.name = name
    self.rule = rule
    var written = changes
    if let rule {
      let start = changes.last?.at ?? .min
      let year = changes.isEmpty ? 1968 : max(Instant(seconds: start).utcDate.year - 1, 1968)
      // What begins with the year after the last one may take back what ends it.
      if year <= 2201 { written += rule.events(in: year...2202).filter { $0.at > start } }
    }
    // Without any change, the rule holds for all time.
    var initial = changes.isEmpty ? rule?.standard ?? first : first
    var kept: [ZoneRule.Event] = []
    for change in written {
      guard change.at > 0 else {
        initial = change.offset
        continue
      }
      if kept.last?.at == change.at { kept.removeLast() }
      if kept.last?.offset ?? initial != change.offset { kept.append(change) }
    }
    moments = kept.map(\.at)
    offsets = [initial] + kept.map(\.offset)
  }

  /// Seconds east of UTC at a moment.
  public func offset(at moment: Instant) -> Int64 {
    guard moment.seconds >= Self.horizon, let rule, rule.daylight != nil else {
      return offsets[index(of: moment.seconds)]
    }
    let folded = Self.horizon + (moment.seconds - Self.horizon) % Self.cycle
    return Self.written(rule, around: folded).offset(at: Instant(seconds: folded))
  }

  /// What a wall clock shows, in seconds since it showed 1970-01-01T00:00; stops at the ends of the range.
  public func wallSeconds(at moment: Instant) -> Int64 {
    moment.advanced(by: offset(at: moment)).seconds
  }

  /// The day that a wall clock shows.
  public func date(at moment: Instant) -> CivilDate {
    let (quotient, rest) = wallSeconds(at: moment).quotientAndRemainder(dividingBy: 86_400)
    return CivilDate(daysSinceEpoch: rest < 0 ? quotient - 1 : quotient)
  }

  /// The first moment at which a wall clock shows this time or a later one.
  ///
  /// A time that the clock skips becomes the moment of the change; of a time that it shows twice, the first one
  /// counts. The answer never decreases when the wall time increases, so stretches given by the clock neither
  /// overlap nor leave gaps where their ends are equal.
  public func instant(ofWall seconds: Int64) -> Instant {
    guard seconds >= Self.horizon, let rule, rule.daylight != nil else {
      var cursor = index(of: Instant(seconds: seconds).advanced(by: -Self.largestOffset).seconds)
      return Instant(seconds: instant(ofWall: seconds, &cursor))
    }
    let past = (seconds - Self.horizon) % Self.cycle
    let folded = Self.written(rule, around: Self.horizon + past).instant(ofWall: Self.horizon + past)
    return Instant(seconds: seconds).advanced(by: folded.seconds - Self.horizon - past)
  }

  /// The same, going on from the place of the time before; quick when times are asked for in ascending order.
  func instant(ofWall seconds: Int64, _ cursor: inout Int) -> Int64 {
    // So far from the ends of the range that no offset leads out of it.
    let seconds = min(max(seconds, -(1 << 62)), 1 << 62)
    while cursor > 0, moments[cursor - 1] > seconds - Self.largestOffset { cursor -= 1 }
    while cursor < moments.count, moments[cursor] + offsets[cursor] <= seconds { cursor += 1 }
    let wanted = seconds - offsets[cursor]
    return cursor > 0 ? max(moments[cursor - 1], wanted) : wanted
  }

  /// The wall times of a stretch that lie so far from its ends that nothing but its own offset matters.
  func plainStretch(at cursor: Int) -> (from: Int64, until: Int64, offset: Int64) {
    let start = cursor > 0 ? moments[cursor - 1] : -(1 << 62)
    let end = cursor < moments.count ? moments[cursor] : 1 << 62
    return (start + 2 * Self.largestOffset, end - 2 * Self.largestOffset, offsets[cursor])
  }

  /// The number of moments not after this one, which is the number of the offset that holds.
  private func index(of seconds: Int64) -> Int { moments.partitioningIndex { $0 > seconds } }

  /// The rule written out for the years around a moment.
  private static func written(_ rule: ZoneRule, around seconds: Int64) -> ZoneTable {
    let year = Instant(seconds: seconds).utcDate.year
    return ZoneTable(
      name: "", first: rule.standard, changes: rule.events(in: (year - 2)...(year + 2)), rule: nil)
  }
}

extension Array {
  /// The index of the first element for which the test holds, in an array where it holds for a tail only.
  func partitioningIndex(where isInTail: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if isInTail(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
