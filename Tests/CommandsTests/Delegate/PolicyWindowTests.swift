import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// What is said of grants does not depend on how much of the history was read.
@Suite struct PolicyWindowTests {
  private static let late = "@\(DelegateStory.start + 900 * 86_400)"

  /// A platform whose policy is years older than what is asked about.
  private func story(_ grants: [(by: String, id: String)]) throws -> TemporaryRepository {
    let fixture = try TemporaryRepository()
    try fixture.commit(
      "Start",
      files: [
        "policies/roster.json5": DelegateStory.roster, "policies/platform.json5": DelegateStory.platform,
        "policies/delegation.json5":
          "{ version: 1, granting: { teams: [\"platform\"], maxDepth: 0 } }",
      ], author: "Bo Lin <bo@example.org>")
    for grant in grants {
      try fixture.commit(
        "Grant \(grant.id)",
        files: [
          "policies/grants/\(grant.id).json5": DelegateStory.grant(
            grant.id, "cy", "docs/**", until: "2030-01-01")
        ],
        author: "\(grant.by) <\(grant.by)@example.org>")
    }
    for day in stride(from: 10, to: 900, by: 60) {
      try fixture.commit(
        "Work \(day)", files: ["docs/\(day)": "1"], author: "Dee Fox <dee@example.org>",
        committer: "Bo Lin <bo@example.org>", at: DelegateStory.start + Int64(day) * 86_400)
    }
    return fixture
  }

  private func states(_ fixture: TemporaryRepository, _ words: String...) throws -> [String: String] {
    let console = PolicyConsole()
    _ = console.run(words + ["--format", "json", "--as-of", Self.late, "-C", fixture.path])
    let json = try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any]
    let items = try #require(json?["items"] as? [[String: Any]], "\(console.complaints)")
    return Dictionary(uniqueKeysWithValues: zip(items.texts("id"), items.texts("problem")))
  }

  @Test func `a grant older than the window counts by the people its own commit names`() throws {
    let fixture = try story([("bo", "sound"), ("dee", "flawed")])
    #expect(
      try states(fixture, "delegate", "list") == ["sound": "null", "flawed": "brought-by-nobody-entitled"])
  }

  @Test func `approvals that only a full reading shows are found before a grant is said to be flawed`() throws
  {
    let fixture = try story([])
    try fixture.git("checkout", "--quiet", "-b", "old", "main~15")
    let commit = try fixture.commit(
      "Grant by review",
      files: [
        "policies/grants/reviewed.json5": DelegateStory.grant(
          "reviewed", "cy", "docs/**", until: "2030-01-01")
      ],
      author: "Dee Fox <dee@example.org>")
    // The branch from there on, with the grant in its past.
    try fixture.git(
      "rebase", "--quiet", "--committer-date-is-author-date", "--onto", "old", "main~15", "main")
    try fixture.git("checkout", "--quiet", "main")
    let start = DelegateStory.start
    let request = """
      {"timestamp":"\(start + 3600)","reviewRef":"refs/heads/old","targetRef":"refs/heads/main",\
      "requester":"dee@example.org","description":"Grant"}
      """
    let comment =
      "{\"timestamp\":\"\(start + 7200)\",\"author\":\"ben@example.org\",\"description\":\"Good.\",\"resolved\":true}"
    try fixture.git("notes", "--ref", "devtools/reviews", "add", "-m", request, commit.hex)
    try fixture.git("notes", "--ref", "devtools/discuss", "add", "-m", comment, commit.hex)
    #expect(try states(fixture, "delegate", "list") == ["reviewed": "null"])
    try fixture.git("update-ref", "-d", "refs/notes/devtools/discuss")
    #expect(try states(fixture, "delegate", "list") == ["reviewed": "brought-by-nobody-entitled"])
  }

  @Test func `an id that was taken away long before the window stays taken`() throws {
    let fixture = try story([("bo", "first")])
    try fixture.git("checkout", "--quiet", "main")
    try fixture.commit(
      "Tidy", removing: ["policies/grants/first.json5"], author: "Bo Lin <bo@example.org>",
      at: DelegateStory.start + 895 * 86_400)
    try fixture.commit(
      "Again",
      files: [
        "policies/grants/first.json5": DelegateStory.grant("first", "cy", "docs/**", until: "2030-01-01")
      ],
      author: "Bo Lin <bo@example.org>", at: DelegateStory.start + 896 * 86_400)
    #expect(try states(fixture, "delegate", "list") == ["first": "id-reused"])
  }

  @Test func `a window judges approvals as the whole history does`() throws {
    let fixture = try story([("bo", "sound")])
    let console = PolicyConsole()
    func assessed(_ window: String) -> String {
      _ = console.run([
        "contributions", "--window", window, "--format", "csv", "--as-of", Self.late, "-C", fixture.path,
      ])
      return console.output.split(separator: "\r\n").last.map(String.init) ?? ""
    }
    #expect(assessed("90d") == assessed("all"))
  }
}
