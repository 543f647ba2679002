public import Facts
public import Git

/// The policy directory along a branch's own line, read backwards from a commit without loading the history.
public struct PolicyLine {
  private let repository: Repository
  private let directory: String
  private let budget: Budget

  public init(_ repository: Repository, directory: String, budget: Budget) {
    self.repository = repository
    self.directory = directory
    self.budget = budget
  }

  /// What a policy directory is at one commit.
  public enum Contents: Sendable {
    case files([(path: String, bytes: [UInt8])])
    case none
    /// A link or a submodule stands where a file or the directory is expected.
    case foreign([ForeignPolicyEntry])
  }

  /// The policy at a commit; a name that only looks like the directory's is not it.
  public func contents(at commit: ObjectID) throws(UpdateObstacle) -> Contents {
    try contents(try entry(at: commit), of: commit)
  }

  /// Whether two commits have the same policy directory, byte for byte.
  public func isSame(_ one: ObjectID, _ other: ObjectID) throws(UpdateObstacle) -> Bool {
    try entry(at: one) == entry(at: other)
  }

  /// The versions along first parents, oldest first, back to the first that is enough or to the start of the line.
  public func versions(
    upTo tip: ObjectID, until isEnough: (PolicyFilesVersion) -> Bool
  ) throws(UpdateObstacle) -> [PolicyFilesVersion] {
    var versions: [PolicyFilesVersion] = []
    var current = try step(tip)
    var above = try entry(at: tip)
    while true {
      if budget.isSpent() { throw .outOfTime(seconds: 0) }
      var parent: (id: ObjectID, commit: CommitObject)?
      if let id = current.commit.parents.first { parent = try step(id) }
      let below = try parent.map { parent throws(UpdateObstacle) in try entry(at: parent.id) } ?? .notThere
      if below != above, let found = try version(current, above) {
        versions.append(found)
        if isEnough(found) { return versions.reversed() }
      }
      guard let parent else { return versions.reversed() }
      (current, above) = (parent, below)
    }
  }

  private func step(_ id: ObjectID) throws(UpdateObstacle) -> (id: ObjectID, commit: CommitObject) {
    (id, try reading(id) { repository throws(GitError) in try repository.commit(id) })
  }

  private func version(
    _ place: (id: ObjectID, commit: CommitObject), _ entry: EntryAnswer
  ) throws(UpdateObstacle) -> PolicyFilesVersion? {
    let at = Instant(seconds: place.commit.committer?.seconds ?? 0)
    guard case .files(let files) = try contents(entry, of: place.id) else {
      return PolicyFilesVersion(from: at, commit: ObjectName(git: place.id), files: [])
    }
    return PolicyFilesVersion(from: at, commit: ObjectName(git: place.id), files: files)
  }

  private func entry(at commit: ObjectID) throws(UpdateObstacle) -> EntryAnswer {
    let tree = try reading(commit) { repository throws(GitError) in try repository.tree(ofCommit: commit) }
    let answer = try reading(commit) { repository throws(GitError) -> EntryAnswer? in
      try repository.entry(atPath: directory, inTree: tree)
    }
    if case .missingObject(let id) = answer { throw .missingObject(ObjectName(git: id)) }
    return answer
  }

  private func contents(_ entry: EntryAnswer, of commit: ObjectID) throws(UpdateObstacle) -> Contents {
    guard case .found(let found) = entry else { return .none }
    guard found.mode == .directory else {
      return .foreign([ForeignPolicyEntry(path: "", found.mode)].compactMap { $0 })
    }
    let contents: PolicyTree.Contents
    do {
      contents = try PolicyTree(repository).contents(of: found.id)
    } catch {
      let detail = (error as? GitError)?.message ?? String(describing: error)
      throw .unreadable(ObjectName(git: commit), detail: detail)
    }
    if let missing = contents.missing.first { throw .missingObject(ObjectName(git: missing)) }
    if !contents.foreign.isEmpty { return .foreign(contents.foreign) }
    return contents.isPolicy ? .files(contents.files) : .none
  }

  private func reading<Value>(
    _ commit: ObjectID, _ body: (Repository) throws(GitError) -> Value?
  ) throws(UpdateObstacle) -> Value {
    do throws(GitError) {
      if let value = try body(repository) { return value }
    } catch {
      throw .unreadable(ObjectName(git: commit), detail: error.message)
    }
    throw repository.isShallow ? .shallow(ObjectName(git: commit)) : .missingObject(ObjectName(git: commit))
  }
}
