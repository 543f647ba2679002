import Testing

@testable import Harvest

@Suite struct JSONValueTests {
  @Test func `reads values of every type`() throws {
    let value = try JSONValue(
      #" {"a": [1, -2.5e3, true, false, null], "b": {"c": "d"}, "e": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"} "#
        .utf8)
    #expect(value["a"]?.elements == [.number("1"), .number("-2.5e3"), .bool(true), .bool(false), .null])
    #expect(value["b"]?["c"]?.text == "d")
    #expect(value["e"]?.text == "\"\\/\u{8}\u{C}\n\r\té😀")
    #expect(value["absent"] == nil)
  }

  @Test func `takes the last of a repeated key, and null as absent`() throws {
    let value = try JSONValue(#"{"a": 1, "a": 2, "b": null}"#.utf8)
    #expect(value["a"]?.integer == 2)
    #expect(value["b"] == nil)
  }

  @Test func `replaces half a surrogate pair and bytes that are no UTF-8`() throws {
    #expect(try JSONValue(#""\ud83dx\ude00""#.utf8).text == "\u{FFFD}x\u{FFFD}")
    #expect(try JSONValue([0x22, 0xFF, 0x22]).text == "\u{FFFD}")
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "1.", "1e", "-", "\"", "\"\\x\"", "\"\\u12\"",
    "nul",
    "1 2", "\"\n\"", "[1 2]", "+1", "\"\\u+123\"",
  ])
  func `refuses what is no JSON`(text: String) {
    #expect(throws: JSONValue.Problem.self) { try JSONValue(text.utf8) }
  }

  @Test func `refuses deep nesting instead of exhausting the stack`() {
    #expect(throws: JSONValue.Problem.self) {
      try JSONValue(String(repeating: "[", count: 1_000_000).utf8)
    }
  }
}
