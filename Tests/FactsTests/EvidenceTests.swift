import Facts
import Testing

@Suite struct EvidenceTests {
  @Test func `object names sort as their digits do`() throws {
    let digits = [
      "0000000000000000000000000000000000000001", "000000000000000000000000000000010000000f",
      "00000000000000010000000000000000000000ff", "00000000ffffffff000000000000000000000000",
      "7fffffffffffffffffffffffffffffffffffffff", "8000000000000000000000000000000000000000",
      "80000000000000008000000000000000ffffffff", "ffffffffffffffffffffffffffffffffffffffff",
    ]
    let names = try digits.map { try #require(ObjectName(hex: $0)) }
    #expect(names.shuffled().sorted().map(\.hex) == digits)
    #expect(names.map(\.short) == digits.map { String($0.prefix(12)) })
    #expect(
      names.map { ObjectName(high: $0.words.high, middle: $0.words.middle, low: $0.words.low) } == names)
    #expect(ObjectName(hex: digits[7].uppercased()) == names[7])
  }

  @Test(arguments: [
    "", "0", String(repeating: "0", count: 39), String(repeating: "0", count: 41),
    String(repeating: "g", count: 40), String(repeating: "0", count: 39) + " ",
    String(repeating: "٠", count: 40),
    String(repeating: "é", count: 20), "-" + String(repeating: "0", count: 39),
  ])
  func `anything but forty digits is no object name`(text: String) {
    #expect(ObjectName(hex: text) == nil)
  }

  @Test func `evidence says what git show proves`() throws {
    let name = try object("a")
    #expect(Evidence(object: name).description == "commit@\(name.hex)")
    #expect(Evidence(ref: "refs/pull/5/head", object: name).description == "refs/pull/5/head@\(name.hex)")
  }

  @Test func `grades rise from nothing to a signature`() {
    #expect(Grade.allCases.sorted() == Grade.allCases)
    #expect(Grade.allCases.first == .absent)
    #expect(Grade.allCases.last == .signed)
  }

  @Test func `moments stop at the ends of the range instead of turning around`() {
    let (first, last) = (Instant(seconds: .min), Instant(seconds: .max))
    #expect(last.advanced(by: 1) == last)
    #expect(first.advanced(by: -1) == first)
    #expect(hour(0).advanced(by: .max) == last)
    #expect(hour(2).since(hour(1)) == 3600)
    #expect(hour(1).since(hour(2)) == -3600)
    #expect(last.since(first) == .max)
    #expect(first.since(last) == -.max)
    #expect(Instant(seconds: -1).since(last) == -.max)
    #expect(Instant(seconds: 0).since(first) == .max)
  }
}
