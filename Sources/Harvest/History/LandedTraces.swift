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
  /// What the commits are called by the system in which they were reviewed.
  private(set) var names = CommitNames()
  /// Committers that are machines, of those that put changes of a Gerrit server on the branch.
  private(set) var machineCommitters: Set<Int32> = []
  /// Commits of several commits' reviews, by the first of each; empty for the others.
  private var series: [Int32: [Int32]] = [:]
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
    readNames(held, claimed, workers)
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

  private mutating func readNames(_ held: [Int32], _ claimed: [Int32: RequestKey], _ workers: Workers) {
    names = CommitNames(history, held: held, refs: requests.refs, workers: workers)
    series = series(claimed: claimed)
    let machines = BotRule()
    machineCommitters = names.submitters(history).filter { number in
      machines.knows(address: identities[Int(number)]) || machines.knows(name: identities[Int(number)].name)
    }
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
      if !requests.isInSeries(commit) { addUnnumbered(commit) }
    } else if line.owner[Int(commit)] < 0 {
      if let members = series[commit] {
        if !members.isEmpty { addSeries(members) }
      } else if isOrdinary(commit) {
        addPlain(commit, of: claimed[commit])
      } else if let name = names[commit] {
        addReviewedMerge(commit, name)
      }
    }
    if let target = undone(by: commit) { reverts.append((commit, target)) }
  }

  func isOrdinary(_ commit: Int32) -> Bool { history.parentCount(commit) < 2 }

  func isInScope(_ commit: Int32) -> Bool {
    guard let since else { return true }
    return history.committerSeconds(commit) >= since
      || history.committerSeconds(line.landing[Int(commit)]) >= since
  }

  private mutating func addRequest(_ key: RequestKey, landedWith commit: Int32) {
    guard isInScope(commit), let landing = requests.landings[key] else { return }
    let isBatch = landing.marker.numbers.count > 1
    let name = RequestNames(main: markers.mainForge).id(of: key)
    var trace = Trace(source: .history, id: name)
    let commits = isBatch ? [] : requests.series[key] ?? inside[commit] ?? []
    fill(&trace, commit, commits, landing.grade)
    let batch = landing.marker.batchLine(key.number, in: history.utf8Message(commit))
    trace.title = batch?.title.text ?? title(of: commit, landing.marker)
    if isBatch { trace.author = batchAuthor(of: key, landing) }
    if !isBatch, isOrdinary(commit) { addAliases(names[commit], to: &trace) }
    addAcks(commit, landing.marker, to: &trace)
    addApprovals(by: batch?.by ?? landing.marker.approvers, commit, to: &trace)
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

  /// A commit whose marker names no request of this repository: a contribution by the name that its footers give a
  /// single commit, else by its own.
  ///
  /// The number is not believed; who approved is, because the message says it of this very commit.
  private mutating func addUnnumbered(_ commit: Int32) {
    let owner = line.owner[Int(commit)]
    guard isInScope(commit), owner == commit || owner < 0, let marker = markers.markers[commit] else {
      return
    }
    let isSingle = isOrdinary(commit)
    var trace = Trace(
      source: .history, id: isSingle ? id(of: commit, claimedBy: nil) : .commit(name(commit)))
    let commits = inside[commit] ?? []
    if commits.isEmpty, !isSingle { return }
    fill(&trace, commit, commits, .derived)
    if isSingle { addAliases(names[commit], to: &trace) }
    addAcks(commit, marker, to: &trace)
    addApprovals(by: marker.approvers, commit, to: &trace)
    for number in marker.numbers {
      if let line = marker.batchLine(number, in: history.utf8Message(commit)) {
        addApprovals(by: line.by, commit, to: &trace)
      }
    }
    trace.title = MessageParts(history.utf8Message(commit)).subject.text
    place(trace, commit, commits)
  }

  /// Logins behind `r=`: who approved, in the words of bors and homu.
  private func addApprovals(by logins: [ArraySlice<UInt8>], _ commit: Int32, to trace: inout Trace) {
    for login in logins {
      trace.observations.append(
        Observation(
          .approvedByTrailer(key: "r="), .between(nil, instant(commit)),
          by: Identity(name: "", email: login.text), .claimed, evidence(commit)))
    }
  }

  /// Hands the traces over, so that they are never copied.
  mutating func takeTraces() -> [Trace] {
    var taken: [Trace] = []
    swap(&taken, &traces)
    return taken
  }

  mutating func place(_ trace: Trace, _ commit: Int32, _ commits: [Int32]) {
    let index = Int32(traces.count)
    traces.append(trace)
    for member in commits { places.append((member, index)) }
    places.append((commit, index))
  }
}

extension LandedTraces {
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
