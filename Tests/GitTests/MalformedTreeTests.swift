import Git
import Support
import Testing

@Suite struct MalformedTreeTests {
  private static let blob = ObjectID(hex: "45b983be36b73c0788dc9cbcb76cbb80fc7bb057") ?? .zero

  /// A tree object from modes and names that all point to one blob.
  private static func tree(_ entries: [(String, [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (mode, name) in entries {
      bytes += Array(mode.utf8)
      bytes.append(0x20)
      bytes += name
      bytes.append(0)
      bytes += blob.hexBytes.chunkedHex
    }
    return bytes
  }

  private static let cases: [(String, [UInt8])] = [
    ("dotdot", tree([("100644", Array("..".utf8))])), ("dotgit", tree([("100644", Array(".git".utf8))])),
    ("slash", tree([("100644", Array("a/b".utf8))])), ("empty", tree([("100644", [])])),
    ("twice", tree([("100644", Array("a".utf8)), ("100644", Array("a".utf8))])),
    ("unsorted", tree([("100644", Array("z".utf8)), ("100644", Array("a".utf8))])),
    ("both", tree([("100644", Array("a".utf8)), ("40000", Array("a".utf8))])),
    ("mode 0", tree([("0", Array("a".utf8))])), ("mode 777777", tree([("777777", Array("a".utf8))])),
    ("zero mode", tree([("0100644", Array("a".utf8))])), ("not UTF-8", tree([("100644", [0xFF, 0xFE])])),
    ("line end", tree([("100644", Array("a\nb".utf8))])), ("no octal", tree([("10064x", Array("a".utf8))])),
    ("long mode", tree([("1000000000000644", Array("a".utf8))])), ("no mode", [0x20, 0x61, 0]),
    ("blob as folder", tree([("40000", Array("d".utf8))])), ("cut id", Array("100644 a\0short".utf8)),
    ("cut name", Array("100644 a".utf8)), ("cut mode", Array("1006".utf8)),
    ("long name", tree([("100644", [UInt8](repeating: 0x78, count: 5000))])), ("zeros", [0, 0, 0, 0]),
  ]

  @Test(arguments: cases)
  func `a malformed tree is listed or refused, never a crash`(name: String, bytes: [UInt8]) throws {
    let fixture = try TemporaryRepository(bare: true)
    #expect(try fixture.object("blob", Array("hi\n".utf8)) == Self.blob)
    let good = try fixture.object("tree", Self.tree([("100644", Array("ok".utf8))]))
    let bad = try fixture.object("tree", bytes)
    let lines = "author A <a> 1 +0000\ncommitter C <c> 1 +0000\n\nx"
    let first = try fixture.object("commit", Array("tree \(good.hex)\n\(lines)".utf8))
    let second = try fixture.object("commit", Array("tree \(bad.hex)\nparent \(first.hex)\n\(lines)".utf8))
    let third = try fixture.object("commit", Array("tree \(good.hex)\nparent \(second.hex)\n\(lines)".utf8))
    let repository = try fixture.open()
    let history = try History.load(repository, roots: [third], options: .init(jobs: 2))
    #expect(history.count == 3)
    for commit in [Int32(0), 1] {
      let isKnown = history.changes(commit) != nil
      let isReported = history.problems.contains { $0.commit == history.id(commit) }
      #expect(isKnown != isReported)
    }
    if TreeEntry.parse(bytes) == nil {
      #expect(throws: GitError.self) { try repository.tree(bad) }
      #expect(history.problems.count == 2)
    }
  }

  @Test func `folders nested too deeply are a problem of one commit`() throws {
    let fixture = try TemporaryRepository(bare: true)
    var stream = "commit refs/heads/main\ncommitter C <c> 1 +0000\ndata 1\nx\n"
    stream += "M 100644 inline " + String(repeating: "d/", count: 600) + "f\ndata 1\ny\n"
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    let tip = try fixture.id(of: "main")
    let history = try History.load(try fixture.open(), roots: [tip])
    #expect(history.changes(0) == nil)
    guard case .tooManyChanges = try #require(history.problems.first).kind else {
      Issue.record("not refused: \(history.problems)")
      return
    }
  }
}

extension [UInt8] {
  /// The bytes that these hexadecimal digits stand for.
  fileprivate var chunkedHex: [UInt8] {
    stride(from: 0, to: count, by: 2).compactMap { index in
      UInt8(String(decoding: self[index..<index + 2], as: UTF8.self), radix: 16)
    }
  }
}
