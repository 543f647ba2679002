import Commands
import Facts
import Foundation
import Support
import Testing

/// A platform with grants: a sound one, an ended one, one that its own holder brought, and reviews under them.
struct DelegateStory {
  let fixture: TemporaryRepository
  let console = PolicyConsole()
  static let start = TemporaryRepository.start

  /// Sixty days after the first commit.
  static let now = "@\(start + 60 * 86_400)"

  /// Writes the repository; `extra` are files of the first commit.
  init(extra: [String: String] = [:], delegation: String = delegation) throws {
    fixture = try TemporaryRepository()
    var stream = StoryStream()
    var files = ["README": "Platform\n", "net/http.c": "0\n", "docs/guide.md": "0\n"]
    files["policies/roster.json5"] = Self.roster
    files["policies/platform.json5"] = Self.platform
    files["policies/delegation.json5"] = delegation
    files.merge(extra) { $1 }
    stream.commit("main", 1, "Start", day: 0, by: "bo", files: files)
    stream.commit(
      "main", 2, "Docs for cy", day: 2, by: "bo", from: 1,
      files: ["policies/grants/docs-cy.json5": Self.grant("docs-cy", "cy", "docs/**", until: "2025-01-01")])
    stream.commit(
      "main", 3, "Net for me", day: 3, by: "dee", from: 2,
      files: ["policies/grants/net-dee.json5": Self.grant("net-dee", "dee", "net/**", until: "2025-01-01")])
    stream.commit(
      "main", 4, "Net for cy", day: 4, by: "bo", from: 3,
      files: ["policies/grants/net-cy.json5": Self.grant("net-cy", "cy", "net/**", until: "2024-01-21")])
    var requests: [Int: String] = [:]
    var comments: [Int: String] = [:]
    var tip = 4
    let changes: [(mark: Int, day: Int64, by: String, file: String, approver: String)] = [
      (10, 5, "dee", "docs/a.md", "cy"), (20, 8, "dee", "docs/b.md", "cy"),
      (30, 30, "dee", "net/slow.c", "cy"),
      (40, 40, "cy", "docs/c.md", "dee"), (50, 44, "cy", "docs/d.md", "bo"),
    ]
    for change in changes {
      let branch = "topic\(change.mark)"
      stream.commit(
        branch, change.mark, "Write \(change.file)", day: change.day, by: change.by, from: tip,
        files: [change.file: "1\n"])
      requests[change.mark] = Self.request(day: change.day, branch, by: change.by, "Write \(change.file)")
      comments[change.mark] = stream.comment(
        day: change.day + 1, by: change.approver, resolved: true, "Good.")
      stream.commit(
        "main", change.mark + 1, "Submitting review", day: change.day + 2, by: "bo", from: tip,
        merging: change.mark, files: [change.file: "1\n"])
      tip = change.mark + 1
    }
    stream.notes("reviews", day: 50, requests)
    stream.notes("discuss", day: 50, comments)
    try fixture.git(["fast-import", "--quiet", "--force"], stdin: stream.bytes)
    try fixture.git("reset", "--quiet", "--hard", "main")
    try identify("bo@example.org")
  }

  /// Whom git commits as here.
  func identify(_ address: String) throws {
    try fixture.git("config", "user.name", "Somebody")
    try fixture.git("config", "user.email", address)
  }

  static func grant(
    _ id: String, _ grantee: String, _ paths: String, by giver: String = "bo", from: String = "2024-01-02",
    until: String, verbs: String = "\"review\", \"approve\"", depth: Int = 0
  ) -> String {
    """
    // Kept by hand.
    { version: 1, id: "\(id)", grantee: "\(grantee)", verbs: [\(verbs)], paths: ["\(paths)"],
      grantedBy: "\(giver)", from: "\(from)", until: "\(until)", depth: \(depth), reason: "knows it" }

    """
  }

  private static func request(day: Int64, _ branch: String, by author: String, _ title: String) -> String {
    """
    {"timestamp":"\(start + day * 86_400)","reviewRef":"refs/heads/\(branch)","targetRef":"refs/heads/main",\
    "requester":"\(author)@example.org","reviewers":["bo@example.org"],"description":"\(title)"}
    """
  }

  static let roster = """
    { version: 1,
      teams: { platform: { host: true }, payments: {} },
      people: {
        bo: { name: "Bo Lin", emails: ["bo@example.org"], memberships: [{ team: "platform" }] },
        ben: { name: "Ben Ott", emails: ["ben@example.org"], memberships: [{ team: "platform" }] },
        cy: { name: "Cy Orr", emails: ["cy@example.org"], memberships: [{ team: "payments" }] },
        dee: { name: "Dee Fox", emails: ["dee@example.org", "dee@elsewhere.example.net"], memberships: [{ team: "payments" }] } } }
    """

  static let platform = """
    { version: 1,
      components: { network: { paths: ["net/**"], host: "platform" }, docs: { paths: ["docs/**"], host: "platform" } } }
    """

  static let delegation = """
    { version: 1,
      protected: ["net/tls/**"],
      granting: { teams: ["platform"], maxDepth: 1, maxDuration: "400d", paths: ["**", "!net/tls/**"], unusedAfter: "30d" },
      ladders: { writer: { landed: 2, reviews: 1 } },
      automatic: [{ ladder: "writer", paths: ["docs/**"], verbs: ["review"], until: "90d", most: 1 }] }
    """

  /// Runs a command in the repository as of its moment.
  @discardableResult
  func run(_ arguments: [String]) -> Ending {
    console.run(arguments + ["--as-of", Self.now, "-C", fixture.path])
  }

  @discardableResult
  func run(_ line: String) -> Ending { run(line.split(separator: " ").map(String.init)) }

  /// What a command says in JSON.
  func json(_ line: String) throws -> [String: Any] {
    run(line.split(separator: " ").map(String.init) + ["--format", "json"])
    return try #require(
      try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any],
      "\(console.complaints)")
  }

  func items(_ line: String) throws -> [[String: Any]] {
    try #require(try json(line)["items"] as? [[String: Any]])
  }

  /// Text of a file of the work tree.
  func file(_ path: String) throws -> String { try fixture.text("repository/\(path)") }

  func exists(_ path: String) -> Bool { fixture.exists("repository/\(path)") }
}

extension [[String: Any]] {
  /// The texts under a key, in order.
  func texts(_ key: String) -> [String] { map { $0[key] as? String ?? "null" } }
}
