import Reports
import Testing

@Suite struct EscapedTextTests {
  @Test(arguments: [
    ("plain words, ünïcode and 日本語", "plain words, ünïcode and 日本語"),
    ("", ""),
    ("a\u{1B}[2Jb", "a\\x1B[2Jb"),
    ("tab\tline\nreturn\rbell\u{7}", "tab\\x09line\\x0Areturn\\x0Dbell\\x07"),
    ("nul\0del\u{7F}", "nul\\x00del\\x7F"),
    ("csi as one code point \u{9B}2J", "csi as one code point \\x9B2J"),
    ("next line \u{85}", "next line \\x85"),
    ("user\u{202E}nimda\u{202C}", "user\\u{202E}nimda\\u{202C}"),
    ("\u{2066}isolate\u{2069}", "\\u{2066}isolate\\u{2069}"),
    ("marks \u{200E}\u{200F}\u{61C}", "marks \\u{200E}\\u{200F}\\u{61C}"),
    ("zero\u{200B}width\u{200D}\u{2060}\u{FEFF}", "zero\\u{200B}width\\u{200D}\\u{2060}\\u{FEFF}"),
    ("separators\u{2028}\u{2029}", "separators\\u{2028}\\u{2029}"),
    ("tag \u{E0041}\u{E007F}", "tag \\u{E0041}\\u{E007F}"),
    ("soft\u{AD}hyphen, filler \u{3164}", "soft\\u{AD}hyphen, filler \\u{3164}"),
    ("back\\slash \\x1B stays", "back\\slash \\x1B stays"),
  ])
  func `shows what would act or hide`(foreign: String, shown: String) {
    #expect(EscapedText(escaping: foreign).text == shown)
  }

  @Test func `leaves no hazardous code point of any plane`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let category = scalar.properties.generalCategory
      guard category == .control || scalar.properties.isBidiControl || category == .lineSeparator else {
        continue
      }
      let text = EscapedText(escaping: String(scalar)).text
      #expect(
        text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `cuts by code points with an ellipsis`() {
    #expect(EscapedText(escaping: "äöüß", limit: 4).text == "äöüß")
    #expect(EscapedText(escaping: "äöüßx", limit: 4).text == "äöüß…")
    #expect(EscapedText(escaping: "\u{1B}\u{1B}\u{1B}", limit: 2).text == "\\x1B\\x1B…")
    #expect(EscapedText(escaping: String(repeating: "a", count: 501)).text.count == 501)
    #expect(EscapedText(escaping: String(repeating: "a", count: 501)).text.hasSuffix("a…"))
    #expect(EscapedText(escaping: "abc", limit: 0).text == "…")
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\\xFFb"),
      ([0xC3, 0xA9], "é"),
      ([0xC3], "\\xC3"),
      ([0xE2, 0x82], "\\xE2\\x82"),
      ([0xE2, 0x82, 0x41], "\\xE2\\x82A"),
      ([0xC2, 0x9B], "\\x9B"),
      ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
      ([0xF4, 0x90, 0x80, 0x80], "\\xF4\\x90\\x80\\x80"),
      ([0xC0, 0xAF], "\\xC0\\xAF"),
      ([0xFF, 0x41, 0xC3, 0xA9, 0xFE], "\\xFFAé\\xFE"),
      ([], ""),
    ] as [([UInt8], String)])
  func `shows bytes that are no text in hexadecimal`(bytes: [UInt8], shown: String) {
    #expect(EscapedText(bytes: bytes).text == shown)
  }

  @Test func `cuts bytes by code points as well`() {
    #expect(EscapedText(bytes: [0x61, 0x62, 0x63], limit: 3).text == "abc")
    #expect(EscapedText(bytes: [0x61, 0x62, 0x63, 0x64], limit: 3).text == "abc…")
  }

  @Test func `trusts its own words and escapes what is put into them`() {
    let title = "\u{1B}]8;;evil\u{7}"
    let text: EscapedText = "“\(title)” has \(3) approvals"
    #expect(text.text == "“\\x1B]8;;evil\\x07” has 3 approvals")
    let nested: EscapedText = "[\(text)]"
    #expect(nested.text == "[“\\x1B]8;;evil\\x07” has 3 approvals]")
    #expect(EscapedText.joined(["a", "b"], by: ", ").text == "a, b")
  }

  // Compared by hand with `git status --short` of git 2.39 on files of these names.
  @Test(arguments: [
    ("net/tls/handshake.c", "net/tls/handshake.c"),
    ("with space", "with space"),
    ("tab\there", "\"tab\\there\""),
    ("new\nline", "\"new\\nline\""),
    ("quote\"back\\slash", "\"quote\\\"back\\\\slash\""),
    ("grün", "\"gr\\303\\274n\""),
    ("\u{1B}\u{1}\u{7F}", "\"\\033\\001\\177\""),
    ("\u{7}\u{8}\u{B}\u{C}\r", "\"\\a\\b\\v\\f\\r\""),
  ])
  func `quotes paths as git does`(path: String, shown: String) {
    #expect(EscapedText(path: Array(path.utf8)).text == shown)
  }
}
