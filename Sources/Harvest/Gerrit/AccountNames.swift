internal import Facts
internal import Git

/// The people behind the accounts of one repository's changes, and how sure that is.
///
/// NoteDb knows accounts by number and server only. Names and addresses come from a clone of the server's own
/// All-Users repository, or else from what other records say of the same changes; `AccountVerdict` has the measure.
/// An account that falls short of it keeps its number.
struct AccountNames {
  private(set) var names: [Identity: AccountName] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// All accounts that the changes name.
  private let accounts: [Identity]
  /// Hints, but too few, or at several people.
  private(set) var doubtful = 0
  /// Accounts whose address another account of the same server has as well.
  private(set) var sharing = 0

  init(_ changes: [GerritChange], notes: [ReviewNotesCollection.Entry], _ context: SourceContext) {
    accounts = changes.accounts(Workers(context.jobs))
    guard !accounts.isEmpty else { return }
    var verdicts = Self.verdicts(changes, notes: notes, context)
    let records = AccountRecords(context.companions, accounts: accounts, verdicts: verdicts)
    diagnostics = records.diagnostics
    Self.withdrawDuplicates(in: &verdicts)
    let recorded = changes.recordedAccountNames
    for account in accounts {
      let verdict = verdicts[account]
      names[account] = records.names[account] ?? verdict?.name ?? recorded[account]
      if names[account] == nil, verdict != nil { doubtful += 1 }
    }
    sharing = Self.sharing(names).count
  }

  /// The verdict on every account at which anything hints.
  ///
  /// Uploads and submitters come first, because each of these records names one account and one person. Voters are
  /// told apart by leaving out those who are known, twice: whom the first turn names, the second can leave out.
  private static func verdicts(
    _ changes: [GerritChange], notes: [ReviewNotesCollection.Entry], _ context: SourceContext
  ) -> [Identity: AccountVerdict] {
    let reviews = AccountReviews(changes, notes: notes, context)
    let direct = AccountUploads(changes, context).hints + reviews.submitters
    var verdicts = judge(direct)
    for _ in 1...2 {
      let known = verdicts.filter { $0.value.name != nil }.mapValues(\.traits)
      let hints = reviews.lastVoters(knowing: known).filter { known[$0.account] == nil }
      for (account, verdict) in judge(hints + direct.filter { known[$0.account] == nil }) {
        verdicts[account] = verdict
      }
    }
    return verdicts
  }

  private static func judge(_ hints: [AccountHint]) -> [Identity: AccountVerdict] {
    let grouped = Dictionary(grouping: hints, by: \.account)
    return Dictionary(uniqueKeysWithValues: grouped.map { ($0.key, AccountVerdict($0.key, $0.value)) })
  }

  /// Takes a name away that rests on less than the measure and would make two accounts of one server one person.
  private static func withdrawDuplicates(in verdicts: inout [Identity: AccountVerdict]) {
    for account in sharing(verdicts.compactMapValues(\.name)) where verdicts[account]?.isWeak ?? false {
      verdicts[account]?.withdraw()
    }
  }

  /// Accounts that have an address in common with another account of their server.
  private static func sharing(_ names: [Identity: AccountName]) -> [Identity] {
    struct Place: Hashable {
      let server: Substring?
      let address: Address
    }
    let groups = Dictionary(grouping: names.keys) { account in
      Place(server: account.gerritServer, address: names[account]?.identity.address ?? account.address)
    }
    return groups.values.filter { $0.count > 1 }.flatMap { $0 }
  }
}

extension AccountNames {
  /// How many accounts are named, by what, and how many are not.
  var report: SourceReport? {
    guard !accounts.isEmpty else { return nil }
    let bases = AccountName.Basis.allCases.map { basis in
      SourceReport.Count(basis.rawValue, names.values.count { $0.basis == basis })
    }
    return SourceReport(
      .gerrit, place: "accounts in refs/changes/*/meta", records: accounts.count, unreadable: 0,
      counts: [.init("named", names.count)] + bases + [
        .init("doubtful", doubtful), .init("without-evidence", accounts.count - names.count - doubtful),
        .init("sharing-an-address", sharing),
      ])
  }
}

extension [GerritChange] {
  /// Every account that the changes name, by server and number.
  fileprivate func accounts(_ workers: Workers) -> [Identity] {
    var found: Set<Identity> = []
    for part in workers.slices(of: count, { self[$0].people }) { found.formUnion(part) }
    return found.filter(\.isGerritAccount).sorted { one, other in
      let (left, right) = (one.gerritServer ?? "", other.gerritServer ?? "")
      return left != right
        ? left.utf8.lexicographicallyPrecedes(right.utf8)
        : (one.gerritNumber ?? 0, one.email) < (other.gerritNumber ?? 0, other.email)
    }
  }

  /// The names that old logs have beside the number, each account's most frequent one.
  fileprivate var recordedAccountNames: [Identity: AccountName] {
    var counts: [Identity: [String: Int]] = [:]
    for change in self {
      for (account, name) in change.recordedNames where account.isGerritAccount {
        counts[account, default: [:]][name, default: 0] += 1
      }
    }
    var found: [Identity: AccountName] = [:]
    for (account, names) in counts {
      let most = names.max { one, other in
        one.value != other.value
          ? one.value < other.value : other.key.utf8.lexicographicallyPrecedes(one.key.utf8)
      }
      guard let most else { continue }
      found[account] = AccountName(
        identity: Identity(name: most.key, email: account.email), agreeing: most.value,
        observations: names.values.reduce(0, +), basis: .recordedName)
    }
    return found
  }
}

extension ArraySlice<GerritChange> {
  fileprivate var people: Set<Identity> {
    var found: Set<Identity> = []
    for change in self {
      for place in change.updates.indices { change.updates[place].addPeople(to: &found) }
      for comment in change.comments { if let author = comment.author { found.insert(author) } }
      for comment in change.robotComments { if let author = comment.author { found.insert(author) } }
    }
    return found
  }
}

extension GerritUpdate {
  fileprivate func addPeople(to found: inout Set<Identity>) {
    if let actor { found.insert(actor) }
    if let realActor { found.insert(realActor) }
    for vote in votes { if let voter = vote.voter { found.insert(voter) } }
    for vote in copiedVotes { if let voter = vote.voter { found.insert(voter) } }
    for reviewer in reviewers { found.insert(reviewer.person) }
    for attention in attention { found.insert(attention.person) }
  }
}
