internal import Facts
internal import Git

/// The changes that the notes tell, each as a trace.
struct ReviewNotesTraces {
  private(set) var traces: [Trace] = []
  /// The entry of each trace, by the trace's place.
  private(set) var entries: [ReviewNotesCollection.Entry] = []
  /// Blocks that told a change a second time.
  private(set) var repeated = 0
  /// Changes whose number another host had given before.
  private(set) var renamed = 0

  private var places: [ReviewNotesLink: Int] = [:]
  /// By number, the host that is known by the number alone.
  private var hosts: [String: String] = [:]
  private let labels: ReviewLabels
  private let context: SourceContext

  init(_ collection: ReviewNotesCollection, labels: ReviewLabels, _ context: SourceContext) {
    self.labels = labels
    self.context = context
    for entry in collection.entries {
      // Which host has a number is settled by all notes, so that the name does not depend on the window.
      if let link = entry.block.link, !isLater(entry), hosts[link.number] == nil {
        hosts[link.number] = link.host
      }
      if isInScope(entry) { add(entry) }
    }
  }

  /// Not what landed after the as-of moment, nor what was over before the window began.
  private func isInScope(_ entry: ReviewNotesCollection.Entry) -> Bool {
    if isLater(entry) { return false }
    guard let since = context.since, let landed = entry.landed else { return true }
    return landed >= since
  }

  private func isLater(_ entry: ReviewNotesCollection.Entry) -> Bool {
    guard let asOf = context.asOf, let landed = entry.landed else { return false }
    return landed > asOf
  }

  /// Of several blocks about one change of one host the first gives the facts; all name its commits.
  private mutating func add(_ entry: ReviewNotesCollection.Entry) {
    if let link = entry.block.link, let place = places[link] {
      repeated += 1
      if !traces[place].commits.contains(entry.annotated) { traces[place].commits.append(entry.annotated) }
      return
    }
    var trace = Trace(source: .reviewNotes, id: id(of: entry))
    trace.title = entry.commit?.subject ?? ""
    trace.author = entry.commit?.author
    trace.target = entry.block.branch.flatMap { $0.isEmpty ? nil : $0 }
    trace.commits = [entry.annotated]
    trace.paths = context.history.index(of: ObjectID(entry.annotated)).flatMap {
      context.history.changedPaths($0)
    }
    trace.standing = .change(.merged)
    trace.observations = observations(of: entry)
    if let link = entry.block.link { places[link] = traces.count }
    traces.append(trace)
    entries.append(entry)
  }

  /// The number alone for the host that used it first, with the host behind it for any other; without a number the
  /// commit.
  private mutating func id(of entry: ReviewNotesCollection.Entry) -> ContributionID {
    guard let link = entry.block.link else { return .commit(entry.annotated) }
    guard let host = hosts[link.number], host != link.host else {
      hosts[link.number] = link.host
      return .change(link.number)
    }
    renamed += 1
    return .change("\(link.number)@\(link.host)")
  }

  private func observations(of entry: ReviewNotesCollection.Entry) -> [Observation] {
    let evidence = Evidence(ref: ReviewNotesCollection.ref, object: entry.annotated)
    var observations: [Observation] = []
    if let commit = entry.commit {
      let earliest = commit.authored.map { authored in entry.landed.map { min(authored, $0) } ?? authored }
      observations.append(
        Observation(
          .opened, .between(earliest, entry.landed), by: commit.author, .bounded,
          Evidence(object: entry.annotated)))
    }
    for ballot in entry.block.ballots {
      observations.append(self.observation(of: ballot, entry, evidence))
    }
    if let landed = entry.landed {
      observations.append(
        Observation(
          .landed(commit: entry.annotated), .at(landed), by: entry.block.submitter,
          entry.block.submitted == nil ? .derived : .recorded, evidence))
    }
    return observations
  }

  /// The server wrote who voted what, but not when: all that is known is that it was not after the landing.
  private func observation(
    of ballot: ReviewNotesBlock.Ballot, _ entry: ReviewNotesCollection.Entry, _ evidence: Evidence
  ) -> Observation {
    let opinion = labels.opinion(
      GerritVote(label: ballot.vote.label, value: ballot.vote.value, voter: ballot.voter))
    let kind: Observation.Kind =
      opinion.map { .verdict($0, revision: entry.annotated) }
      ?? .labelled(ballot.vote, revision: entry.annotated)
    var observation = Observation(kind, .between(nil, entry.landed), by: ballot.voter, .derived, evidence)
    if opinion != nil { observation.vote = ballot.vote }
    return observation
  }
}
