import Facts
import Testing

private func day(_ text: String) throws -> Instant { try #require(Instant(text: text)) }

struct RosterTests {
  private let roster: Roster

  init() throws {
    let change = try day("2026-03-01")
    roster = Roster(
      teams: [
        .init(id: "org"), .init(id: "platform", name: "Platform", isHost: true, parent: "org"),
        .init(id: "retail", parent: "org"), .init(id: "payments", parent: "retail"),
        .init(id: "checkout", parent: "retail"), .init(id: "partners"),
      ],
      people: [
        .init(
          handle: "ada", name: "Ada L.", emails: ["ada@example.org", "Ada@Pay.example.org"],
          logins: ["ada-l"],
          memberships: [
            .init(team: "payments", period: Period(until: change)),
            .init(team: "platform", period: Period(from: change)),
          ]),
        .init(handle: "bo", emails: ["bo@pay.example.org"]),
        .init(
          handle: "cy", emails: ["cy@pay.example.org"],
          memberships: [.init(team: "payments", period: Period(until: change))]),
        .init(
          handle: "dee", emails: ["dee@example.org"],
          memberships: [.init(team: "checkout"), .init(team: "platform"), .init(team: "checkout")]),
      ],
      domains: [
        .init(team: "retail", pattern: NamePattern("*.example.org")),
        .init(team: "payments", pattern: NamePattern("pay.example.org")),
        .init(team: "partners", pattern: NamePattern("*.partner.example.org")),
        .init(
          team: "checkout", pattern: NamePattern("shop.example.org"),
          period: Period(from: change, until: try day("2026-06-01"))),
      ])
  }

  private func teams(_ email: String, _ time: String) throws -> [String] {
    roster.teams(of: Identity(name: "", email: email), at: try day(time))
  }

  @Test(arguments: [
    ("ADA@example.org", "ada"), ("1+Ada-L@users.noreply.github.com", "ada"),
    ("7-ada-l@users.noreply.gitlab.com", "ada"), ("ada-l", "ada"), ("bo@pay.example.org", "bo"),
  ])
  func `resolves addresses and logins`(email: String, handle: String) {
    #expect(roster.resolve(Identity(name: "whoever", email: email))?.handle == handle)
  }

  @Test(arguments: ["ada-l@example.org", "ada", "bo", "", "ada@example.org ", "x@pay.example.org"])
  func `does not take other addresses, handles or domains for a person`(email: String) {
    #expect(roster.resolve(Identity(name: "Ada L.", email: email)) == nil)
  }

  @Test func `judges membership at the moment, start inclusive and end exclusive`() throws {
    #expect(try teams("ada@example.org", "2026-02-28T23:59:59Z") == ["payments"])
    #expect(try teams("ada@example.org", "2026-03-01T00:00:00Z") == ["platform"])
    #expect(try teams("ada@example.org", "1971-01-01") == ["payments"])
  }

  @Test func `lists several memberships in their order, each team once`() throws {
    #expect(try teams("dee@example.org", "2026-01-01") == ["checkout", "platform"])
  }

  @Test func `lets a membership win over a domain`() throws {
    #expect(try teams("ada@pay.example.org", "2026-04-01") == ["platform"])
  }

  @Test func `uses the domain where no membership is stated`() throws {
    #expect(try teams("bo@pay.example.org", "2026-01-01") == ["payments"])
  }

  @Test func `does not bring back by domain whoever left the team`() throws {
    #expect(try teams("cy@pay.example.org", "2026-02-01") == ["payments"])
    #expect(try teams("cy@pay.example.org", "2026-03-01") == [])
  }

  @Test func `prefers the more specific domain`() throws {
    #expect(try teams("new@pay.example.org", "2026-01-01") == ["payments"])
    #expect(try teams("new@other.example.org", "2026-01-01") == ["retail"])
    #expect(try teams("new@a.partner.example.org", "2026-01-01") == ["partners"])
    #expect(try teams("new@example.org", "2026-01-01") == [])
    #expect(try teams("new", "2026-01-01") == [])
  }

  @Test func `honours the dates of a domain`() throws {
    #expect(try teams("x@shop.example.org", "2026-02-28") == ["retail"])
    #expect(try teams("x@shop.example.org", "2026-03-01") == ["checkout"])
    #expect(try teams("x@shop.example.org", "2026-06-01") == ["retail"])
  }

  @Test func `counts every domain that is as specific as another`() throws {
    let roster = Roster(domains: [
      .init(team: "b", pattern: NamePattern("x.org")), .init(team: "a", pattern: NamePattern("X.org")),
    ])
    #expect(roster.teams(claiming: Address("n@x.org"), at: try day("2026-01-01")) == ["a", "b"])
  }

  @Test(
    arguments: [
      ("payments", "payments", 0), ("payments", "checkout", 1), ("payments", "retail", 1),
      ("retail", "payments", 1), ("payments", "platform", 2), ("platform", "payments", 2),
      ("retail", "platform", 1), ("payments", "org", 2), ("payments", "partners", nil),
      ("payments", "nobody", nil), ("nobody", "nobody", nil),
    ] as [(String, String, Int?)])
  func `measures distance by the longer climb to a common ancestor`(from: String, to: String, steps: Int?) {
    #expect(roster.contributionDistance(from: from, to: to) == steps)
  }

  @Test func `takes the least distance between several teams`() {
    #expect(roster.contributionDistance(from: ["partners", "payments"], to: ["platform", "checkout"]) == 1)
    #expect(roster.contributionDistance(from: [], to: ["platform"]) == nil)
  }

  @Test func `ends a circle of parents where it began`() {
    let circle = Roster(teams: [
      .init(id: "a", parent: "b"), .init(id: "b", parent: "a"), .init(id: "c", parent: "c"),
    ])
    #expect(circle.lineage(of: "a") == ["a", "b"])
    #expect(circle.lineage(of: "c") == ["c"])
    #expect(circle.contributionDistance(from: "a", to: "c") == nil)
  }

  @Test func `finds teams and host teams`() {
    #expect(roster.hostTeams.map(\.id) == ["platform"])
    #expect(roster.team("platform")?.name == "Platform")
    #expect(roster.team("retail")?.name == "retail")
    #expect(roster.team("nobody") == nil)
    #expect(roster.person(handle: "ada")?.name == "Ada L.")
  }

  @Test
  func `a person who was taken out keeps the handle, but no team, key or address that is somebody else's`()
    throws
  {
    let now = Roster(people: [.init(handle: "eve", emails: ["bo@pay.example.org"])])
    let older = Roster(people: [.init(handle: "ada", name: "Old", emails: ["old@example.org"])])
    let kept = now.remembering([roster, older])
    #expect(kept.people.map(\.handle) == ["eve", "ada", "bo", "cy", "dee"])
    #expect(kept.resolve(Identity(name: "", email: "cy@pay.example.org"))?.handle == "cy")
    #expect(kept.resolve(Identity(name: "", email: "bo@pay.example.org"))?.handle == "eve")
    #expect(kept.person(handle: "ada")?.name == "Ada L.")
    #expect(kept.people.allSatisfy { $0.memberships.isEmpty && $0.keys.isEmpty })
    #expect(now.remembering([now]) == now)
  }
}
