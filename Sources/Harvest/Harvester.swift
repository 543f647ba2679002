public import Facts
public import Git

/// Reads one repository into traces.
public struct Harvester {
  public struct Options: Sendable {
    /// The branch to read: a full ref name, a short name, or nil for the one that HEAD names.
    public var branch: String?
    /// Commits older than this are not needed; nil reads everything.
    public var since: Instant?
    /// Nothing that is dated later is read; nil reads everything.
    public var asOf: Instant?
    /// How many threads may read.
    public var jobs: Int
    /// Whether every place with review data is looked through, read or not.
    public var surveys: Bool

    public init(
      branch: String? = nil, since: Instant? = nil, asOf: Instant? = nil, jobs: Int = 2, surveys: Bool = false
    ) {
      self.branch = branch
      self.since = since
      self.asOf = asOf
      self.jobs = jobs
      self.surveys = surveys
    }
  }

  private let repository: Repository
  private let options: Options
  private let companions: [Repository]
  private let verifier: ([PolicyFilesVersion]) -> SignatureVerifier?

  /// Reads `repository`, and whatever `companions` hold about it.
  ///
  /// Companions are repositories that belong to this one, each recognised by what it holds: a mail archive, Gerrit's
  /// All-Users, a side ledger of imported reviews.
  ///
  /// `verifier` is asked once, with the versions of the policy files on the branch, for what checks signatures; where
  /// it gives nothing, signatures are counted and prove nothing.
  public init(
    _ repository: Repository, _ options: Options, companions: [Repository] = [],
    verifier: @escaping ([PolicyFilesVersion]) -> SignatureVerifier? = { _ in nil }
  ) {
    self.repository = repository
    self.companions = companions
    self.options = options
    self.verifier = verifier
  }

  /// What the repository tells of the branch; without any trace when it has no commit yet.
  public func harvest() throws(HarvestProblem) -> Harvested { try reading().now }

  /// The same, with what it takes to tell how everything stood at earlier moments without reading it again.
  public func reading() throws(HarvestProblem) -> HarvestReading {
    do {
      guard let target = try BranchChoice(options.branch, in: repository) else {
        return HarvestReading(Harvested(branch: try unbornBranch(), tip: nil))
      }
      return try read(target)
    } catch let problem as HarvestProblem {
      throw problem
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  /// The newest commit of the branch's own line not dated after the as-of moment, found without reading history.
  ///
  /// `harvest` tells the same but where commits are missing. Nil without any commit.
  public func tip() throws(HarvestProblem) -> ObjectName? {
    do {
      var next = try BranchChoice(options.branch, in: repository)?.tip
      while let id = next, let asOf = options.asOf {
        guard let commit = try repository.commit(id) else { return nil }
        if commit.committer?.seconds ?? 0 <= asOf.seconds { break }
        next = commit.parents.first
      }
      return next.map { ObjectName(git: $0) }
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  private func unbornBranch() throws -> String {
    if case .unborn(let name) = try repository.head() { name } else { "HEAD" }
  }

  private func read(_ target: BranchChoice) throws -> HarvestReading {
    let references = try repository.references(under: "refs/")
    let refs = RequestRefs(references)
    let branches = references.filter { $0.name.hasPrefix("refs/heads/") }
    let others = branches.filter { !RefNames.isProposal($0.name) }.compactMap(\.target)
    let heads = refs.heads.keys.sorted().compactMap { refs.heads[$0]?.target }
    let history = try History.load(
      repository, roots: [target.tip] + branches.compactMap(\.target) + heads,
      options: .init(since: options.since.map(\.seconds), pathRoots: [target.tip], jobs: options.jobs))
    guard let newest = history.index(of: target.tip) else {
      throw HarvestProblem.unreadableTip(branch: target.name, tip: ObjectName(git: target.tip))
    }
    let until = options.asOf.map { history.newest(from: newest, notAfter: $0) } ?? newest
    guard let tip = until else { return HarvestReading(Harvested(branch: target.name, tip: nil)) }
    let reading = BranchReading(repository, history, tip: tip, refs: refs, others: others, options)
    var harvested = Harvested(branch: target.name, tip: ObjectName(git: history.id(tip)))
    harvested.commitCount = history.count
    harvested.isShallow = repository.isShallow
    harvested.newestCommit = Instant(seconds: history.committerSeconds(tip))
    harvested.completeSince = reading.completeSince(repository)
    let policies = reading.policyVersions(repository)
    harvested.policies = policies.versions
    harvested.diagnostics = policies.diagnostics
    harvested.ownership = OwnershipVersions(history: history, line: reading.line).moments()
    let context = SourceContext(
      repository: repository, companions: companions, references: references, history: history,
      line: reading.line, branch: harvested.branch, since: options.since, asOf: options.asOf,
      jobs: options.jobs, verifier: verifier(policies.versions))
    harvested.hasNotes = references.contains { $0.name.hasPrefix("refs/notes/") }
    harvested.systems = reading.systems(newest: options.surveys ? nil : Self.signedCommits)
    let gathered = try collect(reading, context, into: &harvested)
    try gathered.complete(&harvested, reading, context, tip: tip)
    if options.surveys { try survey(context, tip: history.id(tip), into: &harvested) }
    return HarvestReading(
      harvested, .init(gathered: gathered, reading: reading, context: context, newest: tip))
  }

  /// How many of the newest commits show which review systems are in use, unless all are asked for.
  private static let signedCommits = 5_000

  /// What every place holds, and what each source told in all.
  private func survey(_ context: SourceContext, tip: ObjectID, into harvested: inout Harvested) throws {
    let spans = SourceSpans(harvested.traces)
    harvested.sources = harvested.sources.map(spans.completed)
    harvested.survey = try Surveyor(context, tip: tip, policies: harvested.policies.count).survey()
  }

  /// Asks every source once.
  private func collect(
    _ reading: BranchReading, _ context: SourceContext, into harvested: inout Harvested
  ) throws -> GatheredTraces {
    var gathered = GatheredTraces()
    var ownsHistory = false
    harvested.diagnostics += reading.diagnostics(repository)
    harvested.sources = reading.sources()
    for read in Self.readers {
      let told = try read(context)
      gathered.add(told)
      harvested.diagnostics += told.diagnostics
      harvested.sources += told.sources
      harvested.accounts.merge(told.accounts) { $0.confidence < $1.confidence ? $1 : $0 }
      harvested.machines.merge(told.machines) { first, _ in first }
      ownsHistory = ownsHistory || told.ownsHistory
    }
    gathered.plain = ownsHistory ? [] : reading.traces(branch: harvested.branch)
    return gathered
  }

  /// The sources beside history and request heads, in the order in which reports list them.
  private static let readers: [@Sendable (SourceContext) throws -> SourceHarvest] = [
    AppraiseHarvest.read, GerritHarvest.read, SkaraHarvest.read, MailHarvest.read, AmlogHarvest.read,
    GittufHarvest.read,
  ]
}

/// Why a repository could not be read at all.
public enum HarvestProblem: Error, Hashable, Sendable {
  /// No branch, tag or commit of this name.
  case noSuchBranch(String)
  /// HEAD points at something that is no branch and no commit.
  case brokenHead(String)
  /// The branch's newest commit is missing or cannot be read.
  case unreadableTip(branch: String, tip: ObjectName)
  case unreadable(String)
}

/// The branch that is read, by its full name, and its newest commit.
struct BranchChoice {
  let name: String
  let tip: ObjectID

  /// Nil for an unborn branch.
  init?(_ wanted: String?, in repository: Repository) throws {
    guard let wanted else {
      switch try repository.head() {
      case .branch(let name, let tip): (self.name, self.tip) = (name, tip)
      case .detached(let tip): (name, self.tip) = ("HEAD", tip)
      case .unborn: return nil
      case .broken(let name): throw HarvestProblem.brokenHead(name)
      }
      return
    }
    for name in [wanted, "refs/heads/\(wanted)", "refs/remotes/\(wanted)", "refs/remotes/origin/\(wanted)"] {
      guard name.hasPrefix("refs/"), let target = try repository.resolve(reference: name) else { continue }
      guard let commit = try repository.peelToCommit(target) else { continue }
      (self.name, tip) = (name, commit)
      return
    }
    throw HarvestProblem.noSuchBranch(wanted)
  }
}
