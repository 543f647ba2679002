import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Accounts of a Gerrit server, named by what else the repository records.
@Suite struct AccountNamesTests {
  private typealias Server = GerritServer
  private static let ada = "Ada Ray <ada@example.org>"
  private static let bo = "Bo Lin <bo@example.org>"
  private static let cy = "Cy Orr <cy@example.org>"

  /// A commit on the branch that lands as a change, and a note on it.
  private func land(
    _ server: GerritServer, _ change: Int, uploader: Int = 7, submitter: Int = 8,
    author: String = AccountNamesTests.bo, committer: String? = nil, votes: [(Int, String)] = [],
    note: [String]? = nil, trailers: String = ""
  ) throws {
    let commit = try server.fixture.commit(
      "Change \(change)\n\(trailers)", author: author, committer: committer)
    let minutes = Int64(change * 10)
    server.create(change, by: uploader, minutes, commit: commit.hex)
    for (place, vote) in votes.enumerated() {
      server.update(change, by: vote.0, minutes + Int64(place) + 1, ["Patch-set: 1", "Label: \(vote.1)"])
    }
    server.merge(change, by: submitter, minutes + 9)
    guard let note else { return }
    let text = (note + ["Reviewed-on: https://review.example.org/\(change)", "Branch: refs/heads/main"])
    try server.fixture.git(
      "notes", "--ref", ReviewNotesCollection.ref, "add", "-m", text.joined(separator: "\n"), commit.hex)
  }

  private func told(_ harvested: Harvested, _ number: Int, server: String = "srv-a") -> String {
    guard let name = harvested.accounts[Server.account(number, server: server)] else { return "nobody" }
    return
      "\(name.identity.name) <\(name.identity.email)> \(name.agreeing)/\(name.observations) \(name.basis.rawValue)"
  }

  private func count(_ harvested: Harvested, _ name: String) -> Int? {
    harvested.sources.first { $0.place.hasPrefix("accounts") }?.counts.first { $0.name == name }?.value
  }

  @Test func `uploads name the committer, one's own first patch set does so at once`() throws {
    let server = try Server()
    try land(server, 1)
    for change in 2...4 { try land(server, change, uploader: 6, author: Self.cy, committer: Self.ada) }
    for change in 5...6 { try land(server, change, uploader: 5, author: Self.bo, committer: Self.cy) }
    let harvested = try server.harvest()
    #expect(told(harvested, 7) == "Bo Lin <bo@example.org> 1/1 uploads")
    #expect(told(harvested, 6) == "Ada Ray <ada@example.org> 3/3 uploads")
    #expect(told(harvested, 5) == "nobody")
    #expect(told(harvested, 8) == "nobody")
    #expect(
      ["named", "uploads", "doubtful", "without-evidence"].map { count(harvested, $0) } == [2, 2, 1, 1])
  }

  @Test func `the submitter is the one whom the note names`() throws {
    let server = try Server()
    for change in 1...3 { try land(server, change, note: ["Submitted-by: \(Self.cy)"]) }
    let harvested = try server.harvest()
    #expect(told(harvested, 8) == "Cy Orr <cy@example.org> 3/3 review-notes")
    #expect(count(harvested, "review-notes") == 1)
  }

  @Test func `a voter is the one name of the note that is left when the others are known`() throws {
    let server = try Server()
    for change in 1...3 {
      try land(
        server, change, votes: [(7, "Code-Review=+2"), (9, "Code-Review=+2"), (10, "Verified=+1")],
        note: ["Code-Review+2: \(Self.cy)", "Code-Review+2: \(Self.bo)", "Verified+1: CI Bot"])
    }
    let harvested = try server.harvest()
    #expect(told(harvested, 9) == "Cy Orr <cy@example.org> 3/3 review-notes")
    #expect(told(harvested, 10) == "CI Bot <10@srv-a> 3/3 review-notes")
  }

  @Test func `two voters who are both unknown, or a note with another number of votes, prove nothing`() throws
  {
    let server = try Server()
    for change in 1...3 {
      try land(
        server, change, votes: [(9, "Code-Review=+2"), (10, "Code-Review=+2"), (11, "Code-Review=+1")],
        note: [
          "Code-Review+2: \(Self.cy)", "Code-Review+2: \(Self.ada)", "Code-Review+1: A B <a@x>",
          "Code-Review+1: C D <c@x>",
        ])
    }
    let harvested = try server.harvest()
    for account in 9...11 { #expect(told(harvested, account) == "nobody") }
  }

  @Test func `without a note the footers of the landed commit name the one voter left`() throws {
    let server = try Server()
    for change in 1...3 {
      try land(
        server, change, votes: [(9, "Code-Review=+1"), (7, "Code-Review=+2")],
        trailers: "\nReviewed-by: \(Self.bo)\nReviewed-by: \(Self.cy)\n")
    }
    #expect(told(try server.harvest(), 9) == "Cy Orr <cy@example.org> 3/3 footers")
  }

  @Test func `a note of another change on the same commit names nobody`() throws {
    let server = try Server()
    for change in 1...3 {
      try land(
        server, change,
        note: ["Submitted-by: \(Self.cy)", "Reviewed-on: https://review.example.org/9\(change)", ""])
    }
    #expect(told(try server.harvest(), 8) == "nobody")
  }

  @Test func `the same number on another server is somebody else`() throws {
    let server = try Server()
    try land(server, 1)
    let commit = try server.fixture.commit("Elsewhere", author: Self.cy)
    server.update(
      2, by: 7, 500, ["Patch-set: 1", "Branch: refs/heads/main", "Commit: \(commit.hex)"],
      subject: "Create change", server: "srv-b")
    let harvested = try server.harvest()
    #expect(told(harvested, 7) == "Bo Lin <bo@example.org> 1/1 uploads")
    #expect(told(harvested, 7, server: "srv-b") == "Cy Orr <cy@example.org> 1/1 uploads")
  }

  @Test func `two accounts of one server become one person on strong evidence only, and that is counted`()
    throws
  {
    let server = try Server()
    for change in 1...3 { try land(server, change, uploader: 7) }
    try land(server, 4, uploader: 6)
    let weak = try server.harvest()
    #expect(told(weak, 7) == "Bo Lin <bo@example.org> 3/3 uploads")
    #expect(told(weak, 6) == "nobody")
    #expect([count(weak, "doubtful"), count(weak, "sharing-an-address")] == [1, 0])
    for change in 5...6 { try land(server, change, uploader: 6) }
    let strong = try server.harvest()
    #expect(told(strong, 6) == "Bo Lin <bo@example.org> 3/3 uploads")
    #expect(count(strong, "sharing-an-address") == 2)
  }

  @Test func `names that old logs carry beside the number are better than none`() throws {
    let server = try Server()
    server.create(1, by: 7)
    try server.write()
    let log =
      "commit \(Server.ref(2))\nauthor Ada Ray <9@srv-a> 1704070000 +0000\n"
      + "committer Gerrit <g@x> 1704070000 +0000\ndata 76\n"
      + "Create change\n\nPatch-set: 1\nBranch: refs/heads/main\nCommit: 2222222222222222\n"
    try server.fixture.git(["fast-import", "--quiet"], stdin: Array(log.utf8))
    let harvested = try server.harvest()
    #expect(told(harvested, 9) == "Ada Ray <9@srv-a> 1/1 recorded-name")
  }

  @Test func `named accounts are people, by the mailmap's last word; the others show their number`() throws {
    let server = try Server()
    try server.fixture.commit(
      "Map", files: [".mailmap": "Robert Lin <robert@example.org> <bo@example.org>\n"])
    try land(server, 1, uploader: 7, submitter: 8)
    let harvested = try server.harvest()
    #expect(
      harvested.mailmap[Server.account(7)] == Identity(name: "Robert Lin", email: "robert@example.org"))
    #expect(harvested.mailmap[Server.account(8)] == nil)
    let directory = Directory(seen: harvested.recorded, mailmap: harvested.mailmap)
    #expect(directory.name(of: Server.account(8)) == "Gerrit User 8")
    #expect(directory.isSamePerson(Server.account(7), Identity(name: "Bo Lin", email: "bo@example.org")))
  }

  @Test func `a note does not tell the votes of a logged change a second time`() throws {
    let server = try Server()
    try land(
      server, 1, votes: [(9, "Code-Review=+2"), (10, "Verified=+1")],
      note: [
        "Code-Review+2: \(Self.cy)", "Verified+1: CI Bot", "Submitted-by: \(Self.ada)",
        "Submitted-at: Mon, 01 Jan 2024 00:19:02 +0000",
      ])
    let joined = Joining { PersonID(index: Int32($0.email.utf8.count)) }.join(try server.harvest().traces)
    let change = try #require(joined.first { $0.id == .change("1") })
    #expect(change.sources.contains(.reviewNotes))
    let votes = change.events.filter { event in
      if case .labelled = event.kind { return true }
      return event.vote != nil
    }
    #expect(votes.map(\.source) == [.gerrit, .gerrit])
    let landings = change.events.filter { if case .landed = $0.kind { true } else { false } }
    #expect(landings.map(\.grade) == [.recorded])
  }

  @Test func `a note without a number belongs to the change whose patch set it annotates`() throws {
    let server = try Server()
    let commit = try server.fixture.commit("Change", author: Self.bo)
    server.create(1, by: 7, commit: commit.hex)
    server.merge(1, by: 8, 9)
    try server.fixture.git(
      "notes", "--ref", ReviewNotesCollection.ref, "add", "-m", "Verified+1: CI", commit.hex)
    let joined = Joining { _ in PersonID(index: 0) }.join(try server.harvest().traces)
    let change = try #require(joined.first { $0.id == .change("1") })
    #expect(change.sources.contains(.reviewNotes))
    #expect(joined.count { $0.commits.contains(commit.name) } == 1)
  }
}
