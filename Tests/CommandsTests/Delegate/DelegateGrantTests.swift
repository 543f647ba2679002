import Commands
import Facts
import Foundation
import Support
import Testing

/// `delegate grant` and `delegate revoke` on a real work tree.
@Suite struct DelegateGrantTests {
  private let story: DelegateStory

  init() throws { story = try DelegateStory() }

  private func grant(_ words: String...) -> Ending {
    story.run(["delegate", "grant"] + words + ["--reason", "knows it"])
  }

  private static let docs = [
    "dee", "--paths", "docs/**", "--verbs", "review,approve", "--until", "2024-12-01",
  ]

  private func docs(_ more: String...) -> Ending {
    story.run(["delegate", "grant"] + Self.docs + ["--reason", "knows it"] + more)
  }

  @Test func `writes a file that holds once somebody entitled commits it`() throws {
    #expect(docs() == .met)
    let path = "policies/grants/docs-dee.json5"
    #expect(try story.file(path).contains("grantedBy: \"bo\""))
    #expect(story.console.output.contains("git -C \(story.fixture.path) add \(path)"))
    #expect(!story.console.output.contains("counts when"))
    try story.fixture.commit(
      "Grant", author: "Bo Lin <bo@example.org>", at: DelegateStory.start + 59 * 86_400)
    let items = try story.items("delegate list --person dee")
    #expect(items.first { $0["id"] as? String == "docs-dee" }?["state"] as? String == "in-force")
    #expect(story.run("policy check") == .met)
  }

  @Test func `a dry run writes nothing`() {
    #expect(docs("--dry-run") == .met)
    #expect(story.console.output.contains("Would write"))
    #expect(!story.exists("policies/grants/docs-dee.json5"))
  }

  @Test func `nobody grants more than they hold, and is told what they may`() throws {
    #expect(grant("dee", "--paths", "net/**", "--verbs", "approve", "--until", "2024-12-01") == .notMet)
    #expect(story.console.output.contains("net/tls/x"))
    #expect(story.console.output.contains("** !net/tls/**"))
    #expect(grant("dee", "--paths", "docs/**", "--verbs", "approve", "--until", "2026-12-01") == .notMet)
    #expect(story.console.output.contains("400d"))
    #expect(docs("--depth", "2") == .notMet)
    #expect(story.console.output.contains("--depth 1"))
    #expect(!story.exists("policies/grants/docs-dee.json5"))
  }

  @Test func `whoever holds no right to pass on grants nothing`() throws {
    #expect(docs("--as", "cy") == .notMet)
    #expect(story.console.output.contains("holds nothing that may be passed on"))
    try story.identify("cy@example.org")
    #expect(docs() == .notMet)
    try story.identify("stranger@example.net")
    #expect(docs() == .failed)
    #expect(story.console.complaints.joined().contains("--as"))
  }

  @Test func `a delegate passes on within limits, for as long as the right lasts`() throws {
    let upper = DelegateStory.grant(
      "docs-lead", "dee", "docs/**", until: "2024-06-01", verbs: "\"approve\", \"delegate\"", depth: 1)
    let story = try DelegateStory(extra: ["policies/grants/docs-lead.json5": upper])
    try story.identify("dee@example.org")
    func give(_ verbs: String, _ until: String) -> Ending {
      story.run([
        "delegate", "grant", "cy", "--paths", "docs/api/**", "--verbs", verbs, "--until", until, "--reason",
        "x",
      ])
    }
    #expect(give("approve", "2024-07-01") == .notMet)
    #expect(story.console.output.contains("2024-06-01"))
    #expect(give("review", "2024-05-01") == .notMet)
    #expect(story.console.output.contains("allowed: approve, delegate"))
    #expect(give("approve", "2024-06-01") == .met)
    #expect(!story.console.output.contains("counts when"))
  }

  @Test func `an id is never used again, in the files or in history`() throws {
    #expect(docs("--id", "docs-cy") == .notMet)
    try story.fixture.commit(
      "Tidy", removing: ["policies/grants/docs-cy.json5"], author: "Bo Lin <bo@example.org>",
      at: DelegateStory.start + 55 * 86_400)
    #expect(docs("--id", "docs-cy") == .notMet)
    #expect(story.console.output.contains("never used again"))
    #expect(docs("--id", "docs-dee") == .met)
    // Not committed yet, but there.
    #expect(docs() == .met)
    #expect(story.exists("policies/grants/docs-dee-2.json5"))
  }

  @Test(arguments: [
    (["nobody", "--paths", "docs/**", "--verbs", "review"], "no person or team", Ending.failed),
    (["dea", "--paths", "docs/**", "--verbs", "review"], "did you mean dee", .failed),
    (["dee", "--paths", "../docs", "--verbs", "review"], "`..` is no name", .misused),
    (["dee", "--paths", "/docs", "--verbs", "review"], "leading `/`", .misused),
    (["dee", "--paths", "docs/", "--verbs", "review"], "`/**`", .misused),
    (["dee", "--paths", "!docs/**", "--verbs", "review"], "take paths out", .misused),
    (["dee", "--paths", "docs/**", "--verbs", "reveiw"], "did you mean review", .misused),
    (["dee", "--paths", "docs/**"], "--verbs is missing", .misused),
    (["dee", "--verbs", "review"], "--paths is missing", .misused),
    (["--paths", "docs/**", "--verbs", "review"], "PERSON|TEAM is missing", .misused),
    (["dee", "--paths", "docs/**", "--verbs", "review", "--kinds", "bugs"], "is not one of", .misused),
    (["dee", "--paths", "docs/**", "--verbs", "review", "--id", "a b"], "is not a name", .misused),
    (["dee", "--paths", "docs/**", "--verbs", "review", "--id", "../x"], "is not a name", .misused),
  ])
  func `refuses what makes no sense, in words`(words: [String], says: String, ending: Ending) {
    #expect(story.run(["delegate", "grant"] + words + ["--until", "2024-12-01", "--reason", "x"]) == ending)
    let said = story.console.complaints.joined(separator: "\n").lowercased()
    #expect(said.contains(says.lowercased()), "\(said)")
    #expect(!story.exists("policies/grants/docs-dee.json5"))
    #expect(!story.exists("policies/x.json5"))
  }

  @Test func `a bare repository and a commit are no place to write into`() throws {
    let bare = try TemporaryRepository(bare: true)
    try bare.git("fetch", "--quiet", story.fixture.path, "main:main")
    let words =
      ["delegate", "grant"] + Self.docs + ["--reason", "x", "--as", "bo", "--as-of", DelegateStory.now]
    #expect(story.console.run(words + ["-C", bare.path]) == .failed)
    #expect(story.console.complaints.joined().contains("bare repository"))
    #expect(story.run(words.dropLast(2) + ["--policies", "main:policies"]) == .failed)
    #expect(story.console.complaints.joined().contains("no directory"))
  }

  @Test func `a directory of its own is judged by itself`() throws {
    let directory = "\(story.fixture.folder)/elsewhere"
    try FileManager.default.copyItem(atPath: story.fixture.path + "/policies", toPath: directory)
    #expect(docs("--policies", directory) == .met)
    #expect(FileManager.default.fileExists(atPath: directory + "/grants/docs-dee.json5"))
    #expect(!story.exists("policies/grants/docs-dee.json5"))
  }

  @Test func `a policy with a mistake takes no grant, and the mistake is told`() throws {
    try story.fixture.write(Array("{ version: 1, granting: 5 }".utf8), to: "policies/delegation.json5")
    #expect(docs() == .failed)
    #expect(story.console.complaints.joined().contains("found a number, expected an object"))
    #expect(!story.exists("policies/grants/docs-dee.json5"))
  }

  @Test func `a shallow clone grants, as far as its policy tells`() throws {
    let shallow = story.fixture.folder + "/shallow"
    try story.fixture.git("clone", "--quiet", "--depth", "1", "file://\(story.fixture.path)", shallow)
    let words =
      ["delegate", "grant"] + Self.docs + [
        "--reason", "x", "--as", "bo", "--as-of", DelegateStory.now, "-C", shallow,
      ]
    #expect(story.console.run(words) == .met)
  }

  @Test func `automatic grants go to whoever has climbed, within the cap`() throws {
    // dee landed two and reviewed one; cy holds the right already.
    #expect(story.run("delegate grant --automatic") == .met)
    let text = try story.file("policies/grants/docs-dee.json5")
    #expect(text.contains("ladder: \"writer\""))
    #expect(text.contains("until: \"2024-05-30\""))
    try story.fixture.commit(
      "Grant", author: "Bo Lin <bo@example.org>", at: DelegateStory.start + 59 * 86_400)
    #expect(try story.items("delegate list --person dee").texts("state").contains("in-force"))
    #expect(story.run("delegate grant --automatic") == .met)
    #expect(story.console.output.contains("Nobody has climbed"))
  }

  @Test func `says so when the cap is reached`() throws {
    let text = DelegateStory.delegation.replacing("most: 1", with: "most: 0")
    let story = try DelegateStory(delegation: text)
    #expect(story.run("delegate grant --automatic --format json") == .met)
    #expect(story.console.output.contains("its 0 places are taken"))
    #expect(!story.exists("policies/grants/docs-dee.json5"))
  }

  // MARK: Revoking

  @Test func `revoking keeps every other byte of the file`() throws {
    let before = try story.file("policies/grants/docs-cy.json5")
    #expect(
      story.run(["delegate", "revoke", "docs-cy", "--on", "2024-03-01", "--reason", "moves */ on"]) == .met)
    let after = try story.file("policies/grants/docs-cy.json5")
    let added = "revokedOn: \"2024-03-01\", /* moves * / on */ "
    #expect(after.contains(added))
    #expect(after.replacing(added, with: "") == before)
    #expect(story.run("policy check") == .met)
    #expect(story.run("delegate revoke docs-cy") == .failed)
    #expect(story.console.complaints.joined().contains("revoked already"))
  }

  @Test func `a revoked grant ends at that moment`() throws {
    #expect(story.run("delegate revoke docs-cy") == .met)
    try story.fixture.commit(
      "Revoke", author: "Bo Lin <bo@example.org>", at: DelegateStory.start + 59 * 86_400)
    #expect(try story.items("delegate list").texts("id") == ["net-dee"])
    let all = try story.items("delegate list --all")
    #expect(all[0]["state"] as? String == "revoked")
  }

  @Test func `names the grants that end with it`() throws {
    let upper = DelegateStory.grant(
      "lead", "dee", "docs/**", until: "2024-12-01", verbs: "\"approve\", \"delegate\"", depth: 1)
    let lower = DelegateStory.grant(
      "below", "cy", "docs/**", by: "dee", until: "2024-12-01", verbs: "\"approve\"")
    let story = try DelegateStory(extra: [
      "policies/grants/lead.json5": upper, "policies/grants/below.json5": lower,
    ])
    #expect(story.run("delegate revoke lead --dry-run") == .met)
    #expect(story.console.output.contains("end with it: below"))
    #expect(!(try story.file("policies/grants/lead.json5")).contains("revokedOn"))
  }

  @Test func `knows which grant may have been meant`() {
    #expect(story.run("delegate revoke doc-cy") == .failed)
    #expect(story.console.complaints.joined().contains("did you mean docs-cy"))
    #expect(story.run("delegate revoke") == .misused)
  }
}
