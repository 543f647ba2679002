import Facts
import Testing

@testable import Reports
@testable import Rules

/// Hand-made reports in which every optional part of every format occurs.
enum DocumentedReports {
  static let asOf = hour(2000)

  /// Hours after 2024-01-01T00:00:00Z.
  private static func hour(_ hours: Int64) -> Instant { Instant(seconds: 1_704_067_200 + hours * 3600) }

  private static func name(_ digit: String) throws -> ObjectName {
    try #require(ObjectName(hex: String(repeating: digit, count: 40)))
  }

  private static func identity(_ name: String) -> Identity {
    Identity(name: name, email: "\(name)@example.org")
  }

  // MARK: Contributions

  /// One contribution whose moments are recorded, one of which only limits are known, and one that waits.
  static func entries() throws -> [ContributionEntry] { try judged().entries }

  /// The same with what happened to their clocks.
  static func explained() throws -> [(entry: ContributionEntry, windows: [[ClockWindow]])] {
    let (entries, assessor) = try judged()
    return entries.map { entry in
      var assessment = entry.assessment
      assessment.serviceLevels = assessor.serviceLevels(of: assessment, asOf: asOf, explaining: true)
      let windows = assessment.serviceLevels.map { assessor.windows(of: $0, asOf: asOf) }
      return (
        ContributionEntry(repository: entry.repository, assessment: assessment, people: entry.people), windows
      )
    }
  }

  /// Every objective with another kind of end: met, missed, waived, refused, at a second try.
  private static var policy: Policy {
    var policy = Policy.defaults
    policy.serviceLevels.objectives = ServiceLevels.Clock.allCases.map { clock in
      .init(
        name: clock.rawValue, clock: clock, target: .workingTime(seconds: clock == .decision ? 3600 : 28_800))
    }
    policy.serviceLevels.escalation = [
      .init(at: 1, action: .nameLead), .init(at: 1, action: .widenApprovers, paths: .everything),
    ]
    policy.waivers = [
      Waiver(
        id: "w-1", objective: "decision", contribution: "pr/3", reason: "on leave", by: "bo",
        period: Period(from: hour(0), until: hour(9999)))
    ]
    return policy
  }

  private static func judged() throws -> (entries: [ContributionEntry], assessor: Assessor) {
    let traces = [try recorded(), try bounded(), try waiting()]
    let people = People(["ada", "bo", "cy"].map(identity), directory: Directory(seen: []))
    let contributions = Joining { people.id(of: $0) ?? PersonID(index: 0) }.join(traces)
    let policies = PolicyHistory(always: policy)
    let assessor = Assessor(
      people: people, policies: policies,
      hosts: HostInference(contributions, bots: [], asOf: asOf), paths: ["net/a.swift"], repository: nil,
      owners: try owners(people), book: ServiceLevelBook(policies, zones: .builtIn))
    let entries = contributions.map {
      ContributionEntry(repository: "sample", assessment: assessor.assess($0, asOf: asOf), people: people)
    }
    return (entries, assessor)
  }

  /// A file that names ada and bo as owners of everything, beside a team.
  private static func owners(_ people: People) throws -> OwnershipRecord {
    var snapshot = OwnershipSnapshot(commit: try name("9"))
    snapshot.files = [
      OwnershipFile(
        path: "CODEOWNERS", bytes: Array("* ada@example.org bo@example.org @org/team\n".utf8),
        object: try name("a"))
    ]
    let moments = OwnershipMoments([.init(commit: try name("9"), from: hour(0))])
    var record = OwnershipRecord(moments, OwnerLookup(people, identities: ["ada", "bo"].map(identity)))
    let ownership = try #require(Ownership(snapshot, format: nil))
    record.add(ownership, version: 0, .asShown, paths: [0], names: ["net/a.swift"])
    return record
  }

  private static func recorded() throws -> Trace {
    let revision = try name("2")
    var trace = try trace(.appraise, .pullRequest(1))
    trace.aliases = [.review(revision)]
    trace.coauthors = [identity("cy")]
    trace.paths = [0]
    trace.standing = .appraise(.submitted)
    trace.observations = [
      try event(.opened, .at(hour(1)), by: "ada"), try event(.revision(name("5")), .at(hour(1))),
      try event(.verdict(.approve, revision: name("5")), .at(hour(2)), by: "bo"),
      try event(.comment(onCode: true, asks: true), .at(hour(2)), by: "bo"),
      try event(.comment(onCode: false, asks: false), .at(hour(3)), by: "ada"),
      try event(.revision(revision), .at(hour(3))),
      try event(.verdict(.approve, revision: revision), .at(hour(4)), by: "bo"),
      try event(.landed(commit: name("3")), .at(hour(5)), by: "bo", .derived),
    ]
    return trace
  }

  private static func bounded() throws -> Trace {
    var trace = try trace(.history, .pullRequest(2))
    trace.standing = .head(.mergeCommit)
    trace.observations = [
      try event(.opened, .between(hour(1), hour(2)), by: "ada", .bounded),
      try event(.comment(onCode: true, asks: false), .between(hour(3), hour(4)), by: "bo", .bounded),
      try event(.landed(commit: name("4")), .between(hour(5), hour(6)), by: "bo", .bounded),
    ]
    return trace
  }

  private static func waiting() throws -> Trace {
    var trace = try trace(.appraise, .pullRequest(3))
    trace.standing = .appraise(.pending)
    trace.paths = [0]
    trace.observations = [try event(.opened, .at(hour(7)), by: "ada")]
    return trace
  }

  private static func trace(_ source: SourceKind, _ id: ContributionID) throws -> Trace {
    var trace = Trace(source: source, id: id)
    trace.title = "Teach the parser a new word"
    trace.author = identity("ada")
    trace.target = "refs/heads/main"
    trace.commits = [try name("2")]
    return trace
  }

  private static func event(
    _ kind: Observation.Kind, _ time: KnownTime, by name: String? = nil, _ grade: Grade = .recorded
  ) throws -> Observation {
    Observation(kind, time, by: name.map(identity), grade, Evidence(object: try self.name("5")))
  }

  // MARK: Headers

  static func header() throws -> ReportHeader {
    let hosts: [Hosts] = [
      .roster(teams: ["platform"]), .inferred([.init(name: "Bo", landings: 7)]), .unknown,
    ]
    var header = ReportHeader(
      asOf: asOf, policy: .branch("refs/heads/main:policies", versions: 2, newest: try name("6")),
      repositories: try hosts.map(repository), window: Window(since: hour(0), until: asOf))
    header.notes = [.policyOutsideGit]
    return header
  }

  private static func repository(_ hosts: Hosts) throws -> RepositorySummary {
    let missing = Diagnostic(.missingObject, object: try name("7"))
    var summary = RepositorySummary(
      name: "sample", branch: "refs/heads/main", tip: try name("8"), newestCommit: hour(9), commits: 10,
      isShallow: false, readSince: hour(0),
      coverage: Coverage(
        authors: 2, knownAuthors: 1, contributions: 3, knownContributions: 2,
        unresolved: [.init(address: "ada@example.org", contributions: 1)]),
      hosts: hosts,
      sources: [
        SourceSummary(
          source: .history, place: "commit messages", records: 3, unreadable: 0,
          counts: [.init(name: "requests", value: 3)])
      ],
      diagnostics: [DiagnosticCount(example: missing, count: 1)])
    summary.completeSince = hour(1)
    summary.remedies = [
      Remedy(
        "sample", .fetch(remote: "origin", refspecs: ["+refs/notes/*:refs/notes/*"]), because: .noNotes,
        brings: [.opening, .response, .abandonment])
    ]
    summary.ownership = OwnershipRecord.Source(
      commit: try name("9"), format: .codeOwners, flavour: .gitHub, basis: .place, files: ["CODEOWNERS"])
    return summary
  }

  // MARK: Health

  /// One measurement with each kind of value, each beside the window before.
  static func health() throws -> HealthReport {
    let measurements = [
      Measurement(
        .reviews, .count(3), sample: 3, grade: .recorded, remarks: [.unknown(1)],
        sources: [SourceUse(source: .appraise, records: 3, grade: .recorded)]),
      Measurement(.changeRequests, .countBetween(3, 4), sample: 4, grade: .bounded),
      Measurement(.botActivity, .ratio(hits: 1, of: 4), sample: 4, grade: .derived),
      Measurement(
        .timeToFirstResponse, .wait(median: 60, p90: 120, ended: 3, medianOfEnded: 50), sample: 4,
        grade: .recorded),
      Measurement(.timeToClose, .waitBetween(0, 90), sample: 4, grade: .bounded),
      Measurement(.declined, .refused(.noDeclines), sample: 0, grade: .absent),
    ]
    return HealthReport(
      header: try header(),
      groups: [HealthReport.Group(name: nil, now: measurements, before: measurements)])
  }

  // MARK: Sources

  /// A place that ended, one that nothing reads, and everything else that a repository can have.
  static func sources() throws -> SourcesReport {
    var place = SourcesReport.Place(
      namespace: .pullHeads, name: "refs/pull/*/head", source: .pullRefs, records: 3, unreadable: 1,
      oldest: hour(1), newest: hour(2))
    place.facts = [.init(.opening, records: 2, best: .bounded, weakest: .bounded)]
    place.coverage = [.init(year: 2024, have: 2, of: 3)]
    place.isOfContributions = true
    place.frozen = .init(newest: hour(2), newestCommit: hour(9), landedSince: 12)
    place.counts = [.init(name: "squash", value: 2)]
    let other = SourcesReport.Place(
      namespace: nil, name: "commit messages", source: .history, records: 3, unreadable: 0, oldest: nil,
      newest: nil)
    let system = SourcesReport.System(
      .github, commits: 9, oldest: hour(1), newest: hour(9), address: "example.org")
    let item = SourcesReport.Item(
      repository: "sample", places: [other, place], systems: [system],
      unknown: [.init(pattern: "refs/tmp/*", refs: 2)], ordinaryRefs: 4)
    return SourcesReport(header: try header(), items: [item, item, item])
  }
}
