import Facts
import Testing

@testable import Reports
@testable import Rules

/// A report on service levels in which every optional part occurs.
enum DocumentedSLA {
  private static let asOf = hour(200)

  private static func hour(_ hours: Int64) -> Instant { Instant(seconds: 1_704_067_200 + hours * 3600) }

  private static func identity(_ name: String) -> Identity {
    Identity(name: name, email: "\(name)@example.org")
  }

  private static func name(_ digit: Character) throws -> ObjectName {
    try #require(ObjectName(hex: String(repeating: digit, count: 40)))
  }

  static func report() throws -> SLAReport {
    let policies = PolicyHistory(always: try policy())
    let traces = try self.traces()
    let people = People(
      ["ada", "bo", "cy", "guest", "robot"].map(identity),
      directory: Directory(seen: ["ada", "bo", "cy", "guest", "robot"].map(identity), roster: roster))
    let contributions = Joining { people.id(of: $0) ?? PersonID(index: 0) }.join(traces)
    let assessor = Assessor(
      people: people, policies: policies, hosts: HostInference(contributions, bots: people.bots, asOf: asOf),
      paths: ["net/a.swift"], repository: nil, book: ServiceLevelBook(policies, zones: .builtIn))
    let entries = contributions.map {
      ContributionEntry(
        repository: "sample", assessment: assessor.assess($0, asOf: asOf), people: people)
    }
    let subjects = entries.map { ServiceLevelAccounts.Subject($0.assessment, by: assessor, repository: 0) }
    let levels = policies.inForce(at: asOf).policy.serviceLevels
    let window = Window(since: hour(0), until: asOf)
    let accounts = ServiceLevelAccounts(
      subjects, objectives: levels.objectives, .init(asOf: asOf, window: window)
    ).accounts
    return SLAReport(
      header: try DocumentedReports.header(), entries: entries, accounts: accounts,
      turns: TurnShares.all(of: subjects, in: window, asOf: asOf), in: window, calendars: levels.calendars,
      zones: .builtIn, entitlements: [.roster, .ownersByFile, .anyone])
  }

  private static let roster = Roster(
    teams: [.init(id: "guests"), .init(id: "platform", isHost: true)],
    people: [
      .init(handle: "ada", emails: ["ada@example.org"], memberships: [.init(team: "guests")]),
      .init(handle: "bo", emails: ["bo@example.org"], memberships: [.init(team: "platform")]),
      .init(handle: "cy", emails: ["cy@example.org"], memberships: [.init(team: "platform")]),
    ],
    bots: [NamePattern("robot@example.org")])

  private static func policy() throws -> Policy {
    Policy(
      roster: roster,
      platform: Platform(components: [.init(id: "net", paths: try PathList(["net/**"]), host: "platform")]),
      serviceLevels: ServiceLevels(
        calendars: [.weekdays],
        objectives: [
          .init(name: "answer", clock: .firstResponse, target: .workingTime(seconds: 28_800)),
          .init(name: "decision", clock: .decision, target: .workingTime(seconds: 28_800)),
          .init(name: "each", clock: .eachResponse, target: .businessDays(1), calendar: "weekdays"),
        ],
        escalation: [.init(at: 1, action: .nameLead)]),
      waivers: [
        Waiver(
          id: "w-1", objective: "answer", contribution: "pr/1", reason: "on leave", by: "bo",
          period: Period(from: hour(0), until: hour(30)))
      ])
  }

  /// Late, waived for a while and asked again; open for ever; at risk; quick ones of both groups; and what is left out.
  private static func traces() throws -> [Trace] {
    let quick = try (0..<12).flatMap { number -> [Trace] in
      let answer = Int64(11 + number % 5)
      return [
        try trace(
          20 + number, by: "ada", events: [(.comment(onCode: true, asks: false), .at(hour(answer)), "bo")]),
        try trace(
          40 + number, by: "cy", events: [(.comment(onCode: true, asks: false), .at(hour(answer)), "bo")]),
      ]
    }
    let strangers = try (8..<13).map { try trace($0, by: "guest", events: []) }
    return quick + strangers + [
      try trace(
        1, by: "ada",
        events: [
          (.comment(onCode: true, asks: true), .at(hour(60)), "bo"),
          (.revision(try name("2")), .at(hour(61)), "ada"),
        ]),
      try trace(
        2, by: "ada", opened: .between(hour(1), hour(2)),
        events: [(.comment(onCode: true, asks: false), .at(hour(60)), "bo")]),
      try trace(3, by: "cy", opened: .at(hour(193)), events: []), try trace(4, by: "robot", events: []),
      try trace(5, by: "ada", opened: .between(hour(1), hour(199)), events: []),
      try trace(6, by: "ada", opened: .at(hour(197)), events: []), try trace(7, by: "cy", events: []),
    ]
  }

  private static func trace(
    _ number: Int, by author: String, opened: KnownTime = .at(hour(10)),
    events: [(kind: Observation.Kind, time: KnownTime, actor: String)]
  ) throws -> Trace {
    var trace = Trace(source: .appraise, id: .pullRequest(number))
    trace.title = "Teach the parser a new word"
    trace.author = identity(author)
    trace.paths = [0]
    trace.standing = .appraise(.pending)
    let grade: Grade = opened.instant == nil ? .bounded : .recorded
    let evidence = Evidence(object: try name("5"))
    trace.observations =
      [Observation(.opened, opened, by: identity(author), grade, evidence)]
      + events.map { Observation($0.kind, $0.time, by: identity($0.actor), .recorded, evidence) }
    return trace
  }
}
