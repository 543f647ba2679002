import Foundation
import Git
import Support
import Testing

/// Pushes that nothing speaks against, and that a gate must therefore take; and words that must not mislead.
@Suite struct GateHonestPushTests {
  @Test func `references of forges and of other clones are not mistaken for branches`() throws {
    let server = try GateServer()
    for name in [
      "refs/pull/5/head", "refs/pull/5/merge", "refs/merge-requests/5/head", "refs/heads/feature/head",
      "refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/changes/01/1/1", "refs/heads/origin/x",
    ] {
      expectTaken(try server.push("origin/main:\(name)", by: "cy"))
    }
    for name in ["refs/remotes/main/HEAD", "refs/heads/Head", "refs/tags/x/HEAD"] {
      expectRefused(try server.push("origin/main:\(name)", by: "cy"), "ambiguous-name")
    }
  }

  @Test func `two names of one place that stood there before hinder nobody`() throws {
    let server = try GateServer(["net/tls/Key": "other\n"])
    try server.branch("topic")
    let commit = try server.commit("third", ["net/tls/third": "x\n"])
    for who in ["al", "bo"] { try server.approve(commit, by: who) }
    expectTaken(try server.push("topic:main", by: "cy"))
    try server.branch("twin")
    let twin = try server.commit("twin", ["net/tls/Third": "x\n"])
    for who in ["al", "bo"] { try server.approve(twin, by: who) }
    expectRefused(
      try server.push("twin:main", by: "cy"), "protected-twin: net/tls/third passes for net/tls/Third")
    // Where they come anew they are told, though another folder has them.
    try server.branch("copy")
    let copy = try server.commit("copy", ["net/tls/sub/Key": "other\n", "net/tls/sub/key": "key\n"])
    for who in ["al", "bo"] { try server.approve(copy, by: who) }
    expectRefused(try server.push("copy:main", by: "cy"), "protected-twin")
  }

  @Test func `changes on top of the approver's own land together as they do one by one`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let own = try server.commit("own", ["lib/a": "own\n"], by: "al")
    let other = try server.commit("other", ["docs/guide": "new\n"])
    try server.approve(other, by: "al")
    // Al's word covers what Cy did, not what Al did.
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: lib/a", String(own.hex.prefix(12)))
    try server.approve(own, by: "bo", requester: "al")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `an approval from before a rebase counts beside others of the new commit that do not`() throws {
    let policy = GatePolicyFiles.delegation(more: "survivesTrivialRebase: true,")
    let server = try GateServer(["policies/delegation.json5": policy])
    try server.branch("topic")
    let approved = try server.commit("guide", ["docs/guide": "new\n"])
    try server.approve(approved, by: "al")
    expectTaken(try server.push("topic:topic", by: "cy"))
    try server.branch("base")
    try server.approve(try server.commit("lib", ["lib/a": "moved on\n"], by: "bo"), by: "al")
    expectTaken(try server.push("base:main", by: "bo"))
    try server.git("fetch", "--quiet", "origin")
    try server.git("checkout", "--quiet", "topic")
    let rebased = try server.record(["rebase", "--quiet", "origin/main"], by: "cy")
    // Ed answers for nothing here.
    try server.approve(rebased, by: "ed")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `hundreds of reviews that landed under other names do not use up the time`() throws {
    let server = try GateServer()
    var stream = ""
    var mark = 1
    for number in 0..<400 {
      let date = TemporaryRepository.start + Int64(number) * 60
      func commit(_ ref: String, _ file: String, from: String) {
        stream += "commit \(ref)\nmark :\(mark)\ncommitter Cy <cy@y.org> \(date) +0000\ndata 1\nx\n"
        stream += "from \(from)\nM 100644 inline \(file)\ndata 1\n1\n\n"
        mark += 1
      }
      let base = number == 0 ? "\(GateServer.main)^0" : ":\(mark - 1)"
      commit("refs/heads/t/\(number)", "lib/f\(number)", from: base)
      commit(GateServer.main, "docs/g\(number)", from: base)
      commit(GateServer.main, "lib/f\(number)", from: ":\(mark - 1)")
    }
    try server.server.git(["fast-import", "--quiet", "--force"], stdin: Array(stream.utf8))
    let tips = try server.server.git("for-each-ref", "--format=%(objectname)", "refs/heads/t").split(
      separator: "\n")
    let reviewed = tips.compactMap { ObjectID(hex: $0) }
    try server.plant(reviewed.map { ($0, server.requestLine()) }, ref: GateServer.reviews)
    try server.plant(reviewed.map { ($0, server.verdictLine($0, by: "al")) }, ref: GateServer.discuss)
    try server.branch("topic")
    let commit = try server.commit("lib", ["lib/a": "new\n"])
    // Each took a walk through the whole history once.
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: lib/a")
    try server.approve(commit, by: "al")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a name that is not UTF-8 is told by its bytes`() throws {
    let server = try GateServer()
    let main = try server.id("origin/main").hex
    let input = Array("\(GateServer.zero) \(main) refs/heads/caf".utf8) + [0xE9, 0x0A]
    let process = try server.hookProcess(bytes: input)
    process.waitUntilExit()
    #expect(process.terminationStatus != 0)
    let words = try String(contentsOfFile: server.server.folder + "/by-hand.err", encoding: .utf8)
    #expect(words.contains("refs/heads/caf\\xE9 is not UTF-8"), "\(words)")
  }

  @Test func `what is wrong with a symbolic reference is told of it`() throws {
    let server = try GateServer()
    try server.server.git("symbolic-ref", "refs/heads/one", "refs/heads/two")
    try server.server.git("symbolic-ref", "refs/heads/two", "refs/heads/one")
    let push = try server.push("origin/main:refs/heads/one", by: "cy")
    expectRefused(push, "incomplete: refs/heads/one stands for more than five others")
    #expect(!push.words.contains("object 000000000000"), "\(push.output)")
    expectTaken(try server.push("origin/main:refs/heads/three", by: "cy"))
  }
}
