import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Series that a program made of pull requests, and those whose cover letters have no customary form.
struct MailRequestTests {
  private typealias Series = MailSeriesTests

  private static let lines = """
    Published-As: https://github.com/gitgitgadget/git/releases/tag/pr-5%2Fbo%2Fpool-v1
    Fetch-It-Via: git fetch https://github.com/gitgitgadget/git pr-5/bo/pool-v1
    Pull-Request: https://github.com/gitgitgadget/git/pull/5

    """

  /// A cover letter and two patches as GitGitGadget sends them for pull request 5.
  private static func mails(_ lines: String = MailRequestTests.lines, id: String = "pull.5.git.1700000000")
    -> [TestMail]
  {
    let cover = "\(id).gitgitgadget@gmail.com"
    return [
      TestMail(id: cover, subject: "[PATCH 0/2] pool: count users", body: "Why.\n\n" + lines, sent: 0),
      TestMail(id: "a1@x", subject: "[PATCH 1/2] pool: add counter", answers: cover, body: patch, sent: 1),
      TestMail(id: "a2@x", subject: "[PATCH 2/2] pool: use counter", answers: cover, body: patch, sent: 2),
    ]
  }

  private static let patch = "Text.\n---\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\n"

  private func harvest(_ mails: [TestMail], head title: String?) throws -> Harvested {
    let story = try HistoryStory()
    if let title {
      try story.fixture.git("checkout", "-q", "-b", "pool")
      _ = try story.fixture.commit("Prepare", files: ["x": "1"], author: HistoryStory.bo)
      try story.head(5, try story.fixture.commit(title, files: ["x": "2"], author: HistoryStory.bo))
      try story.fixture.git("checkout", "-q", "main")
      try story.fixture.git("branch", "-q", "-D", "pool")
    }
    let archive = try MailArchiveFixture(mails)
    return try Harvester(try story.fixture.open(), .init(), companions: [try archive.fixture.open()])
      .harvest()
  }

  @Test func `a series and the pull request it was made of are one contribution`() throws {
    let harvested = try harvest(Self.mails(), head: "pool: use counter")
    let joined = Joining { _ in PersonID(index: 0) }.join(harvested.traces).filter {
      $0.sources.contains(.mail)
    }
    #expect(joined.count == 1)
    #expect(joined.first?.id == .pullRequest(5))
    #expect(joined.first?.sources == [.pullRefs, .mail])
    #expect(joined.first?.pathsGrade == .derived)
  }

  @Test func `a number that belongs to another change is not taken`() throws {
    let harvested = try harvest(Self.mails(), head: "net: close sockets")
    let series = try #require(harvested.traces.first { $0.source == .mail })
    #expect(series.aliases.isEmpty)
  }

  @Test func `where the request is not here its name is that of the other repository`() throws {
    let harvested = try harvest(Self.mails(), head: nil)
    let aliases = harvested.traces.first { $0.source == .mail }?.aliases ?? []
    #expect(aliases == [.otherPullRequest(5, forge: "gitgitgadget")])
  }

  @Test func `a request that is not here is believed only with the program's own Message-ID`() throws {
    let harvested = try harvest(Self.mails(id: "hello"), head: nil)
    let series = try #require(harvested.traces.first { $0.source == .mail })
    #expect(series.aliases.isEmpty)
  }

  @Test(
    arguments: [
      ("Pull-Request: https://github.com/git/git/pull/12", "git 12"),
      ("pull-request: https://github.com/git/git/pull/12 ", "git 12"),
      ("Fetch-It-Via: git fetch https://github.com/gitgitgadget/git pr-7/a/b-v2", "gitgitgadget 7"),
      ("Pull-Request: https://github.com/git/git/pull/", nil),
      ("Pull-Request: https://github.com//git/pull/1", nil),
      ("Pull-Request: https://github.com/git/git/pull/1/files", nil),
      ("Pull-Request: https://github.com/git/git/pull/99999999999999999999", nil),
      ("Pull-Request: https://example.org/git/git/pull/1", nil), ("Pull-Request: 12", nil),
      ("Fetch-It-Via: git fetch https://github.com/gitgitgadget/git", nil), ("Published-As: x", nil),
    ] as [(String, String?)])
  func `lines that name a request`(line: String, request: String?) {
    let found = MailRequest(line: Array(line.utf8)[...]).map { "\($0.owner) \($0.number)" }
    #expect(found == request)
  }

  @Test(arguments: ["[RFC 0/2] pool: count users", "[0/2] pool: count users", "pool: let us count users"])
  func `answers to a cover letter of another form are answers to the series`(subject: String) throws {
    var mails = Self.mails("", id: "c")
    mails[0].subject = subject
    let isDraft = subject.contains("RFC")
    if isDraft {
      for place in 1...2 { mails[place].subject = mails[place].subject.replacing("PATCH", with: "RFC") }
    }
    mails.append(
      TestMail(
        id: "r1@x", from: "Ada Ray <ada@example.org>", subject: "Re: " + subject, answers: mails[0].id,
        body: "Good.\n\nReviewed-by: Ada Ray <ada@example.org>\n", sent: 60))
    let harvested = try harvest(mails, head: nil)
    let series = harvested.traces.filter { $0.source == .mail }
    #expect(series.count == 1)
    #expect(series.first?.story.contains("60 approve by ada") == true)
  }

  @Test func `a numbered subject without patches is no series`() throws {
    let harvested = try harvest(
      [TestMail(id: "m@x", subject: "[0/2] Minutes of the meeting", sent: 0)], head: nil)
    #expect(harvested.traces.filter { $0.source == .mail }.isEmpty)
  }

  @Test func `two versions that answer one introduction share no answers`() throws {
    var mails = Self.mails("", id: "c")
    mails[0].subject = "pool: let us count users"
    for (place, mail) in mails[1...].enumerated() {
      var again = mail
      again.id = "b\(place)@x"
      again.subject = mail.subject.replacing("PATCH", with: "PATCH v2")
      again.sent += 600
      mails.append(again)
    }
    mails.append(
      TestMail(
        id: "r1@x", from: "Ada Ray <ada@example.org>", subject: "Re: pool: let us count users",
        answers: mails[0].id, body: "Why?\n", sent: 60))
    let harvested = try harvest(mails, head: nil)
    let stories = harvested.traces.filter { $0.source == .mail }.flatMap(\.story)
    #expect(stories.filter { $0.hasPrefix("60 text") }.count == 1)
  }

  @Test func `branches of ghstack do not place a request elsewhere`() throws {
    let story = try HistoryStory()
    try story.fixture.git("checkout", "-q", "-b", "gh/bo/1/head")
    let commit = try story.fixture.commit("pool: add counter", files: ["x": "1"], author: HistoryStory.bo)
    try story.head(5, commit)
    try story.fixture.git("checkout", "-q", "main")
    #expect(try story.harvest().headClass("pr/5") == .notFound)
    try story.fixture.git("branch", "-q", "release", commit.hex)
    #expect(try story.harvest().headClass("pr/5") == .otherBranch)
  }
}
