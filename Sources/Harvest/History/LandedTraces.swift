internal import Facts
internal import Git

/// Traces of everything that the branch holds: requests by their markers, and plain commits.
struct LandedTraces {
  let history: History
  let line: BranchLine
  let requests: Requests
  let markers: MarkerIndex
  let identities: [Identity]
  let branch: String
  /// Landings before this moment are left out.
  let since: Int64?
  private(set) var traces: [Trace] = []
  /// The trace to which a commit belongs; −1 for none.
  private(set) var traceOf: [Int32] = []
  private var inside: [Int32: [Int32]] = [:]
  /// Commits with the places of their traces; a later one counts.
  private var places: [(commit: Int32, trace: Int32)] = []
  /// Commits that undo others, oldest first.
  private var reverts: [(commit: Int32, target: Int32)] = []

  init(
    _ history: History, line: BranchLine, requests: Requests, markers: MarkerIndex, identities: [Identity],
    branch: String, since: Int64?
  ) {
    self.history = history
    self.line = line
    self.requests = requests
    self.markers = markers
    self.identities = identities
    self.branch = branch
    self.since = since
  }

  /// Makes the traces; `claimed` are plain commits that belong to a request found by its head, with its key.
  mutating func build(claimed: [Int32: RequestKey], workers: Workers) {
    let held = Array(line.held.reversed())
    collectCommits(held)
    let empty = self
    let parts = workers.slices(of: held.count) { slice in
      var part = empty
      for commit in held[slice] { part.add(commit, claimed) }
      return part
    }
    traceOf = Array(repeating: -1, count: history.count)
    traces.reserveCapacity(parts.reduce(0) { $0 + $1.traces.count })
    for part in parts {
      for (commit, trace) in part.places { traceOf[Int(commit)] = Int32(traces.count) + trace }
      traces += part.traces
    }
    for part in parts.reversed() { for revert in part.reverts.reversed() { add(revert) } }
  }

  /// Commits inside each marked commit, oldest first.
  private mutating func collectCommits(_ held: [Int32]) {
    for commit in held {
      let owner = line.owner[Int(commit)]
      if owner >= 0, isOrdinary(commit) { inside[owner, default: []].append(commit) }
    }
  }

  private mutating func add(_ commit: Int32, _ claimed: [Int32: RequestKey]) {
    if let keys = requests.byCommit[commit] {
      for key in keys { addRequest(key, landedWith: commit) }
    } else if markers.markers[commit] != nil {
      addUnnumbered(commit)
    } else if line.owner[Int(commit)] < 0, history.parentCount(commit) < 2 {
      addPlain(commit, of: claimed[commit])
    }
    if let target = undone(by: commit) { reverts.append((commit, target)) }
  }

  private func isOrdinary(_ commit: Int32) -> Bool { history.parentCount(commit) < 2 }

  private func isInScope(_ commit: Int32) -> Bool {
    guard let since else { return true }
    return history.committerSeconds(commit) >= since
      || history.committerSeconds(line.landing[Int(commit)]) >= since
  }

  private mutating func addRequest(_ key: RequestKey, landedWith commit: Int32) {
    guard isInScope(commit), let landing = requests.landings[key] else { return }
    let isBatch = landing.marker.numbers.count > 1
    let name = RequestNames(main: markers.mainForge).id(of: key)
    var trace = Trace(source: .history, id: name)
    let commits = isBatch ? [] : inside[commit] ?? []
    fill(&trace, commit, commits, landing.grade)
    let batch = landing.marker.batchLine(key.number, in: history.utf8Message(commit))
    trace.title = batch?.title.text ?? title(of: commit, landing.marker)
    if isBatch { trace.author = batchAuthor(of: key, landing) }
    let approvers = batch?.by ?? landing.marker.approvers
    for login in approvers {
      trace.observations.append(
        Observation(
          .approvedByTrailer(key: "r="), .between(nil, instant(commit)),
          by: Identity(name: "", email: login.text), .claimed, evidence(commit)))
    }
    place(trace, commit, commits)
  }

  /// The author of one request of a batch: of the parent that holds its head, else parents after the first stand in
  /// the order of the numbers.
  private func batchAuthor(of key: RequestKey, _ landing: Requests.Landing) -> Identity? {
    if let parent = requests.parent(with: key, landing.commit) {
      return identities[Int(history.author(parent))]
    }
    let parents = history.parents(landing.commit)
    guard let place = landing.marker.numbers.firstIndex(of: key.number),
      parents.count == landing.marker.numbers.count + 1, parents[place + 1] >= 0
    else { return nil }
    return identities[Int(history.author(parents[place + 1]))]
  }

  /// A commit whose marker names no request of this repository: a contribution by its own name.
  private mutating func addUnnumbered(_ commit: Int32) {
    let owner = line.owner[Int(commit)]
    guard isInScope(commit), owner == commit || owner < 0 else { return }
    var trace = Trace(source: .history, id: .commit(name(commit)))
    let commits = inside[commit] ?? []
    if commits.isEmpty, history.parentCount(commit) > 1 { return }
    fill(&trace, commit, commits, .derived)
    trace.title = MessageParts(history.utf8Message(commit)).subject.text
    place(trace, commit, commits)
  }

  /// A commit without a marker; one that a request's head claims is told in the request's name.
  private mutating func addPlain(_ commit: Int32, of request: RequestKey?) {
    guard isInScope(commit) else { return }
    let id = request.map { RequestNames(main: markers.mainForge).id(of: $0) } ?? .commit(name(commit))
    var trace = Trace(source: .history, id: id)
    fill(&trace, line.landing[Int(commit)], [commit], .derived)
    trace.title = MessageParts(history.utf8Message(commit)).subject.text
    trace.paths = history.changedPaths(commit)
    place(trace, commit, [commit])
  }

  /// Hands the traces over, so that they are never copied.
  mutating func takeTraces() -> [Trace] {
    var taken: [Trace] = []
    swap(&taken, &traces)
    return taken
  }

  private mutating func place(_ trace: Trace, _ commit: Int32, _ commits: [Int32]) {
    let index = Int32(traces.count)
    traces.append(trace)
    for member in commits { places.append((member, index)) }
    places.append((commit, index))
  }
}

extension LandedTraces {
  /// Author, opening, landing, revisions and trailers of a change that landed with `commit`.
  private func fill(_ trace: inout Trace, _ commit: Int32, _ commits: [Int32], _ grade: Grade) {
    trace.target = branch
    if let first = commits.first ?? (isOrdinary(commit) ? commit : nil) {
      trace.author = identities[Int(history.author(first))]
    }
    trace.commits = commits.map(name)
    trace.paths = history.changedPaths(commit)
    let authored = commits.map { history.authorSeconds($0) }.min() ?? history.authorSeconds(commit)
    let landed = history.committerSeconds(commit)
    let earliest = isSquash(commit) ? nil : Instant(seconds: min(authored, landed))
    trace.observations = [
      Observation(
        .opened, .between(earliest, Instant(seconds: landed)), by: trace.author, .bounded,
        evidence(commits.first ?? commit)),
      Observation(
        .landed(commit: name(commit)), .at(Instant(seconds: landed)), by: lander(commit), grade,
        evidence(commit)),
    ]
    if history.parentCount(commit) > 1, let head = history.parentIDs(commit).dropFirst().first {
      trace.observations.append(
        Observation(
          .revision(ObjectName(git: head)), .between(nil, Instant(seconds: landed)), by: nil, .derived,
          evidence(commit)))
    }
    addTrailers(
      to: &trace, from: commits.isEmpty ? [commit] : commits + (commits == [commit] ? [] : [commit]))
  }

  /// A squash by the forge carries the landing time as author time: it says nothing about the opening.
  private func isSquash(_ commit: Int32) -> Bool {
    history.parentCount(commit) < 2 && history.authorSeconds(commit) == history.committerSeconds(commit)
      && Committers.isForge(identities[Int(history.committer(commit))])
  }

  /// Who put the commit on the branch: its committer; the author of a merge made on the forge's web page.
  private func lander(_ commit: Int32) -> Identity? {
    let committer = identities[Int(history.committer(commit))]
    guard Committers.isForge(committer) else { return committer }
    return history.parentCount(commit) > 1 ? identities[Int(history.author(commit))] : nil
  }

  private func title(of commit: Int32, _ marker: Marker) -> String {
    let parts = MessageParts(history.utf8Message(commit))
    if let title = marker.title, !title.isEmpty { return title.text }
    let line = marker.titleInBody ? parts.firstBodyLine : parts.subject
    return line.isEmpty ? parts.subject.text : line.text
  }

  func name(_ commit: Int32) -> ObjectName { ObjectName(git: history.id(commit)) }

  func instant(_ commit: Int32) -> Instant { Instant(seconds: history.committerSeconds(commit)) }

  func evidence(_ commit: Int32) -> Evidence { Evidence(object: name(commit)) }

  /// The commit that a later one undoes: `This reverts commit …`, as `git revert` and forges write it.
  private func undone(by commit: Int32) -> Int32? {
    let parts = MessageParts(history.utf8Message(commit))
    guard parts.subject.starts(with: "Revert ".utf8),
      let range = parts.body.firstRange(of: "This reverts commit ")
    else { return nil }
    let digits = parts.body[range.upperBound...].prefix(40).text
    return ObjectID(hex: digits).flatMap { history.index(of: $0) }
  }

  private mutating func add(_ revert: (commit: Int32, target: Int32)) {
    let trace = traceOf[Int(revert.target)]
    guard trace >= 0 else { return }
    let landing = line.landing[Int(revert.commit)]
    traces[Int(trace)].observations.append(
      Observation(
        .reverted(by: name(revert.commit)), .at(instant(landing)),
        by: identities[Int(history.author(revert.commit))], .derived, evidence(revert.commit)))
  }
}

/// Contribution ids for numbers of several forges: the main one's are plain `pr/N`.
struct RequestNames {
  let main: Forge

  func id(of key: RequestKey) -> ContributionID {
    switch key.forge {
    case .gitlab: .mergeRequest(key.number)
    case main: .pullRequest(key.number)
    case .github: .otherPullRequest(key.number, forge: "github")
    case .bitbucket: .otherPullRequest(key.number, forge: "bitbucket")
    case .azure: .otherPullRequest(key.number, forge: "azure")
    }
  }
}
