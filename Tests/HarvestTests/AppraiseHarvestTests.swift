import Facts
import Git
import Support
import Testing

@testable import Harvest

@Suite struct AppraiseHarvestTests: AppraiseNotes {
  @Test func `tells the whole life of a review that was merged`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    try fixture.git("checkout", "-q", "-b", "cache")
    let first = try fixture.commit("Cache\n\nLong text.", files: ["b": "1"])
    let opened = fixture.clock
    try append(
      request(opened, branch: "refs/heads/cache"), to: reviews, on: first, in: fixture)
    let reject = comment(fixture.clock, "bo@example.org", on: first.hex, resolved: false)
    try append(reject, to: discuss, on: first, in: fixture)
    let second = try fixture.commit("Fix", files: ["b": "2"])
    let fixed = comment(
      fixture.clock, "bo@example.org", resolved: true, parent: SHA1.digest(of: Array(reject.utf8)).hex)
    try append(fixed, to: discuss, on: first, in: fixture)
    let accept = comment(fixture.clock, "bo@example.org", on: String(second.hex.prefix(12)), resolved: true)
    try append(accept, to: discuss, on: first, in: fixture)
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", "Submitting review \(first.hex.prefix(12))", "cache")
    let merge = try fixture.id(of: "main")

    let result = try AppraiseHarvest.read(try fixture.open())
    let trace = try #require(result.traces.first)
    #expect(trace.id == .review(ObjectName(git: first)))
    #expect(trace.title == "Add cache")
    #expect(trace.standing == .appraise(.submitted))
    #expect(trace.target == "refs/heads/main")
    #expect(trace.author == Identity(name: "", email: "ada@example.org"))
    #expect(trace.coauthors.isEmpty)
    #expect(trace.commits == [first, second].map { ObjectName(git: $0) })
    #expect(
      trace.observations.map(summary) == [
        "2h opened by ada@example.org, recorded", "2h revision \(short(first)) by ada@example.org, recorded",
        "2h asked bo@example.org by ada@example.org, recorded",
        "4h..6h revision \(short(second)) by -, bounded",
        "3h reject \(short(first)) by bo@example.org, recorded",
        "5h comment by bo@example.org, recorded", "6h approve \(short(second)) by bo@example.org, recorded",
        "5h verdictWithdrawn by bo@example.org, recorded",
        "7h landed \(short(merge)) by ada@example.org, derived",
      ])
    #expect(trace.observations[0].evidence.description == "\(reviews)@\(first.hex)")
    #expect(trace.observations[4].evidence.description == "\(discuss)@\(first.hex)")
    #expect(trace.observations.last?.evidence.description == "commit@\(merge.hex)")
    #expect(result.diagnostics.isEmpty)
    #expect(result.summary.status == [.submitted: 1])
    #expect(result.summary.comments == 3)
    #expect(result.summary.latest == Instant(seconds: TemporaryRepository.start + 6 * 3600))
  }

  @Test func `an open review ends at the tip of its branch, whatever history is handed in`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    try fixture.git("checkout", "-q", "-b", "cache")
    let first = try fixture.commit("Cache", files: ["b": "1"])
    try append(
      request(fixture.clock, branch: "refs/heads/cache", requester: "bo", description: ""), to: reviews,
      on: first,
      in: fixture)
    let tip = try fixture.commit("More", files: ["b": "2"])
    let repository = try fixture.open()
    let result = try AppraiseHarvest.read(repository)
    let trace = try #require(result.traces.first)
    #expect(trace.standing == .appraise(.pending))
    #expect(trace.title == "Cache")
    #expect(trace.coauthors.map(\.email) == ["ada@example.org"])
    #expect(trace.commits == [first, tip].map { ObjectName(git: $0) })
    #expect(trace.observations.map(summary).contains("3h.. revision \(short(tip)) by -, bounded"))
    let whole = try History.load(repository, roots: [tip])
    #expect(try AppraiseHarvest.read(repository, history: whole).traces == result.traces)
    let part = try History.load(repository, roots: [first])
    #expect(try AppraiseHarvest.read(repository, history: part).traces == result.traces)
  }

  @Test func `a fast-forward leaves neither the time nor the person that landed`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    let first = try fixture.commit("Cache", files: ["b": "1"])
    try append(request(fixture.clock), to: reviews, on: first, in: fixture)
    func landing() throws -> String? {
      try AppraiseHarvest.read(try fixture.open()).traces.first?.observations.last.map(summary)
    }
    #expect(try landing() == "2h.. landed \(short(first)) by -, bounded")
    try fixture.commit("Perhaps still the same review", files: ["b": "2"])
    #expect(try landing() == "2h.. landed \(short(first)) by -, bounded")
    try fixture.git("checkout", "-q", "-b", "other")
    try fixture.commit("Other", files: ["c": "1"])
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", "Merge pull request #7 from cy/other", "other")
    #expect(try landing() == "2h..5h landed \(short(first)) by -, bounded")
  }

  @Test func `a rebased review is submitted by its alias, and its old head is found in the archive`() throws {
    let fixture = try TemporaryRepository()
    let base = try fixture.commit("Base", files: ["a": "1"])
    try fixture.git("checkout", "-q", "-b", "cache")
    let first = try fixture.commit("Cache", files: ["b": "1"])
    let opened = fixture.clock
    try append(request(opened, branch: "refs/heads/cache"), to: reviews, on: first, in: fixture)
    let old = try fixture.commit("More", files: ["b": "2"])
    let archive = try fixture.git(
      "commit-tree", "-p", old.hex, "-m", "Archive \(old.hex)", "\(old.hex)^{tree}")
    try fixture.git("update-ref", "refs/devtools/archives/reviews", archive)
    try fixture.git("checkout", "-q", "-B", "cache", base.hex)
    let alias = try fixture.commit("Cache, rebased", files: ["b": "2"], committer: "Bo Xu <bo@example.org>")
    try append(request(opened, branch: "refs/heads/cache", alias: alias), to: reviews, on: first, in: fixture)
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--ff-only", "cache")
    let trace = try #require(try AppraiseHarvest.read(try fixture.open()).traces.first)
    #expect(trace.standing == .appraise(.submittedWithoutAcceptance))
    #expect(trace.commits == [ObjectName(git: alias)])
    #expect(
      trace.observations.map(summary) == [
        "2h opened by ada@example.org, recorded", "2h revision \(short(first)) by ada@example.org, recorded",
        "2h asked bo@example.org by ada@example.org, recorded",
        "2h..6h revision \(short(alias)) by ada@example.org, bounded",
        "3h..4h revision \(short(old)) by -, bounded",
        "5h landed \(short(alias)) by bo@example.org, derived",
      ])
  }

  @Test func `abandoning is known from the notes' history after a merge of notes has hidden it`() throws {
    let fixture = try TemporaryRepository()
    let base = try fixture.commit("Base", files: ["a": "1"])
    try fixture.git("checkout", "-q", "-b", "cache")
    let first = try fixture.commit("Cache", files: ["b": "1"])
    let opened = fixture.clock
    try append(request(opened), to: reviews, on: first, in: fixture)
    try fixture.git("update-ref", "refs/notes/other", reviews)
    try append(request(opened, target: ""), to: reviews, on: first, in: fixture)
    var result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.summary.abandonedByHistoryOnly == 0)
    #expect(
      result.traces.first?.observations.last.map(summary) == "2h..3h abandoned by ada@example.org, bounded")

    try append(request(opened, description: "Other copy"), to: "refs/notes/other", on: first, in: fixture)
    try append(request(fixture.clock), to: "refs/notes/other", on: base, in: fixture)
    try fixture.git("notes", "--ref", reviews, "merge", "-q", "-s", "cat_sort_uniq", "refs/notes/other")
    result = try AppraiseHarvest.read(try fixture.open())
    let trace = try #require(result.traces.first { $0.id == .review(ObjectName(git: first)) })
    #expect(trace.standing == .appraise(.pending))
    let endings = trace.observations.map(summary).filter {
      $0.contains("abandoned") || $0.contains("restored")
    }
    #expect(endings.first == "2h..3h abandoned by ada@example.org, bounded")
    // The other clone's copy came later, on its own line of history.
    #expect(endings.last == "2h..4h restored by ada@example.org, bounded")
  }

  @Test func `a line's time is that of its notes commit, also when notes move into folders`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    let line = request(nil, requester: "")
    let name = first.hex
    let empty = try writeNotes([], ref: reviews, in: fixture)
    let flat = try writeNotes(
      [(name, try blob(line + "\n", in: fixture))], ref: reviews, parents: [empty], in: fixture)
    let folded = "\(name.prefix(2))/\(name.dropFirst(2))"
    let moved = try writeNotes(
      [(folded, try blob(line + "\n", in: fixture))], ref: reviews, parents: [flat], in: fixture)
    let second = request(nil, requester: "cy@example.net")
    _ = try writeNotes(
      [(folded, try blob("\(line)\n\n\(second)\n", in: fixture))], ref: reviews, parents: [moved], in: fixture
    )
    let result = try AppraiseHarvest.read(try fixture.open())
    let trace = try #require(result.traces.first)
    #expect(trace.observations.first.map(summary) == "1h..2h opened by ada@example.org, bounded")
    #expect(trace.author?.email == "ada@example.org")
    #expect(result.summary.withoutTimestamp == 1)
  }

  @Test func `reads the fetched copy of notes only where there are no merged ones`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    let copy = "refs/notes/remotes/origin/devtools/reviews"
    try append(request(fixture.clock, branch: "refs/pull/12/head"), to: copy, on: first, in: fixture)
    var trace = try #require(try AppraiseHarvest.read(try fixture.open()).traces.first)
    #expect(trace.observations.first?.evidence.ref == copy)
    #expect(trace.aliases == [.pullRequest(12)])
    try append(request(fixture.clock), to: reviews, on: first, in: fixture)
    trace = try #require(try AppraiseHarvest.read(try fixture.open()).traces.first)
    #expect(trace.observations.first?.evidence.ref == reviews)
    #expect(trace.aliases.isEmpty)
  }

  @Test func `counts comments on a path apart, by the commit that Git makes for it`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    let environment = [
      "GIT_AUTHOR_NAME": "nobody", "GIT_AUTHOR_EMAIL": "nobody", "GIT_AUTHOR_DATE": "100000000 +0000",
      "GIT_COMMITTER_NAME": "nobody", "GIT_COMMITTER_EMAIL": "nobody",
      "GIT_COMMITTER_DATE": "100000000 +0000",
    ]
    let tree = try fixture.git(["mktree"])
    let made = try fixture.git(["commit-tree", "-m", "src/lib.c", tree], environment: environment)
    #expect(made == "d7229dcafa3e273f70460459eac748b156148690")
    let commit = try fixture.id(of: made)
    try append(comment(1_700_000_000, "bo", path: "src/lib.c"), to: discuss, on: commit, in: fixture)
    try append(comment(1_700_000_000, "bo", path: "src/other.c"), to: discuss, on: commit, in: fixture)
    let result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.traces.isEmpty)
    #expect(result.summary.detachedComments == 1)
    #expect(result.summary.commentsWithoutRequest == 1)
  }

  @Test func `a repository without such notes has nothing to say`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    let result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.traces.isEmpty)
    #expect(result.diagnostics.isEmpty)
    #expect(result.summary == AppraiseSummary())
  }
}
