internal import Facts
internal import Git

/// Hints from changes of which another record names the people: the note on the landed commit, or its footers.
struct AccountReviews {
  /// A change with the people whom another record names for it.
  private struct Told: Sendable {
    let landed: Instant
    let submitter: (account: Identity, person: Identity)?
    /// Voters by account and by name, for each label and strength for which there are equally many.
    let voters: [(accounts: [Identity], people: [Identity])]
    let basis: AccountName.Basis
  }

  private let changes: [Told]

  init(_ changes: [GerritChange], notes: [ReviewNotesCollection.Entry], _ context: SourceContext) {
    var noteOf: [ObjectName: ReviewNotesCollection.Entry] = [:]
    for entry in notes where noteOf[entry.annotated] == nil { noteOf[entry.annotated] = entry }
    let notes = noteOf
    // Landed commits are read as objects, because the history of a window holds few of them.
    let told = context.repository.concurrently(changes.count, jobs: context.jobs) { repository, place in
      Self.told(changes[place], notes, repository)
    }
    self.changes = told.compactMap { $0 }
  }

  private static func told(
    _ change: GerritChange, _ noteOf: [ObjectName: ReviewNotesCollection.Entry], _ repository: Repository
  ) -> Told? {
    guard change.status == .merged else { return nil }
    let votes = lastVotes(of: change)
    for set in change.patchSets.reversed() {
      guard let entry = noteOf[set.commit], entry.block.tells(change) else { continue }
      return told(change, votes, by: entry)
    }
    return footers(of: change, votes, repository)
  }

  /// Who submitted, as number and as name.
  var submitters: [AccountHint] {
    changes.compactMap { change in
      change.submitter.map {
        AccountHint(account: $0.account, person: $0.person, basis: .reviewNotes, time: change.landed)
      }
    }
  }

  /// The one voter who is left of each label and strength, when everybody else is known.
  func lastVoters(knowing known: [Identity: Set<AccountTrait>]) -> [AccountHint] {
    changes.flatMap { change in
      change.voters.compactMap { voters in
        let unknown = voters.accounts.filter { known[$0] == nil }
        guard let account = unknown.first, unknown.count == 1 else { return nil }
        let traits = voters.accounts.reduce(into: Set<AccountTrait>()) { $0.formUnion(known[$1] ?? []) }
        let left = voters.people.filter { traits.isDisjoint(with: AccountTrait.all(of: $0)) }
        guard let person = left.first, left.count == 1 else { return nil }
        return AccountHint(account: account, person: person, basis: change.basis, time: change.landed)
      }
    }
  }

  private static func told(
    _ change: GerritChange, _ votes: [Vote: [Identity]], by entry: ReviewNotesCollection.Entry
  ) -> Told? {
    guard let landed = entry.landed else { return nil }
    var people: [Vote: [Identity]] = [:]
    for ballot in entry.block.ballots { people[ballot.vote, default: []] += ballot.voter.map { [$0] } ?? [] }
    let voters = people.keys.sorted().compactMap { vote -> (accounts: [Identity], people: [Identity])? in
      guard let accounts = votes[vote], let named = people[vote], named.count == accounts.count else {
        return nil
      }
      return (accounts, named)
    }
    let submitter = change.submitter.flatMap { account in
      account.isGerritAccount ? entry.block.submitter.map { (account, $0) } : nil
    }
    return Told(landed: landed, submitter: submitter, voters: voters, basis: .reviewNotes)
  }

  /// `Reviewed-by`, which the server writes for every positive vote on `Code-Review`, of whatever strength.
  private static func footers(
    of change: GerritChange, _ votes: [Vote: [Identity]], _ repository: Repository
  ) -> Told? {
    let positive = votes.filter { $0.key.label == "Code-Review" && $0.key.value > 0 }.flatMap(\.value)
    guard !positive.isEmpty, let landing = change.merge?.time, let set = change.currentPatchSet,
      // A commit that is missing or broken names nobody.
      let commit = try? repository.commit(ObjectID(set.commit))
    else { return nil }
    let message = Array(commit.messageText.utf8)[...]
    guard ReviewLines.mayHoldPeople(message) else { return nil }
    let people = Trailers.parse(message, mode: .strict).trailers
      .filter { $0.key.lowercased() == "reviewed-by" }.flatMap { PersonList.parse($0.value) }
    guard people.count == positive.count else { return nil }
    return Told(
      landed: landing, submitter: nil, voters: [(positive.sorted { $0.email < $1.email }, people)],
      basis: .footers)
  }

  /// The last vote of every account on every label, whatever patch set it was given on: servers let votes stand for
  /// later ones, and old versions did not record that.
  private static func lastVotes(of change: GerritChange) -> [Vote: [Identity]] {
    var last: [VoteKey: Int] = [:]
    var order: [VoteKey] = []
    for update in change.updates {
      for vote in update.votes {
        guard let voter = vote.voter, voter.isGerritAccount else { continue }
        let key = VoteKey(label: vote.label, voter: voter)
        if last.updateValue(vote.value, forKey: key) == nil { order.append(key) }
      }
    }
    var votes: [Vote: [Identity]] = [:]
    for key in order {
      guard let value = last[key], value != 0 else { continue }
      votes[Vote(label: key.label, value: value), default: []].append(key.voter)
    }
    return votes
  }

  private struct VoteKey: Hashable {
    let label: String
    let voter: Identity
  }
}

extension ReviewNotesBlock {
  /// Whether the note is about this change: by its number, or it names none.
  fileprivate func tells(_ change: GerritChange) -> Bool {
    link.map { $0.number == String(change.number) } ?? true
  }
}

extension [Vote: [Identity]].Keys {
  /// By label, then by strength.
  fileprivate func sorted() -> [Vote] {
    sorted { one, other in
      one.label != other.label
        ? one.label.utf8.lexicographicallyPrecedes(other.label.utf8) : one.value < other.value
    }
  }
}
