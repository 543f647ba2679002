import Commands
import Foundation
import Git
import Support
import Testing

@Suite struct PolicyCheckTests {
  private let console = PolicyConsole()

  private static let soundRoster = """
    { version: 1, teams: { platform: { host: true } }, people: { bo: { emails: ["bo@example.org"] } } }
    """
  private static let brokenRoster = """
    { version: 1,
      teams: { platform: { hots: true } },
      people: { bo: { emails: ["bo@example.org"], memberships: [{ team: "platfrom" }] } } }
    """

  @Test func `lists every problem of every file with its place and ends with 2`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(Self.brokenRoster.utf8), to: "policies/roster.json5")
    try fixture.write(Array("{ version: 1, window: 3 }".utf8), to: "policies/maturity.json5")
    let directory = "\(fixture.path)/policies"
    #expect(console.run("policy", "check", directory + "/") == .failed)
    let lines = console.output.split(separator: "\n").map {
      $0.replacingOccurrences(of: directory, with: "D")
    }
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("D/maturity.json5:1:23: at window: "))
    #expect(
      lines[1].hasPrefix(
        "D/roster.json5:2:24: at teams.platform.hots: unknown key \"hots\", expected \"host\""))
    #expect(lines[2].hasPrefix("D/roster.json5:3:69: at people.bo.memberships[0].team: unknown team"))
    #expect(lines[3] == "3 errors in 2 files of D")
    #expect(console.complaints == [])
  }

  @Test func `says how many files are fine`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(Self.soundRoster.utf8), to: "policies/roster.json5")
    try fixture.write(Array("no policy".utf8), to: "policies/README.md")
    let directory = "\(fixture.path)/policies"
    #expect(console.run("policy", "check", directory) == .met)
    #expect(console.output == "\(directory): 1 file, no problem found\n")
  }

  @Test func `passes with warnings and counts them`() throws {
    let fixture = try TemporaryRepository()
    let roster = "{ version: 1, teams: { t: {} }, people: { bo: { name: \"Bo\" } } }"
    try fixture.write(Array(roster.utf8), to: "p/roster.json5")
    #expect(console.run("policy", "check", "\(fixture.path)/p") == .met)
    #expect(console.output.contains("roster.json5:1:47: warning: at people.bo: neither addresses nor logins"))
    #expect(console.output.hasSuffix("/p: 1 file, usable, 1 warning\n"))
  }

  @Test func `reads the neighbours of a single file but reports on that file only`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(Self.soundRoster.utf8), to: "p/roster.json5")
    try fixture.write(Array("{ version: 2 }".utf8), to: "p/maturity.json5")
    let component = "{ version: 1, components: { a: { paths: [\"a/**\"], host: \"platform\" } } }"
    try fixture.write(Array(component.utf8), to: "p/platform.json5")
    #expect(console.run("policy", "check", "\(fixture.path)/p/platform.json5") == .met)
    #expect(console.output == "\(fixture.path)/p: 1 file, no problem found\n")
    let both = ["\(fixture.path)/p/platform.json5", "\(fixture.path)/p/maturity.json5"]
    #expect(console.run("policy", "check", both[0], both[1]) == .failed)
    #expect(console.output.contains("1 error in 2 files of"))
  }

  @Test func `finds the policy of a grant file one folder up`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(Self.soundRoster.utf8), to: "p/roster.json5")
    let grant = """
      { version: 1, id: "docs", grantee: "bo", verbs: ["review"], paths: ["docs/**"], grantedBy: "bob", \
      from: "2026-01-01", until: "2026-07-01", reason: "test" }
      """
    try fixture.write(Array(grant.utf8), to: "p/grants/docs.json5")
    #expect(console.run("policy", "check", "\(fixture.path)/p/grants/docs.json5") == .failed)
    #expect(
      console.output.contains("grants/docs.json5:1:92: at grantedBy: unknown person \"bob\", expected \"bo\"")
    )
  }

  @Test func `follows no links, whether they lead to a policy or to another file`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array("secret words".utf8), to: "secret")
    try fixture.write(Array("{ version: 1 }".utf8), to: "p/maturity.json5")
    try fixture.link("p/roster.json5", to: "../secret")
    try fixture.link("p/grants", to: "../elsewhere")
    #expect(console.run("policy", "check", "\(fixture.path)/p") == .failed)
    #expect(console.output.contains("/p/roster.json5:1:1: a symbolic link, which is not followed"))
    #expect(console.output.contains("/p/grants:1:1: a symbolic link, which is not followed"))
    #expect(!console.output.contains("secret"))
    #expect(console.run("contributions", fixture.path, "--policies", "\(fixture.path)/p") == .failed)
  }

  @Test func `checks the newest version on the branch, as git names it`() throws {
    let fixture = try TemporaryRepository()
    let sound = try fixture.commit("Sound", files: ["policies/roster.json5": Self.soundRoster])
    #expect(console.run("policy", "check", "-C", fixture.path) == .met)
    #expect(console.output == "main:policies: 1 file, no problem found\n")
    try fixture.commit("Broken", files: ["policies/roster.json5": Self.brokenRoster])
    #expect(console.run("policy", "check", "-C", fixture.path) == .failed)
    #expect(console.output.hasPrefix("main:policies/roster.json5:2:24: at teams.platform.hots: "))
    #expect(console.run("policy", "check", "-C", fixture.path, "--as-of", "2024-01-01T00:30:00Z") == .met)
    #expect(console.run("policy", "check", "-C", fixture.path, "--policies", "\(sound.hex):policies") == .met)
    #expect(console.run("policy", "check", "-C", fixture.path, "--policies", "HEAD:policies") == .failed)
    #expect(console.output.hasPrefix("HEAD:policies/roster.json5:2:24: "))
  }

  @Test func `finds links and submodules among the files on the branch`() throws {
    let fixture = try TemporaryRepository()
    let base = try fixture.commit("Policy", files: ["policies/maturity.json5": "{ version: 1 }"])
    try fixture.link("policies/roster.json5", to: "../elsewhere")
    try fixture.git("add", "--all")
    try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(base.hex),policies/grants")
    try fixture.git("commit", "-q", "-m", "Elsewhere")
    let problems = [
      "main:policies/grants:1:1: a submodule, whose files are not read; expected the files themselves",
      "main:policies/roster.json5:1:1: a symbolic link, which is not followed; expected the file itself",
    ]
    #expect(console.run("policy", "check", "-C", fixture.path) == .failed)
    for problem in problems { #expect(console.output.contains(problem)) }
    #expect(console.run("policy", "show", fixture.path, "--policies", "main:policies") == .failed)
  }

  @Test func `falls back on the work tree, and ends with 2 where there is nothing to check`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("One", files: ["a": "1"])
    #expect(console.run("policy", "check", "-C", fixture.path) == .failed)
    #expect(console.complaints.first?.contains("`tributary policy init` writes a starter set") == true)
    try fixture.write(Array(Self.soundRoster.utf8), to: "policies/roster.json5")
    #expect(console.run("policy", "check", "-C", fixture.path) == .met)
    #expect(console.output == "\(fixture.path)/policies: 1 file, no problem found\n")
    #expect(console.run("policy", "check", "\(fixture.path)/a") == .failed)
    #expect(console.run("policy", "check", "\(fixture.path)/gone.json5") == .failed)
    #expect(console.complaints.first?.contains("No such file or directory") == true)
  }

  @Test func `tells the same in JSON`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array(Self.brokenRoster.utf8), to: "p/roster.json5")
    #expect(console.run("policy", "check", "\(fixture.path)/p", "--format", "json") == .failed)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "tributary/policy-check/1")
    #expect(json["usable"] as? Bool == false)
    #expect(json["errors"] as? Int == 2)
    let place = try #require((json["places"] as? [[String: Any]])?.first)
    let problem = try #require((place["problems"] as? [[String: Any]])?.first)
    #expect(problem["at"] as? String == "teams.platform.hots")
    #expect(problem["line"] as? Int == 2)
    #expect(problem["column"] as? Int == 24)
    #expect(problem["severity"] as? String == "error")
  }
}
