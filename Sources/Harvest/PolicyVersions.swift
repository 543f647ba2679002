public import Facts
internal import Git

/// The policy files as they stood on the branch, each time they changed.
public struct PolicyFilesVersion: Sendable {
  /// When the branch got them: committer time of the commit on its own line.
  public var from: Instant
  public var commit: ObjectName
  /// Paths within the policy directory, sorted, with their bytes.
  public var files: [(path: String, bytes: [UInt8])]
}

/// Finds every version of the policy directory along the branch's own line.
struct PolicyVersions {
  /// Where policy files stand on a branch.
  static let directory = "policies"
  /// Names that make a directory a policy directory; other projects use the word for other things.
  private static let known: Set<String> = [
    "roster.json5", "platform.json5", "service-levels.json5", "maturity.json5", "delegation.json5",
  ]

  let repository: Repository
  let history: History
  let line: [Int32]

  /// Oldest first; a version without any policy file is left out.
  ///
  /// The oldest commit read counts as a version, so that a reading of a window knows what held at its start.
  /// A version that cannot be read is left out and told: the one before it stays in force.
  func list() -> (versions: [PolicyFilesVersion], diagnostics: [Diagnostic]) {
    guard let oldest = line.last else { return ([], []) }
    var versions: [PolicyFilesVersion] = []
    var diagnostics: [Diagnostic] = []
    var last: ObjectID?
    for commit in line.reversed() where commit == oldest || touchesPolicy(commit) {
      do {
        guard let directory = try directory(at: commit), directory != last else { continue }
        last = directory
        let (files, missing) = try PolicyTree(repository).contents(of: directory)
        diagnostics += missing.map { Diagnostic(.missingObject, object: ObjectName(git: $0)) }
        guard missing.isEmpty, files.contains(where: { Self.known.contains($0.path) }) else { continue }
        let from = Instant(seconds: history.committerSeconds(commit))
        versions.append(
          PolicyFilesVersion(from: from, commit: ObjectName(git: history.id(commit)), files: files))
      } catch {
        let detail = "policies of this commit: \((error as? GitError)?.message ?? String(describing: error))"
        diagnostics.append(
          Diagnostic(.corruptObject(detail: detail), object: ObjectName(git: history.id(commit))))
      }
    }
    return (versions, diagnostics)
  }

  private func directory(at commit: Int32) throws -> ObjectID? {
    guard case .found(let entry) = try repository.entry(atPath: Self.directory, inTree: history.tree(commit)),
      entry.mode == .directory
    else { return nil }
    return entry.id
  }

  private func touchesPolicy(_ commit: Int32) -> Bool {
    guard let changes = history.changes(commit) else { return true }
    return changes.contains { isPolicyPath($0.path) }
  }

  /// Whether the path lies somewhere in the policy directory.
  private func isPolicyPath(_ path: Int32) -> Bool {
    var top = path
    while let folder = history.paths.folder(of: top), history.paths.folder(of: folder) != nil { top = folder }
    return top != path && history.paths.name(top).elementsEqual(Self.directory.utf8)
  }
}
