import Facts
import Foundation
import Testing

@testable import Reports

/// A message taken apart again by the rules of RFC 5322, 2047 and 2045, written here for these tests alone.
private struct ReadMail {
  var headers: [String: String] = [:]
  var names: [String] = []
  var body = ""

  init(_ bytes: [UInt8]) throws {
    let text = try #require(String(validating: bytes, as: UTF8.self))
    let end = try #require(text.range(of: "\n\n"))
    let head = text[..<end.lowerBound].replacing("\n ", with: " ")
    for line in head.split(separator: "\n") {
      let colon = try #require(line.firstIndex(of: ":"))
      let name = String(line[..<colon])
      names.append(name)
      headers[name] = Self.words(String(line[line.index(colon, offsetBy: 2)...]))
    }
    body = Self.decoded(String(text[end.upperBound...]))
  }

  /// Encoded words that follow each other are one text.
  private static func words(_ text: String) -> String {
    guard text.hasPrefix("=?utf-8?B?") else { return text }
    let data = text.split(separator: " ").reduce(into: Data()) { data, word in
      data += Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) ?? Data()
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = text.replacing("=\n", with: "").utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite struct MailTests {
  private func address(_ text: String) throws -> MailAddress { try #require(MailAddress(text)) }

  private func message(_ subject: String, _ body: String = "Body\n") throws -> MailMessage {
    MailMessage(
      from: try address("sla@example.org"),
      to: [try address("pay@example.org"), try address("b@example.org")],
      subject: EscapedText(escaping: subject), date: Instant(seconds: 1_772_373_909), body: body)
  }

  @Test(arguments: ["a@example.org", "a.b+c@x-y.example", "o'neil@example.org", "x@localhost"])
  func `takes plain addresses`(text: String) {
    #expect(MailAddress(text)?.text == text)
  }

  @Test(arguments: [
    "", "a", "@example.org", "a@", "a@b@c", "a b@example.org", "a@example.org\nBcc: x@example.org",
    "a@example.org\r\nBcc: x@example.org", "A <a@example.org>", "\"a b\"@example.org", "a@[127.0.0.1]",
    "a..b@example.org", ".a@example.org", "a.@example.org", "a@.example.org", "a@example..org",
    "a@-x.example",
    "a@x-.example", "a,b@example.org", "a@example.org,b@example.org", "ä@example.org", "a@exämple.org",
    "a@example.org\u{0}", "(c)a@example.org", "a@example.org;", "a:b@example.org",
  ])
  func `refuses everything that is no plain address`(text: String) {
    #expect(MailAddress(text) == nil)
  }

  @Test func `refuses addresses that are longer than mail allows`() {
    let local = String(repeating: "a", count: 65)
    #expect(MailAddress("\(local)@example.org") == nil)
    #expect(MailAddress("\(local.dropLast())@example.org") != nil)
    #expect(MailAddress("a@\(local.dropLast()).org") == nil)
    let long = Array(repeating: String(repeating: "a", count: 60), count: 5).joined(separator: ".")
    #expect(MailAddress("a@\(long)") == nil)
  }

  @Test func `writes the headers of a mail and no others`() throws {
    let mail = try ReadMail(try message("Two misses").bytes())
    #expect(
      mail.names == [
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding", "Auto-Submitted",
      ])
    #expect(mail.headers["To"] == "pay@example.org, b@example.org")
    #expect(mail.headers["Date"] == "Sun, 01 Mar 2026 14:05:09 +0000")
    #expect(mail.headers["Message-ID"]?.hasPrefix("<notice.1772373909.") == true)
    #expect(mail.headers["Message-ID"]?.hasSuffix("@example.org>") == true)
    #expect(mail.body == "Body\n")
  }

  @Test func `the same message has the same id, any other another`() throws {
    let id = try message("Two misses").messageID
    #expect(try message("Two misses").messageID == id)
    #expect(try message("Two misses", "Body.\n").messageID != id)
    #expect(try message("Two misse", "sBody\n").messageID != id)
    var other = try message("Two misses")
    other.to.removeLast()
    #expect(other.messageID != id)
  }

  @Test(arguments: [
    "Plain", "Zahlungen & Köche – fünf Fälle, die länger sind als eine Zeile fassen kann, 支払いチーム 🙂🙂🙂🙂🙂",
    "a\nBcc: x@example.org", "a\r\n\r\nbody", "=?utf-8?B?QmFk?=", "\u{202E}gpj",
    String(repeating: "word ", count: 60) + "end", String(repeating: "x", count: 300),
  ])
  func `a subject comes back as it was shown, in lines that mail allows`(subject: String) throws {
    let bytes = try message(subject).bytes()
    let mail = try ReadMail(bytes)
    #expect(mail.headers["Subject"] == EscapedText(escaping: subject).text)
    #expect(mail.names.count == 9)
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      #expect(line.utf8.count <= 998)
      #expect(line.utf8.count <= 78 || line.contains("xxxxx"))
      #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test(arguments: [
    "", "\n", "plain\n", "ünïcode and 日本語\n", "a = b\n", "ends with a space \n", "tab\t\n",
    "From here\n.\n..\n",
    String(repeating: "é", count: 200) + "\n", String(repeating: "x", count: 200) + "\nno end",
    String(repeating: "x", count: 75) + ".\n", String(repeating: "x", count: 75) + "From y\n",
    "x" + String(repeating: "=", count: 25) + ".", "=3D=\n=\n",
  ])
  func `a body comes back as it was, in short lines of ASCII`(body: String) throws {
    let bytes = try message("Two misses", body).bytes()
    #expect(try ReadMail(bytes).body == body)
    for line in QuotedPrintable.bytes(of: body).split(separator: 10, omittingEmptySubsequences: false) {
      #expect(line.count <= 76)
      #expect(line.allSatisfy { (0x20...0x7E).contains($0) || $0 == 9 })
      #expect(line.last != 0x20 && line.last != 9)
      #expect(line != [UInt8(ascii: ".")][...] && !line.starts(with: "From ".utf8))
    }
  }

  @Test func `a notice is a mail to the team`() throws {
    let report = try NoticeFixture.report(
      [.init(number: 1, title: "Grüße\r\nBcc: x@example.org\u{202E}", opened: 80)])
    let message = try #require(
      report.mail(from: try address("sla@example.org"), to: [try address("p@example.org")]))
    let mail = try ReadMail(message.bytes())
    #expect(mail.headers["Subject"] == "Service levels: 1 promise was missed and is still open (Payments)")
    #expect(mail.headers["Date"] == "Fri, 05 Jan 2024 04:00:00 +0000")
    #expect(mail.body.contains("Grüße\\x0D\\x0ABcc: x@example.org\\u{202E}"))
    #expect(mail.body.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHazardous })
    #expect(message.bytes() == report.mail(from: message.from, to: message.to)?.bytes())
  }
}
