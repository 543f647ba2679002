import Commands
import Facts
import Support
import Testing

/// `delegate list` on a real repository.
@Suite struct DelegateListTests {
  private let story: DelegateStory

  init() throws { story = try DelegateStory() }

  @Test func `lists what is in force and what does not hold, and counts what has ended`() throws {
    let items = try story.items("delegate list")
    #expect(items.texts("id") == ["docs-cy", "net-dee"])
    #expect(items.texts("state") == ["in-force", "does-not-hold"])
    #expect(items.texts("problem") == ["null", "brought-by-nobody-entitled"])
    #expect(try story.json("delegate list")["hidden"] as? Int == 1)
    #expect(items[0]["chain"] as? [String] == ["docs-cy"])
    #expect(items[0]["arrived"] as? String == "2024-01-03T00:00:00Z")
  }

  @Test func `shows every grant with --all, and only what a person or path concerns`() throws {
    #expect(try story.items("delegate list --all").texts("id") == ["docs-cy", "net-cy", "net-dee"])
    #expect(try story.items("delegate list --all --person cy").texts("id") == ["docs-cy", "net-cy"])
    #expect(try story.items("delegate list --all --person cy@example.org").count == 2)
    #expect(try story.items("delegate list --all --component network").texts("id") == ["net-cy", "net-dee"])
    #expect(try story.items("delegate list --paths docs/a.md").texts("id") == ["docs-cy"])
  }

  @Test func `tells what ends soon`() throws {
    #expect(try story.items("delegate list --expiring 30d").isEmpty)
    #expect(try story.items("delegate list --expiring 400d").texts("id") == ["docs-cy"])
  }

  @Test func `as of an earlier moment shows what held then`() throws {
    _ = story.console.run(
      ["delegate", "list", "--format", "json", "--as-of", "2024-01-06", "-C", story.fixture.path])
    #expect(story.console.output.contains("\"net-cy\""))
    #expect(story.console.output.contains("\"hidden\": 0"))
  }

  @Test func `a grant that was taken out of the files is told with --all only`() throws {
    try story.fixture.commit(
      "Tidy", removing: ["policies/grants/docs-cy.json5"], author: "Bo Lin <bo@example.org>",
      at: DelegateStory.start + 55 * 86_400)
    #expect(try story.items("delegate list").texts("id") == ["net-dee"])
    let all = try story.items("delegate list --all")
    #expect(all.first { $0["id"] as? String == "docs-cy" }?["state"] as? String == "removed")
  }

  @Test func `names somebody who may have been meant`() {
    #expect(story.run("delegate list --person ceey") == .failed)
    #expect(story.run("delegate list --person bn") == .failed)
    #expect(story.console.complaints.joined().contains("did you mean ben"))
    #expect(story.run("delegate list --component netwrk") == .failed)
    #expect(story.console.complaints.joined().contains("did you mean network"))
  }

  @Test(arguments: ["text", "json", "csv", "markdown"])
  func `says the same with any number of threads`(format: String) {
    #expect(story.run("delegate list --all --format \(format) --jobs 1") == .met)
    let one = story.console.output
    #expect(story.run("delegate list --all --format \(format) --jobs 4") == .met)
    #expect(story.console.output == one)
  }

  @Test func `without a policy there is nothing to list`() throws {
    let plain = try TemporaryRepository()
    try plain.commit("Start", files: ["a": "1"])
    let console = PolicyConsole()
    #expect(console.run("delegate", "list", "-C", plain.path) == .met)
    #expect(console.output.contains("No grant"))
    #expect(console.run("delegate", "list", "-C", plain.folder + "/nowhere") == .failed)
  }
}
