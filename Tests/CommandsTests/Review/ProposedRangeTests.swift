import Git
import Support
import Testing

@testable import Commands

@Suite struct ProposedRangeTests {
  /// Numbers that are the same in every run.
  private struct Dice {
    var state: UInt64
    mutating func roll(_ sides: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % sides
    }
  }

  @Test(arguments: [1, 2, 3, 4])
  func `begins where git's own walk begins, whatever the dates say`(seed: UInt64) throws {
    let fixture = try TemporaryRepository()
    var dice = Dice(state: seed)
    try fixture.commit("Base", files: ["base": "1"])
    try fixture.git("branch", "topic")
    try fixture.git("branch", "side")
    for step in 0..<24 {
      let branch = ["main", "topic", "side"][Int(dice.roll(3))]
      try fixture.git("checkout", "-q", branch)
      if branch == "topic", dice.roll(3) == 0 {
        let other = dice.roll(2) == 0 ? "main" : "side"
        try fixture.git("merge", "-q", "--no-ff", "-m", "Merge", other)
      } else {
        let time = fixture.clock + Int64(dice.roll(200_000)) - 100_000
        try fixture.commit("Step \(step)", files: ["\(branch)-\(step)": "1"], at: time)
        fixture.tick(seconds: 60)
      }
      let base = try fixture.git("merge-base", "main", "topic")
      let listed = try fixture.git("rev-list", "--reverse", "\(base)..topic").split(separator: "\n")
      let head = try fixture.id(of: "topic")
      guard let first = listed.first else { continue }
      let range = try ProposedRange(
        head: head, targets: [try fixture.id(of: "main")], in: try fixture.open())
      #expect(range.base.hex == base)
      #expect(range.first.hex == String(first))
      #expect(range.commits.count == listed.count)
    }
  }

  @Test func `leaves out what the remote's branch has and the clone's own lacks`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["base": "1"])
    try fixture.git("checkout", "-q", "-b", "topic")
    let theirs = try fixture.commit("Theirs", files: ["theirs": "1"])
    try fixture.git("update-ref", "refs/remotes/origin/main", theirs.hex)
    let own = try fixture.commit("Own", files: ["own": "1"])
    let repository = try fixture.open()
    let target = try TargetBranch("main", in: repository, remote: "origin")
    let range = try ProposedRange(head: own, targets: target.tips, in: repository)
    #expect((range.first, range.base) == (own, theirs))
  }
}
