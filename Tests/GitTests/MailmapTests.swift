import Git
import Support
import Testing

@Suite struct MailmapTests {
  private static let maps = [
    "Proper Name <commit@mail>\n", "<proper@mail> <commit@mail>\n",
    "Proper Name <proper@mail> <commit@mail>\n", "Proper <proper@mail> Commit Name <commit@mail>\n",
    "Name <commit@mail>\n<new@mail> <commit@mail>\n", "<new@mail> <commit@mail>\nName <commit@mail>\n",
    "A <commit@mail>\nB <b@mail> Commit Name <commit@mail>\nC <c@mail> commit name <commit@mail>\n",
    "# Proper <commit@mail>\n", " # Proper <commit@mail>\n", "Proper #1 <proper@mail> <commit@mail> # why\n",
    "P <p@mail> <commit@mail> <third@mail>\n", "P <p@mail> <>\n", "<> <commit@mail>\n", "P <p@mail> X <>\n",
    "P <commit@mail\n", "P commit@mail>\n", "  P  Q  <p@mail>  Commit Name  <COMMIT@mail>  \r\n",
    "P <p@mail> <commit@mail>\nQ <q@mail> <p@mail>\n", "<commit@mail>\n", "<p@mail> Other <commit@mail>\n",
    "P <p@mail> <commit@mail>\nB <b@mail> Commit Name <commit@mail>\n", "Ünï <COMMIT@MAIL>\n",
    "P <a<b@mail> <commit@mail>\n",
    "P <p@mail> <commit@mail>", "\n\n\nP <p@mail> <commit@mail>\n", "P <p@mail>x<commit@mail>\n",
  ]
  private static let people = [
    ("Commit Name", "commit@mail"), ("COMMIT NAME", "Commit@Mail"), ("Other", "commit@mail"), ("X", "p@mail"),
    ("Nobody", "nobody@mail"), ("", "commit@mail"),
  ]

  @Test func `resolves names and addresses as git check-mailmap does`() throws {
    let fixture = try TemporaryRepository()
    for map in Self.maps {
      try fixture.write(Array(map.utf8), to: ".mailmap")
      let mailmap = Mailmap(parsing: Array(map.utf8))
      let contacts = Self.people.map { $0.isEmpty ? "<\($1)>" : "\($0) <\($1)>" }
      let theirs = try fixture.git(["check-mailmap"] + contacts).split(separator: "\n").map(String.init)
      let ours = Self.people.map { person in
        let found = mailmap.resolve(name: person.0, email: person.1)
        return found.name.isEmpty ? "<\(found.email)>" : "\(found.name) <\(found.email)>"
      }
      #expect(ours == theirs, "\(map.debugDescription)")
    }
  }

  @Test func `an empty old address is a key like any other`() {
    let mailmap = Mailmap(parsing: Array("P <p@mail> <>\n".utf8))
    #expect(mailmap.resolve(name: "A", email: "") == ("P", "p@mail"))
  }

  @Test func `later sources override earlier ones`() {
    let mailmap = Mailmap(
      parsing: Array("One <a@mail>\n".utf8), Array("<b@mail> <a@mail>\nTwo <a@mail>\n".utf8))
    #expect(mailmap.resolve(name: "x", email: "A@mail") == ("Two", "b@mail"))
  }

  @Test func `reads the map of a commit, not of the work tree, and follows no link`() throws {
    let fixture = try TemporaryRepository()
    let none = try fixture.commit("start", files: ["other": "Linked <a@mail>\n"])
    let some = try fixture.commit("map", files: [".mailmap": "Ada <a@mail>\n"])
    try fixture.run("ln", "-sf", "other", ".mailmap")
    let link = try fixture.commit("link")
    let repository = try fixture.open()
    #expect(try repository.mailmap(atCommit: none).isEmpty)
    #expect(try repository.mailmap(atCommit: some).resolve(name: "x", email: "a@mail").name == "Ada")
    #expect(try repository.mailmap(atCommit: link).isEmpty)
  }
}
