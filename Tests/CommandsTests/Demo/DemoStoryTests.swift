import Facts
import Testing

extension DemoTests {
  /// What the product says of the sample.
  @Suite struct DemoStoryTests {
    private let sample: DemoPlace.Sample

    init() throws { sample = try #require(DemoPlace.sample) }

    @Test func `is read without any remark, under seven versions of the policy`() throws {
      let report = sample.contributions
      #expect(report.repositories.map(\.diagnostics.count) == [0])
      #expect(report.policy.versions == 7)
      #expect((160...200).contains(report.items.count))
    }

    @Test func `has contributions of two levels and of every reason to have none`() throws {
      let items = sample.contributions.items
      #expect(items.count { $0.level == 1 } > 40)
      #expect(items.count { $0.level == 2 } > 40)
      let reasons = Set(items.map(\.levelReason))
      let expected: Set = [
        "written-by-host-team", "requested-by-stakeholder", "authorised-by-platform", "unreviewed",
        "unauthorised", "self-approved", "review-not-in-git", "unknown-author", "bot",
      ]
      #expect(expected.isSubset(of: reasons), "missing: \(expected.subtracting(reasons).sorted())")
      let findings = Set(items.flatMap(\.findings))
      for finding in ["reverted", "landed-without-acceptance", "landed-despite-rejection", "self-approval"] {
        #expect(findings.contains(finding), "\(finding)")
      }
    }

    @Test func `has contributions in every state that Git can tell`() throws {
      let states = sample.contributions.items.map(\.state)
      #expect(states.count { $0 == "open" } == 10)
      #expect(states.count { $0 == "abandoned" } == 1)
      #expect(states.count { $0 == "undetermined" } == 6)
      #expect(states.count { $0 == "merged" } > 150)
    }

    @Test func `has the backlog that is told, the most urgent first`() throws {
      let items = sample.backlog.items
      #expect(
        items.map { "\($0.mostUrgent?.state ?? "no promise"): \($0.turn ?? "nobody"): \($0.title)" } == [
          "missed: reviewers: Show progress in the upload dialog",
          "missed: reviewers: Archive partitions after two years",
          "at-risk: landing: Resume sessions after a failover",
          "running: reviewers: Sort exports by day",
          "running: reviewers: Accept certificates of the new issuer",
          "paused: author: Four price columns on tablets",
          "waived: reviewers: WIP: one dialog for all questions",
          "no promise: reviewers: Follow redirects between gateways",
          "no promise: reviewers: Links that still work offline",
          "no promise: reviewers: Name the table in every error",
        ])
    }

    @Test func `does not count the approval of somebody who had left the host team`() throws {
      let item = try #require(sample.contributions.items.first { $0.title == "Cache table statistics" })
      #expect(item.approvals.map(\.by) == ["lucia"])
      #expect(item.approvals.map(\.authority) == ["unauthorised"])
      #expect(item.approvals.map(\.reason) == ["not-in-host-team-then"])
      #expect(item.level == nil)
      #expect(item.levelReason == "unauthorised")
    }

    @Test func `counts an approval after the rejection before it was answered`() throws {
      let item = try #require(
        sample.contributions.items.first { $0.title == "Keep uploads when the session ends" })
      #expect(item.approvals.map(\.counted) == [true])
      #expect(item.level == 2)
      #expect(item.findings == [])
    }

    @Test func `does not count an author's own approval`() throws {
      let item = try #require(sample.contributions.items.first { $0.title == "Shorten the product title" })
      #expect(item.approvals.map(\.authority) == ["self"])
      #expect(item.levelReason == "self-approved")
    }

    @Test func `has first responses within hours and some that took weeks`() throws {
      let waits = sample.contributions.items.compactMap { item -> Int64? in
        guard let opened = item.opened.at.flatMap(Instant.init(text:)),
          let answered = item.firstResponse?.at.flatMap(Instant.init(text:))
        else { return nil }
        return answered.since(opened)
      }
      #expect(waits.count > 50)
      #expect(waits.count { $0 < 8 * 3_600 } >= 10)
      #expect(waits.count { $0 > 8 * 86_400 } >= 5)
    }
  }
}
