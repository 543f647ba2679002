internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// One repository as whoever records a review needs to know it: contributions, people and the policy as of now.
struct ReviewReading {
  let repository: Repository
  let harvested: Harvested
  let people: People
  let policy: Policy
  let entries: [ContributionEntry]
  /// What could not be known, and does not keep anybody from recording.
  let remarks: [String]
  /// The remote that the notes are shared through.
  let remote: String

  /// Reads the repository as the branch sees it that changes are meant for, by default the usual one.
  ///
  /// Signatures are not checked: nothing here depends on them. A policy that is broken is no reason not to review its
  /// correction.
  init(_ arguments: Arguments, _ repository: Repository, branch: String? = nil, world: World) throws {
    var plan = AnalysisPlan(arguments, world: world, defaultWindow: .all, readsEverything: true)
    let branch = try arguments[Options.branch] ?? Self.place(branch, in: repository, world)
    plan.branch = branch
    let path = plan.repositories[0]
    let analyst = Analyst(plan: plan, world: world)
    let harvested: Harvested
    do {
      let options = Harvester.Options(branch: branch, asOf: world.now, jobs: plan.jobs)
      harvested = try Harvester(repository, options).harvest()
    } catch { throw CommandFailure.harvest(error, path: path) }
    var remarks: [String] = []
    let history: PolicyHistory
    do {
      let loading = PolicyLoading(world: world)
      history =
        try plan.policies.map { try loading.fixed($0, repositories: [path]).history }
        ?? loading.ofBranch(harvested).history
    } catch let failure as CommandFailure {
      guard case .policy(_, let place) = failure else { throw failure }
      history = PolicyHistory(always: .defaults)
      remarks.append("the policy in \(place) is broken (`tributary policy check`), so nothing is said by it")
    }
    // A clone without a readable configuration names no remote.
    let configuration = try? world.readFile(repository.commonDirectory + "/config")
    let remote = configuration.flatMap { ConfigurationValue.remote(ofBranch: harvested.branch, in: $0) }
    let analysis = try analyst.judge(harvested, history, repository, path, name: "", remote: remote)
    self.repository = repository
    self.harvested = harvested
    self.remarks = remarks
    self.remote = remote?.name ?? "origin"
    people = analysis.people
    policy = history.inForce(at: world.now).policy
    entries = analysis.entries
  }

  /// Where the branch is that changes are meant for; nil leaves it to `HEAD`.
  private static func place(_ branch: String?, in repository: Repository, _ world: World) throws -> String? {
    let remote = world.remoteName(of: repository)
    guard let name = try branch ?? TargetBranch.usual(in: repository, remote: remote) else { return nil }
    return try TargetBranch.place(of: name, in: repository, remote: remote)
  }

  /// Whether two addresses, as records hold them, are one person's.
  func isSamePerson(_ one: String, _ other: String) -> Bool {
    people.directory.isSamePerson(Identity(name: "", email: one), Identity(name: "", email: other))
  }

  /// Whether the address is that of somebody who wrote part of the change.
  func isAuthor(_ address: String, of contribution: Contribution) -> Bool {
    let key = people.directory.key(of: Identity(name: "", email: address))
    return ([contribution.author].compactMap { $0 } + contribution.coauthors).contains {
      people[$0].key == key
    }
  }
}

extension World {
  /// Opens the one repository that a review is recorded in.
  func openReviewed(_ arguments: Arguments) throws -> Repository {
    guard arguments.repositories.count < 2 else {
      throw CommandFailure.other("a review is recorded in one repository; name one with -C")
    }
    return try openRepository(arguments.repositories.first ?? ".")
  }
}

/// A review that a name leads to, with everything that is noted on it.
struct ReviewSubject {
  let contribution: Contribution
  /// The commit that the notes are on.
  let annotated: ObjectID
  let discussion: ReviewDiscussion

  /// The review of a contribution that was found by any of its names.
  init(_ id: String, in reading: ReviewReading) throws {
    let contribution = try Self.contribution(id, reading)
    let names = ([contribution.id] + contribution.aliases).compactMap { name -> ObjectName? in
      if case .review(let commit) = name { commit } else { nil }
    }
    guard let name = names.first else {
      throw CommandFailure.other(
        "\(contribution.id) has no request for a review in Git notes to answer; "
          + "`tributary review request --head REV` makes one")
    }
    guard names.count == 1 else {
      throw CommandFailure.severalContributions(id, in: names.map { "review/\($0.short)" })
    }
    let annotated = ObjectID(name: name)
    let ledger = try ReviewLedger.reading(reading.repository, on: annotated)
    guard let discussion = ledger.notes[name].flatMap(ReviewDiscussion.init) else {
      throw CommandFailure.other("the request for \(contribution.id) is in another repository; record there")
    }
    self.contribution = contribution
    self.annotated = annotated
    self.discussion = discussion
  }

  /// A clone has the notes of its server only when somebody has fetched them.
  private static func contribution(_ id: String, _ reading: ReviewReading) throws -> Contribution {
    do {
      return try ContributionLookup.one(id, in: reading.entries).contribution
    } catch let failure as CommandFailure {
      guard case .noSuchContribution = failure,
        try reading.repository.resolve(reference: ReviewLedger.reviewsRef) == nil
      else { throw failure }
      throw CommandFailure.other(
        "\(failure.description); this clone has no requests for reviews, "
          + "`git fetch \(reading.remote.shellWord) 'refs/notes/devtools/*:refs/notes/devtools/*'` brings them"
      )
    }
  }

  /// How the review is named.
  var id: ContributionID { .review(ObjectName(id: annotated)) }

  /// Refuses what makes sense only while the review goes on.
  func mustBeOpen(for what: String) throws {
    if discussion.isAbandoned || contribution.state == .abandoned {
      throw CommandFailure.other(
        "\(id) was withdrawn, so there is nothing to \(what); `tributary review request` takes it up again")
    }
    if let landing = contribution.landing {
      throw CommandFailure.other(
        "\(id) landed as \(landing.commit.short) on \(landing.at.rfc3339.prefix(10)); it is too late to \(what)"
      )
    }
    if contribution.state == .merged {
      throw CommandFailure.other("\(id) landed already; it is too late to \(what)")
    }
    guard contribution.state != .undetermined else {
      throw CommandFailure.other(
        "the first commit of \(id), \(annotated.hex), is not in this clone; fetch its branch first")
    }
  }
}

extension ReviewLedger {
  /// The notes on one object, for a person who wants to add to them.
  static func reading(_ repository: Repository, on object: ObjectID) throws -> ReviewLedger {
    do {
      return try ReviewLedger(repository, on: ObjectName(id: object))
    } catch { throw CommandFailure.other("the notes cannot be read: \(error.message)") }
  }
}

extension ObjectName {
  init(id: ObjectID) {
    let words = id.words
    self.init(high: words.high, middle: words.middle, low: words.low)
  }
}

extension ObjectID {
  init(name: ObjectName) {
    let words = name.words
    self.init(high: words.high, middle: words.middle, low: words.low)
  }

  /// The first twelve digits.
  var short: String { ObjectName(id: self).short }
}
