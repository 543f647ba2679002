import Facts
import Git
import Support
import Testing

@testable import Harvest

@Suite struct GittufTests: AppraiseNotes {
  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
    ("Zm9vYmFy", "foobar"), ("Zm9v\nYmFy\n", "foobar"), ("Zm8", "fo"), ("_-8=", "\u{7}"),
  ])
  func `reads base 64 as its standard writes it`(text: String, plain: String) {
    let expected = text == "_-8=" ? [0xFF, 0xEF] : Array(plain.utf8)
    #expect(Base64.decode(text.utf8) == expected)
  }

  @Test(arguments: ["Z", "Zg=", "Zg===", "Z=g=", "Zm9v=", "Zm9*", "é", "===="])
  func `refuses what is no base 64`(text: String) { #expect(Base64.decode(text.utf8) == nil) }

  @Test func `tells a request with its approvals at the commits that first have them`() throws {
    let story = try GittufStory()
    let (head, merge, old, tree) = try story.land("cache")
    let path = GittufText.approvalPath(old, tree)
    let first = try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7"]))
    let second = try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7", "di+8"]))
    try story.attest(
      "github-pull-requests/app-1/refs/heads/main/\(merge.hex)",
      GittufText.request(
        12, commit: merge, head: head, created: "2024-01-01T00:30:00Z", merged: "2024-01-01T02:00:09Z"))
    let harvested = try story.harvest()
    let trace = try #require(harvested.traces.first { $0.source == .gittuf })
    #expect(trace.id == .pullRequest(12))
    #expect(trace.title == "Add cache")
    #expect(trace.author == Identity(name: "", email: "cy-orr"))
    #expect(trace.target == "refs/heads/main")
    #expect(trace.commits == [ObjectName(git: head)])
    #expect(
      trace.observations.map(summary) == [
        "0h opened by cy-orr, recorded", "1h..2h revision \(short(head)) by -, bounded",
        "0h..2h asked di by -, bounded", "2h landed \(short(merge)) by ada, recorded",
        "3h approve \(short(head)) by bo, recorded", "4h approve \(short(head)) by di, recorded",
      ])
    #expect(trace.observations[4].evidence == Evidence(ref: "refs/gittuf/attestations", object: first))
    #expect(trace.observations[5].evidence.object == second)
    #expect(harvested.diagnostics.isEmpty)
    // The plain commit is told as part of the request, and nowhere else.
    #expect(harvested.traces.filter { $0.id == .commit(ObjectName(git: head)) }.isEmpty)
  }

  @Test func `an approval ends with the commit that takes it back`() throws {
    let story = try GittufStory()
    let (_, merge, old, tree) = try story.land("cache")
    let path = GittufText.approvalPath(old, tree)
    try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7", "di+8"]))
    try story.attest(path, GittufText.approvals(old, tree, by: ["di+8"], dismissed: ["bo+7"]))
    try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7", "di+8"]))
    try story.attest(path, nil)
    let harvested = try story.harvest()
    let trace = try #require(harvested.traces.first { $0.source == .gittuf })
    #expect(trace.commits == [ObjectName(git: merge)])
    #expect(
      trace.observations.map(summary) == [
        "3h approve - by bo, recorded", "3h approve - by di, recorded",
        "4h verdictWithdrawn by bo, recorded", "5h approve - by bo, recorded",
        "6h verdictWithdrawn by bo, recorded", "6h verdictWithdrawn by di, recorded",
      ])
  }

  @Test func `nothing later than the moment counts, and what it made of the log neither`() throws {
    let story = try GittufStory()
    let (_, merge, old, tree) = try story.land("cache", message: "Merge pull request #12 from cy/cache")
    let path = GittufText.approvalPath(old, tree)
    try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7"]))
    let between = story.fixture.clock - 1
    try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7", "di+8"]))
    _ = try story.push(old, number: 1)
    _ = try story.push(merge, number: 2)
    let then = try story.harvest(asOf: between)
    let traces = then.traces.filter { $0.source == .gittuf }
    #expect(traces.map(\.id) == [.pullRequest(12)])
    #expect(traces.first?.observations.map(summary) == ["3h approve - by bo, recorded"])
    #expect(then.traces.contains { $0.source == .pushLog } == false)
    let now = try story.harvest()
    let pushed = try #require(now.traces.first { $0.source == .pushLog })
    #expect(pushed.id == .pullRequest(12))
    #expect(pushed.observations.map(summary) == ["6h landed \(short(merge)) by ada@example.org, recorded"])
  }

  @Test func `an approval of a head that carries the target's tree belongs to its request`() throws {
    let story = try GittufStory()
    let old = try story.fixture.id(of: "main")
    try story.fixture.git("checkout", "-q", "-b", "cache")
    let head = try story.fixture.commit("Work", files: ["cache": "1"])
    try story.fixture.git("update-ref", "refs/pull/31/head", head.hex)
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.commit("Other", files: ["other": "1"])
    let tree = try story.fixture.id(of: "cache^{tree}")
    try story.attest(
      GittufText.approvalPath(old, tree), GittufText.approvals(old, tree, by: ["bo+7"]))
    try story.attest(
      GittufText.approvalPath(head, tree), GittufText.approvals(head, tree, by: ["bo+7", "di+8"]))
    let harvested = try story.harvest()
    let traces = harvested.traces.filter { $0.source == .gittuf }
    #expect(traces.map(\.id) == [.pullRequest(31)])
    #expect(traces.first?.observations.map(summary) == ["3h approve \(short(head)) by bo, recorded"])
    let report = try #require(harvested.sources.first { $0.source == .gittuf })
    #expect(report.counts.contains(.init("unplaced-approvals", 2)))
    #expect(report.counts.contains(.init("approvals", 2)))
  }

  @Test func `an authorization is an approval by its signer`() throws {
    let story = try GittufStory()
    let (_, _, old, tree) = try story.land("cache")
    let path = "reference-authorizations/" + GittufText.move(old, tree)
    let own = (key: "SHA256:abc", text: "-----BEGIN SSH SIGNATURE-----")
    let other = (key: "di@example.org::https://example.org/login", text: "{}")
    try story.attest(
      path, GittufText.authorization(old, tree, signatures: [own]), by: "Bo Lin <bo@example.org>")
    try story.attest(
      path, GittufText.authorization(old, tree, signatures: [own, other]), by: "Di Poe <poe@example.org>")
    let harvested = try story.harvest()
    let trace = try #require(harvested.traces.first { $0.source == .gittuf })
    #expect(
      trace.observations.map(summary) == [
        "3h approve - by bo@example.org, recorded", "4h approve - by di@example.org, recorded",
      ])
    let counts = try #require(harvested.sources.first { $0.source == .gittuf }?.counts)
    #expect(counts.contains(.init("authorizations", 1)))
    #expect(counts.contains(.init("signatures", 2)))
    #expect(counts.contains(.init("not-checkable", 1)))
  }

  @Test func `the merge names the merger where the forge's record does not`() throws {
    let story = try GittufStory()
    let (head, merge, _, _) = try story.land("cache")
    try story.attest(
      "github-pull-requests/refs/heads/main/\(merge.hex)",
      GittufText.request(
        12, commit: merge, head: head, created: "2024-01-01T00:30:00Z", merged: "2024-01-01T02:00:09Z",
        by: nil))
    let trace = try #require(try story.harvest().traces.first { $0.source == .gittuf })
    let landing = trace.observations.first { if case .landed = $0.kind { true } else { false } }
    #expect(landing?.actor == Identity(name: "Ada Ray", email: "ada@example.org"))
  }
}
