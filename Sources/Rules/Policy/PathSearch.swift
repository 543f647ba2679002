/// Looks for a path in a region by reading all patterns at once, byte after byte, shortest paths first.
///
/// The patterns are nondeterministic automata; what they are in after the same bytes is one state of the search. The
/// answer is exact: a region has a path if and only if such a state is reached (Rabin and Scott 1959). A byte that no
/// pattern names stands for all of its kind.
struct PathSearch {
  /// More states than this are not looked through, so that hostile patterns cannot make it take for ever.
  static let stateLimit = 20_000

  private let region: PathRegion
  private var places: [PathList: Int] = [:]
  /// The tokens of every pattern, once.
  private var patterns: [[PathPattern.Token]] = []
  /// For each list its entries as numbers of patterns.
  private var entries: [[(pattern: Int, isExclusion: Bool)]] = []
  private var other = UInt8(ascii: "x")

  init(_ region: PathRegion) {
    self.region = region
    let lists = region.lists
    for (place, list) in lists.enumerated() { places[list] = place }
    var numbers: [PathPattern: Int] = [:]
    var named: Set<UInt8> = []
    for list in lists {
      var own: [(pattern: Int, isExclusion: Bool)] = []
      for entry in list.entries {
        let number = numbers[entry.pattern] ?? patterns.count
        if number == patterns.count {
          numbers[entry.pattern] = number
          patterns.append(entry.pattern.tokens)
          for case .byte(let byte) in entry.pattern.tokens { named.insert(byte) }
        }
        own.append((number, entry.isExclusion))
      }
      entries.append(own)
    }
    other = Self.unnamed(named)
  }

  /// A byte that no pattern names, a letter if there is one.
  private static func unnamed(_ named: Set<UInt8>) -> UInt8 {
    let letters = Array("xyzabcdefghijklmnopqrstuvw".utf8)
    return (letters + (0x21...0xFF)).first { !named.contains($0) && $0 != PathPattern.slash } ?? 0xFF
  }

  /// How far into a segment the path is; a path has no empty segment and none that is `.` or `..`.
  private enum Segment: UInt8, Hashable {
    case start
    case dot
    case dots
    case within

    func after(_ byte: UInt8) -> Segment? {
      if byte == PathPattern.slash { return self == .within ? .start : nil }
      guard byte == UInt8(ascii: ".") else { return .within }
      switch self {
      case .start: return .dot
      case .dot: return .dots
      case .dots, .within: return .within
      }
    }
  }

  private struct State: Hashable {
    var segment: Segment
    /// Places of the patterns that are still alive: the number of the pattern, then its places, sorted.
    var alive: [Alive]
  }

  private struct Alive: Hashable {
    var pattern: Int32
    /// Twice a token's number before it; one more inside a `**`.
    var places: [Int32]
  }

  func run() -> PathAnswer {
    let start = State(
      segment: .start,
      alive: patterns.indices.map { Alive(pattern: Int32($0), places: closed([0], $0)) })
    var seen: Set<State> = [start]
    // Each state with the one it came from, so that the path can be read backwards.
    var queue: [(state: State, from: Int, byte: UInt8)] = [(start, -1, 0)]
    var next = 0
    while next < queue.count {
      let current = queue[next].state
      for byte in bytes(after: current) {
        guard let reached = advance(current, byte), seen.insert(reached).inserted else { continue }
        queue.append((reached, next, byte))
        if reached.segment == .within, accepts(reached) { return .found(path(queue, queue.count - 1)) }
        guard queue.count <= Self.stateLimit else { return .undecided }
      }
      next += 1
    }
    return .none
  }

  private func path(_ queue: [(state: State, from: Int, byte: UInt8)], _ end: Int) -> [UInt8] {
    var path: [UInt8] = []
    var place = end
    while place > 0 {
      path.append(queue[place].byte)
      place = queue[place].from
    }
    return path.reversed()
  }

  /// The bytes that tell patterns apart here, the one that nobody names first.
  private func bytes(after state: State) -> [UInt8] {
    var expected: Set<UInt8> = []
    for alive in state.alive {
      let tokens = patterns[Int(alive.pattern)]
      for place in alive.places where place % 2 == 0 && place / 2 < tokens.count {
        if case .byte(let byte) = tokens[Int(place / 2)] { expected.insert(byte) }
      }
    }
    expected.insert(PathPattern.slash)
    return [other] + expected.sorted()
  }

  private func advance(_ state: State, _ byte: UInt8) -> State? {
    guard let segment = state.segment.after(byte) else { return nil }
    var alive: [Alive] = []
    for one in state.alive {
      let places = advance(one.places, byte, patterns[Int(one.pattern)])
      if !places.isEmpty {
        alive.append(Alive(pattern: one.pattern, places: closed(places, Int(one.pattern))))
      }
    }
    return State(segment: segment, alive: alive)
  }

  private func advance(_ places: [Int32], _ byte: UInt8, _ tokens: [PathPattern.Token]) -> [Int32] {
    let isSlash = byte == PathPattern.slash
    return places.compactMap { place in
      guard Int(place / 2) < tokens.count else { return nil }
      let isInside = place % 2 == 1
      switch tokens[Int(place / 2)] {
      case .byte(let expected): return byte == expected ? place + 2 : nil
      case .anyByte: return isSlash ? nil : place + 2
      case .anyRun: return isSlash ? nil : place
      case .anySegments: return isSlash ? (isInside ? place - 1 : nil) : (isInside ? place : place + 1)
      case .anyRest: return isInside ? place : place + 1
      }
    }
  }

  /// The places with those that wildcards reach by taking nothing.
  private func closed(_ places: [Int32], _ pattern: Int) -> [Int32] {
    let tokens = patterns[pattern]
    var found = Set(places)
    var open = places
    while let place = open.popLast() {
      guard place % 2 == 0, Int(place / 2) < tokens.count else { continue }
      switch tokens[Int(place / 2)] {
      case .anyRun, .anySegments: if found.insert(place + 2).inserted { open.append(place + 2) }
      default: continue
      }
    }
    return found.sorted()
  }

  private func accepts(_ state: State) -> Bool {
    let matched = Set(
      state.alive.compactMap { alive -> Int? in
        let end = 2 * Int32(patterns[Int(alive.pattern)].count)
        return alive.places.contains { $0 == end || $0 % 2 == 1 && isRest(alive.pattern, $0) }
          ? Int(alive.pattern) : nil
      })
    return region.holds { list in
      guard let place = places[list] else { return false }
      return entries[place].last { matched.contains($0.pattern) }.map { !$0.isExclusion } ?? false
    }
  }

  private func isRest(_ pattern: Int32, _ place: Int32) -> Bool {
    if case .anyRest = patterns[Int(pattern)][Int(place / 2)] { true } else { false }
  }
}
