import Facts
import Foundation
import Testing

@testable import Reports
@testable import Rules

/// The page about the JSON formats says what the reports on delegation write: no key more, no key less.
@Suite struct DocumentedDelegationTests {
  private static let envelope = [("The envelope", ""), ("A repository", "repositories[].")]

  private func expectDocumented(
    _ texts: [[UInt8]], _ schema: String, _ own: [(heading: String, place: String)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let page = try DocumentedPage("JSON.md")
    var documented: Set<String> = []
    for part in own {
      documented.formUnion(try #require(page.section(part.heading).cells["key"]).map { part.place + $0 })
      if let end = part.place.firstIndex(of: "[") { documented.insert(String(part.place[..<end])) }
    }
    let written = try texts.reduce(into: Set<String>()) { $0.formUnion(try JSONKeys.paths(of: $1)) }
    #expect(written.subtracting(documented).sorted() == [], "not documented", sourceLocation: sourceLocation)
    #expect(documented.subtracting(written).sorted() == [], "never written", sourceLocation: sourceLocation)
    for text in texts { #expect(try JSONKeys.texts(of: text, at: "schema") == [schema]) }
    #expect(page.sections.keys.contains("`\(schema)`"), sourceLocation: sourceLocation)
  }

  @Test func `documents exactly the keys of a list of grants`() throws {
    try expectDocumented(
      [try DocumentedDelegation.list().json()], GrantListReport.schema,
      Self.envelope + [
        ("What a list of grants adds", ""), ("A grant", "items[]."), ("How a grant stands", "items[]."),
      ])
  }

  @Test func `documents exactly the keys of a grant that is written`() throws {
    try expectDocumented(
      [try DocumentedDelegation.draft().json()], GrantDraftReport.schema,
      [("What was done", ""), ("A grant", "items[]."), ("A file of a grant", "items[].")])
  }

  @Test func `documents exactly the keys of candidates`() throws {
    try expectDocumented(
      [try DocumentedDelegation.candidates().json()], CandidatesReport.schema,
      Self.envelope + [("A set of paths and a ladder", "items[].")])
  }

  @Test func `documents exactly the keys of an audit`() throws {
    try expectDocumented(
      [try DocumentedDelegation.audit().json()], DelegationAuditReport.schema,
      Self.envelope + [("What an audit adds", ""), ("A finding", "items[].")])
  }

  @Test func `documents exactly the keys of a choice of reviewers`() throws {
    try expectDocumented(
      try DocumentedDelegation.reviewers().map { $0.json() }, ReviewersReport.schema,
      Self.envelope + [("What a choice of reviewers adds", ""), ("Paths of the same people", "items[].")])
  }

  @Test(arguments: [
    (GrantListReport.schema, ["A grant", "How a grant stands"]),
    (GrantDraftReport.schema, ["A grant", "A file of a grant"]),
    (CandidatesReport.schema, ["A set of paths and a ladder"]), (DelegationAuditReport.schema, ["A finding"]),
    (ReviewersReport.schema, ["Paths of the same people"]),
  ])
  func `shows samples of documented keys only`(schema: String, headings: [String]) throws {
    let page = try DocumentedPage("JSON.md")
    var documented: Set<String> = []
    for heading in headings { documented.formUnion(try page.section(heading).cells["key"] ?? []) }
    let samples = try page.section("`\(schema)`").samples
    #expect(samples.count == 1)
    for sample in samples {
      let keys = try JSONKeys.paths(of: sample.utf8)
      #expect(keys.subtracting(documented).sorted() == [])
    }
  }

  @Test(arguments: [
    ("`state` of a grant", GrantStatus.State.allCases.map(\.rawValue)),
    ("`kind` of an objection", Objections.labels),
    ("`standing` of a candidate", Readiness.Standing.allCases.map(\.rawValue)),
    ("`criterion` of a candidate", Readiness.Criterion.allCases.map(\.rawValue)),
    ("`outcome`", Readiness.Outcome.allCases.map(\.rawValue)),
    ("`shortage`", Readiness.Shortage.allCases.map(\.rawValue)),
    ("`severity`", AuditFinding.Severity.allCases.map(\.rawValue)),
    ("`kind` of a finding", AuditFinding.Kind.allCases.map(\.rawValue)),
    ("`reason` of a refusal", AuditRefusal.Reason.allCases.map(\.rawValue)),
    ("`authority` of a reviewer", ["platform", "inferred-host", "owner-by-file", "delegated"]),
  ])
  func `documents exactly the words`(heading: String, words: [String]) throws {
    let documented = try DocumentedPage("JSON.md").section(heading).cells["word"] ?? []
    #expect(documented.sorted() == words.sorted())
  }

  @Test(arguments: AuditFinding.Kind.allCases)
  func `has a remedy for every finding`(kind: AuditFinding.Kind) {
    #expect(!Words.remedy(kind).plain.isEmpty)
  }

  @Test func `has a sentence for every objection`() {
    for objection in Objections.all {
      let words = Words.objection(objection, by: .person("bo")).plain
      #expect(words.count > 10 && !words.hasSuffix("."), "\(words)")
    }
  }

  @Test func `foreign text in a finding is made harmless`() throws {
    let finding = AuditFinding(.coversProtected, .warning, grant: "docs", .path(Array("net/\u{1B}[31m".utf8)))
    #expect(!Words.finding(finding, giver: nil).plain.contains("\u{1B}"))
  }
}

/// Each leads to the next, so that a new case does not compile before it stands here.
private enum Objections {
  static let all = Array(sequence(first: GrantObjection.nobodyMayGrant, next: next))
  static let labels = all.map(\.label)

  private static func next(_ objection: GrantObjection) -> GrantObjection? {
    switch objection {
    case .nobodyMayGrant: .toOneself
    case .toOneself: .idUsedBefore("docs")
    case .idUsedBefore: .nothingToGive(grantor: "bo")
    case .nothingToGive: .verbNotHeld(.land, held: [.review])
    case .verbNotHeld: .pathNotHeld([.approve], example: Array("net/x".utf8))
    case .pathNotHeld: .pathsNotComparable
    case .pathsNotComparable: .branchNotHeld(example: Array("refs/heads/x".utf8))
    case .branchNotHeld: .changesTooLarge(most: 5)
    case .changesTooLarge: .kindsNotHeld(allowed: [.fix])
    case .kindsNotHeld: .endsTooLate(latest: Instant(seconds: 0))
    case .endsTooLate: .noEnd(latest: Instant(seconds: 0))
    case .noEnd: .tooLong(most: 86_400)
    case .tooLong: .noBeginning
    case .noBeginning: .alreadyOver(Instant(seconds: 0))
    case .alreadyOver: .tooDeep(most: 0)
    case .tooDeep: .noSingleRight
    case .noSingleRight: .noAutomaticRule(ladder: "writer")
    case .noAutomaticRule: .overCap(ladder: "writer", most: 1)
    case .overCap: .notEarned(ladder: "writer")
    case .notEarned: .doesNotHold(.noGrant)
    case .doesNotHold: nil
    }
  }
}
