import Rules
import Testing

/// The fewest people for all needs, beside trying every set.
@Suite struct ReviewerCoverTests {
  private func cover(_ needs: [(Int, [Int])], load: [Int]? = nil) -> ReviewerCover {
    let size = (needs.flatMap(\.1).max() ?? 0) + 1
    return ReviewerCover(
      needs.map { .init(count: $0.0, people: $0.1) }, load: load ?? [Int](repeating: 0, count: size))
  }

  @Test func `one person for all, if there is one`() {
    #expect(cover([(1, [0, 1]), (1, [1, 2]), (1, [1, 3])]).sets == [[1]])
  }

  @Test func `as many as the largest need asks for`() {
    let found = cover([(2, [0, 1, 2]), (1, [2, 3])])
    #expect(found.sets == [[0, 2], [1, 2]])
    #expect(found.isSmallest)
    #expect(found.atLeast == 2)
  }

  @Test func `of sets of one size the one with less to do comes first, then the first names`() {
    #expect(cover([(1, [0, 1, 2])], load: [5, 1, 1]).sets == [[1], [2], [0]])
    #expect(cover([(1, [0, 1, 2, 3])]).sets == [[0], [1], [2]])
  }

  @Test func `nothing is asked for, or nobody is there`() {
    #expect(cover([]).sets == [[]])
    #expect(cover([(0, [])]).sets == [[]])
    #expect(cover([(1, [])]).sets == [])
    #expect(cover([(2, [0]), (1, [1])]).sets == [])
  }

  @Test func `is better than taking whoever serves most`() {
    // The greedy choice is 0, which then needs two more.
    let found = cover([
      (1, [0, 1]), (1, [0, 1]), (1, [0, 2]), (1, [0, 2]), (1, [1]), (1, [2]),
    ])
    #expect(found.sets == [[1, 2]])
  }

  @Test func `is as small as any set, and told as such only then`() {
    var random = Numbers(state: 7)
    for _ in 0..<300 {
      let people = 1 + random.next() % 7
      let needs = (0..<(1 + random.next() % 5)).map { _ -> (Int, [Int]) in
        let list = (0..<people).filter { _ in random.next() % 2 == 0 }
        return (random.next() % 3, list)
      }
      let load = (0..<people).map { _ in random.next() % 4 }
      let found = ReviewerCover(needs.map { .init(count: $0.0, people: $0.1) }, load: load)
      let least = Self.smallest(needs, people, load)
      #expect(found.sets.first == least, "\(needs)")
      if least != nil { #expect(found.isSmallest) }
    }
  }

  @Test func `a hard question is answered with a bound`() {
    var random = Numbers(state: 11)
    let needs = (0..<60).map { _ in
      ReviewerCover.Need(count: 1, people: Set((0..<6).map { _ in random.next() % 200 }).sorted())
    }
    let found = ReviewerCover(needs, load: [Int](repeating: 0, count: 200))
    let set = found.sets.first ?? []
    #expect(needs.allSatisfy { !Set($0.people).isDisjoint(with: set) })
    #expect(found.atLeast <= set.count)
    #expect(found.isSmallest == (found.atLeast == set.count))
  }

  /// The best set by trying all of them.
  private static func smallest(_ needs: [(Int, [Int])], _ people: Int, _ load: [Int]) -> [Int]? {
    var best: [Int]?
    for mask in 0..<(1 << people) {
      let set = (0..<people).filter { mask >> $0 & 1 == 1 }
      guard needs.allSatisfy({ need in set.count { need.1.contains($0) } >= need.0 }) else { continue }
      func rank(_ set: [Int]) -> (Int, Int) { (set.count, set.reduce(0) { $0 + load[$1] }) }
      guard let known = best else {
        best = set
        continue
      }
      if rank(set) < rank(known) || rank(set) == rank(known) && set.lexicographicallyPrecedes(known) {
        best = set
      }
    }
    return best
  }

  private struct Numbers {
    var state: UInt64

    mutating func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 40)
    }
  }
}
