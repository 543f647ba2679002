import Facts
import Testing

@testable import Reports
@testable import Rules

/// Reports on delegation in which every optional part occurs.
enum DocumentedDelegation {
  private static let asOf = hour(500)

  private static func hour(_ hours: Int64) -> Instant { Instant(seconds: 1_704_067_200 + hours * 3600) }

  private static let roster = Roster(
    teams: [.init(id: "guests"), .init(id: "platform", isHost: true)],
    people: [
      .init(handle: "bo", emails: ["bo@example.org"], memberships: [.init(team: "platform")]),
      .init(handle: "cy", emails: ["cy@example.org"], memberships: [.init(team: "guests")]),
      .init(handle: "dee", emails: ["dee@example.org"], memberships: [.init(team: "guests")]),
    ])

  private static func grant(_ id: String, to holder: String, until: Int64 = 5000) throws -> Grant {
    var grant = Grant(
      id: id, grantee: .person(holder), verbs: [.review, .approve], paths: try PathList(["docs/**"]),
      giver: .person("bo"), period: Period(from: hour(0), until: hour(until)), reason: "knows it")
    grant.limits = Grant.Limits(paths: 5, kinds: [.fix])
    return grant
  }

  private static func policy() throws -> Policy {
    Policy(
      roster: roster,
      platform: Platform(components: [.init(id: "docs", paths: try PathList(["docs/**"]), host: "platform")]),
      delegation: DelegationPolicy(
        protected: try PathList(["docs/tls/**"]), granting: .init(teams: ["platform"])),
      grants: [
        try grant("docs", to: "cy"), try grant("old", to: "dee", until: 10),
        Grant(
          id: "team", grantee: .team("guests"), verbs: [.review], paths: .everything, giver: .person("dee"),
          period: Period(from: hour(0)), reason: "all of them"),
      ])
  }

  static func list() throws -> GrantListReport {
    let policy = try policy()
    let chains = GrantChains(policy)
    let items = policy.grants.map { grant in
      GrantListReport.Item(
        repositories: ["sample"], status: chains.status(of: grant, at: asOf, arrived: hour(1)),
        people: ["cy"], isExpiring: true)
    }
    return GrantListReport(header: try DocumentedReports.header(), items: items, hidden: 1)
  }

  static func draft() throws -> GrantDraftReport {
    let grant = try grant("docs", to: "cy")
    let chains = GrantChains(try policy())
    return GrantDraftReport(
      action: .grant,
      files: [
        .init(
          grant: grant, path: "policies/grants/docs.json5", text: "{}", objections: [.nobodyMayGrant],
          allowed: chains.grantingRights(of: "bo", at: asOf))
      ], commands: ["git add x"],
      remarks: [
        .needsEntitled(committer: nil, giver: .person("bo")), .endsWithIt(["a"]), .nobodyClimbed,
        .overCap(person: "cy", ladder: "writer", most: 1), .directoryDiffers, .begins(asOf),
      ], isWritten: false)
  }

  static func candidates() throws -> CandidatesReport {
    let book = try book()
    let ladder = DelegationPolicy.Ladder(name: "writer", landed: 1, reviews: 50, agreement: 0.5, holds: .land)
    let policy = try policy()
    let judge = ReadinessJudge(
      book, .init(paths: .everything, ladder: ladder, verbs: [.approve], asOf: asOf)
    ) { _ in GrantChains(policy) }
    let people = ["cy", "dee"].map { handle in
      CandidatesReport.Person(
        readiness: judge.readiness(of: .handle(handle)), name: handle,
        draft: .init(path: "grants/x.json5", text: "{}", command: "tributary delegate grant"))
    }
    return CandidatesReport(
      header: try DocumentedReports.header(),
      groups: [
        .init(
          repositories: ["sample"], component: "docs", paths: .everything, ladder: ladder,
          verbs: [.approve], contributions: judge.contributions, lacksReviews: judge.lacksReviews,
          counts: [.ready: 1], people: people)
      ])
  }

  static func audit() throws -> DelegationAuditReport {
    let policies = PolicyHistory(always: try policy())
    let (assessments, assessor) = try judged()
    let audit = DelegationAudit(
      policies, nil, [.init(repository: "sample", assessments: assessments, assessor: assessor)],
      try book(), .init(asOf: asOf))
    let blind = DelegationAudit(policies, nil, [], DeedBook(), .init(asOf: asOf))
    return DelegationAuditReport(
      header: try DocumentedReports.header(),
      groups: [.init(repositories: ["sample"], audit: audit), .init(repositories: ["other"], audit: blind)],
      isIncomplete: true)
  }

  /// One of paths by each right, one of a contribution, one of what is checked out.
  static func reviewers() throws -> [ReviewersReport] {
    var policy = try policy()
    policy.grants[0].limits = Grant.Limits()
    let people = roster.people.map { person in
      ReviewerChoice.Candidate(
        key: .handle(person.handle), name: person.name, teams: roster.teams(of: person, at: asOf),
        landings: person.handle == "dee" ? 7 : nil)
    }
    let question = ReviewerChoice.Question(
      paths: ["docs/a", "docs/tls/b", "net/c"],
      change: .init(branch: "refs/heads/main", pathCount: 3, kind: .other), contributors: [.handle("bo")],
      asOf: asOf)
    let place = OwnershipPlace(file: "CODEOWNERS", line: 2)
    let choice = ReviewerChoice(
      question, GrantChains(policy), people, load: [1, 2, 3],
      owners: { $0 == "net/c" ? [1: place] : [:] })
    policy.grants = [try grant("old", to: "cy", until: 10)]
    policy.roster = Roster(teams: roster.teams, people: roster.people)
    let plain = people.map { ReviewerChoice.Candidate(key: $0.key, name: $0.name, teams: ["guests"]) }
    let blocked = ReviewerChoice(question, GrantChains(policy), plain, load: [0, 0, 0])
    let host = ReviewerChoice(
      .init(
        paths: ["docs/a"], change: question.change, approved: [.handle("cy")], asOf: asOf),
      GrantChains(policy), people, load: [0, 0, 0])
    let base = try #require(ObjectName(hex: String(repeating: "1", count: 40)))
    let subjects: [ReviewersReport.Subject] = [
      .paths, .contribution("pr/1", title: "Work"), .head(base: base, commits: 2),
    ]
    return try zip([choice, blocked, host], subjects).map { choice, subject in
      ReviewersReport(
        header: try DocumentedReports.header(), repository: "sample", subject: subject, choice: choice,
        people: [
          .init(load: 1, lastAct: asOf), .init(load: 0, lastAct: nil), .init(load: 0, lastAct: nil),
        ],
        hours: choice.needs.map { _ in .init(calendar: "team", isOpen: false, next: asOf) })
    }
  }

  private static func book() throws -> DeedBook {
    let (assessments, assessor) = try judged()
    var book = DeedBook()
    book.add(assessments, by: assessor, repository: "sample", paths: ["docs/a"], asOf: asOf)
    return book
  }

  private static func judged() throws -> ([Assessment], Assessor) {
    let names = ["bo", "cy", "dee"].map { Identity(name: $0, email: "\($0)@example.org") }
    let people = People(names, directory: Directory(seen: names, roster: roster))
    let object = try #require(ObjectName(hex: String(repeating: "5", count: 40)))
    let traces = (1...3).map { number in
      var trace = Trace(source: .appraise, id: .pullRequest(number))
      trace.author = names[number == 1 ? 2 : 1]
      trace.paths = [0]
      trace.standing = .appraise(.submitted)
      let evidence = Evidence(object: object)
      trace.observations = [
        Observation(.opened, .at(hour(20)), by: trace.author, .recorded, evidence),
        Observation(
          .verdict(.approve, revision: nil), .at(hour(22)), by: names[number == 1 ? 1 : 2], .recorded,
          evidence),
        Observation(.landed(commit: object), .at(hour(23)), by: names[0], .derived, evidence),
      ]
      return trace
    }
    let contributions = Joining { people.id(of: $0) ?? PersonID(index: 0) }.join(traces)
    let assessor = Assessor(
      people: people, policies: PolicyHistory(always: try policy()),
      hosts: HostInference(contributions, bots: [], asOf: asOf), paths: ["docs/a"], repository: nil)
    return (contributions.map { assessor.assess($0, asOf: asOf) }, assessor)
  }
}
