internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// How far each source goes along with what landed: from contributions, the same for every source.
struct SourceReach {
  /// Where a source ended although work went on.
  struct End {
    /// The last landing of which the source still has a record as a rule.
    var newest: Instant
    /// Requests that landed later, hardly any with a record.
    var landedSince: Int
  }

  /// A source has ended when its last record is so many seconds older than the newest commit.
  static let frozenAfter: Int64 = 180 * 86_400
  /// How many requests must have landed in that time.
  static let frozenLandings = 10
  /// Over how many requests in a row the share of records is looked at.
  private static let stretch = 50
  /// The share from which a source goes along: a request may stay open for years and land after the end.
  private static let share = 0.2

  private struct Landed {
    var at: Instant
    var sources: SourceKinds
    var isRequest: Bool
  }

  /// Sorted by time.
  private let landed: [Landed]
  private let newestCommit: Instant?

  /// Takes what is needed of each contribution, without copying it whole: there are tens of thousands.
  init(_ entries: some Sequence<ContributionEntry>, newestCommit: Instant?) {
    self.newestCommit = newestCommit
    landed = entries.compactMap { entry in
      guard let moment = entry.assessment.contribution.landing?.at else { return nil }
      let isRequest = if case .commit = entry.assessment.contribution.id { false } else { true }
      var sources = SourceKinds(entry.assessment.contribution.sources.map { SourceKinds($0) })
      // History holds everything; what it tells of proposals is what counts.
      if !isRequest { sources.remove(SourceKinds(.history)) }
      return Landed(at: moment, sources: sources, isRequest: isRequest)
    }.sorted { $0.at < $1.at }
  }

  /// The share of each year's landed contributions of which a source has a record; empty when it has none.
  func years(of source: SourceKind) -> [YearShare] {
    var shares: [YearShare] = []
    for item in landed {
      let year = item.at.year
      if shares.last?.year != year { shares.append(YearShare(year: year, have: 0, of: 0)) }
      shares[shares.count - 1].of += 1
      if item.sources.contains(SourceKinds(source)) { shares[shares.count - 1].have += 1 }
    }
    return shares.contains { $0.have > 0 } ? shares : []
  }

  /// How many contributions landed after a moment.
  func landed(after moment: Instant) -> Int { landed.count { $0.at > moment } }

  /// How many requests landed after a moment; all contributions where none is a request.
  func requests(after moment: Instant) -> Int {
    let requests = landed.count { $0.at > moment && $0.isRequest }
    return requests > 0 ? requests : landed(after: moment)
  }

  /// Where a source ended; nil for one that goes on, or never went along.
  func end(of source: SourceKind) -> End? {
    let own = SourceKinds(source)
    guard source != .history, let newestCommit, let first = landed.first(where: { $0.sources.contains(own) })
    else { return nil }
    let since = landed.filter { $0.at >= first.at }
    let requests = since.filter { $0.isRequest || $0.sources.contains(own) }
    let isEnough = requests.count { !$0.sources.contains(own) } >= Self.frozenLandings
    let population = isEnough ? requests : since
    var known = 0
    var last: Int?
    for (place, item) in population.enumerated() {
      let length = min(Self.stretch, place + 1)
      if item.sources.contains(own) { known += 1 }
      if place >= Self.stretch, population[place - Self.stretch].sources.contains(own) { known -= 1 }
      if item.sources.contains(own), Double(known) >= Self.share * Double(length) { last = place }
    }
    guard let last, population.count - last > Self.frozenLandings,
      newestCommit.since(population[last].at) > Self.frozenAfter
    else { return nil }
    return End(newest: population[last].at, landedSince: population.count - last - 1)
  }
}

extension SourceKinds {
  fileprivate init(_ kinds: [SourceKinds]) { self = kinds.reduce(into: []) { $0.formUnion($1) } }
}
