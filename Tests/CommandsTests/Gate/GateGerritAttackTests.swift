import Git
import Testing

/// Votes of Gerrit at the gate, and attacks with them.
@Suite struct GateGerritAttackTests {
  @Test func `a vote lets a change land where the policy names Gerrit, and nowhere else`() throws {
    let server = try GateChange.server()
    let commit = try server.proposal()
    try GateChange(server).create(commit).vote("+2", by: 3)
    let check = try server.check()
    #expect(check.status == 0)
    for word in [
      #""source": "gerrit""#, #""contribution": "change/1""#, #""grade": "recorded""#, #""counted": true"#,
    ] {
      #expect(check.json.contains(word), "\(check.json)")
    }
    expectTaken(try server.push("topic:main", by: "cy"))

    let other = try GateChange.server("")
    let same = try other.proposal()
    let change = GateChange(other)
    try change.create(same).vote("+2", by: 3)
    try change.keep(1, same)
    expectRefused(
      try other.push("topic:main", by: "cy"), "not-approved: docs/guide",
      "the policy does not name gerrit in gate.approvalsFrom")
    let refusal = try other.check()
    #expect(refusal.status == 1)
    #expect(refusal.json.contains(#""counted": false"#))
  }

  @Test func `only the server's own service writes what votes are read from`() throws {
    let server = try GateChange.server()
    let commit = try server.proposal()
    try server.git("update-ref", "refs/mine/meta", "origin/main")
    let log = GateChange(server).log
    let stream = """
      commit refs/mine/log
      author Gerrit User 3 <3@srv-a> 1704100000 +0000
      committer Gerrit Code Review <gerrit@example.org> 1704100000 +0000
      data <<END
      Create change

      Patch-set: 1
      Branch: refs/heads/main
      Commit: \(commit.hex)
      Label: Code-Review=+2
      END
      """
    try server.git(["fast-import", "--quiet"], stdin: Array((stream + "\n").utf8))
    let names = [log, "refs/changes/01/1/1", "refs/changes/77/x", "refs/meta/config"]
    for name in names {
      for who in ["cy", "al", "renovate", nil] {
        expectRefused(
          try server.push("refs/mine/log:\(name)", by: who),
          "notes: Gerrit's votes count as approvals, so nobody but their service pushes them")
      }
    }
    expectRefused(try server.push("refs/mine/log:refs/Changes/01/1/meta", by: "cy"), "ambiguous-name")
    expectRefused(try server.push("refs/mine/log:\(log)", "topic:main", by: "cy"), "nobody but their service")
    // Nor do the two of one push help each other when the service brings them.
    expectRefused(
      try server.push("refs/mine/log:\(log)", "topic:main", by: "gerrit@x.org"), "not-approved: docs/guide")
    expectTaken(try server.push("refs/mine/log:\(log)", by: "gerrit@x.org"))
    expectRefused(try server.push(":\(log)", by: "al"), "nobody but their service")
    // Where votes do not count nobody guards them.
    let other = try GateServer()
    try other.branch("topic")
    expectTaken(try other.push("topic:\(log)", by: "cy"))
  }

  @Test func `a vote on an older patch set is none of the newer one`() throws {
    let server = try GateChange.server()
    let first = try server.proposal("seen\n")
    let second = try server.proposal("unseen\n")
    let change = GateChange(server)
    try change.create(first).vote("+2", by: 3)
    // Whatever the server carries.
    try change.upload(2, second, "Copied-Label: Code-Review=+2 \(GateChange.ident(3))")
    try change.keep(1, first)
    try change.keep(2, second)
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: docs/guide",
      "what was approved is not what would land")
    #expect(try server.check().status == 1)
    try change.vote("+2", by: 2, on: 2)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a patch set with the same change of the same contents keeps its vote`() throws {
    for (more, isTaken) in [("", false), ("survivesTrivialRebase: true,", true)] {
      let server = try GateChange.server(more: more)
      let first = try server.proposal()
      try server.branch("other")
      let other = try server.commit("intro", ["docs/intro": "x\n"])
      try GateChange(server, 2).create(other).vote("+2", by: 2)
      expectTaken(try server.push("other:main", by: "cy"))
      try server.branch("topic")
      // The server rebases when somebody submits: its committer had no hand in the change.
      let second = try server.record(["cherry-pick", first.hex], by: "al")
      let change = GateChange(server)
      try change.create(first).vote("+2", by: 3)
      try change.keep(1, first)
      try change.upload(2, second, by: 3, "Label: Code-Review=+2")
      let push = try server.push("topic:main", by: "gerrit@x.org")
      if isTaken { expectTaken(push) } else { expectRefused(push, "rebased since") }
    }
  }

  @Test func `a vote for another branch does not count after the change has moved, nor before`() throws {
    let server = try GateChange.server()
    let commit = try server.proposal()
    let change = GateChange(server)
    try change.create(commit, branch: "refs/heads/weak").vote("+2", by: 3)
    expectRefused(try server.push("topic:main", by: "cy"), "it was given for refs/heads/weak")
    try change.update(by: 5, "Patch-set: 1", "Branch: refs/heads/main", "Tag: autogenerated:gerrit:move")
    expectRefused(try server.push("topic:main", by: "cy"), "it was given for refs/heads/weak")
    try change.vote("+2", by: 2)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a vote that was taken back, lowered or removed does not count`() throws {
    let taken: [(String, [String])] = [
      ("removed", ["Patch-set: 1", "Label: -Code-Review"]),
      ("zero", ["Patch-set: 1", "Label: Code-Review=0"]),
      ("lowered", ["Patch-set: 1", "Label: Code-Review=+1"]),
      ("later", ["Patch-set: 2", "Label: Code-Review=-1"]),
      ("reviewer removed", ["Patch-set: 1", "Removed: \(GateChange.ident(3))"]),
    ]
    for (what, footers) in taken {
      let server = try GateChange.server()
      let commit = try server.proposal()
      let change = GateChange(server)
      try change.create(commit).vote("+2", by: 3)
      for footer in [footers] { try change.update(by: 3, footer[0], footer[1]) }
      expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide", "it was taken back")
      // Who thinks otherwise again votes again.
      try change.vote("+2", by: 3)
      #expect(try server.check().status == 0, "\(what)")
    }
  }

  @Test func `a rejection after the vote stands, whatever becomes of it`() throws {
    let server = try GateChange.server()
    let commit = try server.proposal()
    let change = GateChange(server)
    try change.create(commit).vote("+2", by: 3).vote("-2", by: 3)
    expectRefused(try server.push("topic:main", by: "cy"), "the same person rejected the change afterwards")
    try change.update(by: 2, "Patch-set: 1", "Label: -Code-Review \(GateChange.ident(3))")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
    try change.vote("+2", by: 3)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `nobody approves what they opened or uploaded, nor in another's name`() throws {
    let server = try GateChange.server()
    let commit = try server.proposal()
    let opened = GateChange(server)
    try opened.create(commit, by: 3).vote("+2", by: 3)
    expectRefused(try server.push("topic:main", by: "cy"), "requester of commit")
    let again = try server.proposal("again\n")
    let uploaded = GateChange(server, 2)
    try uploaded.create(commit).upload(2, again, by: 3).vote("+2", by: 3, on: 2)
    try uploaded.keep(2, again)
    expectRefused(try server.push("topic:main", by: "cy"), "pusher of commit")
    let third = try server.proposal("third\n")
    let forged = GateChange(server, 3)
    try forged.create(third)
    try forged.update(by: 5, "Patch-set: 1", "Label: Code-Review=+2 \(GateChange.ident(3))")
    try forged.update(by: 2, "Patch-set: 1", "Label: Code-Review=+2", "Real-user: \(GateChange.ident(5))")
    try forged.keep(1, third)
    expectRefused(try server.push("topic:main", by: "cy"), "known as claimed only")
  }

  @Test func `a vote covers its own commit, and not what that builds on`() throws {
    let server = try GateChange.server()
    let below = try server.proposal("below\n")
    let above = try server.commit("above", ["docs/intro": "x\n"])
    let change = GateChange(server, 2)
    try change.create(above).vote("+2", by: 3)
    try change.keep(1, above)
    expectRefused(
      try server.push("topic:main", by: "cy"), "not-approved: docs/guide", "(commit \(below.hex.prefix(12)))")
    try GateChange(server).create(below).vote("+2", by: 2)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `only the highest vote on the code approves, of a log that is understood`() throws {
    let server = try GateChange.server()
    let commit = try server.proposal()
    let change = GateChange(server)
    try change.create(commit).vote("+1", by: 3).vote("+2", by: 3, label: "Verified")
      .vote("+2", by: 3, label: "Library-Review")
    try change.update(by: 3, "Patch-set: 1", "Label: Code-Review=+2", "Tag: autogenerated:build")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
    try change.vote("+2", by: 3)
    try change.update(by: 3, "Patch-set: 1", "Label: -Code-Review=-2 ???")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
    let abandoned = GateChange(server, 2)
    try abandoned.create(commit).vote("+2", by: 2)
    try abandoned.update(by: 5, "Patch-set: 1", "Status: abandoned")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `who is behind an account is the roster's to say, or derived where the policy takes that`()
    throws
  {
    for (grade, words) in [
      ("", "the address is none of the roster's"), ("minimumGrade: { gate: \"derived\" },", ""),
    ] {
      let server = try GateChange.server(more: grade)
      let commit = try server.proposal()
      // Account 9 opened a change with Kim's own commit, which is all that tells who it is.
      let own = GateChange(server, 2)
      let work = try server.proposal("kim\n", by: "kim", id: 2)
      try own.create(work, by: 9)
      try own.keep(1, work)
      try server.git("checkout", "--quiet", "-B", "topic", commit.hex)
      try GateChange(server).create(commit).vote("+2", by: 9)
      let push = try server.push("topic:main", by: "cy")
      if words.isEmpty { expectTaken(push) } else { expectRefused(push, "9@srv-a", words) }
    }
  }
}
