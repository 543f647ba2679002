import Facts
import Foundation
import Testing

@testable import Reports
@testable import Rules

@Suite struct ReplayReportTests {
  private func report(_ hours: Int64 = 12, roster: Roster = NoticeFixture.roster, window: Window? = nil)
    throws
    -> ReplayReport
  {
    let (before, after) = (
      try NoticeFixture.policy(), try NoticeFixture.policy(roster: roster, hours: hours)
    )
    let pairs = zip(
      try NoticeFixture.entries(NoticeFixture.changes, before),
      try NoticeFixture.entries(NoticeFixture.changes, after)
    ).map { ReplayedContribution(repository: $0.repository, before: $0.assessment, after: $1.assessment) }
    return ReplayReport(
      header: ReportHeader(asOf: NoticeFixture.asOf, policy: .none, repositories: [], window: nil),
      replayed: .directory("drafts"), pairs, before: before.serviceLevels.objectives,
      after: after.serviceLevels.objectives, window: window)
  }

  @Test func `a longer promise turns late answers into timely ones`() throws {
    let replay = try report().replay
    #expect(replay.objectives.map(\.name) == ["first-response"])
    #expect(replay.objectives[0].before?.tally == Tally(met: 1, missed: 2))
    #expect(replay.objectives[0].after?.tally == Tally(met: 1, missed: 1))
    #expect(replay.objectives[0].after?.early == 1)
  }

  @Test func `tells how many waits went from which state to which`() throws {
    let transitions = try report().replay.transitions
    #expect(transitions.map(\.count).reduce(0, +) == 4)
    let changes = transitions.filter(\.isChange).map {
      "\($0.before?.rawValue ?? "") \($0.after?.rawValue ?? "")"
    }
    #expect(changes == ["missed met", "at-risk running"])
  }

  @Test func `lists contributions whose state or due time differs, and the same policy changes none`() throws
  {
    let changed = try report().changed
    #expect(changed.map(\.before.contribution.id.description) == ["pr/1", "pr/2", "pr/3", "pr/4"])
    #expect(changed[0].changes == [.state, .due])
    #expect(changed[1].changes == [.due])
    #expect(try report(8).changed.isEmpty)
    #expect(try report(8).replay.contributions.count == 4)
  }

  @Test func `another roster changes levels and is told`() throws {
    let people = NoticeFixture.roster.people.map { person in
      var person = person
      if person.handle == "ada" { person.memberships = [.init(team: "platform")] }
      return person
    }
    let replay = try report(8, roster: Roster(teams: NoticeFixture.roster.teams, people: people)).replay
    #expect(replay.levels.filter(\.isChange) == [.init(before: nil, after: 1, count: 3)])
    #expect(replay.contributions.filter { !$0.changes.isEmpty }.allSatisfy { $0.changes == [.level] })
  }

  @Test func `an objective of one policy alone stands beside nothing`() throws {
    let (before, after) = (try NoticeFixture.policy(), try NoticeFixture.policy())
    var other = after
    other.serviceLevels.objectives = [
      .init(name: "decision", clock: .decision, target: .workingTime(seconds: 3600))
    ]
    let pairs = zip(
      try NoticeFixture.entries(NoticeFixture.changes, before),
      try NoticeFixture.entries(NoticeFixture.changes, other)
    ).map { ReplayedContribution(repository: "platform", before: $0.assessment, after: $1.assessment) }
    let replay = Replay(
      pairs, before: before.serviceLevels.objectives, after: other.serviceLevels.objectives,
      asOf: NoticeFixture.asOf, window: nil)
    #expect(replay.objectives.map(\.name) == ["first-response", "decision"])
    #expect(replay.objectives[0].after == nil && replay.objectives[1].before == nil)
    #expect(replay.transitions.allSatisfy { $0.before == nil || $0.after == nil })
    #expect(pairs[0].waits.map(\.clock) == [.firstResponse, .decision])
  }

  @Test func `a window leaves out what lies before it`() throws {
    let window = Window(since: NoticeFixture.hour(60), until: NoticeFixture.asOf)
    let report = try report(window: window)
    #expect(report.replay.objectives[0].before?.tally == Tally(met: 1, missed: 1))
    #expect(report.replay.transitions.map(\.count).reduce(0, +) == 3)
    #expect(report.header.window == window)
  }

  @Test func `says that people are held fixed and that the other policy holds for all of time`() throws {
    let text = Painter.text(try report().text(), width: 200, palette: .plain)
    #expect(text.contains("What people did is held fixed"))
    #expect(text.contains("The other policy is applied to all of time"))
    #expect(text.contains("pr/1"))
    #expect(String(decoding: try report().json(), as: UTF8.self).contains("What people did is held fixed"))
  }

  @Test func `a row for each wait that differs`() throws {
    let rows = String(decoding: try report().csv(raw: false), as: UTF8.self).split(separator: "\r\n")
    #expect(rows.count == 5)
    #expect(
      rows[1]
        == """
        platform,pr/1,Cache answers,first-response,2024-01-02T16:00:00Z,first-response,missed,2024-01-03T00:00:00Z,\
        7200,,first-response,met,2024-01-03T04:00:00Z,0,
        """)
  }
}
