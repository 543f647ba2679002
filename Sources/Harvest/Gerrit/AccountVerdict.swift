internal import Facts

/// Decides whom the hints at one account name, if they name anybody.
struct AccountVerdict {
  /// So many hints at least must name the person.
  static let leastAgreeing = 3
  /// At least this share of the hints, in percent.
  static let leastShare = 80

  let account: Identity
  /// Nil when the hints do not suffice.
  private(set) var name: AccountName?
  /// Everything the hints that decided say of the person, to recognise them elsewhere.
  private(set) var traits: Set<AccountTrait> = []
  /// Named by fewer hints than are asked for, because all are the account's own work.
  private(set) var isWeak = false

  /// Takes all hints at one account, in whatever order.
  ///
  /// 1. Each kind of evidence alone, the strongest first: enough hints, and nearly all at one person.
  /// 2. All kinds together, by the same measure.
  /// 3. All kinds together since the person named last was first named: people and machines get new names, and then
  ///    older hints say something else.
  /// 4. Fewer hints, none against, one of them a change that the account opened with a commit written and committed by
  ///    the same person.
  init(_ account: Identity, _ hints: [AccountHint]) {
    self.account = account
    let ordered = hints.sorted(by: Self.precedes)
    for basis in AccountName.Basis.allCases where name == nil { decide(ordered.filter { $0.basis == basis }) }
    if name == nil { decide(ordered) }
    if name == nil { decideNewest(ordered) }
    if name == nil { decideOwnWork(ordered) }
  }

  /// Leaves the account without a name after all.
  mutating func withdraw() {
    name = nil
    traits = []
  }

  private mutating func decide(_ hints: [AccountHint]) {
    guard let most = AccountPerson.all(hints).first, most.hints.count >= Self.leastAgreeing,
      most.hints.count * 100 >= hints.count * Self.leastShare
    else { return }
    take(most, of: hints.count)
  }

  private mutating func decideNewest(_ hints: [AccountHint]) {
    let people = AccountPerson.all(hints).filter { $0.hints.count >= Self.leastAgreeing }
    let starts = people.compactMap(\.hints.first?.time)
    guard let start = starts.max() else { return }
    decide(hints.filter { $0.time >= start })
  }

  private mutating func decideOwnWork(_ hints: [AccountHint]) {
    let people = AccountPerson.all(hints)
    guard let only = people.first, people.count == 1, hints.contains(where: \.isOwnWork) else { return }
    isWeak = hints.count < Self.leastAgreeing
    take(only, of: hints.count)
  }

  private mutating func take(_ person: AccountPerson, of count: Int) {
    guard let basis = person.basis else { return }
    name = AccountName(
      identity: person.identity(of: account), agreeing: person.hints.count, observations: count, basis: basis)
    traits = Set(person.hints.flatMap { AccountTrait.all(of: $0.person) })
  }

  /// By time, then by what else tells two hints apart, so that equal seconds leave nothing to chance.
  private static func precedes(_ one: AccountHint, _ other: AccountHint) -> Bool {
    if one.time != other.time { return one.time < other.time }
    let (left, right) = (one.sortText, other.sortText)
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

extension AccountHint {
  fileprivate var sortText: String { "\(basis.rawValue)\n\(person.email)\n\(person.name)" }
}
