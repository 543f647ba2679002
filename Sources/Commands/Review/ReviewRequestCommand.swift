internal import Facts
internal import Git
internal import Harvest
internal import Rules

/// `review request`: asks for a review of a branch, as `git appraise request` does.
enum ReviewRequestCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let repository = try world.openReviewed(arguments)
    let (branch, head) = try proposed(arguments[Options.head], in: repository)
    let remote = world.remoteName(of: repository, branch: branch)
    guard
      let wanted = try arguments[Options.targetBranch] ?? TargetBranch.usual(in: repository, remote: remote)
    else {
      throw CommandFailure.other("which branch is the change meant for? name it with --target")
    }
    let target = try TargetBranch(wanted, in: repository, remote: remote)
    guard branch != target.name else {
      throw CommandFailure.other(
        "\(branch) is the branch that changes are meant for; make one for yours first: `git switch -c NAME`")
    }
    let range = try range(from: head, branch, to: target, in: repository)
    let session = try ReviewSession(arguments, branch: target.name, world)
    let wishes = RequestDraft.Wishes(
      reviewers: reviewers(arguments, session.reading), message: arguments[Options.message])
    let draft = try RequestDraft(
      .init(branch: branch, head: head, target: target, range: range), wishes, session.reading, session.voice)
    let written = try session.record(on: draft.annotated, "Request a review", draft.draft)
    let report = ReviewReport(
      action: "request", done: done(draft.relation), annotated: draft.annotated,
      title: title(written), revision: head, branch: branch, target: target.name,
      author: session.voice.author, signer: session.signer, written: written,
      isRehearsal: arguments[Options.dryRun], alsoPushed: branch.isEmpty ? [] : [branch], remote: remote)
    return try report.write(arguments, world)
  }

  private static func done(_ relation: RequestDraft.Relation) -> String {
    switch relation {
    case .new: "Requested"
    case .goesOn, .rewritten: "Requested again:"
    case .takenUpAgain: "Taken up again:"
    }
  }

  private static func title(_ written: WrittenReview) -> String {
    written.records.lazy.compactMap { AppraiseRequest(storedLine: $0.line) }
      .first { !$0.targetRef.isEmpty }?.description ?? ""
  }

  // MARK: What is proposed

  /// The branch under review and its newest commit; no branch where a single commit is meant.
  private static func proposed(
    _ wanted: String?, in repository: Repository
  ) throws -> (branch: String, head: ObjectID) {
    guard let wanted else { return try checkedOut(in: repository) }
    for name in [wanted, "refs/heads/" + wanted] where name.hasPrefix("refs/") {
      guard let target = try repository.resolve(reference: name) else { continue }
      guard let commit = try repository.peelToCommit(target) else { break }
      return (local(name), commit)
    }
    if (7...40).contains(wanted.utf8.count), wanted.allSatisfy(\.isHexDigit),
      // A name that leads nowhere is told in our own words.
      let commit = try? repository.commitish(wanted)
    {
      return ("", commit)
    }
    throw CommandFailure.other("--head: '\(wanted)' is no branch, full reference name or commit id here")
  }

  private static func checkedOut(in repository: Repository) throws -> (branch: String, head: ObjectID) {
    switch try repository.head() {
    case .branch(let name, let id):
      guard let commit = try repository.peelToCommit(id) else {
        throw CommandFailure.other("\(name) leads to no commit; try `git fsck`")
      }
      return (name, commit)
    case .detached(let id): return ("", id)
    case .unborn(let name):
      throw CommandFailure.other("\(name) has no commit yet, so there is nothing to review")
    case .broken(let name):
      throw CommandFailure.other(
        "HEAD points at \(name), which is no branch and no commit; name one with --head")
    }
  }

  /// A remote's branch by the name that it has there, which is how everybody else finds it.
  private static func local(_ name: String) -> String {
    let parts = name.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1] == "remotes" else { return name }
    return "refs/heads/" + parts[3]
  }

  private static func range(
    from head: ObjectID, _ branch: String, to target: TargetBranch, in repository: Repository
  ) throws -> ProposedRange {
    let what = branch.isEmpty ? head.short : branch
    let range: ProposedRange
    do {
      range = try ProposedRange(head: head, targets: target.tips, in: repository)
    } catch let problem as ProposedRange.Problem {
      throw CommandFailure.other(problem.words(what, target.name))
    }
    guard !branch.isEmpty || range.commits.count == 1 else {
      throw CommandFailure.other(
        "\(what) brings \(range.commits.count) commits to \(target.name), and a review without a branch is of one; "
          + "make a branch: `git switch -c NAME`")
    }
    return range
  }

  /// Addresses as given; a handle of the roster becomes its first address.
  private static func reviewers(_ arguments: Arguments, _ reading: ReviewReading) -> [String] {
    var reviewers: [String] = []
    for word in arguments.all(Options.reviewer).flatMap({ $0.split(separator: ",") }) {
      let name = String(word).trimmed
      let person = name.contains("@") ? nil : reading.policy.roster?.person(handle: name)
      let address = person?.emails.first ?? name
      if !address.isEmpty, !reviewers.contains(address) { reviewers.append(address) }
    }
    return reviewers
  }
}

extension ProposedRange.Problem {
  func words(_ what: String, _ target: String) -> String {
    switch self {
    case .nothingNew: "\(what) has nothing that \(target) lacks; commit the change first"
    case .nothingInCommon:
      "\(what) and \(target) have no commit in common, so there is nothing to compare with"
    case .cutOff:
      "this clone is shallow, and the beginning of \(what) is cut off; `git fetch --unshallow` brings it"
    case .tooMany(let limit):
      "\(what) brings more than \(limit) commits to \(target); is that the right branch? --target names another"
    case .missing(let id): "commit \(id.hex) is missing or broken; try `git fsck`"
    }
  }
}
