import Facts
import Foundation
import Testing

@testable import Rules

/// Compares with an independent script: Python's zoneinfo, going through every window of every day.
///
/// `fixtures/calendar/cases.txt` has a calendar of random hours and exceptions for every zone, and eight random cases
/// for each, half of them near a change of the clock. Made with tzdata 2025b, seed 20261121.
@Suite struct CalendarFixtureTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../fixtures/calendar/cases.txt").standardizedFileURL

  @Test func `agrees with an independent script in every zone`() throws {
    let text = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    var region = CalendarPolicy.Region(timeZone: "", hours: [:])
    var (line, cases, differences) = (Substring(), 0, 0)
    for next in text.split(separator: "\n") where !next.hasPrefix("#") {
      let fields = next.split(separator: " ")
      if fields.first == "calendar" {
        line = next
        region = try #require(Self.region(fields))
        continue
      }
      let given = fields[..<4].compactMap { Int64($0) }
      let expected = fields[4...].map(String.init)
      let found = Self.answers(Self.calendar(region, given, expected), given)
      cases += 1
      guard found != expected else { continue }
      differences += 1
      if differences <= 10 { Issue.record("\(line)\n\(next)\nfound \(found)") }
    }
    #expect(differences == 0 && cases >= 4000, "\(differences) of \(cases) differ")
  }

  private static func answers(_ calendar: WorkingCalendar, _ given: [Int64]) -> [String] {
    guard given.count == 4 else { return [] }
    let start = Instant(seconds: given[0])
    func shown(_ moment: Instant?) -> String { moment.map { String($0.since(start)) } ?? "-" }
    return [
      String(calendar.elapsed(from: start, to: start.advanced(by: given[2]))),
      shown(calendar.due(from: start, after: given[1])),
      shown(calendar.breaches(from: start, after: given[1])),
      shown(calendar.endOfBusinessDay(Int(given[3]), after: start)),
    ]
  }

  /// Only the days that matter are worked out, which keeps the test short.
  private static func calendar(
    _ region: CalendarPolicy.Region, _ given: [Int64], _ expected: [String]
  ) -> WorkingCalendar {
    let ends = expected.dropFirst().map { Int64($0) ?? WorkingCalendar.horizon }
    let first = (given.first ?? 0) + (given.dropFirst(2).first.map { min($0, 0) } ?? 0)
    let last = (given.first ?? 0) + (ends.max() ?? 0) + max(given.dropFirst(2).first ?? 0, 0)
    let days = max(first / 86_400 - 4, 0)...(last / 86_400 + 9)
    return WorkingCalendar(name: "", region, zones: .builtIn, days: days)
  }

  private static func region(_ fields: [Substring]) -> CalendarPolicy.Region? {
    guard fields.count == 4 else { return nil }
    var region = CalendarPolicy.Region(timeZone: String(fields[1]), hours: [:])
    for (day, hours) in entries(fields[2]) { region.hours[Int(day) ?? 0] = hours }
    for (date, hours) in entries(fields[3]) {
      guard let date = CivilDate(date) else { return nil }
      region.exceptions[date] = hours
    }
    return region
  }

  /// `KEY:FROM-UNTIL,FROM-UNTIL;KEY:closed`, in minutes.
  private static func entries(_ text: Substring) -> [(key: String, hours: [CalendarPolicy.Hours])] {
    text.split(separator: ";").filter { $0 != "-" }.map { entry in
      let parts = entry.split(separator: ":")
      let hours = parts[1].split(separator: ",").compactMap { window -> CalendarPolicy.Hours? in
        let ends = window.split(separator: "-").compactMap { Int($0) }
        return ends.count == 2 ? CalendarPolicy.Hours(from: ends[0], until: ends[1]) : nil
      }
      return (String(parts[0]), hours)
    }
  }
}
