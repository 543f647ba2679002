import Facts
import Rules
import Testing

@testable import Reports

@Suite struct NoticeTextTests {
  @Test func `tells what was promised, what happened and what is owed now`() throws {
    let page = MarkdownDocument.text(try NoticeFixture.report().text())
    #expect(
      page == #"""
        # Promises that were not kept

        2 promises were missed, 1 of them is still open \(since 2023\-12\-29, as of 2024\-01\-05 04\:00 UTC\)\.

        ## Team Payments

        ### `pr/2` `Faster start`

        - **Promised**: a first response within 8h, around the clock, for 90% of what comes due in 28d \(objective `first-response`\)
        - **Happened**: Ready for review since 2024\-01\-04 08\:00 UTC \(recorded, `refs/notes/devtools/reviews@555555555555`\), due 2024\-01\-04 16\:00 UTC, missed since 2024\-01\-04 16\:00 UTC\. Nothing came so far\: 12h late\. It could be seen to be at risk since 2024\-01\-04 14\:00 UTC\.
        - **Owed now**: it is the reviewers' turn; who may act\: platform, delegates
        - **Reached**: a reminder to platform, since 2024\-01\-04 14\:00 UTC \(`pr/2:first-response:1:remind-reviewers@0.75`\)
        - **Reached**: the team lead, Bo Lin, since 2024\-01\-04 16\:00 UTC \(`pr/2:first-response:1:name-lead@1.0`\)
        - **Reached**: policy may let delegates act alone on `net/**`, since 2024\-01\-05 00\:00 UTC \(`pr/2:first-response:1:widen-approvers@2.0`\)
        - **Reference**: `pr/2:first-response:1:missed`

        ### `pr/1` `Cache answers`

        - **Promised**: a first response within 8h, around the clock, for 90% of what comes due in 28d \(objective `first-response`\)
        - **Happened**: Ready for review since 2024\-01\-02 16\:00 UTC \(recorded, `refs/notes/devtools/reviews@555555555555`\), due 2024\-01\-03 00\:00 UTC, missed since 2024\-01\-03 00\:00 UTC\. It came 2024\-01\-03 02\:00 UTC \(`refs/notes/devtools/reviews@555555555555`\), 2h late\. It could be seen to be at risk since 2024\-01\-02 22\:00 UTC\.
        - **Owed now**: nothing more; the answer came late
        - **Reference**: `pr/1:first-response:1:missed`

        > Times are in UTC; lateness is counted on the calendar named\. The whole reasoning about one contribution\: `tributary explain ID --as-of 2024-01-05T04:00:00Z`

        """#)
  }

  @Test func `says so when nothing was missed`() throws {
    let report = try NoticeFixture.report([.init(number: 3, opened: 90, answered: 91)])
    #expect(report.isEmpty)
    #expect(
      MarkdownDocument.text(report.text())
        == "# Promises that were not kept\n\nNothing was missed \\(since 2023\\-12\\-29, as of 2024\\-01\\-05 04\\:00 UTC\\)\\.\n"
    )
  }

  @Test func `tells misses of the window, and older ones only while they are open`() throws {
    #expect(try NoticeFixture.report(window: 40).breaches.map(\.id) == ["pr/2:first-response:1:missed"])
    #expect(try NoticeFixture.report(window: 60).breaches.count == 2)
    #expect(try NoticeFixture.report(objectives: ["decision"]).isEmpty)
  }

  @Test func `tells nothing twice to whoever asks for what is new since the last notice`() throws {
    // Missed in hour 88; told to the lead then; widened in hour 96.
    #expect(try NoticeFixture.report(newSince: 87).breaches.map(\.id) == ["pr/2:first-response:1:missed"])
    let later = try NoticeFixture.report(newSince: 88)
    #expect(later.breaches.map(\.id) == ["pr/2:first-response:1:missed"])
    #expect(
      later.steps.map(\.reached.id) == [
        "pr/2:first-response:1:widen-approvers@2.0", "pr/4:first-response:1:remind-reviewers@0.75",
      ])
    #expect(try NoticeFixture.report(newSince: 96).isEmpty)
    #expect(try NoticeFixture.report(newSince: 99).steps.isEmpty)
  }

  @Test func `a contribution stands under each of its author's teams, people without one stand together`()
    throws
  {
    let changes = [
      NoticeFixture.Change(number: 1, author: "cy", opened: 80), .init(number: 2, author: "lone", opened: 80),
    ]
    let report = try NoticeFixture.report(changes)
    #expect(report.sections.map(\.team) == ["payments", "retail", nil])
    #expect(report.breaches.count == 2)
    #expect(try NoticeFixture.report(changes, teams: ["retail"]).sections.map(\.team) == ["retail"])
  }

  @Test func `names no reviewer who gave a late answer`() throws {
    let text = MarkdownDocument.text(
      try NoticeFixture.report([.init(number: 1, opened: 40, answered: 50)]).text())
    #expect(text.contains("the answer came late"))
    #expect(!text.contains("Bo") && !text.contains("bo@"))
  }

  @Test func `the lead is that of the host team or of the nearest team above it`() throws {
    let steps = try NoticeFixture.report().breaches.flatMap(\.steps)
    let step = steps.first { $0.action == .nameLead }
    let lead = try #require(step?.addressees.first)
    #expect(lead.handle == "bo" && lead.name == "Bo Lin" && lead.address == "bo@example.org")
  }
}
