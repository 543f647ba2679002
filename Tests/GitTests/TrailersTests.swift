import Git
import Support
import Testing

@Suite struct TrailersTests {
  /// Lines that messages are made of; each kind of line that Git tells apart is there.
  private static let lines = [
    "Signed-off-by: Ada Ray <ada@example.org>", "Reviewed-by: Bo Lin <bo@example.org>", "Fixes: 12",
    "plain words here", "more plain words", "(cherry picked from commit 0123456)", "Empty:", "Spaced : value",
    " continued by a blank", "\tcontinued by a tab", "# a comment", "", "   ", "https://example.org/x",
    "Conflicts:", "\tsrc/file.c", "---", "no-colon", "key with words: value", "-: dash", ": no key",
    "Ünï: value", "[note: in brackets]", "Carriage: return\r", "signed-off-by: lower",
    "# ------------------------ >8 ------------------------", "a:b:c",
  ]

  /// Messages from a fixed sequence of numbers, weighted towards few paragraphs.
  private static func messages(_ count: Int) -> [String] {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return (0..<count).map { _ in
      var text = next(8) == 0 ? "" : "title\n\n"
      if next(3) == 0 { text += "body text\n\n" }
      for _ in 0..<next(9) { text += lines[next(2) == 0 ? next(3) : next(lines.count)] + "\n" }
      if next(5) == 0, text.hasSuffix("\n") { text.removeLast() }
      return text
    }
  }

  @Test func `finds what git log calls trailers in a thousand made-up messages`() throws {
    let messages = Self.messages(1500)
    let fixture = try TemporaryRepository(bare: true)
    var stream = ""
    for (number, message) in messages.enumerated() {
      stream +=
        "commit refs/heads/main\ncommitter A <a> \(number) +0000\ndata \(message.utf8.count)\n\(message)\n"
    }
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    let log = try fixture.gitBytes([
      "log", "--reverse", "-z", "--format=%(trailers:only,unfold)", "main",
    ])
    let theirs = log.split(separator: 0, omittingEmptySubsequences: false).dropLast()
    #expect(theirs.count == messages.count)
    for (message, expected) in zip(messages, theirs) {
      let found = Trailers.parse(Array(message.utf8), mode: .git).trailers
      let text = found.map { "\($0.key): \($0.value)\n" }.joined()
      let wanted = String(decoding: expected, as: UTF8.self)
      #expect(text == wanted || text + "\n" == wanted, "\(message.debugDescription)")
    }
  }

  @Test func `an empty value does not swallow the next trailer`() {
    let found = Trailers.parse(Array("t\n\nTopic:\nCommit: abc\n".utf8), mode: .git)
    #expect(found.trailers == [Trailer(key: "Topic", value: ""), Trailer(key: "Commit", value: "abc")])
    #expect(found.first("commit") == "abc")
    #expect(found.block == 3..<22)
  }

  @Test func `strict mode takes footers from the last paragraph only, whatever lies between them`() {
    let message =
      "Update patch set 2\n\nNot-Footer: x\n\nPatch-set: 2\nsome words\nLabel: Code-Review=+1\nTopic: \n"
    let found = Trailers.parse(Array(message.utf8), mode: .strict)
    #expect(found.trailers.map(\.key) == ["Patch-set", "Label", "Topic"])
    #expect(found.trailers.map(\.value) == ["2", "Code-Review=+1", ""])
  }

  @Test(arguments: [
    "", "\n\n", "Patch-set: 1", "Patch-set: 1\nLabel: x", "a\n\nno footers", "\n\nKey: value\n",
  ])
  func `strict mode finds nothing in a first paragraph`(message: String) {
    #expect(Trailers.parse(Array(message.utf8), mode: .strict).trailers.isEmpty)
  }
}
