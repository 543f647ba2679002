import Reports
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("日本語", 6), ("한국어", 6), ("é", 1), ("e\u{301}", 1), ("नि", 2), ("क्ष", 2), ("👍", 2),
    ("👍🏽", 2),
    ("❤", 1), ("❤\u{FE0F}", 2), ("🇩🇪", 2), ("#\u{FE0F}\u{20E3}", 2), ("ｱ", 1), ("Ａ", 2), ("…", 1),
    ("👨\u{200D}👩\u{200D}👧", 2), ("\u{1100}\u{1161}\u{11A8}", 2), ("ﷺ", 1), ("㋿", 2), ("☕", 2), ("✔", 1),
    ("✔\u{FE0F}", 2), ("Zo\u{308}e", 3), ("a\u{300}\u{301}\u{302}b", 2), ("\u{3000}", 2), ("𠮷", 2),
  ])
  func `counts columns as terminals do`(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("", 0, ""),
    ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 2, "…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("🇩🇪🇫🇷", 3, "🇩🇪…"), ("👍🏽ab", 3, "👍🏽…"),
  ])
  func `cuts between characters and never beyond the width`(text: EscapedText, columns: Int, cut: String) {
    let result = DisplayWidth.truncated(text, to: columns)
    #expect(result.text == cut)
    #expect(DisplayWidth.of(result.text) <= columns)
  }

  @Test func `has a width for every code point`() {
    for value in UInt32(0x20)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect((0...2).contains(DisplayWidth.of(Character(scalar))))
    }
  }
}
