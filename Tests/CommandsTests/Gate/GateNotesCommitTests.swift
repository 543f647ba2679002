import Git
import Support
import Testing

@testable import Commands

/// Approvals that are proven by the signature of the notes commit that brought them.
@Suite(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
struct GateNotesCommitTests {
  private let keys: GateKeys

  init() throws { keys = try GateKeys("al", "bo", "cy", "app") }

  private func start() throws -> (GateServer, ObjectID) {
    let app =
      "app: { emails: [\"app@x.org\"], bot: true, keys: [{ key: \(keys.entry("app")), vouches: true }] },"
    let people = ["al", "bo", "cy"].map { ($0, keys.entry($0)) }
    let server = try GateServer([
      "policies/roster.json5": GatePolicyFiles.roster(
        people: app, keys: Dictionary(people) { one, _ in one }),
      "policies/delegation.json5": GatePolicyFiles.delegation(more: "minimumGrade: { gate: \"signed\" },"),
    ])
    let commit = try server.proposal()
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
    return (server, commit)
  }

  /// Makes a notes commit with these lines on top of what is there, signed by somebody, on the server.
  private func bring(_ server: GateServer, _ lines: [ObjectID: [String]], signedBy key: String?) throws {
    let tip = try server.server.git("for-each-ref", "--format=%(objectname)", GateServer.discuss)
    try server.server.git(
      ["fast-import", "--quiet", "--force"],
      stdin: GateServer.notes(lines, GateServer.discuss, on: tip.isEmpty ? nil : tip))
    guard let key else { return }
    let signed = try server.server.git(
      [
        "-c", "gpg.format=ssh", "-c", "user.signingKey=\(keys.path(key))", "commit-tree", "-S", "-m", "Notes",
        "\(GateServer.discuss)^{tree}",
      ] + (tip.isEmpty ? [] : ["-p", tip]))
    try server.server.git("update-ref", GateServer.discuss, signed)
  }

  @Test func `a line counts as signed by the notes commit of its own author that brought it`() throws {
    let (server, commit) = try start()
    let line = server.verdictLine(commit, by: "al")
    // Nobody, somebody else, and then Al's key over a state in which the line stood already.
    for key in [nil, "bo", "cy"] {
      let (server, commit) = try start()
      try bring(server, [commit: [server.verdictLine(commit, by: "al")]], signedBy: key)
      expectRefused(
        try server.push("topic:main", by: "cy"), "known as recorded only, the gate asks for signed")
    }
    try bring(server, [commit: [line]], signedBy: nil)
    try bring(server, [commit: [line, server.verdictLine(commit, by: "ed")]], signedBy: "al")
    expectRefused(try server.push("topic:main", by: "cy"), "known as recorded only, the gate asks for signed")
    let other = server.verdictLine(commit, by: "al", age: 60)
    try bring(server, [commit: [line, server.verdictLine(commit, by: "ed"), other]], signedBy: "al")
    // Whoever merges or appends afterwards takes nothing away.
    try bring(
      server,
      [commit: [line, server.verdictLine(commit, by: "ed"), other, server.verdictLine(commit, by: "di")]],
      signedBy: nil)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a signature over another form of the commit proves nothing`() throws {
    let (server, commit) = try start()
    try bring(server, [commit: [server.verdictLine(commit, by: "al")]], signedBy: "al")
    let text = try server.server.git("cat-file", "commit", GateServer.discuss)
    let forged = text.replacing("Notes", with: "Other")
    let id = try server.server.git(
      ["hash-object", "-t", "commit", "-w", "--stdin"], stdin: Array((forged + "\n").utf8))
    try server.server.git("update-ref", GateServer.discuss, id)
    expectRefused(try server.push("topic:main", by: "cy"), "known as recorded only, the gate asks for signed")
  }

  @Test func `a service whose key vouches proves what it brought`() throws {
    let (server, commit) = try start()
    try bring(server, [commit: [server.verdictLine(commit, by: "al")]], signedBy: "app")
    expectTaken(try server.push("topic:main", by: "cy"))
  }
}
