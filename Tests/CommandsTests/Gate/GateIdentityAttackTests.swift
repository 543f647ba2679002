import Git
import Support
import Testing

/// Attacks on who is who: addresses, names, co-authors, robots, and who pushes.
@Suite struct GateIdentityAttackTests {
  /// A change of `docs/guide` by somebody, as it stands on a branch of the clone.
  private func change(_ server: GateServer, by author: String, committer: String? = nil) throws -> ObjectID {
    try server.branch("topic")
    return try server.commit("guide", ["docs/guide": "new\n"], by: author, committer: committer)
  }

  @Test func `1: an author does not approve themselves with a second address`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "al@home.org")
    try server.approve(commit, by: "al")
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: docs/guide",
      "al of \(commit.hex.prefix(12))", "author of commit \(commit.hex.prefix(12)) of the same change")
    try server.approve(commit, by: "bo")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `1: nor through the private address of a forge account`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "12+al-l@users.noreply.github.com")
    try server.approve(commit, by: "al")
    expectRefused(try server.push("topic:main", by: "cy"), "author of commit")
  }

  @Test func `2: a mailmap in the push makes nobody somebody else`() throws {
    let server = try GateServer()
    try server.branch("topic")
    // The author's address is said to be Cy's, and Ed's to be the host's.
    let map = "Cy <cy@y.org> <al@x.org>\nBo <bo@x.org> <ed@y.org>\n"
    let commit = try server.commit("guide", ["docs/guide": "new\n", ".mailmap": map], by: "al")
    try server.approve(commit, by: "al")
    try server.approve(commit, by: "ed")
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: .mailmap",
      "author of commit", "neither in a host team nor entitled by a grant")
    // The same when the mailmap has landed before.
    try server.branch("map")
    let landed = try server.commit("map", [".mailmap": map], by: "cy")
    try server.approve(landed, by: "bo")
    expectTaken(try server.push("map:main", by: "cy"))
    try server.branch("later")
    let later = try server.commit("later", ["docs/guide": "new\n"], by: "al")
    try server.approve(later, by: "al")
    try server.approve(later, by: "ed")
    expectRefused(try server.push("later:main", by: "cy"), "author of commit")
  }

  /// Addresses that are, or look like, Kim's.
  static let likeKim = [
    "KIM@X.ORG", "kim@x.org.", "kim.@x.org", "kim\u{A0}@x.org", "\u{212A}im@x.org", "kim+two@x.org",
    "k\u{200B}im@x.org", "Kim@x.org", "kim@X.org",
  ]

  @Test(arguments: likeKim)
  func `3: no spelling of an address makes its author a second person`(address: String) throws {
    let server = try GateServer()
    let tree = try server.git("rev-parse", "\(try change(server, by: "cy").hex)^{tree}")
    // Git itself would take away some of what is around an address.
    let commit = try server.rawCommit([
      "tree \(tree)", "parent \(try server.id("origin/main").hex)", GateServer.ident("author", address),
      GateServer.ident("committer", "cy"),
    ])
    try server.approve(commit, by: "kim")
    expectRefused(
      try server.push("\(commit.hex):main", by: "cy"), "not-approved: docs/guide", "author of commit")
    try server.approve(commit, by: "al")
    expectTaken(try server.push("\(commit.hex):main", by: "cy"))
  }

  @Test(arguments: [
    "kim@x.org.", "kim\u{A0}@x.org", "\u{212A}im@x.org", "kim+two@x.org", "k\u{200B}im@x.org", "kim@x.org ",
    "kim@\u{445}.org",
  ])
  func `3: an address that only looks like an approver's approves nothing`(address: String) throws {
    let server = try GateServer()
    let commit = try change(server, by: "cy")
    try server.approve(commit, by: address)
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: docs/guide",
      "the address is none of the roster's")
    try server.approve(commit, by: "KIM@x.ORG")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `3: a roster lists no address that could be spelled in two ways`() throws {
    for address in ["zo\u{EB}@x.org", "\u{212A}im@x.org", "kim\u{A0}@x.org", "k im@x.org"] {
      let people = "zoe: { emails: [\"\(address)\"], memberships: [{ team: \"platform\" }] },"
      let server = try GateServer()
      try server.branch("topic")
      let commit = try server.commit("zoe", ["policies/roster.json5": GatePolicyFiles.roster(people: people)])
      try server.approve(commit, by: "al")
      expectRefused(try server.push("topic:main", by: "cy"), "policy-broken", "is no address")
    }
  }

  @Test func `4: a co-author does not approve`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit(
      "guide\n\nCo-Authored-By: Al <al@x.org>\n", ["docs/guide": "new\n"], by: "cy")
    try server.approve(commit, by: "al")
    expectRefused(try server.push("topic:main", by: "cy"), "co-author of commit")
    try server.approve(commit, by: "kim")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `4: nor does whoever asked for the review`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "ed")
    try server.approve(commit, by: "al", requester: "al@home.org")
    expectRefused(try server.push("topic:main", by: "cy"), "requester of commit")
    try server.approve(commit, by: "kim")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `5: trailers in the author's own commit approve nothing`() throws {
    let server = try GateServer()
    try server.branch("topic")
    try server.commit(
      "guide\n\nReviewed-on: https://review/1\nReviewed-by: Al <al@x.org>\nAcked-by: Bo <bo@x.org>\n",
      ["docs/guide": "new\n"])
    expectRefused(
      try server.push("topic:main", by: "cy"),
      "not-approved: docs/guide: needs 1 approval from platform or delegated")
    // Nor in a merge that says so of itself.
    try server.branch("merged")
    try server.record(
      ["merge", "--quiet", "--no-ff", "-m", "Merge\n\nReviewed-by: Al <al@x.org>", "topic"], by: "cy")
    expectRefused(try server.push("merged:main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `22: a reviewer who pushed a fix does not approve it`() throws {
    let server = try GateServer()
    _ = try change(server, by: "cy")
    let fix = try server.commit("fix", ["docs/guide": "newer\n"], by: "al")
    try server.approve(fix, by: "al")
    expectRefused(try server.push("topic:main", by: "cy"), "author of commit \(fix.hex.prefix(12))")
    // Not even one whose author stays the other: whoever recorded it had a hand in it.
    try server.branch("amended")
    let amended = try server.commit("both", ["docs/guide": "newer\n"], by: "cy", committer: "al")
    try server.approve(amended, by: "al")
    expectRefused(try server.push("amended:main", by: "cy"), "committer of commit \(amended.hex.prefix(12))")
    try server.approve(fix, by: "kim")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `22: a reviewer does not land a change of their own in somebody else's name`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "cy")
    try server.approve(commit, by: "al")
    expectRefused(
      try server.push("topic:main", by: "al"), "not-approved: docs/guide",
      "pusher of commit \(commit.hex.prefix(12))")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `22: where the server records pushes it counts who brought the change`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "cy")
    try server.approve(commit, by: "al")
    func record(_ commit: ObjectID, _ who: String, age: Int64) -> String {
      """
      {"timestamp":"\(server.now - age)","ref":"refs/heads/topic","old":"\(GateServer.zero)","new":"\(commit.hex)",\
      "pusher":"\(GateServer.email(who))","from":"x"}
      """
    }
    // The commit is there before the push that lands it.
    expectTaken(try server.push("topic:topic", by: "al"))
    let log = "refs/notes/tributary/pushes"
    try server.plant([(commit, record(commit, "al", age: 9_000))], ref: log)
    expectRefused(try server.push("topic:main", by: "bo"), "pusher of commit")
    // Whoever came later with the same commit did not bring it.
    try server.branch("other")
    let other = try server.commit("intro", ["docs/intro": "new\n"])
    try server.approve(other, by: "al")
    expectTaken(try server.push("other:other", by: "cy"))
    try server.plant(
      [("cy", 9_000 as Int64), ("al", 8_000)].map { (other, record(other, $0.0, age: $0.1)) }, ref: log)
    expectTaken(try server.push("other:main", by: "al"))
  }

  @Test func `22: with a record that names nobody the approver does not push as well`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "cy")
    try server.approve(commit, by: "al")
    expectTaken(try server.push("topic:topic", by: "al"))
    let line = """
      {"timestamp":"1","ref":"refs/heads/x","old":"\(GateServer.zero)","new":"\(try server.id("origin/main").hex)",\
      "pusher":"bo","from":"x"}
      """
    try server.plant([(try server.id("origin/main"), line)], ref: "refs/notes/tributary/pushes")
    expectRefused(try server.push("topic:main", by: "al"), "no record that somebody else brought")
    expectTaken(try server.push("topic:main", by: "bo"))
  }

  @Test func `31: one person with two addresses is one approval`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("tls", ["net/tls/key": "new\n"])
    try server.approve(commit, by: "al")
    try server.approve(commit, by: "al@home.org")
    try server.approve(commit, by: "al-l")
    expectRefused(
      try server.push("topic:main", by: "cy"),
      "net/tls/key: needs approvals by 2 people from platform, has that of al")
    try server.approve(commit, by: "bo")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `39: a robot lands its own work on its own paths, and nobody in its name`() throws {
    let server = try GateServer()
    try server.branch("bump")
    try server.commit("bump", ["deps/lock": "2\n"], by: "renovate")
    expectRefused(try server.push("bump:main", by: "cy"), "not-approved: deps/lock")
    expectRefused(try server.push("bump:main", by: nil), "not-approved: deps/lock")
    for name in ["renovate[bot]@ci.org", "renovate[bot]", "RENOVATE", "renovate@ci.org.evil.org"] {
      expectRefused(try server.push("bump:main", by: name), "not-approved: deps/lock")
    }
    expectTaken(try server.push("bump:main", by: "renovate"))
    try server.branch("more")
    try server.commit("more", ["deps/lock": "3\n", "lib/a": "evil\n"], by: "renovate")
    expectRefused(try server.push("more:main", by: "renovate"), "not-approved: lib/a")
    try server.branch("other")
    try server.commit("other", ["deps/lock": "3\n"], by: "cy")
    expectRefused(try server.push("other:main", by: "renovate"), "not-approved: deps/lock")
  }

  @Test func `39: a robot that lands what lies on the server lands nobody else's work in its name`() throws {
    let server = try GateServer()
    try server.branch("bump")
    try server.commit("bump", ["deps/lock": "evil\n"], by: "renovate")
    expectTaken(try server.push("bump:bump", by: "cy"))
    expectRefused(try server.push("bump:main", by: "renovate"), "not-approved: deps/lock")
  }

  @Test func `39: an approval by a robot counts nothing`() throws {
    let server = try GateServer()
    let commit = try change(server, by: "cy")
    try server.approve(commit, by: "renovate")
    expectRefused(try server.push("topic:main", by: "cy"), "it is a machine's")
  }
}
