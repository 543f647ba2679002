internal import Facts
internal import Harvest

/// Finds when the waivers of the newest policy came to the branch as they are.
///
/// A waiver that was changed came anew: only the version with the same bytes counts.
struct WaiverArrivals {
  private let harvested: Harvested
  private let plan: AnalysisPlan

  init(_ harvested: Harvested, _ plan: AnalysisPlan) {
    self.harvested = harvested
    self.plan = plan
  }

  /// Arrivals by path; `read` reads the branch once more, back to its beginning, where a waiver is older than what
  /// was read.
  ///
  /// In a shallow clone the arrival of a waiver as old as the clone is not known, and left out.
  func find(reading read: (AnalysisPlan) throws -> Harvested) throws -> [String: Instant] {
    let found = Self.arrivals(in: harvested.policies)
    guard found.values.contains(where: { $0.place == 0 }) else { return found.mapValues(\.at) }
    var whole = harvested
    if plan.readSince != nil {
      var plan = plan
      plan.readsEverything = true
      whole = try read(plan)
    }
    return Self.arrivals(in: whole.policies).filter { !whole.isShallow || $0.value.place > 0 }.mapValues(\.at)
  }

  /// For each waiver of the newest version the oldest one that holds it unchanged ever since.
  private static func arrivals(in versions: [PolicyFilesVersion]) -> [String: (place: Int, at: Instant)] {
    guard let newest = versions.last else { return [:] }
    var arrivals: [String: (place: Int, at: Instant)] = [:]
    for (path, bytes) in newest.files where path.hasPrefix("waivers/") {
      let others = versions.lastIndex { version in
        !version.files.contains { $0.path == path && $0.bytes == bytes }
      }
      let place = others.map { $0 + 1 } ?? 0
      // A version holds from no earlier than those before it, whatever its commit's date says.
      let at = versions[...place].map(\.from).max() ?? newest.from
      arrivals[path] = (place, at)
    }
    return arrivals
  }
}
