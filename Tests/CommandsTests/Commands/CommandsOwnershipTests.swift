import Foundation
import Support
import Testing

@testable import Commands

/// Ownership files from the repository to the report.
@Suite struct CommandsOwnershipTests {
  private let console = PolicyConsole()

  /// Ada owns docs and nobody owns the rest; bo lands what cy writes.
  private func repository() throws -> TemporaryRepository {
    let fixture = try TemporaryRepository()
    try fixture.commit("Owners", files: ["docs/CODEOWNERS": "# people\n/docs/ ada@example.org @acme/docs\n"])
    try fixture.commit(
      "Guide (#1)", files: ["docs/guide": "1"], author: "Ada Ray <ada@example.org>",
      committer: "Bo <bo@example.org>")
    try fixture.commit(
      "Other (#2)", files: ["docs/other": "1"], author: "Cy <cy@example.org>",
      committer: "Bo <bo@example.org>")
    try fixture.commit("Nobody's now", files: ["docs/CODEOWNERS": "/docs/ @zed\n"])
    return fixture
  }

  @Test func `explain names the file, the line and who owns what at the base of the change`() throws {
    let fixture = try repository()
    #expect(console.run("explain", "pr/1", fixture.path) == .met)
    let text = console.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("platform (inferred): named as owner of a touched path by docs/CODEOWNERS:2"))
    #expect(text.contains("docs/CODEOWNERS – as GitHub reads it, assumed, as nothing tells; at "))
    #expect(text.contains("docs/CODEOWNERS:2 1 1 Ada Ray (not for this change), @acme/docs"))
    #expect(text.contains("no roster, so whoever an ownership file names is taken for a host of the paths"))
  }

  @Test func `JSON has the rule beside the reason`() throws {
    let fixture = try repository()
    #expect(console.run("explain", "pr/1", fixture.path, "--format", "json") == .met)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any])
    let item = try #require(json["item"] as? [String: Any])
    let author = try #require(item["author"] as? [String: Any])
    #expect(author["originReason"] as? String == "owner-by-file")
    #expect(author["originRule"] as? String == "docs/CODEOWNERS:2")
    let owners = try #require(item["owners"] as? [String: Any])
    #expect(owners["flavour"] as? String == "github")
    #expect(owners["unownedPaths"] as? Int == 0)
  }

  @Test func `a policy that names another format reads no such file`() throws {
    let fixture = try repository()
    try fixture.commit(
      "Policy", files: ["policies/platform.json5": "{ version: 1, ownership: \"MAINTAINERS\" }"])
    #expect(console.run("explain", "pr/1", fixture.path) == .met)
    #expect(!console.output.contains("docs/CODEOWNERS:2"))
  }

  @Test func `what is wrong in a file is told with its line`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Owners", files: ["CODEOWNERS": "* @ada\n!x @bo\ny z\n"])
    #expect(console.run("contributions", fixture.path) == .met)
    #expect(console.output.contains("2 times: CODEOWNERS:2 begins with !, which CODEOWNERS does not know"))
  }
}
