import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Which paths a proposal touches that has not landed.
struct ProposedPathTests {
  private typealias Server = GerritServer

  @Test func `an open change touches what its patch set changes against its first parent`() throws {
    let server = try Server()
    let patchSet = try patchSet(on: server, files: ["base": "2\n", "net/new.c": "1\n"])
    server.create(1, by: 7, commit: patchSet)
    let harvested = try server.harvest()
    #expect(harvested.paths(of: 1) == ["base", "net/new.c"])
    #expect(harvested.change(1)?.pathsGrade == .derived)
  }

  @Test func `a file that a patch set moves counts under both names`() throws {
    let server = try Server()
    try server.fixture.git("checkout", "--quiet", "--detach")
    try server.fixture.git("mv", "base", "moved")
    try server.fixture.git("commit", "--quiet", "--message", "Move")
    let moved = try server.fixture.id(of: "HEAD").hex
    try server.fixture.git("update-ref", Server.ref(1, "1"), moved)
    try server.fixture.git("checkout", "--quiet", "main")
    server.create(1, by: 7, commit: moved)
    #expect(try server.harvest().paths(of: 1) == ["base", "moved"])
  }

  @Test func `only the current patch set counts`() throws {
    let server = try Server()
    let first = try patchSet(on: server, files: ["wrong.c": "1\n"])
    let second = try patchSet(on: server, files: ["right.c": "1\n"], number: 2)
    server.create(1, by: 7, commit: first)
    server.update(1, by: 7, 5, ["Patch-set: 2", "Commit: \(second)", "Subject: Cache lookups"])
    #expect(try server.harvest().paths(of: 1) == ["right.c"])
  }

  @Test func `a change that is known by its patch set alone has paths too`() throws {
    let server = try Server()
    _ = try patchSet(on: server, files: ["net/new.c": "1\n"])
    #expect(try server.harvest().paths(of: 1) == ["net/new.c"])
  }

  @Test func `the paths of a patch set that nobody fetched are not known`() throws {
    let server = try Server()
    server.create(1, by: 7)
    #expect(try server.harvest().paths(of: 1) == nil)
  }

  @Test func `the paths of a change do not depend on the window or the number of threads`() throws {
    let server = try Server()
    let patchSet = try patchSet(on: server, files: ["net/new.c": "1\n"])
    server.create(1, by: 7, commit: patchSet)
    _ = try server.fixture.commit("Later", files: ["later": "1\n"], at: Server.start + 90 * 86_400)
    let since = Instant(seconds: Server.start + 60 * 86_400)
    for options in [Harvester.Options(since: since, jobs: 1), .init(since: since, jobs: 4), .init(jobs: 4)] {
      #expect(try server.harvest(options).paths(of: 1) == ["net/new.c"])
    }
  }

  @Test func `a mailed series touches what the diffs of its newest version list`() throws {
    let archive = try MailArchiveFixture([
      patch("a1", "[PATCH 1/2] pool: count users", "old.c", 0),
      patch("a2", "[PATCH 2/2] pool: use them", "b.c", 1),
      patch("b1", "[PATCH v2 1/2] pool: count users", "a.c", 60),
      patch("b2", "[PATCH v2 2/2] pool: use them", "b.c", 61),
    ])
    let harvested = try archive.harvest()
    let series = try #require(harvested.series("a1@x"))
    #expect(harvested.names(series) == ["a.c", "b.c"])
    #expect(series.pathsGrade == .claimed)
  }

  @Test func `a series that lacks a patch has no paths`() throws {
    let archive = try MailArchiveFixture([patch("a1", "[PATCH 1/2] pool: count users", "a.c", 0)])
    let harvested = try archive.harvest()
    #expect(try #require(harvested.series("a1@x")).paths == nil)
  }

  private func patch(_ id: String, _ subject: String, _ path: String, _ minute: Int64) -> TestMail {
    TestMail(
      id: id + "@x", subject: subject,
      body:
        "Text.\n---\ndiff --git a/\(path) b/\(path)\n--- a/\(path)\n+++ b/\(path)\n@@ -1 +1 @@\n-1\n+2\n-- \n2.39\n",
      sent: minute)
  }

  /// A commit on top of the base that only `refs/changes/01/1/…` holds.
  private func patchSet(on server: Server, files: [String: String], number: Int = 1) throws -> String {
    try server.fixture.git("checkout", "--quiet", "--detach", server.base.hex)
    let commit = try server.fixture.commit("Cache lookups", files: files)
    try server.fixture.git("checkout", "--quiet", "main")
    try server.fixture.git("update-ref", Server.ref(1, String(number)), commit.hex)
    return commit.hex
  }
}

/// The paths that diffs list, with what git prints as the judge.
struct DiffPathTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let diff: String
    let paths: [String]?
    var testDescription: String { name }
  }

  @Test(arguments: [
    Example(
      name: "a header inside a hunk is text",
      diff: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/no\n+++ b/no\n same\n", paths: ["x"]
    ),
    Example(
      name: "a new mode alone", diff: "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n",
      paths: ["run.sh"]),
    Example(
      name: "a copy leaves its source alone",
      diff: "diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n", paths: ["y"]),
    Example(
      name: "without prefixes", diff: "diff --git src/x src/x\n--- src/x\n+++ src/x\n@@ -1 +1 @@\n-1\n+2\n",
      paths: ["src/x"]),
    Example(
      name: "other prefixes", diff: "diff --git i/x w/x\n--- i/x\n+++ w/x\n@@ -1 +1 @@\n-1\n+2\n",
      paths: ["x"]),
    Example(name: "no header of git", diff: "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\n", paths: ["x"]),
    Example(name: "no diff", diff: "Text.\n", paths: nil),
    Example(name: "a quote that does not end", diff: "diff --git \"a/x\n--- \"a/x\\\n", paths: nil),
    Example(
      name: "a hunk with absurd numbers", diff: "--- a/x\n@@ -1,99999999999 +1 @@\n+++ b/y\n",
      paths: ["x", "y"]),
  ])
  func `forms of diffs`(_ example: Example) {
    let found = DiffPaths(Array(example.diff.utf8)[...], limit: 100).paths
    #expect(found?.map { String(decoding: $0, as: UTF8.self) } == example.paths)
  }

  @Test func `a diff with more paths than the limit has none`() {
    let diff = (0..<4).map { "diff --git a/\($0) b/\($0)\nnew file mode 100644\n" }.joined()
    #expect(DiffPaths(Array(diff.utf8)[...], limit: 3).paths == nil)
    #expect(DiffPaths(Array(diff.utf8)[...], limit: 4).paths?.count == 4)
  }

  @Test func `the paths of a diff are those that git tells`() throws {
    let fixture = try TemporaryRepository()
    _ = try fixture.commit(
      "Base",
      files: [
        "a b.c": "1\n2\n3\n4\n", "gone": "1\n", "old name": "1\n2\n3\n4\n5\n", "tab\there": "x\n",
        "ä.c": "1\n",
      ])
    try fixture.git("mv", "old name", "new name")
    try fixture.git("rm", "--quiet", "gone")
    let changed = try fixture.commit(
      "Change",
      files: ["a b.c": "1\n2\n3\n5\n", "empty": "", "tab\there": "y\n", "ä.c": "2\n", "bin": "\0\u{1}\0"])
    let diff = try fixture.git("show", "--format=", "--binary", "-M", changed.hex)
    let names = try fixture.git("show", "--format=", "--name-only", "--no-renames", "-z", changed.hex)
    let found = try #require(DiffPaths(Array(diff.utf8)[...], limit: 100).paths)
    #expect(
      found.map { String(decoding: $0, as: UTF8.self) }
        == names.split(separator: "\0").map(String.init).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    )
  }
}

extension Harvested {
  /// The paths of a trace as text, sorted.
  fileprivate func names(_ trace: Trace) -> [String]? {
    trace.paths.map { $0.map { paths[Int($0)] }.sorted() }
  }

  fileprivate func paths(of change: Int) -> [String]? { self.change(change).flatMap(names) }
}
