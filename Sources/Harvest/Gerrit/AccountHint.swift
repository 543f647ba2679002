internal import Facts

/// One record that names a person where an account is known by number only.
struct AccountHint: Hashable, Sendable {
  /// The account as NoteDb writes it, `Gerrit User N <N@server-id>`.
  let account: Identity
  let person: Identity
  let basis: AccountName.Basis
  let time: Instant
  /// The account opened a change with a commit that one person wrote and committed: then it is that person's.
  var isOwnWork = false
}

/// Hints at one account that mean the same person: they share an address, or a name of at least two words.
struct AccountPerson {
  private(set) var hints: [AccountHint] = []

  /// The address that was named most often, and of its names the one named most often.
  ///
  /// Without any address the account keeps its own and gets the name alone.
  func identity(of account: Identity) -> Identity {
    let addressed = hints.filter { $0.person.address.hasAt }
    guard let address = Self.favourite(addressed, \.person.address) else {
      let name = Self.favourite(hints) { Identity(name: $0.person.name, email: "") }
      return Identity(name: name?.name ?? account.name, email: account.email)
    }
    let own = addressed.filter { $0.person.address == address }
    let named = own.filter { !$0.person.name.isEmpty }
    let email = Self.favourite(own) { Identity(name: "", email: $0.person.email) }?.email ?? address.text
    let name = Self.favourite(named) { Identity(name: $0.person.name, email: "") }?.name
    return Identity(name: name ?? otherName ?? account.name, email: email)
  }

  /// The strongest kind of evidence.
  var basis: AccountName.Basis? {
    AccountName.Basis.allCases.first { basis in hints.contains { $0.basis == basis } }
  }

  /// A name under another address, for one that comes without any.
  private var otherName: String? {
    Self.favourite(hints.filter { !$0.person.name.isEmpty }) { Identity(name: $0.person.name, email: "") }?
      .name
  }

  /// What most hints say; of equals what the newest says.
  private static func favourite<Value: Hashable>(
    _ hints: [AccountHint], _ value: (AccountHint) -> Value
  ) -> Value? {
    var counts: [Value: (count: Int, place: Int)] = [:]
    for (place, hint) in hints.enumerated() {
      counts[value(hint), default: (0, 0)].count += 1
      counts[value(hint)]?.place = place
    }
    return counts.max { ($0.value.count, $0.value.place) < ($1.value.count, $1.value.place) }?.key
  }

  /// The people whom hints at one account name, whoever is named most often first; of equals the one named last.
  ///
  /// The hints stay in the order given, which is the order of time.
  static func all(_ hints: [AccountHint]) -> [AccountPerson] {
    var groups: [Int] = Array(hints.indices)
    func root(_ start: Int) -> Int {
      var index = start
      while groups[index] != index {
        groups[index] = groups[groups[index]]
        index = groups[index]
      }
      return index
    }
    var first: [AccountTrait: Int] = [:]
    for (place, hint) in hints.enumerated() {
      for trait in AccountTrait.all(of: hint.person) {
        guard let other = first[trait] else {
          first[trait] = place
          continue
        }
        let (one, two) = (root(place), root(other))
        groups[max(one, two)] = min(one, two)
      }
    }
    var people: [Int: AccountPerson] = [:]
    for (place, hint) in hints.enumerated() {
      people[root(place), default: AccountPerson()].hints.append(hint)
    }
    return people.sorted { one, other in
      let (left, right) = (one.value.hints.count, other.value.hints.count)
      return left != right ? left > right : one.key > other.key
    }.map(\.value)
  }
}

/// What makes two records the same person, as far as one account's own records are concerned.
enum AccountTrait: Hashable {
  case address(Address)
  /// At least two words; one word may be a login that many machines share.
  case name(Address)

  static func all(of person: Identity) -> [AccountTrait] {
    let words = person.name.utf8.split { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }.map {
      String(Substring($0))
    }
    var traits: [AccountTrait] = []
    if !person.email.isEmpty { traits.append(.address(person.address)) }
    if words.count > 1 || person.email.isEmpty { traits.append(.name(Address(words.joined(separator: " ")))) }
    return traits
  }
}
