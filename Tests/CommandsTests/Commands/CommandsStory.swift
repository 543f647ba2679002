import Commands
import Facts
import Foundation
import Git
import Support
import Testing

extension RecordedWorld {
  /// Runs one command line of the program as it ships.
  func tributary(_ arguments: [String]) -> Ending {
    Program.tributary.run(arguments: arguments, world: world)
  }
}

/// What one run of the program said, and how it ended.
struct Run: Equatable {
  let ending: Ending
  let output: String
  let complaints: [String]

  /// Runs the program sixty days after the first commit of a story, unless told otherwise.
  init(
    _ arguments: [String], now: Instant = CommandsStory.now, variables: [String: String] = [:],
    files: [String: String] = [:]
  ) {
    let world = RecordedWorld()
    for (path, text) in files { world.files[path] = Array(text.utf8) }
    world.now = now
    world.variables = variables
    world.files = files.mapValues { Array($0.utf8) }
    ending = world.tributary(arguments)
    output = world.output
    complaints = world.complaints
  }

  /// The output as JSON.
  var json: [String: Any] {
    get throws {
      try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(complaints)")
    }
  }

  /// The ids of the items, in their order.
  var ids: [String] { get throws { try items.compactMap { $0["id"] as? String } } }

  var items: [[String: Any]] { get throws { try #require(try json["items"] as? [[String: Any]]) } }
}

/// A small platform with one contribution of each kind, written by `git fast-import` in one go.
struct CommandsStory {
  let fixture: TemporaryRepository
  static let now = Instant(seconds: TemporaryRepository.start + 60 * 86_400)

  var path: String { fixture.path }

  /// Writes the repository, with or without policy files on its branch.
  init(policies: Bool = true) throws {
    fixture = try TemporaryRepository(bare: true)
    var stream = StoryStream()
    var files = ["README": "Platform\n", "net/http.c": "0\n", "docs/guide.md": "0\n"]
    if policies {
      files["policies/roster.json5"] = Self.roster
      files["policies/platform.json5"] = Self.platform
    }
    stream.commit("main", 1, "Start", day: 0, by: "bo", files: files)
    stream.commit(
      "pool", 2, "Add a pool\n\nReviewed-by: Ben Ott <ben@example.org>\n", day: 1, by: "cy", from: 1,
      files: ["net/pool.c": "1\n"])
    stream.commit("pool", 3, "Pool keys", day: 2, by: "cy", from: 2, files: ["net/keys.c": "1\n"])
    stream.commit(
      "main", 4, "Merge pull request #5 from cy/pool\n\nAdd a pool\n", day: 3, by: "bo",
      committer: "GitHub <noreply@github.com>", from: 1,
      merging: 3, files: ["net/pool.c": "1\n", "net/keys.c": "1\n"])
    stream.commit(
      "main", 5, "Guide for pools (#6)\n\nReported-by: Dee Fox <dee@elsewhere.example.net>\n", day: 5,
      by: "cy",
      committer: "GitHub <noreply@github.com>", from: 4, files: ["docs/guide.md": "1\n"])
    stream.commit("open", 6, "Faster start", day: 6, by: "dee", from: 5, files: ["net/start.c": "1\n"])
    stream.commit("review", 7, "Cache answers", day: 7, by: "cy", from: 5, files: ["net/cache.c": "1\n"])
    stream.commit("landed", 8, "Limit requests", day: 8, by: "cy", from: 5, files: ["net/limit.c": "1\n"])
    stream.commit(
      "main", 9, "Submitting review", day: 12, by: "bo", from: 5, merging: 8, files: ["net/limit.c": "1\n"])
    stream.commit("main", 10, "Tidy", day: 13, by: "ben", from: 9, files: ["README": "Platform!\n"])
    stream.commit(
      "main", 11, "Bump x (#8)\n", day: 14, by: "dependabot[bot]", committer: "GitHub <noreply@github.com>",
      from: 10, files: ["deps": "2\n"])
    stream.commit("guide", 12, "Guide", day: 4, by: "cy", from: 1, files: ["docs/guide.md": "1\n"])
    stream.reference("refs/heads/guide", nil)
    stream.reference("refs/pull/5/head", 3)
    stream.reference("refs/pull/6/head", 12)
    stream.reference("refs/pull/7/head", 6)
    stream.reference("refs/heads/open", nil)
    let (asked, given) = (
      stream.request(day: 7, "review", "Cache answers"), stream.request(day: 8, "landed", "Limit requests")
    )
    stream.notes("reviews", day: 8, [7: asked, 8: given])
    let question = stream.comment(day: 9, by: "bo", resolved: false, "Why not 7?")
    let accepted = stream.comment(day: 10, by: "ben", resolved: true, "Good.")
    stream.notes("discuss", day: 10, [7: question, 8: accepted])
    try fixture.git(["fast-import", "--quiet", "--force"], stdin: stream.bytes)
  }

  static let roster = """
    { version: 1,
      teams: { platform: { host: true, name: "Platform" }, payments: {} },
      people: {
        bo: { name: "Bo Lin", emails: ["bo@example.org"], memberships: [{ team: "platform" }] },
        ben: { name: "Ben Ott", emails: ["ben@example.org"], memberships: [{ team: "platform" }] },
        cy: { name: "Cy Orr", emails: ["cy@example.org"], memberships: [{ team: "payments" }] } } }
    """

  static let platform = """
    { version: 1,
      components: { network: { paths: ["net/**"], host: "platform" }, docs: { paths: ["docs/**"], host: "platform" } } }
    """
}

/// Commands for `git fast-import`.
struct StoryStream {
  private(set) var bytes: [UInt8] = []

  private static let names = ["bo": "Bo Lin", "ben": "Ben Ott", "cy": "Cy Orr", "dee": "Dee Fox"]

  private func person(_ name: String) -> String {
    if name.contains("<") { return name }
    return "\(Self.names[name] ?? name) <\(name)@\(name == "dee" ? "elsewhere.example.net" : "example.org")>"
  }

  private func date(_ day: Int64) -> String { "\(seconds(day)) +0000" }

  private func seconds(_ day: Int64) -> Int64 { TemporaryRepository.start + day * 86_400 }

  private mutating func write(_ text: String) { bytes += Array(text.utf8) }

  private mutating func data(_ text: String) { write("data \(text.utf8.count)\n\(text)\n") }

  mutating func commit(
    _ branch: String, _ mark: Int, _ message: String, day: Int64, by author: String, committer: String? = nil,
    from parent: Int? = nil, merging other: Int? = nil, files: [String: String]
  ) {
    write("commit refs/heads/\(branch)\nmark :\(mark)\nauthor \(person(author)) \(date(day))\n")
    write("committer \(person(committer ?? author)) \(date(day))\n")
    data(message)
    if let parent { write("from :\(parent)\n") }
    if let other { write("merge :\(other)\n") }
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      write("M 100644 inline \(name)\n")
      data(text)
    }
    write("\n")
  }

  /// Points a ref at a commit, or removes it.
  mutating func reference(_ name: String, _ mark: Int?) {
    write("reset \(name)\nfrom \(mark.map { ":\($0)" } ?? String(repeating: "0", count: 40))\n\n")
  }

  /// Writes one note for each of the commits.
  mutating func notes(_ name: String, day: Int64, _ notes: [Int: String]) {
    write("commit refs/notes/devtools/\(name)\ncommitter \(person("bo")) \(date(day))\n")
    data("Notes")
    for (mark, text) in notes.sorted(by: { $0.key < $1.key }) {
      write("N inline :\(mark)\n")
      data(text)
    }
    write("\n")
  }

  func request(day: Int64, _ branch: String, _ description: String) -> String {
    """
    {"timestamp":"\(seconds(day))","reviewRef":"refs/heads/\(branch)","targetRef":"refs/heads/main",\
    "requester":"cy@example.org","reviewers":["bo@example.org"],"description":"\(description)"}
    """
  }

  func comment(day: Int64, by author: String, resolved: Bool, _ text: String) -> String {
    """
    {"timestamp":"\(seconds(day))","author":"\(author)@example.org","description":"\(text)",\
    "resolved":\(resolved)}
    """
  }
}
