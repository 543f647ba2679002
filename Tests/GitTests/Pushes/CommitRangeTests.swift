import Git
import Support
import Testing

/// Ranges and merge bases against what git says of the same histories.
@Suite struct CommitRangeTests {
  private func listed(_ text: String) -> Set<String> { Set(text.split(separator: "\n").map(String.init)) }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `lists what git rev-list lists, parents first`(seed: UInt64) throws {
    var history = try RandomHistory(seed: seed, commits: 80)
    let repository = try history.fixture.open()
    for _ in 0..<25 {
      let (old, new) = ([try history.any(), try history.any()], try history.any())
      let range = try CommitRange(of: repository, from: old, to: new, budget: Budget())
      // Named one by one, git walks the whole history, so that no date can mislead it.
      let all = try listed(history.fixture.git("rev-list", new.hex))
      let known = try old.reduce(into: Set<String>()) {
        $0.formUnion(try listed(history.fixture.git("rev-list", $1.hex)))
      }
      #expect(Set(range.commits.map(\.id.hex)) == all.subtracting(known))
      var seen: Set<ObjectID> = []
      let ids = Set(range.commits.map(\.id))
      for commit in range.commits {
        #expect(commit.parents.allSatisfy { seen.contains($0) || !ids.contains($0) })
        seen.insert(commit.id)
      }
      let single = try CommitRange(of: repository, from: [old[0]], to: new, budget: Budget())
      #expect(single.isFastForward == all.contains(old[0].hex))
    }
  }

  @Test(arguments: 11...16 as ClosedRange<UInt64>)
  func `finds the merge bases that git finds`(seed: UInt64) throws {
    var history = try RandomHistory(seed: seed, commits: 60)
    let repository = try history.fixture.open()
    for _ in 0..<25 {
      let (one, other) = (try history.any(), try history.any())
      let bases = try CommitRange.mergeBases(one, other, in: repository, budget: Budget())
      // Git ends with 1 where there is none.
      let expected = (try? history.fixture.git("merge-base", "--all", one.hex, other.hex)).map(listed) ?? []
      #expect(Set(bases.map(\.hex)) == expected)
    }
  }

  @Test func `an ancestor that dates hide is no new commit`() throws {
    let fixture = try TemporaryRepository(bare: true)
    var stream = ""
    // Twenty commits of 1970 on the way from the fork to the tip of the old side.
    for number in 1...40 {
      let date = (11...30).contains(number) ? 1_000 : 1_704_067_200 + number
      stream += "commit refs/heads/main\nmark :\(number)\ncommitter C <c@x> \(date) +0000\ndata 1\nx\n"
      stream += "M 100644 inline f\ndata \(String(number).utf8.count)\n\(number)\n"
    }
    stream += "commit refs/heads/topic\ncommitter C <c@x> 1704067300 +0000\ndata 1\nx\nfrom :5\n"
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    let (main, topic) = (try fixture.id(of: "main"), try fixture.id(of: "topic"))
    let repository = try fixture.open()
    #expect(
      try CommitRange(of: repository, from: [main], to: topic, budget: Budget()).commits.map(\.id) == [topic])
    #expect(
      try CommitRange.mergeBases(main, topic, in: repository, budget: Budget()).map(\.hex)
        == [fixture.git("rev-parse", "main~35")])
  }

  @Test func `says what is missing, too much, too late or no commit`() throws {
    let fixture = try TemporaryRepository()
    for number in 0..<5 { try fixture.commit("\(number)", files: ["f": "\(number)"]) }
    let (first, tip) = (try fixture.id(of: "main~4"), try fixture.id(of: "main"))
    let repository = try fixture.open()
    let nothing = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    #expect(throws: CommitRange.Obstacle.tooMany(3)) {
      try CommitRange(of: repository, from: [first], to: tip, budget: Budget(commits: 3))
    }
    #expect(
      try CommitRange(of: repository, from: [first], to: tip, budget: Budget(commits: 4)).commits.count == 4)
    #expect(throws: CommitRange.Obstacle.missing(nothing)) {
      try CommitRange(of: repository, from: [first], to: nothing, budget: Budget())
    }
    let tree = try #require(ObjectID(hex: try fixture.git("rev-parse", "main^{tree}")))
    #expect(throws: CommitRange.Obstacle.self) {
      try CommitRange(of: repository, from: [first], to: tree, budget: Budget())
    }
  }
}
