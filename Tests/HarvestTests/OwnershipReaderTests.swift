import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Which ownership files of which commits are read.
@Suite struct OwnershipReaderTests {
  private let fixture: TemporaryRepository

  init() throws { fixture = try TemporaryRepository() }

  private func harvest(_ options: Harvester.Options = .init()) throws -> Harvested {
    try Harvester(try fixture.open(), options).harvest()
  }

  private func snapshot(
    _ paths: [String] = [], _ format: OwnershipFormat? = nil, at revision: String = "main"
  ) throws -> OwnershipSnapshot? {
    try OwnershipReader(try fixture.open()).snapshot(
      of: ObjectName(git: try fixture.id(of: revision)), for: paths, format: format)
  }

  @Test func `a version begins with each commit that changes a file that may say who owns what`() throws {
    try fixture.commit("One", files: ["a": "1"])
    try fixture.commit("Owners", files: [".github/CODEOWNERS": "* @ada"])
    try fixture.commit("Code", files: ["a": "2", "x/CODEOWNERS": "no place for it"])
    try fixture.commit("Folder", files: ["lib/OWNERS": "bo@example.org"])
    try fixture.commit("Gone", removing: [".github/CODEOWNERS"])
    let moments = try harvest().ownership
    let expected = try ["main~4", "main~3", "main~1", "main"].map { ObjectName(git: try fixture.id(of: $0)) }
    #expect(moments.versions.map(\.commit) == expected)
    func base(_ revision: String) throws -> Int? {
      moments.base(ofLanding: ObjectName(git: try fixture.id(of: revision)), at: Instant(seconds: 0))
    }
    #expect(try base("main~4") == nil)
    #expect(try base("main~3") == 0)
    #expect(try base("main~2") == 1)
    #expect(try base("main~1") == 1)
    #expect(try base("main") == 2)
  }

  @Test func `what a merge brings is based on what the branch had before`() throws {
    try fixture.commit("One", files: ["CODEOWNERS": "* @ada"])
    try fixture.git("checkout", "-q", "-b", "side")
    try fixture.commit("Mine", files: ["CODEOWNERS": "* @eve"])
    try fixture.commit("Code", files: ["a": "1"])
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    let moments = try harvest().ownership
    #expect(moments.versions.count == 2)
    for revision in ["main", "side", "side~1"] {
      let commit = ObjectName(git: try fixture.id(of: revision))
      #expect(moments.base(ofLanding: commit, at: Instant(seconds: .max)) == 0, "\(revision)")
    }
  }

  @Test func `reads the files of a commit in the places of their format alone`() throws {
    try fixture.commit(
      "Files",
      files: [
        ".github/CODEOWNERS": "1", "CODEOWNERS": "2", ".gitlab/CODEOWNERS": "3", "OWNERS": "4",
        "MAINTAINERS": "5",
        "x/CODEOWNERS": "6", ".gitlab-ci.yml": "7",
      ])
    #expect(try snapshot([], .codeOwners)?.files.map(\.path) == [".github/CODEOWNERS", "CODEOWNERS"])
    #expect(try snapshot([], .gitLabCodeOwners)?.files.map(\.path) == [".gitlab/CODEOWNERS", "CODEOWNERS"])
    #expect(try snapshot([], .owners)?.files.map(\.path) == ["OWNERS"])
    #expect(try snapshot([], .maintainers)?.files.map(\.path) == ["MAINTAINERS"])
    let all = try #require(try snapshot())
    #expect(all.files.map(\.path) == [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS"])
    #expect(all.forges == [.gitHub, .gitLab])
  }

  @Test func `reads the OWNERS files above the touched paths and no other`() throws {
    try fixture.commit(
      "Files",
      files: ["OWNERS": "1", "a/OWNERS": "2", "a/b/OWNERS": "3", "c/OWNERS": "4", "a/b/x": "", "d/y": ""])
    #expect(try snapshot(["a/b/x", "d/y"])?.files.map(\.path) == ["OWNERS", "a/OWNERS", "a/b/OWNERS"])
    #expect(try snapshot(["d/y"], .owners)?.files.map(\.path) == ["OWNERS"])
    try fixture.commit("No root", removing: ["OWNERS"])
    #expect(try snapshot(["a/b/x"]) == nil)
    #expect(try snapshot(["a/b/x"], .owners)?.files.count == 2)
    #expect(try snapshot(["a/b/x"], .owners, at: "main~1")?.files.count == 3)
  }

  @Test func `adds what is included, and tells directories from files`() throws {
    try fixture.commit(
      "Files", files: ["OWNERS": "file: /lib/X_OWNERS", "lib/X_OWNERS": "bo@x", "drivers/net/a": "1"])
    var snapshot = try #require(try snapshot())
    try OwnershipReader(try fixture.open()).complete(
      &snapshot, files: ["lib/X_OWNERS", "lib/GONE_OWNERS"], folders: ["drivers/net", "drivers/net/a", "no"])
    #expect(snapshot.files.map(\.path) == ["OWNERS", "lib/X_OWNERS"])
    #expect(snapshot.folders == ["drivers/net"])
  }

  @Test func `links and files over the limit are told and not read`() throws {
    try fixture.commit("Files", files: ["real": "* @ada"])
    try fixture.run("ln", "-s", "real", "CODEOWNERS")
    try fixture.commit("Link")
    let link = try #require(try snapshot([], .codeOwners))
    #expect(link.files.isEmpty)
    #expect(link.problems.map(\.flaw) == [.symbolicLink])
    #expect(link.problems.map(\.place.file) == ["CODEOWNERS"])
    let large = String(repeating: "# comment\n", count: 320_000)
    try fixture.commit("Large", files: [".github/CODEOWNERS": large])
    let problems = try #require(try snapshot([], .codeOwners)).problems
    #expect(problems.map(\.flaw) == [.oversized(bytes: 3_200_000, limit: 3_145_728), .symbolicLink])
  }

  @Test func `a repository without such files gives none`() throws {
    try fixture.commit("One", files: ["a": "1", "OWNERS.md": "no"])
    #expect(try snapshot(["a"]) == nil)
    #expect(try harvest().ownership.versions.count == 1)
  }
}
