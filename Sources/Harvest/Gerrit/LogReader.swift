import Facts
import Git

/// What came of reading one change's log.
struct GerritLog: Sendable {
  var change: GerritChange
  var diagnostics: [Diagnostic] = []
  /// The change was closed before anything that is asked for: its comments were not read.
  var isOutOfScope = false
  /// Commits of the log that were read.
  var commits = 0
  /// Commits of the log that could not be made sense of.
  var unreadable = 0
  /// The newest commit of the log that counts, whose notes hold the comments.
  var tip: ObjectID?
}

/// Reads one change's log from its tip along first parents, as Gerrit's own parser does.
struct LogReader {
  let repository: Repository
  let limits: GerritLimits
  /// Of changes that were closed earlier the comments are not read: the updates alone tell who the accounts are.
  let since: Instant?
  /// Later updates do not exist yet.
  let asOf: Instant?
  /// Votes and patch sets stand in the log itself.
  var readsComments = true

  private struct Step {
    let update: GerritUpdate
    let header: UpdateReader.Header
    let tree: ObjectID?
  }

  /// Reads one log; `robots` is where robots keep their comments on the change.
  func read(_ place: ChangeRefs.Log, robots: ChangeRefs.Log?) -> GerritLog {
    var log = GerritLog(change: GerritChange(number: place.number, ref: place.ref))
    var accounts = GerritAccounts()
    var steps: [Step] = []
    var next: ObjectID? = place.tip
    var isScopeKnown = false
    while let id = next {
      guard log.commits < limits.updates else {
        log.change.isIncomplete = true
        report(.oversized(bytes: log.commits + 1, limit: limits.updates), id, &log)
        break
      }
      guard let commit = commit(id, &log) else {
        log.change.isIncomplete = true
        break
      }
      log.commits += 1
      next = commit.parents.first
      if let asOf, let time = commit.committed, time > asOf { continue }
      if log.tip == nil { log.tip = id }
      let read = UpdateReader.read(commit, id: ObjectName(git: id), accounts: &accounts)
      for problem in read.problems { report(.corruptObject(detail: problem), id, &log) }
      guard let update = read.update else {
        log.unreadable += 1
        continue
      }
      steps.append(Step(update: update, header: read.header, tree: commit.tree))
      if let since, let status = update.status, !isScopeKnown {
        log.isOutOfScope = status != .new && update.time < since
        isScopeKnown = true
      }
    }
    steps.reverse()
    assemble(steps, accounts, &log)
    if readsComments, !log.isOutOfScope {
      var comments = CommentReader(repository, limits, accounts)
      comments.read(trees: steps.map { ($0.update.commit, $0.tree) }, into: &log)
      if let robots { comments.readRobots(robots, asOf: asOf, into: &log) }
    }
    return log
  }

  private func assemble(_ steps: [Step], _ accounts: GerritAccounts, _ log: inout GerritLog) {
    log.change.updates = steps.map(\.update)
    for place in steps.indices.dropFirst() {
      log.change.updates[place].changesNotes = steps[place].tree != steps[place - 1].tree
    }
    for (place, step) in steps.enumerated() {
      if let branch = step.header.branch { log.change.targets.append(.init(place: place, branch: branch)) }
    }
    if !log.change.isIncomplete { log.change.owner = steps.first?.update.actor }
    log.change.changeID = steps.lazy.compactMap(\.header.changeID).first
    log.change.subject = steps.last { $0.header.subject != nil }?.header.subject ?? ""
    log.change.branch = log.change.targets.last?.branch
    log.change.status = steps.last { $0.update.status != nil }?.update.status ?? .new
    log.change.recordedNames = accounts.recordedNames
  }

  private func commit(_ id: ObjectID, _ log: inout GerritLog) -> CommitObject? {
    do {
      guard let object = try repository.readSmall(id, limit: limits.updateBytes) else {
        report(.missingObject, id, &log)
        return nil
      }
      guard object.kind == .commit else {
        report(.notACommit, id, &log)
        return nil
      }
      return CommitObject.parse(object.bytes)
    } catch {
      report(.corruptObject(detail: error.message), id, &log)
      return nil
    }
  }

  private func report(_ kind: Diagnostic.Kind, _ id: ObjectID, _ log: inout GerritLog) {
    log.diagnostics.append(Diagnostic(kind, ref: log.change.ref, object: ObjectName(git: id)))
  }
}
