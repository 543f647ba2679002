/// Everybody met in one repository, each once, numbered so that comparing two people costs nothing.
public struct People: Sendable {
  public struct Person: Hashable, Sendable {
    public var key: PersonKey
    public var name: String
    /// The name as people read it; whoever shares it with another has the address or handle behind it, as in
    /// `Ann <ann@x.org>`.
    public internal(set) var shown: String
    /// The canonical address; empty where none is known.
    public var email: String
    public var isBot: Bool
  }

  /// People by number, sorted by key.
  public let persons: [Person]
  public let bots: Set<PersonID>
  public let directory: Directory
  private let ids: [Identity: PersonID]

  /// Takes every identity that traces or commits name.
  public init(_ identities: some Collection<Identity>, directory: Directory) {
    var addresses: [PersonKey: String] = [:]
    var keys: [Identity: PersonKey] = [:]
    for identity in identities where keys[identity] == nil {
      let key = directory.key(of: identity)
      keys[identity] = key
      let email = directory.canonical(identity).email
      addresses[key] = addresses[key].map { Self.better($0, email) } ?? email
    }
    let sorted = addresses.keys.sorted()
    var numbers: [PersonKey: PersonID] = [:]
    for (index, key) in sorted.enumerated() { numbers[key] = PersonID(index: Int32(index)) }
    let persons = Self.told(
      apart: sorted.map { key in
        Person(
          key: key, name: directory.name(of: key), shown: directory.name(of: key),
          email: addresses[key] ?? "", isBot: directory.isBot(key))
      })
    self.persons = persons
    bots = Set(persons.indices.filter { persons[$0].isBot }.map { PersonID(index: Int32($0)) })
    ids = keys.compactMapValues { numbers[$0] }
    self.directory = directory
  }

  /// Whoever takes another's name is not to be taken for them.
  private static func told(apart persons: [Person]) -> [Person] {
    var counts: [[UInt8]: Int] = [:]
    for person in persons { counts[Array(person.name.utf8), default: 0] += 1 }
    return persons.map { person in
      guard counts[Array(person.name.utf8), default: 0] > 1 else { return person }
      var person = person
      switch person.key {
      case .handle(let handle): person.shown += " (\(handle))"
      case .address, .nameOnly: if !person.email.isEmpty { person.shown += " <\(person.email)>" }
      }
      return person
    }
  }

  /// The address to show: one with an `@` before a bare login, of several the first in byte order, never the same by chance.
  private static func better(_ one: String, _ other: String) -> String {
    func rank(_ text: String) -> Int { text.isEmpty ? 2 : text.utf8.contains(UInt8(ascii: "@")) ? 0 : 1 }
    if rank(one) != rank(other) { return rank(one) < rank(other) ? one : other }
    return other.utf8.lexicographicallyPrecedes(one.utf8) ? other : one
  }

  /// The person behind an identity given to the initialiser; nil for any other.
  public func id(of identity: Identity) -> PersonID? { ids[identity] }

  public subscript(_ id: PersonID) -> Person { persons[Int(id.index)] }
}
