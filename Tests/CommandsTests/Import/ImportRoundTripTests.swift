import Commands
import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

@Suite struct ImportRoundTripTests {
  /// What every line of a note must be for git-appraise: one JSON object with a timestamp of ten digits.
  private func expectValid(_ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(!lines.isEmpty, sourceLocation: sourceLocation)
    #expect(Set(lines).count == lines.count, sourceLocation: sourceLocation)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let timestamp = try #require(object?["timestamp"] as? String, sourceLocation: sourceLocation)
      #expect(timestamp.utf8.count == 10, sourceLocation: sourceLocation)
      #expect(
        object?["forge"] as? String != nil && object?["id"] as? String != nil, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    ("github-list.json", "github"), ("github-graphql.json", "github"), ("github-rest.json", "github"),
    ("gitlab.json", "gitlab"), ("gerrit-rest.txt", "gerrit"), ("gerrit-ssh.txt", "gerrit"),
  ])
  func `writes valid lines once, whatever prints the input`(fixture: String, forge: String) throws {
    let place = try ImportPlace()
    #expect(try place.importing(fixture, from: forge) == .met, "\(place.complaints)")
    try expectValid(try place.lines(ImportPlace.reviews))
    try expectValid(try place.lines(ImportPlace.discuss))
    let tips = try place.tips()
    #expect(try place.importing(fixture, from: forge, at: "2024-02-02T00:00:00Z") == .met)
    #expect(try place.tips() == tips)
    #expect(place.output.contains("Everything was known already; no reference was moved."))
    #expect(try place.fixture.git("fsck", "--strict", "--no-dangling") == "")
    let other = try ImportPlace()
    try other.importing(fixture, from: forge)
    #expect(try other.tips() == tips)
  }

  @Test func `gives the contributions of a pull request list their times, verdicts and states`() throws {
    let place = try ImportPlace()
    #expect(try place.importing("github-list.json", from: "github") == .met)
    let items = try place.contributions()
    #expect(
      items.mapValues { $0["state"] as? String } == [
        "pr/1": "merged", "pr/2": "abandoned", "pr/3": "draft", "pr/4": "open",
      ])
    let pool = try #require(items["pr/1"])
    #expect((pool["opened"] as? [String: Any])?["at"] as? String == "2024-01-02T09:00:00Z")
    #expect((pool["opened"] as? [String: Any])?["grade"] as? String == "recorded")
    #expect((pool["firstResponse"] as? [String: Any])?["at"] as? String == "2024-01-02T11:00:00Z")
    let landed = try #require(pool["landed"] as? [String: Any])
    #expect(landed["at"] as? String == "2024-01-04T10:00:00Z")
    #expect(landed["grade"] as? String == "recorded")
    #expect(
      try place.events(of: "pr/1") == [
        "2024-01-02T09:00 opened cy recorded",
        "2024-01-02T09:00..2024-01-02T11:00 revision - bounded",
        "2024-01-02T11:00 comment bo recorded",
        "2024-01-02T11:00 reject bo recorded",
        "2024-01-02T12:00 comment cy recorded",
        "2024-01-03T09:30 neutral-verdict dee recorded",
        "2024-01-02T09:00..2024-01-04T09:30 revision - bounded",
        "2024-01-04T09:30 verdict-withdrawn bo recorded",
        "2024-01-04T09:30 approve bo recorded",
        "2024-01-04T10:00 landed bo recorded",
      ])
    #expect(try place.events(of: "pr/2").last == "2024-01-06T09:00 abandoned - recorded")
    #expect(
      try place.events(of: "pr/3") == [
        "2024-01-07T09:00 opened cy recorded",
        "2024-01-07T09:00..2024-02-01T00:00 draft - bounded",
        "2024-01-07T09:00..2024-02-01T00:00 revision - bounded",
        "2024-01-07T09:00..2024-02-01T00:00 review-requested - bounded",
        "2024-01-07T09:00..2024-02-01T00:00 review-requested - bounded",
      ])
  }

  @Test func `reads what only the timeline of GraphQL tells, also after a list was imported`() throws {
    let place = try ImportPlace()
    for list in [false, true] {
      if list { #expect(try place.importing("github-list.json", from: "github") == .met) }
      #expect(try place.importing("github-graphql.json", from: "github") == .met)
      #expect(
        try place.events(of: "pr/1").filter { !$0.contains("neutral") && !$0.contains(" dee ") } == [
          "2024-01-02T09:00 opened cy recorded",
          "2024-01-02T09:00 draft - recorded",
          "2024-01-02T10:00 ready cy recorded",
          "2024-01-02T10:00 review-requested cy recorded",
          "2024-01-02T10:05 review-requested cy recorded",
          "2024-01-02T10:06 reviewer-removed cy recorded",
          "2024-01-02T09:00..2024-01-02T11:00 revision - bounded",
          "2024-01-02T11:00 comment bo recorded",
          "2024-01-02T11:00 comment bo recorded",
          "2024-01-02T11:00 reject bo recorded",
          "2024-01-02T11:30 comment cy recorded",
          "2024-01-02T12:00 comment cy recorded",
          "2024-01-03T08:05 revision cy recorded",
          "2024-01-04T09:30 verdict-withdrawn bo recorded",
          "2024-01-04T09:30 approve bo recorded",
          "2024-01-04T10:00 landed bo recorded",
        ])
      #expect(
        try place.events(of: "pr/2").filter { !$0.contains("revision") } == [
          "2024-01-05T09:00 opened dee recorded", "2024-01-05T12:00 abandoned bo recorded",
          "2024-01-05T13:00 restored dee recorded", "2024-01-06T09:00 abandoned bo recorded",
        ])
      #expect(try place.contributions()["pr/2"]?["state"] as? String == "abandoned")
    }
    let fresh = try ImportPlace()
    try fresh.importing("github-graphql.json", from: "github")
    #expect(
      try fresh.events(of: "pr/1").filter { $0.contains(" dee ") } == [
        "2024-01-03T09:30 approve dee recorded", "2024-01-03T12:00 verdict-withdrawn dee recorded",
      ])
  }

  @Test func `reads GitLab's notes about approvals, drafts and reviewers`() throws {
    let place = try ImportPlace()
    #expect(try place.importing("gitlab.json", from: "gitlab") == .met, "\(place.complaints)")
    #expect(
      try place.contributions().mapValues { $0["state"] as? String } == [
        "mr/1": "merged", "mr/2": "draft", "mr/3": "abandoned",
      ])
    #expect(
      try place.events(of: "mr/1") == [
        "2024-01-02T09:00 opened cy recorded",
        "2024-01-02T09:00 draft - recorded",
        "2024-01-02T09:04 ready cy recorded",
        "2024-01-02T09:05 review-requested cy recorded",
        "2024-01-02T09:05 review-requested cy recorded",
        "2024-01-02T09:05 reviewer-removed cy recorded",
        "2024-01-02T11:00 comment bo recorded",
        "2024-01-02T11:30 comment cy recorded",
        "2024-01-02T12:00 comment dee recorded",
        "2024-01-03T09:00 approve bo recorded",
        "2024-01-03T10:00 verdict-withdrawn bo recorded",
        "2024-01-04T09:00 approve bo recorded",
        "2024-01-04T09:10 approve eve recorded",
        "2024-01-02T09:00..2024-01-04T09:59 revision - bounded",
        "2024-01-04T10:00 landed bo recorded",
      ])
    #expect(
      try place.events(of: "mr/2").filter { $0.contains("approve") }
        == ["2024-01-05T09:00..2024-02-01T00:00 approve bo bounded"])
    let texts = try place.lines(ImportPlace.discuss).joined()
    #expect(!texts.contains("members only"))
    #expect(place.output.contains("\n") && !texts.isEmpty)
  }

  @Test func `reads Gerrit's votes, patch sets and messages from both of its interfaces`() throws {
    let place = try ImportPlace()
    #expect(try place.importing("gerrit-rest.txt", from: "gerrit") == .met, "\(place.complaints)")
    let rest = try place.events(of: "change/12345")
    #expect(
      rest == [
        "2024-01-02T09:00 opened cy@example.org recorded",
        "2024-01-02T09:00 draft - recorded",
        "2024-01-02T09:00 revision cy@example.org recorded",
        "2024-01-02T09:10 review-requested cy@example.org recorded",
        "2024-01-02T09:30 ready cy@example.org recorded",
        "2024-01-02T11:00 comment bo@example.org recorded",
        "2024-01-02T11:00 reject bo@example.org recorded",
        "2024-01-02T12:00 neutral-verdict dee@example.org recorded",
        "2024-01-03T08:00 revision cy@example.org recorded",
        "2024-01-03T08:05 automatic-message builder recorded",
        "2024-01-03T08:10 label builder recorded",
        "2024-01-03T09:00 automatic-message dee@example.org recorded",
        "2024-01-03T10:00 comment cy@example.org recorded",
        "2024-01-04T09:30 verdict-withdrawn bo@example.org recorded",
        "2024-01-04T09:30 approve bo@example.org recorded",
        "2024-01-04T10:00 landed bo@example.org recorded",
      ])
    let votes = try place.lines(ImportPlace.discuss).filter { $0.contains("\"label\":\"Code-Review\"") }
    #expect(votes.count == 3)
    #expect(votes.filter { $0.contains("\"value\":\"+2\"") && $0.contains("\"resolved\":true") }.count == 1)
    #expect(try place.contributions()["change/7"]?["state"] as? String == "abandoned")
    try place.importing("gerrit-ssh.txt", from: "gerrit")
    let both = try place.events(of: "change/12345")
    #expect(
      both.filter { !rest.contains($0) } == [
        "2024-01-02T09:00..2024-01-04T10:00 comment bo@example.org bounded"
      ])
    #expect(both.count == rest.count + 1)
  }
}
