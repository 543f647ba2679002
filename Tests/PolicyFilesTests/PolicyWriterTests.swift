import Facts
import PolicyFiles
import Rules
import Testing

struct PolicyWriterTests {
  private func load(_ files: [(String, String)]) -> (policy: Policy?, problems: [String]) {
    let loaded = PolicyFiles.load(files.map { ($0.0, Array($0.1.utf8)) })
    return (loaded.policy, loaded.problems.map(\.description))
  }

  private var roster: Roster {
    Roster(
      teams: [
        .init(id: "platform", name: "Platform", isHost: true, lead: "ada"),
        .init(id: "sig-net", parent: "platform"),
      ],
      people: [
        .init(
          handle: "ada", name: "Ada \"L.\"", emails: ["Ada@example.org"], logins: ["ada-l"],
          memberships: [
            .init(team: "platform", period: Period(from: Instant(text: "2026-03-01"))),
            .init(team: "sig-net", period: Period(until: Instant(text: "2026-03-01T09:30:00Z"))),
          ]),
        .init(handle: "2b", emails: ["b@example.org"], isBot: true),
      ],
      domains: [
        .init(team: "sig-net", pattern: NamePattern("*.net.example.org")),
        .init(
          team: "platform", pattern: NamePattern("example.org"), period: Period(from: Instant(seconds: -1))),
      ], bots: [NamePattern("ci-*")])
  }

  @Test func `writes a roster that reads well`() {
    let draft = RosterDraft(
      roster: roster, header: ["Inferred from 120 contributions.", ""],
      evidence: ["ada": ["landed 12 contributions of others"]],
      unresolved: [("who@example.org", "7 commits")])
    #expect(
      PolicyWriter.roster(draft) == """
        // Inferred from 120 contributions.
        //
        {
          version: 1,

          teams: {
            platform: { name: "Platform", host: true, lead: "ada" },
            "sig-net": { parent: "platform" },
          },

          people: {
            // landed 12 contributions of others
            ada: {
              name: "Ada \\"L.\\"",
              emails: ["Ada@example.org"],
              logins: ["ada-l"],
              memberships: [{ team: "platform", from: "2026-03-01" }, { team: "sig-net", until: "2026-03-01T09:30:00Z" }],
            },
            "2b": {
              emails: ["b@example.org"],
              bot: true,
            },
          },

          domains: {
            platform: [{ pattern: "example.org", from: "1969-12-31T23:59:59Z" }],
            "sig-net": ["*.net.example.org"],
          },

          bots: [
            "ci-*",
          ],

          // Addresses that belong to nobody yet:
          //   who@example.org  7 commits
        }

        """)
  }

  @Test func `reads back what it wrote`() throws {
    let loaded = load([("roster.json5", PolicyWriter.roster(RosterDraft(roster: roster)))])
    #expect(loaded.problems == [])
    let read = try #require(loaded.policy?.roster)
    #expect(read.teams == roster.teams)
    #expect(read.people == roster.people)
    #expect(Set(read.domains) == Set(roster.domains))
    #expect(read.bots == roster.bots)
  }

  @Test func `writes an empty roster and an empty platform that load`() {
    let loaded = load([
      ("roster.json5", PolicyWriter.roster(RosterDraft(roster: Roster()))),
      ("platform.json5", PolicyWriter.platform(.defaults)),
    ])
    #expect(loaded.problems == [])
    #expect(loaded.policy?.platform == .defaults)
  }

  @Test func `writes a platform that loads`() throws {
    let platform = Platform(
      repositories: [
        .init(name: "core", path: "../core.git", branches: ["main"]),
        .init(name: "web", branches: ["a", "b/c"]),
      ],
      components: [
        .init(
          id: "net", name: "Network", paths: try PathList(["net/**", "!net/\\*\"x"]), host: "platform",
          repositories: ["core"])
      ], ownership: .owners)
    let text = PolicyWriter.platform(platform, header: ["Inferred."], evidence: ["net": ["212 changes"]])
    let loaded = load([
      ("roster.json5", PolicyWriter.roster(RosterDraft(roster: roster))), ("platform.json5", text),
    ])
    #expect(loaded.problems == [])
    #expect(loaded.policy?.platform == platform)
    #expect(text.contains("    // 212 changes\n    net: { name: \"Network\", paths: [\"net/**\", "))
  }

  @Test func `leaves out what no policy takes, and says so`() throws {
    let hostile = Roster(
      teams: [.init(id: "core", name: "\u{202E}\n", isHost: true, parent: "gone"), .init(id: "no good")],
      people: [
        .init(
          handle: "ada", name: "Ada\n}, evil: {",
          emails: ["ada@example.org", "a b@example.org", "ADA@EXAMPLE.ORG"]),
        .init(handle: "bo", emails: ["ada@example.org"], logins: ["bo"]),
        .init(handle: "cy", emails: ["none"]), .init(handle: "ada", emails: ["x@example.org"]),
        .init(handle: "core", emails: ["y@example.org"]), .init(handle: "d/e", emails: ["z@example.org"]),
      ], domains: [.init(team: "gone", pattern: NamePattern("x.org"))],
      bots: [NamePattern("*"), NamePattern("a\u{0}b")])
    let draft = RosterDraft(
      roster: hostile, header: ["one\u{2028}two\r\n{"], evidence: ["ada": ["*/ \u{0}"]],
      unresolved: [("\"\n}", "\u{85}1")])
    let text = PolicyWriter.roster(draft)
    let loaded = load([("roster.json5", text)])
    #expect(loaded.problems == [])
    let read = try #require(loaded.policy?.roster)
    #expect(read.people.map(\.handle) == ["ada", "bo"])
    #expect(read.people[0].emails == ["ada@example.org"])
    #expect(read.people[0].name == "Ada }, evil: {")
    #expect(read.people[1].emails == [])
    #expect(read.teams == [Roster.Team(id: "core", isHost: true)])
    for remark in [
      "a b@example.org", "listed already: ADA@EXAMPLE.ORG", "handle: core", "handle: d/e", "known by: cy",
    ] {
      #expect(text.contains(remark))
    }
  }

  @Test func `writes the same bytes every time`() {
    let texts = (0..<20).map { _ in PolicyWriter.roster(RosterDraft(roster: roster)) }
    #expect(Set(texts).count == 1)
  }

  @Test(arguments: [
    ("Ada", "ada.l@example.org", "ada.l"), ("Ada", "12+Ada-L@users.noreply.github.com", "ada-l"),
    ("Ada Lind", "@", "ada-lind"), ("Ünal Öz", "ünal@example.org", "nal"), ("", "", "person"),
    ("", "日本@x.org", "person"),
    ("x", "--a--b--@x.org", "a-b"), ("x", "taken@x.org", "taken-3"), ("", "login", "login"),
    ("x", String(repeating: "a", count: 90) + "@x.org", String(repeating: "a", count: 48)),
  ])
  func `suggests a handle`(name: String, email: String, handle: String) {
    let taken: Set<String> = ["taken", "taken-2"]
    #expect(PolicyWriter.handle(for: Identity(name: name, email: email), avoiding: taken) == handle)
  }
}
