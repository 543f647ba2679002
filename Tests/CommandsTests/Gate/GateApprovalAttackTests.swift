import Git
import Support
import Testing

/// Attacks with approvals that were once given: of other revisions, for other branches, edited, taken back, forged.
@Suite struct GateApprovalAttackTests {
  private func start(_ files: [String: String?] = [:]) throws -> (GateServer, ObjectID) {
    let server = try GateServer(files)
    try server.branch("topic")
    return (server, try server.commit("guide", ["docs/guide": "new\n"]))
  }

  @Test func `19: an approval does not pass on to what was pushed afterwards`() throws {
    let (server, first) = try start()
    try server.approve(first, by: "al")
    try server.git("commit", "--quiet", "--amend", "--allow-empty", "-m", "guide", as: "cy")
    let second = try server.commit("more", ["docs/guide": "evil\n"])
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
    try server.git("checkout", "--quiet", "-B", "topic", "origin/main")
    try server.commit("guide", ["docs/guide": "evil\n"])
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
    try server.approve(second, by: "al")
    expectTaken(try server.push("\(second.hex):main", by: "cy"))
  }

  @Test func `19: the branch itself is never rewound or deleted`() throws {
    let (server, commit) = try start()
    try server.approve(commit, by: "al")
    expectTaken(try server.push("topic:main", by: "cy"))
    expectRefused(try server.push("origin/main:main", by: "bo"), "rewind: refs/heads/main would lose commits")
    expectRefused(try server.push(":main", by: "bo"), "deletion: refs/heads/main is guarded")
  }

  @Test
  func `20: a rebased change keeps its approval only where the policy says so, and the files are the same`()
    throws
  {
    for survives in [false, true] {
      let policy = GatePolicyFiles.delegation(more: "survivesTrivialRebase: \(survives),")
      let (server, approved) = try start(["policies/delegation.json5": policy])
      try server.approve(approved, by: "al")
      expectTaken(try server.push("topic:topic", by: "cy"))
      try server.branch("base")
      let base = try server.commit("lib", ["lib/a": "moved on\n"], by: "bo")
      try server.approve(base, by: "al")
      expectTaken(try server.push("base:main", by: "bo"))
      try server.git("fetch", "--quiet", "origin")
      try server.git("checkout", "--quiet", "topic")
      try server.record(["rebase", "--quiet", "origin/main"], by: "cy")
      let push = try server.push("topic:main", by: "cy")
      if survives { expectTaken(push) } else { expectRefused(push, "was rebased since") }
    }
  }

  @Test func `20: a rebase onto other contents of the same file needs a new approval`() throws {
    let policy = GatePolicyFiles.delegation(more: "survivesTrivialRebase: true,")
    let server = try GateServer(["policies/delegation.json5": policy])
    try server.branch("topic")
    let approved = try server.commit("guide", ["docs/guide": "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"])
    try server.approve(approved, by: "al")
    expectTaken(try server.push("topic:topic", by: "cy"))
    try server.branch("base")
    let base = try server.commit(
      "guide", ["docs/guide": "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n"], by: "bo")
    try server.approve(base, by: "al")
    expectTaken(try server.push("base:main", by: "bo"))
    try server.git("fetch", "--quiet", "origin")
    try server.git("checkout", "--quiet", "topic")
    try server.record(["rebase", "--quiet", "origin/main"], by: "cy")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `20: what a commit does and the next takes back is not covered by an approval of the sum`()
    throws
  {
    let policy = GatePolicyFiles.delegation(more: "survivesTrivialRebase: true,")
    let (server, approved) = try start(["policies/delegation.json5": policy])
    try server.approve(approved, by: "al")
    expectTaken(try server.push("topic:topic", by: "cy"))
    try server.branch("detour")
    try server.commit("evil", ["docs/guide": "evil\n"])
    try server.commit("guide", ["docs/guide": "new\n"])
    expectRefused(try server.push("detour:main", by: "cy"), "not-approved: docs/guide")
    // The same sum in one commit, made anew, is what was approved.
    try server.branch("squash")
    try server.commit("guide again", ["docs/guide": "new\n"])
    expectTaken(try server.push("squash:main", by: "cy"))
  }

  @Test func `21: an approval for another branch does not count`() throws {
    let (server, commit) = try start()
    for target in ["refs/heads/weak", "refs/heads/Main", "main", "refs/tags/main", "refs/heads/main "] {
      try server.plant([(commit, server.requestLine(target: target))], ref: GateServer.reviews)
      try server.plant([(commit, server.verdictLine(commit, by: "al"))], ref: GateServer.discuss)
      expectRefused(
        try server.push("topic:main", by: "cy"), "it was given for \(target.split(separator: " ")[0])")
    }
  }

  @Test func `21: nor once the review asks for the guarded branch afterwards, or says it always did`() throws
  {
    for age: Int64 in [0, 10_000] {
      let (server, commit) = try start()
      try server.approve(commit, by: "al", target: "refs/heads/weak")
      try server.plant([(commit, server.requestLine(age: age))], ref: GateServer.reviews)
      expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide", "refs/heads/weak")
    }
  }

  @Test func `23: a rejection after the approval stands, whatever becomes of it and under which address`()
    throws
  {
    for who in ["al", "al@home.org"] {
      let (server, commit) = try start()
      try server.approve(commit, by: "al", age: 3_600)
      let rejection = server.verdict(commit, by: who, false, age: 1_800)
      try server.plant([(commit, rejection.text)], ref: GateServer.discuss)
      expectRefused(try server.push("topic:main", by: "cy"), "rejected the change afterwards")
      // Edited by somebody, it still was one.
      let edit = server.verdict(commit, by: "cy", true, age: 900, original: rejection)
      try server.plant([(commit, edit.text)], ref: GateServer.discuss)
      expectRefused(try server.push("topic:main", by: "cy"), "rejected the change afterwards")
      try server.plant([(commit, server.verdictLine(commit, by: "al", age: 60))], ref: GateServer.discuss)
      expectTaken(try server.push("topic:main", by: "cy"))
    }
  }

  @Test func `24: an edited approval is none`() throws {
    let (server, commit) = try start()
    let approval = server.verdict(commit, by: "al")
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
    try server.plant([(commit, approval.text)], ref: GateServer.discuss)
    let edit = server.verdict(commit, by: "al", true, age: 60, original: approval)
    try server.plant([(commit, edit.text)], ref: GateServer.discuss)
    expectRefused(try server.push("topic:main", by: "cy"), "the record was changed afterwards")
    try server.plant([(commit, server.verdictLine(commit, by: "al", age: 30))], ref: GateServer.discuss)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `25: an approval from the future does not count yet`() throws {
    let (server, commit) = try start()
    try server.approve(commit, by: "al", age: -86_400)
    expectRefused(try server.push("topic:main", by: "cy"), "it is dated in the future")
  }

  @Test func `25: neither an early date nor a rewritten history revives a right that has ended`() throws {
    let past = 1_700_000_000 as Int64
    let people =
      "gus: { emails: [\"gus@x.org\"], memberships: [{ team: \"platform\", until: \"2025-01-01\" }] },"
    let server = try GateServer([
      "policies/roster.json5": GatePolicyFiles.roster(people: people),
      "policies/grants/docs-di.json5": GatePolicyFiles.grant("docs-di", to: "di", from: -100, until: -10),
    ])
    try server.branch("topic")
    let commit = try server.commit("guide", ["docs/guide": "new\n"])
    try server.approve(commit, by: "gus@x.org", age: server.now - past)
    try server.approve(commit, by: "di", age: 40 * 86_400)
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: docs/guide", "entitled then, not any more")
    try server.approve(commit, by: "kim")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `25: nobody waits for longer than the server has known of the change`() throws {
    let levels = """
      { version: 1,
        objectives: [{ name: "first-review", clock: "first-review", target: "8h", calendar: "24x7", share: 0.9, window: "28d" }],
        escalation: [{ at: 2.0, do: "widen-approvers", paths: ["docs/**"] }] }
      """
    let policy = GatePolicyFiles.delegation().replacing(
      "{ paths: [\"net/tls/**\"], count: 2",
      with: "{ paths: [\"docs/**\"], count: 1, from: [\"platform\"] }, { paths: [\"net/tls/**\"], count: 2")
    for (hours, isTaken) in [(nil, true), (1 as Int64, false), (240, true)] {
      let (server, commit) = try start([
        "policies/service-levels.json5": levels, "policies/delegation.json5": policy,
      ])
      expectTaken(try server.push("topic:topic", by: "cy"))
      if let hours {
        let line = """
          {"timestamp":"\(server.now - hours * 3_600)","ref":"refs/heads/topic","old":"\(GateServer.zero)",\
          "new":"\(commit.hex)","pusher":"cy@y.org","from":"x"}
          """
        try server.plant([(commit, line)], ref: "refs/notes/tributary/pushes")
      }
      // Asked for ten days ago, as it says, so that delegates might act alone by now.
      try server.plant([(commit, server.requestLine(age: 10 * 86_400))], ref: GateServer.reviews)
      try server.plant([(commit, server.verdictLine(commit, by: "di", age: 600))], ref: GateServer.discuss)
      let push = try server.push("topic:main", by: "cy")
      if isTaken { expectTaken(push) } else { expectRefused(push, "not-approved: docs/guide") }
    }
  }

  @Test
  func `43: an approval of an empty commit covers nothing that comes later, and an empty commit needs one`()
    throws
  {
    let server = try GateServer()
    try server.branch("topic")
    let empty = try server.commit("trigger")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: a commit without changes")
    try server.approve(empty, by: "al")
    let full = try server.commit("evil", ["lib/a": "evil\n"])
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: lib/a", String(full.hex.prefix(12)))
    try server.git("checkout", "--quiet", "-B", "amended", "origin/main")
    try server.commit("trigger", ["lib/a": "evil\n"])
    expectRefused(try server.push("amended:main", by: "cy"), "not-approved: lib/a")
    expectTaken(try server.push("\(empty.hex):main", by: "cy"))
  }

  @Test func `19: an approval that names no full commit counts nothing`() throws {
    let (server, commit) = try start()
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
    let line = server.verdictLine(commit, by: "al")
    for other in ["", String(commit.hex.prefix(12)), commit.hex.uppercased(), "refs/heads/topic"] {
      try server.plant([(commit, line.replacing(commit.hex, with: other))], ref: GateServer.discuss)
    }
    expectRefused(try server.push("topic:main", by: "cy"), "it does not say which commit was approved")
  }
}
