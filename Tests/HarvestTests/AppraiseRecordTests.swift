import Facts
import Testing

@testable import Harvest

@Suite struct AppraiseRecordTests {
  @Test func `writes comments as Go does and names them by the SHA-1 of that`() throws {
    let groups = String(decoding: try AppraiseFixture.bytes("comment-ids.txt"), as: UTF8.self)
      .split(separator: "\n\n")
    #expect(groups.count == 18)
    for group in groups {
      let lines = group.split(separator: "\n").map(String.init)
      let comment = try AppraiseComment(line: ArraySlice(lines[0].utf8))
      #expect(String(decoding: comment.line, as: UTF8.self) == lines[1])
      #expect(comment.id.hex == lines[2], "\(lines[0])")
    }
  }

  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
  ])
  func `gives the published SHA-1 digests`(text: String, digest: String) {
    #expect(SHA1.digest(of: Array(text.utf8)).hex == digest)
  }

  @Test func `gives the published SHA-1 digest of a million letters`() {
    let letters = [UInt8](repeating: 0x61, count: 1_000_000)
    #expect(SHA1.digest(of: letters).hex == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
  }

  @Test func `pads to one block or two around the length field`() {
    let digests = [55, 56, 63, 64].map { SHA1.digest(of: [UInt8](repeating: 0x61, count: $0)).hex }
    #expect(
      digests == [
        "c1c8bbdc22796e28c0e15163d20899b65621d65a", "c2db330f6083854c99d4b5bfb6e8f29f201be699",
        "03f09f5b158a7a8cdad920bddc29b81c18a551f5", "0098ba824b5c16427bd7a1122a5a442a25ec644d",
      ])
  }

  @Test func `writes control characters the older way for ids from before Go 1_22`() throws {
    let comment = try AppraiseComment(line: ArraySlice(#"{"description":"a\bb\f"}"#.utf8))
    #expect(comment.olderID == SHA1.digest(of: Array(#"{"description":"a\u0008b\u000c"}"#.utf8)))
    #expect(try AppraiseComment(line: ArraySlice(#"{"description":"a"}"#.utf8)).olderID == nil)
  }

  @Test(arguments: [
    "", "{", "}", "[]", "\"text\"", "7", "true", "{} {}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":01}",
    "{\"a\":+1}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":nul}", "{\"a\":[1,]}",
    "{\"a\":[1 2]}", "{\"a\":{\"b\":1]}", "{'a':1}", "{a:1}", "{\"a\":\"\u{1}\"}", "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"", "{\"a\":\"\\", "\u{feff}{}", "{}\u{0}",
    "{\"a\":tru}",
    "{\"timestamp\":1700000000}", "{\"timestamp\":{}}", "{\"resolved\":\"true\"}", "{\"resolved\":1}",
    "{\"location\":[]}", "{\"location\":\"x\"}", "{\"location\":{\"range\":[]}}", "{\"v\":\"0\"}",
    "{\"v\":1}", "{\"v\":0.0}", "{\"v\":1e0}", "{\"v\":99999999999999999999}",
    "{\"location\":{\"range\":{\"startLine\":-1}}}", "{\"location\":{\"range\":{\"startLine\":-0}}}",
    "{\"location\":{\"range\":{\"endLine\":4294967296}}}",
  ])
  func `drops a line that Go would not read into a comment`(line: String) {
    #expect(throws: RecordFailure.self) { try AppraiseComment(line: ArraySlice(line.utf8)) }
  }

  @Test func `replaces each byte that is no UTF-8, as Go does`() throws {
    let bytes: [UInt8] =
      Array(#"{"author":""#.utf8) + [0x61, 0xe2, 0x82, 0x62, 0xed, 0xa0, 0x80, 0xff] + [0x22, 0x7d]
    let author = try AppraiseComment(line: bytes[...]).author
    #expect(
      Array(author.unicodeScalars)
        == Array("a\u{fffd}\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}".unicodeScalars))
  }

  @Test func `reads what is nested as deeply as Go allows, and no deeper`() throws {
    func line(_ depth: Int) -> ArraySlice<UInt8> {
      let open = String(repeating: "[", count: depth), close = String(repeating: "]", count: depth)
      return ArraySlice("{\"author\":\"bo\",\"x\":\(open)\(close)}".utf8)
    }
    #expect(try AppraiseComment(line: line(9_999)).author == "bo")
    #expect(throws: RecordFailure(detail: "nested too deeply")) { try AppraiseComment(line: line(10_000)) }
    #expect(throws: RecordFailure.self) { try AppraiseComment(line: line(1_000_000)) }
  }

  @Test func `an empty object and null are requests without anything`() throws {
    #expect(try AppraiseRequest(line: ArraySlice("{}".utf8)) == AppraiseRequest())
    #expect(try AppraiseRequest(line: ArraySlice(" null\r".utf8)) == AppraiseRequest())
  }

  @Test func `writes a request as Go does, with an empty target but no other empty field`() throws {
    #expect(String(decoding: AppraiseRequest().line, as: UTF8.self) == #"{"targetRef":""}"#)
    let stored = try NoteRecords(AppraiseFixture.bytes("rebased.reviews"), read: AppraiseRequest.init(line:))
    let lines = String(decoding: try AppraiseFixture.bytes("rebased.reviews"), as: UTF8.self).split(
      separator: "\n")
    #expect(stored.records.map { String(decoding: $0.record.line, as: UTF8.self) } == lines.map(String.init))
  }

  @Test func `a null among reviewers keeps what an earlier key put there`() throws {
    let line = #"{"reviewers":["a","b"],"reviewers":[null,"c",null]}"#
    #expect(try AppraiseRequest(line: ArraySlice(line.utf8)).reviewers == ["a", "c", ""])
    #expect(throws: RecordFailure.self) {
      try AppraiseRequest(line: ArraySlice(#"{"reviewers":["a",1]}"#.utf8))
    }
  }

  @Test func `build reports take only the known words`() throws {
    let good = #"{"timestamp":"1","url":"u","status":"failure","agent":"ci"}"#
    #expect(try CIReport(line: ArraySlice(good.utf8)).status == .failure)
    #expect(try CIReport(line: ArraySlice("{}".utf8)).status == .running)
    #expect(throws: RecordFailure.self) { try CIReport(line: ArraySlice(#"{"status":"Success"}"#.utf8)) }
    #expect(try AnalysisReport(line: ArraySlice(#"{"status":"odd"}"#.utf8)).status == "odd")
  }

  @Test func `says of each unreadable line where it is and why`() throws {
    let notes = try NoteRecords(AppraiseFixture.bytes("mixed.reviews"), read: AppraiseRequest.init(line:))
    #expect(notes.records.map(\.line) == [7])
    #expect(
      notes.failures.map { "\($0.line): \($0.detail)" } == [
        "1: not JSON at byte 2: unknown word", "3: field \"timestamp\" is not a string",
        "5: format version 1", "9: field \"reviewers\" is not an array",
        "11: field \"record\" is not an object",
      ])
  }

  @Test func `names at most twenty unreadable lines one by one`() throws {
    let notes = NoteRecords(
      Array(String(repeating: "x\n", count: 500).utf8), read: AppraiseRequest.init(line:))
    let name = SHA1.digest(of: [])
    let diagnostics = notes.diagnostics(ref: "refs/notes/x", object: name)
    #expect(diagnostics.count == 20)
    #expect(
      diagnostics.last?.kind
        == .unreadableRecord(line: 20, detail: "field \"record\" is not an object; and 480 more lines"))
  }
}
