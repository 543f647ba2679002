/// Which private forge addresses belong to somebody whose ordinary address is also seen.
///
/// `12+ada@users.noreply.github.com` tells the login `ada`. If exactly one ordinary address among those seen has the
/// login before its `@` and was used under the same name, the two are one person. Either alone proves nothing:
/// many people share a name, and many a local part.
struct PrivateAddresses {
  private struct Trait: Hashable {
    let login: Address
    let name: Address
  }

  private var owners: [Trait: Set<PersonKey>] = [:]

  /// Notes an ordinary address with the name under which it was used.
  mutating func learn(_ record: Identity, _ key: PersonKey) {
    guard !record.name.isEmpty, record.login == nil else { return }
    let trait = Trait(login: Address(record.address.localPart), name: Address(record.name))
    owners[trait, default: []].insert(key)
  }

  /// The person behind a private address used under this name; nil unless exactly one qualifies.
  func owner(of record: Identity) -> PersonKey? {
    guard !record.name.isEmpty, let login = record.login, record.address.hasAt else { return nil }
    guard let found = owners[Trait(login: Address(login), name: Address(record.name))], found.count == 1
    else {
      return nil
    }
    return found.first
  }
}
