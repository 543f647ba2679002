internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// `delegate candidates`: who has earned which right.
enum DelegateCandidatesCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let paths = try arguments.pathList(in: .delegateCandidates)
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    let analysis = try Analyst(plan: plan, world: world).analyse()
    var groups: [CandidatesReport.Group] = []
    for scene in analysis.scenes {
      let finder = try CandidateFinder(scene, arguments, plan, world)
      for place in try places(arguments, paths, scene.policy) {
        for ladder in try ladders(arguments, scene.policy) {
          groups.append(finder.group(place.component, place.paths, ladder))
        }
      }
    }
    let report = CandidatesReport(header: analysis.header(), groups: groups)
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }

  /// The paths named, the components named, or all components; everything where there is none.
  private static func places(
    _ arguments: Arguments, _ paths: PathList?, _ policy: Policy
  ) throws -> [(component: String?, paths: PathList)] {
    let named = try arguments.all(Options.component).map { try policy.component(named: $0) }
    let own = paths.map { [(component: nil as String?, paths: $0)] } ?? []
    if !own.isEmpty || !named.isEmpty { return own + named.map { ($0.id, $0.paths) } }
    let all = policy.platform.components
    return all.isEmpty ? [(nil, .everything)] : all.map { ($0.id, $0.paths) }
  }

  /// The ladders named, those of the policy, or the one for reviewers that ships.
  private static func ladders(
    _ arguments: Arguments, _ policy: Policy
  ) throws -> [DelegationPolicy.Ladder] {
    let named = try arguments.all(Options.ladder).map { try policy.ladder(named: $0) }
    if !named.isEmpty { return named }
    return policy.delegation.ladders.isEmpty ? [.kubernetesReviewer] : policy.delegation.ladders
  }
}

/// Judges people by ladders, and drafts what could be granted.
private struct CandidateFinder {
  private let scene: DelegationScene
  private let book: DeedBook
  private let named: Set<PersonKey>?
  private let wantsAll: Bool
  private let giver: String?
  private let names: [PersonKey: String]

  init(_ scene: DelegationScene, _ arguments: Arguments, _ plan: AnalysisPlan, _ world: World) throws {
    self.scene = scene
    book = scene.book()
    wantsAll = arguments[Options.all]
    giver = try Grantor(arguments, scene, plan, world).handle
    var names: [PersonKey: String] = [:]
    for repository in scene.repositories {
      for person in repository.people.persons { names[person.key] = person.name }
    }
    self.names = names
    let asked = arguments.all(Options.person)
    let lookup = RosterLookup(roster: scene.roster)
    named =
      asked.isEmpty
      ? nil
      : Set(
        try asked.map { who in
          if let known = lookup.known(who) { return .handle(known.handle) }
          // Somebody whom the roster does not list is known by what they did.
          let wanted = Address(who)
          if let met = names.keys.sorted().first(where: { Address($0.description) == wanted }) { return met }
          return .handle(try lookup.person(who).handle)
        })
  }

  func group(
    _ component: String?, _ paths: PathList, _ ladder: DelegationPolicy.Ladder
  ) -> CandidatesReport.Group {
    let rule = scene.policy.delegation.automatic.first { $0.ladder == ladder.name }
    let verbs = rule?.verbs ?? [.review, .approve]
    let judge = ReadinessJudge(
      book,
      .init(
        paths: paths, ladder: ladder, verbs: verbs, asOf: scene.asOf, inferredHosts: scene.inferredHosts),
      chains: scene.chains(at:))
    var counts: [Readiness.Standing: Int] = [:]
    var shown: [CandidatesReport.Person] = []
    let people = Set(judge.people)
    for person in people.union(named ?? []).sorted() {
      let readiness = judge.readiness(of: person)
      if people.contains(person) { counts[readiness.standing, default: 0] += 1 }
      let isWanted = named.map { $0.contains(person) } ?? (wantsAll || readiness.standing == .ready)
      guard isWanted else { continue }
      shown.append(
        .init(
          readiness: readiness, name: names[person] ?? person.description,
          draft: readiness.standing == .ready ? draft(for: person, paths, verbs, ladder) : nil))
    }
    return CandidatesReport.Group(
      repositories: scene.names, component: component, paths: paths, ladder: ladder, verbs: verbs,
      contributions: judge.contributions, lacksReviews: judge.lacksReviews, counts: counts, people: shown)
  }

  /// How long a grant is proposed for, in seconds.
  private static let span: Int64 = 180 * 86_400

  /// A grant that could be made; nil for somebody whom the roster does not list, as no grant can name them.
  private func draft(
    for person: PersonKey, _ paths: PathList, _ verbs: Set<Grant.Verb>, _ ladder: DelegationPolicy.Ladder
  ) -> CandidatesReport.Draft? {
    guard case .handle(let handle) = person else { return nil }
    let from = Instant(startOf: scene.asOf.utcDate)
    let longest = scene.policy.delegation.granting?.maxDuration ?? Self.span
    let until = from.advanced(by: min(Self.span, longest))
    let reason = "climbed the ladder \(ladder.name)"
    let words = Grant.Verb.allCases.filter(verbs.contains).map(\.rawValue)
    let command =
      ["tributary delegate grant \(handle)"]
      + paths.entries.map { "--paths \(GrantFiles.quoted($0.text))" }
      + ["--verbs \(words.joined(separator: ","))", "--until \(until.shown.date)"]
      + ["--reason \(GrantFiles.quoted(reason))"]
    var grant = Grant(
      id: "", grantee: .person(handle), verbs: verbs, paths: paths, giver: .person(giver ?? ""),
      period: Period(from: from, until: until), reason: reason)
    grant.id = GrantMaker.freeID(for: grant, used: scene.policies.grantIDs)
    let isGiven = giver != nil && scene.chains(at: scene.asOf).objections(to: grant, at: scene.asOf).isEmpty
    return .init(
      path: "grants/\(grant.id).json5", text: isGiven ? PolicyWriter.grant(grant) : nil,
      command: command.joined(separator: " "))
  }
}
