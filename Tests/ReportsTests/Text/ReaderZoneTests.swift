import Facts
import Rules
import Testing

@testable import Reports

/// Moments as a reader's clock shows them.
@Suite struct ReaderZoneTests {
  private func words(_ zone: String, _ time: String) throws -> String {
    let table = try #require(TimeZones.builtIn[zone])
    return ReaderZone(table).words(try #require(Instant(text: time)))
  }

  @Test func `shows the offset of the moment, before and after the clocks change`() throws {
    #expect(try words("Europe/Berlin", "2026-03-29T00:59:00Z") == "2026-03-29 01:59 +01:00")
    #expect(try words("Europe/Berlin", "2026-03-29T01:00:00Z") == "2026-03-29 03:00 +02:00")
    #expect(try words("Asia/Kolkata", "2026-01-01T00:00:00Z") == "2026-01-01 05:30 +05:30")
    #expect(try words("America/New_York", "2026-01-01T00:00:00Z") == "2025-12-31 19:00 -05:00")
    #expect(try words("America/St_Johns", "2026-01-01T00:00:00Z") == "2025-12-31 20:30 -03:30")
    #expect(try words("Africa/Monrovia", "1971-01-01T12:00:00Z") == "1971-01-01 11:15 -00:44:30")
  }

  @Test func `says UTC where that is the zone, and leaves it out where a header names it`() throws {
    let moment = try #require(Instant(text: "2026-01-01T09:05:00Z"))
    #expect(ReaderZone.utc.words(moment) == "2026-01-01 09:05 UTC")
    #expect(ReaderZone.utc.cell(moment) == "2026-01-01 09:05")
    #expect(ReaderZone.utc.day(moment) == "Thu 2026-01-01 09:05")
    let berlin = ReaderZone(try #require(TimeZones.builtIn["Europe/Berlin"]))
    #expect(berlin.cell(moment) == "2026-01-01 10:05 +01:00")
    #expect(berlin.time(moment) == "10:05")
    #expect(berlin.date(moment.advanced(by: 15 * 3600)) == "2026-01-02")
    #expect(berlin.isSameDay(moment, moment.advanced(by: 13 * 3600)))
    #expect(!berlin.isSameDay(moment, moment.advanced(by: 14 * 3600)))
  }

  @Test(arguments: [Int64.min, .max, -62_167_219_201, 253_402_300_800])
  func `no moment is too far away`(seconds: Int64) throws {
    for name in ["UTC", "Europe/Berlin", "America/New_York"] {
      let zone = ReaderZone(try #require(TimeZones.builtIn[name]))
      let moment = Instant(seconds: seconds)
      #expect(!zone.words(moment).isEmpty)
      #expect(!zone.day(moment).isEmpty)
    }
  }
}
