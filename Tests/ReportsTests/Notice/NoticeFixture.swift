import Facts
import Reports
import Testing

@testable import Rules

/// A platform that promised a first response within eight hours, around the clock, and did not always keep it.
enum NoticeFixture {
  static let asOf = hour(100)

  /// Hours after 2024-01-01T00:00:00Z.
  static func hour(_ hours: Int64) -> Instant { Instant(seconds: 1_704_067_200 + hours * 3600) }

  /// One change: who proposed what and when, and when it was answered.
  struct Change {
    var number: Int
    var title = "Cache answers"
    var author = "ada"
    var opened: Int64
    var answered: Int64?
  }

  /// One miss that was answered, one that is open, one answered in time, and one at risk.
  static let changes = [
    Change(number: 1, opened: 40, answered: 50), Change(number: 2, title: "Faster start", opened: 80),
    Change(number: 3, opened: 90, answered: 91), Change(number: 4, author: "lone", opened: 93),
  ]

  static let roster = Roster(
    teams: [
      .init(id: "base", lead: "bo"), .init(id: "payments", name: "Payments"),
      .init(id: "platform", name: "Platform", isHost: true, parent: "base"), .init(id: "retail"),
    ],
    people: [
      .init(handle: "ada", emails: ["ada@example.org"], memberships: [.init(team: "payments")]),
      .init(handle: "bo", name: "Bo Lin", emails: ["bo@example.org"], memberships: [.init(team: "platform")]),
      .init(
        handle: "cy", emails: ["cy@example.org"],
        memberships: [.init(team: "payments"), .init(team: "retail")]),
      .init(handle: "lone", emails: ["lone@example.org"]),
    ])

  static func policy(roster: Roster = roster, hours: Int64 = 8) throws -> Policy {
    Policy(
      roster: roster,
      serviceLevels: ServiceLevels(
        objectives: [
          .init(name: "first-response", clock: .firstResponse, target: .workingTime(seconds: hours * 3600))
        ],
        escalation: [
          .init(at: 0.75, action: .remindReviewers), .init(at: 1, action: .nameLead),
          .init(at: 2, action: .widenApprovers, paths: try PathList(["net/**"])),
        ]))
  }

  static func entries(_ changes: [Change] = changes, _ policy: Policy? = nil) throws -> [ContributionEntry] {
    let traces = try changes.map(trace)
    let policy = try policy ?? self.policy()
    let identities = ["ada", "bo", "cy", "lone"].map(identity)
    let people = People(identities, directory: Directory(seen: identities, roster: policy.roster))
    let contributions = Joining { people.id(of: $0) ?? PersonID(index: 0) }.join(traces)
    let policies = PolicyHistory(always: policy)
    let assessor = Assessor(
      people: people, policies: policies, hosts: HostInference(contributions, bots: [], asOf: asOf),
      paths: ["net/http.c"], repository: nil, book: ServiceLevelBook(policies, zones: .builtIn))
    return contributions.map {
      ContributionEntry(repository: "platform", assessment: assessor.assess($0, asOf: asOf), people: people)
    }
  }

  static func report(
    _ changes: [Change] = changes, roster: Roster = roster, newSince: Int64? = nil, teams: Set<String> = [],
    objectives: Set<String> = [], window: Int64 = 168
  ) throws -> NoticeReport {
    NoticeReport(
      header: ReportHeader(asOf: asOf, policy: .none, repositories: [], window: nil),
      entries: try entries(changes, try policy(roster: roster)), rosters: ["platform": roster],
      .init(
        window: Window(since: asOf.advanced(by: -window * 3600), until: asOf), newSince: newSince.map(hour),
        objectives: objectives, teams: teams))
  }

  private static func identity(_ name: String) -> Identity {
    Identity(name: name, email: "\(name)@example.org")
  }

  private static func trace(_ change: Change) throws -> Trace {
    let evidence = Evidence(
      ref: "refs/notes/devtools/reviews",
      object: try #require(ObjectName(hex: String(repeating: "5", count: 40))))
    var trace = Trace(source: .appraise, id: .pullRequest(change.number))
    trace.title = change.title
    trace.author = identity(change.author)
    trace.paths = [0]
    trace.standing = .appraise(.pending)
    trace.observations = [
      Observation(.opened, .at(hour(change.opened)), by: identity(change.author), .recorded, evidence)
    ]
    if let answered = change.answered {
      trace.observations.append(
        Observation(
          .comment(onCode: false, asks: false), .at(hour(answered)), by: identity("bo"), .recorded, evidence))
    }
    return trace
  }
}
