import Git
import Support
import Testing

/// Attacks with grants: who brings them, to whom, how far they reach, and under which id.
@Suite struct GateGrantAttackTests {
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
    // Ed's own right was passed on once already: what he gives is a file, and no right.
    expectTaken(try server.push("next:main", by: "ed"))
    try server.branch("lib")
    let lib = try server.commit("lib", ["lib/a": "evil\n"], by: "bo")
    try server.approve(lib, by: "ed", requester: "bo")
    expectRefused(try server.push("lib:main", by: "bo"), "not-approved: lib/a")
    try server.branch("docs")
    let docs = try server.commit("docs", ["docs/guide": "new\n"], by: "bo")
    try server.approve(docs, by: "cy", requester: "bo")
    expectRefused(try server.push("docs:main", by: "bo"), "not-approved: docs/guide")
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
}
