import Facts
import PolicyFiles
import Rules
import Testing

@Suite struct WaiverTests {
  private static let roster = "{ version: 1, people: { bo: { logins: ['bo'] } } }"

  private func problems(
    _ waiver: String, levels: String = "{ version: 1 }", arrivals: [String: Instant] = [:]
  ) -> [String] {
    PolicyFiles.load(
      [
        ("roster.json5", Array(Self.roster.utf8)), ("service-levels.json5", Array(levels.utf8)),
        ("waivers/w.json5", Array(waiver.utf8)),
      ], arrivals: arrivals
    ).problems.map(\.description)
  }

  private func waiver(
    _ contribution: String = "pr/1", from: String? = "2026-01-01", until: String = "2026-03-01"
  ) -> String {
    let start = from.map { "from: '\($0)', " } ?? ""
    return
      "{ version: 1, id: 'w', objective: 'a', contribution: '\(contribution)', reason: 'x', by: 'bo', \(start)until: '\(until)' }"
  }

  private let levels = """
    { version: 1, objectives: [{ name: 'a', clock: 'landing', target: '1h' }], maxWaiver: '59d' }
    """

  @Test func `a waiver may be as long as the policy says, and not a second longer`() {
    #expect(problems(waiver(), levels: levels) == [])
    #expect(
      problems(waiver(until: "2026-03-01T00:00:01Z"), levels: levels) == [
        #"waivers/w.json5:1:112: at until: a waiver of 5097601s, expected at most 59d ("maxWaiver" of service-levels.json5)"#
      ])
  }

  @Test func `where waivers are limited, each must say when it begins`() {
    #expect(
      problems(waiver(from: nil), levels: levels) == [
        #"waivers/w.json5:1:1: missing key "from", expected at most 59d ("maxWaiver" of service-levels.json5) from there to "until""#
      ])
    #expect(problems(waiver(from: nil), levels: levels.replacing(", maxWaiver: '59d'", with: "")) == [])
  }

  @Test func `the limit is read with the policy`() {
    let policy = PolicyFiles.load([("service-levels.json5", Array(levels.utf8))]).policy
    #expect(policy?.serviceLevels.maxWaiver == 5_097_600)
    #expect(Policy.defaults.serviceLevels.maxWaiver == nil)
  }

  @Test(arguments: [
    "pr/1", "pr/76@bitbucket", "mr/45", "change/4711", "change/7@example.org", "diff/D12",
    "review/1a2b3c4d5e6f",
    "commit/1a2b3c4d5e6f", "mail/1@example.org",
    "change/I0123456789abcdef0123456789abcdef01234567",
  ])
  func `takes every id that reports show`(id: String) {
    #expect(problems(waiver(id), levels: levels) == [])
  }

  @Test(arguments: [
    "pr/", "pr/x", "pr/1@", "pr/1@a@b", "mr/1@x", "diff/12", "diff/D", "review/1a2b3c4d5e6",
    "review/1A2B3C4D5E6F", "review/1a2b3c4d5e6f7", "issue/1", "76", "pr/1/2", "mail/a b", "change/a b", "",
    "pr/9999999999999999999",
  ])
  func `refuses what no report shows, because it would excuse nothing`(id: String) throws {
    let found = problems(waiver(id), levels: levels)
    #expect(found.count == 1)
    #expect(try #require(found.first).contains("at contribution: "))
  }

  @Test func `a waiver from before its file came is told, one that ended before as well`() throws {
    let arrivals = ["waivers/w.json5": try #require(Instant(text: "2026-02-01"))]
    #expect(
      problems(waiver(), levels: levels, arrivals: arrivals) == [
        "waivers/w.json5:1:91: warning: at from: backdated: the file came to the branch at 2026-02-01T00:00:00Z, and excuses nothing from before that"
      ])
    #expect(
      problems(waiver(until: "2026-02-01"), levels: levels, arrivals: arrivals) == [
        "waivers/w.json5:1:112: warning: at until: the waiver had ended before its file came to the branch at 2026-02-01T00:00:00Z, so it excuses nothing"
      ])
    #expect(problems(waiver(from: "2026-02-01"), levels: levels, arrivals: arrivals) == [])
    #expect(problems(waiver(from: "2026-02-02"), levels: levels, arrivals: arrivals) == [])
  }
}
