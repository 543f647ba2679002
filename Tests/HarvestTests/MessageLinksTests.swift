import Testing

@testable import Harvest

/// The mails that commit messages name.
@Suite struct MessageLinksTests {
  @Test(arguments: [
    ("Link: https://lore.kernel.org/r/20240102.1-2-ada@example.org", ["20240102.1-2-ada@example.org"]),
    ("Link: https://lore.kernel.org/all/a.b@example.org/T/#u", ["a.b@example.org"]),
    ("link: https://patch.msgid.link/x%2By%40example.org", ["x+y@example.org"]),
    ("Message-Id: <a@example.org>", ["a@example.org"]), ("MESSAGE-ID:a@example.org", ["a@example.org"]),
    ("Discussion: https://postgr.es/m/a@b, https://postgr.es/m/c%40d", ["a@b", "c@d"]),
    ("Link: https://lore.kernel.org/r/a@b?x=1\nLink: https://lore.kernel.org/r/c@d#e", ["a@b", "c@d"]),
    ("Link: https://lore.kernel.org/r/a@b\nMessage-Id: <a@b>", ["a@b"]),
    ("Link: https://lore.kernel.org/r/a%4@b%zz", ["a%4@b%zz"]), ("Link: https://x/r/%", []),
    ("Link: https://ada@example.org/bug/1", []), ("Link: https://medium.com/@ada/text", []),
    ("Link: https://example.org/a@b@c", []), ("Closes: https://example.org/a@b", []),
    ("Message-Id: <>", []), ("Message-Id: <a@>", []), ("Message-Id: <a@b", ["a@b"]), ("Link:", []),
    ("See Link: https://lore.kernel.org/r/a@b", []), ("Link: https://x/a%00@b", []),
  ])
  func `ids are read from lines that link to mail`(lines: String, ids: [String]) {
    #expect(MessageLinks.messageIDs(of: ArraySlice("Pool\n\nText\n\n\(lines)\n\nEnd\n".utf8)) == ids)
  }

  @Test func `the subject is no link, and neither is a message without text`() {
    #expect(MessageLinks.messageIDs(of: ArraySlice("Message-Id: <a@b>\n".utf8)).isEmpty)
    #expect(MessageLinks.messageIDs(of: []).isEmpty)
  }

  @Test func `not more ids are read than the limit, and no endless line`() {
    let lines = (0..<1000).map { "Message-Id: <\($0)@example.org>" }.joined(separator: "\n")
    let ids = MessageLinks.messageIDs(of: ArraySlice("Pool\n\n\(lines)".utf8))
    #expect(ids.count == MessageLinks.limit)
    #expect(ids.first == "0@example.org")
    let long = "Pool\n\nLink: https://x/" + String(repeating: "a", count: 5000) + "@b\nLink: https://x/c@d"
    #expect(MessageLinks.messageIDs(of: ArraySlice(long.utf8)) == ["c@d"])
  }
}
