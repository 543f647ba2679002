internal import Facts
internal import Git

extension LandedTraces {
  /// Plain commits whose footers give them a name that several commits may share, by the first of each; the rest of
  /// them have an empty list.
  ///
  /// A commit that the head of another request claims is told in that one's name.
  func series(claimed: [Int32: RequestKey]) -> [Int32: [Int32]] {
    var members: [ReviewKey: [Int32]] = [:]
    for commit in names.series where isOrdinary(commit) && line.owner[Int(commit)] < 0 {
      guard let key = names[commit]?.own, markers.markers[commit] == nil else { continue }
      if let claim = claimed[commit], .request(claim) != key { continue }
      members[key, default: []].append(commit)
    }
    var series: [Int32: [Int32]] = [:]
    for commits in members.values {
      for commit in commits { series[commit] = [] }
      series[commits[0]] = commits
    }
    return series
  }

  /// Commits of one review: it landed with the last commit of the first run of them.
  mutating func addSeries(_ commits: [Int32]) {
    guard let first = commits.first, commits.contains(where: isInScope) else { return }
    var trace = Trace(source: .history, id: id(of: first, claimedBy: nil))
    let last = line.endOfRun(commits, history)
    fill(&trace, line.landing[Int(last)], commits, grade(of: first))
    for commit in commits { addAliases(names[commit], to: &trace) }
    trace.title = MessageParts(history.utf8Message(first)).subject.text
    trace.paths = paths(of: commits)
    place(trace, last, commits)
  }

  /// A commit without a marker; one that a request's head claims is told in the request's name.
  mutating func addPlain(_ commit: Int32, of request: RequestKey?) {
    guard isInScope(commit) else { return }
    var trace = Trace(source: .history, id: id(of: commit, claimedBy: request))
    fill(&trace, line.landing[Int(commit)], [commit], .derived)
    addAliases(names[commit], to: &trace)
    if names[commit]?.own.isSeries == false { trace.setRevision(name(commit), evidence(commit)) }
    if let origin = names.origins[commit] {
      trace.observations.append(
        Observation(
          .related(.cherryPickOf, to: .commit(ObjectName(git: origin))),
          .at(instant(line.landing[Int(commit)])),
          by: nil, .claimed, evidence(commit)))
    }
    trace.title = MessageParts(history.utf8Message(commit)).subject.text
    trace.paths = history.changedPaths(commit)
    place(trace, commit, [commit])
  }

  /// A merge commit that was itself reviewed as a change of Gerrit.
  mutating func addReviewedMerge(_ commit: Int32, _ name: CommitNames.Names) {
    guard isInScope(commit) else { return }
    var trace = Trace(source: .history, id: contributionNames.id(of: name.own))
    fill(&trace, line.landing[Int(commit)], [commit], .derived)
    trace.paths = history.changedPaths(commit)
    trace.setRevision(self.name(commit), evidence(commit))
    trace.title = MessageParts(history.utf8Message(commit)).subject.text
    place(trace, commit, [commit])
  }

  /// The other names of a commit, but no second request: it landed in one alone.
  func addAliases(_ names: CommitNames.Names?, to trace: inout Trace) {
    guard let names else { return }
    for key in [names.own] + names.others {
      if case .request = key, trace.id.isRequest { continue }
      let id = contributionNames.id(of: key)
      if id != trace.id, !trace.aliases.contains(id) { trace.aliases.append(id) }
    }
  }

  /// The name of a commit: that of the request that claims it, else what its footers say, else its own.
  func id(of commit: Int32, claimedBy request: RequestKey?) -> ContributionID {
    if let request { return contributionNames.id(of: request) }
    return names[commit].map { contributionNames.id(of: $0.own) } ?? .commit(name(commit))
  }

  /// A request that only a link names is as certain as its head's presence makes it.
  private func grade(of commit: Int32) -> Grade {
    guard case .request(let key)? = names[commit]?.own else { return .derived }
    return requests.refs.heads[key] == nil ? .claimed : .derived
  }

  private func paths(of commits: [Int32]) -> [Int32]? {
    if commits.count == 1 { return history.changedPaths(commits[0]) }
    var all = Set<Int32>()
    for commit in commits {
      guard let paths = history.changedPaths(commit) else { return nil }
      all.formUnion(paths)
    }
    return all.sorted()
  }

  private var contributionNames: RequestNames { RequestNames(main: markers.mainForge) }

  /// What reviewers said in a merge of Bitcoin Core's script.
  func addAcks(_ commit: Int32, _ marker: Marker, to trace: inout Trace) {
    guard marker.shape == .namedMerge, marker.forge == .github else { return }
    let head = history.parentIDs(commit).dropFirst().first
    let digits = head?.hexBytes[...] ?? []
    for ack in AckBlock.read(history.utf8Message(commit)) {
      let person = Identity(name: "", email: ack.nick.text)
      let isForHead = !ack.commit.isEmpty && digits.starts(with: ack.commit.map(lowered))
      let revision = isForHead ? head.map { ObjectName(git: $0) } : nil
      let kind: Observation.Kind =
        switch ack.strength {
        case .approval: .approvedByTrailer(key: ack.word)
        case .concept: .verdict(.neutral, revision: revision)
        case .against: .verdict(.reject, revision: revision)
        }
      trace.observations.append(Observation(kind, whileOpen(commit), by: person, .claimed, evidence(commit)))
    }
  }
}

extension Trace {
  /// Sets the head of the change, where the merge that landed it brought more.
  fileprivate mutating func setRevision(_ head: ObjectName, _ evidence: Evidence) {
    for place in observations.indices {
      guard case .revision = observations[place].kind else { continue }
      observations[place].kind = .revision(head)
      observations[place].evidence = evidence
    }
  }
}

extension ContributionID {
  /// Whether this is a number of a forge.
  fileprivate var isRequest: Bool {
    switch self {
    case .pullRequest, .otherPullRequest, .mergeRequest: true
    default: false
    }
  }
}
