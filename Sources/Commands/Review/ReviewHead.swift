internal import Facts
internal import Git
internal import Harvest

/// The commit that a word on a review is about: its newest one, which nobody must have to guess.
struct ReviewHead {
  /// A place where the branch under review is.
  private struct Place {
    let reference: String
    let tip: ObjectID
  }

  let commit: ObjectID

  /// The head of an open review, by git-appraise's rules (`GetHeadCommit` in review.go), but never a guess.
  ///
  /// git-appraise takes this clone's own branch even where the remote's is another, and falls back on comments
  /// when the branch was rewritten. Both could make somebody approve what they have not seen.
  init(of subject: ReviewSubject, lookedAt revision: String?, in repository: Repository) throws {
    let (id, current) = (subject.id, subject.discussion.current)
    let start = try Self.start(of: subject, in: repository)
    guard !current.reviewRef.isEmpty else {
      commit = start
      try check(revision, id)
      return
    }
    let places = try Self.places(of: current.reviewRef, in: repository)
    guard !places.isEmpty else {
      throw CommandFailure.other(
        "\(current.reviewRef), the branch of \(id), is not in this clone; fetch it, and look at it")
    }
    let whole = try Self.holding(start, places, in: repository)
    guard let first = whole.first else {
      throw CommandFailure.other(
        "\(current.reviewRef) was rewritten after the review of it was requested: it lacks \(start.short); "
          + "`tributary review request` by whoever proposes it says that \(id) goes on there")
    }
    if whole.contains(where: { $0.tip != first.tip }) {
      guard let revision, let chosen = whole.first(where: { $0.tip.hex.isNamed(by: revision) }) else {
        let list = whole.map { "\($0.reference) is at \($0.tip.short)" }.joined(separator: ", ")
        throw CommandFailure.other("\(list); say with --revision which one you looked at")
      }
      commit = chosen.tip
    } else {
      commit = first.tip
    }
    try check(revision, id)
  }

  /// The newest commit that is known of a review that may be over, for a comment on it.
  init(known subject: ReviewSubject, in repository: Repository) throws {
    let known = subject.contribution.revisions.reversed().map { ObjectID(name: $0) }
    commit = try known.first { try repository.header(of: $0)?.kind == .commit } ?? subject.annotated
  }

  private func check(_ revision: String?, _ id: ContributionID) throws {
    guard let revision else { return }
    guard revision.utf8.count >= 7, revision.utf8.count <= 40, revision.allSatisfy(\.isHexDigit) else {
      throw CommandFailure.other(
        "--revision: '\(revision)' is no commit id of at least 7 digits, as `git rev-parse` prints it")
    }
    guard commit.hex.isNamed(by: revision) else {
      throw CommandFailure.other(
        "you looked at \(revision), but the head of \(id) is \(commit.hex): it has moved; "
          + "`git diff \(revision) \(commit.short)` shows what is new")
    }
  }

  /// The commit that the review starts from: the one after a rewriting, else the annotated one.
  private static func start(of subject: ReviewSubject, in repository: Repository) throws -> ObjectID {
    let alias = subject.discussion.current.alias
    guard !alias.isEmpty else { return subject.annotated }
    guard let start = ObjectID(hex: alias), try repository.header(of: start)?.kind == .commit else {
      throw CommandFailure.other(
        "\(subject.id) goes on at \(alias), which is not in this clone; fetch its branch first")
    }
    return start
  }

  /// Where a branch is: here, and at each remote.
  private static func places(of reference: String, in repository: Repository) throws -> [Place] {
    var names = [reference]
    if let short = reference.withoutPrefix("refs/heads/") {
      names += try repository.references(under: "refs/remotes/").map(\.name).filter { name in
        let parts = name.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 && parts[3] == short
      }
    }
    return try names.compactMap { name in
      guard let target = try repository.resolve(reference: name),
        let tip = try repository.peelToCommit(target)
      else { return nil }
      return Place(reference: name, tip: tip)
    }
  }

  /// The places from which the commit can be reached.
  private static func holding(
    _ start: ObjectID, _ places: [Place], in repository: Repository
  ) throws -> [Place] {
    if places.allSatisfy({ $0.tip == start }) { return places }
    let history = try History.load(
      repository, roots: [start] + places.map(\.tip), options: .init(changedPaths: .none))
    guard let ancestor = history.index(of: start) else { return [] }
    return places.filter { place in
      history.index(of: place.tip).map { history.isAncestor(ancestor, of: $0) } ?? false
    }
  }
}

extension String {
  /// Whether an id begins with these digits, of either case.
  fileprivate func isNamed(by digits: String) -> Bool { hasPrefix(digits.lowercased()) }
}
