import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Notes of the reviewnotes plugin in real repositories.
@Suite struct ReviewNotesHarvestTests {
  private let ref = "refs/notes/review"

  private func note(_ text: String, on object: ObjectID, in fixture: TemporaryRepository) throws {
    try fixture.git("notes", "--ref", ref, "append", "-m", text, object.hex)
  }

  private func block(
    _ number: Int, host: String = "review.example.org", votes: [String] = [],
    at date: String = "Mon, 01 Jan 2024 09:00:00 +0100"
  ) -> String {
    (votes + [
      "Submitted-by: Cy Orr <cy@example.org>", "Submitted-at: \(date)",
      "Reviewed-on: https://\(host)/c/lib/+/\(number)", "Project: lib", "Branch: refs/heads/main",
    ]).joined(separator: "\n")
  }

  private func harvest(
    _ fixture: TemporaryRepository, _ options: Harvester.Options = .init()
  ) throws -> Harvested {
    try Harvester(try fixture.open(), options).harvest()
  }

  @Test func `a note tells number, author, final votes, landing and branch of its commit`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("Cache lookups\n\nBody", author: "Bo Lin <bo@example.org>")
    try note(
      block(
        4711,
        votes: [
          "Code-Review+2: Cy Orr <cy@example.org>", "Code-Review+1: Di Poe <di@example.org>",
          "Code-Review-2: Ed Sun <ed@example.org>", "Verified+1: CI Bot",
        ]), on: commit, in: fixture)
    let trace = try #require(try harvest(fixture).trace("change/4711", .reviewNotes))
    #expect(trace.title == "Cache lookups")
    #expect(trace.author == Identity(name: "Bo Lin", email: "bo@example.org"))
    #expect(trace.target == "refs/heads/main")
    #expect(trace.commits == [commit.name])
    #expect(trace.standing == .change(.merged))
    let landing = try #require(trace.landing)
    #expect(landing.commit == commit.name)
    #expect(landing.at.rfc3339 == "2024-01-01T08:00:00Z")
    #expect(landing.by?.email == "cy@example.org")
    #expect(landing.grade == .recorded)
    #expect(trace.opening == .between(Instant(seconds: TemporaryRepository.start), landing.at))
    let votes = trace.observations.filter { $0.kind != .opened && $0.grade == .derived }
    #expect(
      votes.map(\.kind) == [
        .verdict(.approve, revision: commit.name), .verdict(.neutral, revision: commit.name),
        .verdict(.reject, revision: commit.name),
        .labelled(Vote(label: "Verified", value: 1), revision: commit.name),
      ])
    #expect(votes.map(\.vote?.value) == [2, 1, -2, nil])
    #expect(votes.allSatisfy { $0.time == .between(nil, landing.at) })
    #expect(votes.allSatisfy { $0.evidence == Evidence(ref: ref, object: commit.name) })
    #expect(votes.last?.actor == Identity(name: "CI Bot", email: ""))
  }

  @Test func `the plain commit is told by the note alone, with its paths, trailers and reverts`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base")
    let commit = try fixture.commit(
      "Cache\n\nChange-Id: I1111111111111111111111111111111111111111\nReviewed-by: Di Poe <di@example.org>\n",
      files: ["cache.c": "1"], author: "Bo Lin <bo@example.org>")
    try fixture.git("revert", "--no-edit", "HEAD")
    try note(block(7), on: commit, in: fixture)
    let harvested = try harvest(fixture)
    #expect(harvested.traces.filter { $0.commits.contains(commit.name) }.map(\.id) == [.change("7")])
    let trace = try #require(harvested.trace("change/7", .reviewNotes))
    #expect(trace.paths?.map { harvested.paths[Int($0)] } == ["cache.c"])
    #expect(trace.mentions == ["Reviewed-by Di Poe <di@example.org>"])
    #expect(trace.observations.contains { if case .reverted = $0.kind { true } else { false } })
    let joined = Joining { _ in PersonID(index: 0) }.join(harvested.traces)
    #expect(joined.map(\.state) == [.merged, .merged, .merged])
  }

  @Test func `a request that lands with the annotated commit is the same contribution`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base")
    let commit = try fixture.commit("Cache (#12)")
    let other = try fixture.commit("Index (#13)")
    try note(block(7), on: commit, in: fixture)
    let joined = Joining { _ in PersonID(index: 0) }.join(try harvest(fixture).traces)
    #expect(joined.first { $0.id == .pullRequest(12) }?.aliases == [.change("7")])
    #expect(joined.first { $0.id == .pullRequest(13) }?.aliases == [])
    #expect(joined.count { $0.commits.contains(other.name) } <= 1)
    #expect(joined.count == 3)
  }

  @Test func `the first host keeps the bare number, another one gets its name behind it`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("First")
    let second = try fixture.commit("Second")
    let third = try fixture.commit("Third")
    let later = "Tue, 02 Jan 2024 09:00:00 +0000"
    try note(block(5, host: "new.example.org", at: later), on: first, in: fixture)
    try note(block(5, host: "OLD.example.org"), on: second, in: fixture)
    try note(block(5, host: "old.example.org", at: later), on: third, in: fixture)
    let traces = try harvest(fixture).traces.filter { $0.source == .reviewNotes }
    #expect(traces.map(\.id.description) == ["change/5", "change/5@new.example.org"])
    #expect(traces.map(\.commits) == [[second.name, third.name], [first.name]])
  }

  @Test func `without a number the commit is the name, without a submitter its date the landing`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("Cache", committedAt: TemporaryRepository.start + 60)
    try note("Verified-1: CI\nProject: lib\nBranch: refs/heads/main", on: commit, in: fixture)
    let trace = try #require(try harvest(fixture).trace(commit.contribution, .reviewNotes))
    #expect(trace.landing?.grade == .derived)
    #expect(trace.landing?.by == nil)
    #expect(trace.landing?.at.seconds == TemporaryRepository.start + 60)
  }

  @Test func `a change on another branch is told with its target`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base")
    try fixture.git("checkout", "-q", "-b", "stable")
    let commit = try fixture.commit("Fix")
    try fixture.git("checkout", "-q", "main")
    let text = block(9).replacing("refs/heads/main", with: "refs/heads/stable")
    try note(text, on: commit, in: fixture)
    let trace = try #require(try harvest(fixture).trace("change/9", .reviewNotes))
    #expect(trace.target == "refs/heads/stable")
    #expect(trace.title == "Fix")
  }

  @Test func `nothing that landed after the as-of moment is told, nor before the window`() throws {
    let fixture = try TemporaryRepository()
    let commits = try (1...3).map { try fixture.commit("Change \($0)") }
    for (number, commit) in commits.enumerated() {
      try note(
        block(number, at: "Mon, 0\(number + 1) Jan 2024 09:00:00 +0000").replacing("/+/0", with: "/+/10"),
        on: commit, in: fixture)
    }
    func told(_ options: Harvester.Options) throws -> [String] {
      try harvest(fixture, options).names(.reviewNotes)
    }
    #expect(try told(.init()) == ["change/1", "change/2", "change/10"])
    #expect(try told(.init(asOf: Instant(text: "2024-01-02T09:00:00Z"))) == ["change/1", "change/10"])
    #expect(try told(.init(since: Instant(text: "2024-01-02T09:00:00Z"))) == ["change/1", "change/2"])
  }

  @Test func `a note on a missing commit still proves the landing, one on a file does not`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    let blob = try fixture.object("blob", Array("text".utf8))
    try note(block(3), on: blob, in: fixture)
    let gone = try fixture.object("commit", Array("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nx".utf8))
    try note(block(4), on: gone, in: fixture)
    let digits = gone.hex
    try fixture.run("rm", "-f", ".git/objects/\(digits.prefix(2))/\(digits.dropFirst(2))")
    let harvested = try harvest(fixture)
    #expect(harvested.names(.reviewNotes) == ["change/4"])
    #expect(harvested.trace("change/4", .reviewNotes)?.landing?.grade == .recorded)
    let kinds = harvested.diagnostics.filter { $0.ref == ref }
    #expect(Set(kinds.map(\.kind)) == [.missingObject, .notACommit])
    #expect(Set(kinds.map(\.object)) == [gone.name, blob.name])
    let report = try #require(harvested.sources.first { $0.source == .reviewNotes })
    #expect(report.records == 2)
    #expect(report.counts.contains(.init("missing-objects", 1)))
  }

  @Test func `bad lines and oversized notes are reported, the rest is told`() throws {
    let fixture = try TemporaryRepository()
    let good = try fixture.commit("Good")
    let large = try fixture.commit("Large")
    try note("what is this\n" + block(1), on: good, in: fixture)
    let blob = try fixture.object("blob", Array(repeating: 0x41, count: ReviewNotesText.byteLimit + 1))
    try fixture.git("notes", "--ref", ref, "add", "-C", blob.hex, large.hex)
    let harvested = try harvest(fixture)
    #expect(harvested.names(.reviewNotes) == ["change/1"])
    #expect(harvested.diagnostics.filter { $0.ref == ref }.count == 2)
    #expect(harvested.sources.first { $0.source == .reviewNotes }?.unreadable == 2)
  }

  @Test func `the same change told twice on one commit counts once`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("Change")
    try note(block(1, votes: ["Code-Review+1: A <old@x>"]), on: commit, in: fixture)
    try note(block(1, votes: ["Code-Review+1: A <new@x>"]), on: commit, in: fixture)
    let trace = try #require(try harvest(fixture).trace("change/1", .reviewNotes))
    #expect(trace.commits == [commit.name])
    #expect(trace.observations.filter { $0.vote != nil }.map(\.actor?.email) == ["old@x"])
  }
}
