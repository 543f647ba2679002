import Foundation
import Git
import Support
import Testing

@Suite struct PatchAndWriterTests {
  @Test func `names changes as git patch-id does`() throws {
    let fixture = try TemporaryRepository()
    let long = (1...40).map { "line \($0)\n" }.joined()
    try fixture.commit("one", files: ["a.txt": long, "b/c.txt": "x\n"])
    try fixture.commit("two", files: ["a.txt": long.replacing("line 20\n", with: "changed\nmore\n")])
    try fixture.commit("three", files: ["new": "n\n", "b/c.txt": "y"], removing: ["a.txt"])
    let repository = try fixture.open()
    for revision in ["HEAD~1", "HEAD"] {
      let patch = try fixture.gitBytes(["diff-tree", "-p", "--root", revision])
      let theirs = try fixture.git(["patch-id", "--stable"], stdin: patch).prefix(40)
      let ours = try repository.patchID(ofCommit: try fixture.id(of: revision))
      #expect(ours == ObjectID(hex: theirs).map { .known($0) })
    }
  }

  @Test func `names changes of links, folders and submodules as git patch-id does`() throws {
    let fixture = try TemporaryRepository()
    let blob = try fixture.git(["hash-object", "-w", "--stdin"], stdin: Array("plain\n".utf8)).prefix(40)
    let first = try fixture.commit("one", files: ["plain": "x\n", "tool": "run\n"])
    for changes in [
      ["--add", "--cacheinfo", "160000,\(first.hex),vendor/lib"],
      ["--cacheinfo", "160000,\(blob),vendor/lib"],
      ["--cacheinfo", "120000,\(blob),tool"],
      ["--force-remove", "plain", "--add", "--cacheinfo", "100644,\(blob),plain/inside"],
    ] {
      try fixture.git(["update-index"] + changes)
      try fixture.git("commit", "--quiet", "--message=next")
    }
    let repository = try fixture.open()
    for revision in ["HEAD~4", "HEAD~3", "HEAD~2", "HEAD~1", "HEAD"] {
      let patch = try fixture.gitBytes(["diff-tree", "-p", "--root", "--no-renames", revision])
      let theirs = try fixture.git(["patch-id", "--stable"], stdin: patch).prefix(40)
      let ours = try repository.patchID(ofCommit: try fixture.id(of: revision))
      #expect(ours == ObjectID(hex: theirs).map { .known($0) }, "\(revision)")
    }
  }

  @Test func `a path that Git refuses has no patch id`() throws {
    let fixture = try TemporaryRepository()
    let before = try fixture.commit("one", files: ["a": "1\n"])
    let blob = try fixture.id(of: "HEAD:a")
    let inner = try fixture.git(["mktree"], stdin: Array("100644 blob \(blob.hex)\tconfig\n".utf8)).prefix(40)
    let tree = try fixture.git(["mktree"], stdin: Array("040000 tree \(inner)\t.git\n".utf8)).prefix(40)
    let commit = try fixture.git("commit-tree", "-p", before.hex, "-m", "two", String(tree)).prefix(40)
    let id = try #require(ObjectID(hex: commit))
    #expect(try fixture.open().patchID(ofCommit: id) == .unknown(.refusedPath))
  }

  @Test func `two commits with the same change have the same patch id`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("base", files: ["a": "1\n2\n3\n", "other": "x\n"])
    let first = try fixture.commit("change", files: ["a": "1\n2\nthree\n"])
    try fixture.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    try fixture.commit("unrelated", files: ["other": "y\n"])
    try fixture.git("cherry-pick", first.hex)
    let repository = try fixture.open()
    let picked = try fixture.id(of: "HEAD")
    #expect(try repository.patchID(ofCommit: first) == repository.patchID(ofCommit: picked))
    #expect(picked != first)
    try fixture.git("merge", "--quiet", "--no-edit", "main")
    #expect(try repository.patchID(ofCommit: try fixture.id(of: "HEAD")) == .unknown(.merge))
    let empty = try fixture.commit("nothing")
    #expect(try repository.patchID(ofCommit: empty) == .unknown(.noChanges))
  }

  @Test func `a written repository passes git fsck and has the same ids each time`() throws {
    let fixture = try TemporaryRepository()
    var tips: [ObjectID] = []
    for name in ["one.git", "two.git"] {
      let path = fixture.folder + "/" + name
      let writer = try RepositoryWriter(creatingBareAt: path)
      let ident = "Ada Ray <ada@example.org> 1704067200 +0100"
      let tree = try writer.tree(files: ["a.txt": Array("x\n".utf8), "a/b/c": [1, 2], "a-b": []])
      let tip = try writer.commit(
        tree: tree, parents: [], author: ident, committer: ident, message: "start\n")
      let next = try writer.commit(
        tree: tree, parents: [tip], author: ident, committer: ident, message: "next\n")
      let notes = try writer.noteTree([tip: try writer.object(.blob, Array("note\n".utf8))])
      let noted = try writer.commit(tree: notes, parents: [], author: ident, committer: ident, message: "n\n")
      try writer.updateReference("refs/heads/main", from: nil, to: tip)
      try writer.updateReference("refs/heads/main", from: tip, to: next)
      try writer.updateReference("refs/notes/commits", from: nil, to: noted)
      #expect(throws: GitError.self) { try writer.updateReference("refs/heads/main", from: tip, to: tip) }
      #expect(throws: GitError.self) { try writer.updateReference("refs/heads/main", from: nil, to: tip) }
      #expect(try fixture.git("--git-dir", path, "fsck", "--strict", "--no-dangling") == "")
      #expect(try fixture.git("--git-dir", path, "notes", "show", tip.hex) == "note")
      #expect(try Repository(path: path).head() == .branch(name: "refs/heads/main", next))
      tips.append(next)
    }
    #expect(tips[0] == tips[1])
  }
}
