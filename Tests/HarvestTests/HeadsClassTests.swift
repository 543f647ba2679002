import Facts
import Git
import Support
import Testing

@testable import Harvest

/// How the last pushed head of each request is found again in history.
@Suite struct HeadsClassTests {
  @Test func `a merge on the branch's own line that contains the head landed the request`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"))
    let merge = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n\nAdd a pool\n")
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .mergeCommit)
    #expect(harvested.names() == ["pr/5", try story.fixture.id(of: "main~1").contribution])
    let landing = try #require(harvested.trace("pr/5")?.landing)
    #expect(landing.commit == merge.name)
    #expect(landing.grade == .derived)
    #expect(harvested.diagnostics.isEmpty)
  }

  @Test func `a merge inside a merged branch landed its request when the branch landed`() throws {
    let story = try HistoryStory()
    try story.fixture.git("checkout", "-q", "-b", "feature")
    let inner = try story.branch("pool", from: "feature")
    try story.head(5, inner)
    try story.fixture.git("checkout", "-q", "feature")
    let nested = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n\nAdd a pool\n")
    let outer = try story.fixture.commit("Use the pool", files: ["use": "1"], author: HistoryStory.cy)
    try story.head(6, outer)
    try story.fixture.git("checkout", "-q", "main")
    let merge = try story.merge("feature", message: "Merge pull request #6 from cy/feature\n\nPools\n")
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .mergeNested)
    #expect(harvested.headClass("pr/6") == .mergeCommit)
    #expect(harvested.trace("pr/5")?.landing?.commit == nested.name)
    #expect(harvested.trace("pr/6")?.landing?.commit == merge.name)
    #expect(harvested.trace("pr/5")?.commits == [inner.name])
    #expect(harvested.trace("pr/6")?.commits == [outer.name])
  }

  @Test(arguments: [
    "Auto merge of #5 - bo:pool, r=ada\n\nAdd a pool\n", "Add a pool (#5)\n",
    "Merge #5\n\n5: Add a pool r=ada\n",
    "Merge example/lib#5: Add a pool\n",
  ])
  func `a merge by a bot, queue or script that contains the head landed the request`(message: String) throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"))
    let merge = try story.merge("pool", message: message)
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .namedMerge)
    #expect(harvested.trace("pr/5")?.landing?.commit == merge.name)
    #expect(harvested.trace("pr/5")?.title == "Add a pool")
    #expect(harvested.trace("pr/5")?.author?.email == "bo@example.org")
  }

  @Test func `a single commit that names the number landed the request`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool", subjects: ["One", "Two"]))
    let squash = try story.fixture.commit(
      "Add a pool (#5)", files: ["pool": "1"], author: HistoryStory.bo, committer: HistoryStory.forge)
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .squash)
    #expect(harvested.trace("pr/5")?.landing?.commit == squash.name)
    #expect(harvested.trace("pr/5")?.landing?.grade == .derived)
    #expect(harvested.trace("pr/5", .pullRefs)?.landing == nil)
  }

  @Test func `a squash by the forge inside a merged branch is named, but not verified`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"))
    try story.fixture.git("checkout", "-q", "-b", "release")
    let squash = try story.fixture.commit(
      "Add a pool (#5)", files: ["pool": "1"], author: HistoryStory.bo, committer: HistoryStory.forge)
    try story.fixture.git("checkout", "-q", "main")
    try story.merge("release", message: "Merge branch 'release'")
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .namedNotVerified)
    #expect(harvested.trace("pr/5")?.landing?.commit == squash.name)
    #expect(harvested.trace("pr/5")?.landing?.grade == .claimed)
  }

  @Test func `a number at the end of a hand-written commit inside a merged branch says nothing`() throws {
    let story = try HistoryStory()
    try story.proposed(5)
    try story.branch("release", subjects: ["Pick the pool (#5)"])
    try story.merge("release", message: "Merge branch 'release'")
    #expect(try story.harvest().headClass("pr/5") == .notFound)
  }

  @Test func `a head that is in history without being named is an ancestor`() throws {
    let story = try HistoryStory()
    let tip = try story.branch("pool", subjects: ["One", "Two"])
    try story.head(5, tip)
    try story.fixture.git("merge", "-q", "--ff-only", "pool")
    try story.fixture.commit("Later")
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .ancestor)
    let trace = try #require(harvested.trace("pr/5", .pullRefs))
    #expect(trace.landing?.commit == tip.name)
    #expect(trace.landing?.by?.email == "bo@example.org")
    #expect(!harvested.names().contains(tip.contribution), "the landed head is told a second time")
  }

  @Test func `a rebased head is found by author, author time and subject`() throws {
    let story = try HistoryStory()
    let head = try story.branch("pool", subjects: ["Add a pool"])
    try story.head(5, head)
    try story.fixture.commit("Meanwhile", files: ["other": "1"])
    try story.fixture.git("cherry-pick", head.hex)
    let landed = try story.fixture.id(of: "main")
    #expect(landed != head)
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .rebased)
    #expect(harvested.trace("pr/5", .pullRefs)?.landing?.commit == landed.name)
    #expect(!harvested.names().contains(landed.contribution))
  }

  @Test func `an amended commit with another subject and time is found by its patch`() throws {
    let story = try HistoryStory()
    let head = try story.proposed(5, subjects: ["One", "Two"])
    try story.fixture.commit("Meanwhile", files: ["other": "1"])
    let landed = try story.fixture.commit(
      "8123456: Pools", files: ["proposal-5-0": "One\n", "proposal-5-1": "Two\n"], author: HistoryStory.bo)
    let patches = try ["main...\(head)", "main~1..main"].map { range in
      let diff = try story.fixture.gitBytes(["diff", range])
      return try story.fixture.git(["patch-id", "--stable"], stdin: diff).prefix(40)
    }
    #expect(patches[0] == patches[1], "git does not see the same patch")
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .samePatch)
    #expect(harvested.trace("pr/5", .pullRefs)?.landing?.commit == landed.name)
    #expect(!harvested.names().contains(landed.contribution))
  }

  @Test func `several threads find what one finds`() throws {
    let story = try HistoryStory()
    for number in 1...150 {
      try story.head(number, try story.fixture.id(of: "main"))
      guard number % 50 == 0 else { continue }
      try story.proposed(number, subjects: ["One \(number)"])
      let path = "proposal-\(number)-0"
      try story.fixture.commit("Pools", files: [path: "One \(number)\n"], author: HistoryStory.bo)
    }
    for number in 200...340 { try story.head(number, try story.fixture.id(of: "refs/pull/50/head")) }
    let (one, three) = (try story.harvest(.init(jobs: 1)), try story.harvest(.init(jobs: 3)))
    #expect(one.traces == three.traces && one.paths == three.paths)
    #expect([50, 100, 150, 200, 340].allSatisfy { three.headClass("pr/\($0)") == .samePatch })
  }

  @Test func `the same paths with another content are not the same patch`() throws {
    let story = try HistoryStory()
    try story.proposed(5, subjects: ["One"])
    try story.fixture.commit("Pools", files: ["proposal-5-0": "Other\n"], author: HistoryStory.bo)
    #expect(try story.harvest().headClass("pr/5") == .notFound)
  }

  @Test func `the same patch by somebody else is not claimed`() throws {
    let story = try HistoryStory()
    try story.proposed(5, subjects: ["One"])
    try story.fixture.commit("Pools", files: ["proposal-5-0": "One\n"], author: HistoryStory.cy)
    #expect(try story.harvest().headClass("pr/5") == .notFound)
  }

  @Test func `a clone without the blobs claims what object ids prove`() throws {
    let story = try HistoryStory()
    try story.proposed(5, subjects: ["One"])
    try story.fixture.commit("Pools", files: ["proposal-5-0": "One\n"], author: HistoryStory.bo)
    #expect(try story.harvest().headClass("pr/5") == .samePatch)
    let blob = try story.fixture.id(of: "main:proposal-5-0").hex
    try story.fixture.git("config", "extensions.partialClone", "origin")
    try story.fixture.git("config", "core.repositoryFormatVersion", "1")
    try story.fixture.remove(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    #expect(try story.harvest().headClass("pr/5") == .samePatch)
  }

  @Test func `the same binary contents are the same change, with no patch to compare`() throws {
    let story = try HistoryStory()
    try story.fixture.git("checkout", "-q", "-b", "logo")
    try story.head(5, try story.fixture.commit("Logo", files: ["logo": "\0\u{1}"], author: HistoryStory.bo))
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git("branch", "-q", "-D", "logo")
    try story.fixture.commit("Logo at last", files: ["logo": "\0\u{1}"], author: HistoryStory.bo)
    #expect(try story.harvest().headClass("pr/5") == .samePatch)
  }

  @Test func `a binary file proves no patch the same`() throws {
    let story = try HistoryStory()
    try story.fixture.git("checkout", "-q", "-b", "logo")
    try story.head(5, try story.fixture.commit("Logo", files: ["logo": "\0\u{1}"], author: HistoryStory.bo))
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git("branch", "-q", "-D", "logo")
    try story.fixture.commit("Another logo", files: ["logo": "\0\u{2}"], author: HistoryStory.bo)
    #expect(try story.harvest().headClass("pr/5") == .notFound)
  }

  @Test func `a head that only another branch holds is told so`() throws {
    let story = try HistoryStory()
    let head = try story.branch("release")
    try story.head(5, head)
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .otherBranch)
    let trace = try #require(harvested.trace("pr/5", .pullRefs))
    #expect(trace.landing == nil)
    #expect(trace.author?.email == "bo@example.org")
    #expect(trace.commits == [head.name])
  }

  @Test(arguments: [
    "Closes #5", "This Closes #5.", "Fixes #5", "Fix #5", "Closed #5",
    "PR-URL: https://example.org/a/b/pull/5",
    "GitHub-Pull-Request: #5", "GitHub-Pull-Request: example/lib#5",
  ])
  func `a request that a landed message settles is mentioned`(words: String) throws {
    let story = try HistoryStory()
    try story.proposed(5)
    try story.fixture.commit("Pools\n\n\(words)\n", files: ["x": "1"])
    #expect(try story.harvest().headClass("pr/5") == .mentioned)
  }

  @Test func `a landed patch outweighs that the branch still exists`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool", subjects: ["One"]))
    try story.fixture.commit("Pools", files: ["pool-0": "One\n"], author: HistoryStory.bo)
    #expect(try story.harvest().headClass("pr/5") == .samePatch)
  }

  @Test(arguments: [
    "See #5", "Closes #55", "Closes #5000000000", "Discloses #5", "closes#5",
    "See https://example.org/a/b/pull/5", "Closes other/lib#5", "PR-URL: https://example.org/a/b/issues/5",
  ])
  func `a number that is only talked about is not found`(words: String) throws {
    let story = try HistoryStory()
    try story.proposed(5)
    try story.fixture.commit("Pools\n\n\(words)\n", files: ["x": "1"])
    #expect(try story.harvest().headClass("pr/5") == .notFound)
  }

  @Test func `a head that nothing in history shows keeps its author, title and commits`() throws {
    let story = try HistoryStory()
    let head = try story.proposed(5)
    let harvested = try story.harvest()
    #expect(harvested.headClass("pr/5") == .notFound)
    let trace = try #require(harvested.trace("pr/5", .pullRefs))
    #expect(trace.author?.email == "bo@example.org")
    #expect(trace.title == "Proposal")
    #expect(trace.commits == [head.name])
    #expect(trace.landing == nil)
    guard case .between(let earliest?, nil)? = trace.opening else {
      Issue.record("the opening is \(String(describing: trace.opening))")
      return
    }
    #expect(earliest.seconds == TemporaryRepository.start + 3600)
  }
}

extension HistoryStory {
  /// A request whose branch is gone: only its head ref is left.
  @discardableResult
  func proposed(_ number: Int, subjects: [String] = ["Proposal"]) throws -> ObjectID {
    let head = try branch("proposal-\(number)", subjects: subjects)
    try self.head(number, head)
    try fixture.git("branch", "-q", "-D", "proposal-\(number)")
    return head
  }
}
