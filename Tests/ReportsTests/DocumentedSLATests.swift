import Foundation
import Testing

@testable import Reports
@testable import Rules

/// The page about the JSON formats says what a report on service levels writes.
@Suite struct DocumentedSLATests {
  /// Objects of one kind that stand in several places are documented at the first of them.
  private static let same = [
    (".atRisk[].", ".breaches[]."), (".before.", ".attainment."), (".median.", ".p90."), (".p75.", ".p90."),
    (".byHorizon.", ".byTarget."), (".withdrawn.", ".answered."),
  ]

  private static func settled(_ keys: Set<String>) -> Set<String> {
    Set(keys.map { key in same.reduce(key) { $0.replacingOccurrences(of: $1.0, with: $1.1) } })
  }

  private static let parts = [
    ("The envelope", ""), ("A repository", "repositories[]."), ("What judged and where time went", ""),
    ("An objective", "objectives[]."), ("A breach or an item at risk", "objectives[].breaches[]."),
    ("Waits", "objectives[].waits."),
  ]

  private func documented(_ page: DocumentedPage) throws -> Set<String> {
    try Self.parts.reduce(into: []) { keys, part in
      keys.formUnion(try #require(page.section(part.0).cells["key"]).map { part.1 + $0 })
    }
  }

  @Test func `documents exactly the keys of a report on service levels`() throws {
    let text = try DocumentedSLA.report().json()
    let page = try DocumentedPage("JSON.md")
    let (documented, written) = (
      Self.settled(try documented(page)), Self.settled(try JSONKeys.paths(of: text))
    )
    #expect(written.subtracting(documented).sorted() == [], "written, but not documented")
    #expect(documented.subtracting(written).sorted() == [], "documented, but never written")
    #expect(try JSONKeys.texts(of: text, at: "schema") == [SLAReport.schema])
    #expect(page.sections.keys.contains("`\(SLAReport.schema)`"))
  }

  @Test func `shows a sample of documented keys only`() throws {
    let page = try DocumentedPage("JSON.md")
    let documented = Self.settled(try documented(page))
    let samples = try page.section("`\(SLAReport.schema)`").samples
    #expect(samples.count == 1)
    for sample in samples {
      let keys = Self.settled(Set(try JSONKeys.paths(of: sample.utf8).map { "objectives[].\($0)" }))
      #expect(keys.subtracting(documented).sorted() == [])
    }
  }

  @Test(arguments: [
    ("`standing`", ServiceLevelAccount.Standing.allCases.map(\.rawValue)),
    ("`by`", SLAReport.Entitlement.allCases.map(\.rawValue)),
    ("`group`", ServiceLevelWaits.GroupName.allCases.map(\.rawValue)),
    ("State of an item", ServiceLevelItem.State.allCases.map(\.rawValue)),
    ("Why nothing can be said of an item", ServiceLevelItem.Obstacle.allCases.map(\.rawValue)),
  ])
  func `documents exactly the words`(heading: String, words: [String]) throws {
    let documented = try DocumentedPage("JSON.md").section(heading).cells["word"] ?? []
    #expect(documented.sorted() == words.sorted())
  }
}
