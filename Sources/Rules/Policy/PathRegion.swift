/// A set of paths put together from lists: what somebody may give away, or what a grant covers in the end.
public indirect enum PathRegion: Hashable, Sendable {
  case list(PathList)
  /// What lies in each of them; everything for none.
  case all([PathRegion])
  /// What lies in any of them; nothing for none.
  case any([PathRegion])
  /// What does not lie in it.
  case except(PathRegion)

  public static let everything = PathRegion.all([])
  public static let nothing = PathRegion.any([])

  public func contains(_ path: [UInt8]) -> Bool { holds { $0.matches(path) } }

  public func contains(_ path: String) -> Bool { contains(Array(path.utf8)) }

  /// Evaluates the region, given which lists take a path in.
  func holds(_ matches: (PathList) -> Bool) -> Bool {
    switch self {
    case .list(let list): matches(list)
    case .all(let parts): parts.allSatisfy { $0.holds(matches) }
    case .any(let parts): parts.contains { $0.holds(matches) }
    case .except(let part): !part.holds(matches)
    }
  }

  /// Every list that the region is made of, each once, in the order in which they stand.
  var lists: [PathList] {
    var seen: Set<PathList> = []
    var found: [PathList] = []
    collect { if seen.insert($0).inserted { found.append($0) } }
    return found
  }

  private func collect(_ take: (PathList) -> Void) {
    switch self {
    case .list(let list): take(list)
    case .all(let parts), .any(let parts): for part in parts { part.collect(take) }
    case .except(let part): part.collect(take)
    }
  }

  /// A path that lies in the region: the shortest, or the first of the shortest in a fixed order of bytes.
  public func example() -> PathAnswer { PathSearch(self).run() }

  /// A path of this region that does not lie in another one.
  public func example(outside other: PathRegion) -> PathAnswer {
    PathRegion.all([self, .except(other)]).example()
  }

  /// Whether every path of this region lies in another one; nil when that is too much work to tell.
  public func isInside(_ other: PathRegion) -> Bool? {
    switch example(outside: other) {
    case .none: true
    case .found: false
    case .undecided: nil
    }
  }

  /// Whether some path lies in both; nil when that is too much work to tell.
  public func meets(_ other: PathRegion) -> Bool? {
    switch PathRegion.all([self, other]).example() {
    case .none: false
    case .found: true
    case .undecided: nil
    }
  }
}

/// The answer to "is there such a path?".
public enum PathAnswer: Hashable, Sendable {
  case none
  case found([UInt8])
  /// The patterns hold so many wildcards that the search was given up.
  case undecided
}
