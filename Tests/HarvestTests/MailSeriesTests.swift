import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Archives as repositories: which mails make a series, and what happened to it.
@Suite struct MailSeriesTests {
  static let patch =
    "Why.\n\nSigned-off-by: Bo Lin <bo@example.org>\n---\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n-- \n2.39\n"

  static func mail(
    _ id: String, _ subject: String, _ minute: Int64, answers: String? = nil,
    from: String = "Bo Lin <bo@example.org>", body: String = patch
  ) -> TestMail {
    TestMail(
      id: id, from: from, subject: subject, answers: answers, body: body, sent: minute, received: minute)
  }

  static let cy = "Cy Orr <cy@example.org>"
  static let di = "Di Poe <di@example.org>"

  @Test func `a series is a cover letter, its patches, and all their versions`() throws {
    let archive = try MailArchiveFixture([
      Self.mail("c1@x", "[PATCH 0/2] pool: rework", 0, body: "Cover.\n"),
      Self.mail("p11@x", "[PATCH 1/2] pool: one", 1, answers: "c1@x"),
      Self.mail("p12@x", "[PATCH 2/2] pool: two", 2, answers: "c1@x"),
      Self.mail("r1@x", "Re: [PATCH 1/2] pool: one", 60, answers: "p11@x", from: Self.cy, body: "Why so?\n"),
      Self.mail("c2@x", "[PATCH v2 0/2] pool: rework", 600, body: "Cover.\n"),
      Self.mail("p21@x", "[PATCH v2 1/2] pool: one", 601, answers: "c2@x"),
      Self.mail("p22@x", "[PATCH v2 2/2] pool: two", 602, answers: "c2@x"),
      Self.mail(
        "r2@x", "Re: [PATCH v2 0/2] pool: rework", 700, answers: "c2@x", from: Self.cy,
        body: "Reviewed-by: Cy Orr <cy@example.org>\n"),
    ])
    let harvested = try archive.harvest()
    #expect(harvested.traces.count == 1)
    let series = try #require(harvested.series("c1@x"))
    #expect(
      series.story == [
        "0 opened by bo", "0 revision", "60 text? by cy", "600 revision", "700 approve by cy",
      ])
    #expect(series.standing == .series(.posted))
    #expect(series.title == "pool: rework")
    let commits = try archive.commits()
    let revisions = series.observations.compactMap { observation -> ObjectName? in
      if case .revision(let object) = observation.kind { object } else { nil }
    }
    #expect(revisions == [commits[0], commits[4]])
    #expect(series.observations.allSatisfy { $0.evidence.ref == "refs/heads/master" })
    #expect(harvested.mailCount("series") == 1)
    #expect(harvested.mailCount("versions") == 2)
    #expect(harvested.mailCount("patches") == 4)
    #expect(harvested.mailCount("answered") == 1)
  }

  @Test func `mails of an archive are no commits of their own, discussions least of all`() throws {
    let archive = try MailArchiveFixture([
      Self.mail("q@x", "How does the pool work?", 0, body: "Well?\n"),
      Self.mail("a@x", "Re: How does the pool work?", 5, answers: "q@x", from: Self.cy, body: "Well.\n"),
    ])
    #expect(try archive.harvest().traces.isEmpty)
    #expect(try archive.harvest().sources.first { $0.source == .mail }?.records == 2)
  }

  @Test func `an approval of one patch is a review, of all patches an approval`() throws {
    func review(_ id: String, _ minute: Int64, of patch: String) -> TestMail {
      Self.mail(
        id, "Re: [PATCH]", minute, answers: patch, from: Self.cy, body: "Acked-by: Cy Orr <cy@example.org>\n")
    }
    let archive = try MailArchiveFixture([
      Self.mail("p1@x", "[PATCH 1/2] one", 0), Self.mail("p2@x", "[PATCH 2/2] two", 1, answers: "p1@x"),
      review("r1@x", 10, of: "p1@x"), review("r2@x", 20, of: "p2@x"),
    ])
    let series = try #require(try archive.harvest().series("p1@x"))
    #expect(series.story.suffix(2) == ["10 neutral by cy", "20 approve by cy"])
    #expect(series.observations.last?.vote == Vote(label: "Acked-by", value: 1))
  }

  @Test func `a trailer counts for the sender alone, a refusal rejects, a test is a label`() throws {
    func answer(_ id: String, _ minute: Int64, _ body: String, from: String = Self.cy) -> TestMail {
      Self.mail(id, "Re: [PATCH] one", minute, answers: "p@x", from: from, body: body)
    }
    let archive = try MailArchiveFixture([
      Self.mail("p@x", "[PATCH] one", 0),
      answer("r1@x", 1, "Reviewed-by: Di Poe <di@example.org>\n"),
      answer("r2@x", 2, "NAK.\n", from: Self.di),
      answer("r3@x", 3, "Tested-by: Cy Orr <cy+test@example.org>\n"),
      answer("r4@x", 4, "> quoted\n"),
    ])
    let harvested = try archive.harvest()
    #expect(
      harvested.series("p@x")?.story.dropFirst(2)
        == ["2 text by di", "2 reject by di", "3 Tested by cy"])
    #expect(harvested.mailCount("trailers-for-others") == 1)
    #expect(harvested.mailCount("empty-answers") == 2)
  }

  @Test func `approvals that the author carries into the next version are no new event`() throws {
    let carried = Self.patch.replacing(
      "Signed-off-by",
      with: "Reviewed-by: Cy Orr <cy@example.org>\nReviewed-by: Di Poe <di@example.org>\nSigned-off-by")
    let archive = try MailArchiveFixture([
      Self.mail("p1@x", "[PATCH] one", 0),
      Self.mail(
        "r1@x", "Re: [PATCH] one", 5, answers: "p1@x", from: Self.cy,
        body: "Reviewed-by: Cy Orr <cy@example.org>\n"),
      Self.mail("p2@x", "[PATCH v2] one", 10, answers: "r1@x", body: carried),
    ])
    let series = try #require(try archive.harvest().series("p1@x"))
    #expect(
      series.story == [
        "0 opened by bo", "0 revision", "5 approve by cy", "10 revision", "10 approve of cy carried on",
        "Reviewed-by di",
      ])
  }

  @Test func `a request for comments is a draft, and opened when it stops to be one`() throws {
    let archive = try MailArchiveFixture([
      Self.mail("d@x", "[RFC PATCH] pool one", 0), Self.mail("p@x", "[PATCH] pool one", 50),
      Self.mail("e@x", "[RFC] two", 60), Self.mail("n@x", "[RFC] just an idea", 70, body: "Hm.\n"),
    ])
    let harvested = try archive.harvest()
    #expect(
      harvested.series("d@x")?.story == [
        "50 opened by bo", "0 draft", "50 ready", "0 revision", "50 revision",
      ])
    #expect(harvested.series("e@x")?.story == ["60 opened by bo", "60 draft", "60 revision"])
    #expect(harvested.series("n@x") == nil)
    #expect(harvested.mailCount("drafts") == 1)
  }

  @Test func `versions are joined by change-id, by link, by answer and by title, and nothing else is`() throws
  {
    let id = Self.patch.replacing("---\n\n", with: "---\nchange-id: 20240101-pool-0123456789ab\n\n")
    let link = Self.patch.replacing(
      "---\n\n", with: "---\n- Link to v1: https://lore.kernel.org/r/b1@x\n\n")
    let archive = try MailArchiveFixture([
      Self.mail("a1@x", "[PATCH] a", 0, body: id), Self.mail("a2@x", "[PATCH v2] renamed a", 1, body: id),
      Self.mail("b1@x", "[PATCH] bbbb", 2), Self.mail("b2@x", "[PATCH v2] renamed b", 3, body: link),
      Self.mail("c1@x", "[PATCH] cccc", 4), Self.mail("c2@x", "[PATCH v2] renamed c", 5, answers: "c1@x"),
      Self.mail("d1@x", "[PATCH] pool: dddd", 6), Self.mail("d2@x", "[PATCH v3] Pool, dddd", 7),
      Self.mail("e1@x", "[PATCH] fix typo", 8), Self.mail("e2@x", "[PATCH] fix typo", 9),
      Self.mail("e3@x", "[PATCH v2] fix typo", 10, from: Self.cy),
      Self.mail("f1@x", "[PATCH] ffff", 11), Self.mail("f2@x", "[PATCH RESEND] ffff", 12),
    ])
    let harvested = try archive.harvest()
    #expect(
      harvested.names(.mail).map { $0.dropFirst(5).description }
        == ["a1@x", "b1@x", "c1@x", "d1@x", "e1@x", "e2@x", "e3@x", "f1@x"])
    #expect(harvested.series("f1@x")?.story.filter { $0.hasSuffix("revision") } == ["11 revision"])
  }

  @Test func `patches without a thread belong together for an hour`() throws {
    let archive = try MailArchiveFixture([
      Self.mail("p1@x", "[PATCH 1/2] one", 0), Self.mail("p2@x", "[PATCH 2/2] two", 3),
      Self.mail("q2@x", "[PATCH 2/2] two", 90), Self.mail("s1@x", "[PATCH 1/2] other", 4, from: Self.cy),
    ])
    #expect(try archive.harvest().names(.mail) == ["mail/p1@x", "mail/q2@x", "mail/s1@x"])
  }

  @Test
  func `patches that all answer one missing mail belong together, and their answers find them by subject`()
    throws
  {
    let archive = try MailArchiveFixture([
      Self.mail("p1@x", "[PATCH 1/3] one", 0, answers: "gone@x"),
      Self.mail("p3@x", "[PATCH 3/3] three", 1, answers: "gone@x"),
      Self.mail("r@x", "Re: [PATCH 3/3] three", 9, answers: "lost@x", from: Self.cy, body: "Fine.\n"),
    ])
    let harvested = try archive.harvest()
    #expect(harvested.names(.mail) == ["mail/p1@x"])
    #expect(harvested.series("p1@x")?.story.last == "9 text by cy")
    #expect(harvested.mailCount("by-subject") == 1)
  }

  @Test func `re-posts for stable branches, automatic picks and pull requests are counted, not told`() throws
  {
    let copy = "commit 0123456789012345678901234567890123456789 upstream.\n\n" + Self.patch
    let archive = try MailArchiveFixture([
      Self.mail("s@x", "[PATCH 5.10 1/9] one", 0, body: copy),
      Self.mail("a@x", "[PATCH AUTOSEL 6.1 1/9] two", 1),
      Self.mail("g@x", "[GIT PULL] pool", 2, body: "Please pull.\n"),
      Self.mail("t@x", "[PATCH 5.10] backport of my own", 3),
    ])
    let harvested = try archive.harvest()
    #expect(harvested.names(.mail) == ["mail/t@x"])
    #expect(harvested.mailCount("excluded-stable") == 1)
    #expect(harvested.mailCount("excluded-autosel") == 1)
    #expect(harvested.mailCount("pull-requests") == 1)
  }

  @Test func `the author is whom the patch names, and senders and co-developers are co-authors`() throws {
    let forwarded =
      "From: Di Poe <di@example.org>\n\n"
      + Self.patch.replacing("Signed-off-by", with: "Co-developed-by: Ev Ilk <ev@example.org>\nSigned-off-by")
    let archive = try MailArchiveFixture([
      Self.mail("p@x", "[PATCH] one", 0, body: forwarded),
      Self.mail("r@x", "Re: [PATCH] one", 1, answers: "p@x", from: Self.di, body: "Applied, thanks.\n"),
    ])
    let series = try #require(try archive.harvest().series("p@x"))
    #expect(series.author == Identity(name: "Di Poe", email: "di@example.org"))
    #expect(series.coauthors.map(\.email) == ["bo@example.org", "ev@example.org"])
    #expect(series.standing == .series(.posted))
  }

  @Test func `a list that put itself into From is seen through`() throws {
    var mail = Self.mail("p@x", "[PATCH] one", 0, from: "Di Poe via pool <pool@lists.example.org>")
    mail.fields = ["Reply-To: Di Poe <di@example.org>", "List-Id: The pool <pool.lists.example.org>"]
    let archive = try MailArchiveFixture([mail])
    #expect(try archive.harvest().series("p@x")?.author == Identity(name: "Di Poe", email: "di@example.org"))
  }

  @Test func `people addressed are asked, lists are not`() throws {
    var mail = Self.mail("p@x", "[PATCH] one", 0)
    mail.to =
      "Cy Orr <cy@example.org>, pool@lists.example.org, linux-pool@vger.kernel.org, Bo <bo@example.org>"
    let archive = try MailArchiveFixture([mail])
    #expect(try archive.harvest().series("p@x")?.story.last == "0 asks cy@example.org")
    #expect(try archive.harvest().series("p@x")?.observations.count == 3)
  }

  @Test func `everything is applied when a mail says so of every patch`() throws {
    func applied(_ id: String, _ minute: Int64, to patch: String, _ body: String) -> TestMail {
      Self.mail(id, "Re: [PATCH]", minute, answers: patch, from: Self.cy, body: body)
    }
    let commit = "0123456789012345678901234567890123456789"
    let archive = try MailArchiveFixture([
      Self.mail("c@x", "[PATCH 0/2] pool", 0, body: "Cover.\n"),
      Self.mail("p1@x", "[PATCH 1/2] one", 1, answers: "c@x"),
      Self.mail("p2@x", "[PATCH 2/2] two", 2, answers: "c@x"),
      applied("a1@x", 10, to: "p1@x", "Applied, thanks.\n"),
      Self.mail("d@x", "[PATCH 0/2] tool", 20, body: "Cover.\n"),
      Self.mail("d1@x", "[PATCH 1/2] three", 21, answers: "d@x"),
      Self.mail("d2@x", "[PATCH 2/2] four", 22, answers: "d@x"),
      applied(
        "b@x", 30, to: "d@x",
        "Applied, thanks!\n\n[1/2] three\n  commit: \(commit)\n[2/2] four\n  commit: \(commit)\n"),
    ])
    let harvested = try archive.harvest()
    #expect(harvested.series("c@x")?.standing == .series(.posted))
    let landed = try #require(harvested.series("d@x"))
    #expect(landed.standing == .series(.applied))
    let claim = try #require(landed.observations.last)
    #expect(claim.kind == .landed(commit: try #require(ObjectName(hex: commit))))
    #expect(claim.grade == .claimed)
    #expect(claim.time == .between(TestMail.instant(20), TestMail.instant(30)))
  }

  @Test func `what machines write of themselves is nobody's answer`() throws {
    var bot = Self.mail("b@x", "Re: [PATCH] one", 1, answers: "p@x", from: Self.cy, body: "Build failed.\n")
    bot.fields = ["Auto-Submitted: auto-generated"]
    let archive = try MailArchiveFixture([Self.mail("p@x", "[PATCH] one", 0), bot])
    #expect(try archive.harvest().series("p@x")?.story.last == "1 machine")
    #expect(try archive.harvest().mailCount("answered") == 0)
    let rule = BotRule()
    for address in [
      "lkp@intel.com", "syzbot+12ab@syzkaller.appspotmail.com", "patchwork-bot+netdev@kernel.org",
    ] {
      #expect(rule.knows(address: Identity(name: "", email: address)), "\(address)")
    }
    #expect(!rule.knows(address: Identity(name: "", email: "patchwork@example.org")))
  }
}
