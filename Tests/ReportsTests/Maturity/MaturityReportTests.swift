import Facts
import Foundation
import Testing

@testable import Reports
@testable import Rules

/// What a report on maturity says to people, and that its formats are documented.
@Suite struct MaturityReportTests {
  private static let parts = [
    ("The envelope", ""), ("A repository", "repositories[]."), ("What a maturity report adds", ""),
    ("A standing", "items[]."), ("A criterion", "items[].criteria[]."),
    ("Something responsible", "items[].criteria[].responsible[]."), ("A month", "trend[]."),
    ("A standing", "trend[].items[]."), ("A criterion", "trend[].items[].criteria[]."),
  ]

  @Test func `documents exactly the keys of a maturity report`() throws {
    let page = try DocumentedPage("JSON.md")
    var documented = try Self.parts.reduce(into: Set<String>()) { keys, part in
      keys.formUnion(try #require(page.section(part.0).cells["key"]).map { part.1 + $0 })
    }
    documented.insert("items[].criteria[].responsible")
    let written = try JSONKeys.paths(of: try MaturityFixture.report().json())
    #expect(written.subtracting(documented).sorted() == [], "written, but not documented")
    #expect(documented.subtracting(written).sorted() == [], "documented, but never written")
    #expect(page.sections.keys.contains("`\(MaturityReport.schema)`"))
  }

  @Test func `shows a sample of documented keys only`() throws {
    let page = try DocumentedPage("JSON.md")
    let documented = try Self.parts.reduce(into: Set<String>()) { keys, part in
      keys.formUnion(try #require(page.section(part.0).cells["key"]).map { part.1 + $0 })
    }
    let samples = try page.section("`\(MaturityReport.schema)`").samples
    #expect(samples.count == 1)
    for sample in samples {
      let keys = Set(try JSONKeys.paths(of: sample.utf8).map { "items[].\($0)" })
      #expect(keys.subtracting(documented).subtracting(["items[].criteria[].responsible"]).sorted() == [])
    }
  }

  @Test(arguments: [
    ("`criterion`", MaturityCriterion.allCases.map(\.rawValue)),
    ("`verdict` of a criterion", CriterionVerdict.allCases.map(\.rawValue)),
    ("`verdict` of a required level", MaturityReport.Requirement.allCases.map(\.rawValue)),
    ("`gap`", MaturityFixture.gaps.map(\.label)),
    ("`cause`", ((try? MaturityFixture.causes()) ?? []).map(\.label)),
  ])
  func `documents exactly the words`(heading: String, words: [String]) throws {
    let documented = try DocumentedPage("JSON.md").section(heading).cells["word"] ?? []
    #expect(documented.sorted() == words.sorted())
  }

  @Test func `gives every criterion, gap and cause words of its own`() throws {
    func expectDistinct(_ words: [StyledText]) {
      #expect(Set(words.map(\.plain)).count == words.count)
      #expect(words.allSatisfy { !$0.plain.isEmpty })
    }
    expectDistinct(MaturityCriterion.allCases.map(Words.criterion))
    expectDistinct(MaturityCriterion.allCases.map(Words.shortCriterion))
    expectDistinct(MaturityFixture.gaps.map { Words.gap($0, of: 1) })
    let people = try #require(try DocumentedReports.entries().first).people
    expectDistinct(try MaturityFixture.causes().map { Words.cause($0, people, at: nil) })
  }

  @Test func `says by how much the nearest grant missed`() throws {
    let people = try #require(try DocumentedReports.entries().first).people
    let cause = try MaturityFixture.causes()[6]
    let later = DocumentedReports.asOf.advanced(by: 3 * 86_400 + 3600)
    #expect(
      Words.cause(cause, people, at: later).plain
        == "ada@example.org approved: grant docs had expired on 2024-03-24, 3d 1h before")
    #expect(
      Words.cause(cause, people, at: nil).plain
        == "ada@example.org approved: grant docs had expired on 2024-03-24")
  }

  @Test func `tells level, verdicts, what is in the way and what to do, within the width asked for`() throws {
    for width in [60, 80, 120] {
      let lines = try MaturityFixture.report().text().lines(width: width).map(\.plain)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
      let text = lines.joined(separator: "\n")
      for part in [
        "Level 2 was asked for: cannot be told", "repository platform: level 1", "What keeps it from level 2",
        "not enough evidence", "git fetch --unshallow", "Month by month", "(running)", "pr/1",
      ] {
        #expect(text.contains(part), "\(part) is missing at \(width)")
      }
    }
  }

  @Test func `a requirement is reached, missed, or open where the clone is incomplete`() throws {
    var report = try MaturityFixture.report()
    #expect(report.requirement == .incomplete)
    report.standings[0].criteria[2].gaps = []
    #expect(report.requirement == .notReached)
    for place in report.standings[0].criteria.indices { report.standings[0].criteria[place].verdict = .met }
    #expect(report.requirement == .reached)
    report.required = nil
    #expect(report.requirement == nil)
  }

  @Test func `writes one line for each criterion of each standing and month`() throws {
    let text = String(decoding: try MaturityFixture.report().csv(raw: false), as: UTF8.self)
    let lines = text.split(separator: "\r\n")
    #expect(lines.count == 1 + 4 * MaturityCriterion.allCases.count)
    #expect(lines[0].hasPrefix("month,asOf,running,scope,name,level,criterion,"))
    #expect(lines.contains { $0.contains("below-floor=5 nothing-to-judge reviews-not-in-git=1") })
    #expect(lines.contains { $0.contains("component:network repository grant:open") })
    #expect(
      lines.last?.hasPrefix("2024-02,2024-02-29T23:59:59Z,no,repository,platform,1,open-ended-grants") == true
    )
  }
}
