import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Which review systems a project uses, by the marks in its messages.
@Suite struct SystemSignTests {
  private func signs(_ messages: [String]) throws -> [SystemSign] {
    let fixture = try TemporaryRepository()
    var stream = ""
    for (number, message) in messages.enumerated() {
      stream += """
        commit refs/heads/main
        committer Ada Ray <ada@example.org> \(TemporaryRepository.start + Int64(number)) +0000
        data \(message.utf8.count)
        \(message)

        """
    }
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    return try Harvester(fixture.open(), .init()).harvest().systems
  }

  private static let id = String(repeating: "ab", count: 20)

  @Test(arguments: [
    (
      "Fix\n\nChange-Id: I\(SystemSignTests.id)\nReviewed-on: https://review.example.org/c/p/+/12\n",
      ReviewSystem.gerrit, "review.example.org"
    ),
    ("Fix\n\nReviewed-on: http://10.0.0.1:8080/12\n", .gerrit, "10.0.0.1"),
    ("Fix\n\nReviewed-on: https://codeberg.example.org/o/r/pulls/12\n", .github, ""),
    ("Fix (#12)\n", .github, ""), ("Fix\n\nSee merge request group/project!12\n", .gitlab, "group/project"),
    ("Fix\n\nDifferential Revision: https://phab.example.org/D12\n", .phabricator, ""),
    ("Fix\n\nLink: https://lore.kernel.org/linux-man/1@x/\n", .mailingList, "linux-man"),
    ("Fix\n\nLink: https://lore.kernel.org/r/1@x\n", .mailingList, ""),
    ("Fix\n\nDiscussion: https://postgr.es/m/1@x\n", .mailingList, ""),
    ("Fix\n\nMessage-Id: <1@x>\n", .mailingList, ""),
  ])
  func `recognises a system and where it is served`(message: String, system: ReviewSystem, address: String)
    throws
  {
    let found = try signs(Array(repeating: message, count: 3))
    #expect(found.map(\.system) == [system])
    #expect(found.first?.commits == 3)
    #expect(found.first?.address ?? "" == address)
  }

  @Test(arguments: [
    "Fix\n\nChange-Id: I12\n", "Fix\n\nSee Change-Id: I\(SystemSignTests.id)\n",
    "Fix\n\nLink: https://example.org/x\n", "Change-Id: I\(SystemSignTests.id)\n",
  ])
  func `takes nothing else for a mark`(message: String) throws {
    #expect(try signs(Array(repeating: message, count: 3)) == [])
  }

  @Test func `an address that a shell could misread is left out`() throws {
    let found = try signs(Array(repeating: "Fix\n\nReviewed-on: https://x$(rm)/c/1\n", count: 3))
    #expect(found.map(\.system) == [.gerrit])
    #expect(found.first?.address == nil)
  }

  @Test func `two commits are no sign, nor few beside many of another system`() throws {
    let two = Array(repeating: "Fix\n\nMessage-Id: <1@x>\n", count: 2)
    #expect(try signs(two) == [])
    let many = Array(repeating: "Fix (#1)\n", count: 200)
    #expect(try signs(many + two + two.prefix(1)).map(\.system) == [.github])
  }
}
