import Reports
import Testing

@Suite struct MarkdownTests {
  @Test(arguments: [
    ("plain words", "plain words"),
    ("*bold* _em_ ~~gone~~", "\\*bold\\* \\_em\\_ \\~\\~<!-- -->gone\\~\\~"),
    ("[a](http://x)", "\\[a\\]\\(http\\://x\\)"),
    ("![img](x)", "\\!\\[img\\]\\(x\\)"),
    ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
    ("`code` \\ |", "\\`code\\` \\\\ \\|"),
    ("# heading", "\\# heading"),
    ("1. list", "1\\. list"),
    ("thanks @octocat", "thanks @<!-- -->octocat"),
    ("ada@example.org", "ada@<!-- -->example\\.org"),
    ("fixes #123", "fixes \\#<!-- -->123"),
    ("see !45 and ~bug", "see \\!<!-- -->45 and \\~<!-- -->bug"),
    ("GH-1", "GH<!-- -->\\-1"),
    ("www.evil.org", "www<!-- -->\\.evil\\.org"),
    ("revert deadbeef1", "revert deadbe<!-- -->ef1"),
    ("decade", "decade"),
    (":tada:", "\\:tada\\:"),
    ("::error::x", "\\:\\:error\\:\\:x"),
    ("line\nbreak", "line\\\\x0Abreak"),
    ("a\u{202E}b", "a\\\\u\\{202E\\}b"),
    ("$x$", "\\$<!-- -->x\\$"),
  ])
  func `escapes what has a meaning or makes a link`(foreign: String, source: String) {
    #expect(MarkdownText(escaping: foreign).source == source)
  }

  @Test func `breaks every seven digits of a commit name`() {
    let name = String(repeating: "0123456789", count: 4)
    let pieces = MarkdownText(escaping: name).source.split(separator: "<!-- -->")
    #expect(pieces.allSatisfy { $0.count < 7 })
    #expect(pieces.joined() == name)
  }

  @Test(arguments: [
    ("x", "`x`"), ("", ""), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("``", "``` `` ```"),
    (" x ", "`  x  `"),
    ("@octocat #1", "`@octocat #1`"), ("a\nb", "`a\\x0Ab`"),
  ])
  func `fences code longer than any run of backticks in it`(foreign: String, source: String) {
    #expect(MarkdownText(code: foreign).source == source)
  }

  @Test func `trusts its own Markdown and escapes what is put into it`() {
    let title = "*"
    let text: MarkdownText = "**\(title)** by \(code: "@ada") \(2) times"
    #expect(text.source == "**\\*** by `@ada` 2 times")
    let both: MarkdownText = "\(text)!"
    #expect(both == text + "!")
  }

  @Test func `keeps each row on one line and each cell within its bars`() {
    var table = MarkdownTable([.init("ID"), .init("Wait", align: .right)])
    table.append(["\("a|b")", "\(code: "c|d")"])
    table.append(["two\nlines"])
    table.append(["x", "y", "z"])
    #expect(
      table.text == """
        | ID | Wait |
        | --- | ---: |
        | a\\|b | `c\\|d` |
        | two lines |  |
        | x | y |

        """)
  }

  @Test func `escapes a bar after an escaped backslash`() {
    var table = MarkdownTable([.init("A")])
    table.append([MarkdownText(escaping: "\\|")])
    #expect(table.text.hasSuffix("| \\\\\\| |\n"))
  }
}
