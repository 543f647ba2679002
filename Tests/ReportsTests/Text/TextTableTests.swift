import Reports
import Testing

@Suite struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      .init("ID"), .init("Title", shrinksTo: 10), .init("Team", priority: 2), .init("Wait", align: .right),
      .init("Level", align: .right, priority: 1),
    ])
    table.append(["pr/76", "Link to git-notes documentation", "docs", "7h 42m", "2"])
    table.append(["mr/1234", "日本語のタイトル", "payments", "3d", "1"])
    return table
  }

  private func text(_ table: TextTable, _ width: Int) -> String {
    Painter.text(TextDocument([.table(table)]), width: width, palette: .plain)
  }

  @Test func `aligns columns by display width`() {
    #expect(
      text(table(), 80) == """
        ID       Title                            Team        Wait  Level
        pr/76    Link to git-notes documentation  docs      7h 42m      2
        mr/1234  日本語のタイトル                 payments      3d      1

        """)
  }

  @Test func `narrows before it leaves out`() {
    #expect(
      text(table(), 50) == """
        ID       Title             Team        Wait  Level
        pr/76    Link to git-not…  docs      7h 42m      2
        mr/1234  日本語のタイトル  payments      3d      1

        """)
  }

  @Test func `leaves out the least important column first and says so`() {
    #expect(
      text(table(), 40) == """
        ID       Title               Wait  Level
        pr/76    Link to git-not…  7h 42m      2
        mr/1234  日本語のタイトル      3d      1
        Not shown for want of width: Team

        """)
  }

  @Test func `leaves out all it may and then cuts the rest`() {
    let lines = text(table(), 20).split(separator: "\n")
    #expect(lines.first.map(String.init)?.contains("Level") == false)
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 20 })
    #expect(lines.suffix(3).joined(separator: " ") == "Not shown for want of width: Team, Level")
  }

  @Test func `fills short rows and ignores surplus cells`() {
    var table = TextTable([.init("A"), .init("B", align: .right)])
    table.append(["x"])
    table.append(["x", "y", "z"])
    #expect(text(table, 40) == "A  B\nx\nx  y\n")
  }

  @Test func `has no trailing spaces`() {
    var table = TextTable([.init("A", align: .right), .init("Long header")])
    table.append(["", "x"])
    table.append(["1", ""])
    #expect(text(table, 40) == "A  Long header\n   x\n1\n")
  }

  @Test func `shows a table without rows as its header`() {
    #expect(text(TextTable([.init("A"), .init("B")]), 40) == "A  B\n")
    #expect(text(TextTable([]), 40) == "\n")
  }
}
