internal import Facts
internal import Git

/// Everything that the history of one branch and the heads of requests tell.
final class BranchReading {
  let history: History
  let line: BranchLine
  private let markers: MarkerIndex
  private let requests: Requests
  /// Authors and committers by their numbers in the history.
  let identities: [Identity]
  private let refs: RequestRefs
  private let found: [HeadFinder.Found]
  let comparison: HeadComparison
  private let since: Instant?
  private let asOf: Instant?
  private let newest: Instant
  private let workers: Workers

  init(
    _ repository: Repository, _ history: History, tip: Int32, refs: RequestRefs, others: [ObjectID],
    _ options: Harvester.Options
  ) {
    self.history = history
    self.refs = refs
    since = options.since
    asOf = options.asOf
    newest = Instant(seconds: history.committerSeconds(tip))
    identities = history.identities.map { Identity(name: $0.name, email: $0.email) }
    let reach = history.reach(from: [tip])
    let held = (0..<Int32(history.count)).filter { reach.contains($0) }
    workers = Workers(options.jobs)
    markers = MarkerIndex(history, commits: held, hasPullRefs: refs.has(.github), workers: workers)
    let marked = markers.markers
    line = BranchLine(history, tip: tip) { marked[$0] != nil }
    requests = Requests(history, line: line, markers: markers, refs: refs)
    comparison = HeadComparison(repository, history, line: line, jobs: options.jobs)
    let requests = requests
    let wanted = refs.heads.filter { Self.isInScope($0.key, $0.value, history, requests, options) }
    guard !wanted.isEmpty else {
      found = []
      return
    }
    let finder = HeadFinder(
      ReadBranch(history, line: line, identities: identities), requests, heads: wanted, others: others)
    found = finder.find(in: repository, jobs: options.jobs)
  }

  /// Whether a head is looked for: not when it is younger than the as-of moment, nor when it neither landed nor was
  /// pushed in the window, because history was not read that far back.
  private static func isInScope(
    _ key: RequestKey, _ head: RequestRefs.Head, _ history: History, _ requests: Requests,
    _ options: Harvester.Options
  ) -> Bool {
    let pushed = history.index(of: head.target).map { history.committerSeconds($0) }
    if let asOf = options.asOf, let pushed, pushed > asOf.seconds { return false }
    guard let since = options.since, requests.landings[key] == nil else { return true }
    return pushed.map { $0 >= since.seconds } ?? false
  }

  /// One trace for everything that landed, and one for each head.
  func traces(branch: String) -> [Trace] {
    var claimed: [Int32: RequestKey] = [:]
    let names = RequestNames(main: markers.mainForge)
    let heads = HeadTraces(
      history, line: line, identities: identities, names: names, comparison: comparison,
      pathsSince: (asOf ?? newest).advanced(by: -365 * 86_400).seconds)
    for item in found { for commit in heads.claims(of: item) { claimed[commit] = item.key } }
    var landed = LandedTraces(
      history, line: line, requests: requests, markers: markers, identities: identities, branch: branch,
      since: since?.seconds)
    landed.build(claimed: claimed, workers: workers)
    var traces = landed.takeTraces()
    traces += heads.traces(of: found)
    return traces
  }

  /// The paths that traces refer to, by number.
  var paths: [String] { PathNames.all(history.paths, workers: workers) + comparison.additional }

  /// What history and the heads hold, with the number of each class.
  func sources() -> [SourceReport] {
    var report = [
      SourceReport(
        .history, place: "commit messages", records: markers.markers.count,
        counts: [.init("requests", requests.landings.count), .init("unplaced", requests.unplaced.count)])
    ]
    for (forge, source, place) in [
      (Forge.github, SourceKind.pullRefs, "refs/pull/*/head"),
      (.gitlab, .mergeRequestRefs, "refs/merge-requests/*/head"),
    ] {
      let heads = refs.heads.keys.filter { $0.forge == forge }.count
      guard heads > 0 else { continue }
      let classes = HeadClass.allCases.compactMap { kind -> SourceReport.Count? in
        let count = found.count { $0.key.forge == forge && $0.found == kind }
        return count == 0 ? nil : .init(kind.rawValue, count)
      }
      let missing = found.count { $0.key.forge == forge && $0.index < 0 }
      report.append(SourceReport(source, place: place, records: heads, unreadable: missing, counts: classes))
    }
    return report
  }

  /// The review systems whose marks stand in the messages of the branch's newest commits; nil for all commits.
  func systems(newest: Int?) -> [SystemSign] {
    SystemSigns(history, line: line, markers: markers, newest: newest, workers: workers).list
  }

  /// The newest commit of the branch whose parents a shallow clone leaves out; nil in a whole clone.
  func completeSince(_ repository: Repository) -> Instant? {
    let cuts = repository.shallowBoundary.compactMap { history.index(of: $0) }.filter(line.holds)
    return cuts.map { Instant(seconds: history.committerSeconds($0)) }.max()
  }

  /// The policy files of the branch, each time they changed.
  func policyVersions(
    _ repository: Repository
  ) -> (versions: [PolicyFilesVersion], diagnostics: [Diagnostic]) {
    PolicyVersions(repository: repository, history: history, line: line.line).list()
  }

  /// What could not be loaded: heads by their refs, everything else by its object.
  func diagnostics(_ repository: Repository) -> [Diagnostic] {
    var heads: [Diagnostic] = []
    var kinds: [ObjectName: Diagnostic.Kind] = [:]
    for item in found where item.index < 0 {
      let object = ObjectName(git: item.head.target)
      let kind = kinds[object] ?? self.kind(of: item.head.target, in: repository)
      kinds[object] = kind
      heads.append(Diagnostic(kind, ref: item.head.ref, object: object))
    }
    let others = HistoryDiagnostics.list(history).filter { diagnostic in
      diagnostic.object.map { kinds[$0] == nil } ?? true
    }
    return others + heads + datesOutOfOrder()
  }

  /// What is wrong with an object that should be a commit.
  private func kind(of object: ObjectID, in repository: Repository) -> Diagnostic.Kind {
    do {
      return try repository.header(of: object) == nil ? .missingObject : .notACommit
    } catch {
      return .corruptObject(detail: error.message)
    }
  }

  /// Commits of the branch's own line that are dated more than an hour before their parent.
  private func datesOutOfOrder() -> [Diagnostic] {
    line.line.compactMap { commit in
      guard let parent = history.firstParent(commit),
        history.committerSeconds(commit) < history.committerSeconds(parent) - 3600
      else { return nil }
      return Diagnostic(.dateOutOfOrder, object: ObjectName(git: history.id(commit)))
    }
  }
}

/// All paths of a table as text, by index.
enum PathNames {
  static func all(_ table: PathTable, workers: Workers) -> [String] {
    workers.slices(of: table.count) { slice in slice.map { table.string(Int32($0)) } }.flatMap { $0 }
  }
}

/// What could not be loaded of the history, as diagnostics.
enum HistoryDiagnostics {
  static func list(_ history: History) -> [Diagnostic] {
    history.problems.compactMap { problem in
      let object = ObjectName(git: problem.object ?? problem.commit)
      switch problem.kind {
      case .missingCommit, .missingTree: return Diagnostic(.missingObject, object: object)
      case .unreadableCommit(let detail): return Diagnostic(.corruptObject(detail: detail), object: object)
      case .corruptTree: return Diagnostic(.corruptObject(detail: "the tree is broken"), object: object)
      case .cycle: return Diagnostic(.corruptObject(detail: "the commit is its own ancestor"), object: object)
      case .tooManyChanges:
        return Diagnostic(.corruptObject(detail: "the trees are too deep or too large"), object: object)
      case .malformedCommit(let problems):
        return Diagnostic(.malformedIdentity(detail: String(describing: problems)), object: object)
      case .shallowBoundary: return Diagnostic(.shallowBoundary, object: object)
      case .longMessage: return nil
      }
    }
  }
}

/// The identities of a repository that its mailmap changes.
enum MailmapTable {
  static func changes(
    _ mailmap: Mailmap, in seen: [Identity], accounts: [Identity: AccountName] = [:]
  ) -> [Identity: Identity] {
    guard !mailmap.isEmpty || !accounts.isEmpty else { return [:] }
    var changes: [Identity: Identity] = [:]
    for identity in seen {
      let named = accounts[identity]?.identity ?? identity
      let (name, email) = mailmap.resolve(name: named.name, email: named.email)
      let resolved = Identity(name: name, email: email)
      if resolved != identity { changes[identity] = resolved }
    }
    return changes
  }
}
