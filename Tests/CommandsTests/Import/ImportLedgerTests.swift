import Commands
import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

@Suite struct ImportLedgerTests {
  @Test func `annotates a commit that the clone has, and keeps to it`() throws {
    let place = try ImportPlace()
    try place.fixture.git("checkout", "--quiet", "-b", "pool")
    let first = try place.fixture.commit("Add a pool", files: ["pool": "1"])
    let head = try place.fixture.commit("Pool keys", files: ["pool": "2"])
    try place.fixture.git("checkout", "--quiet", "main")
    let squash = try place.fixture.commit("Add a pool (#1)", files: ["pool": "2"])
    try place.fixture.git("branch", "-D", "--quiet", "pool")
    place.use(squash, for: "1111111111111111111111111111111111111113")
    try place.importing("github-list.json", from: "github")
    let notes = try place.fixture.git("notes", "--ref", ImportPlace.reviews, "list")
    #expect(notes.contains(squash.hex) && !notes.contains(first.hex))
    // The same request from a clone that has the branch: everything is known, under the commit chosen before.
    place.use(first, for: "1111111111111111111111111111111111111111")
    place.use(head, for: "1111111111111111111111111111111111111112")
    try place.importing("github-list.json", from: "github")
    #expect(try place.fixture.git("notes", "--ref", ImportPlace.reviews, "list").contains(first.hex) == false)
    let pool = try #require(try place.contributions()["pr/1"])
    #expect(pool["aliases"] as? [String] == ["review/\(squash.hex.prefix(12))"])
    #expect((pool["landed"] as? [String: Any])?["commit"] as? String == squash.hex)
  }

  @Test func `keeps two requests of one commit apart`() throws {
    let place = try ImportPlace()
    let commit = "9999999999999999999999999999999999999991"
    func pull(_ number: Int, _ target: String, _ author: String) -> String {
      """
      {"number": \(number), "title": "To \(target)", "author": {"login": "\(author)"}, "createdAt": "2024-01-0\(number)T09:00:00Z",
       "state": "OPEN", "headRefOid": "\(commit)", "baseRefName": "\(target)",
       "comments": [{"id": "IC_\(number)", "author": {"login": "bo"}, "body": "On \(target)", "createdAt": "2024-01-0\(number)T10:00:00Z"}]}
      """
    }
    #expect(
      place.importing(text: "[\(pull(2, "main", "ada")),\(pull(3, "stable", "cy"))]", from: "github") == .met)
    let items = try place.contributions()
    #expect(items.keys.sorted() == ["pr/2", "pr/3"])
    #expect(
      try place.events(of: "pr/3").filter { $0.contains("comment") } == [
        "2024-01-03T10:00 comment bo recorded"
      ])
  }

  @Test func `writes a new line when something has changed, and leaves the old ones`() throws {
    let place = try ImportPlace()
    func list(_ title: String, _ review: String, _ body: String, draft: Bool, state: String = "OPEN")
      -> String
    {
      """
      [{"number": 5, "title": "\(title)", "author": {"login": "cy"}, "createdAt": "2024-01-05T09:00:00Z", "isDraft": \(draft),
        "state": "\(state)", "headRefOid": "5555555555555555555555555555555555555551", "baseRefName": "main",
        "reviews": [{"id": "PRR_5", "author": {"login": "bo"}, "state": "\(review)", "body": "", "submittedAt": "2024-01-06T09:00:00Z"}],
        "comments": [{"id": "IC_5", "author": {"login": "dee"}, "body": "\(body)", "createdAt": "2024-01-07T09:00:00Z"}]}]
      """
    }
    #expect(place.importing(text: list("One", "APPROVED", "first", draft: true), from: "github") == .met)
    let before = Set(try place.lines(ImportPlace.reviews) + place.lines(ImportPlace.discuss))
    let changed = list("Two", "DISMISSED", "second", draft: false)
    #expect(place.importing(text: changed, from: "github", at: "2024-02-10T00:00:00Z") == .met)
    let after = Set(try place.lines(ImportPlace.reviews) + place.lines(ImportPlace.discuss))
    #expect(before.isSubset(of: after))
    #expect(after.count == before.count + 4)
    let events = try place.events(of: "pr/5")
    #expect(events.contains("2024-02-01T00:00..2024-02-10T00:00 ready - bounded"))
    #expect(events.contains("2024-01-06T09:00 approve bo recorded"))
    #expect(events.contains("2024-01-06T09:00..2024-02-10T00:00 verdict-withdrawn bo bounded"))
    #expect(events.filter { $0.contains("comment dee") }.count == 1)
    let item = try #require(try place.contributions()["pr/5"])
    #expect(item["title"] as? String == "Two")
    #expect(item["state"] as? String == "open")
    let tips = try place.tips()
    #expect(place.importing(text: changed, from: "github", at: "2024-02-11T00:00:00Z") == .met)
    #expect(try place.tips() == tips)
  }

  @Test func `writes into a ledger of its own that is read back beside the clone`() throws {
    let place = try ImportPlace()
    let ledger = place.fixture.folder + "/ledgers/reviews.git"
    #expect(
      try place.importing("github-list.json", from: "github", "--into", ledger) == .met, "\(place.complaints)"
    )
    #expect(place.output.contains("Read it back with --with"))
    #expect(try place.fixture.git("for-each-ref", "refs/notes") == "")
    let lines = try place.lines(ImportPlace.reviews, in: ledger)
    #expect(try place.contributions("--with", ledger)["pr/2"]?["state"] as? String == "abandoned")
    #expect(try place.contributions()["pr/2"] == nil)
    #expect(try place.importing("github-list.json", from: "github", "--into", ledger) == .met)
    #expect(try place.lines(ImportPlace.reviews, in: ledger) == lines)
    // The same reviews in both places are told once.
    try place.importing("github-list.json", from: "github")
    #expect(try place.events(of: "pr/1", "--with", ledger) == place.events(of: "pr/1"))
    #expect(
      try place.importing("github-list.json", from: "github", "--into", place.path + "/.git/refs") == .failed)
  }

  @Test func `agrees with git-appraise on the names of comments that carry marks`() throws {
    let place = try ImportPlace()
    try place.importing("github-graphql.json", from: "github")
    let lines = try place.lines(ImportPlace.discuss)
    let answer = try #require(lines.first { $0.contains("PRRC_2") })
    let question = try #require(lines.first { $0.contains("\"PRRC_1\"") })
    // git-appraise names a comment by the line that it would write itself, which ends before the mark.
    let mark = try #require(question.range(of: ",\"forge\""))
    let own = Array((question[..<mark.lowerBound] + "}").utf8)
    let digest = try sha1(own, place.fixture)
    #expect(answer.contains("\"parent\":\"\(digest)\""))
  }

  private func sha1(_ bytes: [UInt8], _ fixture: TemporaryRepository) throws -> String {
    try fixture.write(bytes, to: "line")
    try fixture.run("sh", "-c", "sha1sum line > sum")
    return String(try String(contentsOfFile: fixture.path + "/sum", encoding: .utf8).prefix(40))
  }

  @Test func `writes nothing in a rehearsal`() throws {
    let place = try ImportPlace()
    let ledger = place.fixture.folder + "/reviews.git"
    #expect(try place.importing("github-list.json", from: "github", "--dry-run", "--into", ledger) == .met)
    #expect(place.output.contains("nothing was written"))
    #expect(!FileManager.default.fileExists(atPath: ledger))
    #expect(try place.importing("github-list.json", from: "github", "--dry-run") == .met)
    #expect(try place.fixture.git("for-each-ref", "refs/notes") == "")
    #expect(!FileManager.default.fileExists(atPath: place.path + "/.git/tributary.lock"))
  }

  @Test func `commits as the person whom git knows, else as the program`() throws {
    let place = try ImportPlace()
    try place.importing("github-list.json", from: "github")
    let format = "--format=%cn <%ce> %cI %s"
    #expect(
      try place.fixture.git("log", "-1", format, ImportPlace.reviews)
        == "tributary <tributary@localhost> 2024-02-01T00:00:00+00:00 Import reviews from GitHub")
    try place.fixture.git("config", "user.name", "Ada Ray")
    place.variables["GIT_COMMITTER_EMAIL"] = "ada@example.org"
    try place.importing("github-graphql.json", from: "github")
    #expect(
      try place.fixture.git("log", "-1", "--format=%cn <%ce>", ImportPlace.reviews)
        == "Ada Ray <ada@example.org>")
  }

  @Test func `reads notes that were merged and sorted as before`() throws {
    let place = try ImportPlace()
    try place.importing("github-list.json", from: "github")
    let events = try ["pr/1", "pr/2", "pr/3"].map { try place.events(of: $0) }
    for reference in [ImportPlace.reviews, ImportPlace.discuss] {
      try place.fixture.git("update-ref", "refs/notes/other", reference)
      try place.fixture.git(
        "notes", "--ref", "refs/notes/other", "append", "-m", "{}", "1111111111111111111111111111111111111111"
      )
      try place.fixture.git(
        "notes", "--ref", reference, "append", "-m", " ", "--allow-empty",
        "1111111111111111111111111111111111111111")
      try place.fixture.git("notes", "--ref", reference, "merge", "-s", "cat_sort_uniq", "refs/notes/other")
    }
    #expect(try place.contributions()["pr/2"]?["state"] as? String == "abandoned")
    #expect(try place.events(of: "pr/2") == events[1])
    #expect(try place.events(of: "pr/3") == events[2])
  }
}
