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

  @Test func `26: the id of a grant that was taken away is never used again`() throws {
    let server = try GateServer()
    let grant = try server.git("show", "origin/main:policies/grants/docs-di.json5")
    try server.branch("revoke")
    try server.commit("revoke", ["policies/grants/docs-di.json5": nil], by: "bo")
    expectTaken(try server.push("revoke:main", by: "bo"))
    try server.branch("again")
    let again = try server.commit("again", ["policies/grants/docs-di.json5": grant], by: "bo")
    try server.approve(again, by: "al")
    expectRefused(
      try server.push("again:main", by: "bo"),
      "grant-flawed: grant docs-di has the id of one that was taken away")
    // Under an id of its own it may come back.
    try server.branch("new")
    try server.commit(
      "new", ["policies/grants/docs-di-2.json5": grant.replacing("docs-di", with: "docs-di-2")], by: "bo")
    expectTaken(try server.push("new:main", by: "bo"))
  }

  @Test func `26: nobody but who may give it brings, widens or prolongs a grant`() throws {
    let server = try GateServer()
    let grant = try server.git("show", "origin/main:policies/grants/docs-di.json5")
    for text in [
      grant.replacing("docs/**", with: "**"), grant.replacing("grantedBy: \"bo\"", with: "grantedBy: \"di\""),
    ] {
      try server.branch("topic")
      let commit = try server.commit("wider", ["policies/grants/docs-di.json5": text], by: "di")
      expectRefused(try server.push("topic:main", by: "di"))
      try server.approve(commit, by: "ed")
      expectRefused(try server.push("topic:main", by: "di"))
    }
    // A file that says of itself to be another grant is none.
    try server.branch("topic")
    try server.commit("other", ["policies/grants/other.json5": grant], by: "bo")
    expectRefused(try server.push("topic:main", by: "bo"), "policy-broken")
  }

  @Test func `28: grants in a circle, to oneself, or to a team of one's own give nothing`() throws {
    func grant(_ id: String, _ grantee: String, by giver: String) -> String {
      GatePolicyFiles.grant(
        id, to: grantee, by: giver, paths: "lib/**", verbs: "\"approve\", \"delegate\"", more: "depth: 2,",
        from: -100,
        until: 280)
    }
    let server = try GateServer([
      "policies/grants/c1.json5": grant("c1", "ed", by: "cy"),
      "policies/grants/c2.json5": grant("c2", "cy", by: "ed"),
      "policies/grants/t1.json5": grant("t1", "pay", by: "ed"),
      "policies/grants/t2.json5": grant("t2", "pay", by: "di"),
    ])
    try server.branch("topic")
    let commit = try server.commit("lib", ["lib/a": "evil\n"], by: "bo")
    for who in ["cy", "ed", "di"] { try server.approve(commit, by: who, requester: "bo") }
    expectRefused(
      try server.push("topic:main", by: "bo"), "not-approved: lib/a",
      "neither in a host team nor entitled by a grant")
    // A grant to oneself is not even a grant.
    try server.branch("self")
    try server.commit("self", ["policies/grants/s.json5": grant("s", "ed", by: "ed")], by: "ed")
    expectRefused(try server.push("self:main", by: "ed"), "policy-broken", "a grant to oneself")
  }

  @Test func `28: a delegate passes on no more than they hold`() throws {
    let server = try GateServer([
      "policies/grants/root.json5": GatePolicyFiles.grant(
        "root", to: "di", paths: "docs/**", verbs: "\"approve\", \"delegate\"", more: "depth: 1,", from: -100,
        until: 280)
    ])
    for (id, paths, verbs, more) in [
      ("wide", "**", "\"approve\"", ""), ("deep", "docs/**", "\"approve\", \"delegate\"", "depth: 5,"),
    ] {
      try server.branch(id)
      let text = GatePolicyFiles.grant(
        id, to: "ed", by: "di", paths: paths, verbs: verbs, more: more, from: -90, until: 280)
      try server.commit(id, ["policies/grants/\(id).json5": text], by: "di")
      expectTaken(try server.push("\(id):main", by: "di"))
    }
    try server.branch("next")
    let further = GatePolicyFiles.grant("further", to: "cy", by: "ed", from: -80, until: 280)
    try server.commit("further", ["policies/grants/further.json5": further], by: "ed")
    expectRefused(try server.push("next:main", by: "ed"))
    try server.branch("lib")
    let lib = try server.commit("lib", ["lib/a": "evil\n"], by: "bo")
    try server.approve(lib, by: "ed", requester: "bo")
    expectRefused(try server.push("lib:main", by: "bo"), "not-approved: lib/a")
    try server.branch("docs")
    let docs = try server.commit("docs", ["docs/guide": "new\n"], by: "bo")
    try server.approve(docs, by: "ed", requester: "bo")
    expectTaken(try server.push("docs:main", by: "bo"))
  }

  @Test func `28: more grants than can be looked through are refused, not skipped`() throws {
    let server = try GateServer()
    var files: [String: String?] = [:]
    for number in 0..<300 {
      files["policies/grants/g\(number).json5"] = GatePolicyFiles.grant(
        "g\(number)", to: "ed", paths: "lib/**")
    }
    try server.branch("topic")
    try server.commit("many", files, by: "bo")
    expectTaken(try server.push("topic:main", by: "bo"))
    var stream = Array("commit refs/heads/flood\ncommitter Bo <bo@x.org> 1704100000 +0000\ndata 0\n".utf8)
    stream += Array("from refs/remotes/origin/main^0\n".utf8)
    let text = GatePolicyFiles.grant("ID", to: "ed", paths: "lib/**")
    for number in 0..<10_001 {
      let grant = text.replacing("ID", with: "f\(number)")
      stream += Array(
        "M 100644 inline policies/grants/f\(number).json5\ndata \(grant.utf8.count)\n\(grant)\n".utf8)
    }
    try server.git(["fast-import", "--quiet"], stdin: stream)
    try server.approve(try server.id("flood"), by: "al")
    expectRefused(try server.push("flood:main", by: "bo"))
  }

  @Test func `28: numbers that no policy means are refused`() throws {
    let server = try GateServer()
    for (old, new) in [
      ("maxDepth: 2", "maxDepth: -1"), ("maxDepth: 2", "maxDepth: 99999999999999999999"),
      ("count: 1,", "count: -1,"),
    ] {
      try server.branch("topic")
      let commit = try server.commit(
        "odd", ["policies/delegation.json5": GatePolicyFiles.delegation().replacing(old, with: new)])
      try server.approve(commit, by: "al")
      expectRefused(try server.push("topic:main", by: "cy"), "policy-broken")
    }
  }

  @Test func `29: a grant says nothing about who is who`() throws {
    let server = try GateServer()
    let grant = try server.git("show", "origin/main:policies/grants/docs-di.json5")
    for extra in [
      "people: { al: { emails: ['cy@y.org'] } },", "teams: { platform: {} },", "emails: ['cy@y.org'],",
    ] {
      try server.branch("topic")
      let text = grant.replacing("{ version: 1,", with: "{ version: 1, \(extra)").replacing(
        "docs-di", with: "x")
      let commit = try server.commit("x", ["policies/grants/x.json5": text], by: "bo")
      try server.approve(commit, by: "al")
      expectRefused(try server.push("topic:main", by: "bo"), "policy-broken")
    }
    // Nor do two people share an address.
    try server.branch("topic")
    let people = "eve: { emails: [\"AL@x.org\"], memberships: [{ team: \"platform\" }] },"
    let commit = try server.commit("x", ["policies/roster.json5": GatePolicyFiles.roster(people: people)])
    try server.approve(commit, by: "bo")
    expectRefused(try server.push("topic:main", by: "cy"), "policy-broken")
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
