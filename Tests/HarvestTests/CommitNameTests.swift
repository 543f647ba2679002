import Facts
import Git
import Support
import Testing

@testable import Harvest

/// How landed commits are told by the names and people of their messages.
@Suite struct CommitNameTests {
  private let id = "I0123456789abcdef0123456789abcdef01234567"

  private func change(_ number: Int, host: String = "r.example.org", footers: String = "") -> String {
    "Work \(number)\n\nReviewed-on: https://\(host)/c/lib/+/\(number)\n\(footers)"
  }

  @Test func `Gerrit's number names the change, and footers tell its voters`() throws {
    let story = try HistoryStory()
    let message = change(
      45,
      footers:
        "Reviewed-by: Cy <cy@example.org>\nTested-by: Jo <jo@example.org>\nTrust: Cy <cy@example.org>\n"
        + "Auto-Submit: Eve <eve@example.org>\nBug: 12\n")
    let commit = try story.fixture.commit(
      message, files: ["x": "1"], author: HistoryStory.bo, committer: "Gopher Robot <gobot@golang.org>")
    let trace = try #require(try story.harvest().trace("change/45"))
    #expect(trace.commits == [commit.name])
    #expect(trace.mentions == ["Reviewed-by Cy <cy@example.org>"])
    #expect(trace.landing?.by?.email == "eve@example.org")
    let votes = trace.observations.compactMap { observation -> String? in
      guard case .labelled(let vote, nil) = observation.kind else { return nil }
      return "\(vote.label)+\(vote.value) \(observation.actor?.email ?? "")"
    }
    #expect(
      votes == ["Verified+1 jo@example.org", "Trust+1 cy@example.org", "Auto-Submit+1 eve@example.org"])
  }

  @Test func `a person who commits lands the change, whoever asked for it`() throws {
    let story = try HistoryStory()
    try story.fixture.commit(
      change(45, footers: "Commit-Queue: Eve <eve@example.org>\n"), files: ["x": "1"],
      author: HistoryStory.bo, committer: HistoryStory.cy)
    #expect(try story.harvest().trace("change/45")?.landing?.by?.email == "cy@example.org")
  }

  @Test func `numbers of other servers are no names, and a name belongs to the oldest commit`() throws {
    let story = try HistoryStory()
    try story.fixture.commit(change(1), files: ["a": "1"])
    try story.fixture.commit(change(2), files: ["b": "1"])
    let foreign = try story.fixture.commit(change(3, host: "other.example.org"), files: ["c": "1"])
    try story.fixture.commit(
      change(3, host: "other.example.org", footers: "Change-Id: \(id)\n"), files: ["d": "1"])
    let again = try story.fixture.commit(change(1), files: ["e": "1"])
    let picked = try story.fixture.commit("Pick\n\nChange-Id: \(id)\n", files: ["f": "1"])
    let harvested = try story.harvest()
    #expect(
      Set(harvested.names()).isSuperset(of: [
        "change/1", "change/2", "change/\(id)", foreign.contribution, again.contribution, picked.contribution,
      ]))
  }

  @Test func `Gerrit's own merges land the change of their second parent, by the merge's author`() throws {
    let story = try HistoryStory()
    let head = try story.branch("pool", subjects: ["Pool\n\nChange-Id: \(id)\n"])
    let merge = try story.merge(
      "pool", message: "Merge \"Pool\"", by: "Zuul <zuul@review.opendev.org>",
      committer: "Gerrit Code Review <review@openstack.org>")
    let trace = try #require(try story.harvest().trace("change/\(id)"))
    #expect(trace.landing?.commit == merge.name)
    #expect(trace.landing?.by?.name == "Zuul")
    #expect(trace.author?.email == "bo@example.org")
    #expect(trace.observations.contains { $0.kind == .revision(head.name) })
    #expect(trace.mentions.isEmpty)
  }

  @Test func `a merge that was reviewed itself is a change`() throws {
    let story = try HistoryStory()
    let inner = try story.branch("feature")
    let merge = try story.merge("feature", message: "Merge main\n\nChange-Id: \(id)\n")
    let harvested = try story.harvest()
    #expect(harvested.trace("change/\(id)")?.landing?.commit == merge.name)
    #expect(harvested.trace(inner.contribution)?.landing?.commit == merge.name)
  }

  @Test func `an imported request is the change by another name where its head or author says so`() throws {
    let story = try HistoryStory()
    let head = try story.branch("pool")
    let other = try story.branch("other", by: HistoryStory.cy)
    for number in 5...7 { try story.head(number, number == 7 ? other : head) }
    func imported(_ number: Int, _ rev: String, by author: String) throws {
      try story.fixture.commit(
        change(number * 10, footers: "GitHub-Last-Rev: \(rev)\nGitHub-Pull-Request: a/lib#\(number)\n"),
        files: ["f\(number)": "1"], author: author)
    }
    try imported(5, head.hex, by: HistoryStory.cy)
    try imported(6, other.hex, by: HistoryStory.bo)
    try imported(7, head.hex, by: HistoryStory.bo)
    try imported(8, head.hex, by: HistoryStory.bo)
    let harvested = try story.harvest()
    #expect(harvested.trace("change/50")?.aliases == [.pullRequest(5)])
    #expect(harvested.trace("change/60")?.aliases == [.pullRequest(6)])
    #expect(harvested.trace("change/70")?.aliases == [])
    #expect(harvested.trace("change/80")?.aliases == [])
  }

  @Test func `commits of one revision are one contribution that landed with its first run`() throws {
    let story = try HistoryStory()
    func commit(_ name: String, _ footers: String) throws -> ObjectID {
      try story.fixture.commit(
        "\(name)\n\nReviewers: cy!, #core\n\nReviewed By: cy\n\nDifferential Revision: https://p/\(footers)\n",
        files: [name: "1"], author: HistoryStory.bo)
    }
    let first = try commit("one", "D9")
    let second = try commit("two", "D9")
    try story.fixture.commit("Plain", files: ["x": "1"])
    let third = try commit("three", "D9")
    let harvested = try story.harvest()
    let trace = try #require(harvested.trace("diff/D9"))
    #expect(trace.commits == [first.name, second.name, third.name])
    #expect(trace.landing?.commit == second.name)
    #expect(trace.title == "one")
    #expect(trace.mentions == ["Reviewed By  <cy>"])
    #expect(trace.paths?.map { harvested.paths[Int($0)] }.sorted() == ["one", "three", "two"])
    let asked = trace.observations.compactMap { observation in
      if case .reviewRequested(let person) = observation.kind { person.email } else { nil }
    }
    #expect(asked == ["cy"])
  }

  @Test func `a series of Marge landed with its last commit`() throws {
    let story = try HistoryStory()
    let line = "Part-of: <https://gitlab.example.org/a/lib/-/merge_requests/5>"
    let first = try story.fixture.commit("One\n\n\(line)\n", files: ["a": "1"])
    let second = try story.fixture.commit(
      "Two\n\nReviewed-by: Cy <cy@example.org>\n\(line)\n", files: ["b": "1"])
    let harvested = try story.harvest()
    let trace = try #require(harvested.trace("mr/5"))
    #expect(trace.commits == [first.name, second.name])
    #expect(trace.landing?.commit == second.name)
    #expect(trace.mentions == ["Reviewed-by Cy <cy@example.org>"])
    #expect(!harvested.names().contains(first.contribution))
    #expect(harvested.sources.first?.counts.contains(.init("unplaced", 0)) == true)
  }

  @Test func `links name a request only where it is this repository's`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"))
    try story.head(6, try story.branch("lake"))
    try story.fixture.git("branch", "-q", "-D", "pool", "lake")
    func landed(_ name: String, _ line: String) throws -> ObjectID {
      try story.fixture.commit("\(name)\n\n\(line)\n", files: [name: "1"])
    }
    let one = try landed("one", "PR-URL: https://github.com/a/lib/pull/5")
    let two = try landed("two", "PR-URL: https://github.com/old-owner/lib/pull/5")
    let foreign = try landed("foreign", "PR-URL: https://github.com/a/other/pull/6")
    let unknown = try landed("unknown", "PR-URL: https://github.com/a/lib/pull/4")
    let script = try landed("script", "Closes #6 from bo/lake")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5")?.commits == [one.name, two.name])
    #expect(harvested.trace("pr/6")?.commits == [script.name])
    #expect(harvested.names().contains(foreign.contribution))
    #expect(harvested.names().contains(unknown.contribution))
    #expect(harvested.headClass("pr/5") == .mentioned)
  }

  @Test func `a squash exported from another repository does not land the number here`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("pool"))
    func export(_ number: Int, of repository: String) throws -> ObjectID {
      try story.fixture.commit(
        """
        Work (#\(number))

        Summary: Pull Request resolved: https://github.com/x/\(repository)/pull/\(number)

        Differential Revision: D\(number)0

        fbshipit-source-id: 12

        """, files: ["f\(number)\(repository)": "1"])
    }
    _ = try export(5, of: "other")
    _ = try export(6, of: "lib")
    _ = try export(7, of: "lib")
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5") == nil)
    #expect(harvested.trace("diff/D50") != nil)
    #expect(harvested.trace("pr/6")?.aliases == [.diff("D60")])
  }

  @Test func `a commit whose number is not believed keeps the names of its footers and its approvers`() throws
  {
    let story = try HistoryStory()
    try story.head(9, try story.branch("other"))
    let id = String(repeating: "a", count: 40)
    try story.fixture.commit(
      "Count (#5)\n\nReviewed-by: Cy Orr <cy@example.org>\nChange-Id: I\(id)\n", files: ["x": "1"])
    let harvested = try story.harvest()
    #expect(harvested.trace("pr/5") == nil)
    #expect(harvested.trace("change/I\(id)")?.mentions == ["Reviewed-by Cy Orr <cy@example.org>"])
  }

  @Test func `whoever approved a merge for a bot approved it, whatever becomes of its number`() throws {
    let story = try HistoryStory()
    try story.head(5, try story.branch("elsewhere", by: HistoryStory.cy))
    try story.head(7, try story.branch("another", by: HistoryStory.cy))
    try story.branch("pool")
    let merge = try story.merge("pool", message: "Auto merge of #5 - bo:pool, r=ada\n\nAdd a pool\n")
    try story.branch("lake")
    let batch = try story.merge("lake", message: "Merge #7\n\n7: Lake r=cy a=ada\n")
    let harvested = try story.harvest()
    #expect(harvested.trace(merge.contribution)?.mentions == ["r=  <ada>"])
    #expect(harvested.trace(batch.contribution)?.mentions == ["r=  <cy>"])
  }

  @Test func `a committer's own commit was written by whom Author: names`() throws {
    let story = try HistoryStory()
    try story.fixture.commit(
      "Pool\n\nAuthor: Bo Lin, Dee Gray <dee@example.org>\nReviewed-by: Cy Orr\n", files: ["x": "1"])
    let picked = try story.fixture.commit(
      "Lake\n\nAuthor: Bo Lin\n", files: ["y": "1"], author: HistoryStory.cy, committer: HistoryStory.bo)
    let harvested = try story.harvest()
    let trace = try #require(harvested.traces.first { $0.title == "Pool" })
    #expect(trace.author == Identity(name: "Bo Lin", email: ""))
    #expect(trace.coauthors.map(\.email) == ["dee@example.org"])
    #expect(trace.landing?.by?.email == "ada@example.org")
    #expect(trace.observations.first { $0.kind == .opened }?.actor == trace.author)
    #expect(harvested.trace(picked.contribution)?.author?.email == "cy@example.org")
  }

  @Test func `what Bitcoin's reviewers said is told with its strength`() throws {
    let story = try HistoryStory()
    let head = try story.branch("pool")
    let acks =
      "ACKs for top commit:\n  cy:\n    utACK \(head.hex)\n  dee:\n    NACK \(head.hex)\n  eve:\n    Concept ACK\n"
    try story.merge("pool", message: "Merge a/lib#5: Pool\n\n\(acks)\nTree-SHA512: 12\n")
    let trace = try #require(try story.harvest().trace("pr/5"))
    #expect(trace.mentions == ["utACK  <cy>"])
    let verdicts = trace.observations.filter { if case .verdict = $0.kind { true } else { false } }
    #expect(
      verdicts.map(\.kind) == [.verdict(.reject, revision: head.name), .verdict(.neutral, revision: nil)])
    #expect(verdicts.map(\.actor?.email) == ["dee", "eve"])
  }

  @Test func `a template's Merged-by tells who landed a merge request, and a batch its number`() throws {
    let story = try HistoryStory()
    try story.branch("pool")
    try story.merge(
      "pool", message: "Merge branch 'pool'\n\nSee merge request a/b!5\n\nMerged-by: Di <di@example.org>\n")
    try story.branch("lake")
    try story.merge("lake", message: "Batch merge !6 into main (!7)")
    let harvested = try story.harvest()
    #expect(harvested.trace("mr/5")?.landing?.by?.email == "di@example.org")
    #expect(harvested.trace("mr/6") != nil)
    #expect(harvested.trace("mr/7") == nil)
  }

  @Test func `a backport tells what it was taken from`() throws {
    let story = try HistoryStory()
    let origin = "0123456789abcdef0123456789abcdef01234567"
    let commit = try story.fixture.commit(
      "1: Pool\n\nReviewed-by: cy\nBackport-of: \(origin)\n", files: ["x": "1"])
    let name = try #require(ObjectName(hex: origin))
    let trace = try #require(try story.harvest().trace(commit.contribution))
    #expect(trace.observations.contains { $0.kind == .related(.cherryPickOf, to: .commit(name)) })
    #expect(trace.mentions == ["Reviewed-by  <cy>"])
  }

  @Test(
    arguments: [
      ("Review URL: https://codereview.chromium.org/12", "change/12@codereview.chromium.org"),
      ("Review-Url: https://codereview.chromium.org/2345678901", "change/2345678901@codereview.chromium.org"),
      ("Review URL: https://codereview.chromium.org/12 .", "change/12@codereview.chromium.org"),
      ("Review-Url: http://Codereview.Example.org:80/12/", "change/12@codereview.example.org"),
      ("R=ada\nCC=cy\nhttps://codereview.appspot.com/12", "change/12@codereview.appspot.com"),
      ("Review URL: https://codereview.chromium.org/12/diff/3", nil), ("Review URL: 12", nil),
      ("Review URL: https://codereview.chromium.org/99999999999999999999", nil),
      ("https://golang.org/cl/12", nil),
      ("Review URL: https:///12", nil), ("Review URL: https://a b/12", nil),
    ] as [(String, String?)])
  func `an issue of Rietveld names a commit`(footer: String, name: String?) throws {
    let story = try HistoryStory()
    let commit = try story.fixture.commit("Work\n\n\(footer)\n", files: ["a": "1"])
    #expect(try story.harvest().names().contains(name ?? commit.contribution))
  }

  @Test func `an issue of Rietveld is another name of a change of Gerrit, and the oldest commit's alone`()
    throws
  {
    let story = try HistoryStory()
    let issue = "Review URL: https://codereview.example.org/12\n"
    try story.fixture.commit(change(45, footers: issue), files: ["a": "1"])
    let again = try story.fixture.commit("Reland\n\n" + issue, files: ["b": "1"])
    let harvested = try story.harvest()
    #expect(harvested.trace("change/45")?.aliases == [.change("12@codereview.example.org")])
    #expect(harvested.trace(again.contribution)?.aliases == [])
  }
}
