public import Facts

extension Gate {
  /// Judges a push to the notes that hold reviews: they only grow, and everybody speaks for themselves.
  ///
  /// A line must name whoever pushes it, or carry their signature. A service whose key vouches may push for others.
  public func judge(_ notes: ProposedNotes) -> UpdateVerdict {
    var verdict = UpdateVerdict(
      reference: notes.reference, old: notes.old, new: notes.new, outcome: .passed, policy: context.commit)
    if !notes.isFastForward { verdict.violations.append(GateViolation(.notes(.rewritten))) }
    verdict.violations += notes.losing.map { GateViolation(.notes(.lineRemoved($0)), commit: $0) }
    verdict.violations += notes.unreadable.sorted { $0.key < $1.key }.map {
      GateViolation(.notes(.unreadable($0.key, detail: $0.value)), commit: $0.key)
    }
    let pusher = context.pusher.flatMap { identities.approver($0) }
    for line in notes.lines where !pusherVouches && !line.isSigned {
      let author = identities.approver(Identity(name: "", email: line.author))
      let isOwn =
        author == nil
        ? context.pusher.map { $0.address == Address(line.author) } ?? false
        : author?.handle == pusher?.handle
      guard !isOwn else { continue }
      verdict.violations.append(
        GateViolation(.notes(.notTheirOwn(line.annotated, author: line.author)), commit: line.annotated))
    }
    if !verdict.violations.isEmpty { verdict.outcome = .refused }
    return verdict
  }
}
