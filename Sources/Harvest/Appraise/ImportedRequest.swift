import Facts

/// What the imported records of one request say happened beyond what git-appraise can say.
struct ImportedRequest {
  /// One for each of the forge's events, by time.
  private let records: [NoteRecord<AppraiseRequest>]
  private let evidence: Evidence

  init(_ requests: [NoteRecord<AppraiseRequest>], evidence: Evidence) {
    self.evidence = evidence
    var byID: [String: NoteRecord<AppraiseRequest>] = [:]
    for request in requests {
      guard let mark = request.record.mark, request.record.timestamp.appraiseInstant != nil else { continue }
      if let known = byID[mark.id], !request.saysMore(than: known) { continue }
      byID[mark.id] = request
    }
    records = byID.values.sorted { one, other in
      let (first, second) = (one.record, other.record)
      if first.timestamp.precedesInBytes(second.timestamp) { return true }
      if second.timestamp.precedesInBytes(first.timestamp) { return false }
      let (mark, otherMark) = (first.mark, second.mark)
      if mark?.rank != otherMark?.rank { return (mark?.rank ?? 0) < (otherMark?.rank ?? 0) }
      return (mark?.id ?? "").precedesInBytes(otherMark?.id ?? "")
    }
  }

  /// Whether the forge itself tells the request, from its opening on.
  var isOpened: Bool { records.contains { $0.record.mark?.event == .opened } }

  /// The commit by which the request landed.
  var landed: ObjectName? {
    for record in records.reversed() where record.record.mark?.event == .merged {
      return record.record.mark?.commit.fullObjectName
    }
    return nil
  }

  /// The heads that are told.
  var revisions: Set<ObjectName> {
    Set(
      records.compactMap { record in
        switch record.record.mark?.event {
        case .opened, .revision: record.record.mark?.commit.fullObjectName
        default: nil
        }
      })
  }

  /// Whether the last word of the forge is that the request was closed without landing.
  var isClosed: Bool {
    for record in records.reversed() {
      switch record.record.mark?.event {
      case .closed: return true
      case .reopened, .merged: return false
      default: continue
      }
    }
    return false
  }

  func observations() -> [Observation] {
    records.compactMap { record in
      guard let mark = record.record.mark, let kind = kind(of: mark) else { return nil }
      let dating = record.dating([:])
      let actor = mark.event == .opened ? dating.person : Identity(appraise: mark.actor)
      return Observation(kind, dating.time, by: actor, dating.grade, evidence)
    }
  }

  private func kind(of mark: ForgeMark) -> Observation.Kind? {
    let commit = mark.commit.fullObjectName
    switch mark.event {
    case .draft: return .draft
    case .ready: return .ready
    case .opened, .revision: return commit.map { .revision($0) }
    case .merged: return commit.map { .landed(commit: $0) }
    case .closed: return .abandoned
    case .reopened: return .restored
    case .reviewRequested: return Identity(appraise: mark.subject).map { .reviewRequested(of: $0) }
    case .reviewerRemoved: return Identity(appraise: mark.subject).map { .reviewerRemoved($0) }
    case .updated, .comment, .review, .vote, .withdrawn, .settled, .automatic: return nil
    }
  }
}

extension NoteRecord<AppraiseRequest> {
  /// Of two records of one event, the one that knows the exact time, then who did it, then the longer one.
  fileprivate func saysMore(than other: NoteRecord<AppraiseRequest>) -> Bool {
    guard let mark = record.mark, let known = other.record.mark else { return record.mark != nil }
    if mark.notBefore.isEmpty != known.notBefore.isEmpty { return mark.notBefore.isEmpty }
    if mark.actor.isEmpty != known.actor.isEmpty { return !mark.actor.isEmpty }
    let (own, others) = (record.line, other.record.line)
    if own.count != others.count { return own.count > others.count }
    return others.lexicographicallyPrecedes(own)
  }
}
