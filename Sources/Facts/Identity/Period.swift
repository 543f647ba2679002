/// A stretch of time from a moment (inclusive) until a moment (exclusive); a nil end is open.
public struct Period: Hashable, Sendable {
  public var from: Instant?
  public var until: Instant?

  public init(from: Instant? = nil, until: Instant? = nil) {
    self.from = from
    self.until = until
  }

  /// All of time.
  public static let always = Period()

  public func contains(_ moment: Instant) -> Bool {
    if let from, moment < from { return false }
    if let until, moment >= until { return false }
    return true
  }
}
