public import Facts
public import Git

/// Reads what a push or a range would do to a reference: every new commit, what each changed by itself, and whatever
/// approvals of it are on record.
///
/// Nothing is left out to save time: a limit that is reached ends the reading with an obstacle.
public final class ProposalReader {
  let repository: Repository
  let trees: TreeComparison
  let budget: Budget
  private let arrivals: CommitArrivals?
  private let seconds: Int
  private let inspection: TreeInspection
  private let merges: MergeInspection

  /// The most paths of one update.
  static let pathLimit = 2_000_000
  /// More parents than this no honest merge has.
  private static let parentLimit = 64

  /// `seconds` is the time that the budget gives, for the words about it; `arrivals` tells who brought what where
  /// something is being pushed.
  public init(_ repository: Repository, budget: Budget, seconds: Int, arrivals: CommitArrivals? = nil) {
    self.repository = repository
    self.arrivals = arrivals
    self.budget = budget
    self.seconds = seconds
    trees = TreeComparison(repository)
    inspection = TreeInspection(repository, budget: budget)
    merges = MergeInspection(repository, trees, budget: budget)
  }

  /// Reads one update; `known` holds what guarded branches have where the reference would be made.
  public func read(
    reference: String, old: ObjectID?, new: ObjectID?, known: [ObjectID] = []
  ) throws(UpdateObstacle) -> ProposedUpdate {
    var update = ProposedUpdate(
      reference: reference, old: old.map { ObjectName(git: $0) }, new: new.map { ObjectName(git: $0) })
    guard let new else {
      update.isFastForward = false
      return update
    }
    let range = try commits(from: old.map { [$0] } ?? known, to: new)
    update.isFastForward = old == nil || range.isFastForward
    var draft = UpdateDraft()
    for commit in range.commits { try add(commit, to: &draft) }
    if let old, let tip = range.commits.last { try addNet(from: old, to: tip, in: &draft) }
    draft.finish(&update)
    for (place, arrival) in try arrivalsOf(range.commits).enumerated() {
      update.commits[place].arrival = arrival
      guard update.commits[place].needsApproval else { continue }
      update.commits[place].contributors += hands(arrival, in: update.commits[place].name)
    }
    return update
  }

  /// Author and committer of a commit of a branch, and its first parent.
  public func identities(
    of name: ObjectName
  ) throws(UpdateObstacle) -> (people: [Identity], parent: ObjectID?) {
    let commit = CommitObject.parse(try bytes(of: ObjectID(name)))
    return ([commit.authorIdentity, commit.committerIdentity].compactMap { $0 }, commit.parents.first)
  }

  /// Whether a commit is part of the history of any of the tips.
  public func isHeld(_ commit: ObjectID, by tips: [ObjectID]) throws(UpdateObstacle) -> Bool {
    guard !tips.isEmpty else { return false }
    return try commits(from: tips, to: commit).commits.isEmpty
  }

  func arrivalsOf(_ commits: [CommitRange.Commit]) throws(UpdateObstacle) -> [ProposedCommit.Arrival] {
    try arrivals?.arrivals(of: commits) ?? commits.map { _ in .unknown }
  }

  /// Whoever brought a commit had a hand in it.
  func hands(_ arrival: ProposedCommit.Arrival, in commit: ObjectName) -> [ProposedContributor] {
    arrival.people(pusher: arrivals?.pusher).map { ProposedContributor($0, .pusher, of: commit) }
  }

  func commits(from old: [ObjectID], to new: ObjectID) throws(UpdateObstacle) -> CommitRange {
    do throws(CommitRange.Obstacle) {
      return try CommitRange(of: repository, from: old, to: new, budget: budget)
    } catch {
      throw obstacle(error)
    }
  }

  func obstacle(_ obstacle: CommitRange.Obstacle) -> UpdateObstacle {
    switch obstacle {
    case .missing(let id): .missingObject(ObjectName(git: id))
    case .shallow(let id): .shallow(ObjectName(git: id))
    case .unreadable(let id, let detail): .unreadable(ObjectName(git: id), detail: detail)
    case .tooMany(let limit): .tooManyCommits(limit: limit)
    case .outOfTime: .outOfTime(seconds: seconds)
    }
  }

  // MARK: One commit

  private func add(_ commit: CommitRange.Commit, to draft: inout UpdateDraft) throws(UpdateObstacle) {
    if budget.isSpent() { throw .outOfTime(seconds: seconds) }
    let name = ObjectName(git: commit.id)
    let object = try bytes(of: commit.id)
    let parsed = CommitObject.parse(object)
    draft.flaws += flaws(of: name, object, parsed)
    var parents: [ObjectID] = []
    for parent in commit.parents { parents.append(try tree(ofCommit: parent)) }
    draft.flaws += try flaws(inTree: commit.tree, besides: parents, of: name)
    let changes = try ownChanges(of: commit, parents)
    guard draft.pathCount + changes.count <= Self.pathLimit else {
      throw .tooManyPaths(limit: Self.pathLimit)
    }
    draft.add(
      ProposedCommit(
        name: name, title: parsed.subject, isMerge: commit.parents.count > 1, paths: [],
        contributors: changes.isEmpty && commit.parents.count > 1 ? [] : parsed.contributors(of: name)),
      changes)
  }

  /// What the commit changed by itself: all against its only parent, or what does not follow from several.
  private func ownChanges(
    of commit: CommitRange.Commit, _ parents: [ObjectID]
  ) throws(UpdateObstacle) -> [ProposedPath] {
    guard commit.parents.count > 1 else { return try changes(from: parents.first, to: commit.tree) }
    let own: [[UInt8]]
    do throws(CommitRange.Obstacle) {
      own = try merges.ownPaths(of: commit)
    } catch {
      throw obstacle(error)
    }
    guard !own.isEmpty else { return [] }
    let wanted = Set(own)
    var found: [[UInt8]: ProposedPath] = [:]
    for parent in parents {
      for path in try changes(from: parent, to: commit.tree) where wanted.contains(path.bytes) {
        found[path.bytes] = path
      }
    }
    return own.map { found[$0] ?? ProposedPath($0) }
  }

  func changes(from old: ObjectID?, to new: ObjectID) throws(UpdateObstacle) -> [ProposedPath] {
    guard let change = trees.change(from: old, to: new, limit: Self.pathLimit) else {
      throw .unreadable(ObjectName(git: new), detail: "a tree below it is missing, broken or too large")
    }
    return change.entries.map(ProposedPath.init)
  }

  /// What the whole update changes and no single commit accounts for; the last commit answers for it.
  private func addNet(
    from old: ObjectID, to tip: CommitRange.Commit, in draft: inout UpdateDraft
  ) throws(UpdateObstacle) {
    draft.addMissing(try changes(from: try tree(ofCommit: old), to: tip.tree))
  }

  func bytes(of commit: ObjectID) throws(UpdateObstacle) -> [UInt8] {
    do throws(GitError) {
      guard let object = try repository.read(commit, limit: Limits.commit) else {
        throw GitError(code: .notFound, function: "read", message: "not here")
      }
      guard object.kind == .commit else {
        throw GitError(code: .wrongKind, function: "read", message: "no commit")
      }
      return object.bytes
    } catch {
      switch error.code {
      case .notFound: throw .missingObject(ObjectName(git: commit))
      case .wrongKind: throw .notACommit(ObjectName(git: commit))
      default: throw .unreadable(ObjectName(git: commit), detail: error.message)
      }
    }
  }

  func tree(ofCommit commit: ObjectID) throws(UpdateObstacle) -> ObjectID {
    guard let tree = CommitObject.parse(try bytes(of: commit)).tree else {
      throw .unreadable(ObjectName(git: commit), detail: "no tree line")
    }
    return tree
  }

  // MARK: Flaws

  private func flaws(of name: ObjectName, _ bytes: [UInt8], _ commit: CommitObject) -> [ObjectFlaw] {
    var kinds = commit.problems.words.map { ObjectFlaw.Kind.malformedCommit($0) }
    if kinds.isEmpty, !commit.isInOrder(bytes) {
      kinds.append(.malformedCommit("author and committer lines out of their place"))
    }
    if bytes.contains(0) { kinds.append(.nulInMessage) }
    if commit.parents.count > Self.parentLimit { kinds.append(.tooManyParents(commit.parents.count)) }
    let signatures = commit.extraHeaders.filter { $0.name.starts(with: "gpgsig".utf8) }.map(\.name)
    if Set(signatures).count < signatures.count { kinds.append(.severalSignatures) }
    return kinds.map { ObjectFlaw(commit: name, $0) }
  }

  private func flaws(
    inTree tree: ObjectID, besides known: [ObjectID], of commit: ObjectName
  ) throws(UpdateObstacle) -> [ObjectFlaw] {
    do throws(TreeInspection.Obstacle) {
      return try inspection.findings(in: tree, besides: known).map { ObjectFlaw(commit, $0) }
    } catch {
      switch error {
      case .missing(let id): throw .missingObject(ObjectName(git: id))
      case .tooManyEntries(let limit): throw .tooManyPaths(limit: limit)
      case .outOfTime: throw .outOfTime(seconds: seconds)
      }
    }
  }
}

/// An update while it is read.
struct UpdateDraft {
  private var places: [[UInt8]: Int] = [:]
  private var paths: [ProposedPath] = []
  private var commits: [ProposedCommit] = []
  var flaws: [ObjectFlaw] = []

  var pathCount: Int { paths.count }

  mutating func add(_ commit: ProposedCommit, _ changes: [ProposedPath]) {
    var commit = commit
    commit.paths = changes.map { place(of: $0) }
    commits.append(commit)
  }

  mutating func addMissing(_ changes: [ProposedPath]) {
    let missing = changes.filter { places[$0.bytes] == nil }
    guard !missing.isEmpty, !commits.isEmpty else { return }
    commits[commits.count - 1].paths += missing.map { place(of: $0) }
  }

  private mutating func place(of path: ProposedPath) -> Int {
    guard let known = places[path.bytes] else {
      places[path.bytes] = paths.count
      paths.append(path)
      return paths.count - 1
    }
    paths[known].isLink = paths[known].isLink || path.isLink
    paths[known].isSubmodule = paths[known].isSubmodule || path.isSubmodule
    return known
  }

  /// Puts the paths in order.
  func finish(_ update: inout ProposedUpdate) {
    let order = paths.indices.sorted { paths[$0].bytes.lexicographicallyPrecedes(paths[$1].bytes) }
    var ranks = [Int](repeating: 0, count: paths.count)
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    update.paths = order.map { paths[$0] }
    update.commits = commits.map { commit in
      var commit = commit
      commit.paths = commit.paths.map { ranks[$0] }.sorted()
      return commit
    }
    update.flaws = flaws
  }
}
