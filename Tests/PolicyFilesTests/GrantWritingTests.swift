import Facts
import Foundation
import Rules
import Testing

@testable import PolicyFiles

/// Grants written as files and read back, and files changed without losing a byte.
@Suite struct GrantWritingTests {
  private static let roster = """
    { version: 1, teams: { platform: { host: true }, payments: {} },
      people: { bo: { emails: ["bo@example.org"] }, ada: { emails: ["ada@example.org"] } } }
    """
  private static let delegation = "{ version: 1, ladders: { writer: { landed: 1 } } }"

  private func read(_ text: String, _ id: String = "docs-ada") throws -> Grant {
    let (policy, problems) = PolicyFiles.load([
      ("roster.json5", Array(Self.roster.utf8)), ("delegation.json5", Array(Self.delegation.utf8)),
      ("grants/\(id).json5", Array(text.utf8)),
    ])
    #expect(problems.map(\.description) == [])
    let loaded = try #require(policy)
    return try #require(loaded.grants.first)
  }

  private func grant() throws -> Grant {
    Grant(
      id: "docs-ada", grantee: .person("ada"), verbs: [.review, .approve, .delegate],
      paths: try PathList(["docs/**", "!docs/\"odd\\ name\"/**"]), giver: .person("bo"),
      branches: try PathList(["refs/heads/main"]), limits: .init(paths: 5, kinds: [.fix, .documentation]),
      period: Period(from: Instant(seconds: 1_704_067_200), until: Instant(seconds: 1_720_000_001)),
      reason: "keeps \"the docs\" – for a year", depth: 2)
  }

  @Test func `every key is read back as it was`() throws {
    let grant = try grant()
    #expect(try read(PolicyWriter.grant(grant)) == grant)
    var plain = grant
    (plain.branches, plain.limits, plain.depth) = (.everything, .init(), 0)
    (plain.grantee, plain.giver) = (.team("payments"), .ladder("writer"))
    plain.revokedOn = Instant(seconds: 1_710_000_000)
    #expect(try read(PolicyWriter.grant(plain)) == plain)
    #expect(!PolicyWriter.grant(plain).contains("depth"))
  }

  @Test func `text that could hide something is written visibly`() throws {
    var grant = try grant()
    grant.reason = "line\nbreak\u{202E}turn"
    let text = PolicyWriter.grant(grant)
    #expect(!text.contains("\u{202E}"))
    #expect(try read(text).reason == "line break turn")
  }

  private func revoked(_ text: String, _ reason: String? = nil) throws -> String {
    let bytes = try GrantEditor.revoking(
      Array(text.utf8), on: Instant(seconds: 1_706_745_600), reason: reason)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a revocation stands after the end, in the style of the file`() throws {
    let text = PolicyWriter.grant(try grant())
    let after = try revoked(text, "left")
    #expect(try read(after).revokedOn == Instant(seconds: 1_706_745_600))
    #expect(after.contains("\n  // left\n  revokedOn: \"2024-02-01\",\n  depth: 2,"))
    #expect(after.replacing("  // left\n  revokedOn: \"2024-02-01\",\n", with: "") == text)
  }

  @Test(arguments: [
    "{ version: 1, id: \"docs-ada\", grantee: \"ada\", verbs: [\"review\"], paths: [\"**\"], grantedBy: \"bo\", reason: \"x\" }",
    "{version:1,id:'docs-ada',grantee:'ada',verbs:['review'],paths:['**'],grantedBy:'bo',reason:'x',until:'2030-01-01'}",
    "// head\r\n{\r\n\tversion: 1, id: \"docs-ada\",\r\n\tgrantee: \"ada\", verbs: [\"review\"], paths: [\"**\"],\r\n\tuntil: \"2030-01-01\", // end\r\n\tgrantedBy: \"bo\",\r\n\treason: \"x\"\r\n}\r\n",
    "{ \"version\": 1, \"id\": \"docs-ada\", \"grantee\": \"ada\", \"verbs\": [\"review\"], \"paths\": [\"**\"], \"until\": \"2030-01-01\" /* ,} */, \"grantedBy\": \"bo\", \"reason\": \"a, } b\", }",
    "\u{FEFF}{\n// \"until\": 5\nversion: 1,\nid: 'docs-ada',\ngrantee: 'ada',\nverbs: ['review'],\npaths: ['**'],\ngrantedBy: 'bo',\nreason: 'x', until: '2030-01-01',\n}",
  ])
  func `any spelling is kept, and read back as revoked`(text: String) throws {
    for reason in [nil, "moves */ on // there"] {
      let after = try revoked(text, reason)
      #expect(try read(after).revokedOn == Instant(seconds: 1_706_745_600), "\(after)")
      // What was added is one piece; without it the file is the old one.
      let (old, new) = (Array(text.utf8), Array(after.utf8))
      let start = zip(old, new).prefix { $0 == $1 }.count
      let added = new.count - old.count
      #expect((0...start).contains { Array(new[..<$0] + new[($0 + added)...]) == old })
      #expect(!after.contains("\n\n"))
    }
  }

  @Test func `a file that is revoked, or no object, is left alone`() throws {
    #expect(throws: GrantEditor.Refusal.revokedBefore("2024-01-01")) {
      try GrantEditor.revoking(Array("{ id: 'a', revokedOn: '2024-01-01' }".utf8), on: Instant(seconds: 0))
    }
    for text in ["[]", "{}", "{", "", "{ revokedOn: 5 }"] {
      #expect(throws: GrantEditor.Refusal.unreadable) {
        try GrantEditor.revoking(Array(text.utf8), on: Instant(seconds: 0))
      }
    }
    #expect(throws: GrantEditor.Refusal.unreadable) {
      try GrantEditor.revoking([0x7B, 0xFF, 0x7D], on: Instant(seconds: 0))
    }
  }
}
