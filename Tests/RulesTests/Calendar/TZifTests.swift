import Facts
import Testing

@testable import Rules

/// A time zone file in as few words as a test should need.
private struct ZoneFile {
  var version: UInt8 = 0x32
  var changes: [(at: Int64, kind: UInt8)] = []
  var offsets: [Int32] = [3600, 7200]
  var leaps: UInt32 = 0
  var footer: String? = "CET-1CEST,M3.5.0,M10.5.0/3"

  var bytes: [UInt8] {
    let second = footer.map { text in block(8) + [0x0A] + Array(text.utf8) + [0x0A] } ?? []
    return block(4) + second
  }

  private func block(_ width: Int) -> [UInt8] {
    let counts: [UInt32] = [0, 0, leaps, UInt32(changes.count), UInt32(offsets.count), 4]
    var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
    for count in counts { bytes += big(UInt64(count), 4) }
    for change in changes { bytes += big(UInt64(bitPattern: change.at), width) }
    bytes += changes.map(\.kind)
    for offset in offsets { bytes += big(UInt64(UInt32(bitPattern: offset)), 4) + [0, 0] }
    return bytes + Array("LMT\0".utf8) + [UInt8](repeating: 0, count: Int(leaps) * (width + 4))
  }

  private func big(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (UInt64($0) * 8)) }
  }
}

@Suite struct TZifTests {
  @Test(arguments: [UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "4")])
  func `reads changes and the rule after them`(version: UInt8) throws {
    var file = ZoneFile(version: version)
    file.changes = [(1_000_000_000, 1), (1_010_000_000, 0)]
    let table = try #require(ZoneTable(name: "Test/Zone", tzif: file.bytes))
    #expect(table.name == "Test/Zone")
    #expect(table.offset(at: Instant(seconds: 999_999_999)) == 3600)
    #expect(table.offset(at: Instant(seconds: 1_000_000_000)) == 7200)
    #expect(table.offset(at: Instant(seconds: 1_010_000_000)) == 3600)
    #expect(table.offset(at: at("2050-07-01T00:00:00Z")) == 7200)
  }

  @Test func `reads the first version, which has no rule`() throws {
    var file = ZoneFile(version: 0)
    file.changes = [(1_000_000_000, 1)]
    file.footer = nil
    let table = try #require(ZoneTable(name: "Test/Zone", tzif: file.bytes))
    #expect(table.moments == [1_000_000_000])
    #expect(table.offset(at: Instant(seconds: .max)) == 7200)
  }

  @Test func `lets the offset of 1970 hold for all time before it`() throws {
    var file = ZoneFile(footer: "<+02>-2")
    file.changes = [(-2_000_000_000, 1), (100, 0), (200, 1)]
    let table = try #require(ZoneTable(name: "Test/Zone", tzif: file.bytes))
    #expect(table.moments == [100, 200])
    #expect(table.offset(at: Instant(seconds: .min)) == 7200)
  }

  @Test func `refuses files that do not hold together`() {
    var files: [ZoneFile] = []
    files.append(ZoneFile(changes: [(5, 0), (5, 1)]))
    files.append(ZoneFile(changes: [(6, 0), (5, 1)]))
    files.append(ZoneFile(changes: [(5, 2)]))
    files.append(ZoneFile(offsets: []))
    files.append(ZoneFile(offsets: [93_600]))
    files.append(ZoneFile(offsets: [.min]))
    files.append(ZoneFile(leaps: 1))
    files.append(ZoneFile(footer: "CET-1CEST"))
    files.append(ZoneFile(footer: nil))
    for (number, file) in files.enumerated() {
      #expect(ZoneTable(name: "Test/Zone", tzif: file.bytes) == nil, "file \(number)")
    }
    let whole = ZoneFile(changes: [(5, 1)]).bytes
    for length in whole.indices { #expect(ZoneTable(name: "", tzif: Array(whole[..<length])) == nil) }
    #expect(ZoneTable(name: "", tzif: []) == nil)
  }

  @Test func `survives any change to its bytes`() {
    var random = SeededGenerator(seed: 36)
    let whole = ZoneFile(changes: [(5, 1), (1_000_000_000, 0), (1_500_000_000, 1)]).bytes
    var read = 0
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let table = ZoneTable(name: "", tzif: bytes) else { continue }
      read += 1
      for seconds in [Int64.min, 0, 5, 1_400_000_000, 9_000_000_000, .max] {
        _ = (table.offset(at: Instant(seconds: seconds)), table.instant(ofWall: seconds))
      }
    }
    #expect(read > 1000)
  }

  @Test(arguments: [
    ("EST5EDT,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18_000),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14_400),
    ("<+03>-3", "2026-07-01T00:00:00Z", 10_800),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 10_800),
    ("XST3XDT4,0/0,J365/23", "2024-12-31T12:00:00Z", -14_400),
    ("XST3XDT4,0/0,J365/23", "2025-01-01T03:00:00Z", -14_400),
    ("AST4ADT,J60/0,J61/0", "2024-02-29T12:00:00Z", -14_400),
    ("AST4ADT,J60/0,J61/0", "2024-03-01T12:00:00Z", -10_800),
    ("AST4ADT,59/0,60/0", "2024-02-29T12:00:00Z", -10_800),
    ("AST4ADT,59/0,60/0", "2025-03-01T12:00:00Z", -10_800),
    ("LMT-1:02:03", "2026-01-01T00:00:00Z", 3723),
  ])
  func `reads a rule`(text: String, moment: String, offset: Int64) throws {
    let rule = try #require(ZoneRule(text.utf8))
    let table = ZoneTable(name: "", first: 0, changes: [], rule: rule)
    #expect(table.offset(at: at(moment)) == offset)
  }

  @Test func `daylight time that lasts all year has no gap between the years`() throws {
    let rule = try #require(ZoneRule("XXX0EDT1,0/0,J365/23".utf8))
    let table = ZoneTable(name: "", first: 0, changes: [], rule: rule)
    for year in [2025, 2201, 2202, 2203, 2601] {
      // A second before midnight, by a clock that is an hour behind.
      let midnight = at("\(year)-01-01T00:00:00Z").seconds
      #expect(table.instant(ofWall: midnight - 1).seconds == midnight + 3_599, "\(year)")
    }
  }

  @Test(arguments: [
    "", "E5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
    "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J5", "EST5EDT,J366,J5", "EST5EDT,366,5", "EST25", "EST5:60",
    "<EST5", "EST5EDT,M3.2.0/168,M11.1.0", "EST5 ", "EST5EDT,M3.2.0,M11.1.0,", "EST99999999999999999999",
  ])
  func `refuses what is no rule`(text: String) { #expect(ZoneRule(text.utf8) == nil) }
}
