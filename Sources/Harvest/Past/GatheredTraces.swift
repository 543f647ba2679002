internal import Facts
internal import Git

/// What all sources told, before commits are put into their reviews.
struct GatheredTraces {
  /// Everything that the branch holds, and the heads of requests.
  var plain: [Trace] = []
  private(set) var reviews: [Trace] = []
  private(set) var onLanded: [Trace] = []
  private var names: [ObjectName: [ContributionID]] = [:]
  private var listed: [ContributionID: [[UInt8]]] = [:]
  private var earlier: Set<ObjectName> = []

  mutating func add(_ told: SourceHarvest) {
    reviews += told.traces
    onLanded += told.onLanded
    names.merge(told.names) { $0 + $1 }
    earlier.formUnion(told.earlier)
    listed.merge(told.paths) { first, _ in first }
  }

  /// Puts everything together and fills in what follows from all traces.
  func complete(
    _ harvested: inout Harvested, _ reading: BranchReading, _ context: SourceContext, tip: Int32
  ) throws {
    harvested.traces = joined(by: reading)
    let pushes = PushHarvest.read(context, beside: harvested.traces)
    harvested.traces += pushes.traces
    harvested.diagnostics += pushes.diagnostics
    harvested.sources += pushes.sources
    harvested.paths = reading.paths
    harvested.recorded = IdentityTally(harvested.traces, workers: Workers(context.jobs))
    let mailmap = try context.repository.mailmap(atCommit: context.history.id(tip))
    harvested.mailmap = MailmapTable.changes(
      mailmap, in: harvested.recorded.identities + reading.identities, accounts: harvested.accounts)
  }

  private func joined(by reading: BranchReading) -> [Trace] {
    let landed = LandedNames(for: onLanded, in: plain)
    var reviewed = ReviewedCommits(reviews, earlier: earlier)
    var traces = plain
    if !reviews.isEmpty || !earlier.isEmpty {
      traces = reviewed.absorb(plain)
      reading.completePaths(of: &traces, listed: listed)
    }
    let further = landed.named(onLanded) { reviewed.name(ofCommit: $0) }
    if !further.isEmpty { traces += further }
    let named = NamedCommits(names).traces(for: traces)
    if !named.isEmpty { traces += named }
    return traces
  }

  /// What the sources would have told at an earlier moment.
  func standing(at moment: Instant, _ line: LineMoments) -> GatheredTraces {
    var past = self
    past.reviews = reviews.compactMap { line.withoutLanded($0.standing(at: moment), at: moment) }
    past.onLanded = onLanded.compactMap { $0.standing(at: moment) }
    var later: [ContributionID: Trace] = [:]
    past.plain = []
    for trace in plain where trace.source == .history {
      if line.holds(trace, at: moment) {
        past.plain.append(trace.withoutLaterReverts(than: moment))
      } else {
        later[trace.id] = trace
      }
    }
    for trace in plain where trace.source != .history {
      if let head = trace.standing(at: moment) { past.plain.append(head.proposed(as: later[trace.id])) }
    }
    return past
  }
}

/// When the commits of the branch's own line came to it, as far as dates tell.
struct LineMoments {
  private let history: History
  private let line: BranchLine
  /// For each commit of the line the earliest date of it and all that came after; the greatest for the others.
  private var since: [Int64]

  init(_ history: History, _ line: BranchLine, from newest: Int32) {
    self.history = history
    self.line = line
    since = Array(repeating: .max, count: history.count)
    var earliest = Int64.max
    for commit in line.line.drop(while: { $0 != newest }) {
      earliest = min(earliest, history.committerSeconds(commit))
      since[Int(commit)] = earliest
    }
  }

  /// Whether the branch held a commit of its own line at a moment: the tip is the newest one not dated later.
  func holds(_ commit: Int32, at moment: Instant) -> Bool { since[Int(commit)] <= moment.seconds }

  /// A change whose review goes on without the version that the branch has already, by its date: it landed without it.
  func withoutLanded(_ trace: Trace?, at moment: Instant) -> Trace? {
    guard var trace, trace.source == .gerrit, trace.standing != .change(.merged),
      let commit = trace.commits.last.flatMap({ history.index(of: ObjectID($0)) }), line.holds(commit),
      holds(line.landing[Int(commit)], at: moment)
    else { return trace }
    trace.commits = []
    trace.paths = nil
    return trace
  }

  /// Whether what a trace tells had landed at a moment; one without a commit that is known goes by its own times.
  func holds(_ trace: Trace, at moment: Instant) -> Bool {
    for observation in trace.observations {
      guard case .landed(let name) = observation.kind else { continue }
      guard let commit = history.index(of: ObjectID(name)), line.holds(commit) else {
        return observation.isKnown(at: moment)
      }
      return holds(line.landing[Int(commit)], at: moment)
    }
    return trace.observations.contains { $0.isKnown(at: moment) }
  }
}

extension History {
  /// The newest commit along first parents from here that is not dated after a moment.
  func newest(from tip: Int32, notAfter moment: Instant) -> Int32? {
    var next: Int32? = tip
    while let commit = next, committerSeconds(commit) > moment.seconds { next = firstParent(commit) }
    return next
  }
}
