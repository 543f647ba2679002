import Facts
import Git
import Support
import Testing

@testable import Harvest

/// What is checked out beside a branch, and the paths of a commit; git is the judge.
@Suite struct ProposedChangeTests {
  private let fixture: TemporaryRepository

  init() throws {
    fixture = try TemporaryRepository()
    try fixture.commit("Start", files: ["a": "1", "docs/x.md": "1", "docs/deep/y.md": "1"])
    try fixture.git("checkout", "--quiet", "-b", "topic")
    try fixture.commit("Work", files: ["b": "1"], author: "Cy Orr <cy@example.org>")
    try fixture.git("checkout", "--quiet", "main")
    try fixture.commit("Other", files: ["c": "1"], author: "Bo Lin <bo@example.org>")
    try fixture.git("checkout", "--quiet", "topic")
  }

  private func name(_ revision: String) throws -> ObjectName {
    try #require(ObjectName(hex: try fixture.id(of: revision).hex))
  }

  private func change() throws -> ProposedChange? {
    try ProposedChange(of: try fixture.id(of: "topic"), onto: try name("main"), in: try fixture.open())
  }

  @Test func `tells the paths that differ from the newest shared commit, and who wrote them`() throws {
    try fixture.git("merge", "--quiet", "--no-ff", "-m", "Catch up", "main")
    try fixture.commit("More", files: ["docs/x.md": "2"], author: "Dee Fox <dee@example.org>")
    let found = try #require(try change())
    #expect(found.base.hex == (try fixture.git("merge-base", "main", "topic")))
    let paths = try fixture.git("diff", "--name-only", "main...topic").split(separator: "\n").map(String.init)
    #expect(found.paths == paths.sorted())
    #expect(found.commits == 3)
    #expect(Set(found.people.map(\.email)).isSuperset(of: ["cy@example.org", "dee@example.org"]))
    #expect(!found.people.map(\.email).contains("bo@example.org"))
  }

  @Test func `a commit that the branch holds changes nothing`() throws {
    try fixture.git("checkout", "--quiet", "main")
    try fixture.git("merge", "--quiet", "--no-ff", "-m", "Land", "topic")
    #expect(try change() == nil)
  }

  @Test func `histories without a common commit are not compared`() throws {
    try fixture.git("checkout", "--quiet", "--orphan", "topic2")
    try fixture.commit("Alone", files: ["z": "1"])
    let found = try ProposedChange(
      of: try fixture.id(of: "topic2"), onto: try name("main"), in: try fixture.open())
    #expect(found == nil)
  }

  @Test func `lists the paths of a commit as git does, and reads no folder that cannot matter`() throws {
    var tree = try #require(try PathsAtCommit(try fixture.open(), commit: try name("topic")))
    let all = try tree.list(limit: 100, mayHold: { _ in true }, wanted: { _ in true })
    #expect(all.joined(separator: "\n") == (try fixture.git("ls-tree", "-r", "--name-only", "topic")))
    let top = try tree.list(limit: 100, mayHold: { _ in false }, wanted: { _ in true })
    #expect(top == ["a", "b"])
    #expect(try tree.list(limit: 1, mayHold: { _ in true }, wanted: { _ in true }) == ["a"])
    #expect(try tree.isDirectory("docs"))
    #expect(try !tree.isDirectory("a"))
    #expect(try !tree.isDirectory("nothing/here"))
  }

  @Test func `completes the versions of a policy back to the first commit`() throws {
    let other = try TemporaryRepository()
    for step in 0..<12 {
      try other.commit("Roster \(step)", files: ["policies/roster.json5": "{ version: 1, n: \(step) }"])
      try other.commit("Work \(step)", files: ["w": "\(step)"])
    }
    let repository = try other.open()
    let whole = try Harvester(repository, .init()).harvest().policies
    let since = Instant(seconds: TemporaryRepository.start + 19 * 3600)
    let part = try Harvester(repository, .init(since: since)).harvest().policies
    #expect(part.count < whole.count)
    let completed = try EarlierPolicies(repository).completing(part)
    #expect(completed.map(\.commit) == whole.map(\.commit))
    #expect(completed.map(\.from) == whole.map(\.from))
    #expect(completed.map { $0.files.map(\.bytes) } == whole.map { $0.files.map(\.bytes) })
    #expect(whole.allSatisfy { $0.people.map(\.email) == ["ada@example.org", "ada@example.org"] })
  }
}
