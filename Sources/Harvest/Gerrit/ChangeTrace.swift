import Facts
import Git

/// Makes the trace of one change.
struct ChangeTrace: Sendable {
  private let history: History
  private let line: BranchLine
  private let branch: String
  private let labels: ReviewLabels
  /// Change-Ids that several changes of the repository carry.
  private let shared: Set<String>

  init(_ context: SourceContext, labels: ReviewLabels, sharedIDs: Set<String>) {
    history = context.history
    line = context.line
    branch = context.branch
    self.labels = labels
    shared = sharedIDs
  }

  /// Whether the id names one change only.
  func isUnambiguous(_ id: String) -> Bool { !shared.contains(id) }

  func index(of commit: ObjectName) -> Int32? { history.index(of: ObjectID(commit)) }

  func isOnBranch(_ index: Int32) -> Bool { line.holds(index) }

  func trace(of change: GerritChange) -> Trace {
    var trace = Trace(source: .gerrit, id: .change(String(change.number)))
    if let id = change.changeID, change.branch == branch, isUnambiguous(id) { trace.aliases = [.change(id)] }
    trace.title = change.subject
    trace.author = change.owner
    trace.target = change.branch
    var observations = ChangeObservations(change, labels: labels)
    trace.observations = observations.all() + robotObservations(change)
    trace.standing = .change(change.status)
    addCommits(of: change, to: &trace)
    return trace
  }

  /// The patch set that landed; of an open change the current one, unless the branch has it without a review.
  private func addCommits(of change: GerritChange, to trace: inout Trace) {
    guard let current = change.currentPatchSet?.commit else { return }
    let index = history.index(of: ObjectID(current))
    let isOnBranch = index.map { line.holds($0) } ?? false
    guard change.status == .merged || !isOnBranch else { return }
    trace.commits = [current]
    if let index { trace.paths = history.changedPaths(index) }
  }

  private func robotObservations(_ change: GerritChange) -> [Observation] {
    change.robotComments.compactMap { comment in
      guard let written = comment.written else { return nil }
      return Observation(
        .automatic(tag: comment.tag ?? "robot:\(comment.robot ?? "")"), .at(written), by: comment.author,
        .recorded,
        Evidence(ref: change.robotRef, object: comment.note))
    }
  }
}
