import Git
import Support
import Testing

/// Attacks with merges: what is decided in the merge itself, and what it carries in from elsewhere.
@Suite struct GateMergeAttackTests {
  /// A server on which main has moved on since a topic, approved by Al, was begun.
  private func start(topic: [String: String?], main: [String: String?]) throws -> (GateServer, ObjectID) {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("topic", topic)
    try server.approve(commit, by: "al")
    try server.branch("base")
    let base = try server.commit("base", main, by: "bo")
    try server.approve(base, by: "al")
    expectTaken(try server.push("base:main", by: "bo"))
    try server.branch("merge")
    return (server, commit)
  }

  private static let top = "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n"
  private static let bottom = "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"

  @Test func `17: a merge that only puts approved changes together needs nothing more`() throws {
    let (server, _) = try start(
      topic: ["docs/guide": Self.bottom, "lib/b": "b\n"], main: ["docs/guide": Self.top])
    try server.record(["merge", "--quiet", "--no-ff", "-m", "merge", "topic"], by: "cy")
    #expect(try server.git("show", "HEAD:docs/guide") == "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN")
    expectTaken(try server.push("merge:main", by: "cy"))
  }

  @Test func `17: the other way round as well, and by fast-forward`() throws {
    let (server, _) = try start(topic: ["docs/guide": Self.bottom], main: ["docs/guide": Self.top])
    try server.git("checkout", "--quiet", "-B", "merge", "topic")
    try server.record(["merge", "--quiet", "--no-ff", "-m", "merge", "origin/main"], by: "cy")
    expectTaken(try server.push("merge:main", by: "cy"))
  }

  @Test func `17: what somebody edits into a merge needs an approval of its own`() throws {
    let (server, _) = try start(topic: ["docs/guide": Self.bottom], main: ["docs/guide": Self.top])
    try server.git("merge", "--quiet", "--no-ff", "--no-commit", "topic")
    try server.git("rm", "--quiet", "docs/intro")
    let merge = try server.commit("merge", ["lib/a": "evil\n"])
    expectRefused(
      try server.push("merge:main", by: "cy"), "not-approved: docs/intro and 1 more",
      "(commit \(merge.hex.prefix(12)))")
    try server.approve(merge, by: "al")
    expectTaken(try server.push("merge:main", by: "cy"))
  }

  @Test func `17: a conflict is resolved under the reviewers' eyes`() throws {
    let (server, _) = try start(topic: ["docs/guide": "mine\n"], main: ["docs/guide": "theirs\n"])
    #expect(throws: (any Error).self) { try server.git("merge", "--quiet", "--no-ff", "topic", as: "cy") }
    let merge = try server.commit("merge", ["docs/guide": "mine\n"])
    expectRefused(
      try server.push("merge:main", by: "cy"), "not-approved: docs/guide", "(commit \(merge.hex.prefix(12)))")
  }

  @Test(arguments: ["ours", "theirs"])
  func `17: a merge that throws one side away needs an approval of that`(side: String) throws {
    let (server, topic) = try start(topic: ["docs/guide": Self.bottom], main: ["lib/a": "fixed\n"])
    if side == "ours" {
      // Seen from main nothing happens, but the approved change is gone for good.
      try server.record(["merge", "--quiet", "--no-ff", "-s", "ours", "-m", "merge", "topic"], by: "cy")
      expectRefused(try server.push("merge:main", by: "cy"), "not-approved: docs/guide")
    } else {
      // The tree of the topic as it is, without what main has got since.
      let merge = try server.rawCommit([
        "tree \(try server.git("rev-parse", "\(topic.hex)^{tree}"))",
        "parent \(try server.id("origin/main").hex)",
        "parent \(topic.hex)", GateServer.ident("author", "cy"), GateServer.ident("committer", "cy"),
      ])
      expectRefused(try server.push("\(merge.hex):main", by: "cy"), "not-approved: lib/a")
      // And with the parents in the other order.
      let other = try server.rawCommit([
        "tree \(try server.git("rev-parse", "\(topic.hex)^{tree}"))", "parent \(topic.hex)",
        "parent \(try server.id("origin/main").hex)", GateServer.ident("author", "cy"),
        GateServer.ident("committer", "cy"),
      ])
      expectRefused(try server.push("\(other.hex):main", by: "cy"), "not-approved: lib/a")
    }
  }

  @Test func `17: an octopus is judged against all of its parents`() throws {
    let server = try GateServer()
    for (name, path) in [("a", "docs/guide"), ("b", "lib/a"), ("c", "deps/lock")] {
      try server.branch(name)
      try server.approve(try server.commit(name, [path: "\(name)\n"]), by: "al")
    }
    try server.branch("clean")
    try server.record(["merge", "--quiet", "--no-ff", "-m", "octopus", "a", "b", "c"], by: "cy")
    expectTaken(try server.push("clean:main", by: "cy"))
    let tree = try server.git("rev-parse", "clean^{tree}")
    try server.branch("next")
    try server.approve(try server.commit("d", ["README": "d\n"]), by: "al")
    let lines = [GateServer.ident("author", "cy"), GateServer.ident("committer", "cy")]
    let parents = try ["origin/main", "next", "a"].map { "parent \(try server.id($0).hex)" }
    let evil = try server.rawCommit(["tree \(tree)"] + parents + lines)
    expectRefused(try server.push("\(evil.hex):main", by: "cy"), "not-approved: README")
  }

  @Test func `17: a merge of one parent with itself, or with an older state, brings nothing unseen`() throws {
    let (server, _) = try start(topic: ["docs/guide": Self.bottom], main: ["lib/a": "fixed\n"])
    let main = try server.id("origin/main").hex
    let (old, tree) = (
      try server.id("origin/main~1").hex, try server.git("rev-parse", "origin/main~1^{tree}")
    )
    let lines = [GateServer.ident("author", "cy"), GateServer.ident("committer", "cy")]
    for parents in [[main, main], [main, old], [old, main]] {
      let merge = try server.rawCommit(["tree \(tree)"] + parents.map { "parent \($0)" } + lines)
      expectRefused(try server.push("\(merge.hex):main", by: "cy"), "not-approved: lib/a")
    }
  }

  @Test func `17: histories that have crossed hide nothing between their bases`() throws {
    let server = try GateServer()
    for (name, files) in [("a", ["docs/guide": Self.top]), ("b", ["docs/guide": Self.bottom])] {
      try server.branch(name)
      try server.approve(try server.commit(name, files), by: "al")
    }
    let (a, b) = (try server.id("a").hex, try server.id("b").hex)
    try server.git("checkout", "--quiet", "-B", "ab", a)
    try server.record(["merge", "--quiet", "--no-ff", "-m", "ab", b], by: "cy")
    try server.git("checkout", "--quiet", "-B", "ba", b)
    try server.record(["merge", "--quiet", "--no-ff", "-m", "ba", a], by: "ed")
    try server.git("checkout", "--quiet", "-B", "cross", "ab")
    try server.record(["merge", "--quiet", "--no-ff", "-m", "cross", "ba"], by: "cy")
    expectTaken(try server.push("cross:main", by: "cy"))
    // The same with one side's state taken back on the way.
    try server.git("fetch", "--quiet", "origin")
    let lines = [GateServer.ident("author", "cy"), GateServer.ident("committer", "cy")]
    let tree = try server.git("rev-parse", "\(a)^{tree}")
    for parents in [["origin/main", "ba"], ["ba", "origin/main"]] {
      let evil = try server.rawCommit(
        ["tree \(tree)"] + parents.map { "parent \(try server.id($0).hex)" } + lines)
      expectRefused(try server.push("\(evil.hex):main", by: "cy"), "not-approved: docs/guide")
    }
  }

  @Test func `17: unrelated histories bring everything they hold`() throws {
    let server = try GateServer()
    try server.git("checkout", "--quiet", "--orphan", "other")
    let foreign = try server.commit("other", ["lib/evil": "x\n"])
    try server.branch("topic")
    try server.record(
      ["merge", "--quiet", "--allow-unrelated-histories", "-s", "ours", "-m", "merge", "other"], by: "cy")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved", String(foreign.hex.prefix(12)))
  }

  @Test func `18: what a branch that nobody guards holds is not approved by lying there`() throws {
    let server = try GateServer()
    try server.branch("weak")
    let commit = try server.commit("weak", ["lib/a": "evil\n"])
    expectTaken(try server.push("weak:weak", by: "cy"))
    try server.branch("merge")
    try server.record(["merge", "--quiet", "--no-ff", "-m", "merge", "weak"], by: "cy")
    expectRefused(
      try server.push("merge:main", by: "cy"), "not-approved: lib/a", "(commit \(commit.hex.prefix(12)))")
    expectRefused(try server.push("weak:main", by: "cy"), "not-approved: lib/a")
  }

  @Test func `18: what was approved for one guarded branch is not approved for another, old or new`() throws {
    let gate = "branches: [\"refs/heads/main\", \"refs/heads/dev\", \"refs/heads/release/*\"],"
    let server = try GateServer(["policies/delegation.json5": GatePolicyFiles.delegation(gate: gate)])
    expectTaken(try server.push("origin/main:refs/heads/dev", by: "cy"))
    try server.branch("topic")
    let commit = try server.commit("dev", ["lib/a": "new\n"])
    expectRefused(try server.push("topic:dev", by: "cy"), "refs/heads/dev not-approved: lib/a")
    expectRefused(try server.push("topic:release/1", by: "cy"), "refs/heads/release/1 not-approved: lib/a")
    try server.approve(commit, by: "al", target: "refs/heads/dev")
    expectTaken(try server.push("topic:dev", by: "cy"))
    expectRefused(try server.push("topic:main", by: "cy"), "it was given for refs/heads/dev")
    expectRefused(try server.push("topic:release/1", by: "cy"), "it was given for refs/heads/dev")
    expectTaken(try server.push("origin/main:refs/heads/release/1", by: "cy"))
  }
}
