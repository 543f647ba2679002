import Facts
import Git
import Support
import Testing

@testable import Harvest

/// What history tells of a change that landed: author, lander, opening, title, commits and reverts.
@Suite struct HistoryTraceTests {
  @Test func `the author is who wrote the oldest commit, not the tip`() throws {
    let story = try HistoryStory()
    try story.branch("pool", by: HistoryStory.bo)
    try story.fixture.commit("Meanwhile", files: ["other": "1"])
    try story.fixture.git("checkout", "-q", "pool")
    try story.merge("main", message: "Merge branch 'main' into pool", by: HistoryStory.cy)
    let fix = try story.fixture.commit("Fix", files: ["pool-0": "2"], author: HistoryStory.cy)
    try story.fixture.git("checkout", "-q", "main")
    try story.merge("pool", message: "Merge pull request #5 from bo/pool\n\nAdd a pool\n")
    let trace = try #require(try story.harvest().trace("pr/5"))
    #expect(trace.author == Identity(name: "Bo Lin", email: "bo@example.org"))
    #expect(trace.commits == [try story.fixture.id(of: "\(fix)~2").name, fix.name])
    #expect(trace.title == "Add a pool")
    #expect(trace.target == "refs/heads/main")
  }

  @Test func `whoever made the merge on the forge's page landed it, and nobody known a squash`() throws {
    let story = try HistoryStory()
    try story.branch("pool")
    try story.merge(
      "pool", message: "Merge pull request #5 from bo/pool\n", by: HistoryStory.cy,
      committer: HistoryStory.forge)
    try story.fixture.commit(
      "Squashed (#6)", files: ["x": "1"], author: HistoryStory.bo, committer: HistoryStory.forge)
    try story.fixture.commit(
      "Picked (#7)", files: ["y": "1"], author: HistoryStory.bo, committer: HistoryStory.cy)
    try story.branch("hand")
    try story.merge(
      "hand", message: "Merge pull request #8 from bo/hand\n", by: HistoryStory.bo, committer: HistoryStory.cy
    )
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.landing?.by?.email == "cy@example.org")
    #expect(harvested.trace("pr/6")?.landing?.by == nil)
    #expect(harvested.trace("pr/7")?.landing?.by?.email == "cy@example.org")
    #expect(harvested.trace("pr/8")?.landing?.by?.email == "cy@example.org")
  }

  @Test func `an opening lies between the oldest author time and the landing`() throws {
    let story = try HistoryStory()
    try story.branch("pool", subjects: ["One", "Two"])
    let merge = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    let trace = try #require(try story.harvest().trace("pr/5"))
    let start = TemporaryRepository.start
    let landed = Instant(seconds: start + 3 * 3600)
    #expect(trace.opening == .between(Instant(seconds: start + 3600), landed))
    #expect(trace.landing?.at == landed)
    #expect(trace.landing?.commit == merge.name)
    #expect(trace.observations.first?.grade == .bounded)
    #expect(trace.observations.first?.evidence.object == (try story.fixture.id(of: "pool~1").name))
  }

  @Test func `a squash by the forge has no lower bound for its opening`() throws {
    let story = try HistoryStory()
    let at = story.fixture.clock
    try story.fixture.commit(
      "Squashed (#5)", files: ["x": "1"], author: HistoryStory.bo, committer: HistoryStory.forge)
    try story.fixture.commit(
      "Rebased (#6)", files: ["y": "1"], author: HistoryStory.bo, committer: HistoryStory.forge, at: at,
      committedAt: at + 7200)
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.opening == .between(nil, Instant(seconds: at)))
    #expect(
      harvested.trace("pr/6")?.opening == .between(Instant(seconds: at), Instant(seconds: at + 7200)))
  }

  @Test func `an author time after the landing does not turn the opening around`() throws {
    let story = try HistoryStory()
    let at = story.fixture.clock
    try story.fixture.commit("From the future (#5)", files: ["x": "1"], at: at + 86_400, committedAt: at)
    let instant = Instant(seconds: at)
    #expect(try story.harvest().trace("pr/5")?.opening == .between(instant, instant))
  }

  @Test func `a merge without a marker tells its commits one by one, landed by the merge`() throws {
    let story = try HistoryStory()
    let tip = try story.branch("pool", subjects: ["One", "Two"])
    let merge = try story.merge("pool", message: "Merge branch 'pool'", by: HistoryStory.cy)
    let harvested = try story.harvest()
    let trace = try #require(harvested.trace(tip.contribution))
    #expect(trace.landing?.commit == merge.name)
    #expect(trace.landing?.by?.email == "cy@example.org")
    #expect(trace.commits == [tip.name])
    #expect(trace.title == "Two")
    #expect(harvested.trace(merge.contribution) == nil)
    #expect(harvested.names().count == 3)
  }

  @Test func `changed paths are those of the landing against the branch before`() throws {
    let story = try HistoryStory()
    try story.branch("pool", subjects: ["One", "Two"])
    try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    let harvested = try story.harvest()
    let paths = try #require(harvested.trace("pr/5")?.paths)
    let judged = try story.fixture.git("diff", "--name-only", "main^1", "main").split(separator: "\n")
    #expect(paths.map { harvested.paths[Int($0)] }.sorted() == judged.map(String.init).sorted())
  }

  @Test(arguments: [
    ("Merge pull request #5 from bo/pool\n\n\n  Title of the request  \n\nText", "Title of the request"),
    ("Merge pull request #5 from bo/pool\n", "Merge pull request #5 from bo/pool"),
    ("Merge pull request 'Its 'title'' (#5) from bo/pool into main\n", "Its 'title'"),
    ("Merge #5\n\n5: Its title r=cy\n\nText\n", "Its title"),
    ("Auto merge of #5 - bo:pool, r=cy\n\nIts title\nText\n", "Its title"),
    ("Merge branch 'pool'\n\nIts title\n\nSee merge request a/b!5\n", "Its title"),
    ("Its title\n\nText\n\nSee merge request a/b!5\n", "Its title"), ("Its title (#5)\n", "Its title"),
  ])
  func `the title is the request's own, wherever its forge writes it`(message: String, title: String) throws {
    let story = try HistoryStory()
    try story.branch("pool")
    try story.merge("pool", message: message)
    let harvested = try story.harvest()
    let trace = try #require(harvested.trace("pr/5") ?? harvested.trace("mr/5"))
    #expect(trace.title == title)
  }

  @Test func `a bors batch lands each of its requests with its own title and approvers`() throws {
    let story = try HistoryStory()
    try story.branch("a")
    try story.branch("b", by: HistoryStory.cy)
    let merge = try story.merge(
      "a", "b", message: "Merge #5 #7\n\n5: Pool r=ada a=bo\n\n7: Start r=bo,ada a=cy\n")
    let harvested = try story.harvest()
    let (five, seven) = (harvested.trace("pr/5"), harvested.trace("pr/7"))
    #expect(five?.landing?.commit == merge.name)
    #expect(seven?.landing?.commit == merge.name)
    #expect(five?.title == "Pool")
    #expect(seven?.title == "Start")
    #expect(five?.mentions == ["r=  <ada>"])
    #expect(seven?.mentions == ["r=  <bo>", "r=  <ada>"])
    #expect(five?.author?.email == "bo@example.org")
    #expect(seven?.author?.email == "cy@example.org")
  }

  @Test func `the author of a request in a batch is found by its head, whatever the order`() throws {
    let story = try HistoryStory()
    try story.head(7, try story.branch("a"))
    try story.head(5, try story.branch("b", by: HistoryStory.cy))
    try story.branch("c", from: "b", by: HistoryStory.cy)
    try story.merge("a", "c", message: "Merge #5 #7\n\n5: Pool r=ada\n\n7: Start r=ada\n")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.author?.email == "cy@example.org")
    #expect(harvested.trace("pr/7")?.author?.email == "bo@example.org")
  }

  @Test func `a head that several parents of a batch hold leaves the order to decide`() throws {
    let story = try HistoryStory()
    let below = try story.branch("below", by: HistoryStory.cy)
    try story.head(5, below)
    try story.head(7, below)
    try story.branch("a", from: "below", by: "Dee Fox <dee@example.org>")
    try story.branch("b", from: "below")
    try story.merge("a", "b", message: "Merge #5 #7\n\n5: Pool r=ada\n\n7: Start r=ada\n")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.author?.email == "dee@example.org")
    #expect(harvested.trace("pr/7")?.author?.email == "bo@example.org")
  }

  @Test func `what homu and bors say after r= is an approval at an unknown time before the landing`() throws {
    let story = try HistoryStory()
    try story.branch("pool")
    let at = Instant(seconds: story.fixture.clock)
    try story.merge("pool", message: "Auto merge of #5 - bo:pool, r=ada,cy\n\nAdd a pool\n")
    let trace = try #require(try story.harvest().trace("pr/5"))
    #expect(trace.mentions == ["r=  <ada>", "r=  <cy>"])
    for observation in trace.observations where observation.kind == .approvedByTrailer(key: "r=") {
      #expect(observation.time == .between(nil, at))
      #expect(observation.grade == .claimed)
    }
  }

  @Test func `a later revert is told of the change that it undoes, at the moment it landed`() throws {
    let story = try HistoryStory()
    try story.branch("pool")
    let merge = try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    let plain = try story.fixture.commit("Plain", files: ["x": "1"])
    try story.fixture.git("revert", "--no-edit", "-m", "1", merge.hex)
    let revert = try story.fixture.id(of: "HEAD")
    try story.branch("undo")
    try story.fixture.git("checkout", "-q", "undo")
    try story.fixture.git("revert", "--no-edit", plain.hex)
    let inner = try story.fixture.id(of: "HEAD")
    try story.fixture.git("checkout", "-q", "main")
    let at = Instant(seconds: story.fixture.clock)
    try story.merge("undo", message: "Merge pull request #6 from bo/undo\n")
    let harvested = try story.harvest()
    func reverts(_ trace: Trace?) -> [Observation] {
      trace?.observations.filter { if case .reverted = $0.kind { true } else { false } } ?? []
    }
    #expect(reverts(harvested.trace("pr/5")).map(\.kind) == [.reverted(by: revert.name)])
    let undone = reverts(harvested.trace(plain.contribution))
    #expect(undone.map(\.kind) == [.reverted(by: inner.name)])
    #expect(undone.first?.time == .at(at))
    #expect(reverts(harvested.trace("pr/6")).isEmpty)
  }

  @Test(arguments: [
    "Revert \"X\"\n\nThis reverts commit 0123456789012345678901234567890123456789.\n",
    "Revert \"X\"\n\nThis reverts commit abc.\n", "Revert \"X\"\n\nThis reverts commit ", "Revert \"X\"\n",
    "Talk\n\nThis reverts commit THIS.\n",
  ])
  func `a revert of nothing that is here says nothing`(message: String) throws {
    let story = try HistoryStory()
    let plain = try story.fixture.commit("Plain", files: ["x": "1"])
    let text = message.replacing("THIS", with: plain.hex)
    try story.fixture.commit(text, files: ["y": "1"])
    for trace in try story.harvest().traces {
      #expect(!trace.observations.contains { if case .reverted = $0.kind { true } else { false } })
    }
  }

  @Test func `only what landed since the cutoff is told`() throws {
    let story = try HistoryStory()
    try story.fixture.commit("Old (#1)", files: ["a": "1"])
    story.fixture.tick(seconds: 400 * 86_400)
    let since = Instant(seconds: story.fixture.clock)
    let new = try story.fixture.commit("New (#2)", files: ["b": "1"])
    let harvested = try story.harvest(.init(since: since))
    #expect(harvested.names() == ["pr/2"])
    #expect(harvested.trace("pr/2")?.landing?.commit == new.name)
    #expect(harvested.trace("pr/2")?.paths?.count == 1)
  }

  @Test func `nothing after the as-of moment is read`() throws {
    let story = try HistoryStory()
    try story.branch("pool")
    try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    let moment = Instant(seconds: story.fixture.clock - 1)
    let tip = try story.fixture.id(of: "main")
    try story.fixture.commit("Later (#6)", files: ["x": "1"])
    let harvested = try story.harvest(.init(asOf: moment))
    #expect(harvested.tip == tip.name)
    #expect(harvested.names().filter { $0.hasPrefix("pr") } == ["pr/5"])
    let before = try story.harvest(.init(asOf: Instant(seconds: TemporaryRepository.start - 1)))
    #expect(before.tip == nil)
    #expect(before.traces.isEmpty)
  }
}
