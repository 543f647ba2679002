import Commands
import Facts
import Support
import Testing

/// Comments on lines as Gerrit's REST interface gives them: in an answer of their own.
@Suite struct ImportGerritCommentTests {
  private static let commit = String(repeating: "1", count: 40)

  private func change(_ number: Int = 7, commit: String = ImportGerritCommentTests.commit) -> String {
    """
    )]}'
    {"_number": \(number), "branch": "main", "subject": "Pool", "status": "NEW",
     "created": "2024-01-02 09:00:00.000000000", "updated": "2024-01-03 09:00:00.000000000",
     "owner": {"email": "cy@example.org"},
     "revisions": {"\(commit)": {"_number": 1, "created": "2024-01-02 09:00:00.000000000", "uploader": {"email": "cy@example.org"}}},
     "messages": [{"id": "m1", "author": {"email": "bo@example.org"}, "date": "2024-01-02 11:00:00.000000000",
       "message": "Patch Set 1:\\n\\n(1 comment)", "_revision_number": 1}]}

    """
  }

  private func comment(_ id: String, by: String, _ hour: String, _ more: String = "") -> String {
    """
    {"id": "\(id)", "author": {"email": "\(by)@example.org"}, "updated": "2024-01-02 \(hour):00:00.000000000",
     "message": "Why? \(id)", "patch_set": 1, "line": 3\(more)}
    """
  }

  private func comments(_ more: String = "", path: String = "pool.c") -> String {
    ")]}'\n{\"\(path)\": [" + comment("c1", by: "bo", "11", ", \"unresolved\": true" + more) + ","
      + comment("c2", by: "cy", "12", ", \"unresolved\": false, \"in_reply_to\": \"c1\"" + more) + "]}\n"
  }

  @Test func `comments behind their change are told with file, line and thread`() throws {
    let place = try ImportPlace()
    #expect(place.importing(text: change() + comments(), from: "gerrit") == .met, "\(place.complaints)")
    let told = try place.events(of: "change/7").filter { $0.contains("comment") }
    #expect(
      told == [
        "2024-01-02T11:00 comment bo@example.org recorded",
        "2024-01-02T12:00 comment cy@example.org recorded",
      ])
    let lines = try place.lines(ImportPlace.discuss)
    #expect(lines.count { $0.contains("\"path\":\"pool.c\"") && $0.contains("\"startLine\":3") } == 2)
    #expect(lines.count { $0.contains("\"parent\"") } == 1)
  }

  @Test func `the same input again adds nothing`() throws {
    let place = try ImportPlace()
    place.importing(text: change() + comments(), from: "gerrit")
    let tips = try place.tips()
    #expect(place.importing(text: change() + comments(), from: "gerrit") == .met)
    #expect(try place.tips() == tips)
  }

  @Test func `comments that name a commit find their change wherever it stands`() throws {
    let place = try ImportPlace()
    let named = comments(", \"commit_id\": \"\(Self.commit)\"")
    let other = change(8, commit: String(repeating: "2", count: 40))
    #expect(place.importing(text: named + change() + other, from: "gerrit") == .met, "\(place.complaints)")
    #expect(try place.events(of: "change/7").count { $0.contains("comment") } == 2)
  }

  @Test func `comments without a change are refused with the reason`() throws {
    let place = try ImportPlace()
    #expect(place.importing(text: comments(), from: "gerrit") == .failed)
    #expect(place.complaints.joined().contains("are comments without their change"), "\(place.complaints)")
  }

  @Test(arguments: [
    "{\"pool.c\": [{\"id\": \"\", \"updated\": \"2024-01-02 11:00:00.000000000\"}]}",
    "{\"pool.c\": [{\"id\": \"a\", \"updated\": \"yesterday\"}]}",

    "{\"pool.c\": []}", "{\"pool.c\": 7}", "{\"pool.c\": [[[]]]}",
  ])
  func `broken comments are refused, and nothing is lost in silence`(text: String) throws {
    let place = try ImportPlace()
    let ending = place.importing(text: change() + text, from: "gerrit")
    #expect(ending == .incomplete)
    #expect(!place.complaints.isEmpty)
  }
}
