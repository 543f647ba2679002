internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// `reviewers`: who may approve some paths or a contribution now.
enum ReviewersCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let wanted = try arguments.pathList(in: .reviewers)
    let id = arguments[Operands.optionalID].first
    let plan = AnalysisPlan(
      arguments, world: world, defaultWindow: .seconds(180 * 86_400), readsEverything: id != nil)
    let analysis = try Analyst(plan: target(plan, asksHead: id == nil && wanted == nil, world), world: world)
      .analyse()
    let subject = try subject(analysis, id: id, wanted, world)
    let scene = DelegationScene(
      repositories: [subject.repository], policies: subject.repository.policies,
      grants: subject.repository.grants, asOf: plan.asOf)
    var header = analysis.header()
    header.window = nil
    header.zone = arguments.readerZone(world)
    let report = try ReviewerSearch(scene, subject, world).report(header)
    switch arguments[Options.format] {
    case .json: try world.output(report.json())
    case .csv: try world.output(report.csv(raw: arguments[Options.csvRaw]))
    default: try arguments.write(report.text(), to: world)
    }
    return .met
  }

  /// What is asked about, found.
  struct Subject {
    var repository: RepositoryAnalysis
    /// As the user named the repository.
    var place: String
    var kind: ReviewersReport.Subject
    var paths: [String]
    var change: GrantChains.Change
    var contributors: Set<PersonKey> = []
    var approved: Set<PersonKey> = []
  }

  /// For what is checked out, the policy is that of the branch it is meant for.
  private static func target(_ plan: AnalysisPlan, asksHead: Bool, _ world: World) throws -> AnalysisPlan {
    guard asksHead, plan.branch == nil else { return plan }
    let repository = try world.openRepository(plan.repositories.first ?? ".")
    var plan = plan
    for name in ["refs/remotes/origin/HEAD", "refs/heads/main", "refs/heads/master"]
    where try repository.resolve(reference: name) != nil {
      plan.branch = name
      break
    }
    return plan
  }

  private static func proposal(_ id: String, in entries: [ContributionEntry]) throws -> ContributionEntry {
    do {
      return try ContributionLookup.one(id, in: entries)
    } catch CommandFailure.noSuchContribution(_, nearest: []) {
      throw CommandFailure.other("no contribution '\(id)' here; paths are named with --paths")
    }
  }

  private static func subject(
    _ analysis: Analysis, id: String?, _ wanted: PathList?, _ world: World
  ) throws -> Subject {
    if let id {
      return try subject(proposal(id, in: analysis.entries()), analysis)
    }
    guard let repository = analysis.repositories.first, analysis.repositories.count == 1,
      let place = analysis.plan.repositories.first
    else { throw CommandFailure.other("several repositories; paths are asked about in one, named with -C") }
    let opened = try world.openRepository(place)
    guard let tip = repository.harvested.tip else {
      throw CommandFailure.other("\(place): the repository has no commit yet")
    }
    guard let wanted else { return try head(of: opened, tip, repository, place) }
    let paths = try PathChoice(wanted, opened, tip).paths()
    return Subject(
      repository: repository, place: place, kind: .paths, paths: paths,
      change: .init(branch: repository.harvested.branch, pathCount: paths.count, kind: .other))
  }

  private static func subject(_ entry: ContributionEntry, _ analysis: Analysis) throws -> Subject {
    let contribution = entry.contribution
    guard let place = analysis.repositories.firstIndex(where: { $0.name == entry.repository }),
      let numbers = contribution.paths
    else {
      throw CommandFailure.other(
        "Git does not tell which paths \(contribution.id) changes; name them with --paths")
    }
    let repository = analysis.repositories[place]
    let authors = [contribution.author].compactMap { $0 } + contribution.coauthors
    let counted = entry.assessment.approvals.filter { $0.counted && $0.authority != .`self` }
    return Subject(
      repository: repository, place: analysis.plan.repositories[place],
      kind: .contribution(contribution.id.description, title: contribution.title),
      paths: numbers.map { repository.harvested.paths[Int($0)] }.sorted(),
      change: .init(
        branch: contribution.target ?? repository.harvested.branch, pathCount: numbers.count,
        kind: ChangeKind(title: contribution.title)),
      contributors: Set(authors.map { entry.people[$0].key }),
      approved: Set(counted.map { entry.people[$0.person].key }))
  }

  private static func head(
    of opened: Repository, _ tip: ObjectName, _ repository: RepositoryAnalysis, _ place: String
  ) throws -> Subject {
    let commit: ObjectID? =
      switch try opened.head() {
      case .branch(_, let tip), .detached(let tip): tip
      case .unborn, .broken: nil
      }
    guard let commit,
      let change = try ProposedChange(of: commit, onto: tip, in: opened)
    else {
      throw CommandFailure.other(
        "what is checked out changes nothing on \(repository.harvested.branch); name an ID, --paths, or the target with --branch"
      )
    }
    let directory = repository.people.directory
    return Subject(
      repository: repository, place: place,
      kind: .head(base: change.base, commits: change.commits), paths: change.paths,
      change: .init(branch: repository.harvested.branch, pathCount: change.paths.count, kind: .other),
      contributors: Set(change.people.map(directory.key)))
  }
}

/// Turns patterns into paths of a commit.
struct PathChoice {
  /// More paths than this are not looked at.
  static let limit = 20_000

  private let wanted: PathList
  private let repository: Repository
  private let commit: ObjectName

  init(_ wanted: PathList, _ repository: Repository, _ commit: ObjectName) {
    self.wanted = wanted
    self.repository = repository
    self.commit = commit
  }

  /// Paths without wildcards as they are, whether they exist yet or not; of a directory and of a pattern what the
  /// commit has there.
  func paths() throws -> [String] {
    guard var tree = try PathsAtCommit(repository, commit: commit) else {
      throw CommandFailure.other("commit \(commit.hex) is not in this clone")
    }
    var found: Set<String> = []
    var open = wanted
    for place in wanted.entries.indices where !wanted.entries[place].isExclusion {
      let text = wanted.entries[place].pattern.text
      guard !text.contains(where: { "*?\\".contains($0) }) else { continue }
      if try tree.isDirectory(text) {
        open.entries[place] = try PathList.Entry("\(text)/**")
      } else {
        found.insert(text)
      }
    }
    let list = try tree.list(
      limit: Self.limit + 1, mayHold: { open.mayMatch(below: $0) }, wanted: { open.matches($0) })
    found.formUnion(list)
    guard found.count <= Self.limit else {
      throw CommandFailure.other("more than \(Self.limit) paths; name fewer")
    }
    guard !found.isEmpty else {
      let words = wanted.entries.map(\.text).joined(separator: " ")
      throw CommandFailure.other("no path of \(commit.short) is covered by \(words)")
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
