import Commands
import Git
import Support
import Testing

/// Versions of GitLab's merge requests that come later than the requests themselves.
@Suite struct ImportVersionsTests {
  private static let first = String(repeating: "1", count: 39) + "1"
  private static let head = String(repeating: "1", count: 39) + "2"
  private static let other = String(repeating: "4", count: 40)

  /// An answer of `projects/:id/merge_requests/N/versions`, which has no number that people use.
  private func versions(_ own: Int, _ heads: [(commit: String, at: String)]) -> String {
    let list = heads.enumerated().map { place, head in
      """
      {"id": \(70 + place), "head_commit_sha": "\(head.commit)", "base_commit_sha": "\(Self.other)",
       "created_at": "\(head.at)", "merge_request_id": \(own), "state": "collected", "real_size": "1"}
      """
    }
    return "[\(list.reversed().joined(separator: ",\n"))]"
  }

  private var both: String {
    versions(9001, [(Self.first, "2024-01-02T09:00:01.500Z"), (Self.head, "2024-01-03T08:00:00Z")])
  }

  private func revisions(_ place: ImportPlace, of id: String) throws -> [String] {
    try place.events(of: id).filter { $0.contains("revision") }
  }

  @Test func `date the heads of the request in the ledger that has one of them`() throws {
    let place = try ImportPlace()
    try place.importing("gitlab.json", from: "gitlab")
    #expect(
      try revisions(place, of: "mr/1") == ["2024-01-02T09:00..2024-01-04T09:59 revision - bounded"])
    let before = Set(try place.lines(ImportPlace.reviews))
    #expect(place.importing(text: both, from: "gitlab") == .met, "\(place.complaints)")
    #expect(!place.output.contains("left out"))
    #expect(
      try revisions(place, of: "mr/1") == [
        "2024-01-02T09:00 revision - recorded", "2024-01-03T08:00 revision - recorded",
      ])
    #expect(before.isSubset(of: try place.lines(ImportPlace.reviews)))
    #expect(try place.contributions()["mr/1"]?["state"] as? String == "merged")
    let tips = try place.tips()
    #expect(place.importing(text: both, from: "gitlab", at: "2024-02-05T00:00:00Z") == .met)
    #expect(try place.tips() == tips)
  }

  @Test func `tell the same before and after, and in one input with the request`() throws {
    let apart = try ImportPlace()
    try apart.importing("gitlab.json", from: "gitlab")
    _ = apart.importing(text: both, from: "gitlab")
    let events = try apart.events(of: "mr/1")
    try apart.importing("gitlab.json", from: "gitlab")
    #expect(try apart.events(of: "mr/1") == events)
    let numbered = both.replacing("\"merge_request_id\"", with: "\"iid\": 1, \"merge_request_id\"")
    let known = try ImportPlace()
    try known.importing("gitlab.json", from: "gitlab")
    #expect(known.importing(text: numbered, from: "gitlab") == .met)
    #expect(try known.events(of: "mr/1") == events)
  }

  @Test func `are found by the head that the clone has, and a declined request stays declined`() throws {
    let place = try ImportPlace()
    try place.importing("gitlab.json", from: "gitlab")
    try place.fixture.git("checkout", "--quiet", "-b", "idea")
    let commit = try place.fixture.commit("Idea", files: ["idea": "2"])
    try place.fixture.git("checkout", "--quiet", "main")
    try place.fixture.git("update-ref", "refs/merge-requests/3/head", commit.hex)
    let text = versions(9003, [(Self.other, "2024-01-05T10:00:00Z"), (commit.hex, "2024-01-07T10:00:00Z")])
    #expect(place.importing(text: text, from: "gitlab") == .met)
    #expect(
      try revisions(place, of: "mr/3").suffix(1) == ["2024-01-07T10:00 revision - recorded"])
    #expect(try place.contributions()["mr/3"]?["state"] as? String == "abandoned")
  }

  @Test func `of no request or of several are left out, and counted`() throws {
    let place = try ImportPlace()
    try place.importing("gitlab.json", from: "gitlab")
    let tips = try place.tips()
    let lost = versions(1, [(Self.other, "2024-01-05T10:00:00Z")])
    let mixed = versions(
      2,
      [
        (Self.head, "2024-01-05T10:00:00Z"),
        (String(repeating: "2", count: 39) + "1", "2024-01-05T11:00:00Z"),
      ])
    #expect(place.importing(text: lost + mixed, from: "gitlab") == .met)
    #expect(place.output.contains("3 left out"), "\(place.output)")
    #expect(try place.tips() == tips)
    let broken = versions(9001, [(Self.head, "yesterday")])
    #expect(place.importing(text: lost + broken, from: "gitlab") == .incomplete)
    #expect(place.complaints.joined().contains("document 2: [0].created_at: is 'yesterday', a time"))
  }
}
