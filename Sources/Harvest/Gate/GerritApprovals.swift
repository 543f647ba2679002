internal import Facts
internal import Git

/// Finds the votes that bear on a proposed update in the logs of Gerrit changes, `refs/changes/NN/N/meta`.
///
/// A rebase or cherry-pick lands under a new name, so changes are also found by the Change-Id that commits carry.
struct GerritApprovals {
  private let updates: ProposalReader
  private(set) var diagnostics: [Diagnostic] = []
  private var labels = ReviewLabels()

  init(_ updates: ProposalReader) { self.updates = updates }

  /// Which changes are looked at.
  enum Scope {
    /// Those with a patch set among the commits that would land.
    case ofItsCommits
    /// The others that say by their ids to be about such a commit, as long as nothing covers it.
    case ofOtherCommits
  }

  /// The approvals, each with what it covers.
  mutating func approvals(
    of update: ProposedUpdate, _ scope: Scope
  ) throws(UpdateObstacle) -> [ProposedApproval] {
    let references = try reading { repository throws(GitError) in
      try repository.references(under: "refs/changes/")
    }
    let refs = ChangeRefs(references)
    guard !refs.logs.isEmpty, !update.commits.isEmpty else { return [] }
    labels = try projectLabels()
    let direct = Self.changes(references, with: Set(update.commits.map { ObjectID($0.name) }))
    var bindings = SingleBindings(updates, update)
    var found: [ProposedApproval] = []
    if scope == .ofItsCommits {
      for log in refs.logs where direct.contains(log.number) {
        if let change = try change(log) { found += try bound(change, &bindings) }
      }
      return found
    }
    let missing = try Missing(update, updates)
    // Where patch sets have no references of their own, only the logs tell which commits they were.
    guard !missing.ids.isEmpty || (refs.patchSets == 0 && !missing.commits.isEmpty) else { return [] }
    for log in refs.logs where !direct.contains(log.number) {
      guard let change = try change(log), missing.includes(change) else { continue }
      found += try bound(change, &bindings).filter { $0.binding != .none }
    }
    return found
  }

  /// The numbers of the changes that have one of the commits as a patch set.
  private static func changes(_ references: [Reference], with commits: Set<ObjectID>) -> Set<Int> {
    var numbers: Set<Int> = []
    for reference in references {
      guard let target = reference.target, commits.contains(target),
        let name = ChangeRefName(reference.name), name.isInPlace, case .patchSet = name.kind
      else { continue }
      numbers.insert(name.number)
    }
    return numbers
  }

  /// The commits that nothing covers, and how a change is known to be about them.
  private struct Missing {
    let commits: Set<ObjectName>
    private(set) var ids: Set<String> = []

    init(_ update: ProposedUpdate, _ updates: ProposalReader) throws(UpdateObstacle) {
      let covered = Set(update.approvals.filter { $0.source == .gerrit }.flatMap(\.covers))
      let places = update.commits.indices.filter { place in
        !covered.contains(place) && update.commits[place].needsApproval
      }
      commits = Set(places.map { update.commits[$0].name })
      for commit in commits {
        let message = CommitObject.parse(try updates.bytes(of: ObjectID(commit))).message
        for trailer in Trailers.parse(message, mode: .git).trailers
        where trailer.key.lowercased() == "change-id" {
          if let id = ChangeID.valid(trailer.value) { ids.insert(id) }
        }
      }
    }

    func includes(_ change: GerritChange) -> Bool {
      change.changeID.map(ids.contains) ?? false
        || change.updates.contains { $0.upload.map(commits.contains) ?? false }
    }
  }

  /// A change whose log is understood from one end to the other: what is not might end a vote.
  private mutating func change(_ log: ChangeRefs.Log) throws(UpdateObstacle) -> GerritChange? {
    if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
    var reader = LogReader(repository: updates.repository, limits: GerritLimits(), since: nil, asOf: nil)
    reader.readsComments = false
    let read = reader.read(log, robots: nil)
    diagnostics += read.diagnostics
    guard read.diagnostics.isEmpty, !read.change.isIncomplete, read.change.status != .abandoned else {
      return nil
    }
    var change = read.change
    _ = MigratedTimes([read]).mark(&change)
    return change
  }

  private func bound(
    _ change: GerritChange, _ bindings: inout SingleBindings
  ) throws(UpdateObstacle) -> [ProposedApproval] {
    var bound: [ProposedApproval] = []
    for var approval in GerritDecisions(change, labels: labels).approvals {
      if let revision = approval.revision { approval.bind(try bindings.binding(of: revision)) }
      bound.append(approval)
    }
    return bound
  }

  private mutating func projectLabels() throws(UpdateObstacle) -> ReviewLabels {
    let tip = try reading { repository throws(GitError) in
      try repository.resolve(reference: "refs/meta/config")
    }
    return ReviewLabels(of: updates.repository, at: tip, &diagnostics)
  }

  private func reading<Value>(
    _ body: (Repository) throws(GitError) -> Value
  ) throws(UpdateObstacle) -> Value {
    do throws(GitError) {
      return try body(updates.repository)
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
  }
}
