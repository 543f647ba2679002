internal import Facts
internal import Git

/// Reads what a server's own hook recorded of pushes: `refs/notes/tributary/pushes`.
///
/// The log knows no proposals, only references. So each of its facts is put beside what other sources tell: the landing of a
/// commit beside the change that landed with it, the life of a branch beside the review of that branch, or beside the change
/// that the branch became.
struct PushHarvest {
  private let context: SourceContext
  private let log: PushLog
  private let landings: PushedLandings
  private let heads: PushedHeads
  private let traces: [Trace]
  private var found: [Trace] = []
  private var joined: Set<String> = []
  /// The first moment at which each change landed, as far as an exact one is known.
  private var landedAt: [ContributionID: Instant] = [:]

  /// What the log adds to the traces of all other sources.
  static func read(_ context: SourceContext, beside traces: [Trace]) -> SourceHarvest {
    let log = PushLog([context.repository] + context.companions, asOf: context.asOf)
    guard !log.records.isEmpty || log.unreadable > 0 || !log.diagnostics.isEmpty else {
      return SourceHarvest()
    }
    var harvest = PushHarvest(context, log, beside: traces)
    harvest.build()
    return SourceHarvest(
      traces: harvest.found, diagnostics: log.diagnostics, sources: [harvest.report])
  }

  private init(_ context: SourceContext, _ log: PushLog, beside traces: [Trace]) {
    self.context = context
    self.log = log
    self.traces = traces
    landings = PushedLandings(log, context)
    heads = PushedHeads(log, branch: context.branch)
  }

  private var report: SourceReport {
    SourceReport(
      .pushLog, place: PushRecord.reference, records: log.records.count, unreadable: log.unreadable,
      counts: [
        .init("references", Set(log.records.map(\.ref)).count), .init("landings", landings.count),
        .init("heads", heads.lives.count), .init("joined-heads", joined.count),
      ])
  }

  private mutating func build() {
    for trace in traces {
      if let beside = landings.trace(beside: trace) { found.append(beside) }
      for observation in trace.observations {
        guard case .landed(let commit) = observation.kind,
          let at = landings.time(of: commit) ?? observation.time.instant
        else { continue }
        landedAt[trace.id] = min(at, landedAt[trace.id] ?? at)
      }
    }
    addReviews()
    addRequests()
    addLanded()
  }

  // MARK: Reviews of branches

  /// Branches that a git-appraise review names.
  private mutating func addReviews() {
    let byRef = heads.byRef
    for trace in traces where trace.source == .appraise {
      guard let ref = trace.reviewRef, let lives = byRef[ref] else { continue }
      let requested = trace.requested
      let rest = lives.drop { life in
        guard let end = life.deletion?.at, let requested else { return false }
        return end < requested
      }
      guard let first = rest.first else { continue }
      add(first, to: trace.id, opens: false)
      end(first, of: trace.id)
      for life in rest.dropFirst() where isSame(life, as: first) {
        if let creation = life.creation, landedAt[trace.id] == nil { add(.restored, creation, to: trace.id) }
        add(life, to: trace.id, opens: false)
        end(life, of: trace.id)
      }
    }
  }

  /// Whether a branch that was made again holds the same change: its commits are there, or came from there.
  private func isSame(_ life: HeadLife, as first: HeadLife) -> Bool {
    guard let old = first.tip, let new = life.moves.first?.new else { return false }
    if old == new { return true }
    guard let ancestor = context.history.index(of: ObjectID(old)),
      let commit = context.history.index(of: ObjectID(new)), !context.line.holds(ancestor)
    else { return false }
    return context.history.isAncestor(ancestor, of: commit)
  }

  /// A branch that was deleted before its change landed: given up by whoever deleted it.
  private mutating func end(_ life: HeadLife, of id: ContributionID) {
    guard let deletion = life.deletion, let tip = life.tip, landedAt[id] == nil, isOutside(tip) else {
      return
    }
    add(.abandoned, deletion, to: id)
  }

  /// Whether the branch surely does not hold a commit.
  private func isOutside(_ commit: ObjectName) -> Bool {
    let id = ObjectID(commit)
    if let index = context.history.index(of: id) { return !context.line.holds(index) }
    guard let since = context.since else { return true }
    // History was not read that far back: the branch may hold an older commit, but none that is gone.
    do {
      guard let committed = try context.repository.commit(id)?.committed else { return true }
      return committed >= since
    } catch {
      return false
    }
  }

  // MARK: Requests with a number

  /// `refs/pull/N/head` and its like, where another source knows the number.
  private mutating func addRequests() {
    let known = Set(traces.flatMap { [$0.id] + $0.aliases })
    let reviewed = Set(traces.filter { $0.source.recordsReviews }.flatMap { [$0.id] + $0.aliases })
    for life in heads.lives where !joined.contains(life.name) {
      guard let id = Self.request(life.ref), known.contains(id) else { continue }
      add(life, to: id, opens: !reviewed.contains(id))
    }
  }

  private static func request(_ ref: String) -> ContributionID? {
    let parts = ref.split(separator: "/")
    guard parts.count == 4, let number = Int(parts[2]), number > 0 else { return nil }
    switch parts[1] {
    case "pull": return .pullRequest(number)
    case "merge-requests": return .mergeRequest(number)
    default: return nil
    }
  }

  // MARK: Branches that landed

  /// Branches without a review, whose newest commit is part of a change that landed after they were made.
  private mutating func addLanded() {
    var changes: [ObjectName: Trace] = [:]
    for trace in traces where landedAt[trace.id] != nil {
      for commit in trace.commits where changes[commit] == nil { changes[commit] = trace }
    }
    for life in heads.lives where !joined.contains(life.name) {
      guard let start = life.moves.first?.at,
        let change = life.tips.reversed().lazy.compactMap({ changes[$0] }).first,
        let landed = landedAt[change.id], landed >= start
      else { continue }
      add(life, to: change.id, opens: !change.source.recordsReviews)
    }
  }

  // MARK: Putting beside

  private mutating func add(_ life: HeadLife, to id: ContributionID, opens: Bool) {
    joined.insert(life.name)
    var trace = Trace(source: .pushLog, id: id)
    if opens, let creation = life.creation { trace.observations.append(creation.observation(.opened)) }
    trace.observations += life.moves.compactMap { move in
      move.new.map { move.observation(.revision($0)) }
    }
    if !trace.observations.isEmpty { found.append(trace) }
  }

  private mutating func add(_ kind: Observation.Kind, _ record: PushRecord, to id: ContributionID) {
    var trace = Trace(source: .pushLog, id: id)
    trace.observations = [record.observation(kind)]
    found.append(trace)
  }
}

extension HeadLife {
  /// What tells lives apart.
  fileprivate var name: String {
    "\(ref) \(moves.first?.at.seconds ?? deletion?.at.seconds ?? 0) \(tip?.hex ?? "")"
  }
}

extension Trace {
  /// When the review was asked for.
  fileprivate var requested: Instant? {
    for observation in observations where observation.kind == .opened {
      switch observation.time {
      case .at(let moment): return moment
      case .between(_, let latest): return latest
      case .unknown: return nil
      }
    }
    return nil
  }
}
