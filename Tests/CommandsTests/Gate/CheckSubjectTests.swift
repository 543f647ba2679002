import Commands
import Support
import Testing

@Suite struct CheckSubjectTests {
  private let server: GateServer
  private let place: PushPlace

  init() throws {
    server = try GateServer()
    place = try PushPlace()
  }

  private func check(_ arguments: String...) -> Ending {
    place.run(["check", "-C", server.clone] + arguments, now: server.now)
  }

  @Test func `commits are named as people name them`() throws {
    try server.branch("topic")
    try server.commit("two", ["lib/a": "2\n"])
    #expect(check("--range", "main..HEAD") == .notMet, "\(place.complaints)")
    #expect(check("--range", "HEAD~1..topic") == .notMet, "\(place.complaints)")
    #expect(check("--range", "origin/main..topic^0") == .notMet, "\(place.complaints)")
    #expect(check("--range", "main..nothing") == .failed)
    #expect(place.complaints.joined().contains("nothing names no branch, tag or commit"))
    #expect(check("--range", "HEAD~9..HEAD") == .failed)
    #expect(place.complaints.joined().contains("further back than history"))
    #expect(check("--range", "main...HEAD") == .failed)
    #expect(check("--range", "main") == .failed)
  }

  @Test func `a range that begins beside the branch is never a pass`() throws {
    try server.branch("topic")
    let kind = GatePolicyFiles.delegation().replacing("count: 1", with: "count: 0")
    try server.commit("a policy of one's own", ["policies/delegation.json5": kind])
    try server.commit("evil", ["lib/a": "evil\n"])
    #expect(check("--range", "HEAD~1..HEAD") == .incomplete)
    #expect(place.complaints.joined().contains("more than the range would land"))
  }

  @Test func `the policy that judges is the branch's as it stands, wherever the change forks`() throws {
    try server.branch("topic")
    try server.commit("words", ["docs/a.md": "words\n"])
    try server.approve(try server.id("HEAD"), by: "bo")
    try server.git("fetch", "--quiet", "origin", "refs/notes/devtools/*:refs/notes/devtools/*")
    #expect(check("--range", "origin/main..HEAD") == .met, "\(place.output)")
    try server.branch("stricter")
    let strict = GatePolicyFiles.delegation().replacing("count: 1", with: "count: 3")
    try server.commit("stricter", ["policies/delegation.json5": strict], by: "bo")
    try server.git("push", "--quiet", server.server.path, "HEAD:refs/heads/stricter")
    try server.server.git("update-ref", GateServer.main, "refs/heads/stricter")
    try server.git("fetch", "--quiet", "origin")
    let base = try server.git("merge-base", "origin/main", "topic")
    #expect(check("--range", "\(base)..topic") == .notMet, "\(place.output)")
    #expect(place.output.contains("not-approved"))
  }

  @Test func `in a shallow clone, or without the branch, nothing passes`() throws {
    let shallow = server.server.folder + "/shallow"
    try server.branch("topic")
    try server.commit("words", ["docs/a.md": "words\n"])
    try server.git("push", "--quiet", server.server.path, "HEAD:refs/heads/topic")
    let source = "file://\(server.server.path)"
    try server.server.git("clone", "--quiet", "--depth", "1", "--branch", "topic", source, shallow)
    let arguments = ["check", "-C", shallow, "--range"]
    #expect(place.run(arguments + ["HEAD~1..HEAD"]) == .incomplete)
    #expect(place.run(arguments + ["nothing..HEAD"]) == .incomplete)
    #expect(place.complaints.joined().contains("--unshallow"))
    #expect(check("--branch", "release") == .incomplete)
    #expect(place.complaints.joined().contains("refs/heads/release is not in this clone"))
  }
}
