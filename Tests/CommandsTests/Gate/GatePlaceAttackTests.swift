import Commands
import Foundation
import Git
import Support
import Testing

/// Attacks through where and how a server keeps its repository, and through what `check` takes words for.
@Suite struct GatePlaceAttackTests {
  private static let open = GatePolicyFiles.delegation().replacing("count: 1,", with: "count: 0,")
    .replacing("count: 2,", with: "count: 0,")

  private func evil(_ server: GateServer) throws -> ObjectID {
    try server.branch("topic")
    return try server.commit("evil", ["lib/a": "evil\n"])
  }

  @Test func `through a linked work tree of the server the same branch holds the policy`() throws {
    let server = try GateServer()
    let commit = try evil(server)
    try server.branch("open")
    try server.commit("open", ["policies/delegation.json5": Self.open])
    expectTaken(try server.push("open:side", by: "cy"))
    let tree = server.server.folder + "/linked"
    try server.server.git("worktree", "add", "--quiet", tree, "side")
    let main = try server.id("origin/main").hex
    for place in [tree, server.server.path + "/worktrees/linked"] {
      #expect(throws: Support.CommandFailure.self) {
        try server.git(["push", "--quiet", place, "topic:main"])
      }
      #expect(try server.server.git("rev-parse", GateServer.main) == main)
    }
    try server.approve(commit, by: "al")
    try server.server.git(
      ["-C", server.clone, "push", "--quiet", tree, "topic:main"],
      environment: ["TEST_PUSHER": GateServer.email("cy")])
    #expect(try server.server.git("rev-parse", GateServer.main) == commit.hex)
  }

  @Test func `where a guarded name only stands for a branch that branch is guarded`() throws {
    let server = try GateServer()
    let commit = try evil(server)
    try server.server.git("branch", "trunk", "main")
    try server.server.git("symbolic-ref", GateServer.main, "refs/heads/trunk")
    for name in ["trunk", "main"] {
      expectRefused(try server.push("topic:\(name)", by: "cy"), "refs/heads/trunk not-approved: lib/a")
      expectRefused(try server.push(":\(name)", by: "bo"), "deletion: refs/heads/trunk is guarded")
    }
    try server.approve(commit, by: "al", target: "refs/heads/trunk")
    expectTaken(try server.push("topic:trunk", by: "cy"))
    // The same for one that a policy names, and for the records.
    let other = try GateServer([
      "policies/delegation.json5": GatePolicyFiles.delegation(gate: "branches: [\"refs/heads/release\"],")
    ])
    let change = try evil(other)
    try other.server.git("branch", "next", "main")
    try other.server.git("symbolic-ref", "refs/heads/release", "refs/heads/next")
    expectRefused(try other.push("topic:next", by: "cy"), "not-approved: lib/a")
    try other.server.git("symbolic-ref", GateServer.discuss, "refs/notes/kept")
    try other.git(
      ["fast-import", "--quiet"],
      stdin: GateServer.notes([change: [other.verdictLine(change, by: "al")]], "refs/notes/kept"))
    expectRefused(try other.push("refs/notes/kept:refs/notes/kept", by: "cy"), "speaks for al@x.org")
  }

  @Test func `the directory of the policy is one, however the server writes it`() throws {
    let server = try GateServer([
      "policies/grants/all-di.json5": GatePolicyFiles.grant("all-di", to: "di", paths: "**")
    ])
    try server.branch("topic")
    let commit = try server.commit("open", ["policies/delegation.json5": Self.open])
    try server.approve(commit, by: "di")
    for place in ["policies/", "policies//"] {
      try server.server.git("config", "tributary.policy", "refs/heads/main:\(place)")
      expectRefused(try server.push("topic:main", by: "cy"), "policy-not-approved: policies/delegation.json5")
    }
    for place in ["", ".", "./policies", "/policies", "a/../policies", "policies/."] {
      try server.server.git("config", "tributary.policy", "refs/heads/main:\(place)")
      expectRefused(try server.push("topic:main", by: "cy"), "expected a directory from the root")
    }
  }

  @Test func `the policy's branch is not rewound, whatever else may be`() throws {
    let server = try GateServer([
      "policies/delegation.json5": GatePolicyFiles.delegation(gate: "rewindable: [\"refs/heads/**\"],")
    ])
    try server.branch("topic")
    let commit = try server.commit(
      "stricter",
      [
        "policies/delegation.json5": GatePolicyFiles.delegation().replacing("count: 1,", with: "count: 2,")
      ])
    try server.approve(commit, by: "al")
    let first = try server.id("origin/main")
    expectTaken(try server.push("topic:main", by: "cy"))
    expectRefused(
      try server.push("\(first.hex):main", by: "bo"), "rewind: refs/heads/main would lose commits")
  }

  @Test func `a first policy by which nothing could land any more is not taken`() throws {
    let names = GatePolicyFiles.all().keys.filter { $0.hasPrefix("policies") }
    let server = try GateServer(Dictionary(uniqueKeysWithValues: names.map { ($0, nil) }))
    for (text, word) in [("{ version: 1, oops: 1 }", "policy-broken"), ("{ version: 1 }", "no-roster")] {
      try server.branch("first")
      let commit = try server.commit("first", ["policies/delegation.json5": text], by: "bo")
      try server.server.git("config", "tributary.firstPolicy", commit.hex)
      expectRefused(try server.push("first:main", by: "bo"), word)
    }
    try server.commit("more", ["policies/roster.json5": GatePolicyFiles.roster()], by: "bo")
    try server.server.git("config", "tributary.firstPolicy", try server.id("HEAD").hex)
    expectTaken(try server.push("first:main", by: "bo"))
  }

  @Test func `no tag or branch is taken for what was fetched, by check or by the server`() throws {
    let server = try GateServer()
    try server.branch("open")
    try server.commit("open", ["policies/delegation.json5": Self.open])
    let evil = try server.commit("evil", ["lib/a": "evil\n"])
    expectTaken(try server.push("open:topic", by: "cy"))
    for name in ["refs/tags/origin/main", "refs/heads/origin/main"] {
      expectRefused(try server.push("open~1:\(name)", by: "cy"), "ambiguous-name: \(name)")
      try server.server.git("update-ref", name, try server.git("rev-parse", "open~1"))
    }
    let clone = server.server.folder + "/pipeline"
    try server.server.git("clone", "--quiet", server.server.path, clone)
    try server.server.git("-C", clone, "checkout", "--quiet", "--detach", evil.hex)
    let place = try PushPlace()
    func check(_ range: String) -> Int32 {
      place.run(["check", "--range", range, "--branch", "main", "-C", clone], now: server.now).rawValue
    }
    #expect(check("origin/main..HEAD") == 2, "\(place.output)")
    #expect(
      place.complaints.joined().contains(
        "origin/main is refs/tags/origin/main and refs/remotes/origin/main"), "\(place.complaints)")
    try server.server.git("-C", clone, "tag", "-d", "origin/main")
    #expect(check("origin/main..HEAD") == 1, "\(place.output)")
    #expect(place.output.contains("not-approved: lib/a"))
    let words = ["check", "--branch", "origin/main", "-C", clone]
    #expect(place.run(words, now: server.now).rawValue == 2, "\(place.output)")
    #expect(place.complaints.joined().contains("expected the branch's own name"), "\(place.complaints)")
    // Nor one that is called like the first digits of a commit.
    let short = String(try server.id("origin/main").hex.prefix(10))
    try server.server.git("-C", clone, "tag", short, evil.hex)
    #expect(check("\(short)..HEAD") == 2, "\(place.output)")
    try server.server.git("-C", clone, "tag", "-d", short)
    #expect(check("\(short)..HEAD") == 1, "\(place.output)")
  }
}
