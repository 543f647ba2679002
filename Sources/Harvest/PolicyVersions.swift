public import Facts
public import Git

/// The policy files as they stood on the branch, each time they changed.
public struct PolicyFilesVersion: Sendable {
  /// When the branch got them: committer time of the commit on its own line.
  public var from: Instant
  public var commit: ObjectName
  /// Paths within the policy directory, sorted, with their bytes; empty when the commit ended the policy.
  public var files: [(path: String, bytes: [UInt8])]
  /// Links and submodules in the place of files: what they lead to is no part of the policy.
  public var foreign: [ForeignPolicyEntry] = []
  /// The author and the committer of the commit, as recorded.
  public var people: [Identity] = []
}

/// Finds every version of the policy directory along the branch's own line.
struct PolicyVersions {
  /// Where policy files stand on a branch.
  static let directory = "policies"
  let repository: Repository
  let history: History
  let line: [Int32]

  /// Oldest first, from the first policy file on.
  ///
  /// A commit that takes the last policy file away makes a version without files: from then on there is no policy.
  /// The oldest commit read counts as a version, so that a reading of a window knows what held at its start.
  /// A version that cannot be read is left out and told: the one before it stays in force. A link or submodule in
  /// the place of a file is told once, at the commit that brought it.
  func list() -> (versions: [PolicyFilesVersion], diagnostics: [Diagnostic]) {
    guard let oldest = line.last else { return ([], []) }
    var reader = PolicyVersionReader(repository)
    for commit in line.reversed() where commit == oldest || touchesPolicy(commit) {
      reader.read(
        name(commit), tree: history.tree(commit), seconds: history.committerSeconds(commit),
        isOldest: commit == oldest)
    }
    return (reader.versions, reader.diagnostics)
  }

  private func name(_ commit: Int32) -> ObjectName { ObjectName(git: history.id(commit)) }

  private func touchesPolicy(_ commit: Int32) -> Bool {
    guard let changes = history.changes(commit) else { return true }
    return changes.contains { isPolicyPath($0.path) }
  }

  /// Whether the path is the policy directory, or lies somewhere in it.
  private func isPolicyPath(_ path: Int32) -> Bool {
    var top = path
    while let folder = history.paths.folder(of: top), history.paths.folder(of: folder) != nil { top = folder }
    return history.paths.name(top).elementsEqual(Self.directory.utf8)
  }
}

/// Collects the versions of the policy directory from commits given oldest first.
struct PolicyVersionReader {
  private(set) var versions: [PolicyFilesVersion] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// What stood in the directory's place last.
  private var answer = EntryAnswer.notThere
  private var foreign: Set<ForeignPolicyEntry> = []
  private let repository: Repository

  init(_ repository: Repository) { self.repository = repository }

  mutating func read(_ commit: ObjectName, tree: ObjectID, seconds: Int64, isOldest: Bool) {
    do {
      try add(commit, tree: tree, seconds: seconds, isOldest: isOldest)
    } catch {
      let detail = "policies of this commit: \((error as? GitError)?.message ?? String(describing: error))"
      diagnostics.append(Diagnostic(.corruptObject(detail: detail), object: commit))
    }
  }

  private mutating func add(_ commit: ObjectName, tree: ObjectID, seconds: Int64, isOldest: Bool) throws {
    let answer = try repository.entry(atPath: PolicyVersions.directory, inTree: tree)
    if case .missingObject(let id) = answer {
      // That the tree of a younger commit is missing was found when it was compared.
      if isOldest { diagnostics.append(Diagnostic(.missingObject, object: ObjectName(git: id))) }
      return
    }
    guard answer != self.answer else { return }
    self.answer = answer
    var contents = PolicyTree.Contents()
    if case .found(let entry) = answer, entry.mode == .directory {
      contents = try PolicyTree(repository).contents(of: entry.id)
      diagnostics += contents.missing.map { Diagnostic(.missingObject, object: ObjectName(git: $0)) }
      guard contents.missing.isEmpty else { return }
      if !contents.isPolicy { contents = PolicyTree.Contents() }
    } else if case .found(let entry) = answer, let own = ForeignPolicyEntry(path: "", entry.mode) {
      tell([own], commit)
    }
    tell(contents.foreign, commit)
    guard !contents.files.isEmpty || versions.last?.files.isEmpty == false else { return }
    versions.append(
      PolicyFilesVersion(
        from: Instant(seconds: seconds), commit: commit, files: contents.files, foreign: contents.foreign,
        people: try people(behind: commit)))
  }

  /// Author and committer; nobody where the commit is not in this clone.
  private func people(behind commit: ObjectName) throws -> [Identity] {
    guard let commit = try repository.commit(ObjectID(commit)) else { return [] }
    return [commit.author, commit.committer].compactMap { $0 }.map { ident in
      func text(_ bytes: [UInt8]) -> String { Text.decode(bytes[...], encoding: commit.encoding).text }
      return Identity(name: text(ident.name), email: text(ident.email))
    }
  }

  private mutating func tell(_ entries: [ForeignPolicyEntry], _ commit: ObjectName) {
    for entry in entries where foreign.insert(entry).inserted {
      let path = entry.path.isEmpty ? PolicyVersions.directory : "\(PolicyVersions.directory)/\(entry.path)"
      diagnostics.append(
        Diagnostic(entry.isSubmodule ? .submodule(path: path) : .symbolicLink(path: path), object: commit))
    }
  }
}

/// Versions of the policy that came to a branch before a reading of a window begins.
public struct EarlierPolicies {
  private let repository: Repository

  public init(_ repository: Repository) { self.repository = repository }

  /// All versions of the branch from its first commit on, where only the younger ones given were read.
  ///
  /// The line of first parents is followed to its end, and of each commit no more is read than which policy directory
  /// it holds.
  public func completing(_ versions: [PolicyFilesVersion]) throws(HarvestProblem) -> [PolicyFilesVersion] {
    guard let first = versions.first else { return versions }
    do {
      var line: [(id: ObjectID, tree: ObjectID, seconds: Int64)] = []
      var next: ObjectID? = ObjectID(first.commit)
      while let id = next, let commit = try repository.commit(id), let tree = commit.tree {
        line.append((id, tree, commit.committer?.seconds ?? 0))
        next = repository.shallowBoundary.contains(id) ? nil : commit.parents.first
      }
      var reader = PolicyVersionReader(repository)
      for (place, commit) in line.enumerated().reversed() {
        reader.read(
          ObjectName(git: commit.id), tree: commit.tree, seconds: commit.seconds,
          isOldest: place == line.count - 1)
      }
      return reader.versions + versions.dropFirst()
    } catch {
      throw .unreadable(String(describing: error))
    }
  }
}
