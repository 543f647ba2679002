public import Facts

/// How long waits on one objective lasted, for telling those who wait what to expect.
///
/// Only waits that started in the last 365 days count, in working seconds of the objective's calendar. A wait that goes on, or ended
/// without an answer, counts as longer than it was. Each group of waits gives one curve, made once.
public struct WaitHistory: Sendable {
  /// How many days back waits are taken from.
  public static let days: Int64 = 365

  /// Waits that are alike: on one objective, by authors of one origin.
  struct Group: Hashable {
    var objective: String
    var clock: ServiceLevels.Clock
    /// Seconds of two calendars may not be mixed in one curve.
    var calendar: String
    /// Nil for all origins together.
    var origin: Origin?
  }

  private let curves: [Group: Survival]

  /// Takes the judged contributions of one repository, in any order.
  public init(_ assessments: some Sequence<Assessment>, asOf: Instant) {
    let since = asOf.advanced(by: -Self.days * 86_400)
    var waits: [Group: [Survival.Wait]] = [:]
    for assessment in assessments {
      for item in assessment.serviceLevels {
        guard let wait = item.wait, let start = item.start.instant, start >= since, start <= asOf else {
          continue
        }
        waits[item.group(of: nil), default: []].append(wait)
        waits[item.group(of: assessment.origin.kind), default: []].append(wait)
      }
    }
    curves = waits.mapValues { Survival($0) }
  }

  /// What remains of a wait, going by those that lasted longer than it has so far; nil for one that is over.
  ///
  /// Waits on the same objective by authors of the same origin are asked first. Where too few of them lasted so
  /// long, all waits on the objective are.
  public func expectation(of item: ServiceLevelItem, origin: Origin) -> ExpectedWait? {
    guard item.isOpen else { return nil }
    let own = expectation(of: item, among: origin)
    if own.remaining.value != nil { return own }
    let all = expectation(of: item, among: nil)
    return all.left > own.left ? all : own
  }

  private func expectation(of item: ServiceLevelItem, among origin: Origin?) -> ExpectedWait {
    let waited = item.elapsed.upperBound
    let curve = curves[item.group(of: origin)] ?? Survival([])
    let rest = curve.remaining(after: waited)
    return ExpectedWait(
      origin: origin, sample: curve.waits.count, waited: waited, left: rest.waits.count,
      remaining: rest.sampledQuantile(0.5))
  }
}

/// What somebody who waits may expect: when half of the waits that lasted as long had ended.
public struct ExpectedWait: Hashable, Sendable {
  /// The authors' origin in the group that was asked; nil for all contributions under the objective.
  public let origin: Origin?
  /// Waits in the group.
  public let sample: Int
  /// Working seconds waited so far.
  public let waited: Int64
  /// Those waits that lasted longer; the answer rests on these alone.
  public let left: Int
  /// The median of what remained of them in working seconds, with its 95 % limits.
  public let remaining: Sampled<Survival.Quantile>
}

extension ServiceLevelItem {
  /// The wait as a curve takes it; nil where its length is not exactly known.
  fileprivate var wait: Survival.Wait? {
    guard state != .notIdentifiable, elapsed.lowerBound == elapsed.upperBound else { return nil }
    return .init(seconds: elapsed.upperBound, ended: isAnswered)
  }

  fileprivate func group(of origin: Origin?) -> WaitHistory.Group {
    .init(objective: objective.name, clock: objective.clock, calendar: objective.calendar, origin: origin)
  }
}
