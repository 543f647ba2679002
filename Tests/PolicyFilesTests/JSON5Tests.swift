import Testing

@testable import PolicyFiles

/// Reads a text and writes it back in one plain form, so that tests can compare texts.
private func plain(_ text: String) throws -> String {
  var parser = Parser(SourceText(Array(text.utf8)))
  return plain(try parser.parse())
}

private func plain(_ node: Node) -> String {
  switch node.value {
  case .object(let members):
    "{" + members.map { "\(literal($0.key)):\(plain($0.node))" }.joined(separator: ",") + "}"
  case .array(let nodes): "[" + nodes.map(plain).joined(separator: ",") + "]"
  case .string(let text): literal(text)
  case .number(let number): "\(number)"
  case .bool(let value): "\(value)"
  case .null: "null"
  }
}

struct JSON5Tests {
  @Test(arguments: [
    // Numbers
    ("0", "0.0"), ("-0", "-0.0"), ("+1", "1.0"), (".5", "0.5"), ("5.", "5.0"), ("5.e2", "500.0"),
    ("1E-2", "0.01"), ("1e+2", "100.0"), ("0x1F", "31.0"), ("-0Xff", "-255.0"), ("Infinity", "inf"),
    ("-Infinity", "-inf"), ("+Infinity", "inf"), ("1e999", "inf"), ("123456789012", "123456789012.0"),
    // Words
    ("true", "true"), ("false", "false"), ("null", "null"),
    // Strings
    (#""a""#, #""a""#), (#"'a"b'"#, #""a\"b""#), (#""a'b""#, #""a'b""#),
    (#"'\b\f\n\r\t\v\0\\\'\"\/\a'"#, #""\u0008\u000c\u000a\u000d\u0009\u000b\u0000\\'\"/a""#),
    (#"'\x41\u00e4\ud83d\ude00'"#, #""Aä😀""#), ("'a\\\nb\\\r\nc\\\rd\\\u{2028}e\\\u{2029}f'", #""abcdef""#),
    ("'a\u{2028}b'", #""a\u2028b""#), ("'\u{1}'", #""\u0001""#),
    // Lists and objects
    ("[]", "[]"), ("[1,]", "[1.0]"), ("[1,[2],]", "[1.0,[2.0]]"), ("{}", "{}"),
    ("{a:1,'b c':2,\"d\":3,}", #"{"a":1.0,"b c":2.0,"d":3.0}"#),
    (
      "{$_a1:1,ünï:2,\\u0061b:3,a\\u0062:4,a\u{200D}b:5}",
      #"{"$_a1":1.0,"ünï":2.0,"ab":3.0,"ab":4.0,"a\u200db":5.0}"#
    ),
    ("{true:1,null:2,Infinity:3,if:4}", #"{"true":1.0,"null":2.0,"Infinity":3.0,"if":4.0}"#),
    // White space and comments
    (" \t\u{B}\u{C}\u{A0}\u{FEFF}\u{2028}\u{2029}\u{3000}\r\n1", "1.0"), ("// a\n1// b", "1.0"),
    ("//\u{2028}1", "1.0"), ("/**/1/* * / **/", "1.0"), ("[1/**/,/**/2]", "[1.0,2.0]"),
    ("{/**/a/**/:/**/1}", #"{"a":1.0}"#),
  ])
  func `reads the whole grammar`(text: String, same: String) throws {
    #expect(try plain(text) == same)
  }

  @Test(arguments: [
    "", " ", "//", "1 2", "[1 2]", "[,]", "[,1]", "[1,,2]", "[", "[1", "{", "{,}", "{a}", "{a:}", "{a:1 b:2}",
    "{a:1,,}",
    "{1:2}", "{a-b:1}", "{'a' 1}", "01", "-01", "00", "1.e", "1e", "1e+", ".", "-", "+", "+-1", "--1", "0x",
    "0xg",
    "1a", "1_000", "0x1g", "1.2.3", ".e1", "NaNa", "Infinit", "-Infinityy", "True", "nil", "undefined", "a",
    "'",
    "'a", "'a\nb'", "\"a\rb\"", "'a\"", #"'\x4'"#, #"'\u12'"#, #"'\u{61}'"#, #"'\1'"#, #"'\01'"#,
    #"'\ud800'"#,
    #"'\udc00'"#, #"'\ud800A'"#, "'\\", "/", "/1", "/*", "/* *", "1/", #"{\x61:1}"#, #"{\u0031:1}"#, "{\\",
    "}", "]",
    ":", "\u{0}", "#", "\u{200B}1", "`a`", "{a:1}}", #"{"a":1}x"#,
  ])
  func `refuses everything else`(text: String) {
    #expect(throws: SyntaxError.self) { try plain(text) }
  }

  @Test func `reads NaN as a number that no reader wants`() throws {
    var parser = Parser(SourceText(Array("[NaN, -NaN]".utf8)))
    guard case .array(let nodes) = try parser.parse().value else {
      Issue.record("not a list")
      return
    }
    for node in nodes {
      if case .number(let number) = node.value { #expect(number.isNaN) } else { Issue.record("not a number") }
    }
    #expect(nodes.count == 2)
  }

  @Test(arguments: [
    ("a\nb\n", 2, 2, 1), ("a\r\nb", 3, 2, 1), ("a\rb", 2, 2, 1), ("äöü", 4, 1, 3), ("a\u{2028}b", 4, 1, 3),
    ("\u{FEFF}ab", 3, 1, 1), ("\u{FEFF}ab", 0, 1, 1), ("", 0, 1, 1), ("a", 99, 1, 2), ("a", -1, 1, 1),
    ("\n\n", 2, 3, 1), ("😀x", 4, 1, 2), ("a\r\n", 2, 1, 3),
  ])
  func `counts lines and code points`(text: String, offset: Int, line: Int, column: Int) {
    let position = SourceText(Array(text.utf8)).position(of: offset)
    #expect(position == SourceText.Position(line: line, column: column))
  }

  @Test func `agrees with the standard library on what is UTF-8`() {
    var state: UInt64 = 11
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<6 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let pool: [UInt8] = [
          0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
          0xF1, 0xF4,
          0xF5, 0xFF,
        ]
        bytes.append(pool[Int((state >> 33) % UInt64(pool.count))])
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((SourceText.firstInvalidByte(in: bytes) == nil) == isValid)
    }
  }

  @Test(
    arguments: [
      ("teems", ["teams", "people"], "teams"), ("poeple", ["teams", "people"], "people"),
      ("HOST", ["host"], "host"),
      ("x", ["y"], nil), ("", ["a"], nil), ("memberships", ["emails", "logins"], nil),
      ("form", ["from", "for"], "from"),
      ("ab", ["abc", "abd"], "abc"),
    ] as [(String, [String], String?)])
  func `suggests the nearest known word`(word: String, known: [String], suggestion: String?) {
    #expect(nearest(to: word, among: known) == suggestion)
  }
}
