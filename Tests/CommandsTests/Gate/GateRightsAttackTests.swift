import Foundation
import Git
import Support
import Testing

/// Attacks with rights that reach further than they were meant to.
@Suite struct GateRightsAttackTests {
  @Test func `no robot decides on the policy, a protected path or a floor`() throws {
    let policy = GatePolicyFiles.delegation(
      more: "floors: [{ paths: [\"lib/**\"], count: 1, from: [\"platform\"] }],"
    ).replacing("paths: [\"deps/**\"]", with: "paths: [\"**\"]")
    let server = try GateServer(["policies/delegation.json5": policy])
    for (path, words) in [
      ("policies/grants/docs-di.json5", "policy-not-approved"), ("net/tls/key", "not-approved: net/tls/key"),
      ("lib/a", "not-approved: lib/a"),
    ] {
      try server.branch("bump")
      let text = path.hasPrefix("policies") ? GatePolicyFiles.grant("docs-di", to: "ed") : "new\n"
      try server.commit("bump", [path: text], by: "renovate")
      expectRefused(try server.push("bump:main", by: "renovate"), words)
    }
    try server.branch("bump")
    let link = try server.commitEntries([("120000", try server.blob("x"), "net/tls2/new")], by: "renovate")
    expectTaken(try server.push("\(link.hex):main", by: "renovate"))
  }

  @Test func `a floor holds for a grant that somebody may give`() throws {
    let policy = GatePolicyFiles.delegation(
      more: "floors: [{ paths: [\"policies/**\"], count: 2, from: [\"platform\"] }],")
    for (text, isTaken) in [(GatePolicyFiles.delegation(), true), (policy, false)] {
      let server = try GateServer(["policies/delegation.json5": text])
      try server.branch("grant")
      try server.commit(
        "grant", ["policies/grants/lib-ed.json5": GatePolicyFiles.grant("lib-ed", to: "ed")], by: "bo")
      let push = try server.push("grant:main", by: "bo")
      if isTaken { expectTaken(push) } else { expectRefused(push, "policy-not-approved", "by 2 people") }
    }
  }

  @Test func `a link is not approved by a grant that leaves out what may lie below`() throws {
    let grant = GatePolicyFiles.grant("docs-di", to: "di", paths: "docs/**").replacing(
      "[\"docs/**\"]", with: "[\"docs/**\", \"!docs/secret/**\"]")
    let server = try GateServer(["policies/grants/docs-di.json5": grant])
    for (name, isTaken) in [("docs/secret", false), ("docs/other", true)] {
      try server.branch("link")
      let commit = try server.commitEntries([("120000", try server.blob("../lib"), name)])
      try server.approve(commit, by: "di")
      let push = try server.push("\(commit.hex):main", by: "cy")
      if isTaken { expectTaken(push) } else { expectRefused(push, "not-approved: \(name)") }
    }
  }

  @Test func `an approval for another branch brings no grant`() throws {
    let server = try GateServer([
      "policies/roster.json5": GatePolicyFiles.roster(
        people: "lou: { emails: [\"lou@x.org\"], memberships: [{ team: \"leads\" }] },"
      ).replacing("pay: {} }", with: "pay: {}, leads: {} }"),
      "policies/delegation.json5": GatePolicyFiles.delegation().replacing(
        "teams: [\"platform\"]", with: "teams: [\"leads\"]"),
      "policies/grants/docs-di.json5": nil,
    ])
    try server.branch("topic")
    let first = try server.commit("docs", ["docs/guide": "new\n"])
    let grant = GatePolicyFiles.grant("lib-ed", to: "ed", by: "lou", paths: "lib/**")
    let second = try server.commit("grant", ["policies/grants/lib-ed.json5": grant])
    try server.approve(second, by: "al")
    // Lou has agreed to it for a branch where it decides nothing.
    try server.plant([(first, server.requestLine(target: "refs/heads/weak"))], ref: GateServer.reviews)
    try server.plant([(first, server.verdictLine(second, by: "lou@x.org"))], ref: GateServer.discuss)
    expectRefused(try server.push("topic:main", by: "cy"), "grant-flawed: grant lib-ed")
    try server.approve(second, by: "lou@x.org")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a record that names no commit is no obstacle to what others have approved`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("lib", ["lib/a": "new\n"])
    try server.approve(commit, by: "al")
    let file = try server.git("rev-parse", "\(commit.hex):lib/a")
    let tree = try server.git("rev-parse", "\(commit.hex)^{tree}")
    for name in [file, tree, String(repeating: "7", count: 40)] {
      let object = try #require(ObjectID(hex: name))
      try server.plant([(commit, server.verdictLine(object, by: "ed"))], ref: GateServer.discuss)
    }
    let line = server.verdictLine(commit, by: "ed").replacing("\(server.now - 3_600)", with: "\(Int64.max)")
    try server.plant([(commit, line)], ref: GateServer.discuss)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a private address at a host of one's own makes nobody somebody else`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("lib", ["lib/a": "new\n"])
    let address = "7+al-l@noreply.evil.org"
    try server.approve(commit, by: address)
    expectRefused(try server.push("topic:main", by: "bo"), "not-approved: lib/a")
    // Nor does whoever pushes under such a name speak for them.
    try server.git("fetch", "--quiet", server.server.path, GateServer.discuss)
    try server.git(
      ["fast-import", "--quiet"],
      stdin: GateServer.notes(
        [commit: [server.verdictLine(commit, by: address), server.verdictLine(commit, by: "al")]],
        "refs/notes/mine", on: try server.git("rev-parse", "FETCH_HEAD")))
    expectRefused(
      try server.push("refs/notes/mine:\(GateServer.discuss)", by: address), "speaks for al@x.org")
    try server.approve(commit, by: "7+al-l@users.noreply.github.com")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `what was taken back does not land again by the approval with which it once landed`() throws {
    for survives in [false, true] {
      let policy = GatePolicyFiles.delegation(more: "survivesTrivialRebase: \(survives),")
      let server = try GateServer(["policies/delegation.json5": policy])
      try server.branch("topic")
      let approved = try server.commit("hole", ["lib/a": "hole\n"])
      try server.approve(approved, by: "al")
      expectTaken(try server.push("topic:topic", by: "cy"))
      try server.branch("squash")
      try server.commit("hole, squashed", ["lib/a": "hole\n"])
      expectTaken(try server.push("squash:main", by: "cy"))
      try server.branch("back")
      let back = try server.commit("back", ["lib/a": "a\n"], by: "bo")
      try server.approve(back, by: "al", requester: "bo")
      expectTaken(try server.push("back:main", by: "bo"))
      try server.branch("again")
      let again = try server.commit("again", ["lib/a": "hole\n"])
      expectRefused(try server.push("again:main", by: "cy"), "not-approved: lib/a")
      try server.approve(again, by: "al")
      expectTaken(try server.push("again:main", by: "cy"))
    }
  }
}
