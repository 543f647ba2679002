internal import Facts
internal import Harvest
internal import Rules

/// How far each source goes along with what landed: from contributions, the same for every source.
struct SourceReach {
  /// A source counts as frozen when its newest record is so much older than the newest commit …
  static let frozenAfter: Int64 = 180 * 86_400
  /// … and so many requests landed after it without one.
  static let frozenLandings = 10

  /// What one source knows of landed requests.
  struct Reach {
    /// The newest landing of which the source has a record.
    var newest: Instant?
    /// Requests that landed later, all without a record of this source.
    var landedSince = 0
    var years: [YearShare] = []
  }

  private var reaches: [SourceKind: Reach] = [:]
  private let newestCommit: Instant?

  init(_ contributions: some Sequence<Contribution>, newestCommit: Instant?) {
    self.newestCommit = newestCommit
    var landed: [(at: Instant, sources: [SourceKind], isRequest: Bool)] = []
    for contribution in contributions {
      guard let landing = contribution.landing else { continue }
      let isRequest = if case .commit = contribution.id { false } else { true }
      landed.append((landing.at, contribution.sources, isRequest))
    }
    var totals: [Int: Int] = [:]
    var have: [SourceKind: [Int: Int]] = [:]
    for item in landed {
      totals[item.at.year, default: 0] += 1
      for source in item.sources where source != .history || item.isRequest {
        have[source, default: [:]][item.at.year, default: 0] += 1
        reaches[source, default: Reach()].newest = max(reaches[source]?.newest ?? item.at, item.at)
      }
    }
    for source in reaches.keys {
      reaches[source]?.years = totals.sorted { $0.key < $1.key }.map {
        YearShare(year: $0.key, have: have[source]?[$0.key] ?? 0, of: $0.value)
      }
      let newest = reaches[source]?.newest
      reaches[source]?.landedSince = landed.count { item in
        item.isRequest && newest.map { item.at > $0 } ?? true
      }
    }
  }

  /// What a source knows of what landed; nil when it knows of nothing that did.
  subscript(source: SourceKind) -> Reach? { reaches[source] }

  /// The newest record of a source that ended while work went on; nil for one that did not.
  func frozen(_ source: SourceKind) -> (newest: Instant, landedSince: Int)? {
    guard let reach = reaches[source], let newest = reach.newest, let newestCommit,
      newestCommit.since(newest) > Self.frozenAfter, reach.landedSince >= Self.frozenLandings
    else { return nil }
    return (newest, reach.landedSince)
  }
}
