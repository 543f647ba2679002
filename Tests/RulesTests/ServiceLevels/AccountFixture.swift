import Facts
import Rules
import Testing

/// Accounts of changes that are judged together, as of an hour.
struct Ledger {
  let accounts: [ServiceLevelAccount]
  let subjects: [ServiceLevelAccounts.Subject]
  let asOf: Instant

  init(
    _ changes: [Change], _ policies: PolicyHistory, asOf hours: Int64, since: Int64? = 0,
    names: Set<String> = []
  ) {
    asOf = hour(hours)
    let judgement = Judgement(changes, policies, asOf: asOf)
    subjects = judgement.assessments.map { .init($0, by: judgement.assessor, repository: 0) }
    let window = Window(since: since.map(hour), until: asOf)
    accounts =
      ServiceLevelAccounts(
        subjects, objectives: policies.inForce(at: asOf).policy.serviceLevels.objectives,
        .init(asOf: asOf, window: window, names: names)
      ).accounts
  }

  init(_ changes: [Change], _ promise: Promise, asOf hours: Int64, since: Int64? = 0) {
    self.init(changes, PolicyHistory(always: promise.policy), asOf: hours, since: since)
  }

  /// The only account.
  var account: ServiceLevelAccount {
    get throws {
      try #require(accounts.count == 1)
      return accounts[0]
    }
  }

  var waits: ServiceLevelWaits { get throws { try #require(try account.waits) } }

  func ids(_ lines: [ServiceLevelAccount.Line]) -> [String] {
    lines.map { subjects[$0.subject].assessment.contribution.id.description }
  }
}
