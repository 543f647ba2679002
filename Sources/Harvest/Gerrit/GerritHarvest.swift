import Facts
import Git

/// Reads a Gerrit server's changes: their logs in NoteDb, patch sets that have none, and the notes on landed commits.
///
/// The rules are those of Gerrit's `ChangeNotesParser`, `RevisionNoteData` and `RefNames`, and of the reviewnotes
/// plugin's `CreateReviewNotes` and `HeaderFormatter`.
enum GerritHarvest {
  static func read(_ context: SourceContext) throws -> SourceHarvest {
    let refs = ChangeRefs(context.references)
    let notes = ReviewNotesCollection(context)
    guard !refs.isEmpty || !notes.isEmpty else { return SourceHarvest() }
    let result = GerritReading(context, refs)
    let told = ReviewNotesTraces(notes, labels: result.labels, context)
    let maker = result.traceMaker(context)
    let (accounts, traces) = Workers(context.jobs).both {
      AccountNames(result.changes + result.closed, notes: notes.entries, context)
    } _: {
      maker.traces()
    }
    var harvest = SourceHarvest()
    harvest.traces = traces + told.traces
    harvest.diagnostics = result.diagnostics + notes.diagnostics + accounts.diagnostics
    harvest.sources = result.sources + [accounts.report].compactMap { $0 }
    if !notes.isEmpty { harvest.sources.append(SourceReport(notes, told)) }
    harvest.accounts = accounts.names
    harvest.machines = result.machines
    harvest.earlier = Set(
      result.closed.filter { $0.status == .merged }.compactMap { $0.currentPatchSet?.commit })
    return harvest
  }
}

/// All changes of one repository, read, with what was found out about them together.
struct GerritReading {
  /// The changes that are in scope, by number.
  let changes: [GerritChange]
  /// Those that were closed before the window, by number, without their comments.
  ///
  /// Who an account is must not depend on the window, so what they tell of it counts all the same.
  let closed: [GerritChange]
  let machines: [Identity: MachineEvidence]
  let labels: ReviewLabels
  private let refs: ChangeRefs
  private let unlogged: UnloggedChanges
  private var count = GerritCount()
  private(set) var diagnostics: [Diagnostic] = []

  init(_ context: SourceContext, _ refs: ChangeRefs, limits: GerritLimits = GerritLimits()) {
    self.refs = refs
    let (since, asOf) = (context.since, context.asOf)
    let logs = context.repository.concurrently(refs.logs.count, jobs: context.jobs) { repository, place in
      let log = refs.logs[place]
      return LogReader(repository: repository, limits: limits, since: since, asOf: asOf)
        .read(log, robots: refs.robots[log.number])
    }
    let times = MigratedTimes(logs)
    var changes: [GerritChange] = []
    var closed: [ClosedChanges.Log] = []
    for (place, log) in zip(refs.logs, logs) {
      diagnostics += log.diagnostics
      count.add(log)
      guard !log.change.updates.isEmpty else { continue }
      guard !log.isOutOfScope else {
        closed.append(.init(place: place, change: log.change))
        continue
      }
      var change = log.change
      let migrated = times.mark(&change)
      if migrated > 0 {
        diagnostics.append(
          Diagnostic(.migratedTimes, ref: change.ref, object: change.updates.last?.commit))
      }
      count.add(change, migrated: migrated)
      changes.append(change)
    }
    self.changes = changes
    labels = Self.labels(context, &diagnostics)
    self.closed = closed.map(\.change)
    machines = ClosedChanges(closed, robots: refs.robots, limits).machines(beside: changes, labels, context)
    unlogged = UnloggedChanges(context, refs, limits: limits)
    diagnostics += unlogged.diagnostics
    diagnostics += refs.misplaced.map { reference in
      Diagnostic(
        .danglingReference(to: reference.name), ref: reference.name,
        object: reference.target.map { ObjectName(git: $0) })
    }
  }

  private static func labels(_ context: SourceContext, _ diagnostics: inout [Diagnostic]) -> ReviewLabels {
    let tip = context.references.first { $0.name == ReviewLabels.configuration }?.target
    return ReviewLabels(of: context.repository, at: tip, &diagnostics)
  }

  /// What makes the traces; it needs the repository no more.
  func traceMaker(_ context: SourceContext) -> TraceMaker {
    var seen: Set<String> = []
    let carried = changes.compactMap(\.changeID) + closed.compactMap(\.changeID) + unlogged.changeIDs
    let shared = Set(carried.filter { !seen.insert($0).inserted })
    let trace = ChangeTrace(context, labels: labels, sharedIDs: shared)
    return TraceMaker(trace: trace, logged: changes, unlogged: unlogged.changes)
  }

  struct TraceMaker: Sendable {
    let trace: ChangeTrace
    let logged: [GerritChange]
    let unlogged: [UnloggedChange]

    /// One trace for each change, by number; those with a log first.
    func traces() -> [Trace] { logged.map(trace.trace) + unlogged.map(trace.trace) }
  }

  var sources: [SourceReport] {
    var reports: [SourceReport] = []
    if !refs.logs.isEmpty {
      reports.append(
        SourceReport(
          .gerrit, place: "refs/changes/*/*/meta", records: refs.logs.count, unreadable: count.unreadable,
          counts: count.counts + [.init("machine-accounts", machines.count)]))
    }
    if refs.patchSets > 0 {
      reports.append(
        SourceReport(
          .changeRefs, place: "refs/changes/*", records: refs.patchSets, unreadable: unlogged.unreadable,
          counts: [.init("changes-without-log", refs.unlogged.count)]))
    }
    return reports
  }
}

extension ChangeRefs {
  var isEmpty: Bool { logs.isEmpty && unlogged.isEmpty && misplaced.isEmpty }
}

/// What the logs hold, in numbers.
struct GerritCount {
  private var changes = 0
  private var outOfScope = 0
  private var status: [ChangeStatus: Int] = [:]
  private var patchSets = 0
  private var votes = 0
  private var comments = 0
  private var robotComments = 0
  private var migratedChanges = 0
  private var migratedUpdates = 0
  private var onBehalf = 0
  private var privateChanges = 0
  private var twoServers = 0
  private var updates = 0
  private(set) var unreadable = 0

  mutating func add(_ log: GerritLog) {
    unreadable += log.unreadable
    updates += log.commits
    if log.isOutOfScope { outOfScope += 1 }
  }

  mutating func add(_ change: GerritChange, migrated: Int) {
    changes += 1
    status[change.status, default: 0] += 1
    comments += change.comments.count
    robotComments += change.robotComments.count
    migratedUpdates += migrated
    if migrated > 0 { migratedChanges += 1 }
    if change.updates.last(where: { $0.isPrivate != nil })?.isPrivate == true { privateChanges += 1 }
    var servers: Set<Substring> = []
    for place in change.updates.indices { add(change.updates[place], &servers) }
    if servers.count > 1 { twoServers += 1 }
  }

  private mutating func add(_ update: GerritUpdate, _ servers: inout Set<Substring>) {
    if update.upload != nil { patchSets += 1 }
    if update.realActor != nil { onBehalf += 1 }
    votes += update.votes.count { $0.value != 0 && $0.label != GerritVote.submitLabel }
    if let server = update.actor?.gerritServer, servers.first != server { servers.insert(server) }
  }

  var counts: [SourceReport.Count] {
    [.init("changes", changes)]
      + ChangeStatus.allCases.map { .init($0.rawValue, status[$0] ?? 0) }
      + [
        .init("updates", updates), .init("patch-sets", patchSets), .init("votes", votes),
        .init("inline-comments", comments), .init("robot-comments", robotComments),
        .init("private", privateChanges), .init("impersonated", onBehalf),
        .init("changes-of-two-servers", twoServers), .init("migrated-changes", migratedChanges),
        .init("migrated-updates", migratedUpdates), .init("closed-before-window", outOfScope),
      ]
  }
}
