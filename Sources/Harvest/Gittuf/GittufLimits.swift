/// How much of gittuf's refs is read; what lies beyond is reported, never silently left out.
struct GittufLimits {
  /// The largest envelope that is read, in bytes; the largest real one seen has 60 kB.
  var envelopeBytes = 4 << 20
  /// How much of envelopes is read altogether for each prefix, in bytes.
  var totalBytes = 1 << 30
  /// Commits of the attestations, and entries of the log, that are looked at.
  var commits = 200_000
  /// Entries of folders that are compared along the history of the attestations.
  var treeEntries = 50_000_000
  /// Approvals that came or went along a history.
  var approvals = 1_000_000
  /// Folders inside one another.
  var depth = 64
  /// Commits of one landed request that are told.
  var commitsOfRequest = 10_000
}
