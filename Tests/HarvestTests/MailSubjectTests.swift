import Facts
import Testing

@testable import Harvest

/// The grammar of subjects on patch lists, and what answers say.
@Suite struct MailSubjectTests {
  private func summary(_ subject: String) -> String {
    let read = MailSubject(subject)
    let part = read.part.map { "\($0)/\(read.total ?? -1)" } ?? "-"
    let flags = [
      read.isReply ? "reply" : "", read.isPatch ? "patch" : "", read.isDraft ? "draft" : "",
      read.isResend ? "resend" : "", read.isPull ? "pull" : "", read.isAutomaticPick ? "pick" : "",
      read.namesRelease ? "release" : "",
    ].filter { !$0.isEmpty }.joined(separator: " ")
    return "\(flags) v\(read.version) \(part) \(read.title)"
  }

  @Test(arguments: [
    ("[PATCH] pool: fix", "patch v1 - pool: fix"),
    ("[PATCH net-next v2 02/15] pool: fix", "patch v2 2/15 pool: fix"),
    ("[PATCHv3 bpf-next 0/7] x", "patch v3 0/7 x"),
    ("[RFC PATCH V4 1/2] x", "patch draft v4 1/2 x"),
    ("[RFCv2] x", "draft v2 - x"),
    ("[PATCH/RFC] x", "patch draft v1 - x"),
    ("[RFC][PATCH v2] x", "patch draft v2 - x"),
    ("[ndctl PATCH 1/2 v2 RESEND] x", "patch resend v2 1/2 x"),
    ("[RESEND-PATCH v2] x", "patch resend v2 - x"),
    ("[pool-list] [PATCH, v2, 1 of 3] x", "patch v2 1/3 x"),
    ("[[PATCH v2] x [y]", "patch v2 - x [y]"),
    ("[PATCH [net] v2] x", "patch v2 - x"),
    ("[PATCH v2.1 3/4] x", "patch v2 3/4 x"),
    ("[PATCH v2alx] x", "patch v2 - x"),
    ("[PATCH 5.10 12/80] x", "patch release v1 12/80 x"),
    ("[PATCH AUTOSEL 6.1 1/9] x", "patch pick release v1 1/9 x"),
    ("[GIT PULL] pool for 6.9", "pull v1 - pool for 6.9"),
    ("Re: Aw: [PATCH v2 1/2] x", "reply patch v2 1/2 x"),
    ("RE[2]: [PATCH] x", "reply patch v1 - x"),
    ("[pool] Re: [PATCH] x", "reply patch v1 - x"),
    ("[PATCH] Re: x", "patch v1 - Re: x"),
    ("[ANNOUNCE] pool 1.0", " v1 - pool 1.0"),
    ("Return of the pool", " v1 - Return of the pool"),
    ("[PATCH 9/2] x", "patch v1 - x"),
    ("[PATCH v99999999999 1/99999999] x", "patch v1 - x"),
    ("[", " v1 - ["), ("", " v1 - "),
  ])
  func `reads subjects`(subject: String, expected: String) {
    #expect(summary(subject) == expected)
  }

  private func reply(_ text: String) -> ReplyText { ReplyText(Array(text.utf8), limits: MailLimits()) }

  @Test func `own words are neither quotation, introduction, trailer nor signature`() {
    let quoteOnly = reply("On Monday, Ada\nwrote:\n\n> text\n\nReviewed-by: Bo <bo@x.org>\n-- \nBo\n")
    #expect(!quoteOnly.hasOwnText)
    #expect(quoteOnly.trailers.map(\.kind) == [.reviewed])
    #expect(reply("> text\nI think so.\n").hasOwnText)
    #expect(!reply("-- \nReviewed-by: Bo <bo@x.org>\n").hasOwnText)
    #expect(reply("-----Original Message-----\nold text\n").hasOwnText == false)
  }

  @Test func `quoted trailers, and those without an address, do not count`() {
    #expect(reply("> Reviewed-by: Bo <bo@x.org>\nReviewed-by: yes\n").trailers.isEmpty)
    let wrapped = reply("Acked-by: A Very Long Name\n <bo@x.org>\n")
    #expect(wrapped.trailers.first?.person.email == "bo@x.org")
  }

  @Test func `an answer below a quoted hunk is on the code, one above it or below the description is not`() {
    let hunk = "> diff --git a/x b/x\n> @@ -1 +1 @@\n> -old\n> +new\n"
    #expect(reply(hunk + "This leaks.\n").isOnCode)
    #expect(!reply("Fine.\n" + hunk).isOnCode)
    #expect(!reply("> We need this.\nDo we?\n" + hunk).isOnCode)
    #expect(!reply(hunk + "> -- \n> 2.39\nThanks for the work.\n").isOnCode)
    #expect(reply("> +\tfree(x);\nTwice?\n").isOnCode)
    #expect(!reply("> - a list\nYes.\n").isOnCode)
  }

  @Test(arguments: [
    ("Applied, thanks!", AppliedWords.Extent.patch), ("Thanks, Bo. Patch applied.", .patch),
    ("Thanks! I've applied this patch to for-next", .patch), ("Both applied, thanks", .series),
    ("Series applied to net-next", .series), ("Patch set applied.", .series),
    ("Queued for 6.9, thanks", .patch),
    ("This series was applied to netdev/net-next.git (main)", .series), ("Applied your patch", .patch),
    ("Thanks for the patch. Applied.", .patch), ("Merged.", .patch),
  ])
  func `recognises that something was applied`(line: String, extent: AppliedWords.Extent) {
    #expect(AppliedWords.extent(Array(line.utf8)[...]) == extent)
  }

  @Test(arguments: [
    "Not applied yet.", "Can this be applied?", "If applied, it breaks.", "applied force",
    "Applied your suggestion",
    "It should be applied to net.", "when merged into the tree", "The values are merged",
    "pushed back on this",
  ])
  func `takes no other sentence for that`(line: String) {
    #expect(AppliedWords.extent(Array(line.utf8)[...]) == nil)
  }

  @Test func `a clause that began on the line before is not a statement`() {
    #expect(reply("I tested this with the patch\napplied to 6.9 and it works.\n").applied == nil)
    #expect(reply("Nice work,\napplied to 6.9.\n").applied == .patch)
  }

  @Test func `reads the lists of commits that tools write`() {
    let list = reply(
      """
      Applied to for-next, thanks!

      [1/2] pool: one
            commit: 0123456789012345678901234567890123456789
      [2/2] pool: two
            (no commit info)
      """)
    #expect(
      list.listed == [
        .init(part: 1, commit: "0123456789012345678901234567890123456789"), .init(part: 2, commit: nil),
      ])
    let bot = reply(
      "This patch was applied to pool.git (main)\n  - [v2] pool: one\n    https://git.x.org/c/0123456789ab\n")
    #expect(bot.listed == [.init(part: nil, commit: "0123456789ab")])
  }

  @Test(arguments: [
    ("NAK.", true), ("Nack from me", true), ("Nakamura said", false), ("NACKed it already", false),
  ])
  func `a refusal is a word of its own at the start of a line`(line: String, refuses: Bool) {
    #expect(reply(line + "\n").refuses == refuses)
  }

  @Test(arguments: [
    ("bo@x.org", "BO@x.org", true), ("bo+kernel@x.org", "bo@x.org", true),
    ("bo@mail.x.org", "bo@x.org", true),
    ("bo@a.mail.x.org", "bo@x.org", false), ("bo@y.org", "bo@x.org", false), ("bo@org", "bo@x.org", false),
    ("bo@evil-x.org", "bo@x.org", false),
  ])
  func `whose own a trailer is follows b4`(trailer: String, sender: String, isOwn: Bool) {
    #expect(MailTrailers.isOwn(trailer, sender: sender) == isOwn)
  }
}
