/// How much of a hostile repository is read; what lies beyond is reported, never silently left out.
public struct GerritLimits: Hashable, Sendable {
  /// The largest note that is read, in bytes; Gerrit itself refuses larger ones.
  public var noteBytes = 25 << 20
  /// How much of all versions of the notes of one change is read, in bytes.
  public var notesBytes = 256 << 20
  /// The largest commit of a log that is read, in bytes.
  public var updateBytes = 4 << 20
  /// The largest number of updates of one change; the longest real log seen has fewer than a thousand.
  public var updates = 20_000
  /// The largest number of comments of one change.
  public var comments = 100_000

  public init() {}
}
