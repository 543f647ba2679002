import Facts
import Git
import Support
import Testing

@testable import Harvest

/// An archive beside the code that its patches went into.
@Suite struct MailLandingTests {
  private typealias Series = MailSeriesTests

  /// A repository whose newest commit was made from the mail `p@x`, and the archive with that mail.
  private final class Pair {
    let code: TemporaryRepository
    let base: ObjectID
    let patch: String

    /// Makes a branch whose file `x` is changed by `git format-patch`'s own mail.
    init() throws {
      code = try TemporaryRepository()
      base = try code.commit("Base", files: ["x": "1\n2\n3\n", "y": "1\n"], at: TestMail.start - 86_400)
      try code.git("checkout", "-q", "-b", "work")
      try code.commit("pool: change x", files: ["x": "1\n2b\n3\n", "new": "n\n"], author: HistoryStory.bo)
      patch = String(
        decoding: try code.gitBytes(["format-patch", "--stdout", "-1"]), as: UTF8.self)
      try code.git("checkout", "-q", "main")
    }

    var body: String { patch.split(separator: "\n\n", maxSplits: 1).last.map(String.init) ?? "" }

    func mail(_ id: String = "p@x", _ subject: String = "[PATCH] pool: change x", _ minute: Int64 = 0)
      -> TestMail
    {
      MailSeriesTests.mail(id, subject, minute, body: body)
    }

    /// The change as a commit of main.
    @discardableResult
    func land(_ message: String, author: String = HistoryStory.bo, at minute: Int64, authored: Int64? = nil)
      throws
      -> ObjectID
    {
      try code.commit(
        message, files: ["x": "1\n2b\n3\n", "new": "n\n"], author: author, committer: HistoryStory.cy,
        at: TestMail.instant(authored ?? minute).seconds, committedAt: TestMail.instant(minute).seconds)
    }

    func harvest(_ mails: [TestMail], _ options: Harvester.Options = .init()) throws -> Harvested {
      let archive = try MailArchiveFixture(mails)
      return try Harvester(try code.open(), options, companions: [try archive.fixture.open()]).harvest()
    }
  }

  private func expectLanding(_ harvested: Harvested, _ commit: ObjectID, _ grade: Grade = .derived) {
    let series = harvested.series("p@x")
    #expect(series?.commits == [commit.name])
    #expect(series?.landing?.commit == commit.name)
    #expect(series?.landing?.grade == grade)
    #expect(series?.landing?.by?.email == "cy@example.org")
    #expect(harvested.trace(commit.contribution) == nil)
  }

  @Test(arguments: [
    "Link: https://lore.kernel.org/r/p@x", "Link: https://patch.msgid.link/p%40x", "Message-Id: <p@x>",
    "Link: https://lore.kernel.org/pool/r@x/\nLink: https://lore.kernel.org/pool/p@x/T/#u",
  ])
  func `a commit that links to the mail landed the series`(trailer: String) throws {
    let pair = try Pair()
    let commit = try pair.land("pool: edited title\n\nText.\n\n\(trailer)\n", at: 100)
    let reply = Series.mail(
      "r@x", "Re: [PATCH] pool: change x", 9, answers: "p@x", from: Series.cy, body: "Fine.\n")
    let harvested = try pair.harvest([pair.mail(), reply])
    expectLanding(harvested, commit)
    #expect(harvested.series("p@x")?.target == "refs/heads/main")
    #expect(harvested.series("p@x")?.paths?.count == 2)
    #expect(harvested.names().count == 1)
    #expect(harvested.mailCount("landed") == 1)
  }

  @Test func `a link to somebody else's patch is not the landing of it`() throws {
    let pair = try Pair()
    let commit = try pair.land(
      "Follow-up\n\nText.\n\nLink: https://lore.kernel.org/r/p@x\n", author: HistoryStory.cy, at: 100)
    let harvested = try pair.harvest([pair.mail()])
    #expect(harvested.series("p@x")?.commits == [])
    #expect(harvested.trace(commit.contribution) != nil)
  }

  @Test func `author, date and title prove it, title and author alone claim it`() throws {
    let exact = try Pair()
    let applied = try exact.land("pool: change x\n", at: 100, authored: 0)
    expectLanding(try exact.harvest([exact.mail()]), applied)
    let claimed = try Pair()
    let retyped = try claimed.land("pool: change x\n\nOther text.\n", at: 100)
    // The same change would prove it; another one by that name does not.
    try claimed.code.git("reset", "--hard", "-q", claimed.base.hex)
    let other = try claimed.code.commit(
      "pool: change x", files: ["y": "2\n"], author: HistoryStory.bo, committer: HistoryStory.cy,
      at: TestMail.instant(100).seconds)
    expectLanding(try claimed.harvest([claimed.mail()]), other, .claimed)
    #expect(retyped != other)
  }

  @Test func `the same change under another title is found by its patch id`() throws {
    let pair = try Pair()
    let commit = try pair.land("pool: another title\n", at: 100)
    expectLanding(try pair.harvest([pair.mail()]), commit)
  }

  @Test func `the patch id of a mail is what git computes`() throws {
    let pair = try Pair()
    let text = try pair.code.git(["patch-id", "--stable"], stdin: Array(pair.patch.utf8))
    let patch = try #require(MailPatch(pair.mail().bytes, limits: MailLimits()))
    #expect(patch.id.hex == String(text.prefix(40)))
    #expect(patch.paths == [Array("x".utf8), Array("new".utf8)])
    let cut = pair.mail().bytes.dropLast(60)
    #expect(MailPatch(Array(cut), limits: MailLimits())?.id.hex != String(text.prefix(40)))
  }

  @Test func `a commit that a mail names by its first digits landed the patch`() throws {
    let pair = try Pair()
    let commit = try pair.land("Renamed beyond recognition\n", author: HistoryStory.cy, at: 100)
    let bot = Series.mail(
      "b@x", "Re: [PATCH] pool: change x", 110, answers: "p@x", from: Series.di,
      body: "Applied to main, thanks!\n\n[1/1] pool: change x\n      commit: \(commit.hex.prefix(12))\n")
    let harvested = try pair.harvest([pair.mail(), bot])
    expectLanding(harvested, commit)
    #expect(harvested.series("p@x")?.standing == .series(.applied))
  }

  @Test func `a note on the commit names the mail`() throws {
    let pair = try Pair()
    let commit = try pair.land("Renamed\n", author: HistoryStory.cy, at: 100)
    try pair.code.git("notes", "--ref=amlog", "add", "-m", "Message-Id: <p@x>", commit.hex)
    expectLanding(try pair.harvest([pair.mail()]), commit)
  }

  @Test func `part of a series that landed is a claim`() throws {
    let pair = try Pair()
    let commit = try pair.land("pool: change x\n\nT.\n\nLink: https://lore.kernel.org/r/p@x\n", at: 100)
    let harvested = try pair.harvest([
      pair.mail("p@x", "[PATCH 1/2] pool: change x"),
      Series.mail("q@x", "[PATCH 2/2] pool: never landed", 1, answers: "p@x"),
    ])
    expectLanding(harvested, commit, .claimed)
    #expect(harvested.mailCount("landed-in-part") == 1)
  }

  @Test func `a change that nobody posted stays a commit, a posting that did not land stays open`() throws {
    let pair = try Pair()
    let commit = try pair.code.commit("Unposted", files: ["y": "3\n"], author: HistoryStory.cy)
    let harvested = try pair.harvest([pair.mail()])
    #expect(harvested.trace(commit.contribution) != nil)
    #expect(harvested.series("p@x")?.landing == nil)
    #expect(harvested.series("p@x")?.standing == .series(.posted))
  }

  @Test func `epochs are read as one archive, in the order of their mails`() throws {
    let pair = try Pair()
    let first = try MailArchiveFixture([Series.mail("p@x", "[PATCH] pool: change x", 0)])
    let second = try MailArchiveFixture([
      Series.mail("r@x", "Re: [PATCH] pool: change x", 9, answers: "p@x", from: Series.cy, body: "Fine.\n")
    ])
    let companions = [try second.fixture.open(), try first.fixture.open()]
    let harvested = try Harvester(try pair.code.open(), .init(), companions: companions).harvest()
    #expect(harvested.series("p@x")?.story.last == "9 text by cy")
    #expect(harvested.sources.first { $0.source == .mail }?.place == "2 mail archives")
  }
}

/// `refs/notes/amlog` without an archive.
@Suite struct AmlogTests {
  @Test func `a landed commit goes by the Message-ID of its note as well`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("One", files: ["x": "1"])
    let second = try fixture.commit("Two", files: ["x": "2"])
    let blob = try fixture.object("blob", Array("some text".utf8))
    try fixture.git("notes", "--ref=amlog", "add", "-m", "Message-Id: <a@x>\nMessage-ID: b@x", first.hex)
    try fixture.git("notes", "--ref=amlog", "add", "-m", "applied by hand", second.hex)
    try fixture.git("notes", "--ref=amlog", "add", "-m", "Message-Id: <c@x>", blob.hex)
    let harvested = try Harvester(try fixture.open(), .init()).harvest()
    let named = try #require(harvested.traces.first { $0.source == .commitNotes })
    #expect(named.id == .commit(first.name))
    #expect(named.aliases == [.mail("a@x"), .mail("b@x")])
    #expect(harvested.traces.count == 3)
    let report = try #require(harvested.sources.first { $0.source == .commitNotes })
    #expect(report.records == 3)
    #expect(
      report.counts.map(\.value) == [1, 2, 0, 1, 1, 0, 1], "\(report.counts)")
    let joined = Joining { PersonID(index: Int32($0.email.utf8.count)) }.join(harvested.traces)
    #expect(joined.map(\.id.description) == ["mail/a@x", second.contribution])
    #expect(joined[0].state == .merged)
  }

  @Test func `notes are read as they stood at the as-of moment`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("One", files: ["x": "1"])
    let before = Instant(seconds: fixture.clock - 1)
    try fixture.git("notes", "--ref=amlog", "add", "-m", "Message-Id: <a@x>", commit.hex)
    let early = try Harvester(try fixture.open(), .init(asOf: before)).harvest()
    #expect(!early.traces.contains { $0.source == .commitNotes })
    let late = try Harvester(try fixture.open(), .init(asOf: Instant(seconds: fixture.clock))).harvest()
    #expect(late.traces.contains { $0.source == .commitNotes })
  }
}
