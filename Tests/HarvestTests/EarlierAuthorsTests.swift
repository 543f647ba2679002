import Facts
import Git
import Support
import Testing

@testable import Harvest

@Suite struct EarlierAuthorsTests {
  private let story: HistoryStory
  private var fixture: TemporaryRepository { story.fixture }
  private static let day: Int64 = 86_400

  init() throws { story = try HistoryStory() }

  /// Addresses of those who came before each moment, sorted.
  private func earlier(_ moments: Int64..., jobs: Int = 1) throws -> [[String]] {
    try EarlierAuthors(try fixture.open(), tip: ObjectName(git: try fixture.id(of: "main")))
      .find(before: moments.map { Instant(seconds: $0) }, jobs: jobs)
      .map { $0.map(\.email).sorted() }
  }

  @Test func `somebody comes with the landing, not when the commit was written`() throws {
    try story.branch("pool", by: HistoryStory.bo)
    fixture.tick(seconds: 30 * Self.day)
    let moment = fixture.clock
    fixture.tick(seconds: Self.day)
    try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    let after = fixture.clock
    #expect(try earlier(moment, after) == [["ada@example.org"], ["ada@example.org", "bo@example.org"]])
    #expect(try earlier(after, moment) == [["ada@example.org", "bo@example.org"], ["ada@example.org"]])
  }

  @Test func `a single wrong clock on the line moves nobody`() throws {
    for number in 0..<6 { try fixture.commit("Old", files: ["a": "\(number)"], author: HistoryStory.bo) }
    let moment = fixture.clock
    try fixture.commit("In time", files: ["b": "1"], author: HistoryStory.cy)
    try fixture.commit("From 1970", files: ["b": "2"], committedAt: 1)
    try fixture.commit("In time", files: ["b": "3"])
    #expect(try earlier(moment) == [["ada@example.org", "bo@example.org"]])
  }

  @Test func `an old commit from the future moves nobody`() throws {
    try fixture.commit("From 2100", files: ["a": "1"], author: HistoryStory.bo, at: 4_102_444_800)
    for number in 0..<6 { try fixture.commit("Old", files: ["a": "\(number)"]) }
    let moment = fixture.clock
    try fixture.commit("New", files: ["b": "1"], author: HistoryStory.cy)
    #expect(try earlier(moment) == [["ada@example.org", "bo@example.org"]])
  }

  @Test func `author dates and dates beside the line do not matter`() throws {
    try fixture.git("checkout", "-q", "-b", "old")
    try fixture.commit("From 1990", files: ["c": "1"], author: HistoryStory.bo, at: 631_152_000)
    try fixture.git("checkout", "-q", "main")
    let moment = fixture.clock
    try fixture.commit("Patch", files: ["d": "1"], author: HistoryStory.cy, at: 1, committedAt: moment + 60)
    fixture.tick()
    try story.merge("old", message: "Merge branch 'old'\n")
    #expect(try earlier(moment) == [["ada@example.org"]])
  }

  @Test func `the mailmap names a person by both addresses`() throws {
    try fixture.commit("Old", files: ["a": "1"], author: "Bo <bo@old.example.org>")
    let moment = fixture.clock
    try fixture.commit("Map", files: [".mailmap": "Bo Lin <bo@example.org> <bo@old.example.org>\n"])
    #expect(try earlier(moment) == [["ada@example.org", "bo@example.org", "bo@old.example.org"]])
  }

  @Test func `nobody comes before the first commit, and threads change nothing`() throws {
    try story.branch("pool", by: HistoryStory.bo)
    try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    #expect(try earlier(TemporaryRepository.start) == [[]])
    #expect(try earlier(TemporaryRepository.start + 1) == [["ada@example.org"]])
    let all = fixture.clock
    let alone = try earlier(all, 0, all)
    #expect(alone == [["ada@example.org", "bo@example.org"], [], ["ada@example.org", "bo@example.org"]])
    #expect(try earlier(all, 0, all, jobs: 3) == alone)
  }

  @Test func `the tip is that of a reading of history at the same moment`() throws {
    let first = fixture.clock
    try story.branch("pool", by: HistoryStory.bo)
    fixture.tick(seconds: Self.day)
    try story.merge("pool", message: "Merge pull request #5 from bo/pool\n")
    for moment in [TemporaryRepository.start - 1, first, fixture.clock] {
      let options = Harvester.Options(asOf: Instant(seconds: moment))
      let harvester = Harvester(try fixture.open(), options)
      #expect(try harvester.tip() == (try harvester.harvest().tip))
    }
  }
}
