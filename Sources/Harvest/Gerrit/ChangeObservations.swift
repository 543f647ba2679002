import Facts

/// Turns the updates of one change into observations, oldest first.
struct ChangeObservations {
  private let change: GerritChange
  private let labels: ReviewLabels
  private let commitOf: [Int: ObjectName]
  private var isDraft = false
  private var isClosed = false
  /// Votes that count at the moment, by label and account.
  private var standing: [GerritBallot: GerritStanding] = [:]
  private(set) var observations: [Observation] = []

  init(_ change: GerritChange, labels: ReviewLabels) {
    self.change = change
    self.labels = labels
    var commitOf: [Int: ObjectName] = [:]
    for update in change.updates { if let commit = update.upload { commitOf[update.patchSet] = commit } }
    self.commitOf = commitOf
    observations.reserveCapacity(change.updates.count * 2)
  }

  /// All observations of the change.
  mutating func all() -> [Observation] {
    if let first = change.updates.first { open(first) }
    var comment = change.comments.startIndex
    for (place, update) in change.updates.enumerated() {
      var end = comment
      while end < change.comments.endIndex, change.comments[end].published <= place { end += 1 }
      add(update, comments: change.comments[comment..<end])
      comment = end
    }
    land()
    return observations
  }

  private mutating func add(_ update: GerritUpdate, comments: ArraySlice<GerritComment>) {
    let before = observations.count
    if let commit = update.upload { say(.revision(commit), update) }
    addState(update)
    for reviewer in update.reviewers { add(reviewer, update) }
    for relation in update.relations {
      say(.related(relation.relation, to: .change(String(relation.number))), update)
    }
    for vote in update.votes where vote.label != GerritVote.submitLabel { add(vote, update) }
    for vote in update.copiedVotes { carry(vote, update) }
    for item in update.attention { say(.attention(of: item.person, isNeeded: item.isNeeded), update) }
    addComments(update, comments, hasSaidNothing: observations.count == before)
  }

  /// The opening; of a log whose start is missing only the latest possible moment is known.
  private mutating func open(_ first: GerritUpdate) {
    guard !change.isIncomplete else {
      observations.append(
        Observation(.opened, .between(nil, first.time), by: nil, .bounded, evidence(first)))
      return
    }
    say(.opened, first)
    // A comment that is older than the creation bounds it from above.
    let written = change.comments.lazy.compactMap(\.written).min()
    if first.isMigrated, let written, written < first.time {
      observations[observations.count - 1].time = .between(nil, written)
    }
  }

  private mutating func addState(_ update: GerritUpdate) {
    switch update.status {
    case .abandoned?:
      say(.abandoned, update)
      isClosed = true
    case .merged?: isClosed = true
    case .new?:
      if isClosed { say(.restored, update) }
      isClosed = false
    case nil: break
    }
    let isDraftNow =
      update.isWorkInProgress ?? (update.isDraft ? true : update.status == .new ? false : isDraft)
    guard isDraftNow != isDraft, update.isWorkInProgress != nil || update.status != nil || update.isDraft
    else { return }
    isDraft = isDraftNow
    say(isDraft ? .draft : .ready, update)
  }

  private mutating func add(_ reviewer: GerritReviewer, _ update: GerritUpdate) {
    switch reviewer.state {
    case .reviewer where reviewer.person != update.actor: say(.reviewRequested(of: reviewer.person), update)
    case .removed:
      say(.reviewerRemoved(reviewer.person), update)
      for ballot in standing.keys.filter({ $0.voter == reviewer.person }).sorted(by: { $0.label < $1.label })
      {
        withdraw(ballot, update)
      }
    case .reviewer, .copied: break
    }
  }

  private mutating func say(_ kind: Observation.Kind, _ update: GerritUpdate) {
    say(kind, update, by: update.realActor ?? update.actor)
  }

  private mutating func say(
    _ kind: Observation.Kind, _ update: GerritUpdate, by actor: Identity?, vote: GerritVote? = nil
  ) {
    var observation = Observation(
      kind, update.isMigrated ? .between(nil, update.time) : .at(update.time), by: actor,
      update.isMigrated ? .bounded : .recorded, evidence(update))
    observation.vote = vote.map { Vote(label: $0.label, value: $0.value) }
    observations.append(observation)
  }

  private func evidence(_ update: GerritUpdate) -> Evidence {
    Evidence(ref: change.ref, object: update.commit)
  }

  /// The landing, with the patch set that was current: a server that rebases makes one for it.
  private mutating func land() {
    guard let merge = change.merge, let landed = change.currentPatchSet else { return }
    say(.landed(commit: landed.commit), merge, by: change.submitter)
  }
}

/// One account's vote on one label.
struct GerritBallot: Hashable {
  let label: String
  let voter: Identity?
}

/// What a vote says at the moment, and for which patch set.
struct GerritStanding: Hashable {
  let value: Int
  let patchSet: Int
}

extension ChangeObservations {
  private mutating func add(_ vote: GerritVote, _ update: GerritUpdate) {
    let ballot = GerritBallot(label: vote.label, voter: vote.voter)
    guard vote.value != 0, !vote.isRemoval else {
      // A zero on a patch set that had no vote of this account takes nothing back.
      if standing[ballot]?.patchSet == update.patchSet || vote.isRemoval { withdraw(ballot, update) }
      return
    }
    let before = standing.updateValue(
      GerritStanding(value: vote.value, patchSet: update.patchSet), forKey: ballot)
    // A server that makes a patch set on submit writes the votes that it takes over once more.
    if update.upload != nil, let before, before.value == vote.value, before.patchSet != update.patchSet {
      return carry(vote, update)
    }
    let revision = commitOf[update.patchSet]
    guard !update.isByTool, let opinion = labels.opinion(vote) else {
      return say(
        .labelled(Vote(label: vote.label, value: vote.value), revision: revision), update, by: vote.voter)
    }
    say(.verdict(opinion, revision: revision), update, by: vote.voter, vote: vote)
  }

  /// A vote on an earlier patch set that stands for this one: no new event of anybody.
  private mutating func carry(_ vote: GerritVote, _ update: GerritUpdate) {
    guard !vote.isRemoval else { return withdraw(GerritBallot(label: vote.label, voter: vote.voter), update) }
    guard vote.value != 0 else { return }
    standing[GerritBallot(label: vote.label, voter: vote.voter)] = GerritStanding(
      value: vote.value, patchSet: update.patchSet)
    guard let opinion = labels.opinion(vote) else { return }
    say(
      .verdictCarried(opinion, revision: commitOf[update.patchSet]), update, by: vote.voter, vote: vote)
  }

  private mutating func withdraw(_ ballot: GerritBallot, _ update: GerritUpdate) {
    guard standing.removeValue(forKey: ballot) != nil else { return }
    let vote = GerritVote(label: ballot.label, value: 0, voter: ballot.voter)
    if labels.isOpinion(ballot.label) {
      say(.verdictWithdrawn, update, by: ballot.voter, vote: vote)
    } else {
      say(
        .labelled(Vote(label: ballot.label, value: 0), revision: commitOf[update.patchSet]), update,
        by: ballot.voter)
    }
  }

  /// A comment of each account that wrote one, or an automatic message.
  ///
  /// Gerrit's own tags mark the text of its pages, not the comments that somebody publishes with it.
  private mutating func addComments(
    _ update: GerritUpdate, _ comments: ArraySlice<GerritComment>, hasSaidNothing: Bool
  ) {
    let written = comments.filter { !$0.isByTool }
    let isMessage = update.message.isWritten || update.message.onlyStatesVotes && update.votes.isEmpty
    let actor = update.realActor ?? update.actor
    if !update.isAutomatic, isMessage || written.contains(where: { $0.author == actor }), actor != nil {
      let own = written.filter { $0.author == actor || $0.author == update.actor }
      say(
        .comment(onCode: own.contains(where: \.isOnCode), asks: own.contains(where: \.isUnresolved)), update)
    } else if let tag = update.tag, update.isAutomatic, update.message.isPresent,
      update.isByTool || (hasSaidNothing && update.status == nil)
    {
      say(.automatic(tag: tag), update)
    }
    let others = written.filter { update.isAutomatic || ($0.author != actor && $0.author != update.actor) }
    for author in Set(others.compactMap(\.author)).sorted(by: { $0.email < $1.email }) {
      let own = others.filter { $0.author == author }
      say(
        .comment(onCode: own.contains(where: \.isOnCode), asks: own.contains(where: \.isUnresolved)), update,
        by: author)
    }
    for tag in Set(comments.filter(\.isByTool).compactMap { $0.tag ?? $0.robot.map { "robot:\($0)" } })
      .sorted()
    where tag != update.tag || !update.isAutomatic {
      say(.automatic(tag: tag), update)
    }
  }
}
