import Reports
import Support
import Testing

@Suite struct TextDocumentTests {
  private func text(_ document: TextDocument, _ width: Int = 40) -> String {
    Painter.text(document, width: width, palette: .plain)
  }

  @Test func `separates blocks by one empty line and indents sections`() {
    let document = TextDocument([
      .title("Backlog"),
      .section("Waiting", [.paragraph("two"), .section("Deeper", [.paragraph("three")])]),
      .group([.note("first"), .note("second")]),
    ])
    #expect(
      text(document) == """
        Backlog

        Waiting
          two

          Deeper
            three

        first
        second

        """)
  }

  @Test func `leaves no empty lines for empty blocks`() {
    #expect(
      text(TextDocument([.title("a"), .fields([]), .list([]), .group([]), .paragraph("b")])) == "a\n\nb\n")
    #expect(text(TextDocument()) == "")
  }

  @Test func `wraps paragraphs at spaces`() {
    let document = TextDocument([.paragraph("the quick brown fox jumps over the lazy dog again")])
    #expect(text(document, 20) == "the quick brown fox\njumps over the lazy\ndog again\n")
  }

  @Test func `breaks words that are longer than the line`() {
    let document = TextDocument([.paragraph("x 01234567890123456789012345678 y")])
    #expect(text(document, 20) == "x\n01234567890123456789\n012345678 y\n")
  }

  @Test func `wraps wide characters by columns`() {
    let document = TextDocument([.paragraph("日本語日本語日本語日本語")])
    #expect(text(document, 20) == "日本語日本語日本語日\n本語\n")
  }

  @Test func `aligns the values of fields and hangs long ones`() {
    let document = TextDocument([
      .fields([
        .init("Turn", "reviewers"), .init("Due", "2026-03-01 13:05 UTC, which is in 3d 4h from now"),
      ])
    ])
    #expect(
      text(document, 30) == """
        Turn  reviewers
        Due   2026-03-01 13:05 UTC,
              which is in 3d 4h from
              now

        """)
  }

  @Test func `hangs list items`() {
    let document = TextDocument([.list(["one two three four five six", "seven"])])
    #expect(text(document, 20) == "- one two three four\n  five six\n- seven\n")
  }

  @Test func `cuts verbatim lines and never wraps them`() {
    let document = TextDocument([.verbatim(["tributary backlog --as-of now", "  indented"])])
    #expect(text(document, 20) == "tributary backlog -…\n  indented\n")
  }

  @Test(arguments: 1...120)
  func `never writes beyond the width`(width: Int) {
    let long = "Ünïcode 日本語 and averyveryverylongwordthatfitsnowhereatall, then words"
    var table = TextTable([.init("id"), .init("title", shrinksTo: 8), .init("n", align: .right, priority: 1)])
    table.append(["pr/76", StyledText(long), "12345"])
    let document = TextDocument([
      .title(StyledText(long)),
      .section(
        StyledText(long),
        [
          .fields([.init("a label of some length", StyledText(long))]), .list([StyledText(long)]),
          .table(table),
        ]),
      .verbatim([StyledText(long)]),
    ])
    for line in document.lines(width: width) { #expect(line.width <= max(width, TextDocument.leastWidth)) }
  }

  @Test func `keeps roles when it wraps`() {
    let text: StyledText = "good \("very late indeed", .bad) end"
    let lines = TextDocument([.paragraph(text + " and some more words")]).lines(width: 20)
    #expect(lines[0].spans == [Span("good "), Span("very late", .bad)])
    #expect(lines[1].spans == [Span("indeed", .bad), Span(" end and some")])
  }

  @Test func `cuts styled text in the span that overflows`() {
    let text: StyledText = "ab\("cd", .good)\("ef", .bad)"
    #expect(text.truncated(to: 6) == text)
    #expect(text.truncated(to: 5).plain == "abcd…")
    #expect(text.truncated(to: 4).plain == "abc…")
    #expect(text.truncated(to: 4).spans.last == Span("c…", .good))
    #expect(text.truncated(to: 1).plain == "…")
    #expect(text.truncated(to: 0).plain == "")
  }

  @Test func `paints one code for each role and resets it`() {
    let document = TextDocument([.paragraph("\("pr/76", .id) is \("late", .bad)")])
    #expect(
      Painter.text(document, width: 40, palette: .ansi)
        == "\u{1B}[36mpr/76\u{1B}[0m is \u{1B}[1;31mlate\u{1B}[0m\n")
    #expect(Painter.text(document, width: 40, palette: .plain) == "pr/76 is late\n")
  }

  @Test func `writes no escape code without a palette whatever the role`() {
    let all = Role.allCases.map { StyledText("x", $0) }
    let plain = Painter.text(TextDocument([.list(all)]), width: 40, palette: .plain)
    #expect(!plain.contains("\u{1B}"))
    let painted = Painter.text(TextDocument([.list(all)]), width: 40, palette: .ansi)
    #expect(painted.split(separator: "\n").count { $0.contains("\u{1B}") } == Role.allCases.count - 1)
  }

  @Test(arguments: [
    ("::set-env name=PATH::/tmp", "\\x3A:set-env name=PATH::/tmp"),
    ("  ::error::x", "\\x3A:error::x"),
    ("text ::error::x", "text ::error::x"),
    (": one colon", ": one colon"),
    ("see ##[add-path]/tmp", "see ##\\x5Badd-path]/tmp"),
    ("##vso[task.setvariable variable=a]b", "##vso\\x5Btask.setvariable variable=a]b"),
    ("###teamcity[x]", "###teamcity\\x5Bx]"),
    ("# one [link]", "# one [link]"),
    ("a##b##c[", "a##b##c\\x5B"),
  ])
  func `disarms lines that a build server would obey`(line: String, shown: String) {
    #expect(text(TextDocument([.paragraph(StyledText(line))]), 60).contains(shown))
    let painted = Painter.text(TextDocument([.paragraph(StyledText(line))]), width: 60, palette: .ansi)
    #expect(painted.contains(shown))
  }
}
