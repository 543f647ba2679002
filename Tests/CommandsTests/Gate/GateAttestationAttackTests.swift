import Foundation
import Git
import Support
import Testing

@testable import Commands

/// Attestations of gittuf at the gate, and attacks with them.
@Suite(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
struct GateAttestationAttackTests {
  private static let attestations = "refs/gittuf/attestations"

  private let keys: GateKeys

  init() throws { keys = try GateKeys("al", "bo", "cy", "app") }

  /// A server that takes attestations; the app's key vouches for what it saw on a forge.
  private func start(_ named: String = "\"gittuf\"") throws -> (server: GateServer, commit: ObjectID) {
    let app =
      "app: { emails: [\"app@x.org\"], bot: true, keys: [{ key: \(keys.entry("app")), vouches: true }] },"
    let people = ["al", "bo", "cy"].map { ($0, keys.entry($0)) }
    let server = try GateServer([
      "policies/roster.json5": GatePolicyFiles.roster(
        people: app, keys: Dictionary(people) { one, _ in one }),
      "policies/delegation.json5": GatePolicyFiles.delegation(gate: "approvalsFrom: [\(named)],"),
    ])
    return (server, try server.proposal())
  }

  private func tree(_ server: GateServer, _ commit: String = "topic") throws -> String {
    try server.id("\(commit)^{tree}").hex
  }

  /// An envelope with a statement, signed by some.
  private func envelope(_ kind: String, _ predicate: String, tree: String, by signers: [String]) throws
    -> String
  {
    let statement =
      #"{"type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"gitTree":"\#(tree)"}}],"#
      + #""predicate_type":"https://gittuf.dev/\#(kind)","predicate":\#(predicate)}"#
    let type = "application/vnd.gittuf+json"
    let signed = "DSSEv1 \(type.utf8.count) \(type) \(statement.utf8.count) \(statement)"
    let list = try signers.map { name in
      let signature = Data(try keys.sign(Array(signed.utf8), by: name).utf8).base64EncodedString()
      return #"{"keyid":"SHA256:\#(name)","sig":"\#(signature)"}"#
    }
    return #"{"payloadType":"\#(type)","payload":"\#(Data(statement.utf8).base64EncodedString())","#
      + #""signatures":[\#(list.joined(separator: ","))]}"#
  }

  private func authorization(
    from old: String, to tree: String, branch: String = GateServer.main, by signers: [String]
  ) throws -> (path: String, text: String) {
    let predicate = #"{"fromID":"\#(old)","targetID":"\#(tree)","targetRef":"\#(branch)"}"#
    return (
      "reference-authorizations/\(branch)/\(old)-\(tree)",
      try envelope("reference-authorization/v0.2", predicate, tree: tree, by: signers)
    )
  }

  private func seen(
    from old: String, to tree: String, approvers: [String], by signers: [String]
  ) throws -> (path: String, text: String) {
    let predicate =
      #"{"approvers":\#(approvers),"dismissedApprovers":[],"fromRevisionID":"\#(old)","#
      + #""targetRef":"refs/heads/main","targetTreeID":"\#(tree)"}"#
    return (
      "code-review-approvals/refs/heads/main/\(old)-\(tree)/github/eA==",
      try envelope("github-pull-request-approval/v0.1", predicate, tree: tree, by: signers)
    )
  }

  /// Commits files on top of the attestations in the clone, nil takes one away.
  private func attest(_ server: GateServer, by author: String, _ files: [(path: String, text: String?)])
    throws
  {
    let local = "refs/mine/attestations"
    let tip = try server.git("for-each-ref", "--format=%(objectname)", local)
    var stream = "commit \(local)\nauthor \(author) <\(GateServer.email(author))> \(server.now - 600) +0000\n"
    stream += "committer \(author) <\(GateServer.email(author))> \(server.now - 600) +0000\ndata 0\n"
    if !tip.isEmpty { stream += "from \(tip)\n" }
    for (path, text) in files {
      stream += text.map { "M 100644 inline \(path)\ndata \($0.utf8.count)\n\($0)\n" } ?? "D \(path)\n"
    }
    try server.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
  }

  private func push(_ server: GateServer, by who: String?) throws -> GateServer.Push {
    try server.push("refs/mine/attestations:\(Self.attestations)", by: who)
  }

  @Test func `an authorization signed by the approver's own key counts, whoever brings it`() throws {
    let (server, _) = try start()
    let old = try server.id("origin/main").hex
    try attest(server, by: "al", [try authorization(from: old, to: tree(server), by: ["al"])])
    expectTaken(try push(server, by: "cy"))
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `what no trusted key has signed is claimed`() throws {
    // Al's own word by another's key; what an app saw by nobody's, the author's, and one that does not vouch.
    for (isOwn, signers) in [(true, ["cy"]), (false, []), (false, ["cy"]), (false, ["bo"])] {
      let (server, _) = try start()
      let (old, tree) = (try server.id("origin/main").hex, try tree(server))
      let file =
        isOwn
        ? try authorization(from: old, to: tree, by: signers)
        : try seen(from: old, to: tree, approvers: ["al-l+7"], by: signers)
      try attest(server, by: "al", [file])
      expectTaken(try push(server, by: "cy"))
      expectRefused(
        try server.push("topic:main", by: "cy"), "not-approved: docs/guide",
        "known as claimed only, the gate asks for recorded")
    }
    // An authorization without any signature names nobody.
    let (server, _) = try start()
    let (old, tree) = (try server.id("origin/main").hex, try tree(server))
    try attest(server, by: "al", [try authorization(from: old, to: tree, by: [])])
    expectTaken(try push(server, by: "al"))
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `what an app saw counts by the key that vouches`() throws {
    let (server, _) = try start()
    let old = try server.id("origin/main").hex
    try attest(
      server, by: "app@x.org", [try seen(from: old, to: tree(server), approvers: ["al-l+7"], by: ["app"])])
    expectTaken(try push(server, by: "cy"))
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `another tree, another start, another branch or several steps are not what was attested`() throws
  {
    let (server, _) = try start()
    let old = try server.id("origin/main").hex
    let approved = try tree(server)
    try attest(server, by: "al", [try authorization(from: old, to: approved, by: ["al"])])
    expectTaken(try push(server, by: "al"))
    try server.commit("more", ["docs/intro": "unseen\n"])
    expectRefused(try server.push("topic:main", by: "cy"), "what was approved is not what would land")
    // The sum is what was attested, but not that the first of the steps is seen by nobody.
    try server.commit("back", ["docs/intro": "intro\n"])
    #expect(try tree(server) == approved)
    expectRefused(try server.push("topic:main", by: "cy"), "what was approved is not what would land")

    let (weak, commit) = try start()
    let base = try weak.id("origin/main").hex
    try attest(
      weak, by: "al",
      [
        try authorization(from: base, to: tree(weak), branch: "refs/heads/weak", by: ["al"]),
        try authorization(from: commit.hex, to: tree(weak), by: ["al"]),
      ])
    expectTaken(try push(weak, by: "al"))
    expectRefused(
      try weak.push("topic:main", by: "cy"), "it was given for refs/heads/weak",
      "what was approved is not what would land")
  }

  @Test func `an author does not authorize themselves`() throws {
    let (server, _) = try start()
    try server.git("checkout", "--quiet", "-B", "topic", "origin/main")
    try server.commit("guide", ["docs/guide": "al\n"], by: "al")
    let old = try server.id("origin/main").hex
    try attest(server, by: "al", [try authorization(from: old, to: tree(server), by: ["al"])])
    expectTaken(try push(server, by: "al"))
    expectRefused(try server.push("topic:main", by: "al"), "author of commit")
  }

  @Test func `an approval is taken back by whoever gave it, and nobody brings it again`() throws {
    let (server, _) = try start()
    let old = try server.id("origin/main").hex
    let file = try authorization(from: old, to: tree(server), by: ["al"])
    try attest(server, by: "al", [file])
    expectTaken(try push(server, by: "cy"))
    let given = try server.git("rev-parse", "refs/mine/attestations")
    try attest(server, by: "cy", [(file.path, nil)])
    for who in ["cy", "bo", nil] {
      expectRefused(try push(server, by: who), "an approval by al@x.org would be taken back")
    }
    expectTaken(try push(server, by: "al"))
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide", "it was taken back")
    // Nor does the same signature stand again when somebody else puts it there.
    try attest(server, by: "al", [file])
    expectTaken(try push(server, by: "cy"))
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide", "it was taken back")
    let current = try server.git("rev-parse", "refs/mine/attestations")
    try server.git("update-ref", "refs/mine/attestations", given)
    for who in ["cy", "al", "app@x.org"] {
      expectRefused(try push(server, by: who), "would lose their history")
    }
    expectRefused(try server.push(":\(Self.attestations)", by: "al"), "would lose their history")
    // Nor is the line put aside as the second parent of another one.
    let merge = try server.git(
      "commit-tree", "-m", "x", "-p", given, "-p", current, "\(given)^{tree}", as: "cy")
    try server.git("update-ref", "refs/mine/attestations", merge)
    expectRefused(try push(server, by: "cy"), "would lose their history")
  }

  @Test func `where the policy does not name gittuf its attestations count nothing`() throws {
    let (server, _) = try start("\"git-appraise\"")
    let old = try server.id("origin/main").hex
    try attest(server, by: "al", [try authorization(from: old, to: tree(server), by: ["al"])])
    expectTaken(try push(server, by: "cy"))
    expectRefused(
      try server.push("topic:main", by: "cy"), "the policy does not name gittuf in gate.approvalsFrom")
  }
}
