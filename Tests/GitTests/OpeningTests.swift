import Foundation
import Git
import Support
import Testing

@Suite struct OpeningTests {
  /// A repository with one commit.
  private func started() throws -> (fixture: TemporaryRepository, tip: ObjectID) {
    let fixture = try TemporaryRepository()
    let tip = try fixture.commit("start", files: ["src/a.txt": "one\n"])
    return (fixture, tip)
  }

  private func refusal(_ path: String, trust: Trust = Trust()) -> OpenRefusal? {
    do throws(OpenRefusal) {
      _ = try Repository(path: path, trust: trust)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["", "/.git", "/src", "/src/a.txt"])
  func `opens a work tree, its git directory and paths below`(suffix: String) throws {
    let (fixture, tip) = try started()
    let repository = try Repository(path: fixture.path + suffix)
    #expect(repository.gitDirectory == fixture.path + "/.git")
    #expect(try repository.head() == .branch(name: "refs/heads/main", tip))
  }

  @Test func `opens a linked work tree with its own head`() throws {
    let (fixture, tip) = try started()
    try fixture.git("worktree", "add", "--quiet", "-b", "side", fixture.folder + "/linked")
    let repository = try Repository(path: fixture.folder + "/linked/src")
    #expect(try repository.head() == .branch(name: "refs/heads/side", tip))
    #expect(repository.commonDirectory == fixture.path + "/.git")
    #expect(repository.gitDirectory == fixture.path + "/.git/worktrees/linked")
  }

  @Test func `opens a bare mirror that has no configuration and packed references only`() throws {
    let (fixture, tip) = try started()
    let mirror = fixture.folder + "/mirror"
    try fixture.git("clone", "--quiet", "--mirror", fixture.path, mirror)
    try fixture.git("--git-dir", mirror, "pack-refs", "--all")
    for name in ["/config", "/refs/heads", "/refs/tags"] {
      try FileManager.default.removeItem(atPath: mirror + name)
    }
    let repository = try Repository(path: mirror)
    #expect(try repository.head() == .branch(name: "refs/heads/main", tip))
    #expect(try repository.references(under: "refs/").map(\.name) == ["refs/heads/main"])
  }

  @Test func `reads objects that lie in an alternate`() throws {
    let (fixture, tip) = try started()
    let clone = fixture.folder + "/shared"
    try fixture.git("clone", "--quiet", "--shared", fixture.path, clone)
    let repository = try Repository(path: clone)
    #expect(repository.objectDirectories == [clone + "/.git/objects", fixture.path + "/.git/objects"])
    #expect(try repository.header(of: tip)?.kind == .commit)
    let history = try History.load(repository, roots: [tip], options: .init(jobs: 2))
    #expect(history.changes(0)?.count == 1)
  }

  @Test func `tells a shallow clone and where it was cut`() throws {
    let (fixture, _) = try started()
    let tip = try fixture.commit("second", files: ["b": "two\n"])
    let clone = fixture.folder + "/shallow"
    try fixture.git("clone", "--quiet", "--depth=1", "file://" + fixture.path, clone)
    let repository = try Repository(path: clone)
    #expect(repository.isShallow && repository.shallowBoundary == [tip])
    let history = try History.load(repository, roots: [tip])
    #expect(history.count == 1 && history.parents(0) == [-1] && history.changes(0) == nil)
    #expect(history.problems.map(\.kind) == [.shallowBoundary])
  }

  @Test func `reads a partial clone without its files`() throws {
    let (fixture, tip) = try started()
    try fixture.git("config", "uploadpack.allowFilter", "true")
    let clone = fixture.folder + "/partial"
    try fixture.git(
      "clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + fixture.path, clone)
    let repository = try Repository(path: clone)
    #expect(repository.hasPromisor)
    let blob = try fixture.id(of: "HEAD:src/a.txt")
    #expect(try repository.file(atPath: "src/a.txt", inCommit: tip, limit: 100) == .missingObject(blob))
    #expect(try repository.patchID(ofCommit: tip) == .unknown(.missingObject))
    #expect(try History.load(repository, roots: [tip]).changes(0)?.count == 1)
  }

  @Test(arguments: [
    ("extensions.worktreeConfig", "true"), ("extensions.preciousObjects", "true"), ("extensions.noop", "1"),
    ("extensions.objectFormat", "sha1"), ("extensions.relativeWorktrees", "true"),
  ])
  func `opens a repository with an extension that changes nothing for readers`(
    name: String, value: String
  ) throws {
    let (fixture, tip) = try started()
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    try fixture.git("config", name, value)
    #expect(try fixture.open().head() == .branch(name: "refs/heads/main", tip))
  }

  @Test func `refuses what it cannot read, in plain words`() throws {
    let (fixture, _) = try started()
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    let git = fixture.path + "/.git"
    try fixture.git("config", "extensions.objectFormat", "sha256")
    #expect(refusal(fixture.path) == .sha256(path: git))
    try fixture.git(["config", "--file", git + "/config", "--unset", "extensions.objectFormat"])
    try fixture.git(["config", "--file", git + "/config", "extensions.refStorage", "reftable"])
    #expect(refusal(fixture.path) == .reftable(path: git))
    try fixture.git(["config", "--file", git + "/config", "--unset", "extensions.refStorage"])
    try fixture.git(["config", "--file", git + "/config", "extensions.future", "x"])
    #expect(refusal(fixture.path) == .unsupportedExtension(name: "future"))
    try fixture.git(["config", "--file", git + "/config", "core.repositoryFormatVersion", "2"])
    #expect(refusal(fixture.path) == .unsupportedFormat(version: "2"))
    #expect(refusal(fixture.folder + "/nowhere") == .notFound(path: fixture.folder + "/nowhere"))
  }

  @Test func `refuses a real repository with SHA-256 names`() throws {
    let fixture = try TemporaryRepository()
    let other = fixture.folder + "/other"
    try fixture.git("init", "--quiet", "--object-format=sha256", other)
    #expect(refusal(other) == .sha256(path: other + "/.git"))
  }

  @Test func `says that a plain folder is no repository`() throws {
    let fixture = try TemporaryRepository()
    let plain = fixture.folder + "/plain"
    try FileManager.default.createDirectory(atPath: plain, withIntermediateDirectories: true)
    #expect(refusal(plain) == .notARepository(path: plain))
  }

  @Test(arguments: ["config", "HEAD", "packed-refs", "shallow", "objects/info/alternates"])
  func `refuses a pipe that would hang the reader`(name: String) throws {
    let (fixture, _) = try started()
    let path = fixture.path + "/.git/" + name
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    try fixture.run("mkfifo", path)
    #expect(refusal(fixture.path) == .specialFile(path: path))
  }

  @Test(.enabled(if: geteuid() == 0)) func `refuses a repository of another user unless it is trusted`()
    throws
  {
    let (fixture, _) = try started()
    try fixture.run("chown", "4321", fixture.path + "/.git")
    #expect(refusal(fixture.path) == .foreignOwner(path: fixture.path + "/.git", owner: 4321))
    #expect(refusal(fixture.path, trust: Trust(sudoUser: 4321)) == nil)
    #expect(refusal(fixture.path, trust: Trust(safeDirectories: [fixture.path])) == nil)
    #expect(refusal(fixture.path, trust: Trust(safeDirectories: ["*"])) == nil)
    #expect(refusal(fixture.path, trust: Trust(safeDirectories: ["*", ""])) != nil)
  }

  @Test func `takes safe directories from configuration files in order`() {
    let user = "[safe]\n\tdirectory = \"/srv/a b\" ; here\n\tdirectory = ~/work\n[Safe]\nDirectory=*\n"
    let trust = Trust(sudoUser: 7, configurations: [Array(user.utf8)], home: "/people/ada")
    #expect(trust == Trust(sudoUser: 7, safeDirectories: ["/srv/a b", "/people/ada/work", "*"]))
  }
}
