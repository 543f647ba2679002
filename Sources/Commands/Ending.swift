/// How a run ends, as the exit status says it.
public enum Ending: Int32, Hashable, Sendable, CaseIterable {
  /// Done; where something was judged, everything held.
  case met = 0
  /// Judged, and something did not hold.
  case notMet = 1
  /// Could not be judged, or failed.
  case failed = 2
  /// Judgement was asked for on incomplete input; never a pass.
  case incomplete = 3
  /// The command line makes no sense (`EX_USAGE` of sysexits).
  case misused = 64
  /// Output could not be written (`EX_IOERR` of sysexits); what was there before is intact.
  case unwritable = 74

  /// One line for the manual.
  public var meaning: String {
    switch self {
    case .met: "Done; when judging: everything held."
    case .notMet: "Judged, and something did not hold."
    case .failed: "Could not judge, or failed: unreadable repository, bad policy file, no such contribution."
    case .incomplete: "Incomplete input where a judgement was asked for: shallow clone, missing objects."
    case .misused: "Wrong command line."
    case .unwritable: "Output could not be written; what was there before is intact."
    }
  }
}
