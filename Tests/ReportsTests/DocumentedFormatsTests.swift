import Facts
import Foundation
import Testing

@testable import Reports
@testable import Rules

/// The page about the JSON formats says what the renderers write: no key more, no key less.
@Suite struct DocumentedFormatsTests {
  /// Where the objects that a section describes stand in a format.
  struct Part {
    var heading: String
    var place: String

    init(_ heading: String, _ place: String = "") {
      self.heading = heading
      self.place = place
    }
  }

  private static let envelope = [Part("The envelope"), Part("A repository", "repositories[].")]

  func expectDocumented(
    _ texts: [[UInt8]], _ schema: String, _ own: [Part], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let page = try DocumentedPage("JSON.md")
    var documented = Set<String>()
    for part in Self.envelope + own {
      let keys = try #require(page.section(part.heading).cells["key"], "\(part.heading) has no table of keys")
      documented.formUnion(keys.map { part.place + $0 })
    }
    documented.formUnion(own.compactMap { $0.place.isEmpty ? nil : Self.container(of: $0.place) })
    let written = try texts.reduce(into: Set<String>()) { $0.formUnion(try JSONKeys.paths(of: $1)) }
    let missing = written.subtracting(documented).sorted()
    let invented = documented.subtracting(written).sorted()
    #expect(missing.isEmpty, "written, but not documented", sourceLocation: sourceLocation)
    #expect(invented.isEmpty, "documented, but never written", sourceLocation: sourceLocation)
    for text in texts {
      #expect(try JSONKeys.texts(of: text, at: "schema") == [schema], sourceLocation: sourceLocation)
    }
    #expect(page.sections.keys.contains("`\(schema)`"), sourceLocation: sourceLocation)
  }

  /// `items[].` is the place of the objects in `items`.
  private static func container(of place: String) -> String {
    String(place.prefix { $0 != "[" && $0 != "." })
  }

  @Test func `documents exactly the keys of contributions`() throws {
    let report = ContributionsReport(
      header: try DocumentedReports.header(), entries: try DocumentedReports.entries())
    var text: [UInt8] = []
    report.json { text += $0 }
    try expectDocumented([text], ContributionsReport.schema, [Part("A contribution", "items[].")])
  }

  @Test func `documents exactly the keys of a backlog`() throws {
    let entries = try DocumentedReports.entries()
    let report = BacklogReport(header: try DocumentedReports.header(), open: entries, undetermined: entries)
    try expectDocumented(
      [report.json()], BacklogReport.schema,
      [
        Part("A contribution", "items[]."), Part("What a backlog item adds", "items[]."),
        Part("An undetermined proposal", "undetermined[]."), Part("What a backlog adds"),
      ])
  }

  @Test func `documents exactly the keys of a status`() throws {
    let answers: [Sampled<Survival.Quantile>] = [
      .value(.at(60, low: 30, high: 90)), .value(.notReached(followUp: 60, low: 30)), .tooFew(4, floor: 5),
    ]
    var number = 0
    let report = StatusReport(
      header: try DocumentedReports.header(), entries: try DocumentedReports.entries(),
      expected: { _, _ in
        number += 1
        return Expectation(
          ExpectedWait(
            origin: .external, sample: 9, waited: 10, left: 7, remaining: answers[number % answers.count]),
          by: DocumentedReports.asOf)
      })
    #expect(number >= answers.count)
    try expectDocumented(
      [report.json()], StatusReport.schema,
      [Part("A contribution", "items[]."), Part("What a status item adds", "items[].")])
  }

  @Test func `documents exactly the keys of an explanation`() throws {
    let header = try DocumentedReports.header()
    let texts = try DocumentedReports.explained().map { entry, windows in
      ExplainReport(
        header: header, entry: entry, paths: ["net/a.swift"], owners: entry.assessment.owners,
        windows: windows
      ).json()
    }
    try expectDocumented(
      texts, ExplainReport.schema,
      [Part("A contribution", "item."), Part("What an explanation adds", "item.")])
  }

  @Test func `documents exactly the keys of a health report`() throws {
    try expectDocumented(
      [try DocumentedReports.health().json()], HealthReport.schema,
      [
        Part("A group of figures", "groups[]."), Part("A figure", "groups[].metrics[]."),
        Part("The window before", "groups[].metrics[].before."), Part("Support", "support[]."),
      ])
  }

  @Test func `documents exactly the keys of a report on sources`() throws {
    try expectDocumented(
      [try DocumentedReports.sources().json()], SourcesReport.schema,
      [
        Part("What a repository holds", "items[]."), Part("A place", "items[].places[]."),
      ])
  }

  @Test(arguments: [
    ("`tributary/contributions/1`", ["A contribution"]),
    ("`tributary/backlog/1`", ["A contribution", "What a backlog item adds"]),
    ("`tributary/status/1`", ["A contribution", "What a status item adds"]),
    ("`tributary/explain/1`", ["What an explanation adds"]), ("`tributary/health/1`", ["A figure"]),
    ("`tributary/sources/1`", ["A place"]),
    ("The envelope", ["The envelope"]), ("A repository", ["A repository"]),
  ])
  func `shows samples of documented keys only`(section: String, headings: [String]) throws {
    let page = try DocumentedPage("JSON.md")
    var documented = Set<String>()
    for heading in headings { documented.formUnion(try #require(page.section(heading).cells["key"])) }
    documented.formUnion(try #require(page.section("The window before").cells["key"]).map { "before.\($0)" })
    let samples = try page.section(section).samples
    #expect(!samples.isEmpty)
    for sample in samples {
      #expect(try JSONKeys.paths(of: sample.utf8).subtracting(documented).sorted().isEmpty)
    }
  }
}
