import Foundation
import Git
import Support
import Testing

@Suite struct ReferenceTests {
  /// Loose, packed, symbolic and tag references together.
  private func manyKinds() throws -> TemporaryRepository {
    let fixture = try TemporaryRepository()
    try fixture.commit("start", files: ["a": "one\n"])
    try fixture.git("tag", "-m", "first", "v1")
    try fixture.git("branch", "side/deep/er")
    try fixture.git("update-ref", "refs/data/blob", "HEAD:a")
    try fixture.git("pack-refs", "--all")
    try fixture.commit("second")
    try fixture.git("tag", "light")
    try fixture.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/side/deep/er")
    return fixture
  }

  @Test(arguments: ["refs/", "refs/heads/", "refs/tags/v", "refs/heads/side/deep/er", "refs/none/"])
  func `lists what git for-each-ref lists, in the same order`(prefix: String) throws {
    let fixture = try manyKinds()
    let ours = try fixture.open().references(under: prefix).map { "\($0.target?.hex ?? "") \($0.name)" }
    let all = try fixture.git("for-each-ref", "--format=%(objectname) %(refname)").split(separator: "\n")
    #expect(ours == all.map(String.init).filter { $0.dropFirst(41).hasPrefix(prefix) })
  }

  @Test func `keeps symbolic references and peeled tags apart from targets`() throws {
    let fixture = try manyKinds()
    let references = try fixture.open().references(under: "refs/")
    let remote = try #require(references.first { $0.name == "refs/remotes/origin/HEAD" })
    #expect(remote.symbolicTarget == "refs/heads/side/deep/er")
    let tag = try #require(references.first { $0.name == "refs/tags/v1" })
    #expect(try tag.peeled == fixture.id(of: "v1^{commit}"))
    #expect(try tag.target == fixture.id(of: "v1"))
  }

  @Test func `peels tags to commits and nothing else`() throws {
    let fixture = try manyKinds()
    try fixture.git("tag", "-m", "outer", "outer", "v1")
    let repository = try fixture.open()
    let commit = try fixture.id(of: "v1^{commit}")
    #expect(try repository.peelToCommit(fixture.id(of: "outer")) == commit)
    #expect(try repository.peelToCommit(commit) == commit)
    #expect(try repository.peelToCommit(fixture.id(of: "HEAD:a")) == nil)
    #expect(try repository.peelToCommit(ObjectID(high: 1, middle: 2, low: 3)) == nil)
  }

  @Test func `reports broken loose references and lists the others`() throws {
    let fixture = try manyKinds()
    let heads = fixture.path + "/.git/refs/heads/"
    try Data("not an id\n".utf8).write(to: URL(fileURLWithPath: heads + "torn"))
    try Data("ref: refs/heads/loop\n".utf8).write(to: URL(fileURLWithPath: heads + "loop"))
    try fixture.run("mkfifo", heads + "pipe")
    let repository = try fixture.open()
    #expect(
      try repository.references(under: "refs/heads/").map(\.name) == [
        "refs/heads/main", "refs/heads/side/deep/er",
      ])
    #expect(
      try repository.brokenReferences(under: "refs/heads/").map(\.name)
        == ["refs/heads/loop", "refs/heads/pipe", "refs/heads/torn"])
  }

  @Test func `sees a reference that changes after opening`() throws {
    let fixture = try manyKinds()
    let repository = try fixture.open()
    #expect(try repository.resolve(reference: "refs/heads/late") == nil)
    let tip = try fixture.commit("third")
    try fixture.git("branch", "late")
    try fixture.git("pack-refs", "--all")
    #expect(try repository.resolve(reference: "refs/heads/late") == tip)
  }

  @Test func `tells an unborn branch, a detached head and a broken one`() throws {
    let fixture = try TemporaryRepository(branch: "trunk")
    #expect(try fixture.open().head() == .unborn(name: "refs/heads/trunk"))
    let tip = try fixture.commit("start")
    try fixture.git("checkout", "--quiet", "--detach")
    #expect(try fixture.open().head() == .detached(tip))
    try Data("nonsense\n".utf8).write(to: URL(fileURLWithPath: fixture.path + "/.git/HEAD"))
    #expect(try fixture.open().head() == .broken(name: "HEAD holds no object id"))
  }

  @Test func `understands what a person types for a commit`() throws {
    let fixture = try manyKinds()
    let repository = try fixture.open()
    let (tip, first) = (try fixture.id(of: "HEAD"), try fixture.id(of: "HEAD~1"))
    #expect(try repository.commitish("HEAD") == tip)
    #expect(try repository.commitish("main") == tip)
    #expect(try repository.commitish("refs/tags/v1") == first)
    #expect(try repository.commitish("v1") == first)
    #expect(try repository.commitish("origin/HEAD") == first)
    #expect(try repository.commitish(String(tip.hex.prefix(9)).uppercased()) == tip)
    for text in ["main@{1}", "@{1}", "", "abc", "refs/data/blob", "../../x", ":a", "main~1"] {
      #expect(throws: GitError.self) { try repository.commitish(text) }
    }
  }

  @Test func `steps back from a name are git's`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("one")
    try fixture.git("checkout", "-q", "-b", "side")
    try fixture.commit("two")
    try fixture.git("checkout", "-q", "main")
    try fixture.commit("three")
    try fixture.git("merge", "-q", "--no-ff", "-m", "four", "side")
    let repository = try fixture.open()
    for text in [
      "HEAD~", "HEAD^", "main~1", "main^1", "main^2", "main^2~1", "HEAD~2", "main^0", "main~0", "HEAD^^",
    ] {
      #expect(try repository.revision(text) == fixture.id(of: text), "\(text)")
    }
    for text in ["main~3", "main^3", "main~99999999999999999999", "main~-1", "~1", "main~x", "main^{tree}"] {
      #expect(throws: GitError.self) { try repository.revision(text) }
    }
  }
}
