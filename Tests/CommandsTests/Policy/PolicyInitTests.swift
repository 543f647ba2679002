import Facts
import Foundation
import PolicyFiles
import Rules
import Support
import Testing

@testable import Commands

@Suite struct PolicyInitTests {
  private let console = PolicyConsole()

  private func policy(in fixture: TemporaryRepository, _ folder: String) throws -> Policy {
    let names = ["roster", "platform", "service-levels", "maturity", "delegation"].map { "\($0).json5" }
    let files = try names.map { (path: $0, bytes: Array(try fixture.text("\(folder)/\($0)").utf8)) }
    let (policy, problems) = PolicyFiles.load(files)
    #expect(problems.map(\.description) == [])
    return try #require(policy)
  }

  @Test func `lists who landed the work of others as hosts and the authors as guests, with the evidence`()
    throws
  {
    let fixture = try TemporaryRepository()
    try fixture.land(4, by: "Ada Ray <ada@example.org>", in: "net")
    try fixture.land(1, by: "Cy <12+cy-m@users.noreply.github.com>", in: "docs", from: 5)
    try fixture.land(
      1, by: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", in: "net", from: 6)
    let directory = "\(fixture.folder)/new/policies"
    #expect(console.run("policy", "init", fixture.path, "--output", directory) == .met)
    let roster = try #require(try policy(in: fixture, "new/policies").roster)
    #expect(roster.hostTeams.map(\.id) == ["platform"])
    #expect(roster.people.map(\.handle) == ["bo", "ada", "cy-m"])
    #expect(roster.people.map { $0.memberships.map(\.team) } == [["platform"], [], []])
    #expect(roster.people.map(\.emails) == [["bo@example.org"], ["ada@example.org"], []])
    #expect(roster.people.map(\.logins) == [[], [], ["cy-m"]])
    #expect(roster.bots.count == 1)
    let text = try fixture.text("new/policies/roster.json5")
    #expect(text.contains("// landed 6 contributions of others in 365 days\n    bo: {"))
    #expect(text.contains("// 4 contributions, the newest of 2024-01-01\n    ada: {"))
    #expect(console.output.contains("1 inferred host, 2 of 2 other people by name, 1 bot\n"))
  }

  @Test func `suggests a component for each top folder in which work landed`() throws {
    let fixture = try TemporaryRepository()
    try fixture.land(2, by: "Ada Ray <ada@example.org>", in: "net/deep")
    try fixture.land(1, by: "Ada Ray <ada@example.org>", in: "we[i]rd*", from: 3)
    try fixture.commit("Top", files: ["README": "1"])
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p") == .met)
    let platform = try policy(in: fixture, "p").platform
    #expect(platform.components.map(\.id) == ["net", "we-i-rd"])
    #expect(platform.components(of: Array("net/deep/1".utf8)).map(\.id) == ["net"])
    #expect(platform.components(of: Array("we[i]rd*/3".utf8)).map(\.id) == ["we-i-rd"])
    #expect(platform.components(of: Array("weird/3".utf8)).isEmpty)
    #expect(platform.repositories.map(\.branches) == [["main"]])
    #expect(try fixture.text("p/platform.json5").contains("// 2 contributions in 365 days\n    net: {"))
  }

  @Test func `writes down the built-in defaults of all other parts`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("One")
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p") == .met)
    let policy = try policy(in: fixture, "p")
    #expect(policy.serviceLevels == Policy.defaults.serviceLevels)
    #expect(policy.maturity == Policy.defaults.maturity)
    #expect(policy.delegation == Policy.defaults.delegation)
    #expect(policy.stated == Set(Policy.Part.allCases))
  }

  @Test func `writes a host team without people when history names nobody, and says so`() throws {
    let fixture = try TemporaryRepository()
    try fixture.land(4, by: "Ada Ray <ada@example.org>", in: "net")
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p") == .met)
    let roster = try #require(try policy(in: fixture, "p").roster)
    #expect(roster.people.map(\.handle) == ["ada"])
    #expect(roster.hostTeams.map(\.id) == ["platform"])
    #expect(console.output.contains("history of the last year names nobody."))
  }

  @Test func `tells an old repository from an empty one`() throws {
    let fixture = try TemporaryRepository()
    try fixture.land(6, by: "Ada Ray <ada@example.org>", in: "net")
    let later = ["--as-of", "2026-01-01", "--output", "\(fixture.folder)/p"]
    #expect(console.run("policy", "init", fixture.path, later[0], later[1], later[2], later[3]) == .met)
    #expect(console.output.contains("(the newest commit is of 2024-01-01;"))
    let empty = try TemporaryRepository()
    #expect(console.run("policy", "init", empty.path, "--output", "\(empty.folder)/p") == .met)
    #expect(try policy(in: empty, "p").platform.components.isEmpty)
  }

  @Test func `groups people by mail domain when they are too many to list`() throws {
    let fixture = try TemporaryRepository()
    try fixture.land(5, by: "Ada Ray <ada@example.org>", in: "net")
    for number in 10..<50 {
      let domain = number < 30 ? "pay.example.org" : "gmail.com"
      try fixture.land(1, by: "P\(number) <p\(number)@\(domain)>", in: "net", from: number)
    }
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p") == .met)
    let roster = try #require(try policy(in: fixture, "p").roster)
    #expect(roster.people.map(\.handle) == ["bo"])
    let text = try fixture.text("p/roster.json5")
    #expect(text.contains("41 people outside the host team"))
    #expect(
      text.contains("domains: { \"pay.example.org\": [\"pay.example.org\"] } - 20 people, 20 contributions"))
    #expect(!text.contains("\"gmail.com\""))
    #expect(text.contains("  p30@gmail.com  1 contribution"))
    #expect(console.output.contains("whoever is not listed counts as unknown"))
  }

  @Test func `writes files that load again, whatever stands in names and addresses`() throws {
    let fixture = try TemporaryRepository()
    let authors = [
      "A \"b\" \\ */ // <a@example.org>", "\u{202E}Evil\u{0007} <evil two@example.org>",
      "platform <platform@example.org>",
      "No Address <>", "Ünïcode Ñame <ü@example.org>", "Nobody <@>", "Same <same@example.org>",
      "Same <same@other.example.org>",
    ]
    for (number, author) in authors.enumerated() {
      try fixture.land(1, by: author, in: "dir\(number)", from: number + 1)
    }
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p") == .met)
    let roster = try #require(try policy(in: fixture, "p").roster)
    #expect(roster.people.map(\.handle).sorted() == ["a", "bo", "platform-2", "same", "same-2"])
    let text = try fixture.text("p/roster.json5")
    #expect(text.contains("same name as same-2: if they are one person"))
    #expect(text.contains("No Address (no address)  1 contribution"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(console.run("policy", "check", "\(fixture.folder)/p") == .met)
  }

  @Test func `replaces nothing and then writes nothing at all`() throws {
    let fixture = try TemporaryRepository()
    try fixture.land(1, by: "Ada Ray <ada@example.org>", in: "net")
    try fixture.write(Array("mine".utf8), to: "policies/platform.json5")
    try fixture.link("policies/maturity.json5", to: "nowhere")
    let directory = "\(fixture.path)/policies"
    #expect(console.run("policy", "init", fixture.path, "--output", directory) == .failed)
    #expect(
      console.complaints == [
        "tributary: \(directory)/platform.json5, \(directory)/maturity.json5 exist already; nothing was written"
      ])
    #expect(try fixture.text("repository/policies/platform.json5") == "mine")
    #expect(!fixture.exists("repository/policies/roster.json5"))
  }

  @Test func `takes back the files that it has created when a later one cannot be`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write([1], to: "two")
    #expect(throws: FileFailure.self) {
      try NewFiles.create([("one", [2]), ("two", [2]), ("three", [2])], in: fixture.path)
    }
    #expect(!fixture.exists("repository/one"))
    #expect(!fixture.exists("repository/three"))
    #expect(try fixture.text("repository/two") == "\u{1}")
  }

  @Test func `reads several repositories and keeps their folders apart`() throws {
    let one = try TemporaryRepository()
    try one.land(3, by: "Ada Ray <ada@example.org>", in: "net")
    let other = try TemporaryRepository()
    try other.land(5, by: "Ada Ray <ada@example.org>", in: "net")
    #expect(console.run("policy", "init", one.path, other.path, "--output", "\(one.folder)/p") == .met)
    let policy = try policy(in: one, "p")
    #expect(policy.roster?.people.map(\.handle) == ["bo", "ada"])
    #expect(policy.platform.components.allSatisfy { $0.repositories.count <= 1 })
    #expect(console.output.contains("2 repositories, 2 components by folder"))
  }

  @Test func `writes the same bytes with any number of threads`() throws {
    let fixture = try TemporaryRepository()
    try fixture.land(6, by: "Ada Ray <ada@example.org>", in: "net")
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p", "-j", "1") == .met)
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/q", "-j", "4") == .met)
    for name in ["roster.json5", "platform.json5"] {
      #expect(try fixture.text("p/\(name)") == (try fixture.text("q/\(name)")))
    }
  }
}

/// Starting from the ownership files that are there.
@Suite struct PolicyInitOwnershipTests {
  private let console = PolicyConsole()

  private func policy(of text: String, at path: String) throws -> (Policy, roster: String, platform: String) {
    let fixture = try TemporaryRepository()
    try fixture.land(6, by: "Ada Ray <ada@example.org>", in: "net")
    try fixture.land(1, by: "Cy <12+cy-m@users.noreply.github.com>", in: "docs", from: 7)
    try fixture.commit("Owners", files: [path: text])
    #expect(console.run("policy", "init", fixture.path, "--output", "\(fixture.folder)/p") == .met)
    let names = ["roster", "platform", "service-levels", "maturity", "delegation"].map { "\($0).json5" }
    let files = try names.map { (path: $0, bytes: Array(try fixture.text("p/\($0)").utf8)) }
    let (policy, problems) = PolicyFiles.load(files)
    #expect(problems.map(\.description) == [])
    return (try #require(policy), try fixture.text("p/roster.json5"), try fixture.text("p/platform.json5"))
  }

  @Test func `owners by CODEOWNERS become teams, members and components, each with its line`() throws {
    let (policy, text, platform) = try policy(
      of:
        "* @acme/core ada@example.org\n/net/ @acme/network @cy-m\n/docs/ @cy-m @zed\n/docs/api/ @cy-m @zed\n",
      at: ".github/CODEOWNERS")
    let roster = try #require(policy.roster)
    #expect(roster.hostTeams.map(\.id) == ["platform", "core", "network", "docs-owners"])
    #expect(roster.person(handle: "ada")?.memberships.map(\.team) == ["platform"])
    #expect(roster.person(handle: "cy-m")?.memberships.map(\.team) == ["network", "docs-owners"])
    #expect(roster.person(handle: "zed")?.logins == ["zed"])
    #expect(text.contains("// owner by .github/CODEOWNERS:2,3\n"))
    #expect(text.contains("// @acme/network of .github/CODEOWNERS:2; who is in it is not in Git\n"))
    #expect(policy.platform.ownership == .codeOwners)
    #expect(policy.platform.components.map(\.id) == ["net", "docs"])
    #expect(policy.platform.components.map(\.host) == ["network", "docs-owners"])
    #expect(policy.platform.components(of: Array("docs/api/x".utf8)).map(\.id) == ["docs"])
    #expect(platform.contains("    // by .github/CODEOWNERS:2\n"))
    #expect(console.output.contains("2 components from .github/CODEOWNERS\n"))
    #expect(console.output.contains("Say who is in @acme/core, @acme/network"))
  }

  @Test func `sections of MAINTAINERS become components under their titles`() throws {
    let (policy, _, _) = try policy(
      of: "NET CODE\nM:\tAda Ray <ada@example.org>\nS:\tMaintained\nF:\tnet/\n", at: "MAINTAINERS")
    #expect(policy.platform.ownership == .maintainers)
    #expect(policy.platform.components.map(\.id) == ["net-code"])
    #expect(policy.platform.components.map(\.name) == ["NET CODE"])
    #expect(policy.roster?.person(handle: "ada")?.memberships.map(\.team) == ["net-code-owners"])
  }

  @Test func `files that cannot be read change nothing`() throws {
    let (policy, _, _) = try policy(of: "approvers:\n- ada\n", at: "OWNERS")
    #expect(policy.platform.ownership == nil)
    #expect(policy.platform.components.map(\.id) == ["docs", "net"])
    #expect(policy.roster?.teams.map(\.id) == ["platform"])
  }
}
