import Facts
import Testing

@testable import Reports
@testable import Rules

extension DocumentedFormatsTests {
  @Test func `documents exactly the keys of a notice`() throws {
    let report = NoticeReport(
      header: try DocumentedReports.header(), entries: try NoticeFixture.entries(),
      rosters: ["platform": NoticeFixture.roster],
      .init(window: Window(since: nil, until: NoticeFixture.asOf)))
    try expectDocumented(
      [report.json()], NoticeReport.schema,
      [Part("What a notice adds"), Part("A miss", "breaches[]."), Part("A step", "steps[].")])
  }

  @Test func `documents exactly the keys of a replay`() throws {
    let policies = [try NoticeFixture.policy(), try NoticeFixture.policy(hours: 12)]
    let entries = try policies.map { try NoticeFixture.entries(NoticeFixture.changes, $0) }
    let pairs = zip(entries[0], entries[1]).map {
      ReplayedContribution(repository: $0.repository, before: $0.assessment, after: $1.assessment)
    }
    let report = ReplayReport(
      header: try DocumentedReports.header(), replayed: .directory("drafts"), pairs,
      before: policies[0].serviceLevels.objectives, after: policies[1].serviceLevels.objectives, window: nil)
    try expectDocumented(
      [report.json()], ReplayReport.schema,
      [
        Part("What a replay adds"), Part("An objective under a policy", "objectives[].before."),
        Part("An objective under a policy", "objectives[].after."),
        Part("An objective twice", "objectives[]."),
        Part("A transition", "transitions[]."), Part("A transition of levels", "levels[]."),
        Part("A contribution judged twice", "items[]."), Part("A judgement", "items[].before."),
        Part("A judgement", "items[].after."), Part("A verdict", "items[].waits[].before."),
        Part("A verdict", "items[].waits[].after."),
      ])
  }

  @Test(arguments: [
    ("`tributary/notice/1`", ["A miss", "A step"]),
    ("`tributary/sla-replay/1`", ["A contribution judged twice", "A judgement", "A verdict"]),
  ])
  func `shows samples of notices and replays with documented keys`(section: String, headings: [String]) throws
  {
    let page = try DocumentedPage("JSON.md")
    let documented = try headings.reduce(into: Set<String>()) {
      $0.formUnion(try #require(page.section($1).cells["key"]))
    }
    let samples = try page.section(section).samples
    #expect(!samples.isEmpty)
    for sample in samples {
      let keys = try JSONKeys.paths(of: sample.utf8).map { path in
        ["before.", "after.", "waits[].before.", "waits[].after."].first { path.hasPrefix($0) }
          .map { String(path.dropFirst($0.count)) } ?? path
      }
      #expect(Set(keys).subtracting(documented).sorted() == [])
    }
  }
}
