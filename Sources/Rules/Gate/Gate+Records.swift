public import Facts

extension Gate {
  /// Whether a service pushes whose key vouches for what it says of others.
  var pusherVouches: Bool {
    let pusher = context.pusher.flatMap { identities.approver($0) }
    return pusher.map { $0.isBot && $0.keys.contains(where: \.vouches) } ?? false
  }

  /// Judges a push to what a review system records: nobody but its service writes there.
  public func judge(recordsOf system: ApprovalSource, _ update: UpdateVerdict) -> UpdateVerdict {
    closed(update, pusherVouches ? [] : [.systemOwn(system)])
  }

  /// Judges a push to attestations: they only grow, and an approval is taken back by whoever gave it.
  ///
  /// Anybody may add one, because it counts by its signature alone.
  public func judge(_ attestations: ProposedAttestations, _ update: UpdateVerdict) -> UpdateVerdict {
    guard attestations.isFastForward else { return closed(update, [.rewritten]) }
    let pusher = context.pusher.flatMap { identities.approver($0)?.handle }
    let others = attestations.takingBack.filter { person in
      guard !pusherVouches else { return false }
      let author = identities.approver(person)
      return author == nil ? context.pusher?.address != person.address : author?.handle != pusher
    }
    return closed(update, others.map { .takenBack(author: $0.email) })
  }

  private func closed(_ update: UpdateVerdict, _ flaws: [NotesFlaw]) -> UpdateVerdict {
    var verdict = update
    verdict.violations += flaws.map { GateViolation(.notes($0)) }
    if !verdict.violations.isEmpty { verdict.outcome = .refused }
    return verdict
  }
}
