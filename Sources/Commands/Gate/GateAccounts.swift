internal import Facts
internal import Git
internal import Harvest

/// Who is taken to be behind the accounts of a Gerrit server, by what the whole repository tells of them.
///
/// Only asked where the policy takes approvals that are derived: names are inferred from commits that people wrote.
final class GateAccounts {
  private let repository: Repository
  private lazy var accounts = read()

  init(_ repository: Repository) { self.repository = repository }

  func name(_ update: inout ProposedUpdate) {
    guard update.approvals.contains(where: { $0.source == .gerrit }) else { return }
    update.name(accounts)
  }

  private func read() -> [Identity: AccountName] {
    // What cannot be read names nobody: an account without a name approves nothing.
    (try? Harvester(repository, .init()).harvest())?.accounts ?? [:]
  }
}
