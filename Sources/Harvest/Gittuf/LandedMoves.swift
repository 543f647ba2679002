internal import Facts
internal import Git

/// Finds what a move of the branch, which is what gittuf's approvals are about, became.
struct LandedMoves {
  /// What became of a move.
  enum Place {
    /// The branch made exactly this move with a commit of its own line.
    case landed(Int32)
    /// A request's head is a descendant of the old tip and has the tree of the new one.
    case head(ObjectName, number: Int)
  }

  private struct Ends: Hashable {
    let from: ObjectID
    let tree: ObjectID
  }

  private struct Head {
    let commit: Int32
    let number: Int
  }

  private let history: History
  private let branch: String
  private var landed: [Ends: Int32] = [:]
  private var heads: [ObjectID: [Head]] = [:]

  init(_ context: SourceContext, heads named: [(commit: ObjectName, number: Int)]) {
    history = context.history
    branch = context.branch
    // The oldest is last and stays: what was moved twice was approved the first time.
    for commit in context.line.line {
      guard let parent = history.parentIDs(commit).first else { continue }
      landed[Ends(from: parent, tree: history.tree(commit))] = commit
    }
    let refs = RequestRefs(context.references).heads.filter { $0.key.forge == .github }
    let all = refs.map { (ObjectName(git: $1.target), $0.number) } + named.map { ($0.commit, $0.number) }
    for (name, number) in all.sorted(by: { ($0.1, $0.0) < ($1.1, $1.0) }) {
      guard let commit = history.index(of: ObjectID(name)) else { continue }
      heads[history.tree(commit), default: []].append(Head(commit: commit, number: number))
    }
  }

  /// Nil for a move that was never made, or of which nothing is left.
  func place(of move: AttestationPath.Move) -> Place? {
    let ends = Ends(from: ObjectID(move.from), tree: ObjectID(move.tree))
    if move.ref == branch, let commit = landed[ends] { return .landed(commit) }
    guard let from = history.index(of: ends.from) else { return nil }
    let fitting = (heads[ends.tree] ?? []).filter {
      $0.commit != from && history.isAncestor(from, of: $0.commit)
    }
    // A tree that several requests have in common tells nothing.
    guard let first = fitting.first, fitting.allSatisfy({ $0.number == first.number }) else { return nil }
    return .head(ObjectName(git: history.id(first.commit)), number: first.number)
  }
}
