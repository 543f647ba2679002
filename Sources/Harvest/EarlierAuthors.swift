public import Facts
public import Git

/// Who had work on a branch before a moment: those who did not come for the first time after it.
///
/// A commit came to the branch with the commit of the branch's own line that brought it, so whoever wrote anything
/// that the line held before the moment came earlier. Only committer dates on that line decide; what commits of a
/// merged branch say of their own dates does not matter.
public struct EarlierAuthors {
  /// As many commits of the line in a row must be older than a moment: one wrong clock does not end a window.
  private static let confirmations = 5

  private let repository: Repository
  private let tip: ObjectID

  /// Prepares to read the branch that ends with the tip.
  public init(_ repository: Repository, tip: ObjectName) {
    self.repository = repository
    self.tip = ObjectID(tip)
  }

  /// For each moment, in the order given, everybody who wrote a commit that the branch held before it.
  ///
  /// All of history is read once, whatever the number of moments. People are named as recorded, and besides by the
  /// form that the mailmap gives them.
  public func find(before moments: [Instant], jobs: Int) throws(HarvestProblem) -> [Set<Identity>] {
    do {
      let cuts = try cuts(at: moments)
      let order = cuts.indices.filter { cuts[$0].commit != nil }.sorted { moments[$0] < moments[$1] }
      let scan = try HistoryScan.authors(repository, roots: order.compactMap { cuts[$0].commit }, jobs: jobs)
      let mailmap = try repository.mailmap(atCommit: tip)
      var found = [Set<Identity>](repeating: [], count: moments.count)
      for author in scan.authors {
        let (name, email) = (author.identity.name, author.identity.email)
        let canonical = mailmap.resolve(name: name, email: email)
        for place in order[author.firstRoot...] {
          found[place].insert(Identity(name: name, email: email))
          found[place].insert(Identity(name: canonical.name, email: canonical.email))
        }
      }
      return found
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  /// Where the branch's own line passes a moment.
  private struct Cut {
    /// The newest commit that is older than the moment; nil when there is none.
    var commit: ObjectID?
    /// How many older ones followed it without a younger one between.
    var older = 0
  }

  private func cuts(at moments: [Instant]) throws -> [Cut] {
    var cuts = [Cut](repeating: Cut(), count: moments.count)
    var next: ObjectID? = tip
    while let id = next, cuts.contains(where: { $0.older < Self.confirmations }) {
      // A commit that is not there ends the line; that it is missing is told by whoever reads the history.
      guard let commit = try repository.commit(id) else { break }
      let seconds = commit.committer?.seconds ?? 0
      for place in cuts.indices where cuts[place].older < Self.confirmations {
        if seconds >= moments[place].seconds {
          cuts[place] = Cut()
        } else {
          if cuts[place].older == 0 { cuts[place].commit = id }
          cuts[place].older += 1
        }
      }
      next = commit.parents.first
    }
    return cuts
  }
}
