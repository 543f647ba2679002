public import Facts
internal import Git

/// The policy files as they stood on the branch, each time they changed.
public struct PolicyFilesVersion: Sendable {
  /// When the branch got them: committer time of the commit on its own line.
  public var from: Instant
  public var commit: ObjectName
  /// Paths within the policy directory, sorted, with their bytes; empty when the commit ended the policy.
  public var files: [(path: String, bytes: [UInt8])]
  /// Links and submodules in the place of files: what they lead to is no part of the policy.
  public var foreign: [ForeignPolicyEntry] = []
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
    var found = Found()
    for commit in line.reversed() where commit == oldest || touchesPolicy(commit) {
      do {
        try read(commit, into: &found)
      } catch {
        let detail = "policies of this commit: \((error as? GitError)?.message ?? String(describing: error))"
        found.diagnostics.append(Diagnostic(.corruptObject(detail: detail), object: name(commit)))
      }
    }
    return (found.versions, found.diagnostics)
  }

  /// What the commits so far told.
  private struct Found {
    var versions: [PolicyFilesVersion] = []
    var diagnostics: [Diagnostic] = []
    /// What stood in the directory's place last.
    var answer = EntryAnswer.notThere
    var foreign: Set<ForeignPolicyEntry> = []
  }

  private func read(_ commit: Int32, into found: inout Found) throws {
    let answer = try repository.entry(atPath: Self.directory, inTree: history.tree(commit))
    if case .missingObject(let id) = answer {
      // That the tree of a younger commit is missing was found when it was compared.
      if commit == line.last {
        found.diagnostics.append(Diagnostic(.missingObject, object: ObjectName(git: id)))
      }
      return
    }
    guard answer != found.answer else { return }
    found.answer = answer
    var contents = PolicyTree.Contents()
    if case .found(let entry) = answer, entry.mode == .directory {
      contents = try PolicyTree(repository).contents(of: entry.id)
      found.diagnostics += contents.missing.map { Diagnostic(.missingObject, object: ObjectName(git: $0)) }
      guard contents.missing.isEmpty else { return }
      if !contents.isPolicy { contents = PolicyTree.Contents() }
    } else if case .found(let entry) = answer, let own = ForeignPolicyEntry(path: "", entry.mode) {
      tell([own], commit, &found)
    }
    tell(contents.foreign, commit, &found)
    guard !contents.files.isEmpty || found.versions.last?.files.isEmpty == false else { return }
    found.versions.append(
      PolicyFilesVersion(
        from: Instant(seconds: history.committerSeconds(commit)), commit: name(commit), files: contents.files,
        foreign: contents.foreign))
  }

  private func tell(_ entries: [ForeignPolicyEntry], _ commit: Int32, _ found: inout Found) {
    for entry in entries where found.foreign.insert(entry).inserted {
      let path = entry.path.isEmpty ? Self.directory : "\(Self.directory)/\(entry.path)"
      found.diagnostics.append(
        Diagnostic(
          entry.isSubmodule ? .submodule(path: path) : .symbolicLink(path: path), object: name(commit)))
    }
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
