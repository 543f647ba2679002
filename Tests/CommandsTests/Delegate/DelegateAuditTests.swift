import Commands
import Facts
import Foundation
import Support
import Testing

/// `delegate audit`, `delegate candidates` and `reviewers` on a real repository.
@Suite struct DelegateAuditTests {
  private let story: DelegateStory

  init() throws { story = try DelegateStory() }

  @Test func `finds approvals under ended grants and grants that nobody entitled brought`() throws {
    let items = try story.items("delegate audit")
    #expect(items.texts("kind").prefix(2) == ["brought-by-nobody-entitled", "approval-under-ended-grant"])
    #expect(items[0]["grant"] as? String == "net-dee")
    let evidence = try #require(items[1]["evidence"] as? [[String: Any]])
    #expect(evidence.count == 1)
    #expect(items[1]["person"] as? String == "cy")
    #expect(items.allSatisfy { $0["remedy"] is String })
  }

  @Test func `ends with 1 for what is as grave as asked, and else with 0`() throws {
    #expect(story.run("delegate audit") == .notMet)
    #expect(story.run("delegate audit --fail-on never") == .met)
    let plain = try DelegateStory()
    try plain.fixture.commit(
      "Tidy",
      removing: ["policies/grants/net-dee.json5", "policies/grants/net-cy.json5"],
      author: "Bo Lin <bo@example.org>", at: DelegateStory.start + 55 * 86_400)
    // Only the approvals of the last ten days.
    #expect(plain.run("delegate audit --window 10d") == .met)
    // The grant on the documentation was not used for more than thirty days.
    #expect(plain.run("delegate audit --window 10d --fail-on warning") == .notMet)
    #expect(plain.run("delegate audit") == .notMet)
  }

  @Test func `incomplete input is never a pass`() throws {
    let shallow = story.fixture.folder + "/shallow"
    try story.fixture.git("clone", "--quiet", "--depth", "3", "file://\(story.fixture.path)", shallow)
    #expect(
      story.console.run("delegate", "audit", "-C", shallow, "--as-of", DelegateStory.now) == .incomplete)
    #expect(
      story.console.run(
        "delegate", "audit", "--fail-on", "never", "-C", shallow, "--as-of", DelegateStory.now) == .incomplete
    )
  }

  @Test(arguments: ["text", "json", "csv", "markdown"])
  func `says the same with any number of threads`(format: String) {
    for command in ["delegate audit", "delegate candidates --all", "reviewers --paths docs"] {
      story.run("\(command) --format \(format) --jobs 1")
      let one = story.console.output
      #expect(!one.isEmpty, "\(story.console.complaints)")
      story.run("\(command) --format \(format) --jobs 4")
      #expect(story.console.output == one, "\(command)")
    }
  }

  // MARK: Candidates

  @Test func `tells aggregates, and by name only those who are ready or named`() throws {
    let items = try story.items("delegate candidates --component docs")
    let people = try #require(items[0]["people"] as? [String: Int])
    #expect(people["ready"] == 1)
    let named = try #require(items[0]["candidates"] as? [[String: Any]])
    #expect(named.texts("person") == ["dee"])
    let draft = try #require(named[0]["draft"] as? [String: Any])
    #expect((draft["text"] as? String)?.contains("grantee: \"dee\"") == true)
    #expect(!story.console.output.contains("\"cy\""))
    let all = try story.items("delegate candidates --component docs --all")
    #expect((all[0]["candidates"] as? [[String: Any]])?.texts("person") == ["bo", "cy", "dee"])
  }

  @Test func `a draft is a file that the command would write`() throws {
    let items = try story.items("delegate candidates --paths docs/** --person dee")
    let named = try #require(items[0]["candidates"] as? [[String: Any]])
    let draft = try #require(named[0]["draft"] as? [String: Any])
    let (path, text) = (try #require(draft["path"] as? String), try #require(draft["text"] as? String))
    try story.fixture.write(Array(text.utf8), to: "policies/\(path)")
    #expect(story.run("policy check \(story.fixture.path)/policies") == .met || story.console.output.isEmpty)
  }

  @Test func `every figure has its evidence, and what Git cannot tell is refused`() throws {
    let items = try story.items(
      "delegate candidates --component docs --person cy --ladder kubernetes-reviewer")
    let criteria = try #require(
      ((items[0]["candidates"] as? [[String: Any]])?.first?["criteria"]) as? [[String: Any]])
    #expect(
      criteria.texts("criterion") == [
        "landed", "reviews", "first-reviews", "agreement", "active-within", "reverted", "months", "holds",
      ])
    let reviews = try #require(criteria.first { $0["criterion"] as? String == "reviews" })
    #expect(reviews["value"] as? Int == 2)
    #expect((reviews["evidence"] as? [[String: Any]])?.count == 2)
    #expect(reviews["outcome"] as? String == "not-met")
    // Without the notes nobody's reviews are known.
    try story.fixture.git("update-ref", "-d", "refs/notes/devtools/reviews")
    try story.fixture.git("update-ref", "-d", "refs/notes/devtools/discuss")
    let blind = try story.items("delegate candidates --component docs")
    #expect(blind[0]["reviewsInGit"] as? Bool == false)
    #expect((blind[0]["people"] as? [String: Int])?["ready"] == 0)
  }

  @Test func `unknown ladders, components and people are told with what was meant`() {
    #expect(story.run("delegate candidates --ladder writr") == .failed)
    #expect(story.console.complaints.joined().contains("did you mean writer"))
    #expect(story.run("delegate candidates --component doc") == .failed)
    #expect(story.run("delegate candidates --person nobody-at-all") == .failed)
    #expect(story.run("delegate candidates --paths a//b") == .misused)
  }

  // MARK: Reviewers

  @Test func `names those who may approve, by authority, and the smallest sets`() throws {
    let report = try story.json("reviewers --paths docs --paths net/new.c --paths net/tls/key.c")
    let items = try #require(report["items"] as? [[String: Any]])
    #expect(items.count == 3)
    let docs = try #require(items[0]["entitled"] as? [[String: Any]])
    #expect(docs.texts("person") == ["ben", "bo", "cy"])
    #expect(docs.texts("authority") == ["platform", "platform", "delegated"])
    #expect(items[2]["from"] as? [String] == ["platform"])
    let sets = try #require(report["smallestSets"] as? [String: Any])
    #expect(sets["sets"] as? [[String]] == [["ben"], ["bo"]])
    #expect(sets["smallest"] as? Bool == true)
    let people = try #require(report["people"] as? [[String: Any]])
    #expect(people.texts("person") == ["ben", "bo", "cy"])
  }

  @Test func `whoever wrote a contribution does not approve it, and counted approvals stay`() throws {
    let ids = try story.items("contributions --author cy").texts("id")
    let id = try #require(ids.first { $0.hasPrefix("review/") })
    let report = try story.json("reviewers \(id)")
    let items = try #require(report["items"] as? [[String: Any]])
    let people = (items[0]["entitled"] as? [[String: Any]])?.texts("person") ?? []
    #expect(!people.contains("cy"))
    #expect(items[0]["contributors"] as? [String] == ["cy"])
  }

  @Test func `without ID and paths, asks about what is checked out`() throws {
    #expect(story.run("reviewers") == .failed)
    #expect(story.console.complaints.joined().contains("changes nothing"))
    try story.fixture.git("checkout", "--quiet", "-b", "topic")
    try story.fixture.commit(
      "Work", files: ["docs/new.md": "1", "net/new.c": "1"], author: "Ben Ott <ben@example.org>",
      at: DelegateStory.start + 59 * 86_400)
    let report = try story.json("reviewers")
    let items = try #require(report["items"] as? [[String: Any]])
    #expect(items.compactMap { $0["paths"] as? [String] } == [["docs/new.md"], ["net/new.c"]])
    #expect(items[0]["contributors"] as? [String] == ["ben"])
    #expect((report["smallestSets"] as? [String: Any])?["sets"] as? [[String]] == [["bo"]])
  }

  @Test func `paths that nobody may approve are named with who came nearest`() throws {
    let roster = DelegateStory.roster.replacing("[{ team: \"platform\" }]", with: "[]")
    let story = try DelegateStory(extra: ["policies/roster.json5": roster])
    #expect(story.run("reviewers --paths net/http.c") == .met)
    #expect(story.console.output.contains("No set of people would do"))
    #expect(story.console.output.contains("nearest"))
  }

  @Test func `patterns that cover nothing, and paths outside of the repository, are refused`() {
    #expect(story.run(["reviewers", "--paths", "nothing/*"]) == .failed)
    #expect(story.console.complaints.joined().contains("no path"))
    #expect(story.run("reviewers --paths ../etc") == .misused)
    #expect(story.run("reviewers pr/99999") == .failed)
    #expect(story.run("reviewers net/http.c") == .failed)
    #expect(story.console.complaints.joined().contains("paths are named with --paths"))
    #expect(story.run("reviewers pr/1 --paths docs") == .misused)
  }
}
