import Facts
import Git
import Testing

@testable import Harvest

/// Mails as bytes: headers, encoded words, addresses, dates, parts.
@Suite struct MailFormatTests {
  private func header(_ text: String) -> MailHeader {
    MailHeader(Array(text.utf8)[...], limits: MailLimits())
  }

  private func parts(_ text: String) -> MailParts { MailParts(header(text), limits: MailLimits()) }

  @Test func `unfolds fields, takes either line end, and ends at the first empty line`() {
    let folded = header(
      "From MAILER Mon\r\nSubject: one\r\n\ttwo\r\n  three\r\nX-A : b\r\n\r\nbody: text\r\n")
    #expect(folded.first("subject") == Array("one\ttwo  three".utf8))
    #expect(folded.first("x-a") == Array("b".utf8))
    #expect(folded.first("body") == nil)
    #expect(folded.body.text == "body: text\r\n")
  }

  @Test func `a line that is no field ends the header`() {
    let broken = header("From: a@example.org\nno field here\nSubject: x\n\nbody\n")
    #expect(broken.first("subject") == nil)
    #expect(broken.body.text == "no field here\nSubject: x\n\nbody\n")
  }

  @Test(arguments: [
    ("=?utf-8?Q?J=C3=BCrgen_L=C3=A4u?=", "Jürgen Läu"),
    ("=?ISO-8859-1?q?J=FCrgen?= =?iso-8859-1*de?B?IEzkdQ==?=", "Jürgen Läu"),
    ("a =?utf-8?q?b?= c", "a b c"),
    ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
    ("=?koi8-r?Q?ab=C1=C2cd?=", "ab\u{FFFD}cd"),
    ("=?utf-8?x?broken?= and =?utf-8?Q?open", "=?utf-8?x?broken?= and =?utf-8?Q?open"),
    ("two   blanks\tand a tab", "two blanks and a tab"),
  ])
  func `decodes encoded words`(field: String, text: String) {
    #expect(EncodedWords.decode(Array(field.utf8)) == text)
  }

  @Test func `reads bytes beyond ASCII without a name as UTF-8, else as Latin-1`() {
    #expect(EncodedWords.decode(Array("Jürgen".utf8)) == "Jürgen")
    #expect(EncodedWords.decode([0x4A, 0xFC, 0x72]) == "Jür")
  }

  @Test(arguments: [
    ("Ada Ray <ada@example.org>", [Identity(name: "Ada Ray", email: "ada@example.org")]),
    (
      "\"Ray, Ada \\\"x\\\"\" <ada@example.org>", [Identity(name: "Ray, Ada \"x\"", email: "ada@example.org")]
    ),
    ("ada@example.org (Ada Ray)", [Identity(name: "Ada Ray", email: "ada@example.org")]),
    ("=?utf-8?q?Ray=2C_Ada?= <ada@example.org>", [Identity(name: "Ray, Ada", email: "ada@example.org")]),
    (
      "team: a@x.org, B <b@x.org>;, <c@x.org",
      [
        Identity(name: "", email: "a@x.org"), Identity(name: "B", email: "b@x.org"),
        Identity(name: "", email: "c@x.org"),
      ]
    ),
    ("", []), (",,;", []),
  ])
  func `reads addresses`(field: String, people: [Identity]) {
    #expect(MailAddresses.list(Array(field.utf8), limit: 10) == people)
  }

  @Test(arguments: [
    ("Mon, 1 Jan 2024 00:00:00 +0000", 1_704_067_200), ("1 Jan 2024 01:30 +0130", 1_704_067_200),
    ("Tue, 2 Jan 2024 17:00:00 +1700 (XYZ)", 1_704_153_600), ("Sun, 31 Dec 2023 16:00:00 PST", 1_704_067_200),
    ("Mon Jan 1 00:00:00 2024", 1_704_067_200), ("Mon, 01 Jan 24 00:00:00 GMT", 1_704_067_200),
    ("1 Jan 2024 00:00:60 +0000", 1_704_067_259),
  ])
  func `reads dates whatever their offset`(text: String, seconds: Int64) {
    #expect(MailDate.seconds(Array(text.utf8)) == seconds)
  }

  @Test(arguments: ["", "yesterday", "32 Jan 2024 00:00 +0000", "1 Jan 2024", "Jan", "1 Foo 2024 00:00"])
  func `takes nothing else for a date`(text: String) {
    #expect(MailDate.seconds(Array(text.utf8)) == nil)
  }

  @Test func `prefers plain text, decodes it, and keeps attachments apart`() {
    let mail = parts(
      """
      Content-Type: multipart/mixed; boundary="a b"

      preamble
      --a b
      Content-Type: multipart/alternative; boundary=inner

      --inner
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      caf=E9 =
      soft
      --inner
      Content-Type: text/html

      <p>no</p>
      --inner--
      --a b
      Content-Type: text/x-patch; name=x.patch
      Content-Transfer-Encoding: base64

      ZGlmZiAtLWdpdCBhL3ggYi94Cg==
      --a b--
      epilogue
      """)
    #expect(String(decoding: mail.text, as: UTF8.self) == "café soft\n")
    #expect(mail.attachments == [Array("diff --git a/x b/x\n".utf8)])
    #expect(!mail.isHTMLOnly && !mail.isCut)
  }

  @Test func `says when there is only HTML, or more parts than are read`() {
    #expect(parts("Content-Type: text/html\n\n<p>x</p>\n").isHTMLOnly)
    var nested = "text\n"
    for depth in 0..<20 {
      nested = "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n\(nested)\n--b\(depth)--\n"
    }
    #expect(parts(nested).isCut)
  }

  @Test func `reads Message-IDs from fields and from web addresses`() {
    #expect(MessageIDs.list(Array("<a@x> (was <b@x>) <> <c @x>".utf8), limit: 9) == ["a@x", "b@x", "c@x"])
    let text = "see https://lore.kernel.org/r/20240102%2Bx-1-a@x.org/T/#u and [1] <b@x>, c@x."
    #expect(MessageIDs.candidates(in: Array(text.utf8)[...]) == ["20240102+x-1-a@x.org", "b@x", "c@x."])
  }

  @Test func `survives any cut and any changed byte`() {
    let mail = TestMail(
      id: "a@x", from: "=?utf-8?q?J=C3=BC?= <j@x>", subject: "=?utf-8?b?W1BBVENIIDEvMl0=?= x", answers: "b@x",
      fields: ["Content-Type: multipart/mixed; boundary=\"q\""],
      body: "--q\nContent-Transfer-Encoding: base64\n\nUmV2aWV3ZWQtYnk6IGE=\n--q--\n", sent: 0, received: 1
    ).bytes
    let place = MailMessage.Place(archive: 0, commit: .zero, blob: .zero)
    var read = 0
    for end in 0...mail.count {
      let cut = Array(mail[..<end])
      if MailMessage(cut, place, committed: TestMail.start, archive: nil, limits: MailLimits()) != nil {
        read += 1
      }
      var changed = mail
      if end < mail.count { changed[end] = UInt8(truncatingIfNeeded: end &* 37) }
      _ = MailMessage(changed, place, committed: .max, archive: nil, limits: MailLimits())
    }
    #expect(read > 0)
  }
}
