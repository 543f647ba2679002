import Foundation
import Git
import Support
import Testing

/// Attacks on what reports say of changes that a server took before it had a gate.
@Suite struct GateReportAttackTests {
  /// The item of a change of `lib/a` that lies on main, as `contributions` tells it.
  private func item(_ server: GateServer, _ title: String) throws -> [String: Any] {
    let place = try PushPlace()
    place.run(["contributions", "--format", "json", "-C", server.server.path], now: server.now)
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
}
