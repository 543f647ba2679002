import Testing

@testable import Reports

/// Marks with an accent upon them: one character to Swift, and still a mark to everybody who reads the output.
@Suite struct AccentedMarkTests {
  private static let accent = "\u{301}"

  @Test func `a backtick with an accent does not end a code span`() {
    let source = MarkdownText(code: "`\(Self.accent)``\(Self.accent) [x](y)").source
    #expect(source == "``` `\(Self.accent)``\(Self.accent) [x](y) ```")
  }

  @Test func `an apostrophe with an accent does not end a word of a shell`() {
    #expect(CommandWord.quoted("'\(Self.accent); id") == "''\\''\(Self.accent); id'")
    #expect(Remedy.word("'\(Self.accent); id") == "''\\''\(Self.accent); id'")
  }

  @Test func `a bracket with an accent commands no chat`() {
    let text = StyledText("<\(Self.accent)!channel>\(Self.accent) &\(Self.accent) `\(Self.accent)")
    #expect(
      ChatDialect.slack.text(text)
        == "&lt;\(Self.accent)!channel&gt;\(Self.accent) &amp;\(Self.accent) '\(Self.accent)")
  }

  @Test func `a blank with an accent at the end of a cell is kept`() {
    var table = CSVTable(["a"])
    table.append([" \(Self.accent)a "])
    #expect(table.bytes == Array("a\r\n\" \(Self.accent)a \"\r\n".utf8))
  }

  @Test func `a line end of two characters ends no workflow command`() {
    #expect(WorkflowCommand.property("a\r\n::stop,b%") == "a%0D%0A%3A%3Astop%2Cb%25")
    #expect(WorkflowCommand.data("%\(Self.accent)\r\n::x\u{1B}[0m") == "%25\(Self.accent)%0D%0A::x\\x1B[0m")
  }
}
