import Facts

/// Reads `roster.json5`.
struct RosterFile {
  private var teams: [Roster.Team] = []
  private var teamIDs: Set<String> = []
  private var people: [Roster.Person] = []
  private var domains: [Roster.DomainClaim] = []
  private var bots: [NamePattern] = []
  private var parents: [(name: String, next: [String])] = []
  private var parentCursors: [String: Cursor] = [:]
  private var emails = Claims(noun: "address")
  private var logins = Claims(noun: "login")
  private var keys = KeyClaims()

  static func read(_ root: Cursor, _ names: inout Declarations) -> Roster? {
    guard let fields = root.fields(.roster) else { return nil }
    var file = RosterFile()
    for entry in fields["teams"]?.entries() ?? [] { file.readTeam(entry) }
    for entry in fields["people"]?.entries() ?? [] { file.readPerson(entry) }
    for entry in fields["domains"]?.entries() ?? [] { file.readDomains(entry) }
    file.bots = fields["bots"]?.atMost(1000)?.list { $0.botPattern() } ?? []
    file.checkParents()
    names.declare(.team, file.teams.map(\.id))
    names.declare(.person, file.people.map(\.handle))
    return Roster(teams: file.teams, people: file.people, domains: file.domains, bots: file.bots)
  }

  private mutating func readTeam(_ entry: Entry) {
    guard let id = entry.identifier() else { return }
    let fields = entry.value.fields(.team)
    let parent = fields?["parent"].flatMap { $0.reference(.team) }
    teams.append(
      Roster.Team(
        id: id, name: fields?["name"]?.text(), isHost: fields?["host"]?.bool() ?? false, parent: parent,
        lead: fields?["lead"]?.reference(.person)))
    teamIDs.insert(id)
    parents.append((id, parent.map { [$0] } ?? []))
    parentCursors[id] = fields?["parent"]
  }

  private func checkParents() {
    for circle in circles(in: parents) {
      guard let first = circle.first else { continue }
      parentCursors[first]?.error("circle of parents \(shown(circle: circle)), expected a tree of teams")
    }
  }

  private mutating func readPerson(_ entry: Entry) {
    guard let handle = entry.identifier() else { return }
    if teamIDs.contains(handle) {
      entry.keyError("\(quoted(handle)) is a team already, expected different names for people and teams")
    }
    guard let fields = entry.value.fields(.person) else {
      people.append(Roster.Person(handle: handle))
      return
    }
    let isBot = fields["bot"]?.bool() ?? false
    let person = Roster.Person(
      handle: handle, name: fields["name"]?.text(),
      emails: fields["emails"]?.list { emails.claim($0.email(), by: handle, at: $0) } ?? [],
      logins: fields["logins"]?.list { logins.claim($0.login(), by: handle, at: $0) } ?? [],
      memberships: fields["memberships"]?.list { $0.membership() } ?? [],
      isBot: isBot,
      keys: fields["keys"]?.atMost(100)?.list {
        keys.claim($0.signingKey(), by: handle, isBot: isBot, at: $0)
      } ?? [])
    if fields["emails"]?.hasElements != true, fields["logins"]?.hasElements != true {
      entry.value.warn("neither addresses nor logins, expected one of them so that Git can know the person")
    }
    people.append(person)
  }

  private mutating func readDomains(_ entry: Entry) {
    // The key is a use of a team's name; it stands where the key stands.
    let key = Cursor(
      node: Node(value: .string(entry.key), offset: entry.keyOffset), trail: entry.value.trail,
      report: entry.value.report)
    guard let team = key.reference(.team) else { return }
    domains += entry.value.list { $0.domainClaim(of: team) }
  }
}

extension Cursor {
  fileprivate var hasElements: Bool {
    if case .array(let nodes) = node.value { !nodes.isEmpty } else { true }
  }

  fileprivate func membership() -> Roster.Membership? {
    guard let fields = fields(.membership) else { return nil }
    let period = fields.period()
    return fields["team"]?.reference(.team).map { Roster.Membership(team: $0, period: period) }
  }

  /// A pattern alone, or an object with its dates.
  fileprivate func domainClaim(of team: String) -> Roster.DomainClaim? {
    if case .string = node.value {
      return domainPattern().map { Roster.DomainClaim(team: team, pattern: $0) }
    }
    guard case .object = node.value else {
      return mismatch("a domain, or an object with `pattern` and dates")
    }
    guard let fields = fields(.domainClaim) else { return nil }
    let period = fields.period()
    return fields["pattern"]?.domainPattern().map {
      Roster.DomainClaim(team: team, pattern: $0, period: period)
    }
  }

  private func domainPattern() -> NamePattern? {
    let expected = "a domain such as \"example.org\" or \"*.example.org\""
    guard let text = string(expected) else { return nil }
    guard AddressRule.isDomainPattern(text) else {
      error("\(quoted(text)) is no domain, expected \(expected), without `@`")
      return nil
    }
    return NamePattern(text)
  }

  fileprivate func botPattern() -> NamePattern? {
    let expected = "a handle, login, address, name or glob over these"
    guard let text = text(expected) else { return nil }
    let pattern = NamePattern(text)
    guard pattern.literalCount >= 2 else {
      error("\(quoted(text)) would take people for bots, expected \(expected) with two letters at least")
      return nil
    }
    return pattern
  }
}

/// Who has an address or login, so that nobody else can have it.
private struct Claims {
  let noun: String
  private var owners: [Address: (handle: String, cursor: Cursor)] = [:]

  init(noun: String) { self.noun = noun }

  mutating func claim(_ text: String?, by handle: String, at cursor: Cursor) -> String? {
    guard let text else { return nil }
    guard let owner = owners[Address(text)] else {
      owners[Address(text)] = (handle, cursor)
      return text
    }
    if owner.handle == handle {
      cursor.error(
        "\(noun) \(quoted(text)) is given twice, expected it once; first given at \(owner.cursor.place)")
    } else {
      cursor.error(
        "\(noun) \(quoted(text)) belongs to \(quoted(owner.handle)) at \(owner.cursor.place), expected it only once"
      )
    }
    return nil
  }
}
