import Commands
import Support
import Testing

/// `policy check` tells of waivers on a branch that claim to be older than they are.
@Suite struct PolicyWaiverTests {
  private let console = PolicyConsole()

  private static let roster = """
    { version: 1, teams: { platform: { host: true } }, people: { bo: { emails: ["bo@example.org"] } } }
    """

  private func waiver(_ reason: String = "on leave") -> String {
    """
    { version: 1, id: "w-1", objective: "first-review", contribution: "pr/1", reason: "\(reason)", by: "bo",
      from: "2023-12-01", until: "2024-12-01" }
    """
  }

  private func warnings(_ fixture: TemporaryRepository) throws -> [Substring] {
    #expect(console.run("policy", "check", "-C", fixture.path) == .met, "\(console.output)")
    return console.output.split(separator: "\n").filter { $0.contains("warning") && $0.contains("backdated") }
  }

  @Test func `a waiver counts from the commit that brought it, and is told when it says otherwise`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Policy", files: ["policies/roster.json5": Self.roster])
    fixture.tick(seconds: 40 * 86_400)
    try fixture.commit("Excuse", files: ["policies/waivers/w-1.json5": waiver()])
    let arrived = try fixture.git("log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ")
    fixture.tick(seconds: 86_400)
    try fixture.commit("Other", files: ["README": "1"])
    let warnings = try warnings(fixture)
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("waivers/w-1.json5:2:9: warning: at from: backdated") == true)
    #expect(warnings.first?.contains(arrived) == true)
  }

  @Test func `a waiver that was changed came anew`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit(
      "Policy", files: ["policies/roster.json5": Self.roster, "policies/waivers/w-1.json5": waiver()])
    fixture.tick(seconds: 86_400)
    try fixture.commit("Longer", files: ["policies/waivers/w-1.json5": waiver("still on leave")])
    let arrived = try fixture.git("log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ")
    #expect(try warnings(fixture).first?.contains(arrived) == true)
  }

  @Test func `files in a directory have no arrival to compare with`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit(
      "Policy", files: ["policies/roster.json5": Self.roster, "policies/waivers/w-1.json5": waiver()])
    #expect(console.run("policy", "check", "\(fixture.path)/policies") == .met)
    #expect(!console.output.contains("backdated"))
  }
}
