import Facts
import Rules
import Testing

/// Hours count from 2024-01-01T00:00:00Z.
func hour(_ hours: Int64) -> Instant { Instant(seconds: 1_704_067_200 + hours * 3600) }

func identity(_ name: String) -> Identity {
  Identity(name: name, email: name.contains("@") ? name : "\(name)@example.org")
}

/// An object name of forty times the same digit.
func object(_ digit: Character) throws -> ObjectName {
  try #require(ObjectName(hex: String(repeating: digit, count: 40)))
}

/// What the records of one change say, written down in short.
struct Change {
  var traces: [Trace]

  /// A change by ada, opened in hour 10 and recorded by a review system, unless told otherwise.
  init(
    _ number: Int = 1, by author: String? = "ada", _ source: SourceKind = .appraise,
    opened: KnownTime? = .at(hour(10)), paths: [Int32]? = [0], status: AppraiseStatus? = .pending
  ) throws {
    var trace = Trace(source: source, id: .pullRequest(number))
    trace.author = author.map(identity)
    trace.paths = paths
    if source == .appraise { trace.standing = status.map { .appraise($0) } }
    traces = [trace]
    if let opened {
      let isExact = opened.instant != nil
      self = try with(.opened, opened, by: author, isExact ? .recorded : .bounded)
    }
  }

  /// A commit that landed without a trace of a proposal.
  init(commit digit: Character, by author: String, landed: Int64, lander: String? = nil) throws {
    try self.init(by: author, .history, opened: .between(hour(landed - 1), hour(landed)))
    traces[0].id = .commit(try object(digit))
    self = try self.landed(landed, by: lander ?? author)
  }

  func with(
    _ kind: Observation.Kind, _ time: KnownTime, by name: String? = nil, _ grade: Grade = .recorded
  ) throws -> Change {
    var change = self
    change.traces[0].observations.append(
      Observation(kind, time, by: name.map(identity), grade, Evidence(object: try object("1"))))
    return change
  }

  func with(
    _ kind: Observation.Kind, _ hours: Int64, by name: String? = nil, _ grade: Grade = .recorded
  ) throws -> Change {
    try with(kind, .at(hour(hours)), by: name, grade)
  }

  func approved(_ hours: Int64, by name: String, of revision: Character? = nil) throws -> Change {
    try with(.verdict(.approve, revision: revision.map(object)), hours, by: name)
  }

  func trailer(_ key: String, by name: String) throws -> Change {
    try with(.approvedByTrailer(key: key), .between(nil, hour(99)), by: name, .claimed)
  }

  func landed(_ hours: Int64, by name: String? = nil, _ grade: Grade = .derived) throws -> Change {
    try with(.landed(commit: object("9")), hours, by: name, grade)
  }

  func coauthored(by names: String...) -> Change {
    var change = self
    change.traces[0].coauthors = names.map(identity)
    return change
  }

  /// Adds the trace of a head that was looked for in history.
  func head(_ found: HeadClass) -> Change {
    var change = self
    var trace = Trace(source: .pullRefs, id: traces[0].id)
    trace.standing = .head(found)
    change.traces.append(trace)
    return change
  }
}

/// A set of changes judged together, as of hour 10 000.
struct Judgement {
  let people: People
  let hosts: HostInference
  let contributions: [Contribution]
  let assessments: [Assessment]
  let assessor: Assessor
  static let asOf = hour(10_000)
  static let paths = ["docs/guide.md", "net/http.c", "net/tls/key.c", "README"]

  init(
    _ changes: [Change], _ policies: PolicyHistory, asOf: Instant = Judgement.asOf,
    owners: (OwnerLookup) -> OwnershipRecord = { _ in OwnershipRecord() },
    likeness: [RevisionQuestion: RevisionLikeness] = [:]
  ) {
    let traces = changes.flatMap(\.traces)
    let seen = traces.flatMap { trace in
      trace.coauthors + [trace.author].compactMap { $0 } + trace.observations.compactMap(\.actor)
    }
    let roster = policies.inForce(at: asOf).policy.roster
    let people = People(seen, directory: Directory(seen: seen, roster: roster))
    contributions = Joining { people.id(of: $0) ?? PersonID(index: 0) }.join(traces)
    hosts = HostInference(contributions, bots: people.bots, asOf: asOf)
    let assessor = Assessor(
      people: people, policies: policies, hosts: hosts, paths: Self.paths, repository: "platform",
      owners: owners(OwnerLookup(people, identities: seen)),
      book: ServiceLevelBook(policies, zones: .builtIn), likeness: likeness)
    assessments = contributions.map { assessor.assess($0, asOf: asOf) }
    self.people = people
    self.assessor = assessor
  }

  init(_ changes: [Change], _ policy: Policy) { self.init(changes, PolicyHistory(always: policy)) }
}

/// Judges one change.
func assess(_ change: Change, _ policy: Policy = .example) throws -> Assessment {
  try #require(Judgement([change], policy).assessments.first)
}

func assess(_ change: Change, _ policies: PolicyHistory) throws -> Assessment {
  try #require(Judgement([change], policies).assessments.first)
}

extension Roster {
  /// Platform and writers host; ada moves from payments to platform in hour 100, gus left platform in hour 50.
  static let example = Roster(
    teams: [
      .init(id: "payments"), .init(id: "platform", isHost: true), .init(id: "retail"), .init(id: "writers"),
    ],
    people: [
      .init(
        handle: "ada", emails: ["ada@example.org", "ada@home.example.org"],
        memberships: [
          .init(team: "payments", period: Period(until: hour(100))),
          .init(team: "platform", period: Period(from: hour(100))),
        ]),
      .init(handle: "bo", emails: ["bo@example.org"], memberships: [.init(team: "platform")]),
      .init(handle: "ben", emails: ["ben@example.org"], memberships: [.init(team: "platform")]),
      .init(
        handle: "cy", emails: ["cy@example.org"],
        memberships: [.init(team: "retail"), .init(team: "payments")]),
      .init(handle: "dee", emails: ["dee@example.org"], memberships: [.init(team: "writers")]),
      .init(
        handle: "gus", emails: ["gus@example.org"],
        memberships: [.init(team: "platform", period: Period(until: hour(50)))]),
      .init(handle: "lone", emails: ["lone@example.org"]),
    ],
    domains: [.init(team: "payments", pattern: NamePattern("pay.example.org"))],
    bots: [NamePattern("robot@example.org")])
}

extension Policy {
  /// The roster of the example and nothing else: every path belongs to the team platform.
  static let example = Policy(roster: .example)

  /// The same with no promise at all.
  static let unpromised = Policy(roster: .example, serviceLevels: ServiceLevels())

  /// Components with hosts of their own: docs belongs to the writers, net to the platform, keys need two people.
  static func components() throws -> Policy {
    Policy(
      roster: .example,
      platform: Platform(components: [
        .init(id: "docs", paths: try PathList(["docs/**"]), host: "writers"),
        .init(id: "network", paths: try PathList(["net/**"]), host: "platform"),
      ]),
      delegation: DelegationPolicy(approvals: [
        .standard, .init(paths: try PathList(["net/tls/**"]), count: 2, from: [.platform]),
      ]))
  }

  func with(_ change: (inout DelegationPolicy) -> Void) -> Policy {
    var policy = self
    change(&policy.delegation)
    return policy
  }
}
