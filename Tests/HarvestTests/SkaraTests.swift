import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Notes on commits that name the request which landed with them.
@Suite struct SkaraTests {
  private func note(_ text: String, on commit: ObjectID, _ story: HistoryStory) throws {
    try story.fixture.git("notes", "--ref", "refs/notes/commits", "add", "-f", "-m", text, commit.hex)
  }

  @Test func `a note joins a landed commit with the request it came from`() throws {
    let story = try HistoryStory()
    try story.head(7, try story.branch("pool"))
    let commit = try story.fixture.commit("12: Pool\n\nReviewed-by: cy, dee\n", files: ["x": "1"])
    let plain = try story.fixture.commit("Plain", files: ["y": "1"])
    try note(
      "Commit: https://g/x/lib/commit/1\nReview: https://g/x/lib/pull/7\nIssues:\n- https://b/1\n",
      on: commit, story)
    try note("Review: soon\n", on: plain, story)
    let harvested = try story.harvest()
    let trace = try #require(harvested.trace("pr/7", .commitNotes))
    #expect(trace.aliases == [.commit(commit.name)])
    #expect(trace.landing?.commit == commit.name)
    #expect(trace.landing?.grade == .derived)
    #expect(trace.observations.first?.evidence.ref == "refs/notes/commits")
    #expect(harvested.traces.count { $0.source == .commitNotes } == 1)
    let report = harvested.sources.first { $0.source == .commitNotes }
    #expect(report?.records == 2)
    #expect(report?.counts == [.init("reviews", 1)])
    let people = Joining { _ in PersonID(index: 0) }
    let joined = people.join(harvested.traces).first { $0.id == .pullRequest(7) }
    #expect(joined?.state == .merged)
    #expect(joined?.aliases == [.commit(commit.name)])
    #expect(joined?.title == "12: Pool" || joined?.title == "Work")
  }

  @Test func `notes that were written after the as-of moment do not exist`() throws {
    let story = try HistoryStory()
    let commit = try story.fixture.commit("12: Pool", files: ["x": "1"])
    let before = Instant(seconds: story.fixture.clock - 1)
    try note("Review: https://g/x/lib/pull/7\n", on: commit, story)
    #expect(try story.harvest(.init(asOf: before)).trace("pr/7", .commitNotes) == nil)
    #expect(try story.harvest().trace("pr/7", .commitNotes) != nil)
  }

  @Test func `commits that the branch does not hold are left out, and endless notes are told`() throws {
    let story = try HistoryStory()
    let other = try story.branch("other")
    try note("Review: https://g/x/lib/pull/7\n", on: other, story)
    let commit = try story.fixture.commit("12: Pool", files: ["x": "1"])
    try note(
      String(repeating: "x", count: SkaraHarvest.byteLimit) + "\nReview: https://g/x/lib/pull/8\n",
      on: commit, story)
    let harvested = try story.harvest()
    #expect(harvested.traces.allSatisfy { $0.source != .commitNotes })
    #expect(harvested.sources.first { $0.source == .commitNotes }?.unreadable == 1)
    #expect(
      harvested.diagnostics.contains {
        if case .oversized = $0.kind {
          $0.object == commit.name && $0.ref == SkaraHarvest.reference
        } else {
          false
        }
      })
  }

  @Test func `a reference to something that is no note is told`() throws {
    let story = try HistoryStory()
    let blob = try story.fixture.git("hash-object", "-w", "base").filter { !$0.isWhitespace }
    try story.fixture.git("update-ref", "refs/notes/commits", blob)
    let harvested = try story.harvest()
    #expect(harvested.traces.allSatisfy { $0.source != .commitNotes })
    #expect(harvested.diagnostics.contains { $0.ref == SkaraHarvest.reference })
  }

  @Test(arguments: [
    ("Review: https://g/x/lib/pull/7", 7), ("Review:https://g/x/lib/pull/7\r\n", 7),
    ("Commit: x\n\nReview: https://g/l/pull/8/", 8),
    ("Review: 7", nil), ("Review: https://g/x/lib/pull/x", nil), ("Preview: https://g/x/lib/pull/7", nil),
    ("", nil),
    ("Review: https://g/x/lib/pull/07", nil), ("Review: https://g/x/lib/pull/7x", nil),
  ])
  func `the request is read from the Review line`(text: String, number: Int?) {
    #expect(SkaraNote.request(in: Array(text.utf8)) == number)
  }
}
