/// A moment on the UTC time line, in whole seconds since 1970-01-01T00:00:00Z (leap seconds not counted).
///
/// Git records seconds; nothing here is finer. Values before 1970 are negative and legal.
public struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since the Unix epoch.
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  /// The moment `seconds` later (earlier when negative); stops at the ends of the range.
  public func advanced(by seconds: Int64) -> Instant {
    let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
    guard overflow else { return Instant(seconds: sum) }
    return Instant(seconds: seconds > 0 ? .max : .min)
  }

  /// Seconds from `earlier` to this moment, negative when this one is the earlier; stops at the ends of the range.
  public func since(_ earlier: Instant) -> Int64 {
    let (difference, overflow) = seconds.subtractingReportingOverflow(earlier.seconds)
    // The smallest number has no opposite, so it is never given.
    guard overflow else { return max(difference, -.max) }
    return seconds > earlier.seconds ? .max : -.max
  }
}
