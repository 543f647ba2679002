import Facts
import Rules
import Testing

/// What became of an objective: shares, budgets, alarms, misses and what is at risk.
@Suite struct AccountTests {
  private let promise = Promise(.firstResponse)

  /// Met in 2 hours, missed by 12, open and missed, at risk: each is due 8 hours after its opening.
  private func story() throws -> [Change] {
    [
      try Change(1, by: "cy").commented(12, by: "bo"), try Change(2, by: "cy").commented(30, by: "bo"),
      try Change(3, by: "ada", paths: [1]), try Change(4, by: "cy", opened: .at(hour(33))),
    ]
  }

  @Test func `counts what came due and lists misses, the latest first`() throws {
    let ledger = try Ledger(story(), promise, asOf: 40)
    let account = try ledger.account
    #expect(account.appliedCount == 4)
    #expect(account.attainment.tally == Tally(met: 1, missed: 2))
    #expect(ledger.ids(account.breaches) == ["pr/3", "pr/2"])
    #expect(account.breaches.map(\.item.lateness) == [22 * 3600, 12 * 3600])
    #expect(ledger.ids(account.atRisk) == ["pr/4"])
    #expect(account.attainment.budget.isOverspent)
    #expect(account.isBudgetAtStake)
    #expect(account.isInForce)
  }

  @Test func `an old miss leaves the window when it was answered, and stays while it is open`() throws {
    let ledger = try Ledger(story(), promise, asOf: 100, since: 90)
    let account = try ledger.account
    #expect(ledger.ids(account.breaches) == ["pr/3", "pr/4"])
    #expect(account.attainment.tally.decided == 0)
    #expect(account.attainment.overdue == 2)
    #expect(!account.attainment.budget.isOverspent)
  }

  @Test func `tells the window before, and none before all of time`() throws {
    let account = try Ledger(story(), promise, asOf: 40, since: 25).account
    #expect(account.attainment.tally.decided == 0)
    #expect(account.before?.tally == Tally(met: 1, missed: 2))
    #expect(try Ledger(story(), promise, asOf: 40, since: nil).account.before == nil)
  }

  @Test func `a contribution counts in each of its components and of its author's teams`() throws {
    var policy = try Policy.components()
    policy.serviceLevels = promise.policy.serviceLevels
    let ledger = try Ledger(story(), PolicyHistory(always: policy), asOf: 40)
    let account = try ledger.account
    #expect(account.teams.map(\.name) == ["payments", "retail"])
    #expect(account.teams.map(\.attainment.tally) == [Tally(met: 1, missed: 2), Tally(met: 1, missed: 1)])
    #expect(account.components.map(\.name) == ["docs", "network"])
    #expect(
      account.components.map(\.attainment.tally) == [Tally(met: 1, missed: 1), Tally(met: 0, missed: 1)])
  }

  @Test func `what belongs to no part stands last, and parts of which none has a name are left out`() throws {
    let stranger = try Change(5, by: "guest").commented(12, by: "bo")
    let account = try Ledger(try story() + [stranger], promise, asOf: 40).account
    #expect(account.teams.map(\.name) == ["payments", "retail", nil])
    #expect(account.components.isEmpty)
  }

  @Test func `waits that began under an older objective are told under its name`() throws {
    var later = promise
    later.objective.name = "answer"
    let policies = try #require(
      PolicyHistory([
        .init(from: hour(0), commit: nil, policy: promise.policy),
        .init(from: hour(20), commit: nil, policy: later.policy),
      ]))
    let accounts = try Ledger(story(), policies, asOf: 60).accounts
    #expect(accounts.map(\.objective.name) == ["answer", "first-response"])
    #expect(accounts.map(\.isInForce) == [true, false])
    #expect(accounts.map(\.appliedCount) == [1, 3])
    #expect(accounts.map { $0.waits == nil } == [false, true])
    let asked = try Ledger(story(), policies, asOf: 60, names: ["first-response"]).accounts
    #expect(asked.map(\.objective.name) == ["first-response"])
  }

  @Test func `three misses within a day sound the fast alarm`() throws {
    let changes = try (1...3).map { try Change($0, by: "cy", opened: .at(hour(980))) }
    let account = try Ledger(changes, promise, asOf: 1000).account
    #expect(account.alarms.map(\.isSounding) == [true, true])
    #expect(account.alarms.map(\.short) == [Tally(met: 0, missed: 3), Tally(met: 0, missed: 3)])
    #expect(account.alarms.first?.signal == .burning(rate: 10.000000000000002, threshold: 2))
    let two = try Ledger(Array(changes.prefix(2)), promise, asOf: 1000).account
    #expect(two.alarms.map(\.isSounding) == [false, false])
    #expect(two.alarms.first?.signal == .notEnoughData(missed: 2, floor: 3))
  }

  @Test func `lists what came due or is open, and nothing else`() throws {
    let early = try Change(5, by: "cy", opened: .at(hour(35))).commented(36, by: "bo")
    let ledger = Ledger(try story() + [early], promise, asOf: 40, since: 20)
    let account = try ledger.account
    #expect(ledger.ids(account.lines) == ["pr/3", "pr/4"])
    #expect(account.attainment.early == 1)
  }
}
