internal import Facts
internal import Git
internal import Harvest

/// Who is taken to be behind the accounts of a Gerrit server, by what the whole repository tells of them.
///
/// Only asked where the policy takes approvals that are derived: names are inferred from commits that people wrote.
final class GateAccounts {
  private let repository: Repository
  private let world: World

  init(_ repository: Repository, _ world: World) {
    self.repository = repository
    self.world = world
  }

  func name(_ update: inout ProposedUpdate) {
    guard update.approvals.contains(where: { $0.source == .gerrit }) else { return }
    // What cannot be read names nobody: an account without a name approves nothing.
    guard let harvested = try? Harvester(repository, .init(branch: update.reference)).harvest() else {
      return
    }
    update.name(harvested.accounts)
  }
}
