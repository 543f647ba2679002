internal import Facts

extension Observation {
  /// Whether the record was there at a moment; one that nothing dates counts as old.
  func isKnown(at moment: Instant) -> Bool {
    switch time {
    case .at(let instant): instant <= moment
    case .between(_, let latest?): latest <= moment
    case .between(let earliest?, nil): earliest <= moment
    case .between(nil, nil), .unknown: true
    }
  }
}

extension Trace {
  /// What the source told of the contribution at a moment; nil when it told nothing yet.
  func standing(at moment: Instant) -> Trace? {
    guard observations.contains(where: { !$0.isKnown(at: moment) }) else { return self }
    var past = self
    past.observations = observations.compactMap { observation in
      observation.isKnown(at: moment) ? observation : unended(observation, at: moment)
    }
    guard past.observations.contains(where: { $0.time != .unknown }), isBegun(past.observations) else {
      return nil
    }
    past.takeBack(observations)
    return past
  }

  /// What began before the moment and was shown to be there only later.
  ///
  /// The opening of a head that landed then. The newest version of a review, which a later comment names; its ref held it
  /// all the time. A review whose commit was on the branch before it was asked for has landed, whenever that is taken to
  /// have been.
  private func unended(_ observation: Observation, at moment: Instant) -> Observation? {
    guard case .between(let earliest?, _) = observation.time, earliest <= moment else { return nil }
    switch observation.kind {
    case .opened where source.isHead: break
    case .revision(let commit) where source == .appraise && commit == commits.last: break
    case .landed where source == .appraise: return observation
    default: return nil
    }
    var begun = observation
    begun.time = .between(earliest, nil)
    return begun
  }

  /// Whether what makes the source know of the contribution was there: a head its commit, a review its request.
  private func isBegun(_ known: [Observation]) -> Bool {
    func has(_ observations: [Observation], _ isWanted: (Observation.Kind) -> Bool) -> Bool {
      observations.contains { isWanted($0.kind) }
    }
    if source.isHead || source == .changeRefs {
      return !has(observations, \.isRevision) || has(known, \.isRevision)
    }
    guard source.recordsReviews, has(observations, { $0 == .opened }) else { return true }
    return has(known) { $0 == .opened }
  }

  /// Puts the source's own word and the version under review back to what is left of the `whole` observations.
  private mutating func takeBack(_ whole: [Observation]) {
    let hadLanded = whole.contains { $0.kind.isLanding }
    let hasLanded = observations.contains { $0.kind.isLanding }
    let isTakenBack = hadLanded && !hasLanded
    switch standing {
    case .head: if isTakenBack { standing = .head(.notFound) }
    case .series: if isTakenBack { standing = .series(.posted) }
    case .change(.merged) where !hadLanded: break
    case .change: standing = .change(hasLanded ? .merged : isAbandoned ? .abandoned : .new)
    case .appraise(.abandoned): if !isAbandoned { standing = .appraise(.pending) }
    case .appraise: if isTakenBack { standing = .appraise(.pending) }
    case nil: break
    }
    guard source == .gerrit, !hasLanded else { return }
    let revisions = observations.compactMap { observation -> ObjectName? in
      if case .revision(let commit) = observation.kind { commit } else { nil }
    }
    guard let current = revisions.last, commits != [current] else { return }
    commits = [current]
    paths = nil
  }

  /// Whether the last word so far is that the change was given up.
  private var isAbandoned: Bool {
    for observation in observations.sorted(by: { $0.seconds < $1.seconds }).reversed() {
      if observation.kind == .abandoned { return true }
      if observation.kind == .restored { return false }
    }
    return false
  }

  /// The same without commits that undid it after a moment.
  func withoutLaterReverts(than moment: Instant) -> Trace {
    guard observations.contains(where: { $0.kind.isRevert && !$0.isKnown(at: moment) }) else { return self }
    var past = self
    past.observations.removeAll { $0.kind.isRevert && !$0.isKnown(at: moment) }
    return past
  }

  /// A head that had not landed yet, with what the commits that landed later tell of it.
  func proposed(as landed: Trace?) -> Trace {
    guard let landed, source.isHead, author == nil else { return self }
    var head = self
    head.standing = .head(.notFound)
    head.author = landed.author
    head.title = landed.title
    head.commits = landed.commits
    head.paths = landed.paths
    // The forge's squash says nothing of the opening; then it was not before the head was committed.
    let pushed = observations.first { $0.kind.isRevision }
    let opening = landed.observations.first { $0.kind == .opened }
    if let pushed, let earliest = opening?.time.notBefore ?? pushed.time.notBefore {
      head.observations.append(
        Observation(.opened, .between(earliest, nil), by: landed.author, .bounded, pushed.evidence))
    }
    return head
  }
}

extension SourceKind {
  /// Whether the source is the last pushed head of a request.
  fileprivate var isHead: Bool { self == .pullRefs || self == .mergeRequestRefs }
}

extension Observation {
  fileprivate var seconds: Int64 { (time.notAfter ?? time.notBefore)?.seconds ?? .max }
}

extension Observation.Kind {
  fileprivate var isRevision: Bool { if case .revision = self { true } else { false } }
  fileprivate var isLanding: Bool { if case .landed = self { true } else { false } }
  fileprivate var isRevert: Bool { if case .reverted = self { true } else { false } }
}
