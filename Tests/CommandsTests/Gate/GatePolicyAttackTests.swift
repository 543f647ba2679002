import Git
import Support
import Testing

/// Attacks on the policy that judges, and on the grants in it.
@Suite struct GatePolicyAttackTests {
  private static let open = GatePolicyFiles.delegation().replacing("count: 1,", with: "count: 0,")

  @Test func `10: a policy that comes with the push does not judge it`() throws {
    let server = try GateServer()
    try server.branch("topic")
    try server.commit("open", ["policies/delegation.json5": Self.open])
    try server.commit("evil", ["lib/a": "evil\n"])
    expectRefused(
      try server.push("topic:main", by: "cy"), "policy-not-approved: policies/delegation.json5",
      "not-approved: lib/a")
    // Nor when it is taken back at the end.
    try server.commit("back", ["policies/delegation.json5": GatePolicyFiles.delegation()])
    expectRefused(try server.push("topic:main", by: "cy"), "policy-not-approved", "not-approved: lib/a")
  }

  @Test func `10: a delegate does not change the policy, even one with a right to its files`() throws {
    let server = try GateServer([
      "policies/grants/all-di.json5": GatePolicyFiles.grant(
        "all-di", to: "di", paths: "**", from: -100, until: 280)
    ])
    try server.branch("topic")
    let commit = try server.commit("open", ["policies/delegation.json5": Self.open])
    try server.approve(commit, by: "di")
    expectRefused(
      try server.push("topic:main", by: "cy"), "policy-not-approved",
      "needs 1 approval from platform, has none")
    try server.approve(commit, by: "al")
    expectTaken(try server.push("topic:main", by: "cy"))
    // From the next push on it judges.
    try server.branch("next")
    try server.commit("a", ["lib/a": "new\n"])
    expectTaken(try server.push("next:main", by: "cy"))
  }

  @Test func `35: no reference of a push judges another, in whatever order they come`() throws {
    let server = try GateServer()
    try server.branch("policy")
    let policy = try server.commit("open", ["policies/delegation.json5": Self.open])
    try server.approve(policy, by: "al")
    try server.branch("topic")
    let commit = try server.commit("evil", ["lib/a": "evil\n"])
    try server.git("config", "user.name", "x")
    try server.git(
      ["fast-import", "--quiet"],
      stdin: GateServer.notes([commit: [server.requestLine()]], GateServer.reviews))
    try server.git(
      ["fast-import", "--quiet"],
      stdin: GateServer.notes([commit: [server.verdictLine(commit, by: "al")]], GateServer.discuss))
    // Records that come with the change do not speak for it, whoever brings them.
    let discuss = "\(GateServer.discuss):\(GateServer.discuss)"
    for refs in [["topic:main", discuss], [discuss, "topic:main"]] {
      for who in ["al", "cy"] {
        expectRefused(try server.push(refs[0], refs[1], by: who), "refs/heads/main not-approved: lib/a")
      }
    }
    // One refused reference refuses all.
    expectRefused(
      try server.push("policy:main", "topic:refs/heads/main2", "topic:refs/heads/HEAD", by: "cy"),
      "ambiguous-name")
  }

  @Test func `35: one reference twice in a push is refused`() throws {
    let server = try GateServer()
    let main = try server.id("origin/main").hex
    let line = "\(main) \(main) refs/heads/main\n"
    expectRefused(try server.hook(line + line), "moved: refs/heads/main")
  }

  @Test(arguments: ["120000", "160000"])
  func `11: a policy behind a link or in a submodule is none`(mode: String) throws {
    let server = try GateServer()
    for name in ["policies/delegation.json5", "policies/grants", "policies"] {
      try server.branch("topic")
      let id = mode == "160000" ? try server.id("origin/main") : try server.blob("../lib/a")
      try server.git("rm", "--quiet", "-r", "--cached", name)
      let commit = try server.commitEntries([(mode, id, name)])
      for who in ["al", "bo", "kim"] { try server.approve(commit, by: who) }
      expectRefused(
        try server.push("\(commit.hex):main", by: "al"),
        "policy-broken: the policy could not be read afterwards")
    }
  }

  @Test func `11: a pointer, a filter or another mode changes nothing about who may change the policy`()
    throws
  {
    let server = try GateServer()
    try server.branch("topic")
    let pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0", count: 64))\nsize 1\n"
    let commit = try server.commit(
      "lfs", ["policies/roster.json5": pointer, ".gitattributes": "policies/** filter=lfs export-subst\n"])
    for who in ["al", "bo"] { try server.approve(commit, by: who) }
    expectRefused(try server.push("topic:main", by: "cy"), "policy-broken")
    try server.branch("mode")
    let blob = try server.id("origin/main:policies/roster.json5")
    let executable = try server.commitEntries([("100755", blob, "policies/roster.json5")])
    expectRefused(
      try server.push("\(executable.hex):main", by: "cy"), "policy-not-approved: policies/roster.json5")
  }

  @Test func `27: the policy does not go away, nor back`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("gone", ["policies": nil])
    for who in ["al", "bo", "kim"] { try server.approve(commit, by: who) }
    expectRefused(try server.push("topic:main", by: "al"), "policy-removed")
    try server.branch("stricter")
    let stricter = try server.commit(
      "two",
      [
        "policies/delegation.json5": GatePolicyFiles.delegation().replacing("count: 1,", with: "count: 2,")
      ])
    try server.approve(stricter, by: "al")
    expectTaken(try server.push("stricter:main", by: "cy"))
    expectRefused(try server.push("origin/main:main", by: "bo"), "rewind")
    expectRefused(try server.push(":main", "origin/main:refs/heads/main3", by: "bo"), "deletion")
    // To take it back by a commit needs what the policy of now asks for.
    try server.branch("back")
    let back = try server.commit("one", ["policies/delegation.json5": GatePolicyFiles.delegation()])
    try server.approve(back, by: "al")
    expectRefused(
      try server.push("back:main", by: "cy"), "policy-not-approved",
      "approvals by 2 people from platform, has that of al")
  }

  @Test func `30: nobody writes themselves into a team`() throws {
    let server = try GateServer([
      "policies/grants/pol-di.json5": GatePolicyFiles.grant(
        "pol-di", to: "di", paths: "policies/**", verbs: "\"approve\", \"delegate\"", more: "depth: 1,",
        from: -100, until: 280)
    ])
    try server.branch("topic")
    let roster = GatePolicyFiles.roster().replacing(
      "[\"ed@y.org\"], memberships: [{ team: \"pay\" }]",
      with: "[\"ed@y.org\"], memberships: [{ team: \"platform\" }]")
    let commit = try server.commit("me", ["policies/roster.json5": roster], by: "ed")
    try server.approve(commit, by: "di", requester: "ed")
    expectRefused(
      try server.push("topic:main", by: "ed"), "policy-not-approved: policies/roster.json5", "has none")
  }

  @Test func `44: where nobody answers for a path any more, nobody's approval but the hosts' counts`() throws
  {
    let server = try GateServer([
      "policies/platform.json5": """
      { version: 1, repositories: [], components: { lib: { paths: ["lib/**"], host: "lib" } } }
      """,
      "policies/roster.json5": GatePolicyFiles.roster().replacing(
        "pay: {} }", with: "pay: {}, lib: { host: true } }"),
    ])
    try server.branch("topic")
    let commit = try server.commit("lib", ["lib/a": "evil\n"])
    // Team lib is empty.
    for who in ["ed", "di", "al"] { try server.approve(commit, by: who) }
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: lib/a", "has none", "ask lib for a review")
    try server.branch("new")
    let new = try server.commit("new", ["nobody/x": "x\n"])
    for who in ["ed", "di"] { try server.approve(new, by: who) }
    expectRefused(try server.push("new:main", by: "cy"), "not-approved: nobody/x")
    try server.approve(new, by: "al")
    expectTaken(try server.push("new:main", by: "cy"))
  }

  @Test func `44: a policy without rules, owners or roster lets nothing land`() throws {
    let server = try GateServer([
      "policies/roster.json5": nil, "policies/delegation.json5": "{ version: 1 }",
      "policies/grants/docs-di.json5": nil,
    ])
    try server.branch("topic")
    let commit = try server.commit("lib", ["lib/a": "evil\n"])
    try server.approve(commit, by: "al")
    expectRefused(try server.push("topic:main", by: "al"), "no-roster")
  }
}
