import Facts
import Testing

@Suite struct PeopleTests {
  private func names(_ identities: [Identity], roster: Roster? = nil) -> [String] {
    People(identities, directory: Directory(seen: identities, roster: roster)).persons.map(\.shown)
  }

  @Test func `people of one name are told apart by their addresses`() {
    let seen = [
      Identity(name: "Ann", email: "ann@a.org"), Identity(name: "Ann", email: "ann@b.org"),
      Identity(name: "Bo", email: "bo@x.org"),
    ]
    #expect(names(seen) == ["Ann <ann@a.org>", "Ann <ann@b.org>", "Bo"])
  }

  @Test func `a name that only looks the same is another one, and one person's is theirs alone`() {
    let seen = [
      Identity(name: "Andr\u{e9}", email: "a@a.org"), Identity(name: "Andre\u{301}", email: "b@b.org"),
      Identity(name: "Cy", email: "cy@x.org"), Identity(name: "Cyril", email: "cy@x.org"),
    ]
    #expect(names(seen) == ["Andr\u{e9}", "Andre\u{301}", "Cy"])
  }

  @Test func `whoever takes the name of somebody in the roster is seen to be another`() {
    let roster = Roster(people: [.init(handle: "ann", name: "Ann", emails: ["ann@a.org"])])
    let seen = [Identity(name: "Ann", email: "ann@a.org"), Identity(name: "Ann", email: "ann@evil.org")]
    #expect(names(seen, roster: roster).sorted() == ["Ann (ann)", "Ann <ann@evil.org>"])
  }
}
