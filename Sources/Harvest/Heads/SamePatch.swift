internal import Git

/// Finds commits of the branch that make the same change as a head, although nothing names it.
///
/// Bots and hand-made squashes leave no number. A commit can only be such a landing when it has the head's author
/// address, is no older than the head's work and at most 60 days younger, and changes the same paths; of these few the patch ids are compared
/// (`git patch-id --stable`'s rule). A clone without blobs cannot be asked: then nothing is claimed.
final class SamePatch {
  /// How long after its last push a request is still looked for, in seconds: 60 days.
  private static let patience: Int64 = 60 * 86_400

  private let repository: Repository
  private let history: History
  private let line: BranchLine
  private let emails: [Int32]
  private let comparison: HeadComparison
  /// Plain commits of the branch by the author's address, newest first.
  private var byAuthor: [Int32: [Int32]] = [:]
  /// Patch ids by commit, nil for one that cannot be told.
  private var known: [Int32: ObjectID?] = [:]

  /// Keeps the branch's plain commits by the authors of the heads that are looked for.
  ///
  /// `emails` holds for each identity the number of its address; `authors` are such numbers.
  init(
    _ repository: Repository, _ history: History, line: BranchLine, emails: [Int32], authors: Set<Int32>,
    comparison: HeadComparison
  ) {
    self.repository = repository
    self.history = history
    self.line = line
    self.emails = emails
    self.comparison = comparison
    guard !authors.isEmpty else { return }
    for commit in line.held {
      let isPlain = history.parentCount(commit) == 1 && line.owner[Int(commit)] < 0
      let author = emails[Int(history.author(commit))]
      if isPlain, authors.contains(author) { byAuthor[author, default: []].append(commit) }
    }
  }

  /// The earliest commit that makes the same change as everything between the branch and the head; nil if none does.
  func match(of head: Int32) -> Int32? {
    guard let candidates = byAuthor[emails[Int(history.author(head))]] else { return nil }
    let earliest = history.authorSeconds(head)
    let latest = history.committerSeconds(head) + Self.patience
    let later = candidates.filter {
      (earliest...max(earliest, latest)).contains(history.committerSeconds($0))
    }
    guard !later.isEmpty, let base = comparison.base(of: head) else { return nil }
    let (from, to) = (history.tree(base), history.tree(head))
    guard let paths = comparison.paths(of: head), !paths.isEmpty else { return nil }
    let similar = later.filter { changes($0, paths) }.suffix(2)
    guard !similar.isEmpty, let patch = patchID(from, to) else { return nil }
    return similar.last { patchID(of: $0) == patch }
  }

  private func changes(_ commit: Int32, _ wanted: [Int32]) -> Bool {
    history.changes(commit)?.count == wanted.count && history.changedPaths(commit) == wanted
  }

  private func patchID(of commit: Int32) -> ObjectID? {
    if let known = known[commit] { return known }
    let parent = history.firstParent(commit)
    let found = parent.flatMap { patchID(history.tree($0), history.tree(commit)) }
    known[commit] = .some(found)
    return found
  }

  private func patchID(_ from: ObjectID, _ to: ObjectID) -> ObjectID? {
    // A blob that is not here (partial clones) or is binary leaves the question open: no claim is made.
    guard case .known(let id)? = try? repository.patchID(from: from, to: to) else { return nil }
    return id
  }
}
