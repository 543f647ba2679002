import Facts
import Foundation
import Testing

@testable import Reports

@Suite struct NoticeChatTests {
  private let hostile =
    "<!channel> @here @channel `code` *bold* [x](https://evil.example) &lt; \u{202E}gpj.exe\u{1B}[2J ``` ![](x)"

  private func payload(_ bytes: [UInt8]?) throws -> [String: Any] {
    let data = Data(try #require(bytes))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func texts(_ payload: [String: Any]) throws -> [String] {
    try #require(payload["blocks"] as? [[String: Any]]).map { block in
      try #require((block["text"] as? [String: Any])?["text"] as? String)
    }
  }

  private func many(_ count: Int, _ title: String) -> [NoticeFixture.Change] {
    (1...count).map { NoticeFixture.Change(number: $0, title: title, opened: 80) }
  }

  @Test func `nothing to tell makes no payload`() throws {
    let report = try NoticeFixture.report([])
    #expect(report.slack() == nil)
    #expect(report.mattermost() == nil)
    #expect(report.mail(from: try #require(MailAddress("a@example.org")), to: []) == nil)
  }

  @Test func `a payload for Slack says what a page says`() throws {
    let payload = try self.payload(try NoticeFixture.report().slack())
    #expect(payload["text"] as? String == "Service levels: 2 promises were missed, 1 of them is still open")
    let texts = try self.texts(payload)
    #expect(texts.count == 4)
    #expect(texts[0] == "Promises that were not kept")
    #expect(
      texts[2] == """
        *Team* `Payments`
        `pr/2` `Faster start`
        • *Promised*: a first response within 8h, around the clock, for 90% of what comes due in 28d (objective `first-response`)
        • *Happened*: Ready for review since 2024-01-04 08:00 UTC (recorded, `refs/notes/devtools/reviews@555555555555`), due 2024-01-04 16:00 UTC, missed since 2024-01-04 16:00 UTC. Nothing came so far: 12h late. It could be seen to be at risk since 2024-01-04 14:00 UTC.
        • *Owed now*: it is the reviewers' turn; who may act: `platform`, `delegates`
        • *Reached*: a reminder to `platform`, since 2024-01-04 14:00 UTC (`pr/2:first-response:1:remind-reviewers@0.75`)
        • *Reached*: the team lead, `Bo Lin`, since 2024-01-04 16:00 UTC (`pr/2:first-response:1:name-lead@1.0`)
        • *Reached*: policy may let delegates act alone on `net/**`, since 2024-01-05 00:00 UTC (`pr/2:first-response:1:widen-approvers@2.0`)
        • *Reference*: `pr/2:first-response:1:missed`

        `pr/1` `Cache answers`
        • *Promised*: a first response within 8h, around the clock, for 90% of what comes due in 28d (objective `first-response`)
        • *Happened*: Ready for review since 2024-01-02 16:00 UTC (recorded, `refs/notes/devtools/reviews@555555555555`), due 2024-01-03 00:00 UTC, missed since 2024-01-03 00:00 UTC. It came 2024-01-03 02:00 UTC (`refs/notes/devtools/reviews@555555555555`), 2h late. It could be seen to be at risk since 2024-01-02 22:00 UTC.
        • *Owed now*: nothing more; the answer came late
        • *Reference*: `pr/1:first-response:1:missed`
        """)
  }

  @Test func `two hundred misses stay within Slack's limits, and the rest is counted`() throws {
    let report = try NoticeFixture.report(many(200, String(repeating: "&<\u{202E}", count: 300)))
    let payload = try self.payload(report.slack())
    let blocks = try #require(payload["blocks"] as? [[String: Any]])
    #expect(blocks.count <= 50)
    let texts = try self.texts(payload)
    #expect(texts.allSatisfy { (1...3000).contains($0.utf16.count) })
    let told = texts.joined().components(separatedBy: ":missed`").count - 1
    let left = try #require(texts.last?.firstMatch(of: #/And (\d+) more/#).flatMap { Int($0.1) })
    #expect(told + left == 200)
    #expect(told > 40)
  }

  @Test func `two hundred ordinary misses fill blocks before any is left out`() throws {
    let texts = try self.texts(try payload(try NoticeFixture.report(many(200, "Cache answers")).slack()))
    #expect(texts.joined().components(separatedBy: ":missed`").count - 1 >= 100)
  }

  @Test func `two hundred misses stay within one post of Mattermost`() throws {
    let posted = try payload(try NoticeFixture.report(many(200, hostile)).mattermost())
    let text = try #require(posted["text"] as? String)
    #expect(text.utf16.count < 16_383)
    let told = text.components(separatedBy: ":missed`").count - 1
    let left = try #require(text.firstMatch(of: #/And (\d+) more/#).flatMap { Int($0.1) })
    #expect(told + left == 200)
  }

  @Test func `no title can ping anybody in Slack or look like anything but a title`() throws {
    let payload = try self.payload(
      try NoticeFixture.report([.init(number: 1, title: hostile, opened: 80)]).slack())
    #expect(try texts(payload).joined().contains("`&lt;!channel&gt; @here @channel 'code' *bold*"))
    for block in try #require(payload["blocks"] as? [[String: Any]]).dropFirst() {
      let text = try #require(block["text"] as? [String: Any])
      #expect(text["verbatim"] as? Bool == true)
      let shown = try #require(text["text"] as? String)
      #expect(!shown.contains("<") && !shown.contains(">"))
      #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHazardous })
      #expect(shown.split(separator: "\n").allSatisfy { $0.count { $0 == "`" }.isMultiple(of: 2) })
    }
    #expect(
      try #require(payload["text"] as? String).allSatisfy { $0.isLetter || " ,:0123456789".contains($0) })
  }

  @Test func `no title or name can ping anybody in Mattermost`() throws {
    var roster = NoticeFixture.roster
    roster = Roster(
      teams: roster.teams.map { team in
        var team = team
        team.name = "@all <b>"
        return team
      }, people: roster.people)
    let report = try NoticeFixture.report([.init(number: 1, title: hostile, opened: 80)], roster: roster)
    let posted = try payload(report.mattermost())
    let text = try #require(posted["text"] as? String)
    #expect(text.contains("@"))
    #expect(text.firstMatch(of: #/@[A-Za-z]/#) == nil)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\u{200B}" || !$0.isHazardous })
    // The title is code: its fence is longer than any run of backticks within.
    #expect(text.contains("````<!channel>") || text.contains("```` <!channel>"))
  }
}
