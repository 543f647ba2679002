import Facts
import Git

/// A change whose patch sets are here but not its log: what its newest patch set says.
struct UnloggedChange: Sendable {
  let number: Int
  let ref: String
  let head: ObjectName
  let author: Identity?
  let title: String
  /// From the patch set's own message.
  let changeID: String?
  let authored: Instant?
  let committed: Instant?
  /// The only patch set that has a ref is the first.
  let isFirstPatchSet: Bool
}

/// Reads the newest patch set of every change without a log.
struct UnloggedChanges {
  private(set) var changes: [UnloggedChange] = []
  /// The Change-Ids of all of them, those outside the window too.
  private(set) var changeIDs: [String] = []
  private(set) var diagnostics: [Diagnostic] = []
  var unreadable: Int { diagnostics.count }

  init(_ context: SourceContext, _ refs: ChangeRefs, limits: GerritLimits) {
    let read = context.repository.concurrently(refs.unlogged.count, jobs: context.jobs, chunk: 128) {
      repository, place in Self.read(refs.unlogged[place], repository, limits)
    }
    for result in read {
      switch result {
      case .success(let change):
        if let asOf = context.asOf, let time = change.committed, time > asOf { continue }
        if let id = change.changeID { changeIDs.append(id) }
        // Neither open nor declined can be told from here, so only what moved in the window is listed.
        if let since = context.since, change.committed.map({ $0 < since }) ?? true { continue }
        changes.append(change)
      case .failure(let problem): diagnostics.append(problem.diagnostic)
      }
    }
  }

  private struct Problem: Error {
    let diagnostic: Diagnostic
  }

  private static func read(
    _ place: ChangeRefs.Unlogged, _ repository: Repository, _ limits: GerritLimits
  ) -> Result<UnloggedChange, Problem> {
    func failed(_ kind: Diagnostic.Kind) -> Result<UnloggedChange, Problem> {
      .failure(
        Problem(diagnostic: Diagnostic(kind, ref: place.ref, object: ObjectName(git: place.head))))
    }
    do {
      guard let object = try repository.read(place.head, limit: limits.updateBytes) else {
        return failed(.missingObject)
      }
      guard object.kind == .commit else { return failed(.notACommit) }
      let commit = CommitObject.parse(object.bytes)
      let footers = Trailers.parse(commit.message, mode: .strict)
      return .success(
        UnloggedChange(
          number: place.number, ref: place.ref, head: ObjectName(git: place.head),
          author: commit.authorIdentity,
          title: commit.subject,
          changeID: footers.trailers.last { $0.key.lowercased() == "change-id" }.flatMap {
            ChangeID.valid($0.value)
          },
          authored: commit.author?.seconds.map { Instant(seconds: $0) }, committed: commit.committed,
          isFirstPatchSet: place.patchSet == 1))
    } catch {
      return failed(.corruptObject(detail: error.message))
    }
  }
}

extension ChangeTrace {
  /// What a patch set alone can tell: who wrote it, and a moment before which it was not pushed.
  func trace(of change: UnloggedChange) -> Trace {
    var trace = Trace(source: .changeRefs, id: .change(String(change.number)))
    trace.title = change.title
    trace.author = change.author
    let evidence = Evidence(ref: change.ref, object: change.head)
    let earliest = change.isFirstPatchSet ? change.committed : change.authored
    trace.observations = [
      Observation(.opened, .between(earliest, nil), by: change.author, .bounded, evidence),
      Observation(.revision(change.head), .between(change.committed, nil), by: nil, .bounded, evidence),
    ]
    if let id = change.changeID, isUnambiguous(id) { trace.aliases.append(.change(id)) }
    let index = index(of: change.head)
    trace.standing = .head(index.map { isOnBranch($0) ? .ancestor : .otherBranch } ?? .notFound)
    if let index, isOnBranch(index) { trace.aliases.append(.commit(change.head)) }
    trace.commits = [change.head]
    return trace
  }
}
