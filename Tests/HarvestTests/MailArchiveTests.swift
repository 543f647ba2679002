import Facts
import Git
import Support
import Testing

@testable import Harvest

/// The forms of archives, what is removed or twice there, and when mails came.
@Suite struct MailArchiveTests {
  private typealias Series = MailSeriesTests

  @Test func `both forms of public-inbox tell the same`() throws {
    let mails = [
      Series.mail("p@x", "[PATCH] one", 0),
      Series.mail("r@x", "Re: [PATCH] one", 9, answers: "p@x", from: Series.cy, body: "Fine.\n"),
    ]
    let second = try MailArchiveFixture(mails).harvest()
    let first = try MailArchiveFixture(fannedOut: mails).harvest()
    #expect(first.series("p@x")?.story == second.series("p@x")?.story)
    #expect(first.series("p@x")?.story == ["0 opened by bo", "0 revision", "9 text by cy"])
    #expect(first.traces.count == 1)
  }

  @Test func `a removed mail is gone, a repeated one counts once, a broken one is told`() throws {
    var removal = Series.mail("r@x", "Re: [PATCH] one", 9, answers: "p@x", from: Series.cy, body: "Fine.\n")
    let reply = removal
    removal.isRemoval = true
    var again = Series.mail("p@x", "[PATCH] one", 0)
    again.archived = 5
    var broken = Series.mail("z@x", "[PATCH] two", 9)
    broken.from = ""
    let archive = try MailArchiveFixture([Series.mail("p@x", "[PATCH] one", 0), reply])
    try archive.fixture.git(
      ["fast-import", "--quiet"],
      stdin: Array(
        "commit refs/heads/master\ncommitter p <p@x> 1704067900 +0000\ndata 0\nfrom refs/heads/master^0\ndeleteall\n\n"
          .utf8))
    try archive.add([again, removal])
    let harvested = try archive.harvest()
    #expect(harvested.series("p@x")?.story == ["0 opened by bo", "0 revision"])
    #expect(harvested.mailCount("deleted") == 1)
    #expect(harvested.mailCount("duplicates") == 1)
    #expect(harvested.mailCount("without-mail") == 1)
    #expect(harvested.sources.first { $0.source == .mail }?.records == 1)
  }

  @Test func `a mail without sender or Message-ID is counted as unreadable`() throws {
    let archive = try MailArchiveFixture([Series.mail("p@x", "[PATCH] one", 0)])
    let stream =
      "commit refs/heads/master\ncommitter p <p@x> 1704067900 +0000\ndata 0\nfrom refs/heads/master^0\n"
      + "M 100644 inline m\ndata 14\nSubject: none\n\n\n"
    try archive.fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    try archive.add([Series.mail("q@x", "[PATCH] two", 30)])
    let harvested = try archive.harvest()
    #expect(harvested.names(.mail) == ["mail/p@x", "mail/q@x"])
    #expect(harvested.sources.first { $0.source == .mail }?.unreadable == 1)
    #expect(
      harvested.diagnostics.contains {
        $0.kind == .unreadableRecord(line: 1, detail: "no Message-ID or no sender")
          && $0.object?.hex == (try? archive.fixture.id(of: "master~1").hex)
      })
  }

  @Test func `the limits on size and number are told`() throws {
    let archive = try MailArchiveFixture([
      Series.mail("p@x", "[PATCH] one", 0), Series.mail("q@x", "[PATCH] two", 1),
      Series.mail("l@x", "[PATCH] large", 2, body: String(repeating: "x", count: 5_000)),
    ])
    let repository = try archive.fixture.open()
    var limits = MailLimits()
    limits.mails = 1
    limits.mailBytes = 2_000
    let found = try MailArchive(repository)
    let collection = try MailCollection([try #require(found)], asOf: nil, jobs: 1, limits: limits)
    #expect(collection.messages.map(\.id) == ["p@x"])
    #expect(collection.summary.beyondLimit == 1)
    #expect(collection.summary.unreadable == 1)
    #expect(collection.diagnostics.count == 2)
  }

  @Test func `nothing that came after the as-of moment is told, whenever the archive got it`() throws {
    var late = Series.mail("r@x", "Re: [PATCH] one", 9, answers: "p@x", from: Series.cy, body: "Fine.\n")
    late.archived = 50_000
    var later = late
    (later.id, later.sent, later.received) = ("s@x", 40_000, 40_000)
    let archive = try MailArchiveFixture([Series.mail("p@x", "[PATCH] one", 0), late, later])
    let harvested = try archive.harvest(.init(asOf: TestMail.instant(100)))
    #expect(harvested.series("p@x")?.story == ["0 opened by bo", "0 revision", "9 text by cy"])
  }

  @Test func `a series without a mail in the window is left out`() throws {
    let archive = try MailArchiveFixture([
      Series.mail("p@x", "[PATCH] one", 0), Series.mail("q@x", "[PATCH] two", 1),
      Series.mail("r@x", "Re: [PATCH] two", 5_000, answers: "q@x", from: Series.cy, body: "Still there?\n"),
    ])
    let harvested = try archive.harvest(.init(since: TestMail.instant(4_000)))
    #expect(harvested.names(.mail) == ["mail/q@x"])
    #expect(harvested.series("q@x")?.story.first == "1 opened by bo")
  }

  @Test func `the receiving server's stamp is the time, however late the archive was filled`() throws {
    var mail = Series.mail("p@x", "[PATCH] one", 0)
    (mail.received, mail.archived) = (3, 100_000)
    let harvested = try MailArchiveFixture([mail]).harvest()
    #expect(harvested.series("p@x")?.opening == .at(TestMail.instant(3)))
    #expect(harvested.series("p@x")?.observations.first?.grade == .recorded)
    #expect(!harvested.diagnostics.contains { $0.kind == .migratedTimes })
  }

  @Test func `without a stamp a prompt archive tells the time, and a late one leaves the sender's clock`()
    throws
  {
    var prompt = Series.mail("p@x", "[PATCH] one", 0)
    (prompt.received, prompt.archived) = (nil, 60)
    var late = Series.mail("q@x", "[PATCH] two", 10)
    (late.received, late.archived) = (nil, 100_000)
    let harvested = try MailArchiveFixture([prompt, late]).harvest()
    #expect(harvested.series("p@x")?.opening == .at(TestMail.instant(60)))
    #expect(harvested.series("p@x")?.observations.first?.grade == .recorded)
    #expect(harvested.series("q@x")?.opening == .at(TestMail.instant(10)))
    #expect(harvested.series("q@x")?.observations.first?.grade == .claimed)
    #expect(harvested.diagnostics.filter { $0.kind == .migratedTimes }.count == 1)
    #expect(harvested.mailCount("times-from-sender") == 1)
  }

  @Test(arguments: [
    // sent, received, committed; basis and moment expected
    (0 as Int64?, 5 as Int64?, 100 as Int64, MailTime.Basis.received, 5 as Int64),
    (0, 5_000_000, 100, .archived, 100), (500_000, 5, 100, .before, 100), (nil, nil, 100, .before, 100),
    (1, nil, 10_000, .sent, 1), (nil, 100_000, 100_050, .received, 100_000),
  ])
  func `a stamp must fit between the sender's clock and the commit`(
    sent: Int64?, received: Int64?, committed: Int64, basis: MailTime.Basis, seconds: Int64
  ) {
    let time = MailTime(sent: sent, received: received, committed: committed)
    #expect(time.basis == basis)
    #expect(time.seconds == seconds)
  }

  @Test func `a repository of code with a file named m is no archive`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Add m", files: ["m": "int main;\n"])
    #expect(try MailArchive(try fixture.open()) == nil)
    #expect(
      try Harvester(try fixture.open(), .init()).harvest().names() == [
        try fixture.id(of: "HEAD").contribution
      ])
  }

  @Test func `mails that answer each other in a circle have no patch above them`() throws {
    let archive = try MailArchiveFixture([
      Series.mail("a@x", "Re: one", 0, answers: "b@x"), Series.mail("b@x", "Re: one", 1, answers: "a@x"),
      Series.mail("p@x", "[PATCH 1/2] x", 2, answers: "q@x"),
      Series.mail("q@x", "[PATCH 2/2] y", 3, answers: "p@x"),
    ])
    #expect(try archive.harvest().names(.mail) == ["mail/p@x"])
  }
}
