extension Joining {
  /// The state that all traces together support.
  ///
  /// A landing decides first. Then the review system's own word. A pull or merge request head that is not found in
  /// history leaves the state undetermined: Git cannot tell an open proposal from a declined one.
  func state(
    of traces: ArraySlice<Trace>, landed: Bool, events: [ReviewEvent]
  ) -> (Contribution.State, Contribution.Basis) {
    if landed { return (.merged, .landed) }
    let isAbandoned = isAbandoned(events)
    for trace in traces {
      guard case .appraise(let status)? = trace.standing else { continue }
      if isAbandoned { return (.abandoned, .review(status)) }
      return (state(of: status, events: events), status == .unknown ? .missingObject : .review(status))
    }
    for trace in traces {
      guard case .change(let status)? = trace.standing else { continue }
      return (state(of: status, events: events), .change(status))
    }
    for trace in traces {
      guard case .series(let status)? = trace.standing else { continue }
      return (status == .applied ? .merged : .undetermined, .series(status))
    }
    for trace in traces {
      guard case .head(let found)? = trace.standing else { continue }
      return (.undetermined, .head(found))
    }
    return (.undetermined, .missingObject)
  }

  private func state(of status: ChangeStatus, events: [ReviewEvent]) -> Contribution.State {
    switch status {
    case .new: isDraft(events) ? .draft : .open
    case .merged: .merged
    case .abandoned: .abandoned
    }
  }

  private func state(of status: AppraiseStatus, events: [ReviewEvent]) -> Contribution.State {
    switch status {
    case .submitted, .submittedWithoutAcceptance, .submittedDespiteRejection: .merged
    case .accepted, .pending, .rejected: isDraft(events) ? .draft : .open
    case .abandoned: .abandoned
    case .unknown: .undetermined
    }
  }

  /// Whether the last word is that the change was given up: git-appraise's status does not always say so.
  private func isAbandoned(_ events: [ReviewEvent]) -> Bool {
    for event in events.reversed() {
      if event.kind == .abandoned { return true }
      if event.kind == .restored { return false }
    }
    return false
  }

  private func isDraft(_ events: [ReviewEvent]) -> Bool {
    for event in events.reversed() {
      if event.kind == .draft { return true }
      if event.kind == .ready { return false }
    }
    return false
  }
}
