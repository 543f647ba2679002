/// Which person each recorded identity is, what they are called and whether they are a bot.
///
/// Built once from all identities seen, then every question is a dictionary look-up. For each identity, the
/// first rule that fits gives the key:
///
/// 1. The mailmap (as the caller computed it) turns the record into its canonical form.
/// 2. The roster knows the canonical form, or failing that the record as written, by address or login: the
///    handle.
/// 3. An address with an `@`: the address itself. A forge's numbered private form is reduced to `login@host`,
///    so that `12+ada@users.noreply.github.com` and `ada@users.noreply.github.com` are one person. Where exactly
///    one ordinary address has that login before its `@` and was used under the same name, it is that person.
/// 4. A **bare login** (no `@`): the one person among the identities seen whose private forge address tells
///    this login or whose address has it before the `@`, letters compared without case. If nobody or more
///    than one person qualifies, the login stands for itself.
/// 5. No address at all: the name.
///
/// Nothing here proves who wrote a record, because anybody can write any address; a gate must give an empty
/// mailmap and rely on signed or recorded evidence.
public struct Directory: Sendable {
  public let roster: Roster?
  private let mailmap: [Identity: Identity]
  private let bots: BotRule
  /// Records of accounts that behave as machines.
  private let machines: Set<Identity>
  private var keys: [Identity: PersonKey] = [:]
  private var logins: [Address: LoginOwner] = [:]
  private var entries: [PersonKey: Entry] = [:]
  /// Ordinary addresses of people by their private forge addresses.
  private var owners: [PersonKey: PersonKey] = [:]

  /// Makes the tables from the identities seen; one that is given several times weighs more when names are
  /// chosen.
  ///
  /// `mailmap` maps records as written to their canonical form; a record that is not in it is canonical
  /// already. Whoever has one of the records `machines` is a bot, unless the roster lists the person.
  public init(
    seen: some Sequence<Identity>, mailmap: [Identity: Identity] = [:], roster: Roster? = nil,
    machines: Set<Identity> = []
  ) {
    self.init(seen: IdentityTally(seen), mailmap: mailmap, roster: roster, machines: machines)
  }

  /// The same from identities that are counted already.
  public init(
    seen: IdentityTally, mailmap: [Identity: Identity] = [:], roster: Roster? = nil,
    machines: Set<Identity> = []
  ) {
    self.roster = roster
    self.machines = machines
    self.mailmap = mailmap
    bots = BotRule(listed: roster?.bots ?? [])
    let sightings = joined(sightings(seen))
    for sighting in sightings { learnLogins(of: sighting) }
    var spellings: [PersonKey: Spellings] = [:]
    keys.reserveCapacity(sightings.count)
    for sighting in sightings {
      let key = sighting.directKey ?? indirectKey(of: sighting.canonical)
      keys[sighting.recorded] = key
      spellings[key, default: Spellings()].add(
        sighting, bots: bots, isMachine: machines.contains(sighting.recorded))
    }
    for (key, found) in spellings { entries[key] = entry(of: key, found) }
  }

  /// The record after the mailmap.
  public func canonical(_ identity: Identity) -> Identity {
    mailmap.isEmpty ? identity : mailmap[identity] ?? identity
  }

  /// Who the record names.
  public func key(of identity: Identity) -> PersonKey { keys[identity] ?? derivedKey(of: identity) }

  public func isSamePerson(_ one: Identity, _ other: Identity) -> Bool { key(of: one) == key(of: other) }

  /// The name to show: the roster's, otherwise the one seen most often, ties to the first in byte order.
  public func name(of key: PersonKey) -> String {
    if let entry = entries[key] { return entry.name }
    if case .handle(let handle) = key { return roster?.person(handle: handle)?.name ?? handle }
    return key.description
  }

  public func name(of identity: Identity) -> String {
    let key = key(of: identity)
    if entries[key] != nil { return name(of: key) }
    if case .handle = key { return name(of: key) }
    return identity.name.isEmpty ? key.description : identity.name
  }

  /// True for a service account; see `BotRule` for what counts.
  public func isBot(_ key: PersonKey) -> Bool {
    if let entry = entries[key] { return entry.isBot }
    switch key {
    case .handle: return entry(of: key, Spellings()).isBot
    case .address(let address): return bots.knows(address: Identity(name: "", email: address.text))
    case .nameOnly(let name): return bots.knows(name: name.text)
    }
  }

  public func isBot(_ identity: Identity) -> Bool {
    let key = key(of: identity)
    if entries[key] != nil { return isBot(key) }
    return isBot(key) || (!key.isListed && bots.knows(name: identity.name))
  }

  /// The roster's entry behind a record, if it has one.
  public func person(_ identity: Identity) -> Roster.Person? {
    guard case .handle(let handle) = key(of: identity) else { return nil }
    return roster?.person(handle: handle)
  }

  /// The teams of whoever a record names, at a moment; empty without a roster.
  public func teams(of identity: Identity, at moment: Instant) -> [String] {
    roster?.teams(of: key(of: identity), at: moment) ?? []
  }
}

extension PersonKey {
  fileprivate var isListed: Bool { if case .handle = self { true } else { false } }
}

/// Who goes by a login, as far as one person does.
private enum LoginOwner {
  case one(PersonKey)
  case several
}

private struct Entry {
  var name: String
  var isBot: Bool
}

/// One identity seen, while the tables are made.
private struct Sighting {
  var recorded: Identity
  var canonical: Identity
  var count: Int
  var directKey: PersonKey?
}

/// What was seen under one key while the tables are made.
private struct Spellings {
  /// How often each name was seen; keyed by identities without address, which compare byte for byte.
  private var counts: [Identity: Int] = [:]
  private(set) var hasBotAddress = false
  private(set) var hasOnlyBotNames = true
  private(set) var isEmpty = true

  mutating func add(_ sighting: Sighting, bots: BotRule, isMachine: Bool) {
    isEmpty = false
    let (recorded, canonical) = (sighting.recorded, sighting.canonical)
    let name = canonical.name.isEmpty ? recorded.name : canonical.name
    if !name.isEmpty { counts[Identity(name: name, email: ""), default: 0] += sighting.count }
    hasBotAddress =
      hasBotAddress || isMachine || bots.knows(address: recorded)
      || (canonical.email != recorded.email && bots.knows(address: canonical))
    hasOnlyBotNames = hasOnlyBotNames && bots.knows(name: name)
  }

  var isBot: Bool { !isEmpty && (hasBotAddress || hasOnlyBotNames) }

  var favourite: String? {
    counts.max { left, right in
      // A name without any letter, such as `=`, is no name as long as there is another.
      let (hasLetter, otherHasLetter) = (left.key.name.hasLetter, right.key.name.hasLetter)
      if hasLetter != otherHasLetter { return otherHasLetter }
      return left.value != right.value
        ? left.value < right.value : right.key.name.utf8.lexicographicallyPrecedes(left.key.name.utf8)
    }?.key.name
  }
}

extension Directory {
  private func sightings(_ seen: IdentityTally) -> [Sighting] {
    zip(seen.identities, seen.counts).map { identity, count in
      let canonical = canonical(identity)
      let key = directKey(of: identity, canonical)
      return Sighting(recorded: identity, canonical: canonical, count: count, directKey: key)
    }
  }

  /// The sightings with private forge addresses given to their owners.
  private mutating func joined(_ sightings: [Sighting]) -> [Sighting] {
    var addresses = PrivateAddresses()
    for sighting in sightings { if let key = sighting.directKey { addresses.learn(sighting.canonical, key) } }
    return sightings.map { sighting in
      guard case .address(let address)? = sighting.directKey,
        let owner = addresses.owner(of: sighting.canonical)
      else { return sighting }
      owners[.address(address)] = owner
      var sighting = sighting
      sighting.directKey = owner
      return sighting
    }
  }

  /// Notes the logins and local parts by which a bare login may mean the person.
  private mutating func learnLogins(of sighting: Sighting) {
    guard let key = sighting.directKey else { return }
    learnLogin(of: sighting.recorded, key)
    if sighting.recorded.email != sighting.canonical.email { learnLogin(of: sighting.canonical, key) }
  }

  private mutating func learnLogin(of record: Identity, _ key: PersonKey) {
    guard record.email.utf8.contains(UInt8(ascii: "@")) else { return }
    let login = record.login.map { Address($0) } ?? Address(record.address.localPart)
    guard !login.text.isEmpty else { return }
    switch logins[login] {
    case nil: logins[login] = .one(key)
    case .one(key), .several: break
    case .one: logins[login] = .several
    }
  }

  private func derivedKey(of identity: Identity) -> PersonKey {
    let canonical = canonical(identity)
    guard let key = directKey(of: identity, canonical) else { return indirectKey(of: canonical) }
    return owners[key] ?? key
  }

  /// The key of a record that holds a bare login or no address.
  private func indirectKey(of canonical: Identity) -> PersonKey {
    guard !canonical.email.isEmpty else { return .nameOnly(Address(canonical.name)) }
    if case .one(let key) = logins[canonical.address] { return key }
    return .address(canonical.address)
  }

  /// The key by roster or full address; nil for a bare login or no address.
  private func directKey(of identity: Identity, _ canonical: Identity) -> PersonKey? {
    if let person = roster?.resolve(canonical) ?? roster?.resolve(identity) { return .handle(person.handle) }
    let address = canonical.address
    guard let domain = address.domain else { return nil }
    guard let login = canonical.login else { return .address(address) }
    return .address(Address("\(login)@\(domain)"))
  }

  private func entry(of key: PersonKey, _ found: Spellings) -> Entry {
    if case .handle(let handle) = key, let person = roster?.person(handle: handle) {
      return Entry(name: person.name, isBot: bots.covers(person))
    }
    return Entry(name: found.favourite ?? key.description, isBot: found.isBot)
  }
}

extension String {
  fileprivate var hasLetter: Bool { unicodeScalars.contains { $0.properties.isAlphabetic } }
}
