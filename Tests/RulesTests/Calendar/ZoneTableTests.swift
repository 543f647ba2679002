import Facts
import Foundation
import Testing

@testable import Rules

@Suite struct ZoneTableTests {
  private static let directory = "/usr/share/zoneinfo"

  /// The version of the machine's time zone files; nil when it has none that say so.
  private static var machineVersion: String? {
    // A machine without the file has nothing to compare with.
    let text = try? String(contentsOfFile: directory + "/tzdata.zi", encoding: .utf8)
    return text?.split(separator: "\n").first?.split(separator: " ").last.map(String.init)
  }

  @Test(.enabled(if: machineVersion == BuiltInZones.version))
  func `has the same offsets built in as the files of the machine`() throws {
    var compared = 0
    for name in TimeZones.builtInNames {
      let path = "\(Self.directory)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let read = try #require(ZoneTable(name: name, tzif: bytes), "\(name)")
      let own = try #require(TimeZones.builtIn[name], "\(name)")
      #expect(own.moments == read.moments && own.offsets == read.offsets, "\(name)")
      for moment in stride(from: 7_258_118_400 as Int64, to: 30_000_000_000, by: 40_000_000) {
        let instant = Instant(seconds: moment)
        #expect(own.offset(at: instant) == read.offset(at: instant), "\(name) at \(moment)")
      }
      compared += 1
    }
    #expect(compared > 300)
  }

  @Test func `has every zone that people use, and some 550 names`() throws {
    #expect((500...700).contains(TimeZones.builtInNames.count))
    #expect(TimeZones.builtInNames.allSatisfy(TimeZones.isName))
    for name in TimeZones.builtInNames { #expect(TimeZones.builtIn[name]?.name == name) }
    for name in ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia", "Asia/Kolkata", "Etc/GMT+12"] {
      #expect(TimeZones.builtIn[name] != nil, "\(name)")
    }
    #expect(TimeZones.builtIn["Europe/Atlantis"] == nil)
    #expect(TimeZones.builtIn[""] == nil)
    #expect(TimeZones.builtIn.version.utf8.count == 5)
    #expect(TimeZones.builtIn.source == "built in")
  }

  @Test(arguments: [
    "BST", "GMT+2", "europe/berlin", "posix/Europe/Berlin", "right/UTC", "../etc/passwd", "Europe/../UTC",
    "Europe/", "/Europe", "", "utc", "Z", "A/B/C/D", "Europe/Ber lin", "Ä/B", "EST5EDT",
  ])
  func `takes only UTC and an area with its place for a name`(text: String) {
    #expect(!TimeZones.isName(text))
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29T00:59:59Z", 3600), ("Europe/Berlin", "2026-03-29T01:00:00Z", 7200),
    ("Europe/Berlin", "2026-10-25T00:59:59Z", 7200), ("Europe/Berlin", "2026-10-25T01:00:00Z", 3600),
    ("Asia/Kolkata", "2026-01-01T00:00:00Z", 19_800), ("Africa/Casablanca", "2026-02-15T02:00:00Z", 0),
    ("America/New_York", "2300-07-01T00:00:00Z", -14_400), ("Europe/Dublin", "2300-07-01T00:00:00Z", 3600),
    ("Europe/Dublin", "2300-01-01T00:00:00Z", 0), ("Europe/Berlin", "1960-07-01T00:00:00Z", 3600),
  ])
  func `knows the offset on either side of a change and far ahead`(
    zone: String, moment: String, offset: Int64
  ) {
    #expect(TimeZones.builtIn[zone]?.offset(at: at(moment)) == offset)
  }

  @Test func `answers with the first moment that shows a wall time, now and in 300 years`() throws {
    let zone = try #require(TimeZones.builtIn["America/New_York"])
    let days = ["2025-03-09", "2025-11-02", "2325-03-11", "2325-11-04", "2201-11-01", "2202-03-14"]
    for date in days.compactMap({ CivilDate($0) }) {
      let midnight = Instant(startOf: date).seconds
      var last = Instant(seconds: .min)
      for wall in stride(from: midnight - 3600, through: midnight + 90_000, by: 300) {
        let moment = zone.instant(ofWall: wall)
        #expect(zone.wallSeconds(at: moment) >= wall, "\(date) \(wall)")
        #expect(zone.wallSeconds(at: moment.advanced(by: -1)) < wall, "\(date) \(wall)")
        #expect(moment >= last)
        last = moment
      }
    }
  }

  @Test(arguments: [Int64.min, .min + 1, -1, .max - 1, .max])
  func `answers at the ends of the range`(seconds: Int64) {
    for name in ["Europe/Dublin", "Pacific/Kiritimati", "UTC"] {
      let zone = TimeZones.builtIn[name] ?? .utc
      #expect(abs(zone.offset(at: Instant(seconds: seconds))) <= 93_599)
      _ = (zone.instant(ofWall: seconds), zone.date(at: Instant(seconds: seconds)))
    }
  }
}
