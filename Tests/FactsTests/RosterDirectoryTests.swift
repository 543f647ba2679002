import Facts
import Testing

private func id(_ name: String, _ email: String) -> Identity { Identity(name: name, email: email) }

struct RosterDirectoryTests {
  private let roster = Roster(
    teams: [.init(id: "platform", isHost: true)],
    people: [
      .init(
        handle: "ada", name: "Ada L.", emails: ["ada@example.org"], logins: ["ada-l"],
        memberships: [.init(team: "platform")])
    ],
    domains: [.init(team: "platform", pattern: NamePattern("host.example.org"))])

  @Test func `applies the mailmap first and the roster after it`() {
    let old = id("ada", "ada@old.example.org")
    let directory = Directory(
      seen: [old], mailmap: [old: id("Ada Lind", "ada@example.org")], roster: roster)
    #expect(directory.key(of: old) == .handle("ada"))
    #expect(directory.name(of: old) == "Ada L.")
    #expect(directory.person(old)?.handle == "ada")
    #expect(directory.canonical(old) == id("Ada Lind", "ada@example.org"))
  }

  @Test func `still knows the recorded address when the mailmap leads out of the roster`() {
    let recorded = id("Ada", "ada@example.org")
    let directory = Directory(
      seen: [recorded], mailmap: [recorded: id("Ada", "ada@home.example")], roster: roster)
    #expect(directory.key(of: recorded) == .handle("ada"))
  }

  @Test func `gives a key by canonical address without a roster`() {
    let old = id("ada", "ADA@old.example.org")
    let new = id("Ada", "ada@example.org")
    let directory = Directory(seen: [old, new], mailmap: [old: new])
    #expect(directory.key(of: old) == .address(Address("ada@example.org")))
    #expect(directory.isSamePerson(old, new))
    #expect(directory.isSamePerson(new, id("Other Name", "Ada@Example.ORG")))
    #expect(!directory.isSamePerson(new, id("Ada", "ada@old.example.org")))
  }

  @Test func `joins both private forms of one forge, not those of two forges`() {
    let directory = Directory(seen: [])
    let numbered = id("", "12+Ada@users.noreply.github.com")
    #expect(directory.isSamePerson(numbered, id("", "ada@users.noreply.github.com")))
    #expect(!directory.isSamePerson(numbered, id("", "12-ada@users.noreply.gitlab.com")))
  }

  @Test func `keeps records without an address apart by name`() {
    let directory = Directory(seen: [id("Ada", ""), id("Bo", "")])
    #expect(directory.key(of: id("Ada", "")) == .nameOnly(Address("Ada")))
    #expect(!directory.isSamePerson(id("Ada", ""), id("Bo", "")))
    #expect(directory.key(of: id("ada", "")) != .address(Address("ada")))
  }

  @Test func `takes a bare login for the one person with that private address`() {
    let ada = id("Ada", "12+ada@users.noreply.github.com")
    let directory = Directory(seen: [ada, id("ADA", "ADA"), id("Bo", "bo@example.org")])
    #expect(directory.key(of: id("x", "Ada")) == directory.key(of: ada))
  }

  @Test func `takes a bare login for the one person with that local part`() {
    let directory = Directory(seen: [id("Ada", "ada@example.org"), id("Bo", "bo@example.org")])
    #expect(directory.key(of: id("", "ada")) == .address(Address("ada@example.org")))
    #expect(directory.key(of: id("", "cy")) == .address(Address("cy")))
  }

  @Test func `leaves a bare login alone when two people qualify`() {
    let seen = [id("Ada", "ada@example.org"), id("Ada B.", "ada@other.example"), id("", "ada")]
    #expect(Directory(seen: seen).key(of: seen[2]) == .address(Address("ada")))
    #expect(Directory(seen: seen.reversed()).key(of: seen[2]) == .address(Address("ada")))
  }

  @Test func `counts two addresses of one person once when a bare login is looked up`() {
    let work = id("Ada", "ada@example.org")
    let home = id("Ada", "ada@home.example")
    let directory = Directory(seen: [work, home], mailmap: [home: work])
    #expect(directory.key(of: id("", "ada")) == .address(Address("ada@example.org")))
  }

  @Test func `looks a bare login up in the roster before anybody's address`() {
    let stranger = id("Stranger", "ada-l@evil.example")
    let directory = Directory(seen: [stranger], roster: roster)
    #expect(directory.key(of: id("", "ada-l")) == .handle("ada"))
    #expect(directory.key(of: stranger) == .address(Address("ada-l@evil.example")))
  }

  @Test func `shows the name seen most often, ties in byte order, whatever the order seen`() {
    let seen = [id("A. L.", "a@x.org"), id("Ada L.", "a@x.org"), id("Ada L.", "A@x.org"), id("", "a@x.org")]
    let key = Directory(seen: seen).key(of: seen[0])
    #expect(Directory(seen: seen).name(of: key) == "Ada L.")
    let tie = [id("Bea", "b@x.org"), id("B.", "b@x.org")]
    for order in [tie, tie.reversed()] {
      #expect(Directory(seen: order).name(of: .address(Address("b@x.org"))) == "B.")
    }
    #expect(Directory(seen: [id("", "c@x.org")]).name(of: id("", "c@x.org")) == "c@x.org")
    #expect(Directory(seen: []).name(of: id("Dee", "d@x.org")) == "Dee")
  }

  @Test func `gives the teams of whoever a record names`() throws {
    let moment = try #require(Instant(text: "2026-01-01"))
    let directory = Directory(seen: [], roster: roster)
    #expect(directory.teams(of: id("", "ada@example.org"), at: moment) == ["platform"])
    #expect(directory.teams(of: id("", "new@host.example.org"), at: moment) == ["platform"])
    #expect(directory.teams(of: id("", "new@example.org"), at: moment) == [])
    #expect(roster.teams(of: .nameOnly(Address("Ada")), at: moment) == [])
    #expect(Directory(seen: []).teams(of: id("", "ada@example.org"), at: moment) == [])
  }

  @Test func `orders keys by kind, then by bytes`() {
    let keys: [PersonKey] = [
      .nameOnly(Address("a")), .address(Address("b")), .address(Address("a")), .handle("z"),
    ]
    #expect(keys.sorted().map(\.description) == ["z", "a", "b", "a"])
  }

  @Test(.timeLimit(.minutes(5)))
  func `answers for thirty thousand identities without a search`() {
    var seen: [Identity] = []
    var mailmap: [Identity: Identity] = [:]
    for number in 0..<30_000 {
      let identity = id("Person \(number)", "p\(number)@example.org")
      seen.append(identity)
      if number % 10 == 9 { mailmap[identity] = seen[number - 9] }
    }
    let directory = Directory(seen: seen, mailmap: mailmap, roster: roster)
    let keys = Set(seen.map { directory.key(of: $0) })
    #expect(keys.count == 27_000)
    #expect(directory.key(of: id("", "p77")) == .address(Address("p77@example.org")))
    #expect(directory.key(of: id("", "p70")) == .address(Address("p70@example.org")))
  }
}
