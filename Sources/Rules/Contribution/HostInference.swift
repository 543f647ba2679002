public import Facts

/// Who looks after a repository, inferred where no roster says it.
///
/// Hosts are the people who landed at least five contributions written by others within the 365 days before the
/// as-of moment, machines left out. It is a guess from history: every report says so.
public struct HostInference: Hashable, Sendable {
  /// Days looked back.
  public static let days: Int64 = 365
  /// Contributions of others that make a host.
  public static let threshold = 5

  /// Hosts with the number of contributions of others that each landed, in the order of their numbers.
  public let landings: [PersonID: Int]

  public init(_ contributions: [Contribution], bots: Set<PersonID>, asOf: Instant) {
    self.init(parts: [contributions], bots: bots, asOf: asOf)
  }

  /// The same from contributions that stand in several lists.
  public init(parts: [[Contribution]], bots: Set<PersonID>, asOf: Instant) {
    let start = asOf.advanced(by: -Self.days * 86_400)
    var counts: [PersonID: Int] = [:]
    for contribution in parts.joined() {
      guard let landing = contribution.landing, let lander = landing.by, !bots.contains(lander) else {
        continue
      }
      guard landing.at > start, landing.at <= asOf, contribution.author != nil else { continue }
      guard !contribution.isAuthor(lander) else { continue }
      counts[lander, default: 0] += 1
    }
    landings = counts.filter { $0.value >= Self.threshold }
  }

  public var isEmpty: Bool { landings.isEmpty }
}
