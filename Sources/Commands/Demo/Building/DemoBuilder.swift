internal import Facts
internal import Git

/// Writes the story into a repository, event after event.
struct DemoBuilder {
  /// What was written of one contribution.
  struct Written {
    var contribution: DemoContribution
    /// The number by which the forge knows it.
    var number: Int?
    var base: ObjectID?
    /// The author's own commits, oldest first.
    var commits: [ObjectID] = []
    /// The author's own files, as they were when the last of these commits was made.
    var files = DemoFiles()
    /// The commit that brought it to the branch, and its first parent.
    var landed: (commit: ObjectID, onto: ObjectID)?
  }

  let writer: RepositoryWriter
  private(set) var written: [Written] = []
  /// The branch so far.
  private(set) var tip: ObjectID?
  private var files = DemoFiles()
  private var numbers = 0

  init(_ writer: RepositoryWriter) { self.writer = writer }

  /// Writes everything; afterwards the references tell the whole story.
  mutating func build(_ story: [DemoContribution]) throws {
    written = story.map { Written(contribution: $0) }
    for (place, step) in Self.steps(of: story) {
      switch step {
      case .begin: try begin(place)
      case .land: try land(place)
      }
    }
    try point("refs/heads/main", at: tip)
    try DemoNotes(writer).write(written)
  }

  private enum Step { case begin, land }

  /// Beginnings and landings by time; the order of the story decides where times are equal.
  private static func steps(of story: [DemoContribution]) -> [(place: Int, step: Step)] {
    var steps: [(at: Instant, place: Int, step: Step)] = []
    for (place, contribution) in story.enumerated() {
      let landing = contribution.landing
      if landing?.way != .push { steps.append((contribution.begun, place, .begin)) }
      if let landing { steps.append((landing.at, place, .land)) }
    }
    return steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map { ($0.element.place, $0.element.step) }
  }

  func point(_ reference: String, at commit: ObjectID?) throws {
    if let commit { try writer.updateReference(reference, from: nil, to: commit) }
  }
}

extension DemoBuilder {
  /// Writes the author's commits on top of the branch as it is, and the references that a forge keeps.
  private mutating func begin(_ place: Int) throws {
    var own = files
    if let title = written[place].contribution.reverts {
      try prepareRevert(of: title, at: place)
    }
    let contribution = written[place].contribution
    var head = tip
    written[place].base = tip
    for commit in contribution.commits {
      apply(commit, of: contribution, to: &own)
      let ident = commit.by.ident(at: commit.at)
      let id = try writer.commit(
        tree: try own.tree(in: writer), parents: [head].compactMap { $0 }, author: ident, committer: ident,
        message: DemoMessages.plain(commit))
      written[place].commits.append(id)
      head = id
    }
    written[place].files = own
    guard contribution.isPull else {
      if contribution.landing == nil, contribution.review?.abandoned == nil {
        try point("refs/heads/\(DemoMessages.branch(of: contribution))", at: head)
      }
      return
    }
    numbers += 1
    written[place].number = numbers
    try point("refs/pull/\(numbers)/head", at: head)
    if contribution.keepsTestMerge { try keepTestMerge(place) }
  }

  /// The forge's trial of a merge, made when the request was opened.
  private mutating func keepTestMerge(_ place: Int) throws {
    let contribution = written[place].contribution
    guard let base = written[place].base, let head = written[place].commits.last,
      let last = contribution.commits.last, let number = written[place].number
    else { return }
    let merge = try writer.commit(
      tree: try written[place].files.tree(in: writer), parents: [base, head],
      author: last.by.ident(at: last.at),
      committer: DemoMessages.forge(at: last.at, last.by.zone),
      message: "Merge \(head.hex) into \(base.hex)\n")
    try point("refs/pull/\(number)/merge", at: merge)
  }

  private func apply(_ commit: DemoCommit, of contribution: DemoContribution, to files: inout DemoFiles) {
    guard let reverted = contribution.reverts else { return files.apply(commit.edits) }
    for other in written where other.contribution.title == reverted {
      for commit in other.contribution.commits { files.takeBack(commit.edits) }
    }
  }

  /// Puts the words of `git revert` into a contribution that takes another one back.
  private mutating func prepareRevert(of title: String, at place: Int) throws {
    guard let target = written.first(where: { $0.contribution.title == title }), let landed = target.landed
    else { throw DemoFlaw.nothingToRevert(title) }
    let isMerge =
      switch target.contribution.landing?.way {
      case .merge, .queue, .submit: true
      default: false
      }
    written[place].contribution.title = "Revert \"\(title)\""
    written[place].contribution.commits[0].subject =
      "Revert \"\(title)\"\n\n"
      + (isMerge
        ? "This reverts commit \(landed.commit.hex), reversing\nchanges made to \(landed.onto.hex)."
        : "This reverts commit \(landed.commit.hex).")
  }
}

extension DemoBuilder {
  /// Brings a contribution to the branch.
  private mutating func land(_ place: Int) throws {
    let own = written[place]
    guard let landing = own.contribution.landing else { return }
    switch landing.way {
    case .push: try push(place, landing)
    case .releaseMerge: try mergeIntoRelease(place, landing)
    case .rebase:
      try advance(place, committer: DemoMessages.forge(at: landing.at, landing.by.zone))
    case .squash, .merge, .queue, .submit: try bring(place, landing)
    }
  }

  /// Commits straight onto the branch.
  private mutating func push(_ place: Int, _ landing: DemoContribution.Landing) throws {
    if let title = written[place].contribution.reverts { try prepareRevert(of: title, at: place) }
    written[place].contribution.commits[0].trailers += landing.trailers
    try advance(place, committer: landing.by.ident(at: landing.at))
  }

  /// Writes the author's commits anew on top of the branch.
  private mutating func advance(_ place: Int, committer: String) throws {
    let contribution = written[place].contribution
    for commit in contribution.commits {
      apply(commit, of: contribution, to: &files)
      try append(place, [], commit.by.ident(at: commit.at), committer, DemoMessages.plain(commit))
    }
  }

  /// One commit for everything: a merge, or a squash.
  private mutating func bring(_ place: Int, _ landing: DemoContribution.Landing) throws {
    let own = written[place]
    let contribution = own.contribution
    for commit in contribution.commits { apply(commit, of: contribution, to: &files) }
    let head = own.commits.suffix(1)
    let by = landing.by.ident(at: landing.at)
    let forge = DemoMessages.forge(at: landing.at, landing.by.zone)
    let message = DemoMessages.landing(own)
    switch landing.way {
    case .squash:
      let author = contribution.author.signature(at: contribution.begun)
      try append(place, [], "\(author) \(landing.by.zone.stamp(landing.at))", forge, message)
    case .submit: try append(place, head, by, by, message)
    default: try append(place, head, by, forge, message)
    }
  }

  private mutating func append(
    _ place: Int, _ others: some Sequence<ObjectID>, _ author: String, _ committer: String, _ message: String
  ) throws {
    let before = [tip].compactMap { $0 }
    let commit = try writer.commit(
      tree: try files.tree(in: writer), parents: before + others, author: author, committer: committer,
      message: message)
    written[place].landed = before.first.map { (commit, $0) }
    tip = commit
  }

  /// Merges into the release branch, which begins where the contribution was begun.
  private mutating func mergeIntoRelease(_ place: Int, _ landing: DemoContribution.Landing) throws {
    let own = written[place]
    guard let base = own.base, let head = own.commits.last else {
      throw DemoFlaw.noCommits(own.contribution.title)
    }
    let merge = try writer.commit(
      tree: try written[place].files.tree(in: writer), parents: [base, head],
      author: landing.by.ident(at: landing.at),
      committer: DemoMessages.forge(at: landing.at, landing.by.zone), message: DemoMessages.landing(own))
    try point("refs/heads/release/1.3", at: merge)
  }
}
