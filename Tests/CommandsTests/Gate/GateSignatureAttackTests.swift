import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

@testable import Commands

/// Attacks with records of reviews: in somebody else's name, taken away, hidden, signed by the wrong key.
@Suite struct GateRecordAttackTests {
  /// A server with a change by Cy, and its clone with the notes as the server has them.
  private func start() throws -> (GateServer, ObjectID) {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("guide", ["docs/guide": "new\n"])
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
    try server.plant([(commit, server.verdictLine(commit, by: "al", false))], ref: GateServer.discuss)
    for ref in [GateServer.reviews, GateServer.discuss] {
      try server.git("fetch", "--quiet", server.server.path, "\(ref):\(ref)")
    }
    return (server, commit)
  }

  private func write(_ server: GateServer, _ ref: String, _ lines: [ObjectID: [String]], fresh: Bool = false)
    throws
  {
    let stream = GateServer.notes(lines, ref, on: fresh ? nil : "\(ref)^0")
    try server.git(["fast-import", "--quiet", "--force"], stdin: stream)
  }

  @Test func `5: nobody writes a record in somebody else's name`() throws {
    let (server, commit) = try start()
    let rejection = server.verdictLine(commit, by: "al", false)
    for author in ["al", "al@home.org", "al-l", "AL@X.ORG", "12+al-l@users.noreply.github.com"] {
      try write(server, GateServer.discuss, [commit: [rejection, server.verdictLine(commit, by: author)]])
      for who in ["cy", "bo", nil] {
        expectRefused(
          try server.push(GateServer.discuss, by: who), "speaks for", "who neither pushes nor signed it")
      }
    }
    // Their own word everybody may push, under any of their addresses.
    expectTaken(try server.push(GateServer.discuss, by: "al@home.org"))
    let request = server.requestLine(by: "al", target: "refs/heads/weak")
    try write(server, GateServer.reviews, [commit: [server.requestLine(), request]])
    expectRefused(try server.push(GateServer.reviews, by: "cy"), "speaks for al@x.org")
    expectRefused(try server.push(GateServer.reviews, by: nil), "speaks for al@x.org")
  }

  @Test func `23: no record is taken away, moved, hidden behind another, or made unreadable`() throws {
    let (server, commit) = try start()
    let rejection = server.verdictLine(commit, by: "al", false)
    let own = server.verdictLine(commit, by: "cy")
    try write(server, GateServer.discuss, [try server.id("origin/main"): [rejection]])
    expectRefused(try server.push(GateServer.discuss, by: "cy"), "speaks for al@x.org")
    try server.git("update-ref", GateServer.discuss, "\(GateServer.discuss)^")
    for lines in [[commit: [own]], [commit: [rejection.replacing("false", with: "true")]], [commit: [""]]] {
      try write(server, GateServer.discuss, lines)
      expectRefused(
        try server.push(GateServer.discuss, by: "cy"),
        "notes: a record on \(commit.hex.prefix(12)) would be gone")
      try server.git("update-ref", GateServer.discuss, "\(GateServer.discuss)^")
    }
    try write(server, GateServer.discuss, [commit: [rejection, own]], fresh: true)
    expectRefused(try server.push(GateServer.discuss, by: "cy"), "notes: the notes would lose their history")
    expectRefused(
      try server.push(":\(GateServer.discuss)", by: "cy"), "notes: the notes would lose their history")
    for bad in ["{", "[1]", "{\"timestamp\":3}", "null"] {
      try write(server, GateServer.discuss, [commit: [rejection, bad]], fresh: true)
      expectRefused(try server.push(GateServer.discuss, by: "cy"), "notes: a record on")
    }
  }

  @Test func `23: a second note on the same object, or one too large to be read, is refused`() throws {
    let (server, commit) = try start()
    let rejection = try server.blob(server.verdictLine(commit, by: "al", false) + "\n")
    let junk = try server.blob(String(repeating: server.verdictLine(commit, by: "cy") + "\n", count: 10))
    let hex = Array(commit.hex.utf8)
    let inner = try server.tree([("100644", Array(hex.dropFirst(2)), junk)])
    let two = try server.tree([("40000", Array(hex.prefix(2)), inner), ("100644", hex, rejection)])
    let lines = [GateServer.ident("author", "cy"), GateServer.ident("committer", "cy")]
    let tip = try server.id(GateServer.discuss).hex
    let notes = try server.rawCommit(["tree \(two.hex)", "parent \(tip)"] + lines)
    expectRefused(
      try server.push("\(notes.hex):\(GateServer.discuss)", by: "cy"), "there are two notes on it")
    let large = try server.blob(
      server.verdictLine(commit, by: "al", false) + "\n"
        + String(repeating: server.verdictLine(commit, by: "cy") + "\n", count: 40_000))
    let flat = try server.tree([("100644", hex, large)])
    let other = try server.rawCommit(["tree \(flat.hex)", "parent \(tip)"] + lines)
    expectRefused(try server.push("\(other.hex):\(GateServer.discuss)", by: "cy"), "more than 4194304")
    // Nor the same name twice, which each program would read in its own way.
    let twice = try server.tree([("100644", hex, rejection), ("100644", hex, junk)])
    let third = try server.rawCommit(["tree \(twice.hex)", "parent \(tip)"] + lines)
    expectRefused(try server.push("\(third.hex):\(GateServer.discuss)", by: "cy"), "its tree is malformed")
  }

  @Test func `5: records in another place than the server's own are not read`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("guide", ["docs/guide": "new\n"])
    let copies = ["refs/notes/remotes/origin/devtools/", "refs/notes/remotes/a/devtools/"]
    for place in copies {
      try write(server, place + "reviews", [commit: [server.requestLine()]], fresh: true)
      try write(server, place + "discuss", [commit: [server.verdictLine(commit, by: "al")]], fresh: true)
    }
    expectTaken(
      try server.push(copies[0] + "*:" + copies[0] + "*", copies[1] + "*:" + copies[1] + "*", by: "cy"))
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }
}

/// Attacks with keys and signatures.
@Suite(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
final class GateSignatureAttackTests {
  private let folder = NSTemporaryDirectory() + "gate-keys-\(UUID().uuidString)"
  private let tool = ChildProcess { ProcessInfo.processInfo.environment[$0] }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit {
    // What is left of it in the temporary folder harms nobody.
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func run(_ words: [String], input: [UInt8] = []) throws -> String {
    let outcome = tool.run(ProgramCall("ssh-keygen", words.map { .text($0) }, input: input, seconds: 60))
    guard case .ended(status: 0, let output) = outcome else {
      throw SigningStory.StoryProblem(what: "\(outcome)")
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Makes a key, for the roster.
  private func key(_ name: String) throws -> String {
    _ = try run(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", "\(folder)/\(name)"])
    return try String(contentsOfFile: "\(folder)/\(name).pub", encoding: .utf8).trimmingCharacters(
      in: .newlines)
  }

  private func signed(_ comment: AppraiseComment, by key: String, namespace: String = "review@tributary")
    throws -> AppraiseComment
  {
    var comment = comment
    comment.signature = "gpgsig"
    comment.signature = try run(
      ["-Y", "sign", "-n", namespace, "-f", "\(folder)/\(key)"], input: comment.line)
    return comment
  }

  /// A server that asks for signed approvals; the keys' entries in the roster by person.
  private func start(_ keys: [String: String], gate: String = "signed") throws -> (GateServer, ObjectID) {
    let server = try GateServer([
      "policies/roster.json5": GatePolicyFiles.roster(keys: keys),
      "policies/delegation.json5": GatePolicyFiles.delegation(more: "minimumGrade: { gate: \"\(gate)\" },"),
    ])
    try server.branch("topic")
    let commit = try server.commit("guide", ["docs/guide": "new\n"])
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
    return (server, commit)
  }

  @Test func `41: where signatures are asked for only a good one by a key of the approver counts`() throws {
    let (server, commit) = try start(["al": "\"\(try key("al"))\"", "cy": "\"\(try key("cy"))\""])
    _ = try key("stranger")
    let plain = server.verdict(commit, by: "al")
    var moved = try signed(plain, by: "al")
    moved.description = "more"
    var other = try signed(server.verdict(try server.id("origin/main"), by: "al"), by: "al")
    other.location?.commit = commit.hex
    let wrong = [
      plain, try signed(plain, by: "cy"), try signed(plain, by: "stranger"),
      try signed(plain, by: "al", namespace: "git"), moved, other,
    ]
    for record in wrong {
      try server.plant([(commit, record.text)], ref: GateServer.discuss)
      expectRefused(
        try server.push("topic:main", by: "cy"), "not-approved: docs/guide",
        "known as recorded only, the gate asks for signed")
    }
    try server.plant(
      [(commit, try signed(server.verdict(commit, by: "al", age: 60), by: "al").text)],
      ref: GateServer.discuss)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `41: a key that has run out proves nothing, whatever time the record states`() throws {
    let day = { (days: Int64) in Instant(seconds: GatePolicyFiles.now + days * 86_400).rfc3339 }
    for (from, until, words) in [
      (-100 as Int64, -10 as Int64, "recorded only"), (-1, 100, "recorded only"), (-100, 100, ""),
    ] {
      let name = "al\(from)\(until)"
      let entry = "{ key: \"\(try key(name))\", from: \"\(day(from))\", until: \"\(day(until))\" }"
      let (server, commit) = try start(["al": entry])
      // Stated to be of a time at which the first key was good.
      let record = try signed(server.verdict(commit, by: "al", age: 20 * 86_400), by: name)
      try server.plant([(commit, record.text)], ref: GateServer.discuss)
      let push = try server.push("topic:main", by: "cy")
      if words.isEmpty { expectTaken(push) } else { expectRefused(push, words) }
    }
  }

  @Test func `41: without the program that checks signatures nothing is proven, and the pusher reads why`()
    throws
  {
    let (server, commit) = try start(["al": "\"\(try key("al"))\""])
    try server.plant(
      [(commit, try signed(server.verdict(commit, by: "al"), by: "al").text)], ref: GateServer.discuss)
    let tools = server.server.folder + "/tools"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    for name in ["git", "sh", "env", "git-receive-pack", "git-upload-pack"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(tools)/\(name)", withDestinationPath: "/usr/bin/\(name)")
    }
    expectRefused(
      try server.push("topic:main", by: "cy", environment: ["PATH": tools]), "ssh-keygen cannot be run here",
      "not-approved")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a program that hangs while it checks signatures does not keep the pusher waiting`() throws {
    let (server, commit) = try start(["al": "\"\(try key("al"))\""])
    try server.plant(
      [(commit, try signed(server.verdict(commit, by: "al"), by: "al").text)], ref: GateServer.discuss)
    let tools = server.server.folder + "/tools"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try Data("#!/bin/sh\nsleep 600\n".utf8).write(to: URL(fileURLWithPath: "\(tools)/ssh-keygen"))
    try server.server.run("chmod", "+x", "\(tools)/ssh-keygen")
    try server.server.git("config", "tributary.seconds", "6")
    expectRefused(
      try server.push("topic:main", by: "cy", environment: ["PATH": "\(tools):/usr/local/bin:/usr/bin:/bin"]),
      "ssh-keygen cannot be run here", "not-approved")
  }

  @Test func `41: a signature lets others carry a record, but not to another object`() throws {
    let (server, commit) = try start(["al": "\"\(try key("al"))\""], gate: "recorded")
    let record = try signed(server.verdict(commit, by: "al"), by: "al")
    let other = try server.commit("other", ["docs/intro": "x\n"])
    func push(_ lines: [ObjectID: [String]]) throws -> GateServer.Push {
      let tip = try server.server.git("for-each-ref", "--format=%(objectname)", GateServer.discuss)
      if !tip.isEmpty { try server.git("fetch", "--quiet", server.server.path, GateServer.discuss) }
      try server.git(
        ["fast-import", "--quiet", "--force"],
        stdin: GateServer.notes(lines, "refs/notes/mine", on: tip.isEmpty ? nil : tip))
      return try server.push("refs/notes/mine:\(GateServer.discuss)", by: "cy")
    }
    expectTaken(try push([commit: [record.text]]))
    // What Al has said in one review is not carried into another one, of another branch perhaps.
    expectRefused(try push([commit: [record.text], other: [record.text]]), "speaks for al@x.org")
  }
}
