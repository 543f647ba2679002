internal import Facts
internal import Git

/// Names from the server's own records, where a companion repository holds them.
struct AccountRecords {
  private(set) var names: [Identity: AccountName] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  /// Takes the records of each companion for the server whose accounts they fit.
  ///
  /// All-Users does not say of which server it is, and account 7 of another server is somebody else. So its addresses
  /// must agree with what the changes themselves show (`verdicts`) for at least half of the accounts that can be
  /// compared; where none can be, the repository must have accounts of one server only.
  init(_ companions: [Repository], accounts: [Identity], verdicts: [Identity: AccountVerdict]) {
    let wanted = Set(accounts.compactMap(\.gerritNumber))
    for companion in companions {
      guard let users = AllUsers(companion, wanted: wanted) else { continue }
      diagnostics += users.diagnostics
      let server = Self.server(of: users, accounts: accounts, verdicts: verdicts)
      if server == nil {
        diagnostics.append(
          Diagnostic(.danglingReference(to: "accounts of this repository"), ref: AllUsers.externalIDs))
      }
      for account in accounts where names[account] == nil {
        let number = account.gerritServer == server ? account.gerritNumber : users.imported[account.email]
        guard server != nil, let number, let record = users.records[number] else { continue }
        names[account] = Self.name(of: account, record)
      }
    }
  }

  private static func server(
    of users: AllUsers, accounts: [Identity], verdicts: [Identity: AccountVerdict]
  ) -> Substring? {
    var compared: [Substring: (count: Int, agreeing: Int)] = [:]
    for account in accounts {
      guard let server = account.gerritServer, let number = account.gerritNumber,
        let verdict = verdicts[account], verdict.name != nil, !verdict.isWeak,
        let record = users.records[number], !record.addresses.isEmpty
      else { continue }
      let agrees = record.addresses.contains { verdict.traits.contains(.address($0)) }
      compared[server, default: (0, 0)].count += 1
      if agrees { compared[server, default: (0, 0)].agreeing += 1 }
    }
    let servers = Set(accounts.compactMap(\.gerritServer))
    guard !compared.isEmpty else { return servers.count == 1 ? servers.first : nil }
    let best = compared.max { one, other in
      one.value.agreeing != other.value.agreeing
        ? one.value.agreeing < other.value.agreeing
        : other.key.utf8.lexicographicallyPrecedes(one.key.utf8)
    }
    return best.flatMap { $0.value.agreeing * 2 >= $0.value.count ? $0.key : nil }
  }

  /// Nil when the record has neither a name nor an address.
  private static func name(of account: Identity, _ record: AllUsers.Record) -> AccountName? {
    let email = record.preferredEmail ?? record.emails.first
    guard email != nil || record.fullName != nil else { return nil }
    return AccountName(
      identity: Identity(name: record.fullName ?? account.name, email: email ?? account.email), agreeing: 1,
      observations: 1, basis: .accountRecord)
  }
}
