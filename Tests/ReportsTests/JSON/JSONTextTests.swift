import Facts
import Foundation
import Reports
import Testing

@Suite struct JSONTextTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `writes members in the order of the calls`() {
    let bytes = JSONText.object(.compact) { json in
      json.string("z", "last letter first")
      json.integer("a", -5)
      json.boolean("yes", true)
      json.null("nothing")
      json.time("at", Instant(seconds: 0))
      json.decimal("share", 0.125, digits: 2)
      json.quotient("third", 1, by: 3, digits: 4)
      json.strings("names", ["x", "y"])
    }
    #expect(
      text(bytes)
        == #"{"z":"last letter first","a":-5,"yes":true,"nothing":null,"at":"1970-01-01T00:00:00Z","#
        + #""share":0.13,"third":0.3333,"names":["x","y"]}"#)
  }

  @Test func `lays out by two spaces and ends with a line feed`() {
    let bytes = JSONText.object { json in
      json.object("empty") { _ in }
      json.array("none") { _ in }
      json.objects("items", [1, 2]) { number, item in item.integer("n", number) }
      json.array("mixed") { array in
        array.integer(1)
        array.array { $0.string("deep") }
        array.object { $0.null("x") }
      }
    }
    #expect(
      text(bytes) == """
        {
          "empty": {},
          "none": [],
          "items": [
            {
              "n": 1
            },
            {
              "n": 2
            }
          ],
          "mixed": [
            1,
            [
              "deep"
            ],
            {
              "x": null
            }
          ]
        }

        """)
  }

  @Test func `writes null for what is absent or no number`() {
    let bytes = JSONText.object(.compact) { json in
      json.string("s", nil)
      json.integer("i", nil)
      json.boolean("b", nil)
      json.time("t", nil)
      json.decimal("d", .nan, digits: 1)
      json.quotient("q", 1, by: 0, digits: 1)
      json.object("o", String?.none) { value, object in object.string("v", value) }
      json.object("p", "there") { value, object in object.string("v", value) }
    }
    #expect(
      text(bytes)
        == #"{"s":null,"i":null,"b":null,"t":null,"d":null,"q":null,"o":null,"p":{"v":"there"}}"#)
  }

  @Test(arguments: [
    ("plain", #""plain""#), ("", #""""#), ("q\"b\\", #""q\"b\\""#), ("\n\r\t", #""\n\r\t""#),
    ("\0\u{1B}\u{1F}\u{7F}", #""\u0000\u001b\u001f\u007f""#), ("\u{85}\u{9B}", #""\u0085\u009b""#),
    ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("\u{202E}\u{200B}", #""\u202e\u200b""#),
    ("\u{E0041}", #""\udb40\udc41""#), ("ünïcode 日本 👍", #""ünïcode 日本 👍""#), ("a/b", #""a/b""#),
  ])
  func `escapes strings so that every reader gets them back`(value: String, literal: String) throws {
    let bytes = JSONText.array(.compact) { $0.string(value) }
    #expect(text(bytes) == "[\(literal)]")
    #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == [value])
  }

  @Test func `gives back every code point unchanged`() throws {
    var scalars = String.UnicodeScalarView()
    for value in UInt32(0)...0x1_1FFF {
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    let all = String(scalars)
    let bytes = JSONText.array { $0.string(all) }
    let decoded = try JSONDecoder().decode([String].self, from: Data(bytes))
    #expect(decoded.map { Array($0.unicodeScalars) } == [Array(all.unicodeScalars)])
    #expect(bytes.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x0A })
  }

  @Test func `escapes keys that are data`() {
    let bytes = JSONText.object(.compact) { json in
      json.members("teams") { teams in
        teams.integer("a\"b", 1)
        teams.string("é", nil)
        teams.object("c") { _ in }
      }
    }
    #expect(text(bytes) == #"{"teams":{"a\"b":1,"é":null,"c":{}}}"#)
  }

  @Test func `hands out finished parts so that the whole is never kept`() {
    var parts: [[UInt8]] = []
    var rest = JSONText.object(.compact) { json in
      json.array("items") { items in
        for number in 1...3 {
          items.object { $0.integer("n", number) }
          parts.append(items.drain())
        }
      }
    }
    #expect(parts.map(text) == [#"{"items":[{"n":1}"#, #",{"n":2}"#, #",{"n":3}"#])
    rest = parts.flatMap { $0 } + rest
    #expect(text(rest) == #"{"items":[{"n":1},{"n":2},{"n":3}]}"#)
  }

  @Test func `lets an error of the body through`() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try JSONText.object { (json: inout JSONObject) throws(Stop) in
        try json.array("a") { (_: inout JSONArray) throws(Stop) in throw Stop() }
      }
    }
  }
}
