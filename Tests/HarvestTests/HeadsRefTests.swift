import Facts
import Foundation
import Git
import Support
import Testing

@testable import Harvest

/// Refs of requests that lie, are broken, look alike, or come in large numbers.
@Suite struct HeadsRefTests {
  @Test func `a number of another repository lands no request of this one`() throws {
    let story = try HistoryStory()
    let own = try story.branch("own")
    try story.head(5, own)
    let foreign = try story.branch("foreign")
    let merge = try story.merge("foreign", message: "Merge pull request #5 from cy/foreign\n\nForeign\n")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5") == nil)
    #expect(harvested.headClass("pr/5") == .otherBranch)
    let trace = try #require(harvested.trace(merge.contribution))
    #expect(trace.commits == [foreign.name])
    #expect(!harvested.names().contains(foreign.contribution))
    #expect(harvested.sources.first?.counts.contains(.init("unplaced", 1)) == true)
  }

  @Test func `a number without a ref counts where it is newer than all refs, or stands on the line`() throws {
    let story = try HistoryStory()
    try story.proposed(7)
    try story.branch("inner")
    try story.branch("outer")
    try story.fixture.git("checkout", "-q", "outer")
    try story.merge("inner", message: "Merge pull request #3 from x/inner\n\nImported\n")
    try story.branch("newer", from: "outer")
    try story.fixture.git("checkout", "-q", "outer")
    try story.merge("newer", message: "Merge pull request #9 from x/newer\n\nNewer\n")
    try story.fixture.git("checkout", "-q", "main")
    try story.merge("outer", message: "Merge pull request #4 from bo/outer\n\nOuter\n")
    let harvested = try story.harvest()
    let names = harvested.names().filter { $0.hasPrefix("pr/") }
    #expect(names == ["pr/4", "pr/9"])
    #expect(harvested.trace("pr/4")?.landing?.grade == .derived)
    #expect(harvested.trace("pr/9")?.landing?.grade == .claimed)
  }

  @Test func `a number that two merges name landed with the earlier one`() throws {
    let story = try HistoryStory()
    try story.branch("pool")
    let first = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n\nAdd a pool\n")
    try story.branch("again")
    let second = try story.merge("again", message: "Merge pull request #5 from bo/again\n\nMore\n")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.landing?.commit == first.name)
    #expect(harvested.trace(second.contribution)?.commits.count == 1)
  }

  @Test func `of two commits that name a number the better class wins, not the earlier date`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"))
    try story.fixture.commit("Prepare the pool (#5)", files: ["x": "1"])
    let merge = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n\nAdd a pool\n")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.landing?.commit == merge.name)
    #expect(harvested.headClass("pr/5") == .mergeCommit)
  }

  @Test func `a squash counts without refs, and with refs only for numbers that have one or are newer`()
    throws
  {
    let story = try HistoryStory()
    for number in [3, 5, 9] { try story.fixture.commit("Change (#\(number))", files: ["f\(number)": "1"]) }
    #expect(try story.harvest().names().filter { $0.hasPrefix("pr/") } == ["pr/3", "pr/5", "pr/9"])
    try story.proposed(5)
    let harvested = try story.harvest()
    #expect(harvested.names().filter { $0.hasPrefix("pr/") } == ["pr/5", "pr/9"])
    #expect(harvested.headClass("pr/5") == .squash)
    #expect(harvested.trace("pr/5")?.landing?.grade == .derived)
    #expect(harvested.trace("pr/9")?.landing?.grade == .claimed)
  }

  @Test func `GitLab's refs are found again like GitHub's, in numbers of their own`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"), of: "merge-requests")
    let merge = try story.merge(
      "pool", message: "Merge branch 'pool' into 'main'\n\nAdd a pool\n\nSee merge request group/lib!5\n")
    try story.head(6, try story.branch("open"), of: "merge-requests")
    let plain = try story.fixture.commit("Closes an issue (#6)", files: ["x": "1"])
    try story.fixture.commit(
      "Landed on the mirror (#8)", files: ["y": "1"], author: HistoryStory.bo, committer: HistoryStory.forge)
    let harvested = try story.harvest()
    #expect(harvested.headClass("mr/5", .mergeRequestRefs) == .mergeCommit)
    #expect(harvested.headClass("mr/6", .mergeRequestRefs) == .otherBranch)
    #expect(harvested.trace("mr/5")?.landing?.commit == merge.name)
    #expect(harvested.trace("mr/5")?.title == "Add a pool")
    #expect(
      harvested.names().contains(plain.contribution), "a bare number is an issue where GitLab's lines prevail"
    )
    #expect(harvested.names().filter { $0.hasPrefix("pr/") } == ["pr/8"])
    let report = try #require(harvested.sources.first { $0.source == .mergeRequestRefs })
    #expect(report.records == 2)
    #expect(report.counts == [.init("merge-commit", 1), .init("other-branch", 1)])
  }

  @Test func `a GitLab line of another project is no request of this one`() throws {
    let story = try HistoryStory()
    for number in 1...2 {
      try story.branch("b\(number)")
      try story.merge(
        "b\(number)", message: "Merge branch 'b'\n\nT\n\nSee merge request group/Lib!\(number)\n")
    }
    try story.branch("vendor")
    try story.merge("vendor", message: "Merge branch 'v'\n\nV\n\nSee merge request other/tool!9\n")
    try story.branch("moved")
    try story.merge("moved", message: "Merge branch 'm'\n\nM\n\nSee merge request new/place/lib!3\n")
    let names = try story.harvest().names().filter { $0.hasPrefix("mr/") }
    #expect(names == ["mr/1", "mr/2", "mr/3"])
  }

  @Test func `a head whose object is missing is reported once, and its contribution kept`() throws {
    let story = try HistoryStory()
    let missing = String(repeating: "12", count: 20)
    try story.fixture.write(Array("\(missing)\n".utf8), to: ".git/refs/pull/5/head")
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .notFound)
    #expect(harvested.trace("pr/5", .pullRefs)?.observations.isEmpty == true)
    let expected = Diagnostic(.missingObject, ref: "refs/pull/5/head", object: ObjectName(hex: missing))
    #expect(harvested.diagnostics == [expected])
    #expect(harvested.sources.first { $0.source == .pullRefs }?.unreadable == 1)
  }

  @Test func `a landing keeps its request although the head's object is missing`() throws {
    let story = try HistoryStory()
    let head = try story.branch("pool")
    let merge = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n\nAdd a pool\n")
    let squash = try story.fixture.commit("Tidy (#6)", files: ["x": "1"])
    try story.head(5, head)
    let missing = String(repeating: "12", count: 20)
    try story.fixture.write(Array("\(missing)\n".utf8), to: ".git/refs/pull/6/head")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.landing?.commit == merge.name)
    #expect(harvested.trace("pr/6")?.landing?.commit == squash.name)
    #expect(harvested.headClass("pr/6") == .squash)
  }

  @Test func `a head that is a blob is told to be no commit`() throws {
    let story = try HistoryStory()
    let blob = try story.fixture.object("blob", Array("x".utf8))
    try story.head(5, blob)
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .notFound)
    #expect(harvested.diagnostics == [Diagnostic(.notACommit, ref: "refs/pull/5/head", object: blob.name)])
  }

  @Test func `refs that only look like heads of requests are passed over`() throws {
    let story = try HistoryStory()
    let head = try story.branch("pool")
    for name in [
      "refs/pull/x/head", "refs/pull/1/headx", "refs/pull/00/head", "refs/pull/0/head", "refs/pull/01/head",
      "refs/pull/1x/head", "refs/pull/-1/head", "refs/pull/1/Head", "refs/pull/1/head/more",
      "refs/pull/9999999999/head", "refs/pull/12345678901234567890/head", "refs/pulls/1/head",
      "refs/heads/pull/1/head", "refs/merge-requests/1", "refs/merge-requests/x/head", "refs/pull/2/merge",
    ] {
      try story.fixture.git("update-ref", name, head.hex)
    }
    let harvested = try story.harvest()
    #expect(harvested.names(.pullRefs).isEmpty)
    #expect(harvested.names(.mergeRequestRefs).isEmpty)
    #expect(harvested.sources.map(\.source) == [.history])
    #expect(harvested.diagnostics.isEmpty)
  }

  @Test func `ten thousand heads that are blobs are counted in a moment`() throws {
    let story = try HistoryStory()
    let blob = try story.fixture.object("blob", Array("x".utf8)).hex
    let refs = (1...10_000).map { "\(blob) refs/pull/\($0)/head" }.sorted().joined(separator: "\n")
    try story.fixture.write(
      Array("# pack-refs with: peeled fully-peeled sorted \n\(refs)\n".utf8), to: ".git/packed-refs")
    let clock = ContinuousClock()
    var harvested: Harvested?
    let time = try clock.measure { harvested = try story.harvest() }
    #expect(time < .seconds(20))
    let report = harvested?.sources.first { $0.source == .pullRefs }
    #expect(report?.records == 10_000)
    #expect(report?.unreadable == 10_000)
    #expect(harvested?.diagnostics.count(where: { $0.ref != nil }) == 10_000)
    #expect(harvested?.names(.pullRefs).count == 10_000)
  }

  @Test func `heads newer than the as-of moment are not told`() throws {
    let story = try HistoryStory()
    try story.proposed(5)
    let moment = Instant(seconds: story.fixture.clock)
    story.fixture.tick()
    try story.proposed(6)
    #expect(try story.harvest(.init(asOf: moment)).names(.pullRefs) == ["pr/5"])
    #expect(try story.harvest().names(.pullRefs) == ["pr/5", "pr/6"])
  }
}

extension TemporaryRepository {
  /// Removes one file below the work tree or the git directory.
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
}
