internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// Carries out a plan: reads each repository, finds its policy, joins and judges.
struct Analyst {
  var plan: AnalysisPlan
  let world: World

  func analyse() throws -> Analysis {
    let fixed = try plan.policies.map {
      try PolicyLoading(world: world).fixed($0, repositories: plan.repositories)
    }
    let names = RepositoryNames.names(for: plan.repositories, world: world)
    var analyses: [RepositoryAnalysis] = []
    var source = fixed?.source ?? PolicySource.none
    for (path, name) in zip(plan.repositories, names) {
      let repository = try world.openRepository(path)
      var harvested = try timed("read \(name)") { try harvest(repository, path, fixed?.history) }
      let own = try fixed ?? ownPolicies(&harvested, repository)
      switch own.source {
      case .branch, .removed: source = own.source
      default: break
      }
      let remote = remote(of: repository, branch: harvested.branch)
      analyses.append(
        try timed("judged \(name)") {
          try judge(harvested, own.history, repository, path, name: name, remote: remote)
        })
    }
    return Analysis(plan: plan, repositories: analyses, source: source)
  }

  /// Does something, and says on standard error how long it took when that was asked for.
  func timed<Value>(_ what: String, _ work: () throws -> Value) rethrows -> Value {
    let start = ContinuousClock.now
    let value = try work()
    if plan.isVerbose {
      world.complaint(
        "\(what) in \(FixedDecimal.text((ContinuousClock.now - start).seconds, digits: 2) ?? "") s")
    }
    return value
  }

  func harvest(
    _ repository: Repository, _ path: String, _ policies: PolicyHistory? = nil
  ) throws -> Harvested { try reading(repository, path, policies).now }

  /// Reads one repository; signatures are checked by the keys of the policy given, else of the branch's own.
  func reading(
    _ repository: Repository, _ path: String, _ policies: PolicyHistory? = nil
  ) throws -> HarvestReading {
    let checking = SignatureChecking(
      policies: policies, allowedSigners: try plan.allowedSigners.map { try world.readFile($0) },
      asOf: plan.asOf, world: world)
    defer { if !plan.isQuiet { checking.remarks.forEach(world.complaint) } }
    let companions = try plan.companions.map { try world.openRepository($0) }
    do {
      let options = Harvester.Options(
        branch: plan.branch, since: plan.readSince, asOf: plan.asOf, jobs: plan.jobs,
        surveys: plan.surveys)
      return try Harvester(repository, options, companions: companions, verifier: checking.verifier).reading()
    } catch {
      throw CommandFailure.harvest(error, path: path)
    }
  }

  func remote(of repository: Repository, branch: String) -> RemoteName? {
    // A clone without a configuration names no remote; commands then name `origin`.
    let bytes = try? world.readFile(repository.commonDirectory + "/config")
    return bytes.flatMap { ConfigurationValue.remote(ofBranch: branch, in: $0) }
  }

  func judge(
    _ harvested: Harvested, _ policies: PolicyHistory, _ repository: Repository, _ path: String,
    name: String, remote: RemoteName?
  ) throws -> RepositoryAnalysis {
    let policy = policies.inForce(at: plan.asOf).policy
    let recorded = harvested.recorded
    let plan = plan
    let workers = Workers(plan.jobs)
    let (people, parts) = join(harvested, policies)
    let hosts = HostInference(parts: parts, bots: people.bots, asOf: plan.asOf)
    let lookup = OwnerLookup(people, identities: recorded.identities)
    let gathered = try OwnershipGathering(repository, harvested).gather(
      parts, plan.includes, policies, current: policy.ownershipReading, lookup)
    let zones = world.timeZones(policies.timeZones)
    let book = ServiceLevelBook(policies, zones: zones)
    let grants = try grantHistory(harvested, policies, parts, people, repository, path)
    let assessor = { @Sendable (likeness: [RevisionQuestion: RevisionLikeness]) in
      Assessor(
        people: people, policies: policies, hosts: hosts, paths: harvested.paths, repository: name,
        owners: gathered.record, book: book, grants: grants, likeness: likeness)
    }
    let judged = workers.run(parts.count) { number in
      let assessor = assessor([:])
      let part = parts[number]
      var judged: [ContributionEntry] = []
      // By place, because a contribution is large to copy.
      for place in part.indices where plan.includes(part[place]) {
        let assessment = assessor.assess(part[place], asOf: plan.asOf)
        judged.append(ContributionEntry(repository: name, assessment: assessment, people: people))
      }
      return judged
    }
    let likeness = likeness(judged, repository, harvested)
    let entries = judgedInFull(judged, likeness, workers, assessor)
    var summary = Summaries.summary(
      of: harvested, name: name, people: people, policy: policy, hosts: hosts, entries: entries,
      readSince: plan.readSince)
    summary.remedies = RemedyFinder(
      repository: name, harvested: harvested, remote: remote, entries: entries, hosts: summary.hosts,
      reach: SourceReach(entries, newestCommit: harvested.newestCommit)
    ).remedies()
    summary.ownership = gathered.newest
    summary.diagnostics += DiagnosticCount.grouped(gathered.problems.map { Diagnostic(.ownership($0)) })
    return RepositoryAnalysis(
      name: name, harvested: harvested, people: people, policies: policies, hosts: hosts,
      owners: gathered.record, book: book, grants: grants, likeness: likeness, zones: zones, entries: entries,
      summary: summary)
  }
}

extension Analyst {
  /// Everybody whom the traces name, and the contributions that they make up, in slices.
  private func join(_ harvested: Harvested, _ policies: PolicyHistory) -> (People, [[Contribution]]) {
    let policy = policies.inForce(at: plan.asOf).policy
    let directory = Directory(
      seen: harvested.recorded, mailmap: harvested.mailmap,
      roster: (policy.roster ?? policies.lastRoster)?
        .remembering(policies.versions.reversed().compactMap(\.policy.roster)),
      machines: Set(harvested.machines.keys))
    let people = People(harvested.recorded.identities, directory: directory)
    let workers = Workers(plan.jobs)
    let joining = Joining { people.id(of: $0) ?? PersonID(index: 0) }
    return (people, joining.join(harvested.traces) { workers.slices(of: $0, $1) })
  }

  /// The policy of the branch itself; where it has grants and only a window was read, with all earlier versions.
  ///
  /// Whether a grant counts depends on the commit that brought it, however old that is.
  private func ownPolicies(
    _ harvested: inout Harvested, _ repository: Repository
  ) throws -> PolicyLoading.Loaded {
    let loading = PolicyLoading(world: world)
    let read = try loading.ofBranch(harvested)
    guard plan.readSince != nil, plan.wantsPolicyHistory || read.history.hasGrants else { return read }
    harvested.policies = try EarlierPolicies(repository).completing(harvested.policies)
    return try loading.ofBranch(harvested)
  }

  /// What the history of the policy says of its grants; nil where no version has any.
  ///
  /// Where only a window was read, the people behind older commits are those whom the commits themselves name. When they
  /// do not suffice, everything is read before anybody is said to lack a right, so that a window never changes the
  /// answer.
  private func grantHistory(
    _ harvested: Harvested, _ policies: PolicyHistory, _ parts: [[Contribution]], _ people: People,
    _ repository: Repository, _ path: String
  ) throws -> GrantHistory? {
    guard policies.hasGrants else { return nil }
    var authors = PolicyAuthors(harvested.policies, people.directory)
    authors.add(parts.joined(), people)
    let history = authors.history(of: policies)
    guard plan.readSince != nil, history.hasUnentitled else { return history }
    var whole = self
    whole.plan.readsEverything = true
    let everything = try whole.harvest(repository, path)
    let (everybody, contributions) = whole.join(everything, policies)
    authors = PolicyAuthors(harvested.policies, everybody.directory)
    authors.add(contributions.joined(), everybody)
    return authors.history(of: policies)
  }
}

extension Window {
  /// Whether a contribution was open at any time in the window, or something happened to it then.
  func touches(_ contribution: Contribution) -> Bool {
    if contribution.state == .open || contribution.state == .draft {
      return contribution.earliestOpening.map { $0 <= until } ?? true
    }
    if let landing = contribution.landing, contains(landing.at) { return true }
    if contribution.events.contains(where: { $0.time.instant.map(contains) ?? false }) { return true }
    guard contribution.landing == nil else { return false }
    return contribution.latestActivity.map(contains) ?? false
  }
}
