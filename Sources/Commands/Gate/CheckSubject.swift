internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// What `check` is asked about: a branch, and the commits that may land on it.
struct CheckSubject {
  /// The full name of the branch that is asked about.
  let branch: String
  let update: GateSession.Update
  private let repository: Repository
  private let arguments: Arguments
  private let world: World

  init(_ arguments: Arguments, _ repository: Repository, _ world: World) throws {
    self.arguments = arguments
    self.repository = repository
    self.world = world
    branch = try Self.branch(arguments, repository)
    update = try Self.update(arguments, repository, branch, world)
  }

  /// The commit whose policy judges: the branch as it stands, or as it stood at the moment asked about.
  ///
  /// Never the start of a range: whoever proposes a change chooses where it forks, and could choose a commit whose policy
  /// was kinder, or one of their own. Nil for a policy from elsewhere.
  func policyTip() throws -> ObjectID? {
    guard arguments[Options.policies] == nil else { return nil }
    let tip = try Self.tip(of: branch, repository)
    try checkStart(tip)
    guard arguments[Options.asOf] != nil else { return tip }
    var commit = tip
    while let object = try repository.commit(commit), let date = object.committer?.seconds,
      date > world.now.seconds, let parent = object.parents.first
    {
      commit = parent
    }
    return commit
  }

  /// Refuses a range that begins beside the branch: more than the range would land.
  private func checkStart(_ tip: ObjectID) throws {
    guard let old = update.old, old != tip else { return }
    // What cannot be walked is the session's to tell.
    let beside = try? CommitRange(of: repository, from: [tip], to: old, budget: Budget())
    guard let beside, let first = beside.commits.last else { return }
    throw CommandFailure.incomplete(
      "\(branch) at \(tip.hex) does not hold \(first.id.hex), where the range begins, so more than the range would land; "
        + "fetch the branch, or begin the range with what it holds")
  }

  private static func branch(_ arguments: Arguments, _ repository: Repository) throws -> String {
    if let name = arguments[Options.branch] {
      // That branch would be `refs/remotes/origin/origin/main` here, which anybody may have pushed.
      guard !name.hasPrefix("origin/") else {
        throw CommandFailure.other(
          "--branch is \(name), expected the branch's own name, such as \(name.dropFirst("origin/".count))")
      }
      return name.hasPrefix("refs/") ? name : "refs/heads/\(name)"
    }
    // A clone remembers which branch its origin calls the main one.
    for candidate in ["refs/remotes/origin/HEAD"] {
      let found = try repository.references(under: candidate).first { $0.name == candidate }
      if let target = found?.symbolicTarget, target.hasPrefix("refs/remotes/origin/") {
        return "refs/heads/" + target.dropFirst("refs/remotes/origin/".count)
      }
    }
    for name in ["refs/heads/main", "refs/heads/master"] where try repository.resolve(reference: name) != nil
    {
      return name
    }
    guard case .branch(let name, _) = try repository.head() else {
      throw CommandFailure.other("HEAD names no branch; say with --branch where the change is meant to land")
    }
    return name
  }

  private static func update(
    _ arguments: Arguments, _ repository: Repository, _ branch: String, _ world: World
  ) throws -> GateSession.Update {
    if let range = arguments[Options.range] {
      guard let dots = range.firstRange(of: ".."), dots.lowerBound > range.startIndex,
        dots.upperBound < range.endIndex, range[dots.upperBound] != "."
      else { throw CommandFailure.other("--range is \(range), expected OLD..NEW") }
      return .init(
        reference: branch, old: try commit(String(range[..<dots.lowerBound]), repository),
        new: try commit(String(range[dots.upperBound...]), repository))
    }
    let old = try tip(of: branch, repository)
    if let id = arguments[Options.change] {
      return .init(reference: branch, old: old, new: try head(of: id, arguments, repository, world))
    }
    return .init(reference: branch, old: old, new: try commit("HEAD", repository))
  }

  /// What the branch holds: as it is here, or as it was fetched.
  private static func tip(of branch: String, _ repository: Repository) throws -> ObjectID {
    let remote = branch.replacing("refs/heads/", with: "refs/remotes/origin/", maxReplacements: 1)
    for name in [remote, branch] {
      if let id = try repository.resolve(reference: name) { return id }
    }
    throw CommandFailure.incomplete(
      "\(branch) is not in this clone; fetch it (in a pipeline: with its whole history)")
  }

  /// The commit that a word means; a word that means two of them is refused.
  ///
  /// Whoever may push a tag or a branch chooses its name, so one that is called like the main branch as it was fetched
  /// must not be taken for it.
  private static func commit(_ word: String, _ repository: Repository) throws -> ObjectID {
    if word.utf8.count == 40, let id = ObjectID(hex: word) {
      guard try repository.peelToCommit(id) == id else {
        throw CommandFailure.other("\(word) is no commit of this repository")
      }
      return id
    }
    let base = String(word.prefix { $0 != "~" && $0 != "^" })
    let name = try onlyName(base, repository) ?? base
    do throws(GitError) {
      return try repository.revision(name + word.dropFirst(base.count))
    } catch {
      guard repository.isShallow else { throw CommandFailure.other(error.message) }
      throw CommandFailure.incomplete(
        "\(error.message); the clone is shallow, `git fetch --unshallow` brings the rest")
    }
  }

  /// The full name of the one reference that a word means; nil where it means none.
  private static func onlyName(_ word: String, _ repository: Repository) throws -> String? {
    if word == "HEAD" || word.hasPrefix("refs/") { return word }
    let names = ["refs/heads/", "refs/tags/", "refs/remotes/"].map { $0 + word } + ["refs/\(word)"]
    var known = try names.filter { try repository.resolve(reference: $0) != nil }
    let name = known.first
    if let id = try repository.object(abbreviated: word) { known.append("object \(id.hex)") }
    guard known.count < 2 else {
      throw CommandFailure.other("\(word) is \(known.joined(separator: " and ")); say which by its full name")
    }
    return name
  }

  /// The newest revision of a contribution.
  private static func head(
    of id: String, _ arguments: Arguments, _ repository: Repository, _ world: World
  ) throws -> ObjectID {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    let entry = try ContributionLookup.one(
      id, in: try Analyst(plan: plan, world: world).analyse().entries())
    guard entry.contribution.landing == nil else {
      throw CommandFailure.other("\(id) has landed already")
    }
    guard let head = entry.contribution.revisions.last else {
      throw CommandFailure.other("no revision of \(id) is in this clone")
    }
    return ObjectID(head)
  }
}
