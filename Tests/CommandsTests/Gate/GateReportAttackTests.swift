import Foundation
import Git
import Support
import Testing

/// Attacks on what reports say of changes that a server took before it had a gate.
@Suite struct GateReportAttackTests {
  /// The item of a change of `lib/a` that lies on main, as `contributions` tells it.
  private func item(_ server: GateServer, _ title: String) throws -> [String: Any] {
    let place = try PushPlace()
    place.run(
      ["contributions", "--format", "json", "--window", "all", "-C", server.server.path], now: server.now)
    let report = try JSONSerialization.jsonObject(with: Data(place.output.utf8)) as? [String: Any]
    let items = try #require(report?["items"] as? [[String: Any]], "\(place.complaints)")
    return try #require(items.first { $0["title"] as? String == title }, "\(place.output)")
  }

  private func landed(_ message: String, by author: String, approvedBy: [String] = []) throws -> GateServer {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit(message, ["lib/a": "new\n"], by: author)
    try server.git("push", "--quiet", server.server.path, "topic:refs/heads/side")
    for who in approvedBy { try server.approve(commit, by: who, requester: author) }
    try server.server.git("update-ref", GateServer.main, commit.hex)
    return server
  }

  private func approvals(_ item: [String: Any]) throws -> [[String?]] {
    let all = try #require(item["approvals"] as? [[String: Any]])
    return all.map { [$0["by"] as? String, $0["authority"] as? String, $0["grade"] as? String] }
  }

  @Test func `5: reports call what an author wrote of others claimed, and never more`() throws {
    let message = "Pool\n\nReviewed-on: https://review/1\nReviewed-by: Al <al@x.org>\n"
    let item = try item(try landed(message, by: "cy"), "Pool")
    #expect(try approvals(item).allSatisfy { $0[2] == "claimed" })
  }

  @Test func `1: reports call an approval under a second address one's own`() throws {
    let own = try approvals(
      try item(try landed("Pool", by: "al", approvedBy: ["al@home.org"]), "x"))
    #expect(own.map { $0[1] } == ["self"], "\(own)")
    let others = try approvals(try item(try landed("Pool", by: "al", approvedBy: ["bo"]), "x"))
    #expect(others.map { $0[1] } == ["platform"], "\(others)")
  }

  /// What a terminal would take for a command, and what turns or hides text.
  private static let evil =
    "\u{1B}[31m\u{1B}]0;x\u{7}\u{9B}2J\u{202E}\u{2066}\u{200B}\u{2060}\u{E0041}\u{85}"

  private func isRaw(_ scalar: Unicode.Scalar) -> Bool {
    let ranges: [ClosedRange<UInt32>] = [
      0x00...0x09, 0x0B...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069,
      0xFEFF...0xFEFF, 0xE0000...0xE007F,
    ]
    return ranges.contains { $0.contains(scalar.value) }
  }

  @Test func `40: reports show what is not seen and run nothing on a terminal`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let entry = try server.commitEntries([("100644", try server.blob(), "lib/x\(Self.evil)")])
    let headers = [
      "tree \(try server.git("rev-parse", "\(entry.hex)^{tree}"))",
      "author \(Self.evil)Cy <cy\(Self.evil)@y.org> \(server.now - 9_000) +0000",
      "committer Cy <cy@y.org> \(server.now - 9_000) +0000",
    ]
    let parent = "parent \(try server.id("origin/main").hex)"
    func commit(_ title: String) throws -> ObjectID {
      try server.rawCommit([headers[0], parent] + headers[1...], message: "\(title)\(Self.evil)\r title\n")
    }
    let (landed, open) = (try commit("Landed"), try commit("Open"))
    for (commit, name) in [(landed, "landed"), (open, "open")] {
      try server.git("push", "--quiet", server.server.path, "\(commit.hex):refs/heads/\(name)")
      let line = server.requestLine(by: "cy").replacing(
        "\"description\":\"x\"",
        with: "\"description\":\"\(name) \\u001b[31m\\u009b\\u202e\\u200b\\udb40\\udc41 it\"")
      try server.plant([(commit, line)], ref: GateServer.reviews)
      let verdict = server.verdictLine(commit, by: "PERSON", name == "landed").replacing(
        "PERSON", with: "al\\u001b[31m\\u009b\\u202e\\u200b@x.org")
      try server.plant([(commit, verdict)], ref: GateServer.discuss)
    }
    try server.server.git("update-ref", GateServer.main, landed.hex)
    let place = try PushPlace()
    for (words, shown) in [
      (["contributions", "--window", "all"], "Landed"),
      (["status", "review/\(open.hex.prefix(12))"], "Open"), (["backlog"], "Open"),
      (["explain", "review/\(landed.hex.prefix(12))"], "Landed"),
      (["explain", "review/\(open.hex.prefix(12))"], "Open"),
    ] {
      place.run(words + ["-C", server.server.path], now: server.now)
      let text = place.output + place.complaints.joined(separator: "\n")
      #expect(text.lowercased().contains(shown.lowercased()), "\(words): \(text.debugDescription)")
      #expect(text.contains("\\x1B") || text.contains("\\u{1B}"), "\(words): \(text.debugDescription)")
      #expect(!text.unicodeScalars.contains(where: isRaw), "\(words): \(text.debugDescription)")
    }
  }
}
