/// How much of a hostile repository is read; what lies beyond is reported, never silently left out.
public struct AppraiseLimits: Hashable, Sendable {
  /// The largest note that is read, in bytes; the largest real one seen has 43 kB.
  public var noteBytes = 4 << 20
  /// How much of older versions of notes is read altogether, in bytes for each notes reference.
  public var historyBytes = 256 << 20
  /// The largest number of commits looked at in the archive of reviews.
  public var archiveCommits = 100_000
  /// The largest number of commits that an open or archived review may have before its head is left aside.
  public var reviewCommits = 10_000

  public init() {}
}
