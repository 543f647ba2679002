import Facts
import Git
import Support
import Testing

@testable import Harvest

/// A server's own account records, in an All-Users repository made by git.
@Suite struct AllUsersTests {
  private typealias Server = GerritServer

  /// Writes `account.config` of an account.
  private func account(_ number: Int, _ config: String, in fixture: TemporaryRepository) throws {
    let shard = number % 100
    let ref = "refs/users/\(shard < 10 ? "0" : "")\(shard)/\(number)"
    try write([("account.config", config)], to: ref, in: fixture)
  }

  private func ids(_ entries: [(id: String, config: String)], in fixture: TemporaryRepository) throws {
    let files = entries.map { entry in
      let name = SHA1.digest(of: Array(entry.id.utf8)).hex
      return ("\(name.prefix(2))/\(name.dropFirst(2))", entry.config)
    }
    try write(files, to: AllUsers.externalIDs, in: fixture)
  }

  private func id(_ text: String, _ account: Int, email: String? = nil) -> (id: String, config: String) {
    let mail = email.map { "\temail = \($0)\n" } ?? ""
    return (text, "[externalId \"\(text)\"]\n\taccountId = \(account)\n\(mail)")
  }

  private func write(
    _ files: [(path: String, text: String)], to ref: String, in fixture: TemporaryRepository
  ) throws {
    var stream = "commit \(ref)\ncommitter Gerrit <g@x> 1704067200 +0000\ndata 3\nSet\n"
    for (path, text) in files { stream += "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n" }
    try fixture.git(["fast-import", "--quiet", "--force"], stdin: Array(stream.utf8))
  }

  private func harvest(_ server: GerritServer, _ users: TemporaryRepository) throws -> Harvested {
    try server.write()
    return try Harvester(try server.fixture.open(), .init(), companions: [try users.open()]).harvest()
  }

  private func told(_ harvested: Harvested, _ number: Int, server: String = "srv-a") -> String {
    guard let name = harvested.accounts[Server.account(number, server: server)] else { return "nobody" }
    return "\(name.identity.name) <\(name.identity.email)> \(name.confidence) \(name.basis.rawValue)"
  }

  @Test func `names and addresses come from account.config, else from external ids`() throws {
    let server = try Server()
    for number in [7, 1_000_008, 9, 10] { server.create(number, by: number) }
    let users = try TemporaryRepository(bare: true)
    try account(
      7, "[account]\n\tfullName = Ada \\\"A\\\" Ray\n\tpreferredEmail = ada@example.org\n", in: users)
    try account(1_000_008, "[account]\n\tfullName = CI\n\tactive = false\n", in: users)
    try account(10, "", in: users)
    try ids(
      [
        id("mailto:bo@example.org", 9, email: "bo@example.org"), id("username:ci", 1_000_008),
        id("gerrit:ci", 1_000_008, email: "ci@example.org"), id("mailto:other@example.org", 7),
      ], in: users)
    let harvested = try harvest(server, users)
    #expect(told(harvested, 7) == "Ada \"A\" Ray <ada@example.org> 1.0 account-record")
    #expect(told(harvested, 1_000_008) == "CI <ci@example.org> 1.0 account-record")
    #expect(told(harvested, 9) == "Gerrit User 9 <bo@example.org> 1.0 account-record")
    #expect(told(harvested, 10) == "nobody")
    #expect(harvested.diagnostics.filter { $0.ref == AllUsers.externalIDs }.isEmpty)
    let report = harvested.sources.first { $0.place.hasPrefix("accounts") }
    #expect(report?.counts.contains(.init("account-record", 3)) == true)
  }

  @Test func `a switched-off account stays an account, and its external ids are all kept`() throws {
    let users = try TemporaryRepository(bare: true)
    try account(7, "[account]\n\tactive = false\n\tpreferredEmail = Ada@example.org\n", in: users)
    try ids([id("mailto:ada@example.org", 7), id("mailto:ray@example.org", 7)], in: users)
    let records = try #require(AllUsers(try users.open(), wanted: [7])).records
    #expect(records[7]?.isActive == false)
    #expect(Set(records[7]?.addresses.map(\.text) ?? []) == ["ada@example.org", "ray@example.org"])
  }

  @Test func `the records win over what the changes show, and serve only the server they fit`() throws {
    let server = try Server()
    for change in 1...3 {
      let commit = try server.fixture.commit("Change \(change)", author: "Bo Lin <bo@example.org>")
      server.create(change, by: 7, Int64(change), commit: commit.hex)
    }
    for change in 4...6 {
      let commit = try server.fixture.commit("Change \(change)", author: "Di Poe <di@example.org>")
      server.update(
        change, by: 7, Int64(change), ["Patch-set: 1", "Branch: refs/heads/main", "Commit: \(commit.hex)"],
        subject: "Create change", server: "srv-b")
    }
    let users = try TemporaryRepository(bare: true)
    try account(7, "[account]\n\tfullName = Robert Lin\n\tpreferredEmail = robert@example.org\n", in: users)
    try ids([id("mailto:bo@example.org", 7), id("imported:12@srv-b", 7)], in: users)
    server.update(4, by: 12, 20, ["Patch-set: 1", "Label: Code-Review=+1"], server: "srv-b")
    let harvested = try harvest(server, users)
    #expect(told(harvested, 7) == "Robert Lin <robert@example.org> 1.0 account-record")
    #expect(told(harvested, 7, server: "srv-b") == "Di Poe <di@example.org> 1.0 uploads")
    #expect(told(harvested, 12, server: "srv-b") == "Robert Lin <robert@example.org> 1.0 account-record")
  }

  @Test func `the records of another server are refused, and that is reported`() throws {
    let server = try Server()
    for change in 1...3 {
      let commit = try server.fixture.commit("Change \(change)", author: "Bo Lin <bo@example.org>")
      server.create(change, by: 7, Int64(change), commit: commit.hex)
    }
    let users = try TemporaryRepository(bare: true)
    try account(7, "[account]\n\tfullName = Eve\n\tpreferredEmail = eve@elsewhere.org\n", in: users)
    let harvested = try harvest(server, users)
    #expect(told(harvested, 7) == "Bo Lin <bo@example.org> 1.0 uploads")
    #expect(
      harvested.diagnostics.contains(
        Diagnostic(.danglingReference(to: "accounts of this repository"), ref: AllUsers.externalIDs)))
  }

  @Test func `a companion without account records is none`() throws {
    let other = try TemporaryRepository()
    try other.commit("Base")
    #expect(AllUsers(try other.open(), wanted: [7]) == nil)
  }

  @Test func `broken records are reported one by one, the others are read`() throws {
    let users = try TemporaryRepository(bare: true)
    let elsewhere = SHA1.digest(of: Array("mailto:x@example.org".utf8)).hex
    try write(
      [
        (elsewhere, id("mailto:y@example.org", 7).config),
        (String(repeating: "1", count: 40), "no configuration"),
        (String(repeating: "2", count: 40), "[externalId \"a\"]\naccountId = 99999999999999999999\n"),
        (String(repeating: "3", count: 40), String(repeating: "x", count: AllUsers.byteLimit + 1)),
        (SHA1.digest(of: Array("mailto:ada@example.org".utf8)).hex, id("mailto:ada@example.org", 7).config),
      ], to: AllUsers.externalIDs, in: users)
    try write([("account.config/x", "")], to: "refs/users/07/7", in: users)
    try account(8, String(repeating: "#", count: AllUsers.byteLimit + 1), in: users)
    let found = try #require(AllUsers(try users.open(), wanted: [7, 8]))
    #expect(found.records[7]?.addresses.map(\.text) == ["ada@example.org"])
    #expect(found.diagnostics.count == 6)
  }

  @Test(arguments: [
    ("refs/users/07/7", 7), ("refs/users/08/1000008", 1_000_008), ("refs/users/00/100", 100),
    ("refs/users/08/7", nil), ("refs/users/7/7", nil), ("refs/users/07/07", nil), ("refs/users/self", nil),
    ("refs/users/07/7/x", nil), ("refs/users/07/", nil), ("refs/users/00/99999999999999999900", nil),
  ])
  func `reads the number out of a user's ref`(ref: String, number: Int?) {
    #expect(AllUsers.number(of: ref) == number)
  }
}
