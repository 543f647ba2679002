internal import Git

/// Finds commits of the branch that make the same change as a head, although nothing names it.
///
/// Bots and hand-made squashes leave no number. A commit can only be such a landing when it has the head's author
/// address, is no older than the head's work and at most 60 days younger, and changes the same paths; of these few the
/// patch ids are compared (`git patch-id --stable`'s rule). A clone without blobs cannot be asked: then nothing is
/// claimed.
struct SamePatch: Sendable {
  /// How long after its last push a request is still looked for, in seconds: 60 days.
  private static let patience: Int64 = 60 * 86_400
  /// How many commits with the same author and paths are asked for their patch.
  private static let mostSimilar = 2

  private let branch: ReadBranch
  /// Plain commits of the branch by the author's address, newest first.
  private var byAuthor: [Int32: [Int32]] = [:]

  /// Keeps the branch's plain commits by the authors of the heads that are looked for.
  init(_ branch: ReadBranch, authors: Set<Int32>) {
    self.branch = branch
    guard !authors.isEmpty else { return }
    for commit in branch.line.held {
      let isPlain = branch.history.parentCount(commit) == 1 && branch.line.owner[Int(commit)] < 0
      let author = branch.author(commit)
      if isPlain, authors.contains(author) { byAuthor[author, default: []].append(commit) }
    }
  }

  /// For each head the earliest commit that makes the same change as everything between the branch and the head.
  func matches(of heads: [Int32], in repository: Repository, jobs: Int) -> [Int32: Int32] {
    let asked = heads.map { Asked(head: $0, candidates: candidates(of: $0)) }.filter {
      !$0.candidates.isEmpty
    }
    let found = TreeComparison.map(asked, in: repository, jobs: jobs) { trees, chunk in
      chunk.map { match(of: $0, trees) }
    }
    var matches: [Int32: Int32] = [:]
    for (asked, match) in zip(asked, found) { matches[asked.head] = match }
    return matches
  }

  /// A head and the commits whose author and date do not speak against it, newest first.
  private struct Asked: Sendable {
    let head: Int32
    let candidates: [Int32]
  }

  private func candidates(of head: Int32) -> [Int32] {
    guard let written = byAuthor[branch.author(head)] else { return [] }
    let earliest = branch.history.authorSeconds(head)
    let latest = max(earliest, branch.history.committerSeconds(head) + Self.patience)
    return written.filter { (earliest...latest).contains(branch.history.committerSeconds($0)) }
  }

  private func match(of asked: Asked, _ trees: TreeComparison) -> Int32? {
    let history = branch.history
    let most = asked.candidates.compactMap { history.changes($0)?.count }.max() ?? 0
    guard most > 0, let base = branch.line.base(of: asked.head, in: history),
      let change = trees.change(from: history.tree(base), to: history.tree(asked.head), limit: most),
      !change.entries.isEmpty
    else { return nil }
    let similar = asked.candidates.filter { changes($0, the: change) }.suffix(Self.mostSimilar)
    guard !similar.isEmpty else { return nil }
    // Nil for binary files and blobs that are not here; the same contents are the same change all the same.
    let patch = name(of: change, trees)
    return similar.last { isMade(by: $0, change, patch, trees) }
  }

  /// Whether a commit changes the same paths; both lists are in tree order.
  private func changes(_ commit: Int32, the change: TreeChange) -> Bool {
    guard let changes = branch.history.changes(commit), changes.count == change.entries.count else {
      return false
    }
    return zip(changes, change.entries).allSatisfy { branch.history.paths.bytes($0.path) == $1.path }
  }

  /// Whether a commit makes a change: from the same contents to the same contents, or with the same patch.
  private func isMade(by commit: Int32, _ change: TreeChange, _ patch: PatchID?, _ trees: TreeComparison)
    -> Bool
  {
    let history = branch.history
    guard let parent = history.firstParent(commit),
      let own = trees.change(from: history.tree(parent), to: history.tree(commit))
    else { return false }
    return own == change || (patch != nil && name(of: own, trees) == patch)
  }

  private func name(of change: TreeChange, _ trees: TreeComparison) -> PatchID? {
    // A blob that is not here (partial clones) or is binary leaves the question open: no claim is made.
    guard let name = try? trees.patchID(of: change), case .known = name else { return nil }
    return name
  }
}
