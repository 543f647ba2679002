internal import Facts
public import Rules

/// The recorded history judged under another policy, beside the judgement by the policy in force.
public struct ReplayReport: Sendable {
  public static let schema = "tributary/sla-replay/1"

  public var header: ReportHeader
  /// Where the other policy comes from.
  public let replayed: PolicySource
  let replay: Replay

  /// Takes pairs of judgements in the stated order; without a `window` each objective is told over its own.
  public init(
    header: ReportHeader, replayed: PolicySource, _ pairs: [ReplayedContribution],
    before: [ServiceLevels.Objective], after: [ServiceLevels.Objective], window: Window?
  ) {
    self.replayed = replayed
    self.header = header
    self.header.window = window ?? Replay.longest(before + after, asOf: header.asOf)
    self.header.notes += [.replayHoldsBehaviour, .replayForAllTime]
    replay = Replay(pairs, before: before, after: after, asOf: header.asOf, window: window)
  }

  /// Contributions whose state, due time or level differs, in the order given.
  var changed: [ReplayedContribution] { replay.contributions.filter { !$0.changes.isEmpty } }
}
