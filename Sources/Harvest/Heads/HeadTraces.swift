internal import Facts
internal import Git

/// Traces of pull and merge request heads.
struct HeadTraces {
  let history: History
  let line: BranchLine
  let identities: [Identity]
  let names: RequestNames
  /// Paths that differ between the branch and a head.
  private let comparison: HeadComparison
  /// Heads that are older are hardly open any more: their paths are not read.
  private let pathsSince: Int64
  /// Not more commits than GitHub itself shows of a request.
  private let commitLimit = 250

  init(
    _ history: History, line: BranchLine, identities: [Identity], names: RequestNames,
    comparison: HeadComparison, pathsSince: Int64
  ) {
    self.history = history
    self.line = line
    self.identities = identities
    self.names = names
    self.comparison = comparison
    self.pathsSince = pathsSince
  }

  /// The traces of heads in their order; the trees are read beforehand for all of them.
  func traces(of found: [HeadFinder.Found]) -> [Trace] {
    comparison.read(found.filter(wantsPaths).map(\.index))
    return found.map(trace)
  }

  /// Whether the paths of a head are told: it did not land, and may still be open.
  private func wantsPaths(_ found: HeadFinder.Found) -> Bool {
    found.index >= 0 && isUnplaced(found.found) && history.committerSeconds(found.index) >= pathsSince
  }

  /// The trace of one head, with a landing where history shows one that no marker told.
  private func trace(of found: HeadFinder.Found) -> Trace {
    let source: SourceKind = found.key.forge == .gitlab ? .mergeRequestRefs : .pullRefs
    var trace = Trace(source: source, id: names.id(of: found.key))
    trace.standing = .head(found.found)
    let evidence = Evidence(ref: found.head.ref, object: ObjectName(git: found.head.target))
    guard found.index >= 0 else { return trace }
    let landing = landing(of: found)
    let tip = found.index
    let latest = landing.map { Instant(seconds: history.committerSeconds($0)) }
    trace.observations.append(
      Observation(
        .revision(ObjectName(git: found.head.target)),
        .between(Instant(seconds: history.committerSeconds(tip)), nil), by: nil, .recorded, evidence))
    if isUnplaced(found.found) || landing != nil {
      let ahead = commitsAhead(of: found.index)
      let oldest = ahead.first ?? found.index
      trace.author = identities[Int(history.author(oldest))]
      trace.commits = ahead.map { ObjectName(git: history.id($0)) }
      trace.title = MessageParts(history.utf8Message(oldest)).subject.text
      let authored = (ahead + [found.index]).map { history.authorSeconds($0) }.min() ?? 0
      trace.observations.append(
        Observation(
          .opened, .between(Instant(seconds: min(authored, latest?.seconds ?? .max)), latest),
          by: trace.author,
          .bounded, evidence))
    }
    if wantsPaths(found) { trace.paths = comparison.paths(of: tip) }
    if let landing { trace.observations.append(landed(landing, found)) }
    return trace
  }

  /// Plain commits of the branch that this request brought, so that they are not told a second time.
  func claims(of found: HeadFinder.Found) -> [Int32] {
    switch found.found {
    case .ancestor: [found.index].filter { $0 >= 0 }
    case .rebased, .samePatch: [found.match]
    default: []
    }
  }

  private func isUnplaced(_ found: HeadClass) -> Bool {
    switch found {
    case .notFound, .otherBranch, .mentioned: true
    default: false
    }
  }

  /// The commit of the branch's own line that brought the change, where only the head shows that it landed.
  private func landing(of found: HeadFinder.Found) -> Int32? {
    switch found.found {
    case .ancestor: found.index >= 0 ? line.landing[Int(found.index)] : nil
    case .rebased, .samePatch: line.landing[Int(found.match)]
    default: nil
    }
  }

  private func landed(_ landing: Int32, _ found: HeadFinder.Found) -> Observation {
    let commit = ObjectName(git: history.id(landing))
    let committer = identities[Int(history.committer(landing))]
    return Observation(
      .landed(commit: commit), .at(Instant(seconds: history.committerSeconds(landing))),
      by: Committers.isForge(committer) ? nil : committer, .derived,
      Evidence(object: found.match >= 0 ? ObjectName(git: history.id(found.match)) : commit))
  }

  /// Commits between the branch and the head, merges left out, oldest first.
  private func commitsAhead(of head: Int32) -> [Int32] {
    var seen: Set<Int32> = []
    var waiting = [head]
    while let next = waiting.popLast() {
      guard next >= 0, !line.holds(next), seen.count < commitLimit, seen.insert(next).inserted else {
        continue
      }
      waiting += history.parents(next)
    }
    return seen.filter { history.parentCount($0) < 2 }.sorted(by: >)
  }
}
