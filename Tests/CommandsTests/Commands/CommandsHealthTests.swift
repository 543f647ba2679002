import Facts
import Foundation
import Support
import Testing

@Suite struct CommandsHealthTests {
  private static let day: Int64 = 86_400
  private static let forge = "GitHub <noreply@github.com>"

  /// *New Contributors* of a window of 30 days and of the one before it.
  private func newcomers(_ paths: [String], now: Int64) throws -> (now: Int?, before: Int?, refused: String?)
  {
    let run = Run(
      ["health", "--format", "json", "--window", "30d"] + paths, now: Instant(seconds: now))
    let groups = try #require(try run.json["groups"] as? [[String: Any]])
    let metrics = try #require(groups.first?["metrics"] as? [[String: Any]])
    let metric = try #require(metrics.first { $0["metric"] as? String == "new-contributors" })
    let before = metric["before"] as? [String: Any]
    return (metric["value"] as? Int, before?["value"] as? Int, metric["refused"] as? String)
  }

  /// Ada from the start; Bo's change written 50 days and landed 10 days before the end, and Cy's 45 and 40 days.
  private func story() throws -> TemporaryRepository {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["base": "1"])
    fixture.tick(seconds: 400 * Self.day)
    let end = fixture.clock
    try fixture.git("checkout", "-q", "-b", "pool")
    try fixture.commit(
      "Pool", files: ["pool": "1"], author: "Bo Lin <bo@example.org>", at: end - 50 * Self.day)
    try fixture.git("checkout", "-q", "main")
    try fixture.commit(
      "Hat (#4)", files: ["hat": "1"], author: "Cy Orr <cy@example.org>", committer: Self.forge,
      at: end - 45 * Self.day, committedAt: end - 40 * Self.day)
    fixture.tick(seconds: end - 10 * Self.day - fixture.clock)
    try fixture.git("merge", "-q", "--no-ff", "-m", "Merge pull request #5 from bo/pool", "pool")
    try fixture.commit(
      "Hats (#6)", files: ["hat": "2"], author: "Cy Orr <cy@example.org>", committer: Self.forge)
    fixture.tick(seconds: end - fixture.clock)
    return fixture
  }

  @Test func `a newcomer counts in the window in which the first change landed`() throws {
    let fixture = try story()
    let found = try newcomers([fixture.path], now: fixture.clock)
    #expect(found.now == 1)
    #expect(found.before == 1)
  }

  @Test func `who came earlier to another repository of the report is no newcomer`() throws {
    let fixture = try story()
    let other = try TemporaryRepository()
    try other.commit("Long ago", files: ["a": "1"], author: "B <bo@example.org>")
    let found = try newcomers([fixture.path, other.path], now: fixture.clock)
    #expect(found.now == 0)
    #expect(found.before == 1)
  }

  @Test func `who wrote under another address before history was read is no newcomer`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"], author: "Bo <bo@old.example.org>")
    fixture.tick(seconds: 900 * Self.day)
    try fixture.commit("Map", files: [".mailmap": "Bo Lin <bo@example.org> <bo@old.example.org>\n"])
    try fixture.commit("Back", files: ["a": "2"], author: "Bo Lin <bo@example.org>")
    #expect(try newcomers([fixture.path], now: fixture.clock).now == 1)
  }

  @Test func `a shallow clone cannot tell newcomers`() throws {
    let fixture = try story()
    let clone = fixture.folder + "/shallow"
    try fixture.git("clone", "-q", "--depth", "2", "file://\(fixture.path)", clone)
    let found = try newcomers([clone], now: fixture.clock)
    #expect(found.now == nil)
    #expect(found.refused == "shallow-history")
  }
}
