internal import Facts
internal import Git

/// When the commits of the branch's own line came to the server, and who pushed them.
struct PushedLandings {
  private var pushes: [ObjectName: PushRecord] = [:]

  /// Gives each commit of the line the first push that moved the branch from before it to it or beyond.
  ///
  /// The push that made the branch brought what had landed elsewhere before, so it dates nothing.
  init(_ log: PushLog, _ context: SourceContext) {
    let commits = context.line.line.reversed().map { ObjectName(git: context.history.id($0)) }
    var depths = LineDepths(commits, context.repository)
    /// The newest commit of the line that is known to have been there.
    var reached: Int?
    for record in log.records where record.ref == context.branch {
      guard let new = record.new.flatMap({ depths.depth(of: $0) }) else { continue }
      let old = [record.old.flatMap { depths.depth(of: $0) }, reached].compactMap(\.self).max()
      reached = max(new, reached ?? new)
      guard let old, old < new else { continue }
      for depth in (old + 1)...new where pushes[commits[depth]] == nil { pushes[commits[depth]] = record }
    }
  }

  var count: Int { pushes.count }

  /// When a commit of the line was pushed.
  func time(of commit: ObjectName) -> Instant? { pushes[commit]?.at }

  /// What the log says of the landing that a trace tells from history; nil when it says nothing.
  func trace(beside trace: Trace) -> Trace? {
    for observation in trace.observations {
      guard case .landed(let commit) = observation.kind, let push = pushes[commit] else { continue }
      var found = Trace(source: .pushLog, id: trace.id)
      found.observations = [push.observation(.landed(commit: commit))]
      return found
    }
    return nil
  }
}

/// How far along the branch's own line a commit is, or the newest commit of the line that it came from.
///
/// After a branch was rewritten its old tips are not on the line, and history does not hold them; they are followed in
/// the repository as long as they are there.
private struct LineDepths {
  private static let stepLimit = 1_000

  private let repository: Repository
  private var depths: [ObjectName: Int] = [:]
  private var missing: Set<ObjectName> = []

  init(_ commits: [ObjectName], _ repository: Repository) {
    self.repository = repository
    for (depth, commit) in commits.enumerated() { depths[commit] = depth }
  }

  mutating func depth(of commit: ObjectName) -> Int? {
    var path: [ObjectName] = []
    var next: ObjectName? = commit
    while let current = next, path.count < Self.stepLimit, !missing.contains(current) {
      if let depth = depths[current] {
        for passed in path { depths[passed] = depth }
        return depth
      }
      path.append(current)
      next = parent(of: current)
    }
    missing.formUnion(path)
    return nil
  }

  private func parent(of commit: ObjectName) -> ObjectName? {
    // A commit that cannot be read leads nowhere, just as one that was cleared away.
    let read = try? repository.commit(ObjectID(commit))
    return read?.parents.first.map { ObjectName(git: $0) }
  }
}

extension PushRecord {
  /// Something that happened with this push.
  func observation(_ kind: Observation.Kind) -> Observation {
    Observation(
      kind, .at(at), by: Identity(appraise: pusher), .recorded,
      Evidence(ref: PushRecord.reference, object: annotated ?? ObjectName(high: 0, middle: 0, low: 0)))
  }
}
