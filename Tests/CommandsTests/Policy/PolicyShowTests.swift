import Commands
import Foundation
import Git
import Support
import Testing

@Suite struct PolicyShowTests {
  private let console = PolicyConsole()

  private static func roster(_ people: String) -> [String: String] {
    [
      "policies/roster.json5":
        "{ version: 1, teams: { platform: { host: true }, pay: {} }, people: { \(people) } }"
    ]
  }

  private static let ada = """
    ada: { emails: ["ada@example.org"], memberships: [{ team: "pay", until: "2024-03-01" }, \
    { team: "platform", from: "2024-03-01" }] }
    """

  private func item() throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any]
    #expect(json?["schema"] as? String == "tributary/policy/1")
    return try #require((json?["items"] as? [[String: Any]])?.first)
  }

  private func members(_ item: [String: Any]) -> [String: [String]] {
    let teams = (item["roster"] as? [String: Any])?["teams"] as? [[String: Any]] ?? []
    return Dictionary(
      teams.map { ($0["id"] as? String ?? "", $0["people"] as? [String] ?? []) },
      uniquingKeysWith: { one, _ in one })
  }

  @Test func `shows the version in force at the moment, and how many there are`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Code", files: ["a": "1"])
    let first = try fixture.commit("Policy", files: Self.roster(Self.ada))
    try fixture.commit("More code", files: ["a": "2"])
    let second = try fixture.commit(
      "Cy comes", files: Self.roster(Self.ada + ", cy: { emails: [\"cy@example.org\"] }"))
    #expect(
      console.run("policy", "show", fixture.path, "--format", "json", "--as-of", "2024-01-01T02:30:00Z")
        == .met)
    var inForce = try #require(try item()["inForce"] as? [String: Any])
    #expect(inForce["commit"] as? String == first.hex)
    #expect(inForce["since"] as? String == "2024-01-01T01:00:00Z")
    #expect(inForce["versions"] as? Int == 1)
    #expect(console.run("policy", "show", fixture.path, "--format", "json") == .met)
    inForce = try #require(try item()["inForce"] as? [String: Any])
    #expect(inForce["commit"] as? String == second.hex)
    #expect(inForce["version"] as? Int == 2)
    #expect(inForce["versions"] as? Int == 2)
    #expect(console.run("policy", "show", fixture.path) == .met)
    let shown =
      "refs/heads/main:policies, version 2 of 2, since 2024-01-01 03:00 UTC, commit \(second.hex.prefix(12))"
    #expect(console.output.contains(shown))
  }

  @Test func `shows the memberships of the moment asked about`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Policy", files: Self.roster(Self.ada))
    let json = ["--format", "json", "--as-of"]
    #expect(console.run("policy", "show", fixture.path, json[0], json[1], json[2], "2024-02-29") == .met)
    #expect(members(try item()) == ["platform": [], "pay": ["ada"]])
    #expect(console.run("policy", "show", fixture.path, json[0], json[1], json[2], "2024-03-01") == .met)
    #expect(members(try item()) == ["platform": ["ada"], "pay": []])
  }

  @Test func `ends with 2 and names every problem when the newest version is broken`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Policy", files: Self.roster(Self.ada))
    try fixture.commit("Broken", files: ["policies/roster.json5": "{ version: 1, taems: {}, poeple: {} }"])
    #expect(console.run("policy", "show", fixture.path) == .failed)
    #expect(console.output == "")
    #expect(
      console.complaints == [
        "tributary: the policy in refs/heads/main:policies has 2 problems:",
        "  roster.json5:1:15: at taems: unknown key \"taems\", expected \"teams\"",
        "  roster.json5:1:26: at poeple: unknown key \"poeple\", expected \"people\"",
      ])
  }

  @Test func `skips an older broken version and says so`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Policy", files: Self.roster(Self.ada))
    let broken = try fixture.commit("Broken", files: ["policies/roster.json5": "{ version: 1, taems: {} }"])
    try fixture.commit("Mended", files: Self.roster(""))
    #expect(console.run("policy", "show", fixture.path) == .met)
    #expect(console.output.contains("version 2 of 2, since 2024-01-01 02:00 UTC"))
    #expect(
      console.output.contains(
        "Broken versions\n    - 2024-01-01 01:00 UTC, commit \(broken.hex.prefix(12)): never in"))
    #expect(console.run("policy", "show", fixture.path, "--format", "json") == .met)
    let skipped = try #require((try item()["skippedVersions"] as? [[String: Any]])?.first)
    #expect(skipped["commit"] as? String == broken.hex)
    #expect(
      skipped["first"] as? String == "roster.json5:1:15: at taems: unknown key \"taems\", expected \"teams\"")
    #expect(console.run("policy", "show", fixture.path, "--as-of", "2024-01-01T00:30:00Z") == .met)
    #expect(console.output.contains("commit \(first.hex.prefix(12))"))
    #expect(console.run("policy", "show", fixture.path, "--as-of", "2024-01-01T01:30:00Z") == .failed)
  }

  @Test func `says since when there is no policy after a commit that removed it`() throws {
    let fixture = try TemporaryRepository()
    let people = "ada: { emails: [\"ada@example.org\"], memberships: [{ team: \"platform\" }] }"
    let first = try fixture.commit("Policy", files: Self.roster(people))
    try fixture.commit("Add a pool (#1)", files: ["a": "1"])
    let end = try fixture.commit("No policy", removing: ["policies"])
    try fixture.commit("Add a hat (#2)", files: ["a": "2"])
    #expect(console.run("policy", "show", fixture.path, "--width", "200") == .met)
    let since = "refs/heads/main:policies was removed at 2024-01-01 02:00 UTC by commit \(end.hex.prefix(12))"
    #expect(console.output.contains("source  built-in defaults; \(since)"))
    #expect(console.run("policy", "show", fixture.path, "--format", "json") == .met)
    let inForce = try #require(try item()["inForce"] as? [String: Any])
    #expect(inForce["from"] as? String == "removed")
    #expect(inForce["commit"] as? String == end.hex)
    #expect(console.run("contributions", fixture.path, "--width", "200") == .met)
    #expect(
      console.output.contains(
        "none – refs/heads/main:policies removed by \(end.hex.prefix(12)); built-in defaults"))
    #expect(console.run("explain", "pr/1", "-C", fixture.path, "--width", "200") == .met)
    #expect(console.output.contains("as of commit \(first.hex.prefix(12))"))
    #expect(console.output.contains("origin      platform:"))
    #expect(console.run("explain", "pr/2", "-C", fixture.path, "--width", "200") == .met)
    #expect(console.output.contains("as of commit \(end.hex.prefix(12))"))
    #expect(
      console.run("policy", "show", fixture.path, "--format", "json", "--as-of", "2024-01-01T01:30:00Z")
        == .met)
    #expect(try item()["inForce"].map { ($0 as? [String: Any])?["commit"] as? String } == first.hex)
    #expect(console.run("policy", "check", "-C", fixture.path) == .failed)
    #expect(console.complaints.first?.contains("no policy on the branch") == true)
  }

  @Test func `takes a directory that holds something else for no policy`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Terms", files: ["policies/privacy.md": "words", "policies/other.json5": "{ a: 1 }"])
    #expect(console.run("policy", "show", fixture.path) == .met)
    #expect(console.output.contains("source  built-in defaults; the repository has no policy files"))
    #expect(console.output.contains("`tributary policy init` writes a starter policy"))
    #expect(console.output.contains("parts   all parts are built-in defaults"))
  }

  @Test func `follows no links on the branch`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(try #require(Self.roster(Self.ada).values.first).utf8), to: "real.json5")
    try fixture.write(Array("{ version: 1 }".utf8), to: "policies/maturity.json5")
    try fixture.link("policies/roster.json5", to: "../real.json5")
    try fixture.commit("Link")
    #expect(console.run("policy", "show", fixture.path) == .met)
    #expect(
      console.output.contains("stated: maturity; defaults: roster, platform, service-levels, delegation"))
  }

  @Test func `respects a directory and a revision named by the user`() throws {
    let fixture = try TemporaryRepository()
    let policy = try fixture.commit("Policy", files: Self.roster(Self.ada))
    try fixture.commit("Gone", removing: ["policies/roster.json5"])
    try fixture.write(Array("{ version: 1 }".utf8), to: "mine/maturity.json5")
    #expect(console.run("policy", "show", fixture.path, "--policies", "\(fixture.path)/mine") == .met)
    #expect(console.output.contains("source  directory mine, applied to all of time"))
    #expect(console.run("policy", "show", fixture.path, "--policies", "\(policy.hex):policies") == .met)
    #expect(console.output.contains("source  \(policy.hex):policies at "))
    #expect(console.output.contains("platform (roster)"))
  }

  @Test func `shows components, rules, objectives and thresholds as stated`() throws {
    let fixture = try TemporaryRepository()
    var files = Self.roster(Self.ada)
    files["policies/platform.json5"] =
      "{ version: 1, components: { net: { paths: [\"net/**\", \"!net/docs/**\"], host: \"platform\" } } }"
    files["policies/delegation.json5"] =
      "{ version: 1, approvals: [{ paths: [\"**\"], count: 2, from: [\"platform\"] }], protected: [\"tls/**\"] }"
    files["policies/service-levels.json5"] =
      "{ version: 1, objectives: [{ name: \"fast\", clock: \"first-review\", target: \"90m\", share: 0.85 }] }"
    files["policies/maturity.json5"] =
      "{ version: 1, levels: { \"2\": { externalLanded: 7, reviewedShare: null } } }"
    try fixture.commit("Policy", files: files)
    #expect(console.run("policy", "show", fixture.path, "--width", "200") == .met)
    try expectSnapshot(
      console.output.replacingOccurrences(
        of: try fixture.git("rev-parse", "--short=12", "HEAD"), with: "COMMIT"), "policy-show.txt")
  }
}
