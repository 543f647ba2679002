import Facts
import Testing

@testable import Commands

@Suite struct ArgumentValueTests {
  // The seconds are those of `date -u -d TEXT +%s`.
  @Test(
    arguments: [
      ("2026-03-01", 1_772_323_200), ("1970-01-01", 0), ("2026-03-01T13:05:09Z", 1_772_370_309),
      ("2026-03-01t13:05:09z", 1_772_370_309),
      ("2026-03-01T14:05:09+01:00", 1_772_370_309), ("2026-03-01T08:35:09-04:30", 1_772_370_309),
      ("2026-03-01T13:05:09.999Z", 1_772_370_309), ("2024-02-29", 1_709_164_800),
      ("@1772370309", 1_772_370_309), ("0000-01-01", -62_167_219_200),
      ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] as [(String, Int64)])
  func `reads times of RFC 3339 and dates`(text: String, seconds: Int64) {
    #expect(TimeArgument(text) == .at(Instant(seconds: seconds)))
  }

  @Test(arguments: [
    "", "Now", "today", "2026-3-1", "2026-02-29", "2026-13-01", "2026-03-01T", "2026-03-01T13:05Z",
    "2026-03-01T13:05:09", "2026-03-01T13:05:09+0100", "2026-03-01T13:05:09+24:00", "2026-03-01T13:05:09.Z",
    "2026-03-01T25:00:00Z", "2026-03-01T13:05:09Zx", "２０２６-03-01", "20260301", "-026-03-01", " 2026-03-01",
    "2026-03-01T13:05:60Z", "2026-03-01 13:05:09Z", "@", "@now",
  ])
  func `refuses what is no time`(text: String) {
    #expect(TimeArgument(text) == nil)
  }

  @Test func `takes now as the moment of the run`() {
    #expect(TimeArgument("now")?.instant(now: Instant(seconds: 5)) == Instant(seconds: 5))
    #expect(TimeArgument("1970-01-02")?.instant(now: Instant(seconds: 5)) == Instant(seconds: 86_400))
  }

  @Test(
    arguments: [
      ("90s", 90), ("45m", 2_700), ("8h", 28_800), ("180d", 15_552_000), ("1s", 1), ("007d", 604_800),
      ("365000d", 31_536_000_000),
    ] as [(String, Int64)])
  func `reads lengths of time`(text: String, seconds: Int64) {
    #expect(SpanArgument(text) == .seconds(seconds))
  }

  @Test(arguments: [
    "", "d", "0d", "-1d", "+1d", "1.5h", "1w", "1 d", "180", "d180", "365001d", "9223372036854775807d",
    "99999999999999999999d", "１d", "All",
  ])
  func `refuses what is no length of time`(text: String) {
    #expect(SpanArgument(text) == nil)
  }

  @Test func `takes all as a length without limit`() { #expect(SpanArgument("all") == .all) }

  @Test func `reads whole numbers within their range`() {
    #expect(ValueKind.integer("5", in: 1...9) == 5)
    #expect(ValueKind.integer("-5", in: -9...9) == -5)
    for text in ["0", "10", "+5", "5 ", "", "٥", "5.0", "99999999999999999999", "-"] {
      #expect(ValueKind.integer(text, in: 1...9) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "abcd", 1),
    ("abc", "xbc", 1),
    ("", "abc", 3), ("kitten", "sitting", 3), ("ca", "abc", 3), ("polices", "policies", 1),
  ])
  func `counts edits and swaps of neighbours`(one: String, other: String, distance: Int) {
    #expect(Suggestion.distance(Array(one.unicodeScalars), Array(other.unicodeScalars)) == distance)
    #expect(Suggestion.distance(Array(other.unicodeScalars), Array(one.unicodeScalars)) == distance)
  }

  @Test func `suggests only what is near, the nearest first`() {
    let words = ["window", "width", "verbose"]
    #expect(Suggestion.nearest(to: "widht", among: words) == ["width"])
    #expect(Suggestion.nearest(to: "wi", among: words) == ["width", "window"])
    #expect(Suggestion.nearest(to: "xyz", among: words) == [])
    #expect(Suggestion.nearest(to: "", among: words) == [])
    #expect(Suggestion.nearest(to: String(repeating: "w", count: 10_000), among: words) == [])
  }
}
