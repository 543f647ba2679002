/// The fewest people who can do all that is asked for, when each need is for so many different people of a list.
///
/// This is set multicover, which is hard in general: it is solved exactly as long as that costs little, and else by
/// taking whoever serves most, which is never worse than a factor of about ln n (Chvátal 1979). Of sets of equal size
/// the one with less to do comes first, then the one whose numbers come first.
public struct ReviewerCover: Hashable, Sendable {
  /// So many different people of these.
  public struct Need: Hashable, Sendable {
    public var count: Int
    /// Numbers of people, sorted.
    public var people: [Int]

    public init(count: Int, people: [Int]) {
      self.count = count
      self.people = people
    }
  }

  /// Sets of people by number, each sorted; the best one first.
  ///
  /// Empty where some need cannot be met.
  public private(set) var sets: [[Int]] = []
  /// Whether no smaller set exists.
  public private(set) var isSmallest = true
  /// No set can be smaller than this.
  public private(set) var atLeast = 0

  /// Sets told at most.
  public static let setLimit = 3
  /// Steps of the exact search.
  static let stepLimit = 20_000

  /// `load` is the work that each person has already, by number.
  public init(_ needs: [Need], load: [Int]) {
    let needs = needs.filter { $0.count > 0 }
    guard needs.allSatisfy({ Set($0.people).count >= $0.count }) else { return }
    guard !needs.isEmpty else {
      sets = [[]]
      return
    }
    atLeast = Self.bound(needs)
    let greedy = Self.greedy(needs, load)
    var search = Search(needs: needs, load: load)
    var size = atLeast
    while size < greedy.count {
      search.run(size)
      if search.isExhausted || !search.found.isEmpty { break }
      size += 1
    }
    if search.found.isEmpty, !search.isExhausted { search.run(greedy.count) }
    if search.found.isEmpty {
      sets = [greedy]
      atLeast = max(atLeast, size)
      isSmallest = greedy.count == atLeast
    } else {
      sets = search.best
      atLeast = sets[0].count
    }
  }

  /// Nobody serves more than so many needs, and no need is served by fewer than it asks for.
  private static func bound(_ needs: [Need]) -> Int {
    var served: [Int: Int] = [:]
    for need in needs { for person in need.people { served[person, default: 0] += 1 } }
    let most = max(1, served.values.max() ?? 1)
    let units = needs.reduce(0) { $0 + $1.count }
    return max(needs.map(\.count).max() ?? 0, (units + most - 1) / most)
  }

  private static func greedy(_ needs: [Need], _ load: [Int]) -> [Int] {
    var open = needs.map(\.count)
    var chosen: Set<Int> = []
    let everybody = Set(needs.flatMap(\.people)).sorted()
    while open.contains(where: { $0 > 0 }) {
      var best: (person: Int, serves: Int)?
      for person in everybody where !chosen.contains(person) {
        let serves = needs.indices.count { open[$0] > 0 && needs[$0].people.contains(person) }
        guard serves > 0 else { continue }
        let isBetter =
          best.map { serves > $0.serves || serves == $0.serves && load[person] < load[$0.person] } ?? true
        if isBetter { best = (person, serves) }
      }
      guard let best else { break }
      chosen.insert(best.person)
      for need in needs.indices where needs[need].people.contains(best.person) { open[need] -= 1 }
    }
    return chosen.sorted()
  }
}

/// Looks through all sets of one size.
private struct Search {
  let needs: [ReviewerCover.Need]
  let load: [Int]
  private(set) var found: [(load: Int, people: [Int])] = []
  private(set) var isExhausted = false
  private var steps = 0

  init(needs: [ReviewerCover.Need], load: [Int]) {
    self.needs = needs
    self.load = load
  }

  var best: [[Int]] { found.map(\.people) }

  mutating func run(_ size: Int) {
    found = []
    search(open: needs.map(\.count), chosen: [], banned: [], left: size)
  }

  private mutating func search(open: [Int], chosen: [Int], banned: Set<Int>, left: Int) {
    steps += 1
    guard steps <= ReviewerCover.stepLimit else {
      isExhausted = true
      return
    }
    // The need with the fewest people left to choose from leaves the fewest ways to go.
    var tightest: (people: [Int], open: Int)?
    for (place, need) in needs.enumerated() where open[place] > 0 {
      guard open[place] <= left else { return }
      let people = need.people.filter { !banned.contains($0) && !chosen.contains($0) }
      guard people.count >= open[place] else { return }
      if tightest.map({ people.count - open[place] < $0.people.count - $0.open }) ?? true {
        tightest = (people, open[place])
      }
    }
    guard let tightest else { return keep(chosen) }
    let order = tightest.people.sorted { (load[$0], $0) < (load[$1], $1) }
    var banned = banned
    for person in order.prefix(order.count - tightest.open + 1) {
      guard !isExhausted else { return }
      var next = open
      for place in needs.indices where needs[place].people.contains(person) { next[place] -= 1 }
      search(open: next, chosen: chosen + [person], banned: banned, left: left - 1)
      banned.insert(person)
    }
  }

  private mutating func keep(_ chosen: [Int]) {
    let people = chosen.sorted()
    let total = people.reduce(0) { $0 + load[$1] }
    let place =
      found.firstIndex { (total, people) < $0 } ?? found.count
    found.insert((total, people), at: place)
    if found.count > ReviewerCover.setLimit { found.removeLast() }
  }
}

private func < (left: (Int, [Int]), right: (load: Int, people: [Int])) -> Bool {
  left.0 != right.load ? left.0 < right.load : left.1.lexicographicallyPrecedes(right.people)
}
