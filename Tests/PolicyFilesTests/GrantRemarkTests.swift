import Facts
import PolicyFiles
import Testing

@Suite struct GrantRemarkTests {
  /// To Swift a slash with an accent upon it is another character; to readers of JSON5 it ends the comment.
  @Test func `a reason does not end the comment that it is written into`() throws {
    let reason = "x */\u{301} depth: 9, /* y"
    let grant = Array("{ version: 1, until: '2027-01-01', depth: 0 }".utf8)
    let revoked = try GrantEditor.revoking(grant, on: Instant(seconds: 1_700_000_000), reason: reason)
    let text = String(decoding: revoked, as: UTF8.self)
    #expect(text.unicodeScalars.contains("\u{301}"))
    #expect(!text.utf8.elementsEqual(grant))
    let ends = text.utf8.indices.dropLast().count { text.utf8[$0...].starts(with: "*/".utf8) }
    #expect(ends == 1)
  }
}
