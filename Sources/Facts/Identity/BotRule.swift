/// Which records are service accounts: what the roster lists, and the accounts everybody knows.
///
/// Three kinds of evidence, from strong to weak: the address, the login (the forges' private address forms,
/// or a record that holds a login only), and the name. Anybody may choose any name, so a name alone never
/// makes a bot of an address that also appears under a human name; `Directory` sees to that.
public struct BotRule: Hashable, Sendable {
  /// Names, logins, addresses or globs over these, as the roster lists them.
  public let listed: [NamePattern]

  public init(listed: [NamePattern] = []) { self.listed = listed }

  /// True when the list covers a person of the roster, by handle, login, address or name.
  public func covers(_ person: Roster.Person) -> Bool {
    guard !listed.isEmpty, !person.isBot else { return person.isBot }
    let keys = [person.handle, person.name] + person.emails + person.logins
    return keys.contains { isListed(Address($0)) }
  }

  /// True when the address or its login is listed or well known.
  public func knows(address identity: Identity) -> Bool {
    guard !identity.email.isEmpty else { return false }
    let address = identity.address
    if isListed(address) || ServiceAccounts.addresses.contains(address) { return true }
    if ServiceAccounts.isReserved(address) { return true }
    guard let login = identity.login.map(Address.init) else { return false }
    return isListed(login) || ServiceAccounts.isAccount(login)
  }

  /// True when the name is listed, is a well-known account's, or ends in `[bot]`.
  public func knows(name: String) -> Bool {
    let folded = Address(name)
    return isListed(folded) || ServiceAccounts.isAccount(folded) || ServiceAccounts.names.contains(folded)
  }

  private func isListed(_ text: Address) -> Bool { listed.contains { $0.matches(text) } }
}
