import Facts
import Reports
import Testing

@Suite struct TimeTextTests {
  @Test(
    arguments: [
      (0, "0s"), (1, "1s"), (59, "59s"), (60, "1m"), (125, "2m"), (3_599, "59m"), (3_600, "1h"),
      (27_743, "7h 42m"),
      (86_399, "23h 59m"), (86_400, "1d"), (273_600, "3d 4h"), (86_400 + 59, "1d"), (-27_743, "-7h 42m"),
      (400 * 86_400, "400d"), (Int64.max, "106751991167300d 15h"), (Int64.min, "-106751991167300d 15h"),
    ] as [(Int64, String)])
  func `words elapsed time in at most two units, rounded down`(seconds: Int64, words: String) {
    #expect(DurationWords.elapsed(seconds) == words)
  }

  @Test func `counts working time in hours`() {
    #expect(DurationWords.working(112_320) == "31h 12m")
    #expect(DurationWords.working(3_540) == "59m")
    #expect(DurationWords.working(30) == "30s")
  }

  @Test func `tells a moment from another`() {
    let noon = Instant(seconds: 1_000_000)
    #expect(DurationWords.relative(noon, to: noon) == "now")
    #expect(DurationWords.relative(noon.advanced(by: -273_600), to: noon) == "3d 4h ago")
    #expect(DurationWords.relative(noon.advanced(by: 7_200), to: noon) == "in 2h")
    #expect(DurationWords.relative(Instant(seconds: .min), to: Instant(seconds: .max)).hasSuffix(" ago"))
    #expect(DurationWords.relative(Instant(seconds: .max), to: Instant(seconds: .min)).hasPrefix("in "))
  }

  // The expected texts are those of `date -u -d @SECONDS`.
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_772_370_309, "2026-03-01T13:05:09Z"),
      (-1, "1969-12-31T23:59:59Z"), (-2_203_891_200, "1900-03-01T00:00:00Z"),
      (4_107_542_399, "2100-02-28T23:59:59Z"),
      (253_402_300_799, "9999-12-31T23:59:59Z"), (-62_167_219_200, "0000-01-01T00:00:00Z"),
    ] as [(Int64, String)])
  func `writes moments in RFC 3339`(seconds: Int64, text: String) {
    #expect(UTCTime(Instant(seconds: seconds)).rfc3339 == text)
  }

  @Test func `writes moments for people`() {
    #expect(UTCTime(Instant(seconds: 1_772_370_309)).words == "2026-03-01 13:05 UTC")
    #expect(UTCTime(Instant(seconds: 1_772_370_309)).date == "2026-03-01")
  }

  @Test func `shows moments out of range as the nearest that has a text`() {
    #expect(Instant(seconds: .max).shown.rfc3339 == "9999-12-31T23:59:59Z")
    #expect(Instant(seconds: .min).shown.rfc3339 == "0000-01-01T00:00:00Z")
    #expect(Instant(seconds: 5).shown.rfc3339 == "1970-01-01T00:00:05Z")
  }
}
