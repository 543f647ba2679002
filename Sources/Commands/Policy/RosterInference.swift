internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// A roster to start from: hosts by name, others too as long as they are few, and what nobody can tell as comments.
struct RosterInference {
  /// The id of the host team.
  static let hostTeam = "platform"
  /// The most people outside the host team who are listed by name.
  static let listLimit = 40
  /// The most addresses that are listed as belonging to nobody.
  private static let unresolvedLimit = 100

  private let evidence: PolicyEvidence
  private var taken: Set<String> = [hostTeam]
  private var people: [Roster.Person] = []
  private var remarks: [String: [String]] = [:]
  private var unresolved: [(address: String, remark: String)] = []
  private var suggestions: [String] = []

  /// The roster with its comments.
  static func draft(_ evidence: PolicyEvidence, _ ownership: OwnershipInference) -> RosterDraft {
    var inference = RosterInference(evidence, ownership)
    inference.listHosts()
    inference.listGuests()
    inference.listOwners()
    inference.noteNamesakes()
    return inference.draft()
  }

  private let ownership: OwnershipInference
  /// Places in `people` of those who are listed.
  private var places: [PersonKey: Int] = [:]

  private init(_ evidence: PolicyEvidence, _ ownership: OwnershipInference) {
    self.evidence = evidence
    self.ownership = ownership
    taken.formUnion(ownership.teams.map(\.id))
  }

  /// Whoever an ownership file names, in the team of those that it names together.
  private mutating func listOwners() {
    var rules: [String: Set<OwnershipPlace>] = [:]
    for member in ownership.members {
      if let key = member.key, places[key] == nil, let person = evidence.person(key) {
        list(person, team: nil, because: Self.work(person))
        unresolved.removeAll { $0.address == person.email }
      }
      guard let place = member.key.flatMap({ places[$0] }) ?? stranger(member) else { continue }
      let isMember = people[place].memberships.contains { $0.team == member.team }
      if !isMember { people[place].memberships.append(.init(team: member.team)) }
      rules[people[place].handle, default: []].insert(member.place)
    }
    for (handle, places) in rules { remarks[handle, default: []].append(Self.owner(by: places)) }
  }

  /// The lines of each file that name somebody.
  private static func owner(by places: Set<OwnershipPlace>) -> String {
    let files = Dictionary(grouping: places.sorted(), by: \.file)
    let words = files.keys.sorted().map { file in
      let lines = (files[file] ?? []).map(\.line).filter { $0 > 0 }.map { "\($0)" }
      return lines.isEmpty ? file : "\(file):\(lines.joined(separator: ","))"
    }
    return "owner by \(words.joined(separator: " and "))"
  }

  /// Lists somebody whom a file names and who is not met in history; nil for whom a roster cannot hold.
  private mutating func stranger(_ member: OwnershipInference.Member) -> Int? {
    let key: PersonKey
    var person = Roster.Person(handle: "")
    switch member.name {
    case .login(let login):
      key = .address(Address(login))
      (person.name, person.logins) = (login, [login])
    case .address(let name, let email):
      key = .address(Address(email))
      (person.name, person.emails) = (name.isEmpty ? email : name, [email])
    case .team, .role, .everyone: return nil
    }
    if let known = places[key] { return known }
    let identity = Identity(name: person.name, email: person.emails.first ?? person.logins.first ?? "")
    person.handle = PolicyWriter.handle(for: identity, avoiding: taken)
    taken.insert(person.handle)
    places[key] = people.count
    people.append(person)
    remarks[person.handle] = ["wrote nothing that was read"]
    return places[key]
  }

  private mutating func listHosts() {
    for host in evidence.hosts {
      let wrote = host.contributions > 0 ? ", wrote \(host.contributions)" : ""
      list(
        host, team: Self.hostTeam,
        because: "landed \(host.landings) contributions of others in \(HostInference.days) days\(wrote)")
    }
  }

  private mutating func listGuests() {
    let guests = evidence.guests
    guard guests.count > Self.listLimit else {
      for guest in guests { list(guest, team: nil, because: Self.work(guest)) }
      return
    }
    let groups = MailDomain.groups(of: guests)
    suggestions = Self.suggestions(groups, guests.count)
    let grouped = Set(groups.flatMap(\.people).map(\.key))
    for guest in guests where !grouped.contains(guest.key) { leaveOut(guest) }
  }

  private mutating func list(_ person: PolicyEvidence.Person, team: String?, because reason: String) {
    let identity = Identity(name: person.name, email: person.email)
    guard !person.email.isEmpty else { return leaveOut(person) }
    let handle = PolicyWriter.handle(for: identity, avoiding: taken)
    taken.insert(handle)
    places[person.key] = people.count
    let login = identity.login
    people.append(
      Roster.Person(
        handle: handle, name: person.name, emails: login == nil ? [person.email] : [],
        logins: [login].compactMap { $0 }, memberships: team.map { [.init(team: $0)] } ?? []))
    remarks[handle] = [reason]
  }

  private mutating func leaveOut(_ person: PolicyEvidence.Person) {
    let address = person.email.isEmpty ? "\(person.name) (no address)" : person.email
    unresolved.append((address, Self.work(person)))
  }

  /// One person with two addresses looks like two people; only somebody who knows them can tell.
  private mutating func noteNamesakes() {
    var handles: [Address: [String]] = [:]
    for person in people { handles[Address(person.name), default: []].append(person.handle) }
    for person in people {
      let others = (handles[Address(person.name)] ?? []).filter { $0 != person.handle }
      guard !others.isEmpty else { continue }
      remarks[person.handle, default: []].append(
        "same name as \(others.joined(separator: ", ")): if they are one person, put all addresses into one entry"
      )
    }
  }

  private func draft() -> RosterDraft {
    var left = Array(unresolved.prefix(Self.unresolvedLimit))
    let rest = unresolved.count - left.count
    if rest > 0 { left.append(("…", "and \(rest) more")) }
    let bots = evidence.bots.map(\.description).filter { !NamePattern($0).isGlob }
    return RosterDraft(
      roster: Roster(
        teams: [Roster.Team(id: Self.hostTeam, name: "Platform", isHost: true)]
          + ownership.teams.map { Roster.Team(id: $0.id, name: $0.name, isHost: true) }, people: people,
        bots: bots.map { NamePattern($0) }),
      header: header + ownership.header, evidence: remarks, unresolved: left,
      teamEvidence: Dictionary(ownership.teams.map { ($0.id, $0.remarks) }) { first, _ in first })
  }

  private var header: [String] {
    let hosts = evidence.hosts.count
    let found =
      hosts == 0
      ? "Nobody landed \(HostInference.threshold) contributions of others in that time, so the host team is empty: fill it in."
      : "Hosts are the people who each landed at least \(HostInference.threshold) contributions of others in that time."
    return [
      "Who the people are, and which team they were in at any moment.",
      "Inferred from \(HostInference.days) days of history before \(evidence.asOf.shown.date): a guess to be corrected.",
      found,
      "Somebody listed without a team counts as external; somebody who is not listed at all counts as unknown.",
      "`from` and `until` of a membership are dates, such as { team: \"platform\", from: \"2026-03-01\" }.",
      "`keys: [\"ssh-ed25519 AAAA…\"]` of a person lets signed approvals be verified.",
    ] + suggestions
  }

  private static func suggestions(_ groups: [MailDomain.Group], _ count: Int) -> [String] {
    let head = [
      "",
      "\(count) people outside the host team wrote something in that time, too many to list by name.",
      "Where a mail domain below is a team, add the team under `teams` and its domain under `domains`:",
      "",
    ]
    let lines = groups.prefix(40).map { group in
      "  teams: { \"\(group.domain)\": {} }, domains: { \"\(group.domain)\": [\"\(group.domain)\"] }"
        + " - \(group.people.count) people, \(group.contributions) contributions"
    }
    return head + (lines.isEmpty ? ["  (no domain has two people)"] : lines)
  }

  private static func work(_ person: PolicyEvidence.Person) -> String {
    let count = person.contributions == 1 ? "1 contribution" : "\(person.contributions) contributions"
    return count + (person.newest.map { ", the newest of \($0.shown.date)" } ?? "")
  }
}

/// The part of an address that may tell an employer.
enum MailDomain {
  struct Group {
    var domain: String
    var people: [PolicyEvidence.Person]
    var contributions: Int { people.reduce(0) { $0 + $1.contributions } }
  }

  /// Providers whose addresses say nothing about where somebody works.
  private static let providers: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com",
    "ymail.com",
    "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me", "gmx.de", "gmx.net",
    "gmx.com", "web.de", "t-online.de", "posteo.de", "mailbox.org", "fastmail.com", "fastmail.fm", "hey.com",
    "zoho.com", "mail.ru", "yandex.ru", "qq.com", "foxmail.com", "163.com", "126.com", "naver.com",
    "example.com",
    "localhost",
  ]

  /// Domains with at least two people, those with most people first; forges and mail providers left out.
  static func groups(of people: [PolicyEvidence.Person]) -> [Group] {
    var found: [String: [PolicyEvidence.Person]] = [:]
    for person in people {
      let identity = Identity(name: person.name, email: person.email)
      guard identity.login == nil, let domain = identity.address.domain else { continue }
      guard isPlain(domain), !providers.contains(domain) else { continue }
      found[domain, default: []].append(person)
    }
    return found.filter { $0.value.count > 1 }.map { Group(domain: $0.key, people: $0.value) }
      .sorted { ($1.people.count, $0.domain) < ($0.people.count, $1.domain) }
  }

  /// Letters, digits, dots and hyphens, as both a team id and a domain pattern want it.
  private static func isPlain(_ domain: String) -> Bool {
    guard domain.utf8.count <= 64, domain.utf8.first.map({ $0 != 0x2D && $0 != 0x2E }) ?? false else {
      return false
    }
    return domain.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x2D...0x2E).contains($0) || (0x30...0x39).contains($0)
    }
  }
}
