internal import Facts
internal import Git
internal import Harvest

/// Keeps the heads of a review that its branch no longer has, as git-appraise's `rebase` does.
///
/// Without it Git would in time remove the commit that the notes are on, and nobody who fetches later would get it.
/// The form is that of `ArchiveRef` in google/git-appraise `repository/git.go`.
struct ReviewArchiving {
  private let repository: Repository

  init(_ repository: Repository) { self.repository = repository }

  /// Commits that keep what neither the new head nor the archive reaches; nil where nothing is lost.
  func chain(keeping names: [String], over head: ObjectID) throws -> CommitChain? {
    let tip = try repository.resolve(reference: ReviewLedger.archiveRef)
    var wanted: [ObjectID] = []
    for id in names.compactMap({ ObjectID(hex: $0) }) where !wanted.contains(id) {
      if try repository.header(of: id)?.kind == .commit { wanted.append(id) }
    }
    let roots = [head] + (tip.map { [$0] } ?? [])
    let history = try History.load(
      repository, roots: roots + wanted, options: .init(changedPaths: .none))
    var kept = roots.compactMap { history.index(of: $0) }
    var links: [CommitChain.Link] = []
    // The newest first: what it reaches needs no commit of its own.
    for commit in wanted.compactMap({ history.index(of: $0) }).sorted() {
      guard !history.reach(from: kept).contains(commit) else { continue }
      kept.append(commit)
      let id = history.id(commit)
      links.append(
        CommitChain.Link(tree: history.tree(commit), parents: [id], message: "Archive \(id.hex)\n"))
    }
    return links.isEmpty
      ? nil : CommitChain(reference: ReviewLedger.archiveRef, expected: tip, links: links)
  }
}
