public import Facts
internal import Git

/// Reads the approvals of proposed updates from every system that keeps its records in the repository.
///
/// One place for all of them, so that whatever the system a gate weighs the same: whose it is, of what, for which branch,
/// when, how well it is known, and what speaks against it.
public final class ApprovalSources {
  private let updates: ProposalReader
  private let named: Set<ApprovalSource>
  private let verifier: SignatureVerifier?
  private let now: Instant
  private let notes: ApprovalReader
  private var gerrit: GerritApprovals
  private let attestations: GittufReader

  /// What of the records could not be read so far.
  public var diagnostics: [Diagnostic] {
    notes.diagnostics + gerrit.diagnostics + attestations.diagnostics
  }

  /// `named` are the systems that the policy names; without a verifier no signature proves anything.
  public init(
    _ updates: ProposalReader, named: Set<ApprovalSource>, by verifier: SignatureVerifier?, now: Instant
  ) {
    self.updates = updates
    self.named = named
    self.verifier = verifier
    self.now = now
    notes = ApprovalReader(updates, named: named)
    gerrit = GerritApprovals(updates)
    attestations = GittufReader(updates.repository)
  }

  /// Adds the approvals of the update's own commits, by the systems that the policy names.
  public func add(to update: inout ProposedUpdate) throws(UpdateObstacle) {
    try notes.add(to: &update)
    if named.contains(.gerrit) { try addVotes(.ofItsCommits, to: &update) }
    if named.contains(.gittuf) { try addAttestations(to: &update) }
  }

  /// Adds what else bears on the update, and says whether there is anything: the same change under other names, and for
  /// whoever asks why it may not land the approvals of systems that the policy does not name.
  public func addOthers(to update: inout ProposedUpdate) throws(UpdateObstacle) -> Bool {
    let before = update.approvals.count
    _ = try notes.addOthers(to: &update)
    if named.contains(.gerrit) { try addVotes(.ofOtherCommits, to: &update) }
    addUnnamed(to: &update)
    return update.approvals.count > before
  }

  /// Raises the grade of records in notes that a signature proves; that of the other systems is told already.
  public func prove(_ update: inout ProposedUpdate) {
    guard let verifier else { return }
    notes.prove(&update, by: verifier, now: now)
  }

  /// Only for the words of a refusal: what cannot be read is not told.
  private func addUnnamed(to update: inout ProposedUpdate) {
    do throws(UpdateObstacle) {
      if !named.contains(.gerrit) { try addVotes(.ofItsCommits, to: &update) }
      if !named.contains(.gittuf) { try addAttestations(to: &update) }
    } catch { return }
  }

  private func addVotes(
    _ scope: GerritApprovals.Scope, to update: inout ProposedUpdate
  ) throws(UpdateObstacle) {
    update.approvals += try gerrit.approvals(of: update, scope)
  }

  private func addAttestations(to update: inout ProposedUpdate) throws(UpdateObstacle) {
    update.approvals += try GittufApprovals(updates, attestations, by: verifier, now: now)
      .approvals(of: update)
  }
}

extension ProposedUpdate {
  /// Says of Gerrit's accounts who is taken to be behind them, wherever they had a hand or a say.
  public mutating func name(_ accounts: [Identity: AccountName]) {
    for number in approvals.indices
    where approvals[number].source == .gerrit && approvals[number].account == nil {
      approvals[number].account = accounts[approvals[number].person]
      approvals[number].rejections += approvals[number].rejections.compactMap { accounts[$0]?.identity }
      approvals[number].contributors += approvals[number].contributors.compactMap { hand in
        accounts[hand.identity].map { ProposedContributor($0.identity, hand.role, of: hand.commit) }
      }
    }
  }
}
