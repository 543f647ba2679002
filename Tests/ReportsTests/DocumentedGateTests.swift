import Facts
import Foundation
import Testing

@testable import Reports
@testable import Rules

/// The page about the JSON formats says what a gate and `hook doctor` write: no key more, no key less.
@Suite struct DocumentedGateTests {
  private func expectDocumented(
    _ text: [UInt8], _ schema: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let page = try DocumentedPage("JSON.md")
    let documented = try #require(page.section("`\(schema)`").cells["key"])
    let written = try JSONKeys.paths(of: text)
    #expect(written.subtracting(documented).sorted() == [], "not documented", sourceLocation: sourceLocation)
    #expect(documented.subtracting(written).sorted() == [], "never written", sourceLocation: sourceLocation)
    #expect(try JSONKeys.texts(of: text, at: "schema") == [schema], sourceLocation: sourceLocation)
  }

  @Test func `documents exactly the keys of a check`() throws {
    var report = try GateFixture.refused("docs/guide.md")
    report.verdicts[0].requirements = [
      GateRequirement(
        paths: ["docs/a"], pathCount: 1, needed: 1, from: [.platform], approvedBy: ["bo"], commit: nil,
        hostTeams: ["platform"])
    ]
    let approval = ProposedApproval(
      review: try GateFixture.name("3"), target: GateFixture.main, revision: try GateFixture.name("3"),
      person: Identity(name: "Bo", email: "bo@example.org"), time: .at(Instant(seconds: 0)), grade: .recorded,
      evidence: Evidence(object: try GateFixture.name("4")))
    report.verdicts[0].approvals = [GateApproval(approval, person: "bo", objection: .edited)]
    report.verdicts[0].unknownContributors = ["x@example.org"]
    try expectDocumented(report.json(), GateReport.schema)
  }

  @Test func `documents exactly the keys of a doctor's report`() throws {
    let checks = DoctorReport.Verdict.allCases.map {
      DoctorReport.Check($0.rawValue, $0, found: "x", purpose: "y", remedy: $0 == .good ? nil : "z")
    }
    try expectDocumented(DoctorReport(repository: "platform", checks: checks).json(), DoctorReport.schema)
  }

  @Test func `documents exactly the words of a check`() throws {
    let page = try DocumentedPage("JSON.md")
    let rules = try #require(page.section("`rule`").cells["word"])
    #expect(rules.sorted() == GateRule.allCases.map(\.rawValue).sorted())
  }

  @Test(arguments: UpdateVerdict.Outcome.allCases)
  func `tells every outcome`(outcome: UpdateVerdict.Outcome) throws {
    let report: GateReport =
      switch outcome {
      case .passed: try GateFixture.allowed()
      case .refused: try GateFixture.refused("x")
      case .incomplete: try GateFixture.incomplete()
      }
    #expect(try JSONKeys.texts(of: report.json(), at: "outcome") == [outcome.rawValue])
    #expect(try JSONKeys.texts(of: report.json(), at: "updates[].outcome") == [outcome.rawValue])
  }

  @Test func `commands of a doctor are shown whole, however narrow the terminal`() {
    let remedy = "git config --add tributary.alternates /" + String(repeating: "long/", count: 60) + "end"
    let check = DoctorReport.Check("x", .bad, found: "y", purpose: "z", remedy: remedy)
    let document = DoctorReport(repository: "platform", checks: [check]).text()
    let text = Painter.text(document, width: 60, palette: .plain)
    #expect(text.split(separator: "\n").contains { $0.hasSuffix(remedy) })
  }
}
