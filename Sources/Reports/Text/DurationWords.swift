public import Facts

/// Spans of time in words as short as a table column wants them.
///
/// At most two units, rounded down, so that "7h 42m" has passed when it is shown.
public enum DurationWords {
  /// Elapsed time with days of 24 hours: `45s`, `42m`, `7h 42m`, `3d 4h`, `-2h`.
  public static func elapsed(_ seconds: Int64) -> String {
    words(seconds, [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")])
  }

  /// Working time, counted in hours because a working day has no fixed length: `31h 12m`.
  public static func working(_ seconds: Int64) -> String {
    words(seconds, [(3_600, "h"), (60, "m"), (1, "s")])
  }

  /// A moment seen from another: `3d 4h ago`, `in 2h`, `now`.
  public static func relative(_ moment: Instant, to reference: Instant) -> String {
    let (difference, overflow) = moment.seconds.subtractingReportingOverflow(reference.seconds)
    let seconds = overflow ? (moment < reference ? .min : .max) : difference
    if seconds == 0 { return "now" }
    return seconds < 0 ? "\(elapsed(magnitude(seconds))) ago" : "in \(elapsed(seconds))"
  }

  private static func magnitude(_ seconds: Int64) -> Int64 { Int64(clamping: seconds.magnitude) }

  private static func words(_ seconds: Int64, _ units: [(size: Int64, name: String)]) -> String {
    let sign = seconds < 0 ? "-" : ""
    let rest = magnitude(seconds)
    guard let first = units.firstIndex(where: { $0.size <= rest }) else { return "0s" }
    let unit = units[first]
    var text = "\(sign)\(rest / unit.size)\(unit.name)"
    // Seconds beside minutes would be noise.
    if first + 1 < units.count, units[first + 1].size > 1 {
      let next = units[first + 1]
      let count = rest % unit.size / next.size
      if count > 0 { text += " \(count)\(next.name)" }
    }
    return text
  }
}
